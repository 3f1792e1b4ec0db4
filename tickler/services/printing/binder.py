"""The whole binder on paper: its inserts as a list and as sheets, and the review."""

from tickler.core.dates.periods import Period
from tickler.core.filing.slots import OVERDUE
from tickler.core.phrases import counted
from tickler.desk import Work
from tickler.formats.printing import insert_pages, review_pages
from tickler.formats.printing.document import Document
from tickler.services import piles
from tickler.services.printing.dossiers import printed


def slots(work: Work) -> Document:
    """All inserts with count and load, on a page or two."""
    inserts = piles.pile.slots(work)
    # What is late lies on today's pile, too.
    count = sum(view.count for view in inserts if view.slot != OVERDUE)
    head = [counted(count, "dossier")]
    chapter = insert_pages.listed(inserts, head, work.today, work.settings.date_words)
    return Document("Inserts", f"inserts-{work.today}", (chapter,), printed(work))


def inserts(work: Work) -> Document:
    """A sheet for each insert, to make a binder of paper: by the layout that is set."""
    layout, words = work.settings.layout, work.settings.date_words
    chapters = insert_pages.signs(piles.pile.slots(work), layout, words)
    return Document("Inserts", f"insert-sheets-{layout}", chapters)


def review(work: Work, period: Period) -> Document:
    """What was planned, done, slid and promised in some days."""
    found = piles.review.of(work, period)
    words = work.settings.date_words
    chapter = review_pages.chapter(found, work.rep, words)
    ends = f"{period.first}" if period.length == 1 else f"{period.first}-to-{period.last}"
    return Document(chapter.running, f"review-{ends}", (chapter,), printed(work))
