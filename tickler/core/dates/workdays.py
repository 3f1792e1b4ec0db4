"""Working days as a calendar handed in: weekends, holidays, and counting over them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tickler.errors import Unreadable

MONDAY_TO_FRIDAY = frozenset(range(5))
_SUNDAY = 6
ONE_DAY = timedelta(days=1)

#: No stretch of days off is longer than this; a search for a working day stops there.
_LONGEST_BREAK = 366


class ByYear(Mapping[date, str]):
    """Days off with their names, looked up by year once a day of that year is asked for."""

    def __init__(
        self, of_year: Callable[[int], Mapping[date, str]], own: Mapping[date, str] | None = None
    ) -> None:
        """`own` days go before those of the year."""
        self._of_year = of_year
        self._own = own or {}
        self._known: dict[int, Mapping[date, str]] = {}

    def of(self, year: int) -> Mapping[date, str]:
        if year not in self._known:
            own = {day: name for day, name in self._own.items() if day.year == year}
            self._known[year] = {**self._of_year(year), **own}
        return self._known[year]

    def within(self, start: date, end: date) -> Iterator[date]:
        years = range(start.year, end.year + 1)
        return (day for year in years for day in self.of(year) if start <= day < end)

    def __getitem__(self, day: date) -> str:
        return self.of(day.year)[day]

    def __iter__(self) -> Iterator[date]:
        return (day for year in sorted(self._known) for day in self._known[year])

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. `weekdays` count from Monday = 0; `holidays` maps days to names."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Mapping[date, str] = field(default_factory=dict)

    @property
    def from_sunday(self) -> bool:
        """Whether the week begins on Sunday: that is worked, and the Saturday before it is not."""
        return _SUNDAY in self.weekdays and _SUNDAY - 1 not in self.weekdays

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
        """How many working days the half-open range from `start` to `end` has."""
        whole_weeks, rest = divmod(max((end - start).days, 0), 7)
        tail = (start + timedelta(days=whole_weeks * 7 + n) for n in range(rest))
        by_weekday = whole_weeks * len(self.weekdays) + sum(
            day.weekday() in self.weekdays for day in tail
        )
        return by_weekday - sum(day.weekday() in self.weekdays for day in self._off(start, end))

    def _off(self, start: date, end: date) -> Iterator[date]:
        if isinstance(self.holidays, ByYear):
            return self.holidays.within(start, end)
        return (day for day in self.holidays if start <= day < end)

    def _search(self, day: date, step: timedelta) -> date:
        found = day
        for _ in range(_LONGEST_BREAK):
            if self.is_working(found):
                return found
            found = _shift(found, step)
        raise Unreadable(f"no working day within a year of {day.isoformat()}")


def shifted(day: date, days: int) -> date:
    """The date `days` later, or earlier where negative; stops at the calendar's two ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _shift(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise Unreadable(f"the calendar ends at {day.isoformat()}") from None
