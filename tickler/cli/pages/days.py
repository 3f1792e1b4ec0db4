"""Days as lines of text: a past pile as it was, what an evening leaves open, the next page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.core.contact.summary import place_text
from tickler.core.dates.parse import clock
from tickler.core.filing.pile import Section
from tickler.core.filing.slips import SlipState

if TYPE_CHECKING:
    from tickler.core.dates.language import DateWords
    from tickler.core.filing.evening import Answers, Evening, NextPage
    from tickler.core.filing.past_pile import PastPile
    from tickler.core.views import DossierRow, DueSlip

#: What gives way in a past pile: the text and the name, by turns.
PAST_GIVE_WAY = ((3, 20), (1, 16), (3, 8), (1, 8), (3, 0), (2, 0))

#: What gives way in an evening.
EVENING_GIVE_WAY = ((4, 20), (2, 16), (4, 8), (2, 8), (4, 0), (3, 0))


def past_rows(pile: PastPile, words: DateWords) -> Iterator[Row]:
    """A pile as it was, under a line with the results."""
    count = len(pile.stood)
    said = f": {pile.text}" if count else ""
    dossiers = f"{count} dossier{'' if count == 1 else 's'}"
    yield HeadLine(f"{pile.title} as it was in the morning · {dossiers}{said}", "accent")
    for group in pile.groups:
        yield HeadLine(group.title, "late" if group.section is Section.LATE else "head")
        for row in group.rows:
            was = pile.stood[row.id]
            to = f" → {place_text(was.to, words)}" if was.to else ""
            when = _late(row) or clock(row.next, words)
            yield [
                Cell(when, "late" if row.overdue_days else "", right=True),
                row.name,
                row.kind or "",
                row.what,
                f"{was.became}{to}",
                Cell(f"{row.id}", "dim", right=True),
            ]
        for due in group.slips:
            done = "dropped" if due.slip.state is SlipState.DROPPED else "ticked"
            yield [
                Cell(clock(due.slip.due, words), right=True),
                f"▹ {due.row.name}",
                due.slip.kind,
                due.slip.text,
                done if due.slip.ticked_on == pile.day else "left",
                Cell(f"{due.row.id}", "dim", right=True),
            ]


def evening_rows(evening: Evening, answers: Answers, words: DateWords) -> Iterator[Row]:
    """What is open, what would become of each, and the slips that stay."""
    load = evening.measure.of(evening.load(answers), evening.capacity)
    if evening.held:
        yield HeadLine(f"agreed or timed {len(evening.held)}: an answer each")
        yield from (_open(row, answers.get(row.id, "?"), words) for row in evening.held)
    if evening.loose:
        day = words.short(evening.onto)
        yield HeadLine(f"carried over to {day} {len(evening.carried(answers))}: then {load}")
        yield from (_open(row, answers.get(row.id, day), words) for row in evening.loose)
    yield from slip_rows(evening, words)


def slip_rows(evening: Evening, words: DateWords) -> Iterator[Row]:
    """The slips that are due and not ticked."""
    if evening.slips:
        yield HeadLine(f"slips not ticked {len(evening.slips)}: they stay")
        yield from (_slip(due, words) for due in evening.slips)


def _open(row: DossierRow, said: str, words: DateWords) -> Row:
    late = _late(row)
    return [
        Cell(late or clock(row.next, words), "late" if late else "", right=True),
        "●" if row.next.agreed else "",
        row.name,
        row.kind or "",
        row.what,
        "contacted" if row.contacted else f"↷{row.slides}" if row.slides else "",
        f"→ {said}",
        Cell(f"{row.id}", "dim", right=True),
    ]


def _slip(due: DueSlip, words: DateWords) -> Row:
    late = due.slip.days_late
    when = f"{late}d" if late else clock(due.slip.due, words)
    kind, key = due.slip.kind.value, Cell(f"{due.row.id}", "dim", right=True)
    lead = Cell(when, "late" if late else "", right=True)
    return [lead, f"▹{due.slip.id}", due.row.name, kind, due.slip.text, "", "", key]


def _late(row: DossierRow) -> str:
    return f"{row.days_late}d" if row.days_late else ""


def page_rows(page: NextPage, words: DateWords) -> Iterator[Row]:
    """The next day's page in a few lines."""
    head, *rest = page.lines(words)
    yield HeadLine(head, "late" if page.is_over else "accent")
    yield from (HeadLine(line) for line in rest)
