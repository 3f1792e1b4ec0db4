"""The weeks ahead, and the days on which the rep is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tickler.core.filing.slots import Month
from tickler.core.views.day import InsertView

if TYPE_CHECKING:
    from tickler.core.planning.capacity import Capacity


@dataclass(frozen=True, slots=True)
class WeeksView:
    """The days from today to a Sunday, off days too, and the dossiers of each month after them."""

    today: date
    days: tuple[InsertView, ...]
    months: tuple[tuple[Month, int], ...]
    later: int
    measure: Capacity
    weekdays: frozenset[int]

    @property
    def weeks(self) -> Iterator[tuple[date, list[InsertView]]]:
        """The days by weeks, each with its first day; days off only where something is filed."""
        found: dict[tuple[int, int], list[InsertView]] = {}
        for view in self.days:
            if view.date and (
                view.date.weekday() in self.weekdays or view.count or view.date == self.today
            ):
                found.setdefault(view.date.isocalendar()[:2], []).append(view)
        return ((days[0].date, days) for days in found.values() if days[0].date)


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Days on which the rep does not work, both ends included; `workdays` of them would be."""

    id: int
    first: date
    last: date
    why: str
    workdays: int
