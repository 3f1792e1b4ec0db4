"""Whether SQLite finds the file whole, and every row that another refers to."""

from collections.abc import Iterator
from shlex import quote

from tickler.store.health.finding import SALVAGE, Examined, Finding


def integrity(binder: Examined) -> Iterator[Finding]:
    """SQLite's own check of pages, rows and indexes."""
    faults = [row[0] for row in binder.file.execute("PRAGMA integrity_check(5)")]
    if faults == ["ok"]:
        yield Finding("integrity", True, "whole")
        return
    yield Finding("integrity", False, "; ".join(faults), SALVAGE.format(quote(str(binder.path))))


def references(binder: Examined) -> Iterator[Finding]:
    """Whether each row is there that another refers to."""
    broken = binder.file.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        yield Finding("references", True, "complete")
        return
    tables = ", ".join(sorted({row[0] for row in broken}))
    text = f"{len(broken)} rows of {tables} refer to rows that no longer exist"
    yield Finding("references", False, text, "restore a backup")
