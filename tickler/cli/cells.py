"""What a table is made of: cells, heads and rows."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Which columns give way on a narrow terminal, in turn, and how many cells each then keeps.
GivingWay = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text for one column of one line, made printable; `style` colours it on a terminal.

    With `hits` only these parts of it are coloured. `links` are the addresses behind parts of
    it, by their text, where a terminal can follow them.
    """

    text: str
    style: str = ""
    right: bool = False
    hits: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a table that goes over all columns: a head."""

    text: str
    style: str = "head"


Row = HeadLine | Sequence[str | Cell]
