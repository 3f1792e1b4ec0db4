"""Dossiers as a table in CSV: UTF-8 with a mark, so that spreadsheets read it rightly."""

import csv
from io import TextIOWrapper
from typing import BinaryIO

from tickler.core.progress import Progress
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.services.export.chosen import Selection, dossiers
from tickler.services.export.formats import Options

_EVERY = 100


def write(
    work: Work, which: Selection, to: BinaryIO, options: Options, progress: Progress
) -> ExportReport:
    """Write a line for each dossier."""
    text = TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow(["Company"])
    count = 0
    for row, _ in dossiers(work, which.keys):
        lines.writerow([row.name])
        count += 1
        if count % _EVERY == 0:
            progress(count)
    text.detach()
    return ExportReport(count)
