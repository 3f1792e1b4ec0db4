"""The end of a day: what it leaves open, where that goes, and the next day's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from tickler.core.dates.language import DateWords
from tickler.core.filing.pile import PileView
from tickler.core.phrases import named
from tickler.core.planning.capacity import Capacity
from tickler.core.views.dossiers import DossierRow, DueSlip
from tickler.core.views.receipts import Echo

#: The answers for a dossier that are not a date: it stays on its pile, or the contact was made.
KEEP, DONE = "keep", "done"

#: The typed answers by the id of the dossier: a date, `keep` or `done`.
Answers = Mapping[int, str]

#: How many slips a page names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer means, in few cells (`→ Fri 27 Nov 14:30 · 9 of 20`) and in full.

    `echo` is that of a date.
    """

    brief: str
    text: str
    echo: Echo | None = None


def meaning(row: DossierRow, answer: str, onto: date, words: DateWords) -> Meaning | None:
    """What an answer means that is no date; what is done has its next contact by its rhythm, or
    on the next working day, `onto`."""
    if answer.casefold() == KEEP:
        return Meaning("stays here", "stays on this pile")
    if answer.casefold() != DONE:
        return None
    if row.every:
        return Meaning("done", "the contact is made, the next is by its rhythm")
    day = words.short(onto)
    return Meaning(f"done · → {day}", f"the contact is made → {day}")


def needs_answer(row: DossierRow) -> bool:
    """Whether a dossier moves only by its own answer: the client was told the date."""
    return row.next.is_bound and not row.contacted


@dataclass(frozen=True, slots=True)
class Evening:
    """What of today's pile is neither filed on nor closed, each part in the order of the pile.

    What was put off until later today is still open, and so is a contact without a next date.
    The `loose` ones go to the working day `onto` together, the `held` ones have their own answers.
    `slips` are due and not ticked: they stay. `there` is the load of `onto` so far.
    """

    today: date
    onto: date
    loose: tuple[DossierRow, ...]
    held: tuple[DossierRow, ...]
    slips: tuple[DueSlip, ...]
    there: int
    capacity: int
    measure: Capacity

    @property
    def open(self) -> tuple[DossierRow, ...]:
        return (*self.held, *self.loose)

    def carried(self, answers: Answers) -> tuple[DossierRow, ...]:
        """The dossiers that go to the next working day without an answer of their own."""
        return tuple(row for row in self.loose if row.id not in answers)

    def unanswered(self, answers: Answers) -> tuple[DossierRow, ...]:
        """The dossiers that still need an answer."""
        return tuple(row for row in self.held if row.id not in answers)

    def is_too_much(self, answers: Answers) -> bool:
        """Whether the next working day is too full with what goes there unasked."""
        return bool(self.carried(answers)) and self.load(answers) > self.capacity

    def load(self, answers: Answers) -> int:
        """The load of the next working day, with what stays on the pile until then."""
        coming = list(self.carried(answers))
        for row in self.open:
            answer = answers.get(row.id, "").casefold()
            if answer in (KEEP, self.onto.isoformat()) or (answer == DONE and not row.every):
                coming.append(row)
        return self.there + sum(self.measure.weight(row.kind) for row in coming)


@dataclass(frozen=True, slots=True)
class NextPage:
    """A coming day: its pile with what would be late by then, its load and capacity."""

    day: date
    pile: PileView
    load: int
    capacity: int
    measure: Capacity

    @property
    def first(self) -> tuple[time, str] | None:
        """The first appointment: when, and with whom."""
        rows = ((row.next.at, row.name) for row in self.pile.rows if row.next.on == self.day)
        slips = ((d.slip.due_at, d.row.name) for d in self.pile.slips if d.slip.due_on == self.day)
        return min(((at, name) for at, name in (*rows, *slips) if at), default=None)

    @property
    def is_over(self) -> bool:
        return self.load > self.capacity

    def lines(self, words: DateWords) -> list[str]:
        """The page as lines, the head first; the user's text as it is."""
        over = "  ! over capacity" if self.is_over else ""
        head = f"{words.long(self.day)}: {self.measure.of(self.load, self.capacity)}{over}"
        groups = " · ".join(group.title for group in self.pile.groups) or "the pile is empty"
        first = [f"first {self.first[0]:%H:%M} {self.first[1]}"] if self.first else []
        slips = [f"{due.row.name}: {due.slip.label}" for due in self.pile.slips]
        return [head, *first, groups, *([f"owed: {named(slips, _NAMED)}"] if slips else [])]
