"""The binder's screen as one view: everything it shows, read at one moment."""

from dataclasses import dataclass

from tickler.core.filing.pile import PileView
from tickler.core.views.day import Day, InsertView


@dataclass(frozen=True, slots=True)
class BinderView:
    """The inserts, the pile of the chosen one (by its key), and the day; `empty`: no dossier."""

    inserts: tuple[InsertView, ...]
    pile: PileView
    day: Day
    empty: bool

    @property
    def today_key(self) -> str:
        return next(insert.key for insert in self.inserts if insert.date == self.day.today)

    def by_key(self, key: str) -> InsertView | None:
        return next((insert for insert in self.inserts if insert.key == key), None)

    def by_number(self, number: int) -> InsertView | None:
        """The next insert of a day with this number."""
        days = ((insert, insert.date) for insert in self.inserts)
        return next((insert for insert, day in days if day and day.day == number), None)
