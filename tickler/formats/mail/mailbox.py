"""Mails on disk: one in a file, many in an mbox, a Maildir or a folder; read one after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.mail import message, outlook
from tickler.formats.mail.endings import LISTS, MANY, ONE
from tickler.formats.mail.headers import looks_like_head
from tickler.formats.mail.message import MailRow

#: What Apple Mail calls the file in a folder such as `INBOX.mbox`.
_APPLE_BOX = "mbox"

_MAILDIR = ("cur", "new", "tmp")
_BEGUN = re.compile(rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d:\d\d.*\d{4}\s*\Z")
_HEADER = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|>From ")
_COUNT = re.compile(rb"\s{0,8}(\d{1,10})[ \t]*\r?\n")
_QUOTED = re.compile(rb">+From ")
_LOOKED_AT = 16384

#: A longer line is read in pieces, in bytes.
_LINE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unread:
    """A mail that could not be read, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class FoundMail:
    """One mail of a box: `where` it is there, and how many bytes have been read with it."""

    where: str
    mail: MailRow | Unread
    done: int


@dataclass(frozen=True, slots=True)
class MailBox:
    """Mails in a file or folder, read again each time, one in memory; `size` counts bytes."""

    path: Path
    is_one: bool
    size: int

    def __iter__(self) -> Iterator[FoundMail]:
        try:
            if not self.path.is_dir():
                yield from _in_file(self.path, is_one=self.is_one)
            elif _is_maildir(self.path):
                yield from _in_maildir(self.path)
            else:
                yield from _in_tree(self.path)
        except FileNotFoundError:
            raise NotFound("there is no such file", path=self.path) from None
        except OSError as error:
            raise TicklerError(
                f"cannot read the mails: {error.strerror}", path=self.path
            ) from error


@dataclass(frozen=True, slots=True)
class MailBoxes:
    """Several files and folders as one; each mail says in which it is."""

    boxes: Sequence[MailBox]
    is_one: bool = False

    @property
    def size(self) -> int:
        return sum(box.size for box in self.boxes)

    def __iter__(self) -> Iterator[FoundMail]:
        before = 0
        for box in self.boxes:
            for each in box:
                where = each.where if box.is_one else f"{box.path.name} {each.where}"
                yield FoundMail(where, each.mail, before + each.done)
            before += box.size


def find(path: Path) -> MailBox | None:
    """The mails at a path, or None where there is something else, or nothing.

    Raises Unreadable for what is called a mail and is not one, for one that is too large, and for
    a message in Outlook's own form that cannot be read; NotFound where there is no such file.
    """
    try:
        if path.is_dir():
            files = [*(_maildir_files(path) if _is_maildir(path) else _tree_files(path))]
            is_box = _is_maildir(path) or any(map(_holds_mail, files))
            return MailBox(path, False, sum(f.stat().st_size for f in files)) if is_box else None
        ending = path.suffix.lower()
        if ending in ONE | MANY and not path.exists():
            raise NotFound("there is no such file", path=path)
        if not path.is_file() or ending in LISTS:
            return None
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
        if start.startswith(outlook.MESSAGE) and ending in ONE:
            outlook.as_mail(path.read_bytes())
            return MailBox(path, True, size)
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror}", path=path) from error
    except Unreadable as error:
        raise Unreadable(error.sentence, path=path) from None
    is_mail = looks_like_head(_without_count(start))
    if ending in ONE | MANY and not is_mail:
        if not start.strip():
            raise Unreadable("the file is empty", path=path)
        raise Unreadable("this is not an e-mail: no line such as From: begins it", path=path)
    if not is_mail:
        return None
    is_one = ending in ONE or not (ending in MANY or start.startswith(b"From "))
    if is_one and size > message.LARGEST:
        raise Unreadable(
            f"the file is larger than {message.LARGEST // 2**20} MB, the most for one mail",
            path=path,
        )
    return MailBox(path, is_one, size)


def _is_maildir(path: Path) -> bool:
    return all((path / name).is_dir() for name in _MAILDIR)


def _maildir_files(path: Path) -> Iterator[Path]:
    found = (file for part in ("cur", "new") for file in sorted((path / part).iterdir()))
    return (file for file in found if file.is_file() and not file.name.startswith("."))


