"""A history as lines of text: what it comes to, and what was corrected in it."""

from collections.abc import Iterable, Iterator
from datetime import date

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.cli.pages.dossier import what_was_said, where_filed
from tickler.core.contact.corrections import correction_text
from tickler.core.contact.summary import Glance
from tickler.core.dates.language import DateWords
from tickler.core.views import ChangeLine, DossierRow, EntryView

#: What gives way in a history: the text, where it was filed, the author; never a number.
GIVE_WAY = ((7, 20), (6, 8), (5, 8), (7, 8))

#: What a line said before stands so far in.
_UNDER = "      "


def glance_rows(row: DossierRow, glance: Glance, words: DateWords) -> Iterator[Row]:
    """What a history comes to: how often, how long ago and by whom, and the last twelve months."""
    yield HeadLine(f"{row.name}  #{row.id}", "accent")
    yield HeadLine(glance.text(words), "")
    if any(glance.months):
        yield HeadLine(glance.dated_bars(words), "dim")


def history_rows(entries: Iterable[EntryView], words: DateWords, today: date) -> Iterator[Row]:
    """The history with the numbers of its lines; beneath each what it said before."""
    for entry in entries:
        at = entry.at.astimezone()
        yield [
            Cell(f"{entry.id}", "dim", right=True),
            f"{words.weekday_short(at)} {at:%Y-%m-%d %H:%M}",
            entry.kind,
            entry.outcome or "",
            f"{entry.minutes} min" if entry.minutes is not None else "",
            entry.author,
            where_filed(entry, words),
            what_was_said(entry),
        ]
        for correction in entry.corrections:
            yield HeadLine(f"{_UNDER}{correction_text(correction, words, today)}", "dim")


def change_rows(lines: Iterable[ChangeLine]) -> Iterator[Row]:
    """The last actions, newest first."""
    for line in lines:
        yield [
            Cell(str(line.number), right=True),
            f"{line.at.astimezone():%Y-%m-%d %H:%M}",
            Cell("undone" if line.undone else "", "dim"),
            line.summary,
        ]
