"""All tables of an export as a workbook for Excel and LibreOffice: a sheet each, in bounded memory.

What a client wrote is text and never a formula or a link; days, times and counts are themselves.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, BinaryIO

from tickler.core.phrases import counted
from tickler.core.progress import Progress
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import Options
from tickler.services.export.tables import TableName, Value, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What a spreadsheet takes: letters in a cell, rows in a sheet.
LONGEST, MOST_ROWS = 32_767, 1_048_576

#: Spreadsheets know no day before this year.
_FIRST_YEAR = 1900

_EVERY = 100
_NARROW, _USUAL, _WIDE = 11, 18, 40
_WIDTHS = {"Dossier": 8, "Company": 32, "Text": 80, "Notes": _WIDE, "Next what": _WIDE,
           "Street": 26} | dict.fromkeys(
    ("Next contact", "Time of day", "Agreed", "Next kind", "Every", "Status", "Last contact",
     "Segment", "Postcode", "Date", "Time", "Kind", "Outcome", "Minutes", "Due", "Made", "Done",
     "Told", "Dropped", "Decides"), _NARROW)  # fmt: skip


def write(
    work: Work, which: Selection, to: BinaryIO, _options: Options, progress: Progress
) -> ExportReport:
    """Write a sheet for each of the tables."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # only where a workbook is written

    found = tables(work, which)
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    counts = dict.fromkeys(TableName, 0)
    dossier = 0
    with Workbook(to, settings) as book:
        book.use_zip64()
        sheets = {name: _Sheets(book, name, found.columns[name]) for name in TableName}
        for name, row in found.rows(work, list(TableName)):
            sheets[name].add(row)
            counts[name] += 1
            if name is TableName.DOSSIERS and (dossier := dossier + 1) % _EVERY == 0:
                progress(dossier)
        for each in sheets.values():
            each.finish()
        cut = [place for each in sheets.values() for place in each.cut]
        split = [name for name, each in sheets.items() if each.number > 1]
    warnings = list(found.warnings)
    if cut:
        cells = counted(len(cut), "cell is", "cells are")
        text = f"{cells} longer than a workbook takes, and cut at {LONGEST:,} letters: {cut[0]}"
        warnings.append(Remark("cut", f"{text}{' …' * (len(cut) > 1)}; .csv has all of it"))
    if split:
        text = f"more rows than a sheet takes: {', '.join(split)} goes on in a second one"
        warnings.append(Remark("split", text))
    parts = {name.value: counts[name] for name in TableName if name is not TableName.DOSSIERS}
    return ExportReport(len(found.keys), parts, tuple(warnings))


class _Sheets:
    """The sheet of a table, and another one where it is full. `cut`: which texts were too long."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        self.cut: list[str] = []
        self.number = 0
        self._book, self._name, self._columns = book, name, columns
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._time = book.add_format({"num_format": "hh:mm", "align": "left"})
        self._head = book.add_format({"bold": True})
        self._sheet = self._begin()

    def add(self, row: Sequence[Value]) -> None:
        """Write a row below the last one."""
        if self._row == MOST_ROWS:
            self.finish()
            self._sheet = self._begin()
        for column, value in enumerate(row):
            self._write(column, value)
        self._row += 1

    def finish(self) -> None:
        """Let the rows be filtered by each column."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), len(self._columns) - 1)

    def _begin(self) -> Worksheet:
        self.number += 1
        sheet = self._book.add_worksheet(
            f"{self._name} {self.number}" if self.number > 1 else self._name
        )
        sheet.freeze_panes(1, 2)
        for column, header in enumerate(self._columns):
            sheet.set_column(column, column, _WIDTHS.get(header, _USUAL))
            sheet.write_string(0, column, header[:LONGEST], self._head)
        self._row = 1
        return sheet

    def _write(self, column: int, value: Value) -> None:
        if value is None or value == "":
            return
        place = self._row, column
        if isinstance(value, time):
            self._sheet.write_datetime(*place, value, self._time)
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:
                self._sheet.write_string(*place, value.isoformat())
            else:
                self._sheet.write_datetime(*place, datetime.combine(value, time()), self._day)
        elif isinstance(value, int):
            self._sheet.write_number(*place, value)
        else:
            text = str(value)
            if len(text.encode("utf-16-le")) // 2 > LONGEST:
                self.cut.append(
                    f"{self._columns[column]} in row {self._row + 1} of {quote(self._name)}"
                )
                text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
            self._sheet.write_string(*place, text)
