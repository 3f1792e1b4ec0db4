"""Before a database is opened: what is next to it that is not its own is moved aside.

SQLite finds its log, and the index of it, by name alone. So a file that was put in the place of
another one is given neither; and no program works on with a log that has lost its name.
"""

import contextlib
import fcntl
import os
import sqlite3
import struct
import sys
import time
from pathlib import Path

from tickler.clock import system_clock
from tickler.errors import Busy, Refused, TicklerError
from tickler.store import open_mode, pair, watch
from tickler.store.pair import FirstPage, Log
from tickler.system import files

#: How long another program is waited for, in seconds; and between two looks.
PATIENCE, _MOMENT = 20.0, 0.02

#: A file that was changed so long ago is not being copied any more, in nanoseconds.
_SETTLED = 400_000_000

#: The bytes that SQLite locks, in a file that is read and in the index of its log.
_READ, _RESERVED, _INDEXED = (0x40000002, 510), (0x40000001, 1), (128, 1)

_ASIDE = "log-of-another-version"
_IS_ASIDE = (
    "next to the binder was the log of another version of it: it was not read, and is kept "
    "next to it as {}; what was done last in that version is in it"
)

_LINUX = sys.platform == "linux"
#: What the system calls `struct flock`.
_FLOCK = "hhqqi4x" if _LINUX else "qqihh"


def prepare(path: Path, notices: list[str]) -> FirstPage | None:
    """See to what is next to a binder, before it is opened; None where there is no binder.

    `notices` gets what the rep must be told.
    """
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        if watch.is_open_here(path):
            return watch.first_page(path)  # it was seen to
        with path.open("rb", 0) as begun:
            first = pair.first_page(begun.fileno())
            if not first.size:
                notices += secure_nothing(path)
            if not first.is_sqlite or first.mark != open_mode.APPLICATION_ID:
                return None
            notices += secure(path, begun.fileno())
            return first
    except OSError:
        return None


def is_clean(path: Path) -> bool:
    """Whether nothing that is next to a file has to be seen to before it is opened."""
    log, index = pair.beside(path)
    try:
        if not (log.exists() or index.exists() or has_journal(path)):
            return True
        with path.open("rb", 0) as begun:
            read, found = is_held(begun.fileno()), pair.look(begun.fileno(), log)
            if read or _index_is_held(index):
                return read and found is not Log.FOREIGN
            return not has_journal(path) and found in (Log.NONE, Log.OWN)
    except OSError:
        return False


def secure(path: Path, file: int) -> list[str]:
    """See to it that only what is the open file's own is next to it; returns what was done.

    To be called before SQLite opens the file in this process. Raises Busy while another program
    works with a log that has no name any more, or while the file is being copied.
    """
    said = _secure_journal(path, file)
    log, index = pair.beside(path)
    end = time.monotonic() + PATIENCE
    while True:
        read, indexed = is_held(file, _READ), _index_is_held(index)
        if not (read and pair.first_page(file).in_wal) or (indexed and log.exists()):
            break
        if time.monotonic() > end:
            raise Busy(
                "another program has the binder open, and its log was deleted: close that program, "
                "which writes what it has; nothing was changed",
                path=path,
            )
        time.sleep(_MOMENT)
    if indexed and not read:
        # A program that is running has them for a file that was here before.
        return said + move_aside(path)
    found = pair.look(file, log)
    if found is Log.FOREIGN and wait_for_copy(path, file) and pair.look(file, log) is Log.FOREIGN:
        if read:
            give_own_file(path, file)
        return said + move_aside(path)
    if found is Log.OWN_OF_BEFORE and not read:
        return said + _keep_as_found(path, file)
    return said


def secure_nothing(path: Path) -> list[str]:
    """The same where there is no file yet, or an empty one: SQLite would delete the log."""
    return move_aside(path) if any(each.exists() for each in pair.beside(path)) else []


def has_journal(path: Path) -> bool:
    """Whether a transaction may have been broken off that wrote into the file itself."""
    journal = _journal(path)
    return journal.exists() and journal.stat().st_size > 0


def is_held(file: int, what: tuple[int, int] = _READ) -> bool:
    """Whether another process has locked these bytes of an open file."""
    start, length = what
    if _LINUX:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
        kind = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))[0]
    else:
        asked = struct.pack(_FLOCK, start, length, 0, fcntl.F_WRLCK, os.SEEK_SET)
        kind = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))[3]
    return bool(kind != fcntl.F_UNLCK)


