"""Lines in columns, as Rich lays them out; loaded once there is something to show."""

import io
import os
import shutil
from collections.abc import Sequence
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from tickler.cli.cells import Cell, GivingWay, HeadLine, Row
from tickler.core.search.excerpt import marked
from tickler.core.text import printable

#: What a style of a cell or head means to Rich.
STYLES = {
    "": "",
    "head": "bold",
    "late": "red",
    "warn": "yellow",
    "accent": "bold cyan",
    "dim": "dim",
}

#: Between two columns.
GAP = 2

#: Wider than any line that is piped.
_ENDLESS = 100_000


def laid_out(
    rows: Sequence[Row], stream: TextIO, *, give_way: GivingWay = (), indent: str = ""
) -> str:
    """The lines in columns of the stream's width; nobody looks at a pipe, so nothing is cut there.

    Heads stand between the lines of one table, so that all groups share their columns.
    """
    page = io.StringIO()
    cells = [[_cell(each) for each in row] for row in rows if not isinstance(row, HeadLine)]
    columns = _columns(cells, give_way)
    # Narrower than this nothing can give way: the terminal breaks the line, no number is cut.
    console = _console(stream, page, sum(c.least + GAP for c in columns) + len(indent))
    room = console.options.update(width=console.width - len(indent))
    lines = iter(console.render_lines(_grid(cells, columns), room, pad=False))
    for row in rows:
        if isinstance(row, HeadLine):
            head = Text(printable(row.text), style=STYLES[row.style], overflow="ellipsis")
            console.print(head, no_wrap=True)
            continue
        line = Text.assemble(indent, *((part.text, part.style or "") for part in next(lines)))
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return page.getvalue().rstrip("\n")


def _console(stream: TextIO, page: TextIO, least: int) -> Console:
    """Lays out for `stream` but prints on `page`: writing is done in one place."""
    looked_at = stream.isatty()
    return Console(
        file=page,
        width=max(shutil.get_terminal_size().columns, least) if looked_at else _ENDLESS,
        color_system="standard" if is_coloured(stream) else None,
        force_terminal=looked_at,
        markup=False,
        highlight=False,
        emoji=False,
    )


def is_coloured(stream: TextIO) -> bool:
    """Whether somebody looks at the stream who sees and wants colours."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return stream.isatty() and wanted


class _Column(NamedTuple):
    """Which cell of each row, and the cells of the terminal that it needs at least."""

    place: int
    least: int
    gives_way: bool


def _columns(rows: Sequence[Sequence[Text]], give_way: GivingWay) -> list[_Column]:
    """The columns with something in them: an empty one takes no room."""
    kept = dict(give_way)
    found = []
    for n in range(max(map(len, rows), default=0)):
        wide = max(row[n].cell_len for row in rows if n < len(row))
        if wide:
            found.append(_Column(n, min(kept.get(n, wide), wide), n in kept))
    return found


def _grid(rows: Sequence[Sequence[Text]], columns: Sequence[_Column]) -> Table:
    """The cells as a table."""
    grid = Table.grid(padding=(0, GAP), pad_edge=False)
    for column in columns:
        grid.add_column(no_wrap=not column.gives_way, min_width=column.least)
    for row in rows:
        grid.add_row(*(row[c.place] if c.place < len(row) else "" for c in columns))
    return grid


def _cell(each: str | Cell) -> Text:
    cell = each if isinstance(each, Cell) else Cell(each)
    style = STYLES.get(cell.style, "")
    text = Text(
        "" if cell.hits else printable(cell.text),
        style="" if cell.hits else style,
        justify="right" if cell.right else "left",
        overflow="ellipsis",
        no_wrap=True,
    )
    for part, is_hit in marked(cell.text, cell.hits) if cell.hits else ():
        text.append(printable(part), style if is_hit else "")
    # The console of Linux takes a link for letters.
    for part, address in cell.links if os.environ.get("TERM") != "linux" else ():
        start = text.plain.find(printable(part))
        if start >= 0 and address:
            text.stylize(Style(link=address), start, start + len(printable(part)))
    return text
