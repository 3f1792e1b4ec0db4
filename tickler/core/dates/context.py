"""From where a date is read: which day, in which direction, how far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from enum import StrEnum

from tickler.core.dates.language import ENGLISH
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Month
from tickler.errors import Unreadable

#: A year is one of the last century, this or the next: `4.12. 1430` is no year but a time.
FIRST_YEAR, LAST_YEAR = 1900, 2199

#: Two leap years are at most eight years apart, two months with a 31st at most two months.
_FURTHEST = 9


class DateOrder(StrEnum):
    """What `7/5` means: 7 May, or 5 July."""

    DMY = "dmy"
    MDY = "mdy"


@dataclass(frozen=True, slots=True)
class View:
    """From where a date is read: ahead or `back`; `present` is the day that `++` counts from.

    `now`, naive and local, is what minutes and hours are counted from; `clock_alone` where a
    bare number may be a time.
    """

    today: date
    calendar: Calendar
    order: DateOrder | None = None
    present: date | None = None
    back: bool = False
    now: datetime | None = None
    clock_alone: bool = False

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def week(self) -> date:
        """The first day of the rep's week: Monday, or Sunday where that is the first worked."""
        days = (self.today.weekday() + 1) % 7 if self.calendar.from_sunday else self.today.weekday()
        return self.today - timedelta(days=days)

    @property
    def step(self) -> int:
        return -1 if self.back else 1

    def years(self, start: int | None = None) -> Iterator[int]:
        """The years to look in, nearest first."""
        first = start or self.today.year
        years = (first + n * self.step for n in range(_FURTHEST))
        return (year for year in years if 1 <= year <= MAXYEAR)

    def months(self) -> Iterator[Month]:
        """The months to look in, nearest first."""
        return (Month.of(self.today).plus(n * self.step) for n in range(_FURTHEST))

    def nearest(self, days: Iterable[date | None]) -> date:
        """The first of `days` in the direction of this view, today included."""
        for day in days:
            if day and (day <= self.today if self.back else day >= self.today):
                return day
        raise Unreadable("the calendar ends before such a day comes")

    def brief(self, day: date) -> str:
        """`day` as messages name it: `Fri 3 July`, with its year where that is another."""
        year = "" if day.year == self.today.year else f" {day.year:04d}"
        return f"{ENGLISH.long(day)}{year}"


def existing(year: int, month: int, day: int) -> date | None:
    """That date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_year(year: int) -> None:
    """Raise Unreadable for a year that the calendar does not reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(
            f"the year {year} is out of reach: years go from {FIRST_YEAR} to {LAST_YEAR}"
        )


def refuse_missing(day: date, at: time | None) -> None:
    """Raise Unreadable for a time that the clocks leave out where daylight saving begins."""
    if at is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return
    typed = datetime.combine(day, at)
    shown = typed.astimezone(UTC).astimezone().replace(tzinfo=None)
    if shown != typed:
        raise Unreadable(
            f"there is no {at:%H:%M} on {ENGLISH.long(day)} {day.year:04d}: "
            f"the clocks go forward then; type {typed + timedelta(hours=1):%H:%M}"
        )


def refuse_past(day: date, view: View) -> None:
    """Raise Unreadable for a `day` written as a past one where a next contact is asked for."""
    if not view.back:
        raise Unreadable(
            "a next contact is in the future: for a day that has passed type its date, "
            f"{day.day}.{day.month}.{day.year:04d}"
        )
