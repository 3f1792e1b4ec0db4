"""The turn of the page: what a day leaves open, what becomes of it, and the next day's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from tickler.core.dates.language import DateWords
from tickler.core.filing.pile import PileView
from tickler.core.phrases import named
from tickler.core.planning.capacity import Capacity
from tickler.core.views.dossiers import DossierRow, DueSlip

#: What is answered of a dossier beside a date: it lies on where it is, or the contact was made.
KEEP, DONE = "keep", "done"

#: What is typed of each, by the id of the dossier: a date, `keep` or `done`.
Answers = Mapping[int, str]

#: A page names so many of what lies on it.
_NAMED = 3


def needs_answer(row: DossierRow) -> bool:
    """Whether a dossier is moved by its own answer alone: the client was told this date.

    A contact that was made has kept it.
    """
    return row.next.is_bound and not row.contacted


@dataclass(frozen=True, slots=True)
class Evening:
    """What of today's pile is neither filed on nor closed, each part in the order of the pile.

    What was put off until later today is still open, and so is a contact without a next date.
    The `loose` ones go to the working day `onto` at one yes, the `held` ones have their own
    answers. `slips` are due and not ticked: they stay. `there` is what lies on `onto` so far.
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
        """All that is left of the pile."""
        return (*self.held, *self.loose)

    def carried(self, answers: Answers) -> tuple[DossierRow, ...]:
        """The dossiers that go to the next working day unasked."""
        return tuple(row for row in self.loose if row.id not in answers)

    def unanswered(self, answers: Answers) -> tuple[DossierRow, ...]:
        """The dossiers of which nothing was said, and has to be."""
        return tuple(row for row in self.held if row.id not in answers)

    def load(self, answers: Answers) -> int:
        """What the next working day then holds, with what lies on until then."""
        coming = (*self.carried(answers), *(row for row in self.open if self._comes(row, answers)))
        return self.there + sum(self.measure.weight(row.kind) for row in coming)

    def _comes(self, row: DossierRow, answers: Answers) -> bool:
        """Whether it was answered so that it lies on the next working day's pile."""
        said = answers.get(row.id, "").casefold()
        return said in (KEEP, self.onto.isoformat()) or (said == DONE and not row.every)


@dataclass(frozen=True, slots=True)
class NextPage:
    """A day to come: its pile with what would be late by then, its load and what can be done."""

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
        """Whether it holds more than the rep can do."""
        return self.load > self.capacity

    def lines(self, words: DateWords) -> list[str]:
        """What there is to say of it, the head first; the user's text as it is."""
        over = "  ! over capacity" if self.is_over else ""
        head = f"{words.long(self.day)}: {self.measure.of(self.load, self.capacity)}{over}"
        groups = " · ".join(group.title for group in self.pile.groups) or "nothing lies there"
        first = [f"first {self.first[0]:%H:%M} {self.first[1]}"] if self.first else []
        slips = [f"{due.row.name}: {due.slip.said}" for due in self.pile.slips]
        return [head, *first, groups, *([f"slips: {named(slips, _NAMED)}"] if slips else [])]
