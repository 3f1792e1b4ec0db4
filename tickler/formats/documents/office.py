"""The text of documents that take a library to read; run in a process of its own by `extract`."""

# ruff: noqa: PLC0415  # each library is loaded for its own kind of file

import contextlib
import io
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import BinaryIO, NoReturn

from tickler.formats import encodings
from tickler.formats.documents.extract import LOCKED, LONGEST, PATIENCE

#: What is packed into a document may not be larger than this, in bytes.
UNPACKED = 200 * 2**20

#: The process may not take more memory, in bytes.
_MEMORY = 2 * 2**30

#: How much of a page or mail is read, in bytes; documents are read whole.
_MOST = 20 * 2**20

#: What ends a line on the screen.
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
     "table", "td", "th", "title", "tr", "ul")
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template", "noscript"))


class Locked(Exception):
    """A password is needed."""


def main(ending: str) -> NoReturn:
    """Read a document from stdin and write its text to stdout; the exit code says what failed."""
    _limit()
    try:
        text = _joined(READERS[ending](sys.stdin.buffer))
    except Locked:
        sys.exit(LOCKED)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    sys.exit(0)


def html_text(data: bytes) -> Iterator[str]:
    """What a web page shows, without what it runs."""
    page = _Page()
    page.feed(encodings.text_of(data))
    page.close()
    yield "\n".join(" ".join(line.split()) for line in "".join(page.shown).split("\n") if line)


class _Page(HTMLParser):
    """Collects what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.shown.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        if tag in _BLOCKS:
            self.shown.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.shown.append(data.replace("\n", " "))


def _mail(source: BinaryIO) -> Iterator[str]:
    import email
    from email import policy
    from email.message import EmailMessage

    mail = email.message_from_bytes(source.read(_MOST), policy=policy.default)
    for header in ("Subject", "From", "To", "Cc"):
        if header in mail:
            yield str(mail[header])
    body = mail.get_body(("plain", "html")) if isinstance(mail, EmailMessage) else None
    if body is None:
        return
    data = body.get_payload(decode=True)
    if isinstance(data, bytes):
        charset = body.get_content_charset("utf-8")
        with contextlib.suppress(LookupError):
            data = data.decode(charset, "replace").encode()
        is_page = body.get_content_subtype() == "html"
        yield from html_text(data) if is_page else (encodings.text_of(data),)


def _pdf(source: BinaryIO) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(source.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for page in reader.pages:
        yield page.extract_text()


def _word(source: BinaryIO) -> Iterator[str]:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(_unpackable(source))
    paragraph, tab, text = qn("w:p"), qn("w:tab"), qn("w:t")
    # Tables, text boxes and what was inserted are searched like all else, in reading order.
    for line in document.element.body.iter(paragraph):
        parts = (part for part in line.iter(text, tab))
        yield "".join(part.text or "" if part.tag == text else "\t" for part in parts)


def _workbook(source: BinaryIO) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(_unpackable(source), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            if line := "\t".join(str(cell) for cell in row if cell is not None):
                yield line


def _unpackable(source: BinaryIO) -> io.BytesIO:
    read = source.read()
    if read.startswith(b"\xd0\xcf\x11\xe0"):  # locked documents come in the old form
        raise Locked
    with zipfile.ZipFile(io.BytesIO(read)) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise zipfile.BadZipFile("larger than a document is")
    return io.BytesIO(read)


def _joined(parts: Iterable[str]) -> str:
    """The parts as lines, one letter longer than is searched, so that the cut is noticed."""
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part) + 1
        if size > LONGEST:
            break
    return "\n".join(kept)[: LONGEST + 1]


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, int(PATIENCE) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


#: What reads each kind of file.
READERS: dict[str, Callable[[BinaryIO], Iterator[str]]] = {
    ".html": lambda source: html_text(source.read(_MOST)),
    ".htm": lambda source: html_text(source.read(_MOST)),
    ".eml": _mail,
    ".pdf": _pdf,
    ".docx": _word,
    ".xlsx": _workbook,
}
