"""The backup of each day: made aside, once, and a fault of it is remembered for the next start.

In the folder of the backups a small file says that one is being made; who makes it holds a lock on
it. Left without the lock it says that it was broken off, or why it could not be made.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tickler.config.settings import Settings
from tickler.core.backups import BackupRule, Why
from tickler.errors import TicklerError
from tickler.store import open_mode
from tickler.system import files

#: The file that says that a backup is being made.
UNDERWAY = "underway"

#: After a fault the next attempt is not before so long, in seconds.
_AGAIN = 3600

#: Room for a fault, taken before: afterwards the disk may be full.
_ROOM = 400

_BEGUN, _TWICE, _UNSAID, _SAID = "begun", "begun-again", "fault", "said"


def is_wanted(path: Path, uid: str, settings: Settings) -> bool:
    """Whether a backup is made each day: not of one unread or empty, nor on other days."""
    automatic = settings.backup.automatic and settings.today is None
    return automatic and bool(uid) and not open_mode.locked(path) and path.stat().st_size > 0


def is_due(folder: Path, now: datetime) -> bool:
    """Whether there is no backup of this day yet. Looks at names alone."""
    today = f"{now.astimezone():%Y-%m-%d} "
    try:
        with os.scandir(folder) as names:
            return not any(each.name.startswith(today) for each in names)
    except FileNotFoundError:
        return True
    except OSError:
        return True  # `begin` says why


def fault_of(folder: Path) -> str:
    """Why the last backup could not be made, "" where it was made, or is being made."""
    word, _, text = _read(folder / UNDERWAY).partition(" ")
    return text if word in (_UNSAID, _SAID) else ""


def begin(
    path: Path, uid: str, rule: BackupRule, now: datetime, *, pause: float = 0
) -> tuple[Callable[[], None] | None, str]:
    """What makes the backup of this day, if it is due, or the fault of the last one to be said.

    A fault is said once, and an hour later it is tried again. What is returned is to be called
    once, in any process. Raises TicklerError where there can be no backups at all.
    """
    folder = rule.folder_of(path, uid)
    if not is_due(folder, now):
        return None, ""
    files.make_folder(folder)
    try:
        held = os.open(folder / UNDERWAY, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise TicklerError(f"no backup can be made: {files.reason(error)}", path=folder) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        word, _, fault = os.pread(held, _ROOM, 0).decode("utf-8", "replace").strip().partition(" ")
        if word in (_UNSAID, _TWICE):
            fault = fault or "it was broken off twice"
            _write(held, _SAID, fault)
            os.close(held)
            return None, fault
        is_early = word == _SAID and now.timestamp() - os.fstat(held).st_mtime < _AGAIN
        if is_early or not is_due(folder, now):
            os.close(held)
            return None, ""
        _write(held, _TWICE if word == _BEGUN else _BEGUN, "")
    except BlockingIOError:
        os.close(held)  # another program is at it
        return None, ""
    except OSError as error:
        os.close(held)
        raise TicklerError(f"no backup can be made: {files.reason(error)}", path=folder) from error

    def make() -> None:
        from tickler.store import backup  # noqa: PLC0415  # the verb of the day does without

        try:
            backup.add(path, folder, Why.DAILY, now, rule, pause=pause)
        except (TicklerError, OSError) as error:
            why = error.sentence if isinstance(error, TicklerError) else files.reason(error)
            _write(held, _UNSAID, why)
        else:
            with contextlib.suppress(OSError):
                (folder / UNDERWAY).unlink()
        finally:
            os.close(held)

    return make, ""


def _write(descriptor: int, word: str, text: str) -> None:
    line = f"{word} {' '.join(text.split())}".encode()[:_ROOM]
    os.pwrite(descriptor, line.ljust(_ROOM), 0)


def _read(path: Path) -> str:
    try:
        return path.read_bytes()[:_ROOM].decode("utf-8", "replace").strip()
    except OSError:
        return ""
