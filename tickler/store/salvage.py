"""Bringing what is readable in a damaged binder into a new one, and telling what was not."""

import glob
import mmap
import sqlite3
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tickler.core.progress import Progress, unwatched
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.store import engine, tables
from tickler.store.damaged import DamagedBinder, find
from tickler.store.pages import USUAL, Pages
from tickler.store.repair import Repaired
from tickler.store.salvaged_rows import Rows
from tickler.system import files


class _Nothing(Exception):
    """Not a row could be read."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came into the new binder, and what did not.

    `saved` are rows by table, `loose` those of them that were on pages which nothing names, `lost`
    rows of which it is known that they were there. `log` says what was done with the log; `beside`
    are files next to it that were not read and may have more.
    """

    saved: Mapping[str, int]
    loose: int
    lost: Mapping[str, int]
    pages: int
    unreadable: int
    dossiers: Sequence[str]
    repaired: Repaired
    log: str
    beside: Sequence[Path] = ()

    @property
    def is_whole(self) -> bool:
        return not (self.unreadable or self.lost or self.repaired.aside)


def salvage(
    damaged: Path, new: Path, owner: str, progress: Progress = unwatched, *, force: bool = False
) -> Salvaged:
    """Write what is readable in `damaged` into a new binder; the damaged file is only read.

    `progress` is told how many pages were read. Raises NotFound, Unreadable or Refused where there
    is nothing to read, and as `files.save_as` does.
    """
    content = _content(damaged)
    log = _log_of(damaged)
    if new.exists() and new.samefile(damaged):
        raise Refused("this is the damaged file itself: name another one", path=new)
    if (beside := new.with_name(f"{new.name}-wal")).exists():
        raise Refused("there is a log next to the new file: name another one", path=beside)
    found, said = _better(content, log)
    try:
        write = partial(_write, found, owner=owner, log=said, progress=progress)
        done = files.save_as(new, write, force=force, own=True)
        return replace(done, beside=_beside(damaged))
    except _Nothing:
        raise Unreadable("nothing of a binder can be read in this file", path=damaged) from None
    except sqlite3.Error as error:
        raise TicklerError(f"cannot write the new binder: {error}", path=new) from error


def pages_of(path: Path) -> int:
    """About how many pages a file has; 0 where it cannot be looked at."""
    with suppress(OSError):
        return path.stat().st_size // USUAL
    return 0


def _content(path: Path) -> memoryview:
    try:
        mode = path.stat().st_mode  # before it is opened: a pipe would be waited for
        if not stat.S_ISREG(mode):
            raise Unreadable("this is not an ordinary file", path=path)
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise Unreadable("the file is empty", path=path)
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except (OSError, ValueError) as error:
        raise TicklerError(f"cannot read the file: {files.reason(error)}", path=path) from error


def _log_of(path: Path) -> memoryview | None:
    log = path.with_name(f"{path.name}-wal")
    with suppress(OSError, TicklerError):
        return _content(log)
    return None


def _beside(path: Path) -> list[Path]:
    """What else may have rows: the file before a broken transaction, and what was moved aside."""
    kept = f"{glob.escape(path.stem)}.*-[0-9][0-9][0-9][0-9]-*{path.suffix}*"
    journal = path.with_name(f"{path.name}-journal")
    return sorted(each for each in (journal, *path.parent.glob(kept)) if each.is_file())


def _better(content: memoryview, log: memoryview | None) -> tuple[DamagedBinder, str]:
    """The file with its log or without it, whichever is less damaged, and what to say of it."""
    alone = find(Pages(content))
    if log is None:
        return alone, ""
    together = find(Pages(content, log))
    if not together.pages.has_log:
        return alone, "the log next to it has nothing that is whole: it was left out"
    if together.damage() <= alone.damage():
        return together, "with the log next to it"
    return alone, "without the log next to it: it does not belong to this file"


def _write(found: DamagedBinder, part: Path, owner: str, log: str, progress: Progress) -> Salvaged:
    """Fill the new file: rows as they are, at the schema they have, then all that repairs them."""
    made = engine.single(str(part))
    try:
        with made.connect() as connection:
            file = connection.connection.dbapi_connection
            assert isinstance(file, sqlite3.Connection)
            file.execute("PRAGMA foreign_keys = OFF")
            file.execute("PRAGMA synchronous = OFF")  # what is whole goes to the disk at the end
            with connection.begin():
                tables.migrate(connection, tables.MIGRATIONS, found.version)
                rows = Rows(found, file, progress)
                rows.bring()
                tables.migrate(connection, tables.MIGRATIONS)
                rows.repair(owner)
                tables.make(connection, owner)
                rows.bring_notes()
                if not rows.saved:
                    raise _Nothing
                return Salvaged(
                    saved={table: count for table, count in rows.saved.items() if count},
                    loose=rows.loose,
                    lost=rows.lost,
                    pages=found.pages.pages,
                    unreadable=found.unreadable,
                    dossiers=rows.touched(),
                    repaired=rows.repaired,
                    log=log,
                )
    finally:
        made.dispose()
