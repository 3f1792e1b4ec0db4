"""The bytes of address books and calendars → properties, whatever program wrote and folded them."""

import binascii
import codecs
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from tickler.formats import encodings

#: Opens the file at its start.
Source = Callable[[], BinaryIO]

#: Names of properties that the vCard standards know; others begin with X-.
KNOWN = frozenset(
    {
        "ADR", "AGENT", "ALIAS", "ANNIVERSARY", "BDAY", "BEGIN", "BIRTHPLACE", "CALADRURI",
        "CALURI", "CAPURI", "CATEGORIES", "CLASS", "CLIENTPIDMAP", "CONTACT-URI", "CREATED",
        "DEATHDATE", "DEATHPLACE", "EMAIL", "END", "EXPERTISE", "FBURL", "FN", "GENDER", "GEO",
        "GRAMGENDER", "HOBBY", "IMPP", "INTEREST", "JSPROP", "KEY", "KIND", "LABEL", "LANG",
        "LANGUAGE", "LOGO", "MAILER", "MEMBER", "N", "NAME", "NICKNAME", "NOTE", "ORG",
        "ORG-DIRECTORY", "PHOTO", "PRODID", "PROFILE", "PRONOUNS", "RELATED", "REV", "ROLE",
        "SOCIALPROFILE", "SORT-STRING", "SOUND", "SOURCE", "TEL", "TITLE", "TZ", "UID", "URL",
        "VERSION", "XML",
    }
)  # fmt: skip

#: Properties whose value is no text: nothing of it is kept in memory.
BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-WAB-PHOTO"})

_BLOCK = 2**18
_HEAD = re.compile(rb"[ \t]*(?:([\w-]+)\.)?([A-Za-z][A-Za-z0-9_-]*)[ \t]*(?=[;:])")
_QUOTED_PRINTABLE = re.compile(rb"[^:]*;(?:ENCODING=)?\"?QUOTED-PRINTABLE", re.IGNORECASE)
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r';?[ \t]*([^=;"]*)((?:=(?:"[^"]*"|[^;"]*)*)?)')
_BEGIN = re.compile(rb"([ \t]*)BEGIN:VCARD", re.IGNORECASE)
_LINE_ENDS = re.compile(rb"\r*\n|\r")
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_BARE_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_BARE_VALUES = frozenset({"URI", "URL", "INLINE", "CONTENT-ID", "CID"})
#: In vCard 2.1 a line is broken at a blank, which stays; most programs that fold 2.1 at all
#: break as 3.0 does, after so many bytes and with a blank that goes.
_FULL_LINES = range(73, 78)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card: its name in capitals without a group, its value still escaped.

    `types` are those of a number or address in small letters, in whatever notation, `params` all
    other parameters by name in capitals. `is_plain`: its backslashes are letters, not escapes.
    """

    line: int
    name: str
    value: str
    types: tuple[str, ...] = ()
    params: dict[str, str] = field(default_factory=dict)
    group: str = ""
    is_plain: bool = False


class Oddity(StrEnum):
    """What is odd about a line, said once for a file."""

    FOREIGN = "not UTF-8: read as Windows-1252"
    BROKEN = "not a property of a card: read as more of the one before"
    OUTSIDE = "outside of any card: left out"
    CHARSET = "not in the charset that it names: read as UTF-8 or Windows-1252"
    UNENDED = "a card without END:VCARD: read all the same"


@dataclass(slots=True)
class Told:
    """What reading a file came upon: how often, and in which line first."""

    seen: dict[Oddity, tuple[int, int]] = field(default_factory=dict)

    def note(self, what: Oddity, line: int) -> None:
        first, count = self.seen.get(what, (line, 0))
        self.seen[what] = first, count + 1


@dataclass(slots=True)
class _Raw:
    """A property whose lines are still being read."""

    line: int
    group: bytes
    name: str
    head: int  # how long its group and name are
    parts: list[bytes]
    version: str  # of its card, as far as it is known by then
    is_soft: bool  # quoted-printable, which goes on where a line ends with =
    last: int  # the length of its last line


def properties(
    source: Source, encoding: str, told: Told, known: Collection[str] = KNOWN
) -> Iterator[Property]:
    """The properties of a file, BEGIN and END among them, in its order; `known` are their names.

    What says no charset is UTF-8, or else Windows-1252; or in `encoding`, if the rep says one.
    """
    for raw in _unfolded(_lines(source, encoding), told, known):
        yield _property(raw, encoding, told)


def names(source: Source, encoding: str) -> Iterator[str]:
    """The names of the properties alone, quickly, to see what is in a file."""
    for _, line in _lines(source, encoding):
        if line[:1] not in (b" ", b"\t") and (head := _HEAD.match(line)):
            name = head[2].decode("ascii").upper()
            if name == "BEGIN":
                yield "BEGIN" if line[head.end() + 1 :].strip().upper() == b"VCARD" else "OTHER"
            elif name in KNOWN or name.startswith("X-"):
                yield name


def _lines(source: Source, encoding: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers; those of cards that are indented without that."""
    lines = _physical(source, encoding)
    indent: bytes | None = None
    for number, line in lines:
        if indent is None and (begin := _BEGIN.match(line)):
            indent = begin[1]
        yield number, line.removeprefix(indent) if indent else line


