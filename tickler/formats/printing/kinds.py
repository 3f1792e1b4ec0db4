"""What a document is written as, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from tickler.errors import Unreadable
from tickler.formats.printing.document import Document, Paper


class PageKind(StrEnum):
    """The kinds of files that have pages."""

    HTML = "html"
    PDF = "pdf"


_ENDINGS = {".html": PageKind.HTML, ".htm": PageKind.HTML, ".pdf": PageKind.PDF}


def kind_of(path: Path) -> PageKind:
    """The kind that the name of a file asks for; raises Unreadable for any other."""
    kind = _ENDINGS.get(path.suffix.lower())
    if kind is None:
        name = path.stem or "page"
        raise Unreadable(f"pages are written as HTML or PDF: name it {name}.html or {name}.pdf")
    return kind


def writer(document: Document, kind: PageKind, paper: Paper) -> Callable[[BinaryIO], object]:
    """What writes a document into a file; give it to `system.files.save`.

    A PDF is made here and now, so that nothing is begun where it cannot be: raises Refused where
    the part that makes it is not installed, or the document is too long for it.
    """
    if kind is PageKind.PDF:
        from tickler.formats.printing import pdf_pages  # noqa: PLC0415  # its library is big

        content = pdf_pages.made(document, paper)
        return lambda file: file.write(content)
    from tickler.formats.printing import html_pages  # noqa: PLC0415  # only where wanted

    def write(file: BinaryIO) -> object:
        for piece in html_pages.pieces(document, paper):
            file.write(piece.encode())
        return None

    return write
