"""The bytes of a CSV file → client rows, in the encodings and delimiters that programs write."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice

from tickler.errors import Unreadable
from tickler.formats import encodings
from tickler.formats.lists.clients import ClientTable, Problem
from tickler.formats.lists.columns import recognise
from tickler.formats.lists.rows import client_table

_DELIMITERS = ",;\t|"
#: Decoded text has no NUL, so this delimiter splits nothing: the list has one column.
_ONE_COLUMN = "\0"
#: A line of its own after the last one, which no decoded text can hold. Where it ends up inside
#: a cell, a quotation mark was still open.
_END = "\ud800"

_SAMPLE = 65_536
_SAMPLE_RECORDS = 50

# `StringIO` takes four bytes a letter, and `splitlines` splits at more than these.
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]+")
_SEP_LINE = re.compile(r'"?sep=(?P<delimiter>[^\w\s"]|\t)"?[ ]*(?:\r\n|\r|\n|$)', re.IGNORECASE)

_OTHER_FILES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "an RTF text"),
    (b"BEGIN:VCARD", "a vCard"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"<", "a web page or XML"),
)
_IN_ZIP = (
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"word/", "a Word document"),
)


def read_clients(data: bytes) -> ClientTable:
    """The clients of a CSV file.

    Encoding, delimiter and columns are recognised; a `sep=;` line is obeyed. A header without
    rows gives no rows. Raises Unreadable where the file is empty, is not text, ends inside a
    quoted cell, or has no column that could hold a name.
    """
    text, problems = _decoded(data)
    # A cell can be as long as the file. The limit is the process's: it is only ever raised, so
    # that no other reader fails for it.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    named = _SEP_LINE.match(text)
    body = text[named.end() :] if named else text
    delimiter = named["delimiter"] if named else _delimiter(body)
    records = _records(body, delimiter, 2 if named else 1, problems)
    header = next((cells for _, cells in records if any(map(str.strip, cells))), None)
    if header is None:
        raise Unreadable("the file is empty: there is not even a line of headers")
    repaired = _repaired(records, len(header), delimiter, problems)
    return client_table(header, repaired, problems)


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    if not data or data.isspace():
        raise Unreadable("the file is empty: there is not even a line of headers")
    marked = encodings.marked(data)
    text, problems = (_strictly(marked[1], marked[0]), []) if marked else _without_bom(data)
    if "\0" in text:
        raise Unreadable(_no_text("has bytes that no text has"))
    return text.lstrip("\ufeff"), problems


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise Unreadable(
            f"line {line}: the file says that it is {encoding[:6].upper()}, and this line is not: "
            "save it again as CSV (UTF-8)"
        ) from None


def _without_bom(data: bytes) -> tuple[str, list[Problem]]:
    for magic, what in _OTHER_FILES:
        if data[:64].lstrip().startswith(magic):
            packed = _IN_ZIP if data.startswith(b"PK") else ()
            inside = next((inside for mark, inside in packed if mark in data), what)
            raise Unreadable(_no_text(f"is {inside}"))
    if b"\0" in data:
        try:
            return data.decode(encodings.wide(data) or ""), []
        except (UnicodeDecodeError, LookupError):
            raise Unreadable(_no_text("has bytes that no text has")) from None
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        text, foreign = encodings.line_by_line(data)
        remark = "not UTF-8 like the rest: read as Windows-1252"
        return text, [Problem(line, remark) for line in foreign]


def _no_text(why: str) -> str:
    return f"this {why}, not CSV: save the list as CSV and import that"


def _delimiter(text: str) -> str:
    """The delimiter under which most headers are known, then the most columns hold for the rows.

    `csv.Sniffer` counts characters: it takes a letter for a delimiter, and a comma in names for
    one among semicolons. Here each candidate reads the first records, quotes and all.
    """
    sample = text[:_SAMPLE]
    header_line = next((line for line in StringIO(sample, newline="") if line.strip()), "")
    if not any(delimiter in header_line for delimiter in _DELIMITERS):
        return _ONE_COLUMN
    return max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))


def _fitness(sample: str, delimiter: str) -> tuple[int, float]:
    reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
    records = list(islice((cells for cells in reader if any(cells)), _SAMPLE_RECORDS))
    if not records:
        return 0, 0
    header, *rows = records
    # `Firma;Ort` is no header: a delimiter inside it says that this one is not the right one.
    known = sum(not set(_DELIMITERS) & set(cell) and recognise(cell) is not None for cell in header)
    fitting = sum(len(row) == len(header) for row in rows)
    return known, (len(header) - 1) * (fitting + 1) / (len(rows) + 1)


def _records(
    text: str, delimiter: str, line: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The records of `text`, each with the line where it starts; the first line is `line`.

    A record with invalid quotes (`"Pro" GmbH,…`) is read as spreadsheets do.
    """
    held: list[str] = []

    def feed() -> Iterator[str]:
        for physical in chain((match[0] for match in _LINE.finditer(text)), (_END,)):
            held.append(physical)
            yield physical

    lines = feed()
    strict = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(strict)
        except csv.Error:
            cells = next(csv.reader(chain(tuple(held), lines), delimiter=delimiter))
            problems.append(Problem(line, "quotation marks inside a quoted cell: check the cell"))
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise Unreadable(
                f"line {line}: a cell begins with a quotation mark and never ends: put one at its "
                "end, or remove this one"
            )
        yield line, cells
        line += len(held)
        held.clear()


def _repaired(
    records: Iterator[tuple[int, list[str]]], width: int, delimiter: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The records with cells put together again that someone forgot to quote: `24, place Kléber`.

    A cell continues the one before it where it begins with a blank, and where as many cells do
    so as the record has too many.
    """
    for line, cells in records:
        if len(cells) > width and not delimiter.isspace():
            yield line, _joined(line, cells, len(cells) - width, delimiter, problems)
        else:
            yield line, cells


def _joined(
    line: int, cells: list[str], surplus: int, delimiter: str, problems: list[Problem]
) -> list[str]:
    torn = [n for n, cell in enumerate(cells) if n and cell[:1] == " " and cell.strip()]
    if len(torn) != surplus:
        return cells
    whole = list(cells)
    for n in reversed(torn):
        whole[n - 1 : n + 1] = [f"{whole[n - 1]}{delimiter}{whole[n]}"]
        problems.append(Problem(line, f"read as one cell, without quotes: {whole[n - 1]}"))
    return whole
