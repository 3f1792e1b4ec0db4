"""A list that is about to be imported: what its columns are taken to hold, and what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tickler.core.phrases import named
from tickler.core.text import one_line
from tickler.errors import TicklerError, Unreadable
from tickler.formats.lists import first_client
from tickler.formats.lists.clients import ClientTable
from tickler.formats.lists.headers import Role
from tickler.formats.lists.reading import KEPT, Reading
from tickler.services.transfer import column_maps, sources

#: What a column may be said to hold; first the sign for a field of the card.
FIELDS: Mapping[str, str] = {KEPT: "a field of the card", **{role: role for role in Role}}

#: Of the files of a folder so many are named.
_MOST_FILES = 3


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: by which name a `Reading` speaks of it, its header, and a cell of it.

    `holds` is the field that it fills; "" is kept as a field of the card.
    """

    name: str
    header: str
    holds: str
    example: str


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list as it is read now. Without a `table` it cannot be: `fault` says what is missing.

    What is no table has no `columns`. `name` is that of its file, or of the first of several; of a
    folder those of the files in it.
    """

    paths: tuple[Path, ...]
    name: str
    reading: Reading
    columns: tuple[ListColumn, ...]
    table: ClientTable | None = None
    fault: TicklerError | None = None
    first: tuple[tuple[str, str], ...] = ()

    def saying(self, column: ListColumn, field: str = "") -> Reading:
        """The reading in which a column holds this field; without one, what its header says."""
        columns = {**self.reading.columns, column.name: field}
        if not field:
            del columns[column.name]
        return replace(self.reading, columns=columns)

    def is_said(self, column: ListColumn) -> bool:
        """Whether the rep said what it holds, now or of an earlier list."""
        return column.name in self.reading.columns


def read(paths: Sequence[Path], reading: Reading) -> ListPreview:
    """Read a list, to be looked at. A list whose columns are not known is one as well.

    Raises Unreadable and NotFound as `sources.read` for what is no list at all.
    """
    lines = sources.first_lines(paths, reading)
    in_folder = sources.named(paths)
    name = named(in_folder, _MOST_FILES) if in_folder else named([p.name for p in paths], 1)
    try:
        table = sources.read(paths, reading)
    except Unreadable as fault:
        columns = tuple(_unread(lines, reading.columns))
        if not columns:
            raise
        return ListPreview(tuple(paths), name, reading, columns, fault=fault)
    if table.places:
        return ListPreview(tuple(paths), name, reading, tuple(_of_table(table, lines)), table)
    row = table.first  # there are no columns to say something of: cards, a calendar
    first = tuple(first_client.fields_of(row)) if row else ()
    return ListPreview(tuple(paths), name, reading, (), table, first=first)


def _of_table(table: ClientTable, lines: Sequence[Sequence[str]]) -> Iterator[ListColumn]:
    below = _below(lines, table.header)
    for place, (header, holds) in zip(table.places, table.columns, strict=True):
        name = column_maps.name_of(table.header, place + 1)
        yield ListColumn(name, one_line(header), holds, _example(below, place))


def _unread(lines: Sequence[Sequence[str]], said: Mapping[str, str]) -> Iterator[ListColumn]:
    """The columns of a list without a header that is known: by number, with their first cells."""
    filled = [line for line in lines if any(map(str.strip, line))]
    for place in range(max(map(len, filled), default=0)):
        header = one_line(filled[0][place]) if place < len(filled[0]) else ""
        name = header if header in said else str(place + 1)
        holds = said.get(name, "")
        yield ListColumn(name, header, "" if holds == KEPT else holds, _example(filled[1:], place))


def _below(lines: Sequence[Sequence[str]], header: Sequence[str]) -> Sequence[Sequence[str]]:
    """The first lines below the header, all of them where there is none."""
    known = [text for text in header if text]
    for n, line in enumerate(lines):
        if known and [text.strip() for text in line if text.strip()] == known:
            return lines[n + 1 :]
    return lines if not known else lines[1:]


def _example(lines: Sequence[Sequence[str]], place: int) -> str:
    cells = (one_line(line[place]) for line in lines if place < len(line))
    return next(filter(None, cells), "")
