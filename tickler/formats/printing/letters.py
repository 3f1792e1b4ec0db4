"""Which letters the fonts of a PDF have: they are asked, by drawing what they may lack."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

from tickler.core.phrases import and_more
from tickler.core.text import printable
from tickler.formats.printing.document import Document, texts

#: Makes pictures of the pages of a template with data.
Compiled = Callable[[bytes, str, Literal["svg"]], Sequence[bytes]]

#: What no font has a picture for, so that it is drawn as what is lacking.
_NOBODY = "\U0010fffd"

#: Latin, Greek and Cyrillic, and the signs that we write ourselves, are always there.
_SURE = re.compile(r"[ -~\xa0-\u024f\u0370-\u03ff\u0400-\u045f–—‘’‚“”„…·€→★×]")

_DRAWN = b"""\
#set page(width: 40pt, height: 40pt, margin: 5pt)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 10pt)
#for (at, each) in json(bytes(sys.inputs.data)).enumerate() {
  if at > 0 { pagebreak() }
  each
}
"""

#: So many are asked about; a text of more has its first ones named, and that is enough.
_MOST = 400


def lacking(document: Document, compiled: Compiled) -> str:
    """The letters in a document that are drawn as boxes, each once, in their order there."""
    odd = "".join(
        dict.fromkeys("".join(_SURE.sub("", printable(each)) for each in texts(document)))
    )
    # A mark alone is drawn on a circle, and a blank is nothing to see.
    seen = [c for c in odd if unicodedata.category(c)[0] not in "MZC"][:_MOST]
    if not seen:
        return ""
    box, *drawn = compiled(_DRAWN, json.dumps([_NOBODY, *seen]), "svg")
    return "".join(
        c for c, picture in zip(seen, drawn, strict=True) if _glyphs(picture) == _glyphs(box)
    )


#: So many of them are named.
_NAMED = 12


def sentence(lacking: str) -> str:
    """What is said about letters that no font has; "" for none."""
    if not lacking:
        return ""
    more = and_more(len(lacking) - _NAMED)
    return (
        f"the fonts of a PDF have no letters for {lacking[:_NAMED]}{more}: they are boxes there; "
        "an HTML page shows them"
    )


def _glyphs(picture: bytes) -> list[bytes]:
    return re.findall(rb'href="#(\w+)"', picture)
