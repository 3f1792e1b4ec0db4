"""Lines in columns, as wide as the terminal; nobody looks at a pipe, so nothing is cut there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len, set_cell_size

from tickler.cli.say import Cell, GivingWay, Line, Row
from tickler.core.text import harmless

#: What a style of a cell or head is to a terminal.
_CODES = {"head": "1", "late": "31", "accent": "1;36", "dim": "2"}

_GAP = 2


def laid_out(
    rows: Sequence[Row], stream: TextIO, *, give_way: GivingWay = (), indent: str = ""
) -> str:
    """The lines in columns of the stream's width; an empty column takes no room.

    Heads stand between the lines of one table, so that all groups share their columns. Only
    what may give way is cut, and shows it: the terminal breaks a line that is still too long.
    """
    looked_at = stream.isatty()
    paint = _coloured if looked_at and _takes_colour() else _plain
    cells = [each if isinstance(each, Line) else list(map(_cell, each)) for each in rows]
    widths = _widths([each for each in cells if not isinstance(each, Line)])
    if looked_at:
        room = shutil.get_terminal_size().columns - len(indent)
        widths = _narrowed(widths, give_way, room)
    used = [(n, width) for n, width in enumerate(widths) if width]
    return "\n".join(
        paint(harmless(each.text), each.style)
        if isinstance(each, Line)
        else f"{indent}{(' ' * _GAP).join(_set(each, used, paint))}".rstrip()
        for each in cells
    )


def _takes_colour() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _cell(each: str | Cell) -> Cell:
    cell = each if isinstance(each, Cell) else Cell(each)
    return Cell(harmless(cell.text), cell.style, right=cell.right)


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    widths = [0] * max(map(len, rows), default=0)
    for row in rows:
        for n, cell in enumerate(row):
            widths[n] = max(widths[n], _wide(cell.text))
    return widths


def _wide(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _narrowed(widths: Sequence[int], give_way: GivingWay, room: int) -> list[int]:
    """The widths as they fit into a line: what gives way does so in turn, and no more than needed.

    A column without a cell left takes no gap either.
    """
    narrowed = list(widths)
    for column, least in give_way:
        shown = [width for width in narrowed if width]
        over = sum(shown) + _GAP * (len(shown) - 1) - room
        if over > 0 and column < len(narrowed):
            width = narrowed[column]
            narrowed[column] = max(min(width, least), width - over)
    return narrowed


def _set(
    row: Sequence[Cell], columns: Sequence[tuple[int, int]], paint: Callable[[str, str], str]
) -> Iterator[str]:
    """The cells of one line, each padded to its column."""
    for n, width in columns:
        if n >= len(row):
            return
        cell = row[n]
        text = cell.text if _wide(cell.text) <= width else f"{set_cell_size(cell.text, width - 1)}…"
        blank = " " * (width - _wide(text))
        painted = paint(text, cell.style)
        yield f"{blank}{painted}" if cell.right else f"{painted}{blank}"


def _plain(text: str, _style: str) -> str:
    return text


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text
