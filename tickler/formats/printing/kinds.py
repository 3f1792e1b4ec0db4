"""What a document is written as, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from tickler.errors import Unreadable
from tickler.formats.printing import html_pages, letters
from tickler.formats.printing.document import Document, Paper


class PageKind(StrEnum):
    """The kinds of files that have pages."""

    HTML = "html"
    PDF = "pdf"


_ENDINGS = {".html": PageKind.HTML, ".htm": PageKind.HTML, ".pdf": PageKind.PDF}


def usual() -> PageKind:
    """What is proposed: PDF where what makes it is installed."""
    return PageKind.PDF if find_spec("typst") else PageKind.HTML


def has_pages(path: Path) -> bool:
    """Whether the name of a file asks for pages."""
    return path.suffix.lower() in _ENDINGS


def kind_of(path: Path) -> PageKind:
    """The kind that the name of a file asks for; raises Unreadable for any other."""
    if not has_pages(path):
        name = path.stem or "pages"
        raise Unreadable(f"pages are HTML or PDF: name the file {name}.html or {name}.pdf")
    return _ENDINGS[path.suffix.lower()]


def writer(document: Document, kind: PageKind, paper: Paper) -> Callable[[BinaryIO], object]:
    """What writes a document into a file, for `system.files.save`.

    A PDF is made here and now, so that no file is begun where it cannot be: raises Refused where
    typst is not installed, TicklerError where it fails.
    """
    if kind is PageKind.PDF:
        from tickler.formats.printing import pdf_pages  # noqa: PLC0415  # its library is big

        content = pdf_pages.made(document, paper)
        return lambda file: file.write(content)
    return lambda file: file.writelines(
        piece.encode() for piece in html_pages.pieces(document, paper)
    )


def warning(document: Document, kind: PageKind) -> str:
    """The sentence about letters that this kind cannot show; "" where it shows all."""
    if kind is PageKind.HTML:
        return ""
    from tickler.formats.printing import pdf_pages  # noqa: PLC0415  # as above

    return letters.sentence(letters.lacking(document, pdf_pages.compiled))
