"""The head of a mail: subject, addresses, date and names of files, however badly written.

Headers are read here: the standard library fails on broken ones, and takes very long on what is
broken on purpose.
"""

import re
import urllib.parse
from binascii import a2b_qp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import getaddresses, parsedate_to_datetime
from typing import TypeAlias

from tickler.core.text import one_line
from tickler.formats.mail.charset import decoded, from_base64

#: The longest head, in bytes; what follows is skipped.
_LONGEST_HEAD = 256 * 1024

#: No header that is read is longer, in characters.
_LONGEST = 32_000

#: An earlier date is not that of a mail.
_FIRST_MAIL = datetime(1971, 1, 1, tzinfo=UTC)

_WORD = re.compile(r"=\?([\w.:+-]{1,60}?)(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\s]*|[^?\n]{0,998})\?=")
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_GAP = re.compile(r"(\?=)\s+(=\?[\w.:+*-]{1,80}\?[bBqQ]\?)")
#: An e-mail address in a text.
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@\\]{1,200}@[^\s<>()\[\],;:\"'@\\]{1,200}")
_HEADER = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_PIECE = re.compile(r"(?P<name>[^*=\s]+)(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?", re.ASCII)

#: The headers of a mail, not decoded yet.
Head: TypeAlias = "Message[str, str]"


class _AsWritten(EmailPolicy):
    """Returns headers as written, 8-bit bytes as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name
        return _FOLDED.sub(" ", value[:_LONGEST])


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address with the name before it, if there is one."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def split_head(raw: bytes) -> tuple[Head, bytes]:
    """The headers of a mail or of a part of one, not decoded, and what is below them."""
    parser = BytesParser(EmailMessage, policy=_AsWritten(utf8=True))
    if raw[:1] in (b"\n", b"\r"):  # no header at all
        return parser.parsebytes(b"", headersonly=True), raw.lstrip(b"\r")[1:]
    ends = [(raw.find(gap), len(gap)) for gap in (b"\n\n", b"\n\r\n", b"\r\r")]
    end, width = min(((at, size) for at, size in ends if at >= 0), default=(len(raw), 0))
    head = _repaired(raw[: min(end, _LONGEST_HEAD)])
    return parser.parsebytes(head + b"\n\n", headersonly=True), raw[end + width :]


def _repaired(head: bytes) -> bytes:
    """A line that is not a header continues the one before it; lines before the first go."""
    lines = head.lstrip(b"\xef\xbb\xbf").splitlines()
    first = next((n for n, line in enumerate(lines) if _HEADER.match(line)), len(lines))
    is_own = (_HEADER.match(line) or line[:1] in (b" ", b"\t") for line in lines[first:])
    pairs = zip(lines[first:], is_own, strict=True)
    return b"\n".join(line if own else b" " + line for line, own in pairs)


def looks_like_head(start: bytes) -> bool:
    """Whether this is the beginning of a mail: a line of a header, one of them a mail's own."""
    lines = start.lstrip(b"\xef\xbb\xbf\r\n").splitlines()[:60]
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    if not lines or not _HEADER.match(lines[0]):
        return False
    names = {line.partition(b":")[0].strip().lower() for line in lines if _HEADER.match(line)}
    return bool(names & _OWN_HEADERS)


_OWN_HEADERS = frozenset(
    b"from to subject date message-id received mime-version content-type return-path "
    b"delivered-to sender reply-to".split()
)


def header(head: Head, name: str) -> str:
    """A header as it is read, on one line; "" where there is none."""
    return one_line(unfolded(written(head, name)))


def written(head: Head, name: str) -> str:
    """A header, not decoded."""
    return str(head.get(name, ""))


def unfolded(text: str) -> str:
    """A header's text: its encoded words decoded (RFC 2047), also misplaced ones."""
    if "=?" not in text:
        return _eight_bit(text)
    return "".join(_read_words(_GAP.sub(r"\1\2", text)))


def addresses(head: Head, *names: str) -> tuple[Address, ...]:
    """The addresses of these headers, each once, in their order."""
    found: dict[str, Address] = {}
    for name in names:
        for value in head.get_all(name, ()):
            for address in _addresses_of(str(value)):
                found.setdefault(address.address.casefold(), address)
    return tuple(found.values())


def addresses_in(text: str) -> list[str]:
    """The addresses in a line such as `Anna Berg <a.berg@acme.example>, rita@example.org`."""
    return ADDRESS.findall(text)


def date_of(head: Head) -> datetime | None:
    """When a mail was written, else received, in UTC; None where nothing can be read."""
    received = (str(value).rpartition(";")[2] for value in head.get_all("Received", ())[:20])
    return next(filter(None, map(_instant, (written(head, "Date"), *received))), None)


def parameter(head: Head, name: str, wanted: str) -> str:
    """A parameter of a header: in pieces, with a charset, or badly quoted."""
    pieces: dict[int, tuple[str, bool]] = {}
    plain = ""
    for key, value in _parameters(written(head, name)):
        match = _PIECE.fullmatch(key)
        if match is None or match["name"].lower() != wanted:
            continue
        if match["number"] is None and not match["coded"]:
            plain = plain or unfolded(value)
        else:
            pieces.setdefault(int(match["number"] or 0), (value, bool(match["coded"])))
    return one_line(_joined(pieces) or plain)


def _eight_bit(text: str) -> str:
    """Text with bytes that a mailer did not encode."""
    if text.isascii():
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), "")[0]


def _read_words(text: str) -> Iterator[str]:
    """Plain text and encoded words; a letter may be split between words of one charset."""
    place, waiting, charset = 0, b"", ""
    for match in _WORD.finditer(text):
        between = text[place : match.start()]
        if waiting and (between or match[1].lower() != charset):
            yield decoded(waiting, charset)[0]
            waiting = b""
        yield _eight_bit(between)
        waiting += _bytes_of(match[2], match[3])
        place, charset = match.end(), match[1].lower()
    if waiting:
        yield decoded(waiting, charset)[0]
    yield _eight_bit(text[place:])


def _bytes_of(way: str, coded: str) -> bytes:
    plain = coded.encode("utf-8", "surrogateescape")
    return a2b_qp(plain, header=True) if way in "qQ" else from_base64(plain)


def _addresses_of(value: str) -> Iterator[Address]:
    if value.count("(") > 50 or value.count('"') > 2000:  # nested, it would take very long
        value = re.sub(r"[()]", " ", value)
    try:
        found = getaddresses([value.replace(";", ",") if "," not in value else value])
    except (ValueError, IndexError, RecursionError):
        found = [("", address) for address in ADDRESS.findall(value)]
    for name, written_address in found:
        address = one_line(unfolded(written_address)).strip("'\"<>").replace(" ", "")
        if ADDRESS.fullmatch(address):
            yield Address(address, one_line(unfolded(name)).strip("'\" ")[:200])


def _instant(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(one_line(value[:200]))
        aware = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return aware if aware >= _FIRST_MAIL else None


def _parameters(value: str) -> Iterable[tuple[str, str]]:
    """The `name=value` of a header, semicolons in quotes kept."""
    for match in re.finditer(r';\s*([^=;\s"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', value):
        text = match[2].strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'))
        yield match[1], text


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """A value in pieces (RFC 2231), the first of which may name the charset."""
    if not pieces:
        return ""
    charset, whole = "", b""
    for number in sorted(pieces):
        text, coded = pieces[number]
        if coded and not whole and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        plain = text.encode("utf-8", "surrogateescape")
        whole += urllib.parse.unquote_to_bytes(plain) if coded else plain
    read, _ = decoded(whole, charset)
    return unfolded(read)
