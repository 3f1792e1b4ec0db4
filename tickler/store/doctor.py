"""Checking a database file without changing it: is it ours, whole, private, complete?"""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from tickler.core.progress import Progress, unwatched
from tickler.core.text import folded_all
from tickler.errors import TicklerError
from tickler.store import engine, open_mode
from tickler.store.health import inside, journal, place, words
from tickler.store.health.finding import SALVAGE, Check, Examined, Finding

#: The first SQLite that knows the index search is built on.
OLDEST_SQLITE = (3, 34, 0)

_TESTED = ("linux", "darwin")

#: What is looked at in the file, each with the share of the time that it takes, in percent.
INSIDE: tuple[tuple[Check, int], ...] = (
    (inside.integrity, 40),
    (inside.references, 10),
    (journal.notes, 10),
    (words.found, 40),
)

#: Between two looks at the clock, in steps of SQLite.
_STEPS = 100_000


def examine(path: Path, progress: Progress = unwatched) -> list[Finding]:
    """Everything that can be said of the platform and the database file.

    `progress` is told how much is done, in percent.
    """
    known, fit = sys.platform in _TESTED, sqlite3.sqlite_version_info >= OLDEST_SQLITE
    oldest = ".".join(map(str, OLDEST_SQLITE))
    keep = "" if known else "tickler is tested on Linux and macOS; keep backups"
    renew = "" if fit else f"search needs SQLite {oldest} or newer: use a newer Python"
    python = f"{sys.platform}, Python {sys.version.split()[0]}"
    found = [
        Finding("platform", known, python, keep),
        Finding("SQLite", fit, sqlite3.sqlite_version, renew),
    ]
    try:
        there = path.exists()
    except OSError as error:
        return [*found, place.unreachable(path, error)]
    if not there:
        text = f"there is no binder yet; the first `tickler add` or import makes it ({path})"
        return [*found, Finding("file", True, text)]
    found += place.file(path)
    try:
        version = engine.inspect(path)
    except TicklerError as error:
        todo = "name your own with --db or TICKLER_DB, or restore a backup"
        return [*found, Finding("database", False, error.in_full({}), todo)]
    found += [*place.private(path), *place.beside(path), *place.system(path), schema(version or "")]
    if version == engine.HEAD:
        found += _inside(path, progress)
    return found


def schema(version: str) -> Finding:
    """Whether this program knows the schema of the file."""
    if version == engine.HEAD:
        return Finding("schema", True, version)
    if not version:
        return Finding("schema", True, "empty yet; the next verb makes the tables")
    known = any((engine.MIGRATIONS / "versions").glob(f"{version}_*.py"))
    if known:
        text = f"{version}; the next verb brings it to {engine.HEAD}, after a backup"
        return Finding("schema", True, text)
    text = f"{version} was written by a newer tickler; this one knows {engine.HEAD}"
    return Finding("schema", False, text, "update tickler")


def _inside(path: Path, progress: Progress) -> Iterator[Finding]:
    try:
        with contextlib.closing(sqlite3.connect(open_mode.reading(path), uri=True)) as file:
            file.create_function("fold", -1, folded_all, deterministic=True)
            done = 0
            for check, share in INSIDE:
                yield from _watched(check, Examined(path, file), done, share, progress)
                done += share
    except sqlite3.Error as error:
        todo = SALVAGE.format(quote(str(path)))
        yield Finding("database", False, f"it is damaged: {error}", todo)


def _watched(
    check: Check, binder: Examined, done: int, share: int, progress: Progress
) -> Iterator[Finding]:
    """Run a check; how far SQLite has come with it is not known, so less is added each time."""
    left = float(share)

    def tick() -> None:
        nonlocal left
        left *= 0.98
        progress(done + share - round(left))

    binder.file.set_progress_handler(tick, _STEPS)
    yield from check(binder)
    progress(done + share)
