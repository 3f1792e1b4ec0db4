"""Pages to print as PDF, by typst; it sees no other file, no other font and no network."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from typing import Literal

from tickler.errors import Refused, TicklerError
from tickler.formats.printing.document import Document, Paper, as_data

_TYPST_PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}

#: So much data, in letters, is about 400 pages, and takes typst half a gigabyte.
_MOST = 1_500_000

_MISSING = "PDF needs the part “pdf”: pip install 'tickler[pdf]'; HTML works without it"


def made(document: Document, paper: Paper) -> bytes:
    """The document as PDF: the same pages give the same bytes.

    Raises Refused where typst is not installed, and for more than it can hold in memory.
    """
    data = {
        "paper": _TYPST_PAPERS[paper],
        "title": as_data(document.title),
        "printed": as_data(document.printed),
        "chapters": as_data(document.chapters),
    }
    handed = json.dumps(data, ensure_ascii=False)
    if len(handed) > _MOST:
        raise Refused("this is too much for one PDF: print less at once, or an HTML page")
    template = files(__package__).joinpath("pages.typ").read_bytes()
    (pdf,) = compiled(template, handed, "pdf")
    return pdf


def compiled(template: bytes, data: str, kind: Literal["pdf", "svg"]) -> Sequence[bytes]:
    """What typst makes of a template of ours and data: a PDF, or a picture of each page.

    Data is handed over as JSON, so that nothing in it can be a command.
    """
    try:
        import typst  # noqa: PLC0415  # big, and only installed with the part `pdf`
    except ImportError:
        raise Refused(_MISSING) from None
    with tempfile.TemporaryDirectory(prefix="tickler-") as empty:
        try:
            compiler = typst.Compiler(
                template,
                root=empty,
                ignore_system_fonts=True,
                package_path=empty,
                package_cache_path=empty,
                sys_inputs={"data": data},
            )
            found = compiler.compile(format=kind, pdf_tags=False)
        except typst.TypstError as error:
            raise TicklerError(f"the PDF could not be made: {error.message}") from error
    return found if isinstance(found, list) else [found or b""]
