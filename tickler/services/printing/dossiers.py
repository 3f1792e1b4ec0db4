"""Dossiers as one document to print or to read, each on pages of its own."""

from collections.abc import Sequence

from tickler.core.client.files import safe_name
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.desk import Work
from tickler.errors import Refused
from tickler.formats.printing import dossier_pages
from tickler.formats.printing.document import Block, Chapter, Document, shortened
from tickler.services.clients import read

#: More at once would be thousands of sheets, and a file that nothing opens.
MOST_DOSSIERS = 5_000


def document(
    work: Work,
    keys: Sequence[int],
    *,
    title: str = "",
    front: Sequence[Block] = (),
    whole: bool = False,
    progress: Progress = unwatched,
) -> Document:
    """The dossiers of these ids in this order, each on pages of its own; `front` is put before.

    Write it by `formats.printing.kinds.writer(document, kind, paper)` and `system.files.save`.
    A front page is made of blocks of `formats.printing.document`, such as
    `[Title("For Anna", (line("7.12. to 18.12."),)), Items(…)]`. All of each history is in it where
    `whole`. Raises Refused for too many at once, NotFound for an id that there is not.
    """
    if len(keys) > MOST_DOSSIERS:
        raise Refused(
            f"{counted(len(keys), 'dossier')} are too many for paper: "
            f"no more than {MOST_DOSSIERS:,} are printed at once"
        )
    words = work.settings.date_words
    most = None if whole else dossier_pages.MOST_ENTRIES
    chapters = [Chapter(shortened(title), tuple(front))] if front else []
    name = title or counted(len(keys), "dossier")
    for done, key in enumerate(keys, 1):
        view = read.whole(work, key, most_entries=most)
        name = view.row.name if len(keys) == 1 and not title else name
        chapters.append(dossier_pages.chapter(view, words, work.now, whole=whole))
        progress(done)
    return Document(name, safe_name(name), tuple(chapters), printed(work))


def printed(work: Work) -> str:
    """When it was printed, and by whom: on top of each page."""
    words = work.settings.date_words
    return f"{words.short(work.today)} {work.today.year:04d} · {work.rep}"
