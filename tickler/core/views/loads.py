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
    """The days from today to a Sunday, and how many dossiers lie in each month after them.

    Each day is an insert of its own, off days too; today's takes the overdue along.
    """

    today: date
    days: tuple[InsertView, ...]
    months: tuple[tuple[Month, int], ...]
    later: int
    measure: Capacity
    weekdays: frozenset[int]

    @property
    def weeks(self) -> Iterator[tuple[date, list[InsertView]]]:
        """The days worth a look by their calendar weeks, each week with the first day of it.

        A day on which nobody works anyway is one only where something lies there.
        """
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
