"""The binder's screen as one view: everything it shows, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from tickler.core.filing.pile import PileView
from tickler.core.views.day import Day, InsertView


@dataclass(frozen=True, slots=True)
class BinderView:
    """The layout's inserts, the pile of the chosen one, and the day; `empty` without any dossier.

    The slot of this pile is the chosen insert's key.
    """

    inserts: tuple[InsertView, ...]
    pile: PileView
    day: Day
    empty: bool

    @property
    def today_key(self) -> str:
        """The key of today's insert."""
        return next(insert.key for insert in self.inserts if insert.date == self.day.today)

    def by_key(self, key: str) -> InsertView | None:
        """The insert of this key."""
        return next((insert for insert in self.inserts if insert.key == key), None)

    def by_number(self, number: int) -> InsertView | None:
        """The next insert of a day with this number."""
        days = (insert for insert in self.inserts if insert.date)
        return next((insert for insert in days if insert.date and insert.date.day == number), None)
