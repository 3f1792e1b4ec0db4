"""Files that are written for the rep, each of them whole or not at all, and read as text."""

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, TypeVar

from tickler.core.client.files import safe_name
from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable

R = TypeVar("R")

#: Writes the content of a file to what it is given.
Write = Callable[[BinaryIO], object]

#: How a file is called while it is written; one that is left was broken off.
PART = ".tickler-"
_PART = re.compile(rf"{re.escape(PART)}[0-9a-f]{{12}}(-wal|-shm|-journal)?")

#: What was begun so long ago was broken off, in seconds.
_BROKEN_OFF = 3600

#: Begins what is said where the system does not let a file be read.
UNREAD = "cannot read the file: "

#: What is not a file of one's own, by its type.
_NO_FILE = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

#: How a database of SQLite begins, what marks it as a binder, and how its logs begin and end.
_DATABASE, _BINDER, _HEADER = b"SQLite format 3\0", b"tkl1", 100
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
_BESIDE = ("-wal", "-shm", "-journal")

#: What a file system without hard links answers where one is to be made.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK}


def target_of(name: str, to: Path | None) -> Path:
    """Where a file of this name goes: into a folder, under another name, or right here.

    Raises TicklerError for a home that nobody has.
    """
    try:
        path = (to or Path()).expanduser()
        path = path / safe_name(name) if path.is_dir() else path
        return path.parent.resolve() / path.name
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritten(to or Path(), error) from error


def expanded(path: Path) -> Path:
    """The whole path, `~` being read; raises Unreadable for a home that nobody has."""
    try:
        return path.expanduser().absolute()
    except (RuntimeError, ValueError) as error:
        raise Unreadable(f"there is no such folder: {reason(error)}", path=path) from error


def require_names(paths: Iterable[Path]) -> None:
    """Raise Unreadable for a path that no file can have: one that is too long."""
    for path in paths:
        try:
            path.exists()
        except (OSError, ValueError) as error:
            raise Unreadable(f"cannot read the file: {reason(error)}", path=path) from error


def save(
    path: Path,
    write: Callable[[BinaryIO], R],
    *,
    force: bool = False,
    hint: Hint | None = Hint.FORCE,
    durable: bool = True,
    own: bool = False,
) -> R:
    """Write a file whole or not at all: whatever happens, there is the old one or the new one.

    `write` puts the content into what it is given; what it returns is returned.

    A new file is for its owner alone; one that is replaced by `force` keeps its rights. `hint`
    is what to do about one that exists. Not `durable` is what can be written again after a power
    cut: it does not wait for the disk. `own` is a binder or the settings, and may replace such a
    one; nothing else replaces a file of the program's own. Raises Refused for such a file and for
    what is not a file, NotFound without the folder, TicklerError where it cannot be written.
    """

    def fill(part: Path) -> R:
        with part.open("wb") as file:
            return write(file)

    return save_as(path, fill, force=force, hint=hint, durable=durable, own=own)


def save_as(
    path: Path,
    write: Callable[[Path], R],
    *,
    force: bool = False,
    hint: Hint | None = Hint.FORCE,
    durable: bool = True,
    own: bool = False,
) -> R:
    """As `save`, for what is written by a program that takes the path of a file."""
    try:
        before = _replaced(path)
        is_log = any(path.name.endswith(end) and _is_database(path, end) for end in _BESIDE)
        if is_log and not own:
            raise Refused("this is the log of a database: name another file", path=path)
        if before and force and (whose := _not_to_be_replaced(path, own=own)):
            raise Refused(f"this is {whose}: name another file", path=path)
        exists = Refused("a file with this name exists", path=path, hint=hint)
        if before and not force:
            raise exists
        part = part_of(path)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            descriptor = os.open(part, flags, 0o600)
            try:
                written = write(part)
                if before:
                    _keep_rights(descriptor, before)
                if durable:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if force:
                part.replace(path)
            else:
                _rename_new(part, path)
            if durable:
                _fsync_folder(path.parent)
        except FileExistsError:
            raise exists from None
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(path, error) from error
    return written


def write(
    path: Path,
    content: bytes,
    *,
    force: bool = False,
    hint: Hint | None = Hint.FORCE,
    own: bool = False,
) -> None:
    """Write a file with this content, as `save` does."""
    save(path, lambda file: file.write(content), force=force, hint=hint, own=own)


def copy(source: Path, path: Path) -> None:
    """Copy a file of the program's own, a binder or its log, with its bytes alone."""
    with source.open("rb") as file:
        save(path, lambda to: shutil.copyfileobj(file, to), own=True)


def copy_open(file: int, path: Path) -> None:
    """As `copy`, by a descriptor that stays open: closing one takes SQLite's locks away."""

    def fill(to: BinaryIO) -> None:
        at = 0
        while part := os.pread(file, 1 << 20, at):
            at += to.write(part)

    save(path, fill, own=True)