def _tree_files(path: Path) -> Iterator[Path]:
    """The files below a folder but hidden ones, and what Apple Mail keeps beside its mails."""
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).parts
        folders = (*path.parts[-1:], *inside[:-1])
        is_beside = any(each.lower().endswith(".mbox") for each in folders)
        is_shown = file.is_file() and not any(part.startswith(".") for part in inside)
        if is_shown and (not is_beside or _is_called_mail(file)):
            yield file


def _is_called_mail(file: Path) -> bool:
    return file.suffix.lower() in ONE | MANY or file.name == _APPLE_BOX


def _holds_mail(file: Path) -> bool:
    if not _is_called_mail(file):
        return False
    with file.open("rb") as opened:
        start = opened.read(_LOOKED_AT)
    return start.startswith(outlook.MESSAGE) or looks_like_head(_without_count(start))


def _in_tree(path: Path) -> Iterator[FoundMail]:
    done = 0
    for file in _tree_files(path):
        where, size = str(file.relative_to(path)), file.stat().st_size
        is_box = file.suffix.lower() in MANY or file.name == _APPLE_BOX
        if not _is_called_mail(file):
            yield FoundMail(where, Unread("this is not called a mail"), done + size)
        elif size > message.LARGEST and not is_box:
            yield FoundMail(where, Unread(_TOO_LARGE), done + size)
        else:
            for each in _in_file(file, is_one=not is_box):
                named = f"{where} {each.where}" if is_box else where
                yield FoundMail(named, each.mail, done + each.done)
        done += size


def _in_file(path: Path, *, is_one: bool) -> Iterator[FoundMail]:
    if not is_one:
        with path.open("rb") as file:
            yield from _in_mbox(file, _changed(path))
        return
    raw = path.read_bytes()
    read = _read(_without_count(raw), _changed(path))
    if path.name.lower().endswith(".partial.emlx") and isinstance(read, MailRow):
        read = replace(read, warnings=(*read.warnings, _PARTIAL))
    yield FoundMail(path.name, read, len(raw))


_PARTIAL = "Apple Mail keeps the files of this mail elsewhere: they are not attached"


def _without_count(raw: bytes) -> bytes:
    """An `.emlx` begins with how many bytes its mail has; what follows the mail is Apple's."""
    if match := _COUNT.match(raw):
        return raw[match.end() : match.end() + int(match[1])]
    return raw


def _in_maildir(path: Path) -> Iterator[FoundMail]:
    done = 0
    for file in _maildir_files(path):
        size = file.stat().st_size
        done += size
        where = f"{file.parent.name}/{file.name}"
        if size > message.LARGEST:
            yield FoundMail(where, Unread(_TOO_LARGE), done)
        else:
            yield FoundMail(where, _read(file.read_bytes(), _changed(file)), done)


def _in_mbox(file: BinaryIO, changed: datetime) -> Iterator[FoundMail]:
    for number, (raw, done) in enumerate(_divided(file), 1):
        read = Unread(_TOO_LARGE) if raw is None else _read(raw, changed)
        yield FoundMail(f"mail {number}", read, done)


def _divided(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """The mails of an mbox, None for one that is too large; the quoting of `From ` undone."""
    lines: list[bytes] = []
    held, done, begun = 0, 0, False
    line = file.readline(_LINE)
    while line:
        after = file.readline(_LINE)
        if line.startswith(b"From ") and (not begun or _begins(line, after)):
            if begun:
                yield (b"".join(lines) if held <= message.LARGEST else None), done
            lines, held, begun = [], 0, True
        else:
            begun = True
            kept = line[1:] if _QUOTED.match(line) else line
            held += len(kept)
            if held <= message.LARGEST:
                lines.append(kept)
            else:
                lines.clear()
        done += len(line)
        line = after
    if begun:
        yield (b"".join(lines) if held <= message.LARGEST else None), done


def _begins(line: bytes, after: bytes) -> bool:
    """Whether a line begins the next mail; some boxes have no blank line before it."""
    return bool(len(line) < 500 and _BEGUN.match(line) and _HEADER.match(after))


_TOO_LARGE = f"larger than {message.LARGEST // 2**20} MB"


def _read(raw: bytes, otherwise: datetime) -> MailRow | Unread:
    try:
        return message.read(raw, otherwise)
    except Unreadable as error:
        return Unread(error.sentence)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
