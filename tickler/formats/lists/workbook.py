"""The cells of a workbook (XLSX, XLSM, XLSB, XLS, ODS) → client rows, from the sheet of clients."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from tickler.core.phrases import named
from tickler.core.text import fold, one_line, quote
from tickler.errors import Hint, Unreadable
from tickler.formats.lists import csv, find_header, own_table
from tickler.formats.lists.clients import ClientRow, ClientTable, Problem, Reason
from tickler.formats.lists.layout import names_somebody, recognised
from tickler.formats.lists.reading import AS_FOUND, Reading
from tickler.formats.lists.table import Record, Records, client_table

_READER = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from tickler.formats.lists import sheet_rows; sheet_rows.main(sys.argv[1])"
)

#: A workbook is read within this time, or not at all, in seconds.
_LONGEST = 60
#: Where a workbook has the notes on its cells.
_NOTES = ("xl/comments", "xl/threadedComments")

_AS_CSV = "save the sheet as CSV"
_FAULTS = {
    "locked": "the workbook is locked with a password: save it without one",
    "damaged": f"the workbook is damaged, or none: open it in a spreadsheet, and {_AS_CSV}",
    "bomb": f"the workbook unpacks to more than a list can be: {_AS_CSV}",
    "far": "there is a cell far away from the list: copy the list into a new workbook",
    "large": f"the workbook is too large: {_AS_CSV}",
}
_NAMED = 8
_PIECE = 2**20


class UnclearSheet(Unreadable):
    """Several sheets could be the list; `sheets` are their names."""

    def __init__(self, sentence: str, sheets: Sequence[str]) -> None:
        super().__init__(sentence, hint=Hint.SHEET)
        self.sheets = tuple(sheets)


@dataclass(slots=True)
class BookSheet:
    """A sheet with something in it: the first of its rows, and where they all are."""

    name: str
    hidden: bool
    start: int
    sample: list[Record] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Workbook:
    """The filled sheets of a workbook, whose rows are in a file for as long as it is known."""

    sheets: tuple[BookSheet, ...]
    spool: BinaryIO
    has_notes: bool = False

    def lines(self, sheet: BookSheet) -> Iterator[tuple[int, list[str], list[tuple[int, str]]]]:
        """The rows of a sheet: their number, their cells, and which columns have an error."""
        place, left = sheet.start, sheet.rows
        while left:
            # Others may read in between: the place in the file is not kept by it.
            self.spool.seek(place)
            lines = self.spool.readlines(_PIECE)[:left]
            place += sum(map(len, lines))
            left -= len(lines)
            for line in lines:
                number, cells, errors = json.loads(line)
                yield number, cells, errors


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of a workbook, from the sheet that `reading` names, else from the one with some.

    Lines are the rows of the sheet. Raises Unreadable where no sheet is a list, UnclearSheet where
    several are.
    """
    book = _opened(path)
    sheet = _chosen(book, reading)
    table = client_table(_records(book, sheet), reading, _mended, padded=False)
    return replace(table, items=_OfSheet(table, sheet.name)) if len(book.sheets) > 1 else table


def records_of(path: Path, reading: Reading = AS_FOUND) -> Records:
    """All rows of the sheet with the list; raises as `read_file`."""
    book = _opened(path)
    return _records(book, _chosen(book, reading))


def _records(book: Workbook, sheet: BookSheet) -> Records:
    others = [each for each in book.sheets if each is not sheet]
    said = [Problem(sheet.sample[0][0], *_about(sheet, others))] if others else []
    if book.has_notes:
        text = "notes on cells are not read: give what you need a column of its own"
        said.append(Problem(sheet.sample[0][0], text))

    def records(problems: list[Problem]) -> Iterator[Record]:
        problems.extend(said)
        for number, cells, errors in book.lines(sheet):
            for column, what in errors:
                problems.append(Problem(number, f"{what} in column {letters(column)}: left empty"))
            yield number, cells

    return records


def _mended(line: int, cells: list[str], width: int, said: list[Problem]) -> list[str]:
    """Of a text that was opened as a table, a comma too many is in the workbook as well."""
    surplus = len(cells) - width
    return csv.joined(line, cells, surplus, ",", said) if surplus > 0 else cells


def first_records(path: Path, reading: Reading = AS_FOUND) -> tuple[tuple[str, ...], ...]:
    """The first rows of the sheet with the list, one of which is its header."""
    return tuple(tuple(cells) for _, cells in _chosen(_opened(path), reading).sample)


