"""Which file was opened, and what was next to it: asked before SQLite touches any of it."""

import contextlib
import os
import threading
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from tickler.errors import TicklerError
from tickler.store import pair

#: Open descriptors by the file they are of, and how many hold it. SQLite loses its locks when any
#: descriptor of a file is closed in its process, so one is shared and closed last.
_held: dict[tuple[int, int], tuple[int, int]] = {}
_holding = threading.Lock()


class State(Enum):
    """What has become of a file since it was opened."""

    SAME = auto()
    #: Its bytes were changed: a part of the log was written into it, or something else.
    WRITTEN = auto()
    #: Another file has its name.
    REPLACED = auto()
    #: Nothing has its name.
    GONE = auto()
    #: What SQLite keeps next to it has lost its name.
    LOG_LOST = auto()


@dataclass(frozen=True, slots=True)
class _Seen:
    file: tuple[int, int]
    bytes: tuple[int, int, int]
    beside: tuple[int | None, int | None]


class Watch:
    """Looks at a file that SQLite has open, by its names and one descriptor."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.file = _hold(path)
        self._log: int | None = None
        self._seen = self._look()
        self._open_log()

    def note(self) -> None:
        """Take what is there now for what belongs there."""
        was, self._seen = self._seen, self._look()
        if was.beside[0] != self._seen.beside[0]:
            self._open_log()

    def state(self) -> State:
        """What has become of the file since it was noted. Raises TicklerError without access."""
        try:
            now = self._look()
        except (FileNotFoundError, NotADirectoryError):
            return State.GONE
        except OSError as error:
            raise TicklerError(
                f"cannot open the binder: {error.strerror}", path=self._path
            ) from error
        if now.file != self._seen.file:
            return State.REPLACED
        pairs = zip(now.beside, self._seen.beside, strict=True)
        if any(was is not None and there != was for there, was in pairs):
            return State.LOG_LOST
        return State.SAME if now.bytes == self._seen.bytes else State.WRITTEN

    def is_whole(self) -> bool:
        """Whether the file, wherever it is now, has the bytes that were noted, and still a name."""
        now = os.fstat(self.file)
        return _bytes(now)[:2] == self._seen.bytes[:2] and now.st_nlink > 0

    def own_log(self) -> pair.Log:
        """Whose the log is that lay there, even if it has lost its name since."""
        return pair.Log.NONE if self._log is None else pair.look_at(self.file, self._log)

    @property
    def lost_log(self) -> int | None:
        """A descriptor of the log that lay there, if it has no name any more."""
        return self._log if self._log and not os.fstat(self._log).st_nlink else None

    def _open_log(self) -> None:
        """Have the log open, too: SQLite locks nothing in it that closing could unlock."""
        if self._log is not None:
            os.close(self._log)
        try:
            self._log = os.open(pair.beside(self._path)[0], os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._log = None

    @property
    def log_is_another(self) -> bool:
        """Whether a log lies there, and it is not the one that lay there before."""
        there, was = self._look().beside[0], self._seen.beside[0]
        return there not in (None, was)

    def drop_log(self) -> None:
        """Remove what lies beside under SQLite's names, where it is what lay there before."""
        for each, was in zip(pair.beside(self._path), self._seen.beside, strict=True):
            if was is not None and _number(each) == was:
                with contextlib.suppress(OSError):  # it is moved aside by whoever opens the file
                    each.unlink()

    def dispose(self) -> None:
        """Give the descriptor back, after SQLite has closed the file."""
        _release(self._seen.file)
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def _look(self) -> _Seen:
        found = self._path.stat()
        log, index = pair.beside(self._path)
        beside = (_number(log), _number(index))
        return _Seen((found.st_dev, found.st_ino), _bytes(found), beside)


def is_open_here(path: Path) -> bool:
    """Whether this process has this very file open."""
    return _which(path) in _held


def first_page(path: Path) -> pair.FirstPage:
    """The first page of a file that this process has open."""
    return pair.first_page(_held[_which(path)][0])


def _which(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _bytes(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _number(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _hold(path: Path) -> int:
    with _holding:
        which = _which(path)
        if which in _held:
            file, holders = _held[which]
        else:
            file, holders = os.open(path, os.O_RDONLY | os.O_CLOEXEC), 0
        _held[which] = (file, holders + 1)
        return file


def _release(which: tuple[int, int]) -> None:
    with _holding:
        file, holders = _held.pop(which)
        if holders > 1:
            _held[which] = (file, holders - 1)
        else:
            os.close(file)
