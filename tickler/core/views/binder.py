"""The binder's screen as one view: everything it shows, read at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import NextContact

if TYPE_CHECKING:
    from tickler.core.views.day import Day, InsertView
    from tickler.core.views.drafts import DraftView


@dataclass(frozen=True, slots=True)
class NextUp:
    """What comes after today: when, whose, and what is to be done."""

    when: NextContact
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A day without a pile: what is next, how many are in the inbox, how many were done `before`.

    `before` is the working day before.
    """

    next: NextUp | None
    inbox: int
    before: date
    done: int


@dataclass(frozen=True, slots=True)
class BinderView:
    """The inserts, the pile of the chosen one (by its key), and the day; `empty`: no dossier.

    `quiet` is there where it is today's and empty; `drafts` is what is half typed
    about no dossier, by form. `last` is the number and the moment of the last action, whoever's.
    """

    inserts: tuple[InsertView, ...]
    pile: PileView
    day: Day
    empty: bool
    quiet: Quiet | None = None
    drafts: Mapping[str, DraftView] = field(default_factory=dict)
    last: tuple[int, datetime] | None = None

    @property
    def today_key(self) -> str:
        return next(insert.key for insert in self.inserts if insert.date == self.day.today)

    def by_key(self, key: str) -> InsertView | None:
        return next((insert for insert in self.inserts if insert.key == key), None)

    def by_number(self, number: int) -> InsertView | None:
        """The next insert of a day with this number."""
        days = ((insert, insert.date) for insert in self.inserts)
        return next((insert for insert, day in days if day and day.day == number), None)
