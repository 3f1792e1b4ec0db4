"""Lines in columns for lists without end, a portion at a time.

Rich looks at all lines before it shows the first, and needs half a millisecond for each. In a
pipe these are the same; on a narrow terminal the same columns give way.
"""

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.color import ColorSystem
from rich.style import Style

from tickler.cli.cells import Cell, GivingWay, HeadLine, Row
from tickler.cli.tables import GAP, STYLES, is_coloured
from tickler.core.text import printable

#: A cell's text as it is printed, its width, its style, and whether it stands on the right.
_Laid = tuple[str, int, str, bool]


class LongTable:
    """The columns of a list: as wide as what they have had, and no narrower later on."""

    def __init__(self, stream: TextIO, give_way: GivingWay = ()) -> None:
        self._room = get_terminal_size().columns if stream.isatty() else 0
        self._colour = ColorSystem.STANDARD if is_coloured(stream) else None
        self._least = dict(give_way)
        self._widths: list[int] = []

    def cells(self, rows: Iterable[Row]) -> list[list[_Laid]]:
        """The cells of rows, made printable."""
        return [[_laid(each) for each in row] for row in rows if not isinstance(row, HeadLine)]

    def widen(self, rows: Iterable[Sequence[_Laid]]) -> None:
        """Make the columns as wide as these cells need them."""
        for row in rows:
            self._widths += [0] * (len(row) - len(self._widths))
            for n, cell in enumerate(row):
                if cell[1] > self._widths[n]:  # noqa: PLR1730  # half the time of max
                    self._widths[n] = cell[1]

    def laid_out(self, rows: Iterable[Row]) -> Iterator[str]:
        """The lines of these rows; one that is wider than all before it widens the columns."""
        found = self.cells(rows)
        self.widen(found)
        shown = [(n, wide) for n, wide in enumerate(self.fitted()) if wide]
        for row in found:
            yield (" " * GAP).join([self._cell(*row[n], room=wide) for n, wide in shown]).rstrip()

    def fitted(self) -> list[int]:
        """The widths of the columns; on a terminal the widest that may give way do, in turn."""
        widths = list(self._widths)
        over = sum(wide + GAP for wide in widths if wide) - GAP - self._room if self._room else 0
        while over > 0:
            may = [n for n, least in self._least.items() if n < len(widths) and widths[n] > least]
            if not may:
                break
            widths[max(may, key=widths.__getitem__)] -= 1
            over -= 1
        return widths

    def _cell(self, text: str, wide: int, style: str, right: bool, *, room: int) -> str:
        if wide > room:
            text, wide = f"{set_cell_size(text, room - 1)}…", room
        blank = " " * (room - wide)
        if self._colour and style and text:
            text = Style.parse(style).render(text, color_system=self._colour)
        return blank + text if right else text + blank


def _laid(each: str | Cell) -> _Laid:
    text, style, right = (
        (each.text, STYLES[each.style], each.right) if isinstance(each, Cell) else (each, "", False)
    )
    if text.isascii() and text.isprintable():  # most are: a third of the time
        return text, len(text), style, right
    shown = printable(text)
    return shown, cell_len(shown), style, right
