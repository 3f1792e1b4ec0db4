"""The bytes of a list → its lines of text, in the encodings that programs write, as a stream."""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, AnyStr, BinaryIO

from tickler.core.text import quote
from tickler.errors import Unreadable
from tickler.formats import encodings
from tickler.formats.lists.clients import Problem, Reason

#: Opens the file at its start.
Source = Callable[[], BinaryIO]

_HEAD = 64
#: How much of a zip archive is searched for the names of its members, in bytes.
_OF_ZIP = 4 * 2**20
_PIECE = 2**20
#: No line of a list is longer: who reads it does not fill the memory.
_LONGEST_LINE = 16 * 2**20

_UTF_8 = "utf-8"
#: UTF-8 with lines of Windows-1252 among its own.
_MIXED = "mixed"
#: Windows-1252 with its five unused bytes.
_WINDOWS = "windows"

#: `ł` and `ą` of Central Europe within a word, where Windows-1252 has `³` and `¹`; and `ą`, `ś` and
#: `ź` where they are in ISO 8859-2 alone.
_CENTRAL = re.compile(rb"[A-Za-z][\xb3\xb9][a-z]")
_CENTRAL_ISO = re.compile(rb"[A-Za-z][\xb1\xb6\xbc][a-z]")
_UNUSED = re.compile(rb"[\x81\x83\x88\x90\x98]")
_CENTRAL_NAMES = {"cp1250": "Windows-1250", "iso8859-2": "ISO 8859-2"}