def part_of(path: Path) -> Path:
    """A name next to a file, of what is removed some day if it is left there."""
    return path.with_name(f"{PART}{os.urandom(6).hex()}")


def place(part: Path, path: Path) -> None:
    """Give a file that was written next to `path` that name, in place of what has it."""
    try:
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
        _fsync_folder(path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error


def sweep(folder: Path, at: float) -> None:
    """Remove what was begun in the folder long before the time `at`, and never got its name."""
    for part in folder.glob(f"{PART}*"):
        with contextlib.suppress(FileNotFoundError):
            if _PART.fullmatch(part.name) and part.lstat().st_mtime < at - _BROKEN_OFF:
                part.unlink()


def make_folder(path: Path) -> None:
    """Make a folder for its owner alone, and those that it is in, where there are none.

    Raises TicklerError.
    """
    try:
        if path.is_dir():
            return
        # `parents=True` would make the others as the umask says, which may be for everyone.
        if path.parent != path:
            make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    except (OSError, ValueError) as error:
        raise TicklerError(f"cannot make the folder: {reason(error)}", path=path) from error


def bytes_of(path: Path, most: int) -> bytes:
    """What is in an ordinary file of at most so many bytes: no pipe is waited for, no device read.

    Raises NotFound, Unreadable and TicklerError.
    """
    try:
        path = path.expanduser()
        # Asked of what is open, so that nobody can put another one in its place meanwhile.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable("this is not an ordinary file", path=path)
            content = file.read(most + 1)
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except IsADirectoryError:
        raise Unreadable("this is not an ordinary file", path=path) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise TicklerError(f"{UNREAD}{reason(error)}", path=path) from error
    if len(content) > most:
        raise Unreadable(f"the file has more than {most:,} bytes", path=path)
    return content


def text_of(path: Path, most: int) -> str:
    """The text of a file in UTF-8; raises as `bytes_of`."""
    try:
        return bytes_of(path, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not UTF-8: save it as UTF-8", path=path) from None


def reason(error: Exception) -> str:
    """Why the system did not do it, in its own words."""
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


def _replaced(path: Path) -> os.stat_result | None:
    """The file that would be replaced, None where there is none; raises as `save` does."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise NotFound("there is no such folder", path=path.parent) from None
        return None
    except ValueError as error:
        raise _unwritten(path, error) from error
    if what := _NO_FILE.get(stat.S_IFMT(found.st_mode)):
        raise Refused(f"this is {what}: name another file", path=path)
    if not os.access(path, os.W_OK):
        raise Refused("the file is write-protected; nothing was changed", path=path)
    return found


def _not_to_be_replaced(path: Path, *, own: bool) -> str:
    """Which file of the program's own it is, whatever its name and links; "" for any other."""
    with path.open("rb") as file:
        begun = file.read(_HEADER)
    is_binder = begun.startswith(_DATABASE) and begun[68:72] == _BINDER
    beside = [path.with_name(f"{path.name}{end}") for end in _BESIDE]
    if is_binder and any(each.exists() for each in beside):
        return "a binder that is open"
    if begun.startswith(_LOGS):
        return "the log of a database"
    if Path(__file__).parents[1] in path.resolve().parents or path.samefile(sys.executable):
        return "a file of a program that runs"
    if own:
        return ""
    return "a binder" if is_binder else "the settings" if _is_settings(path) else ""


def _is_database(log: Path, end: str) -> bool:
    base = log.with_name(log.name.removesuffix(end))
    if not base.is_file():
        return False
    with base.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _is_settings(path: Path) -> bool:
    named = os.environ.get("TICKLER_CONFIG")
    if named and Path(named).exists():
        return path.samefile(named)
    return path.parts[-2:] == ("tickler", "config.toml")


def _keep_rights(descriptor: int, before: os.stat_result) -> None:
    """Give a file the rights of the one that it replaces, and no other group what it had."""
    mode = stat.S_IMODE(before.st_mode)
    if os.fstat(descriptor).st_gid != before.st_gid:
        try:
            os.fchown(descriptor, -1, before.st_gid)
        except OSError:
            mode &= ~stat.S_IRWXG
    os.fchmod(descriptor, mode)


def _rename_new(part: Path, path: Path) -> None:
    """Rename a file to a name that nobody has taken meanwhile, else raise FileExistsError."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            part.replace(path)
        except OSError:
            path.unlink()  # else the next try would find a file there, an empty one
            raise


def _fsync_folder(folder: Path) -> None:
    """Let a name outlast a power cut, where the folder may be read and its system can do it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _unwritten(path: Path, error: Exception) -> TicklerError:
    return TicklerError(f"cannot write the file: {reason(error)}", path=path)
