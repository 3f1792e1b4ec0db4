"""Dossiers as pages of Markdown, one after another, with all of their history."""

from typing import BinaryIO

from tickler.core.progress import Progress
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.formats.printing import dossier_pages, markdown_pages
from tickler.services.clients import read
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import Options


def write(
    work: Work, which: Selection, to: BinaryIO, _options: Options, progress: Progress
) -> ExportReport:
    """Write a page for each dossier; files are only named."""
    words = work.settings.date_words
    entries = 0
    for done, key in enumerate(which.keys, 1):
        view = read.whole(work, key)
        chapter = dossier_pages.chapter(view, words, work.now, whole=True)
        if done > 1:
            to.write(markdown_pages.RULE.encode())
        for piece in markdown_pages.pieces(chapter):
            to.write(piece.encode())
        entries += len(view.entries)
        progress(done)
    return ExportReport(len(which.keys), {"history": entries})