def sheets(path: Path) -> tuple[str, ...]:
    """The names of the sheets with something in them, the likeliest first; raises Unreadable."""

    def unlikely(sheet: BookSheet) -> tuple[bool, int]:
        return sheet.hidden, -_fitness(sheet, AS_FOUND)

    return tuple(each.name for each in sorted(_opened(path).sheets, key=unlikely))


def letters(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0: `A`, `AB`."""
    name = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@dataclass(frozen=True, slots=True)
class _OfSheet:
    """The rows of a list and what is said of them, each with the name of its sheet."""

    table: ClientTable
    name: str

    def __iter__(self) -> Iterator[ClientRow | Problem]:
        return (replace(item, file=self.name) for item in self.table.items)


def _opened(path: Path) -> Workbook:
    stat = path.stat()
    return _read(path.resolve(), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=1)  # a list is looked at, looked at again, and imported
def _read(path: Path, _changed: int, _size: int) -> Workbook:
    """The workbook, as another process reads it; raises Unreadable with why it does not."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # for as long as the workbook is known
    # It imports from where we do: nothing in the current directory is ever loaded.
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _READER, str(path), *sys.path],
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        spool.close()
        raise Unreadable(_FAULTS["large"]) from None
    found, fault = _sheets(spool)
    if fault or done.returncode:
        spool.close()
        raise Unreadable(_FAULTS[fault or "large"])
    book = Workbook(found, spool, _has_notes(path))
    weakref.finalize(book, spool.close)
    return book


def _has_notes(path: Path) -> bool:
    """Whether there are notes on cells of an XLSX, on whichever sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(_NOTES) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return False  # another kind of workbook, or damaged where no sheet is


def _sheets(spool: BinaryIO) -> tuple[tuple[BookSheet, ...], str]:
    """The filled sheets that were read, and what is wrong."""
    found: list[BookSheet] = []
    fault = "large"
    spool.seek(0)
    while line := spool.readline():
        if line[:1] == b"[":
            sheet = found[-1]
            sheet.rows += 1
            if len(sheet.sample) < find_header.SAMPLE:
                number, cells, _ = json.loads(line)
                sheet.sample.append((number, cells))
        elif line[:1] == b"{" and line.endswith(b"}\n"):
            told = json.loads(line)
            if "sheet" in told:
                found.append(BookSheet(told["sheet"], told["hidden"], spool.tell()))
            else:
                fault = told.get("fault", "")
    filled = (each for each in found if any(any(cells) for _, cells in each.sample))
    return tuple(filled), fault


def _chosen(book: Workbook, reading: Reading) -> BookSheet:
    """The sheet that is meant, or the one that is a list."""
    if not book.sheets:
        raise Unreadable("the workbook is empty: there is not even a line of headers")
    if reading.sheet:
        wanted = fold(reading.sheet)
        found = next((each for each in book.sheets if fold(each.name) == wanted), None)
        if found is None:
            raise UnclearSheet(
                f"no sheet with rows is called {quote(reading.sheet)}: there is "
                f"{_named(book.sheets)}",
                [each.name for each in book.sheets],
            )
        return found
    shown = [each for each in book.sheets if not each.hidden] or list(book.sheets)
    fits = {each.name: _fitness(each, reading) for each in shown}
    best = max(fits.values())
    alike = [each for each in shown if fits[each.name] == best]
    if len(alike) > 1:
        several = "could be" if best else "is not clearly"
        raise UnclearSheet(
            f"which sheet? Any of these {several} the list: {_named(alike)}",
            [each.name for each in alike],
        )
    return alike[0]


def _fitness(sheet: BookSheet, reading: Reading) -> int:
    """How many of our columns a sheet has, 0 where none of them names a client."""
    try:
        header = find_header.find(sheet.sample, reading.columns)
    except Unreadable:
        return 0
    known = recognised(header.cells)
    if not names_somebody(known):
        return 0
    return len({(column.role, column.whose, column.number) for column in known.values()})


def _about(sheet: BookSheet, others: Sequence[BookSheet]) -> tuple[str, Reason]:
    """What to say of the sheets that are not read: whoever might be in them."""
    text = f"read from the sheet {quote(sheet.name)}; not read: {_named(others)}"
    is_own = own_table.is_own(sheet.sample[0][1])  # whose other sheets tell of the same clients
    is_list = not is_own and any(_fitness(each, AS_FOUND) for each in others)
    return text, Reason.CHECK if is_list else Reason.LEFT_OUT


def _named(sheets: Sequence[BookSheet]) -> str:
    texts = [quote(one_line(each.name)) + " (hidden)" * each.hidden for each in sheets]
    return named(texts, _NAMED)
