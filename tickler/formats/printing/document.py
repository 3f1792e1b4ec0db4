"""What is printed, whatever it is written as: pages made of a few kinds of blocks.

Everything is plain text of clients and of ours; HTML and PDF make it harmless, each in its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from tickler.core.text import printable


class Paper(StrEnum):
    """The sheets that printers have."""

    A4 = "a4"
    LETTER = "letter"

    @classmethod
    def of_country(cls, country: str | None) -> Paper:
        """What offices in a country (ISO 3166) print on; A4 where none is known."""
        return cls.LETTER if country in _ON_LETTER else cls.A4


#: Where Letter is the usual paper, by the Unicode CLDR (`paperSize`).
_ON_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)


class Look(StrEnum):
    """How a piece of text looks: black alone has to do."""

    PLAIN = ""
    STRONG = "strong"
    QUIET = "quiet"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line in one look."""

    text: str
    look: Look = Look.PLAIN


Line = tuple[Piece, ...]
#: Lines below each other.
Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """What a part is about, once at its top; `under` is quiet."""

    text: str
    under: Lines = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section; it stays with what follows."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text."""

    lines: Lines


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is known: a name, and what it is, below each other; `wide` where names are questions."""

    rows: tuple[tuple[str, Lines], ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a history or a pile: `lead` at the left, its head, and text below it.

    It is not split between pages unless `splits`. `boxes` are ticked with a pen, and what
    follows them in `blanks` is written.
    """

    lead: Lines
    head: Line
    text: Lines = ()
    boxes: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    splits: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """Items below each other; `numbered` where the lead is a number to refer to."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; `share` from 0 to 1 is drawn, as a bar or, `shaded`, as a grey."""

    lines: Lines = ()
    right: bool = False
    share: float | None = None
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `widths` are parts of the page's width, 0 for as wide as the content.

    A `small` one has many rows and belongs on one page.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    head: tuple[TableCell, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Counters:
    """Some figures side by side: what it is, the figure, and lines below it."""

    counters: tuple[tuple[str, str, Lines], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars next to each other, each of several parts from the top; `key` names the parts."""

    key: tuple[str, ...]
    columns: tuple[tuple[float, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Room to write by hand: the rest of a page, no less than so many ruled lines."""

    text: str = "Notes"
    least: int = 7


@dataclass(frozen=True, slots=True)
class Sign:
    """A page with something so big that it is read across the room.

    `tab` is which of `tabs` places at the edge of the sheet is its own, from 1 at the top.
    """

    text: str
    over: str = ""
    under: str = ""
    tab: int = 0
    tabs: int = 0
    on_tab: str = ""


Block = Title | Heading | Words | Pairs | Items | Table | Counters | Bars | Notes | Sign


@dataclass(frozen=True, slots=True)
class Chapter:
    """What begins on a new page, under a running head of its own.

    One without a running head, "", has no page numbers either: nothing but its blocks.
    """

    running: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that is printed at once: `name` is its file's, less the ending.

    `printed` says when and by whom, at the top of each page.
    """

    title: str
    name: str
    chapters: tuple[Chapter, ...]
    printed: str = ""


def line(*pieces: str | Piece) -> Line:
    """A line of these pieces, those without text left out."""
    whole = (piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces)
    return tuple(piece for piece in whole if piece.text)


def joined(pieces: Iterable[str | Piece], between: str = " · ") -> Line:
    """A line of these pieces with something between them."""
    found: list[Piece] = []
    for piece in line(*pieces):
        found += [Piece(between, Look.QUIET), piece] if found else [piece]
    return tuple(found)


def paragraphs(text: str, look: Look = Look.PLAIN) -> Lines:
    """A text of several lines, less the empty ones at its end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    return tuple((Piece(each.expandtabs(4), look),) for each in lines) if text.strip() else ()


#: Letters that a running head has room for, next to the day.
_LONGEST_HEAD = 60


def shortened(text: str, most: int = _LONGEST_HEAD) -> str:
    """A text for one line: what is longer is cut; without `most` that of a running head."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def strong(text: str) -> Piece:
    """What the eye is to find first."""
    return Piece(text, Look.STRONG)


def quiet(text: str) -> Piece:
    """What is read last."""
    return Piece(text, Look.QUIET)


def alert(text: str) -> Piece:
    """What must not be overlooked."""
    return Piece(text, Look.ALERT)


def as_data(value: object) -> Any:  # noqa: ANN401  # whatever JSON takes
    """A document, or a piece of one, as plain data: each dataclass with its name as `is`.

    All text in it is harmless: no control characters, no marks that reorder a line.
    """
    if is_dataclass(value):
        kept = {each.name: as_data(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__.lower(), **kept}
    if isinstance(value, tuple):
        return [as_data(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def texts(value: object) -> Iterator[str]:
    """Every text in a document, or a piece of one."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
