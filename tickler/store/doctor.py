"""Checking a database file without changing it: is it ours, whole, private, complete?"""

import contextlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shlex import quote

from tickler.core.progress import Progress, unwatched
from tickler.core.text import folded_all
from tickler.errors import Hint, Refused, TicklerError
from tickler.store import engine, gate, open_mode, tables
from tickler.store.health import contents, inside, journal, place, schema, slots, values, words
from tickler.store.health.finding import REPAIR, Check, Examined, Finding, readable_at_all, salvage

#: The first SQLite that knows the index search is built on.
OLDEST_SQLITE = (3, 34, 0)

_TESTED = ("linux", "darwin")

#: What is looked at in the file, each with the share of the time that it takes, in percent.
INSIDE: tuple[tuple[Check, int], ...] = (
    (inside.integrity, 36),
    (inside.references, 2),
    (values.readable, 24),
    (slots.kept, 1),
    (schema.made, 1),
    (journal.notes, 10),
    (journal.numbers, 1),
    (contents.whole, 8),
    (words.found, 17),
)

#: What SQLite says where the file system has no locks or no shared memory for it, or fails.
_AROUND = ("unable to open", "locking protocol", "readonly", "disk I/O", "disk is full")

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
    if not gate.is_clean(path):
        text = "the log next to it may be that of another version, or lost its name to a program"
        todo = "close tickler everywhere; the next verb keeps what is not the binder's, and says so"
        return [*found, Finding("database", False, text, todo)]
    try:
        version = engine.inspect(path)
    except TicklerError as error:
        if _lacks_version(path):
            text = "the file does not say which schema it has: it has the present one"
            return [*found, Finding("schema", False, text, REPAIR), *_inside(path, progress)]
        own = "name your own with --db or TICKLER_DB; if it is yours, "
        todo = f"{own * isinstance(error, Refused)}{salvage(path)}"
        if error.hint is Hint.SEALED:
            todo = f"open it into a new binder: tickler --db NEW.db restore {quote(str(path))}"
        return [*found, Finding("database", False, error.in_full({}), todo)]
    found += [*place.private(path), *place.beside(path), *place.system(path)]
    found += _version(path, version or "")
    if version == engine.HEAD:
        found += _inside(path, progress)
    return found


def _lacks_version(path: Path) -> bool:
    """Whether all is there but the row that says which schema it is."""
    try:
        with contextlib.closing(sqlite3.connect(open_mode.reading(path), uri=True)) as file:
            said = file.execute("SELECT version_num FROM alembic_version").fetchone()
            return said is None and not schema.differences(file).of("table")
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _version(path: Path, version: str) -> Iterator[Finding]:
    """Whether this program knows the schema of the file; what is in it is looked at elsewhere."""
    if version == engine.HEAD:
        return
    if not version:
        yield Finding("schema", True, "empty yet; the first dossier makes the tables")
    elif any((tables.MIGRATIONS / "versions").glob(f"{version}_*.py")):
        text = f"{version}; the next verb brings it to {engine.HEAD}, after a backup"
        yield Finding("schema", True, text)
    else:
        text = f"{version} was written by a newer tickler; this one knows {engine.HEAD}"
        todo = "update tickler, or restore a backup from before: tickler backup list"
        yield Finding("schema", False, text, todo)


def _inside(path: Path, progress: Progress) -> list[Finding]:
    """What is in the file, in two threads: SQLite lets others run while it looks."""
    meter = _Meter(progress)
    with ThreadPoolExecutor(2) as pool:
        begun = {
            check: pool.submit(_looked_at, path, check, share, meter)
            for check, share in sorted(INSIDE, key=lambda each: -each[1])  # the longest first
        }
        looked = (begun[check].result() for check, _ in INSIDE)
        return [*dict.fromkeys(finding for found in looked for finding in found)]


def _looked_at(path: Path, check: Check, share: int, meter: "_Meter") -> list[Finding]:
    """What a check finds, by a connection of its own. A fault of the file is a finding, too."""
    try:
        with (
            contextlib.closing(sqlite3.connect(open_mode.looking(path), uri=True)) as file,
            meter.of(share) as tick,
        ):
            file.create_function("fold", -1, folded_all, deterministic=True)
            file.text_factory = readable_at_all
            file.set_progress_handler(tick, _STEPS)
            return list(check(Examined(path, file, tick)))
    except sqlite3.Error as error:
        return [_unusable(path, error)]


def _unusable(path: Path, error: sqlite3.Error) -> Finding:
    """Why the file could not be looked at: what is around it, or what is in it."""
    why = str(error)
    if "locked" in why or "busy" in why:
        return Finding("database", False, f"another program holds it: {why}", "close that program")
    if any(each in why for each in _AROUND):
        todo = "keep the binder on a local disk; if it is, copy the file to another disk now"
        return Finding("file system", False, f"SQLite cannot work with the file there: {why}", todo)
    return Finding("database", False, f"it is damaged: {why}", salvage(path))


class _Meter:
    """How far all checks have come, in percent."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0.0

    @contextlib.contextmanager
    def of(self, share: int) -> Iterator[Callable[[], None]]:
        """A tick for one check. How long it takes is not known: each tick adds less."""
        left = float(share)

        def tick() -> None:
            nonlocal left
            self._add(left * 0.02)
            left *= 0.98

        yield tick
        self._add(left)

    def _add(self, step: float) -> None:
        self._done += step
        self._progress(int(self._done))
