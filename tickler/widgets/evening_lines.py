"""The lines of an evening: what is open on the pile, and what is done with each."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock, shortly
from tickler.core.filing.evening import Answers, Evening
from tickler.core.phrases import plural
from tickler.core.text import printable
from tickler.core.views import DossierRow, DueSlip
from tickler.widgets.pile_lines import kind_word
from tickler.widgets.styled import FAULT, HEAD, QUIET, cells

#: The cells before a name, of it and of what to do at least; of the name and its answer at most.
_LEAD, _LEAST, _NAMES, _ANSWERS = 9, 14, 34, 34

#: An answer in as few cells as it can have: `→ Fri 27 Nov 14:30`.
_ANSWER = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells the name, what to do and the answer have."""

    names: int
    whats: int
    answers: int

    @classmethod
    def of(cls, evening: Evening, width: int) -> Columns:
        """The name as long as the longest, an answer as it is asked for, the rest to what to do."""
        rows = (*evening.open, *(due.row for due in evening.slips))
        longest = max((Content(printable(row.name)).cell_length for row in rows), default=0)
        answers = min(max(width * 25 // 100, _ANSWER), _ANSWERS)
        room = width - _LEAD - answers - 4
        names = max(min(longest, _NAMES, room - _LEAST), min(room, _LEAST))
        return cls(names, max(room - names, 0), answers)


def title(evening: Evening, words: DateWords) -> Content:
    """`Turn the page: Mon 23 Nov`."""
    return Content.styled(f"Turn the page: {words.short(evening.today)}", HEAD)


def total(evening: Evening, answers: Answers, words: DateWords) -> Content:
    """`16 to Thu 26 Nov, then 19 of 20 · 5 need an answer`."""
    carried, load = len(evening.carried(answers)), evening.load(answers)
    missing = len(evening.unanswered(answers))
    then = f"then {evening.measure.of(load, evening.capacity)}"
    over = evening.is_too_much(answers)
    need = f"{missing} {plural(missing, 'needs', 'need')} an answer" if missing else ""
    return Content.assemble(
        f"{carried} to {words.short(evening.onto)}, ",
        (f"{then}!" if over else then, FAULT if over else ""),
        (" · s spreads it" if over and not missing else "", HEAD),
        " · " if need else "",
        (need, "bold $text-warning"),
    )


def heads(evening: Evening, words: DateWords) -> tuple[str, str, str]:
    """The heads of the agreed, the others and the slips."""
    return (
        f"agreed or timed {len(evening.held)}: an answer each",
        f"carried over to {words.short(evening.onto)}, unless answered",
        f"promises not done {len(evening.slips)}: they stay",
    )


def head_text(head: str, width: int) -> Content:
    """A head over the whole line."""
    return Content.styled(f" {head} ".ljust(width, "─"), QUIET)


def open_text(row: DossierRow, answer: str, columns: Columns, words: DateWords) -> Content:
    """` 09:30 ● ACME     meeting 3 cranes, price   → Fri 27 Nov`, with the answer."""
    late = f"{row.days_late}d" if row.days_late else ""
    lead = f"{late or clock(row.next, words).rstrip('.'):>{_LEAD - 3}} "
    mark = "contacted" if row.contacted else f"↷{row.slides}" if row.slides else ""
    what = " ".join(part for part in (kind_word(row.kind), printable(row.what), mark) if part)
    shown = cells(fitted(answer, columns.answers) or "→ ?", columns.answers)
    return Content.assemble(
        (lead, "$text-error" if late else ""),
        ("● " if row.next.agreed else "  ", HEAD),
        cells(printable(row.name), columns.names),
        "  ",
        (cells(what, columns.whats), QUIET),
        "  ",
        (shown, "bold" if answer else "bold $text-warning"),
    )


def fitted(answer: str, width: int) -> str:
    """As many whole parts of an answer as there is room for: its day at least."""
    first, *others = answer.split(" · ")
    for part in others:
        if len(longer := f"{first} · {part}") > width:
            break
        first = longer
    return first


def slip_text(due: DueSlip, columns: Columns, words: DateWords) -> Content:
    """A slip that is due and not ticked."""
    slip = due.slip
    late = f"{slip.days_late}d" if slip.days_late else clock(slip.due, words)
    return Content.assemble(
        (f"{late:>{_LEAD - 3}} ", "$text-error" if slip.days_late else ""),
        ("▹ ", HEAD),
        cells(printable(due.row.name), columns.names),
        (f"  {kind_word(slip.kind)} {printable(slip.text)}", QUIET),
    )


def in_hand(row: DossierRow, answer: str, words: DateWords) -> Content:
    """The line in hand in full: what was to be done when, and the answer."""
    when = shortly(row.next, words)
    agreed = f"agreed {when}" if row.next.agreed else when
    what = ": ".join(part for part in (row.kind, printable(row.what)) if part)
    parts = " · ".join(part for part in (what, agreed) if part)
    return Content.assemble((f"{printable(row.name)}  ", "bold"), f"{parts}  {answer or '→ ?'}")
