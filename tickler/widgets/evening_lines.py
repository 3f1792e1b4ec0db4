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
from tickler.widgets.pile_lines import KIND_WORDS
from tickler.widgets.styled import FAULT, HEAD, QUIET, cells

_LEAD, _KINDS = 6, 8

#: The cells of a name at least and at most, and of its answer.
_NAMES, _ANSWERS = (16, 34), (26, 44)


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells the name, what to do and the answer have."""

    names: int
    whats: int
    answers: int

    @classmethod
    def of(cls, width: int) -> Columns:
        names = min(max(width * 30 // 100, _NAMES[0]), _NAMES[1])
        answers = min(max(width * 33 // 100, _ANSWERS[0]), _ANSWERS[1])
        return cls(names, max(width - _LEAD - 3 - names - _KINDS - answers, 0), answers)


def title(evening: Evening, words: DateWords) -> Content:
    """`Turn the page: Mon 23 Nov`."""
    return Content.styled(f"Turn the page: {words.short(evening.today)}", HEAD)


def total(evening: Evening, answers: Answers, words: DateWords) -> Content:
    """`16 to Thu 26 Nov, then 19 of 20 · 5 need an answer`."""
    carried, load = len(evening.carried(answers)), evening.load(answers)
    missing = len(evening.unanswered(answers))
    then = f"then {evening.measure.of(load, evening.capacity)}"
    over = carried and load > evening.capacity
    need = f"{missing} {plural(missing, 'needs', 'need')} an answer" if missing else ""
    return Content.assemble(
        f"{carried} to {words.short(evening.onto)}, ",
        (f"{then}!" if over else then, FAULT if over else ""),
        " · " if need else "",
        (need, "bold $text-warning"),
    )


def heads(evening: Evening, words: DateWords) -> tuple[str, str, str]:
    """The heads of the agreed, the others and the slips."""
    return (
        f"agreed or timed {len(evening.held)}: an answer each",
        f"carried over to {words.short(evening.onto)}, unless answered",
        f"slips not ticked {len(evening.slips)}: they stay",
    )


def head_text(head: str, width: int) -> Content:
    """A head over the whole line."""
    return Content.styled(f" {head} ".ljust(width, "─"), QUIET)


def open_text(row: DossierRow, answer: str, columns: Columns, words: DateWords) -> Content:
    """` 09:30 ● ACME     meeting 3 cranes, price   → Fri 27 November`, with the answer."""
    late = f"{row.days_late}d" if row.days_late else ""
    lead = f"{late or clock(row.next, words).rstrip('.'):>{_LEAD}} "
    kind = KIND_WORDS.get(row.kind or "", row.kind or "")
    mark = "contacted" if row.contacted else f"↷{row.slides}" if row.slides else ""
    what = " ".join(part for part in (printable(row.what), mark) if part)
    return Content.assemble(
        (lead, "$text-error" if late else ""),
        ("● " if row.next.agreed else "  ", HEAD),
        cells(printable(row.name), columns.names - 1),
        (f" {kind:{_KINDS}}", QUIET),
        (cells(what, columns.whats - 1), QUIET),
        " ",
        (cells(answer or "→ ?", columns.answers), "bold" if answer else "bold $text-warning"),
    )


def slip_text(due: DueSlip, columns: Columns, words: DateWords) -> Content:
    """A slip that is due and not ticked."""
    slip = due.slip
    late = f"{slip.days_late}d" if slip.days_late else clock(slip.due, words)
    name = cells(printable(due.row.name), columns.names - 1)
    kind = KIND_WORDS.get(slip.kind, slip.kind)
    lead = f"{late:>{_LEAD}} ▹ "
    return Content.styled(f"{lead}{name} {kind:{_KINDS}}{printable(slip.text)}", QUIET)


def in_hand(row: DossierRow, answer: str, words: DateWords) -> Content:
    """The line in hand in full: what was to be done when, and the answer."""
    when = shortly(row.next, words)
    agreed = f"agreed {when}" if row.next.agreed else when
    what = ": ".join(part for part in (row.kind, printable(row.what)) if part)
    parts = " · ".join(part for part in (what, agreed) if part)
    return Content.assemble((f"{printable(row.name)}  ", "bold"), f"{parts}  {answer or '→ ?'}")
