"""Lines in columns, as Rich lays them out; loaded once there is something to show."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tickler.cli.say import Cell, GivingWay, Line, Row
from tickler.core.passages import marked
from tickler.core.text import harmless

#: What a style of a cell or head means to Rich.
STYLES = {"": "", "head": "bold", "late": "red", "accent": "bold cyan", "dim": "dim"}

_GAP = 2

#: Wider than any line that is piped.
_ENDLESS = 100_000


def laid_out(
    rows: Sequence[Row], stream: TextIO, *, give_way: GivingWay = (), indent: str = ""
) -> str:
    """The lines in columns of the stream's width; nobody looks at a pipe, so nothing is cut there.

    Heads stand between the lines of one table, so that all groups share their columns.
    """
    page = io.StringIO()
    console = _console(stream, page)
    cells = [[_cell(each) for each in row] for row in rows if not isinstance(row, Line)]
    lines = iter(console.render_lines(_grid(cells, give_way, len(indent)), pad=False))
    for row in rows:
        if isinstance(row, Line):
            head = Text(harmless(row.text), style=STYLES[row.style], overflow="ellipsis")
            console.print(head, no_wrap=True)
            continue
        line = Text.assemble(*((part.text, part.style or "") for part in next(lines)))
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return page.getvalue().rstrip("\n")


def _console(stream: TextIO, page: TextIO) -> Console:
    """Lays out for `stream` but prints on `page`: writing is done in one place."""
    looked_at = stream.isatty()
    coloured = looked_at and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Console(
        file=page,
        width=shutil.get_terminal_size().columns if looked_at else _ENDLESS,
        color_system="standard" if coloured else None,
        force_terminal=looked_at,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _grid(rows: Sequence[Sequence[Text]], give_way: GivingWay, indent: int) -> Padding:
    """The cells as a table; an empty column takes no room."""
    kept = dict(give_way)
    columns = range(max(map(len, rows), default=0))
    used = [n for n in columns if any(n < len(row) and row[n].plain for row in rows)]
    grid = Table.grid(padding=(0, _GAP), pad_edge=False)
    for n in used:
        wide = max(row[n].cell_len for row in rows if n < len(row))
        grid.add_column(no_wrap=n not in kept, min_width=min(kept.get(n, wide), wide))
    for row in rows:
        grid.add_row(*(row[n] if n < len(row) else "" for n in used))
    return Padding(grid, (0, 0, 0, indent), expand=False)


def _cell(each: str | Cell) -> Text:
    cell = each if isinstance(each, Cell) else Cell(each)
    style = STYLES.get(cell.style, "")
    text = Text(
        "" if cell.hits else harmless(cell.text),
        style="" if cell.hits else style,
        justify="right" if cell.right else "left",
        overflow="ellipsis",
        no_wrap=True,
    )
    for part, is_hit in marked(cell.text, cell.hits) if cell.hits else ():
        text.append(harmless(part), style if is_hit else "")
    return text
