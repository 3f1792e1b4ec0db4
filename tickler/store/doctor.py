"""Checking a database file without changing it: is it ours, whole, private, complete?"""

import contextlib
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from tickler.core.text import folded_all
from tickler.errors import TicklerError
from tickler.store import engine, journal, open_mode, search

#: The first SQLite that knows the index search is built on.
OLDEST_SQLITE = (3, 34, 0)

_TESTED = ("linux", "darwin")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `todo` says what to do where it is not `ok`."""

    about: str
    ok: bool
    text: str
    todo: str = ""


def examine(path: Path) -> list[Finding]:
    """Everything that can be said of the platform and the database file."""
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
        return [*found, _locked_up(path, error)]
    if not there:
        text = f"there is no binder yet; the first `tickler add` or import makes it ({path})"
        return [*found, Finding("file", True, text)]
    found.append(_file(path))
    try:
        version = engine.inspect(path)
    except TicklerError as error:
        todo = "name your own with --db or TICKLER_DB, or restore a backup"
        return [*found, Finding("database", False, error.in_full({}), todo)]
    found += [_private(path), *_beside(path), _schema(version or "")]
    if version == engine.HEAD:
        found += _inside(path)
    return found


def _file(path: Path) -> Finding:
    locked = " ".join(quote(str(each)) for each in open_mode.locked(path))
    text = f"it cannot be written to ({path})" if locked else str(path)
    todo = f"give yourself the right to write: chmod u+rwX {locked}" if locked else ""
    return Finding("file", not locked, text, todo)


def _locked_up(path: Path, error: OSError) -> Finding:
    text = f"it cannot be opened: {error.strerror} ({path})"
    todo = f"give yourself the right to enter the folder: chmod u+rwx {quote(str(path.parent))}"
    return Finding("file", False, text, todo)


def _leftovers(path: Path) -> list[Path]:
    beside = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    return [each for each in beside if each.exists()]


def _beside(path: Path) -> Iterator[Finding]:
    """SQLite's files next to it must be as open to its owner, or nothing can be written."""
    needed = path.stat().st_mode & (stat.S_IRUSR | stat.S_IWUSR)
    locked = [quote(str(each)) for each in _leftovers(path) if needed & ~each.stat().st_mode]
    if locked:
        listed = " ".join(locked)
        text = f"what SQLite keeps there may not be written to; that locks the binder ({listed})"
        yield Finding("beside", False, text, f"chmod u+rw {listed}")


def _private(path: Path) -> Finding:
    found = {each: each.stat() for each in (path, *_leftovers(path))}
    open_to_others = [quote(str(each)) for each, status in found.items() if status.st_mode & 0o077]
    foreign = [quote(str(each)) for each, status in found.items() if status.st_uid != os.getuid()]
    if open_to_others:
        listed = " ".join(open_to_others)
        return Finding(
            "private", False, f"others can read or change it ({listed})", f"chmod 600 {listed}"
        )
    if foreign:
        listed = " ".join(foreign)
        text = f"it belongs to another user ({listed})"
        return Finding("private", False, text, f"sudo chown $USER {listed}")
    return Finding(
        "private", True, f"for its owner alone ({stat.S_IMODE(found[path].st_mode):04o})"
    )


def _schema(version: str) -> Finding:
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


def _inside(path: Path) -> Iterator[Finding]:
    try:
        with contextlib.closing(sqlite3.connect(open_mode.reading(path), uri=True)) as file:
            yield _integrity(file)
            yield _references(file)
            yield _journal(file)
            yield _search(file)
    except sqlite3.Error as error:
        yield Finding("database", False, str(error), "restore a backup; keep this file, too")


def _integrity(file: sqlite3.Connection) -> Finding:
    faults = [row[0] for row in file.execute("PRAGMA integrity_check(5)")]
    if faults == ["ok"]:
        return Finding("integrity", True, "whole")
    return Finding("integrity", False, "; ".join(faults), "restore a backup; keep this file, too")


def _references(file: sqlite3.Connection) -> Finding:
    broken = file.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        return Finding("references", True, "complete")
    tables = ", ".join(sorted({row[0] for row in broken}))
    text = f"{len(broken)} rows of {tables} refer to rows that no longer exist"
    return Finding("references", False, text, "restore a backup")


def _journal(file: sqlite3.Connection) -> Finding:
    (found,) = file.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'"
    ).fetchone()
    missing = 3 * len(journal.journaled()) - found
    if not missing:
        return Finding("journal", True, "notes every change")
    text = f"{missing} of its triggers are missing: undo is not reliable"
    return Finding("journal", False, text, "restore a backup")


def _search(file: sqlite3.Connection) -> Finding:
    """Whether the indexes have what they should; a fault in them is no fault of the binder."""
    file.create_function("fold", -1, folded_all, deterministic=True)
    rebuild = "tickler doctor --reindex rebuilds the index of all words"
    stale: set[int | None] = set()
    try:
        for index in search.INDEXES:
            stale.update(key for (key,) in file.execute(index.unfound))
    except sqlite3.Error as error:
        return Finding("search", False, f"the index of all words is damaged: {error}", rebuild)
    if not stale:
        return Finding("search", True, "finds every dossier")
    known = sorted(key for key in stale if key is not None)
    listed = ", ".join(f"#{key}" for key in known[:5]) + (" …" if len(known) > 5 else "")
    text = f"{len(known)} dossiers are not found by their words: {listed}"
    gone = "words are found that no longer exist"
    return Finding("search", False, text if known else gone, rebuild)
