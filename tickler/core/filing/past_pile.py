"""A pile as it was in the morning of a past day, and what happened to it on that day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tickler.core.contact.kinds import FELL_THROUGH, Kind, Outcome, Status, is_attempt, is_contact
from tickler.core.filing.pile import PileGroup
from tickler.core.filing.slots import NextContact
from tickler.core.views.dossiers import DossierRow


class Became(StrEnum):
    """What happened to a dossier on a day, the most important first."""

    CLOSED = "closed"
    CONTACTED = "contacted"
    TRIED = "no answer"
    FELL_THROUGH = "fell through"
    MOVED = "moved"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PastStep:
    """What a line of history says of a dossier; `to` is where a filing put it."""

    kind: Kind
    outcome: Outcome | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A dossier of that pile: as it is now, where it was, what happened to it and where it went.

    `to` is a day, a month, inbox or how it was closed; "" where it was not filed on that day.
    """

    row: DossierRow
    lay: NextContact
    became: Became
    to: str = ""


@dataclass(frozen=True, slots=True)
class PastPile:
    """The groups of a pile as they were, and by its id what happened to each dossier."""

    day: date
    title: str
    groups: tuple[PileGroup, ...]
    stood: Mapping[int, Stood]

    @property
    def in_order(self) -> list[Stood]:
        """The dossiers in the order in which they were to be worked."""
        return [self.stood[row.id] for group in self.groups for row in group.rows]

    @property
    def text(self) -> str:
        """`15 contacted, 3 moved, 2 left`."""
        counts = Counter(each.became for each in self.stood.values())
        return ", ".join(f"{counts[became]} {became}" for became in Became if counts[became])


def became(steps: Iterable[PastStep]) -> tuple[Became, str]:
    """The result of the steps of one day, in their order, and where the last filing led."""
    found = {Became.LEFT}
    to = ""
    for step in steps:
        if is_contact(step.kind, step.outcome):
            found.add(Became.CONTACTED)
        if is_attempt(step.kind, step.outcome):
            found.add(Became.TRIED)
        if step.outcome in FELL_THROUGH:
            found.add(Became.FELL_THROUGH)
        if step.to:
            to = step.to
            found.add(Became.MOVED)
    if to in set(Status):
        found.add(Became.CLOSED)
    return next(each for each in Became if each in found), to
