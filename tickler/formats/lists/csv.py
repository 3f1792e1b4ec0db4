"""The bytes of a CSV file → client rows, in the encodings and delimiters that programs write."""

import contextlib
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import Path

from tickler.errors import Unreadable
from tickler.formats.lists import encoded, own_table
from tickler.formats.lists.clients import ClientTable, Problem, Reason
from tickler.formats.lists.columns import recognise
from tickler.formats.lists.encoded import Source
from tickler.formats.lists.find_header import SAMPLE
from tickler.formats.lists.reading import AS_FOUND, Reading
from tickler.formats.lists.table import Records, client_table

_DELIMITERS = ",;\t|"
#: Decoded text has no NUL, so this delimiter splits nothing: the list has one column.
_ONE_COLUMN = "\0"
#: A line of its own after the last one, which no decoded text can hold. Where it ends up inside
#: a cell, a quotation mark was still open.
_END = "\ud800"

#: No cell has more letters: a quotation mark that never ends would make one of the whole file.
LONGEST_CELL = 1_000_000
#: How the library says that one has.
_TOO_LONG = "field larger than field limit"

_SAMPLE = 65_536
_SAMPLE_RECORDS = 50

_UNENDED = (
    "a cell begins with a quotation mark and never ends: put one at its end, or remove this one"
)
_SEP_LINE = re.compile(r'"?sep=(?P<delimiter>[^\w\s"]|\t)"?[ ]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def read_clients(data: bytes, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of a CSV file that is in memory; as `read_file`."""
    return _read(lambda: BytesIO(data), reading)


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of a CSV file, which is read from the disk again each time they are asked for.

    Encoding, delimiter, header and columns are recognised where `reading` does not say them; a
    `sep=;` line is obeyed. A header without rows gives no rows. Raises Unreadable where the file
    is empty, is not text, ends inside a quoted cell, or has no column that could hold a name.
    """
    return _read(lambda: path.open("rb"), reading)


def records_of(path: Path, reading: Reading = AS_FOUND) -> Records:
    """All records of a CSV file as they are; raises as `read_file`."""
    return _opened(lambda: path.open("rb"), reading.encoding)[0]


def first_records(path: Path, reading: Reading = AS_FOUND) -> tuple[tuple[str, ...], ...]:
    """The first records of a CSV file as they are, one of which is its header."""
    records, _ = _opened(lambda: path.open("rb"), reading.encoding)
    return tuple(tuple(cells) for _, cells in islice(records([]), SAMPLE))


def _read(source: Source, reading: Reading) -> ClientTable:
    records, delimiter = _opened(source, reading.encoding)
    if own_table.is_own(next(records([]), (0, []))[1]):
        records = own_table.undoing(records)

    def mend(line: int, cells: list[str], width: int, said: list[Problem]) -> list[str]:
        if len(cells) > width and not delimiter.isspace():
            return joined(line, cells, len(cells) - width, delimiter, said)
        return cells

    return client_table(records, reading, mend)


def _opened(source: Source, encoding: str) -> tuple[Records, str]:
    """The records of a file, and their delimiter."""
    text = encoded.open_text(source, encoding)
    # The limit is the process's: it is only ever raised, so that no other reader fails for it.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    beginning = text.beginning(_SAMPLE)
    if not beginning.strip():
        raise Unreadable("the file is empty: there is not even a line of headers")
    named = _SEP_LINE.match(beginning)
    body = beginning[named.end() :] if named else beginning
    delimiter = named["delimiter"] if named else _delimiter(body)

    def records(said: list[Problem]) -> Iterator[tuple[int, list[str]]]:
        lines = text.lines(said)
        if named:
            next(lines, None)
        return _records(lines, delimiter, 2 if named else 1, said)

    return records, delimiter


def _delimiter(sample: str) -> str:
    """The delimiter under which most headers are known, then the most columns hold for the rows.

    `csv.Sniffer` counts characters: it takes a letter for a delimiter, and a comma in names for
    one among semicolons. Here each candidate reads the first records, quotes and all.
    """
    if not any(delimiter in sample for delimiter in _DELIMITERS):
        return _ONE_COLUMN
    best = max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    known, fits = _fitness(sample, best)
    alone = _fitness(sample, _ONE_COLUMN)
    return best if (known, fits) > alone else _ONE_COLUMN


def _fitness(sample: str, delimiter: str) -> tuple[int, float]:
    reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    with contextlib.suppress(csv.Error):  # a cell too long; whoever reads it says so
        for cells in islice(
            (cells for cells in reader if any(map(str.strip, cells))), _SAMPLE_RECORDS
        ):
            records.append(cells)
    if not records:
        return 0, 0
    # `Firma;Ort` is no header: a delimiter inside it says that this one is not the right one.
    known = max(
        sum(not set(_DELIMITERS) & set(c) and recognise(c) is not None for c in record)
        for record in records
    )
    widths = Counter(map(len, records))
    width, fitting = max(widths.items(), key=lambda pair: ((pair[0] - 1) * pair[1], pair[0]))
    return known, (width - 1) * (fitting + 1) / (len(records) + 1)


def _records(
    lines: Iterator[str], delimiter: str, line: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The records of `lines`, each with the line where it starts; the first line is `line`.

    A record with invalid quotes (`"Pro" GmbH,…`) is read as spreadsheets do.
    """
    held: list[str] = []

    def feed() -> Iterator[str]:
        for physical in chain(lines, (_END,)):
            held.append(physical)
            yield physical

    fed = feed()
    strict = csv.reader(fed, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(strict)
        except csv.Error as error:
            if str(error).startswith(_TOO_LONG):
                raise _endless(line) from None
            cells = _leniently(chain(tuple(held), fed), delimiter, line)
            text = "quotation marks inside a quoted cell: check the cell"
            problems.append(Problem(line, text))
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise Unreadable(f"line {line}: {_UNENDED}")
        yield line, cells
        line += len(held)
        held.clear()


def _leniently(lines: Iterable[str], delimiter: str, line: int) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        raise _endless(line) from None


def _endless(line: int) -> Unreadable:
    return Unreadable(
        f"line {line}: a cell has more than {LONGEST_CELL:,} characters; if it begins with a "
        "quotation mark, put one at its end"
    )


def joined(
    line: int, cells: list[str], surplus: int, delimiter: str, problems: list[Problem]
) -> list[str]:
    """The record with cells put together again that someone forgot to quote: `24, place Kléber`.

    A cell continues the one before it where it begins with a blank, and where as many cells do
    so as the record has too many.
    """
    torn = [n for n, cell in enumerate(cells) if n and cell[:1] == " " and cell.strip()]
    if len(torn) != surplus:
        return cells
    whole = list(cells)
    for n in reversed(torn):
        whole[n - 1 : n + 1] = [f"{whole[n - 1]}{delimiter}{whole[n]}"]
        text = f"read as one cell, without quotes: {whole[n - 1]}"
        problems.append(Problem(line, text, Reason.CHANGED))
    return whole
