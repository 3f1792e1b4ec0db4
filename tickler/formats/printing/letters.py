"""Which letters the fonts of a PDF have: they are asked, by drawing what they may lack."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

from tickler.core.text import printable
from tickler.formats.printing.document import Document, texts

#: Makes pictures of the pages of a template with data.
Compiled = Callable[[bytes, str, Literal["svg"]], Sequence[bytes]]

#: What no font has a picture for, so that it is drawn as what is lacking.
_NOBODY = "\U0010fffd"

#: Latin, Greek and Cyrillic, and the signs that we write ourselves, are always there.
_SURE = re.compile(r"[ -~\xa0-\u024f\u0370-\u03ff\u0400-\u045f–—‘’‚“”„…·€→★×]")

#: Blanks, marks that sit on a letter, and what only joins letters: there is nothing to draw.
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Mn", "Mc", "Me", "Cf"))

_DRAWN = b"""\
#set page(width: 40pt, height: 40pt, margin: 5pt)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 10pt)
#for (at, each) in json(bytes(sys.inputs.data)).enumerate() {
  if at > 0 { pagebreak() }
  each
}
"""

#: So many are drawn at once, and so many of those that are lacking are named.
_AT_ONCE, _NAMED = 300, 12


def lacking(document: Document, compiled: Compiled) -> str:
    """The letters in a document that are drawn as boxes, each once, in their order there.

    Once there are more than are named, no others are looked for.
    """
    odd = dict.fromkeys("".join(_SURE.sub("", printable(each)) for each in texts(document)))
    asked = [letter for letter in odd if unicodedata.category(letter) not in _UNSEEN]
    found = ""
    for first in range(0, len(asked), _AT_ONCE):
        if len(found) > _NAMED:
            break
        some = asked[first : first + _AT_ONCE]
        box, *drawn = map(_glyphs, compiled(_DRAWN, json.dumps([_NOBODY, *some]), "svg"))
        found += "".join(c for c, glyphs in zip(some, drawn, strict=True) if glyphs == box)
    return found


def sentence(lacking: str) -> str:
    """What is said about letters that no font has; "" for none."""
    if not lacking:
        return ""
    more = " and more" if len(lacking) > _NAMED else ""
    return (
        f"the fonts of a PDF have no letters for {lacking[:_NAMED]}{more}: they are boxes there; "
        "an HTML page shows them"
    )


def _glyphs(picture: bytes) -> list[bytes]:
    return re.findall(rb'href="#(\w+)"', picture)