def _physical(source: Source, encoding: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers, without their ends, whichever those are."""
    number = 0
    pieces: list[bytes] = []
    for block in _blocks(source, encoding):
        if b"\n" not in block and b"\r" not in block:
            pieces.append(block)
            continue
        pieces.append(block)
        whole = b"".join(pieces)
        # A \r at the end may be the half of an end.
        held = len(whole) - len(whole.rstrip(b"\r"))
        lines = _LINE_ENDS.split(whole[: len(whole) - held])
        pieces = [lines.pop() + b"\r" * held]
        for line in lines:
            number += 1
            yield number, line.removeprefix(codecs.BOM_UTF8)
    for line in _LINE_ENDS.split(b"".join(pieces)):
        number += 1
        yield number, line.removeprefix(codecs.BOM_UTF8)


def _blocks(source: Source, encoding: str) -> Iterator[bytes]:
    """The bytes of a file, those of UTF-16 and UTF-32 as UTF-8."""
    with source() as file:
        head = file.read(4)
        marked = encodings.marked(head)
        wide = marked[0] if marked else encodings.wide(head)
        if wide is None and encoding.replace("_", "-").startswith(("utf-16", "utf-32")):
            wide = encoding
        if wide in (None, "utf-8"):
            yield marked[1] if marked else head
            while block := file.read(_BLOCK):
                yield block
            return
        decoder = codecs.getincrementaldecoder(wide)("replace")
        yield decoder.decode(marked[1] if marked else head).encode("utf-8", "replace")
        while block := file.read(_BLOCK):
            yield decoder.decode(block).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _unfolded(
    lines: Iterator[tuple[int, bytes]], told: Told, known: Collection[str]
) -> Iterator[_Raw]:
    """The properties, each with all of its lines as one.

    A line that is no property, as programs write that break notes anyhow, goes on with the one
    before it. Lines are joined as bytes: some programs fold inside a letter of UTF-8.
    """
    raw: _Raw | None = None
    version = ""
    for number, line in lines:
        if raw and raw.is_soft and raw.parts[-1].endswith(b"=") and not _is_end(line):
            raw.parts[-1] = raw.parts[-1][:-1]
            raw.parts.append(line.rstrip(b" \t"))
            continue
        if raw and line[:1] in (b" ", b"\t"):
            if raw.name in BINARY:
                continue
            is_old = raw.version == "2.1" and raw.last not in _FULL_LINES
            raw.parts.append(line if is_old else line[1:])
            raw.last = len(line)
            continue
        if not line.strip():
            continue
        head = _HEAD.match(line)
        name = head[2].decode("ascii") if head else ""
        if head is None or not _is_name(name, line[head.end() + 1 : head.end() + 2], known):
            _go_on(raw, number, line, told)
            continue
        if raw:
            yield raw
        name = name.upper()
        if name in ("BEGIN", "VERSION"):
            version = line[head.end() + 1 :].strip().decode("ascii", "ignore")
        is_soft = (b"RINTABLE" in line or b"rintable" in line) and bool(
            _QUOTED_PRINTABLE.match(line)
        )
        text = line.rstrip(b" \t") if is_soft else line
        if name in BINARY:
            text = text[:_BLOCK]
        group, end = head[1] or b"", head.end()
        raw = _Raw(number, group, name, end, [text], version, is_soft, len(line))
    if raw:
        yield raw


def _is_end(line: bytes) -> bool:
    return line.strip().upper() == b"END:VCARD"


def _is_name(name: str, after: bytes, known: Collection[str]) -> bool:
    """Whether a property begins so, not a sentence of a note: `Tel: 030 123`."""
    upper = name.upper()
    if name not in (upper, name.lower()) and after == b" ":
        return False
    return upper in known or upper.startswith("X-") or (name == upper and len(name) > 1)


def _go_on(raw: _Raw | None, number: int, line: bytes, told: Told) -> None:
    """Put a line that is no property to the one before; into no card if none is open."""
    if raw is None or raw.name in ("BEGIN", "END"):
        told.note(Oddity.OUTSIDE, number)
    elif raw.name not in BINARY:
        told.note(Oddity.BROKEN, number)
        raw.parts += [b"=0A" if raw.is_soft else b"\\n", line]


def _property(raw: _Raw, encoding: str, told: Told) -> Property:
    whole = b"".join(raw.parts)
    group = raw.group.decode("ascii", "replace").lower()
    colon = _colon(whole, raw.head)
    types: list[str] = []
    params: dict[str, str] = {}
    if colon > raw.head:
        text, _ = _decoded(whole[raw.head : colon], encoding)
        _read_parameters(text, types, params, with_carets=raw.version[:1] in ("3", "4"))
    value = whole[colon + 1 :]
    how = params.get("ENCODING", "").upper()
    name = raw.name
    if name == "SOUND" and "x-irmc-n" in types:  # how a name sounds, of telephones from Japan
        name = "X-PHONETIC-NAME"
    if name in BINARY:
        text = "" if how in ("B", "BASE64") else value[:200].decode("utf-8", "replace")
        return Property(raw.line, name, text, tuple(types), params, group)
    if how == "QUOTED-PRINTABLE":
        value = _HEX.sub(lambda hit: bytes([int(hit[1], 16)]), value)
    elif how in ("B", "BASE64"):
        value = _of_base64(value)
    text, is_foreign = _decoded(value, encoding, params.get("CHARSET", ""), raw.line, told)
    if is_foreign:
        told.note(Oddity.FOREIGN, raw.line)
    is_plain = how in ("QUOTED-PRINTABLE", "B", "BASE64") and raw.version[:1] not in ("3", "4")
    return Property(raw.line, name, text, tuple(types), params, group, is_plain)


def _colon(whole: bytes, start: int) -> int:
    """Where the value begins: at the first colon that is not in quotes."""
    first = whole.find(b":", start)
    if first < 0 or b'"' not in whole[start:first]:
        return first if first >= 0 else len(whole)
    place = start
    while (quote := whole.find(b'"', place)) >= 0:
        colon = whole.find(b":", place)
        if 0 <= colon < quote:
            return colon
        end = whole.find(b'"', quote + 1)
        if end < 0:
            return first
        place = end + 1
    colon = whole.find(b":", place)
    return colon if colon >= 0 else first


def _read_parameters(
    text: str, types: list[str], params: dict[str, str], *, with_carets: bool
) -> None:
    """Read `;TYPE=work,voice`, `;TYPE="work,voice"` and `;WORK;VOICE` alike."""
    for match in _PARAMETER.finditer(text):
        name, value = match[1].strip().upper(), match[2][1:].strip().replace('"', "")
        if not match[2]:
            if name in _BARE_ENCODINGS:
                params["ENCODING"] = name
            elif name in _BARE_VALUES:
                params["VALUE"] = name
            elif name:
                types += [part.strip().lower() for part in name.split(",") if part.strip()]
        elif name == "TYPE":
            types += [part.strip().lower() for part in value.split(",") if part.strip()]
        elif name:
            if with_carets and "^" in value:
                value = _CARET.sub(lambda hit: _CARETS[hit[1]], value)
            params.setdefault(name, value)


def _of_base64(value: bytes) -> bytes:
    bare = re.sub(rb"\s+", b"", value)
    try:
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
    except binascii.Error:
        return value


def _decoded(
    value: bytes, encoding: str, charset: str = "", line: int = 0, told: Told | None = None
) -> tuple[str, bool]:
    """The text of a value, and whether it is Windows-1252 without saying so."""
    if value.isascii() and not (charset and _is_stateful(charset)):
        return value.decode("ascii"), False
    for name in filter(None, (charset, "" if charset else encoding)):
        try:
            return value.decode(_CALLED.get(name.lower(), name)), False
        except (LookupError, ValueError):
            if told is not None:
                told.note(Oddity.CHARSET, line)
    return encodings.line(value, all_windows=False)


def _is_stateful(charset: str) -> bool:
    """Whether bytes of ASCII can be other letters in it: ISO-2022-JP, UTF-7, UTF-16."""
    return charset.lower().startswith(("iso-2022", "utf-7", "utf-16", "utf7", "hz"))


#: ISO-8859-1 of programs for Windows has quotes and the euro where the standard has nothing.
_CALLED = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}
