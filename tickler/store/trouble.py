"""What SQLite's errors mean to a rep: each kind its own sentence, and what to do about it."""

import sqlite3
from pathlib import Path

from tickler.errors import Busy, Hint, Refused, TicklerError

BUSY = "another program has the binder in use"

_UNCHANGED, _UNDONE = "nothing was changed", "nothing was done"

#: What an error of input and output was about, by its name.
_FAILED = {
    "SQLITE_IOERR_READ": "cannot be read from the disk",
    "SQLITE_IOERR_SHORT_READ": "cannot be read from the disk",
    "SQLITE_IOERR_CORRUPTFS": "cannot be read from the disk",
    "SQLITE_IOERR_DATA": "cannot be read from the disk",
    "SQLITE_IOERR_WRITE": "cannot be written to the disk: it may be full, or your share of it used",
    "SQLITE_IOERR_SHMSIZE": "cannot be used: the disk may be full, or your share of it used",
    "SQLITE_IOERR_LOCK": "lies where files cannot be locked: put it on a disk of this machine",
    "SQLITE_IOERR_NOMEM": "is too much for the memory that is left: close other programs",
}
_NO_SHARED_MEMORY = "lies where memory cannot be shared: put it on a disk of this machine"


def explained(
    error: BaseException | None, path: Path | None, unchanged: str = _UNCHANGED
) -> TicklerError | None:
    """The sentence for an error of SQLite; None for what only a bug can cause.

    It says that nothing was changed, or else what `unchanged` says.
    """
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    name = getattr(error, "sqlite_errorname", "") or ""
    if code is None:  # Python's own: it found a text that is none
        is_text = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
        return _damaged("a text in it is not UTF-8", path, unchanged) if is_text else None
    primary = code & 0xFF
    match primary:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(f"{BUSY}; try again in a moment, or close it there", path=path)
        case sqlite3.SQLITE_READONLY if name == "SQLITE_READONLY_DBMOVED":
            return TicklerError(f"the binder was moved or replaced; {unchanged}", path=path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            sentence = f"the binder may not be written to; {unchanged}"
            return Refused(sentence, hint=Hint.DOCTOR, path=path)
        case sqlite3.SQLITE_FULL:
            sentence = f"there is no room left on the disk of the binder; {unchanged}: make room"
            return TicklerError(sentence, path=path)
        case sqlite3.SQLITE_IOERR:
            usual = _NO_SHARED_MEMORY if "_SHM" in name else f"cannot be used: {error}"
            told = _FAILED.get(name, usual)
            return TicklerError(f"the binder {told}; {unchanged}", path=path)
        case sqlite3.SQLITE_CANTOPEN:
            sentence = "the binder, or a file that SQLite keeps next to it, cannot be opened"
            return TicklerError(f"{sentence}; {unchanged}", hint=Hint.DOCTOR, path=path)
        case sqlite3.SQLITE_NOMEM:
            return TicklerError(f"there is not enough memory left; {unchanged}", path=path)
        case sqlite3.SQLITE_TOOBIG:
            return Refused(f"that is too long for the binder; {unchanged}", path=path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            # The log of what was confirmed before may have been written into what is left.
            state = _UNDONE if unchanged == _UNCHANGED else unchanged
            return _damaged(str(error), path, state)
        case sqlite3.SQLITE_ERROR if "JSON" in str(error):
            return _damaged("a value in it cannot be noted for undo", path, unchanged)
    return None


def is_no_room(error: BaseException | None) -> bool:
    """Whether a disk that is full is the cause: nobody else is."""
    code = getattr(error, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def _damaged(why: str, path: Path | None, unchanged: str) -> TicklerError:
    return TicklerError(f"the binder is damaged: {why}; {unchanged}", hint=Hint.DOCTOR, path=path)
