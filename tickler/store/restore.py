"""Putting a backup in the binder's place: the whole of it or nothing, whoever has it open."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from tickler.core.progress import Progress, unwatched
from tickler.errors import Busy, Refused
from tickler.store import backup, counters, engine, journal, pair
from tickler.system import files

#: What SQLite keeps next to a database.
_BESIDE = ("-wal", "-shm", "-journal")

#: Of a binder that is written over the first page alone goes first: what follows is not kept yet.
_PAGES = 1


def prepare(source: Path, path: Path, summary: str, now: datetime) -> Path:
    """A copy of a backup next to the binder in `path`, with the present tables.

    Its numbers go on above those of the binder, its journal says where it came from. Raises as
    `backup.check`, Refused for one of a newer tickler, TicklerError where there is no room.
    """
    files.make_folder(path.parent)
    fresh = files.part_of(path)
    try:
        backup.make(source, fresh)
        files.sweep(path.parent, fresh.stat().st_mtime)
        bound = engine.open_file(fresh, "", rule=None)
        try:
            with engine.writing(bound) as connection:
                counters.raise_to(connection, _numbers(path))
                _note(connection, summary, now)
        finally:
            bound.dispose()
        with contextlib.closing(sqlite3.connect(fresh)) as file:
            file.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        discard(fresh)
        raise
    return fresh


def discard(fresh: Path) -> None:
    """Remove what `prepare` made."""
    for each in (fresh, *_beside(fresh)):
        each.unlink(missing_ok=True)


def write_over(
    fresh: Path, path: Path, keep: Callable[[], object], progress: Progress = unwatched
) -> None:
    """Make the binder in `path` what `fresh` is, in one transaction of SQLite.

    So whoever has it open goes on with the new one, and who is killed leaves the old one. `keep`
    is called when nobody else can write any more, and nothing is written yet. Raises Busy.
    """
    end = time.monotonic() + engine.PATIENCE
    is_kept = False

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal is_kept
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > end:
                raise Busy("another program is writing to the binder; try again in a moment")
        elif not is_kept:
            keep()
            is_kept = True
        progress(total - remaining)

    with (
        contextlib.closing(engine.connect(path)) as binder,
        contextlib.closing(sqlite3.connect(fresh)) as source,
    ):
        _same_pages(source, binder)
        pair.renew_alone(binder)  # the log of the binder is to begin with a stamp of the binder
        source.backup(binder, pages=_PAGES, progress=step, sleep=0.05)
        with contextlib.suppress(sqlite3.OperationalError):  # who reads an older state holds it
            binder.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def move_in(fresh: Path, path: Path, aside: Path) -> None:
    """Put `fresh` in the place of a file that is no sound binder, which is kept as it is `aside`.

    What SQLite left next to it goes with it: it would be written into the new one.
    """
    files.make_folder(aside.parent)
    for each in (path, *_beside(path)):
        if each.exists():
            files.copy(each, aside.with_name(f"{aside.name}{each.name.removeprefix(path.name)}"))
    for each in _beside(path):
        each.unlink(missing_ok=True)
    files.place(fresh, path)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{end}") for end in _BESIDE]


def _numbers(path: Path) -> dict[str, int]:
    """The highest numbers that were given in the binder, as far as it can be read."""
    with (
        contextlib.suppress(sqlite3.Error, UnicodeDecodeError, OSError, Refused),
        backup.looking(path) as file,
    ):
        return dict(file.execute("SELECT name, seq FROM sqlite_sequence"))
    return {}


def _same_pages(source: sqlite3.Connection, binder: sqlite3.Connection) -> None:
    """Give the source pages of the binder's size: SQLite writes no others over a binder in use."""
    (size,) = binder.execute("PRAGMA page_size").fetchone()
    if source.execute("PRAGMA page_size").fetchone() != (size,):
        source.execute(f"PRAGMA page_size = {size}")
        source.execute("VACUUM")


def _note(connection: Connection, summary: str, now: datetime) -> None:
    """Write the line of the journal; undo takes back nothing that is in no other line."""
    rep = connection.scalar(text("SELECT id FROM rep WHERE NOT is_guest ORDER BY id LIMIT 1"))
    change = journal.begin(connection, rep, now)
    row = {"change": change, "action": journal.RESTORE, "summary": summary}
    connection.execute(
        text("UPDATE change SET action = :action, summary = :summary WHERE id = :change"), row
    )
