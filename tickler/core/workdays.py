"""Working days as a calendar handed in: weekends, holidays, and counting over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tickler.errors import Unreadable

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)

#: No stretch of days off is longer than this; a search for a working day stops there.
_LONGEST_BREAK = 366


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. `weekdays` count from Monday = 0; `holidays` maps days to names."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def holiday(self, day: date) -> str | None:
        return self.holidays.get(day)

    def on_or_after(self, day: date) -> date:
        """The first working day that is not before `day`."""
        return self._search(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        """The last working day that is not after `day`."""
        return self._search(day, -ONE_DAY)

    def plus(self, day: date, count: int) -> date:
        """The working day `count` working days after `day` (before it, where negative)."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = self._search(_shift(day, step), step)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie in the half-open range from `start` to `end`."""
        whole_weeks, rest = divmod(max((end - start).days, 0), 7)
        tail = (start + timedelta(days=whole_weeks * 7 + n) for n in range(rest))
        by_weekday = whole_weeks * len(self.weekdays) + sum(
            day.weekday() in self.weekdays for day in tail
        )
        off = sum(start <= day < end and day.weekday() in self.weekdays for day in self.holidays)
        return by_weekday - off

    def _search(self, day: date, step: timedelta) -> date:
        found = day
        for _ in range(_LONGEST_BREAK):
            if self.is_working(found):
                return found
            found = _shift(found, step)
        raise Unreadable(f"no working day within a year of {day.isoformat()}")


def shifted(day: date, days: int) -> date:
    """The date so many days later, or earlier where negative; stops at the calendar's two ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _shift(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise Unreadable(f"the calendar ends at {day.isoformat()}") from None
