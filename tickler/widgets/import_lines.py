"""The lines of a list that is about to be imported: its columns, and what is said of its rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from textual.content import Content

from tickler.core.text import printable
from tickler.core.views import ImportLine
from tickler.widgets.styled import HEAD, QUIET, cells, one_line

#: Headers and what they hold are no longer than this, in cells.
_HEADERS, _HOLDS = 26, 20


def column_line(header: str, holds: str, example: str, *, said: bool) -> Content:
    """`Tel.                     ✎ phone                030 4711`; ✎ where the rep said so."""
    return Content.assemble(
        cells(printable(header), _HEADERS),
        (f" {'✎' if said else ' '} ", HEAD),
        (cells(holds or "kept as a field", _HOLDS), HEAD if holds else QUIET),
        (f" {printable(example)}", QUIET),
    )


def report_lines(
    lines: Iterable[ImportLine], first: Sequence[tuple[str, str]] = ()
) -> Iterator[Content]:
    """The first client, where a file has no columns, and what is said of its lines, by reason."""
    if first:
        yield Content.styled("the first one would be", HEAD)
    for name, text in first:
        yield Content.assemble((cells(printable(name), _HEADERS), QUIET), f" {printable(text)}")
    for reason, told in groupby(lines, key=lambda line: line.reason):
        said = list(told)
        yield Content.styled(f"{reason}: {len(said)}", HEAD)
        for line in said:
            yield Content(f"  line {line.line}: {one_line(line.text)}")
