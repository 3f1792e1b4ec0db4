"""Pages to print as one HTML file, which needs nothing else: no script, no font, no picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from tickler.core.text import printable
from tickler.formats.printing.document import (
    Bars,
    Block,
    Counters,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Lines,
    Look,
    Notes,
    Pairs,
    Paper,
    Sign,
    Table,
    TableCell,
    Title,
    Words,
)

_SIZES = {Paper.A4: "A4", Paper.LETTER: "letter"}

#: A longer title is set smaller.
_LONG = 70

#: The pages without a running head.
_BARE = "bare"

#: Ruled lines to write on: a browser cannot fill the rest of a page.
_RULES = 10

_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""


def pieces(document: Document, paper: Paper) -> Iterator[str]:
    """The page, piece by piece, as long as it may be; ends in a line end."""
    style = files(__package__).joinpath("pages.css").read_text(encoding="utf-8")
    yield f"{_HEAD}<title>{_text(document.title)}</title>\n<style>\n{style}"
    yield from _margins(document, paper)
    yield "</style>\n</head>\n<body>\n"
    for number, chapter in enumerate(document.chapters):
        yield f'<article class="{_named(number) if chapter.running else _BARE}">\n'
        for block in chapter.blocks:
            yield from _block(block)
        yield "</article>\n"
    yield "</body>\n</html>\n"


def _margins(document: Document, paper: Paper) -> Iterator[str]:
    """The margins of the sheets, with what is above and below each page."""
    yield f"@page {{ size: {_SIZES[paper]} portrait; }}\n"
    for number, chapter in enumerate(document.chapters):
        if chapter.running:
            name = _named(number)
            yield f"article.{name} {{ page: {name}; }}\n"
            yield (
                f"@page {name} {{ @top-left {{ content: {_quoted(chapter.running)}; }} "
                f"@top-right {{ content: {_quoted(document.printed)}; }} "
                '@bottom-right { content: counter(page) " / " counter(pages); } }\n'
            )


def _named(number: int) -> str:
    return f"chapter{number + 1}"


def _quoted(text: str) -> str:
    """A text as a string of CSS: all but letters and digits is written by its number."""
    kept = (c if c.isalnum() and c.isascii() else f"\\{ord(c):x} " for c in printable(text))
    return f'"{"".join(kept)}"'


def _text(text: str) -> str:
    return escape(printable(text))


def _line(line: Line) -> str:
    return "".join(
        f'<span class="{piece.look}">{_text(piece.text)}</span>'
        if piece.look is not Look.PLAIN
        else _text(piece.text)
        for piece in line
    )


def _lines(lines: Lines) -> str:
    return "".join(f"<p>{_line(each) or '&nbsp;'}</p>" for each in lines)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            css = ' class="long"' if len(block.text) > _LONG else ""
            yield f"<header><h1{css}>{_text(block.text)}</h1>{_lines(block.under)}</header>\n"
        case Heading():
            note = f" <small>{_text(block.note)}</small>" if block.note else ""
            yield f"<h2>{_text(block.text)}{note}</h2>\n"
        case Words():
            yield f'<div class="words">{_lines(block.lines)}</div>\n'
        case Pairs():
            yield '<dl class="wide">\n' if block.wide else "<dl>\n"
            for name, lines in block.rows:
                yield f"<div><dt>{_text(name)}</dt><dd>{_lines(lines)}</dd></div>\n"
            yield "</dl>\n"
        case Items():
            yield f'<div class="items{" numbered" if block.numbered else ""}">\n'
            yield from map(_item, block.items)
            yield "</div>\n"
        case Table():
            yield from _table(block)
        case Counters():
            yield '<div class="counters">\n'
            for name, text, lines in block.counters:
                yield f"<div><small>{_text(name)}</small><b>{_text(text)}</b>{_lines(lines)}</div>"
            yield "</div>\n"
        case Bars():
            yield from _bars(block)
        case Notes():
            rules = "<i></i>" * _RULES
            yield f'<div class="ruled"><h2>{_text(block.text)}</h2>{rules}</div>\n'
        case Sign():
            yield _sign(block)


def _item(item: Item) -> str:
    css = "item splits" if item.splits else "item"
    boxes = "".join(f"<span><i></i>{_text(each)}</span>" for each in item.boxes)
    blanks = "".join(f'<span class="blank">{_text(each)}<u></u></span>' for each in item.blanks)
    pen = f'<div class="pen">{boxes}{blanks}</div>' if boxes or blanks else ""
    return (
        f'<div class="{css}"><div class="lead">{_lines(item.lead)}</div><div>'
        f'<p class="head">{_line(item.head)}</p>{_lines(item.text)}{pen}</div></div>\n'
    )


def _table(table: Table) -> Iterator[str]:
    yield '<table class="small">\n' if table.small else "<table>\n"
    if table.head:
        yield f"<thead><tr>{_cells(table, table.head, 'th')}</tr></thead>\n"
    yield "<tbody>\n"
    yield from (f"<tr>{_cells(table, row, 'td')}</tr>\n" for row in table.rows)
    yield "</tbody></table>\n"


def _cells(table: Table, cells: Iterable[TableCell], tag: str) -> str:
    all_ = sum(table.widths) or 1
    found = zip(cells, table.widths, strict=True)
    return "".join(_cell(each, tag, width / all_) for each, width in found)


def _cell(cell: TableCell, tag: str, width: float) -> str:
    """A cell; one of no width is as wide as its text, and not broken."""
    css = " ".join(name for name, on in (("right", cell.right), ("narrow", not width)) if on)
    inside, style = _lines(cell.lines), f"width:{width:.1%};" if width else ""
    if cell.share is not None and cell.shaded:
        style += f"background:rgb(0 0 0 / {min(cell.share, 1) * 0.35:.2f})"
    elif cell.share is not None:
        inside += f'<div class="bar"><i style="width:{min(cell.share, 1):.1%}"></i></div>'
    return f'<{tag} class="{css}" style="{style}">{inside}</{tag}>'


def _bars(block: Bars) -> Iterator[str]:
    most = max((sum(each) for each in block.columns), default=0) or 1
    yield '<div class="bars">'
    for column in block.columns:
        stack = "".join(
            f'<i class="part{n}" style="height:{value / most:.1%}"></i>'
            for n, value in reversed([*enumerate(column)])
            if value
        )
        yield f"<div>{stack}</div>"
    yield "</div>\n"
    key = "".join(f'<i class="part{n}"></i>{_text(each)}' for n, each in enumerate(block.key))
    yield f'<p class="key">{_text(block.note)} {key}</p>\n'


def _sign(sign: Sign) -> str:
    longest = max(len(sign.text), 1)
    tab = ""
    if sign.tabs:
        place = (sign.tab - 1) / sign.tabs
        tab = f'<span class="tab" style="top:{place:.2%};height:{1 / sign.tabs:.2%}">'
        tab += f"{_text(sign.on_tab)}</span>"
    return (
        f'<div class="sign" style="--letters:{longest}">{tab}<p>{_text(sign.over)}</p>'
        f"<b>{_text(sign.text)}</b><p>{_text(sign.under)}</p></div>\n"
    )