_OTHER_FILES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "an RTF text"),
    (b"BEGIN:VCARD", "a vCard"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"<", "a web page or XML"),
)
_IN_ZIP = (
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"word/", "a Word document"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, read from it again each time.

    Whether its encoding was said by the rep, `is_said` tells; else it was found.
    """

    source: Source
    encoding: str
    skip: int
    is_said: bool = False

    def lines(self, said: list[Problem]) -> Iterator[str]:
        """The lines with their ends; what is not in the file's encoding is told or refused."""
        if self.encoding in (_MIXED, _WINDOWS):
            yield from self._by_line(said)
            return
        if not self.is_said and self.encoding in _CENTRAL_NAMES:
            remark = f"read as {_CENTRAL_NAMES[self.encoding]}, for its Polish letters"
            said.append(Problem(1, remark, Reason.CHANGED))
        with self.source() as file:
            file.seek(self.skip)
            line = 0
            try:
                with io.TextIOWrapper(file, self.encoding, newline="") as text:
                    for line, physical in enumerate(_lines_of(text), 1):
                        if "\0" in physical:
                            raise Unreadable(_no_text("has bytes that no text has"))
                        yield physical.lstrip("\ufeff") if line == 1 else physical
            except UnicodeError:
                raise Unreadable(self._broken()) from None

    def _by_line(self, said: list[Problem]) -> Iterator[str]:
        with self.source() as file:
            for number, line in enumerate(_lines_of(file), 1):
                text, foreign = encodings.line(line, all_windows=self.encoding == _WINDOWS)
                if foreign:
                    remark = "not UTF-8 like the rest: read as Windows-1252"
                    said.append(Problem(number, remark, Reason.CHANGED))
                yield from io.StringIO(text, newline="")

    def beginning(self, most: int) -> str:
        """The first letters."""
        found = io.StringIO()
        for line in self.lines([]):
            found.write(line)
            if found.tell() > most:
                break
        return found.getvalue()

    def _broken(self) -> str:
        line = self._broken_line()
        if self.is_said:
            return f"line {line}: this is not {self.encoding}, as was said: try another encoding"
        name = self.encoding[:6].upper()
        return (
            f"line {line}: the file says that it is {name}, and this line is not: save it again "
            "as CSV (UTF-8)"
        )

    def _broken_line(self) -> int:
        """The first line that is not in the file's encoding."""
        with self.source() as file:
            file.seek(self.skip)
            decoder = codecs.getincrementaldecoder(self.encoding)()
            lines = 1
            while piece := file.read(_PIECE):
                try:
                    lines += decoder.decode(piece).count("\n")
                except UnicodeDecodeError as error:
                    good = bytes(error.object[: error.start])
                    return lines + good.decode(self.encoding, "ignore").count("\n")
                except UnicodeError:  # it has no mark of its encoding
                    return lines
            return lines


def open_text(source: Source, encoding: str = "") -> Text:
    """The text of a file in its encoding, found by rule where none is said.

    Raises Unreadable for a file that is not text, and for an encoding that nobody knows.
    """
    with source() as file:
        head = file.read(_HEAD)
    if not head:
        raise Unreadable("the file is empty: there is not even a line of headers")
    marked = encodings.marked(head)
    skip = len(head) - len(marked[1]) if marked else 0
    if encoding:
        return Text(source, known(encoding), skip, is_said=True)
    if marked:
        return Text(source, marked[0], skip)
    _refuse_others(source, head)
    return Text(source, _found(source, head), 0)


def known(encoding: str) -> str:
    """The codec of an encoding as a rep calls it; raises Unreadable for what nobody knows."""
    names = {"mac": "mac_roman", "macroman": "mac_roman", "dos": "cp850", "ansi": "cp1252"}
    name = names.get(encoding.strip().casefold(), encoding.strip())
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
        b"\n".decode(found.name, "ignore")
    except (LookupError, ValueError):
        raise Unreadable(
            f"{quote(encoding)} is not an encoding: utf-8, windows-1252, macroman (old Macs) and "
            "cp850 (DOS) are"
        ) from None
    return found.name


def _refuse_others(source: Source, head: bytes) -> None:
    for magic, what in _OTHER_FILES:
        if not head.lstrip().startswith(magic):
            continue
        inside = what
        if head.startswith(b"PK"):
            with source() as file:
                packed = file.read(_OF_ZIP)
            inside = next((inside for mark, inside in _IN_ZIP if mark in packed), what)
        raise Unreadable(_no_text(f"is {inside}"))


def _found(source: Source, head: bytes) -> str:
    """The encoding of a file without a mark; raises Unreadable for what is not text."""
    own = foreign = 0
    central = iso = unused = False
    with source() as file:
        for line in _lines_of(file):
            if b"\0" in line:
                return _wide(source, head)
            if not line.isascii():
                if encodings.is_utf8(line):
                    own += 1
                else:
                    foreign += 1
                    central = central or bool(_CENTRAL.search(line))
                    iso = iso or bool(_CENTRAL_ISO.search(line))
                    unused = unused or bool(_UNUSED.search(line))
    if not foreign:
        return _UTF_8
    if own > foreign:
        return _MIXED
    if central and not unused:
        return "iso8859-2" if iso else "cp1250"
    return _WINDOWS


def _wide(source: Source, head: bytes) -> str:
    wide = encodings.wide(head)
    if wide is None:
        raise Unreadable(_no_text("has bytes that no text has"))
    try:
        with source() as file, io.TextIOWrapper(file, wide, newline="") as text:
            while piece := text.read(_PIECE):
                if "\0" in piece:
                    raise Unreadable(_no_text("has bytes that no text has"))
    except UnicodeDecodeError:
        raise Unreadable(_no_text("has bytes that no text has")) from None
    return wide


def _lines_of(file: IO[AnyStr]) -> Iterator[AnyStr]:
    """The lines with their ends; raises Unreadable for one that is longer than any of a list."""
    for number, line in enumerate(iter(partial(file.readline, _LONGEST_LINE + 1), file.read(0)), 1):
        if len(line) > _LONGEST_LINE:
            most = _LONGEST_LINE // 2**20
            raise Unreadable(f"line {number} is longer than {most} MB: a list has shorter lines")
        yield line


def _no_text(why: str) -> str:
    return f"this {why}, not CSV: save the list as CSV and import that"