def give_own_file(path: Path, file: int) -> None:
    """Put a copy of the file in its place, for programs that have the file itself open.

    They had it before it was written over. To them it has moved: SQLite then writes nothing more
    into it, and deletes nothing next to it.
    """
    copy = files.part_of(path)
    try:
        files.copy_open(file, copy)
        files.place(copy, path)
    except TicklerError as error:
        copy.unlink(missing_ok=True)
        raise TicklerError(
            f"the binder was written over while it was open, and cannot be read safely: "
            f"{error.bare}",
            path=path,
        ) from error


def free_name(path: Path, what: str, end: str = "") -> Path:
    """A name next to the file that says what it is and when, and that nothing has yet."""
    when = f"{system_clock().astimezone():%Y-%m-%d-%H%M%S}"
    number = 1
    while True:
        again = f"-{number}" if number > 1 else ""
        name = path.with_name(f"{path.stem}.{what}-{when}{again}{path.suffix}{end}")
        if not name.exists():
            return name
        number += 1


def _index_is_held(index: Path) -> bool:
    try:
        with index.open("rb", 0) as read:
            return is_held(read.fileno(), _INDEXED)
    except FileNotFoundError:
        return False


def wait_for_copy(path: Path, file: int) -> bool:
    """Wait until nobody is copying something into the file any more; raises Busy if it takes long.

    Returns whether there is something in it.
    """
    end = time.monotonic() + PATIENCE
    was, since = os.fstat(file), time.monotonic_ns()
    if abs(time.time_ns() - was.st_mtime_ns) > _SETTLED:
        return bool(was.st_size)
    while time.monotonic_ns() - since < _SETTLED:
        if time.monotonic() > end:
            raise Busy("another program is writing the file of the binder", path=path)
        time.sleep(_MOMENT)
        now = os.fstat(file)
        if (now.st_size, now.st_mtime_ns) != (was.st_size, was.st_mtime_ns):
            was, since = now, time.monotonic_ns()
    return bool(was.st_size)


def move_aside(path: Path) -> list[str]:
    """Give the log a name under which SQLite does not find it, and remove its index."""
    log, index = pair.beside(path)
    said = _aside(path, log) if pair.has_frames(log) else []
    try:
        log.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
    except OSError as error:
        raise _stuck(log, error) from error
    return said


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def keep_log(path: Path, log: int) -> list[str]:
    """Write an open log that has no name any more to one aside."""
    aside = free_name(path, _ASIDE, "-wal")
    files.copy_open(log, aside)
    return [_IS_ASIDE.format(aside.name)]


def _secure_journal(path: Path, file: int) -> list[str]:
    journal = _journal(path)
    try:
        if not has_journal(path) or is_held(file, _RESERVED):
            return []
        found = pair.look_at_journal(file, journal)
    except FileNotFoundError:
        return []
    if found is None:
        # SQLite takes back what was broken off: it is tried on a copy first.
        if _is_sound_with(path, file, journal):
            return _keep_as_found(path, file)
        found = Log.FOREIGN
    return _aside(path, journal) if found is Log.FOREIGN else []


def _is_sound_with(path: Path, file: int, journal: Path) -> bool:
    """Whether the file is whole once a journal was played back into it."""
    copy = files.part_of(path)
    beside = _journal(copy)
    try:
        files.copy_open(file, copy)
        files.copy(journal, beside)
        with contextlib.closing(sqlite3.connect(copy)) as tried:
            tried.execute(open_mode.VALUES_ASIDE)
            return bool(tried.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False
    finally:
        copy.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)


def _aside(path: Path, beside: Path) -> list[str]:
    aside = free_name(path, _ASIDE, beside.name.removeprefix(path.name))
    try:
        beside.replace(aside)
        aside.chmod(0o600)
    except FileNotFoundError:
        return []  # another program was quicker
    except OSError as error:
        raise _stuck(beside, error) from error
    return [_IS_ASIDE.format(aside.name)]


def _stuck(beside: Path, error: OSError) -> Refused:
    return Refused(
        f"what is next to the binder is of another version of it, and cannot be moved aside: "
        f"{error.strerror}; nothing was changed",
        path=beside,
    )


def _keep_as_found(path: Path, file: int) -> list[str]:
    """Keep the file as it is before its log is read in: somebody may have wanted it so."""
    copy = free_name(path, "as-found")
    try:
        files.copy_open(file, copy)
    except TicklerError as error:
        raise TicklerError(
            f"cannot keep the binder as it was found: {error.bare}", path=copy
        ) from error
    return [
        f"the log next to the binder may be that of another version of it: it was read; the "
        f"binder as it was found, without it, is kept next to it as {copy.name}"
    ]
