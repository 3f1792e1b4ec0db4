"""Printing: a pile as a page, and what its numbers mean, kept for the evening."""

from dataclasses import dataclass

from tickler.core.dates.language import DATE_WORDS
from tickler.core.dates.parse import spoken
from tickler.core.filing.past_pile import PastPile
from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.text import one_line
from tickler.desk import Work
from tickler.errors import Hint, Refused
from tickler.formats.printing import pile_pages
from tickler.formats.printing.document import Document
from tickler.models import Printout
from tickler.services import piles
from tickler.services.piles import typed_pile


@dataclass(frozen=True, slots=True)
class PrintedPile:
    """A pile on paper, as plain text and as a document with boxes to tick.

    `lines` are the ids of dossiers, and of slips with a minus, from 1 on.
    """

    title: str
    text: str
    lines: tuple[int, ...]
    document: Document

    @property
    def file_name(self) -> str:
        return f"{self.document.name}.txt"


def pile(work: Work, typed: str = "") -> PrintedPile:
    """The page of the pile that is typed as everywhere, or of today's; nothing is kept yet."""
    return _page(work, _to_work(work, typed) if typed else piles.pile.todays(work))


def of_key(work: Work, key: str) -> PrintedPile:
    """The page of the pile behind an insert of the binder, by its key; "" is today's."""
    if not key:
        return pile(work)
    by_date = key[:1].isdigit()
    return _page(work, _to_work(work, key) if by_date else piles.pile.of_slot(work, key))


def _to_work(work: Work, typed: str) -> PileView:
    found = typed_pile.pile_of(work, typed)
    if isinstance(found, PastPile):
        raise Refused("that day is over: a pile is printed to be worked", hint=Hint.PILE)
    return found


def keep(work: Work, page: PrintedPile) -> None:
    """Remember what the numbers of a page mean, for when they are entered."""
    printout = Printout(rep_id=work.rep_id, at=work.now, title=page.title, lines=list(page.lines))
    work.session.add(printout)


def titles(work: Work, when: NextContact) -> list[str]:
    """What the pile of a day or month is called on paper, in the present language first."""
    words = [work.settings.date_words, *DATE_WORDS.values()]
    return list(dict.fromkeys(spoken(when, each) for each in words))


def titles_of(work: Work, typed: str) -> list[str]:
    """What the pile that is typed, or today's, is called on paper; a past day's as well."""
    if not typed:
        return titles(work, NextContact(on=work.today))
    found = typed_pile.pile_of(work, typed)
    if isinstance(found, PastPile):
        return titles(work, NextContact(on=found.day))
    named = _when(work, found)
    return titles(work, named) if named else [one_line(found.title)]


def _when(work: Work, found: PileView) -> NextContact | None:
    """The day or month of a pile; None where it is of neither."""
    if found.on:
        return NextContact(on=found.on)
    insert = next((i for i in piles.pile.numbers(work) if i.slot == found.slot), None)
    return NextContact(month=insert.month) if insert and insert.month else None


def _page(work: Work, found: PileView) -> PrintedPile:
    words = work.settings.date_words
    named = _when(work, found)
    title = titles(work, named)[0] if named else one_line(found.title)
    head = _head(work, found)
    by = f"{work.rep}, {work.now:%Y-%m-%d %H:%M}"
    text = pile_pages.page([" · ".join([title, *head, by])], found, work.today, words)
    about = named.on or named.month if named else found.slot.replace(":", "-")
    chapter = pile_pages.chapter(title, head, found, work.today, words)
    document = Document(title, f"pile-{about}", (chapter,), by)
    return PrintedPile(title, text, pile_pages.numbered(found), document)


def _head(work: Work, found: PileView) -> list[str]:
    parts = [counted(len(found.rows), "dossier")]
    if found.on:
        (day,) = piles.pile.of_days(work, [found.on])
        parts.append(day.share)
        parts += [day.off] if day.off else []
    return parts
