"""Mails on disk: one in a file, many in an mbox or a Maildir; read one after another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.mail import message
from tickler.formats.mail.headers import looks_like_head
from tickler.formats.mail.message import MailRow

#: Endings of one mail, and of many.
ONE, MANY = frozenset({".eml", ".msg"}), frozenset({".mbox", ".mbx"})

#: Endings of files that must not be mistaken for mails.
_LISTS = frozenset({".csv", ".tsv"})

_MAILDIR = ("cur", "new", "tmp")
_BEGUN = re.compile(rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d:\d\d.*\d{4}\s*\Z")
_HEADER = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|>From ")
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
            if self.path.is_dir():
                yield from _in_folder(self.path)
            elif self.is_one:
                raw = self.path.read_bytes()
                yield FoundMail(self.path.name, _read(raw, _changed(self.path)), len(raw))
            else:
                with self.path.open("rb") as file:
                    yield from _in_mbox(file, _changed(self.path))
        except FileNotFoundError:
            raise NotFound("there is no such file", path=self.path) from None
        except OSError as error:
            raise TicklerError(
                f"cannot read the mails: {error.strerror}", path=self.path
            ) from error


def find(path: Path) -> MailBox | None:
    """The mails at a path, or None where there is something else, or nothing.

    Raises Unreadable for a message in Outlook's own form, one that is not a mail, and one that is
    too large; NotFound where there is no such file.
    """
    try:
        if path.is_dir():
            if not all((path / name).is_dir() for name in _MAILDIR):
                return None
            files = (file for part in ("cur", "new") for file in (path / part).iterdir())
            return MailBox(path, False, sum(f.stat().st_size for f in files if f.is_file()))
        ending = path.suffix.lower()
        if ending in ONE | MANY and not path.exists():
            raise NotFound("there is no such file", path=path)
        if not path.is_file() or ending in _LISTS:
            return None
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror}", path=path) from error
    if start.startswith(message.OUTLOOK):
        raise Unreadable(
            "this message is in Outlook's own format: save it there as .eml", path=path
        )
    is_mail = looks_like_head(start)
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


def _in_folder(path: Path) -> Iterator[FoundMail]:
    done = 0
    for part in ("cur", "new"):
        for file in sorted((path / part).iterdir()):
            if not file.is_file() or file.name.startswith("."):
                continue
            size = file.stat().st_size
            done += size
            where = f"{part}/{file.name}"
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
