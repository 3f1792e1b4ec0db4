"""A table of an export as CSV.

UTF-8 with a mark at its start, and commas: without the mark Excel takes it for the old encoding of
the system, and `Müller` becomes `MÃ¼ller`. All who read CSV pass over it.
"""

import csv
from datetime import time
from io import TextIOWrapper
from typing import BinaryIO

from tickler.core.choices import one_of
from tickler.core.progress import Progress
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.formats.lists.own_table import defused
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import Options
from tickler.services.export.tables import TableName, Value, tables

_EVERY = 100


def write(
    work: Work, which: Selection, to: BinaryIO, options: Options, progress: Progress
) -> ExportReport:
    """Write one of the tables; raises Unreadable for a sheet that there is not."""
    name = one_of(options.sheet or TableName.DOSSIERS, TableName, "sheet")
    found = tables(work, which)
    text = TextIOWrapper(to, encoding="utf-8-sig", newline="")
    count, last = 0, None
    try:
        lines = csv.writer(text)
        lines.writerow(map(defused, found.columns[name]))
        for _, row in found.rows(work, [name]):
            lines.writerow([_text(value) for value in row])
            count += 1
            if row[0] != last and (last := row[0]) and count % _EVERY == 0:
                progress(count)
    finally:
        text.detach()  # what it writes to is not its own, and stays open
    parts = {name.value: count} if name is not TableName.DOSSIERS else {}
    return ExportReport(len(found.keys), parts, found.warnings)


def _text(value: Value) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else defused(str(value))
