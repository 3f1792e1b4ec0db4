"""The days a review looks back on: a day, a week, a month or any others, and those before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tickler.core.dates.language import DateWords
from tickler.core.dates.workdays import ONE_DAY, Calendar, shifted
from tickler.core.filing.slots import Month
from tickler.errors import Unreadable

#: No review looks back on more days at once.
MOST_DAYS = 366


class Span(StrEnum):
    """What a period is: one of the calendar's, or any days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` up to, not including, `after`."""

    span: Span
    first: date
    after: date

    @property
    def last(self) -> date:
        return self.after - ONE_DAY

    @property
    def length(self) -> int:
        return (self.after - self.first).days

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.length))

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.after

    def so_far(self, today: date) -> Period:
        return replace(self, after=min(self.after, today + ONE_DAY))

    def moved(self, by: int, calendar: Calendar) -> Period:
        """The period `by` periods later, earlier where negative; days move by working days."""
        if self.span is Span.DAY:
            return period_of(self.span, calendar.plus(self.first, by))
        if self.span is Span.MONTH:
            return period_of(self.span, Month.of(self.first).plus(by).first)
        first = shifted(self.first, by * self.length)
        return replace(self, first=first, after=shifted(first, self.length))

    def back(self, many: int, calendar: Calendar, earliest: date) -> tuple[Period, ...]:
        """It and those before, `many` together, in order; none that begins before `earliest`."""
        found = [self]
        while len(found) < many and found[-1].first > earliest:
            found.append(found[-1].moved(-1, calendar))
        return tuple(each for each in reversed(found) if each.first >= earliest)

    def before(self, today: date, calendar: Calendar) -> Period:
        """The period to compare it with: the one before, as far as this one has come."""
        earlier = self.moved(-1, calendar)
        if self.span is Span.DAY or today not in self or today == self.last:
            return earlier
        come = (today - self.first).days + 1
        return replace(earlier, after=min(earlier.after, earlier.first + timedelta(days=come)))

    def text(self, words: DateWords) -> str:
        """`Mon 23 November 2026`, `W48 · Mon 23 to Sun 29 Nov 2026`, `November 2026`."""
        year = f"{self.last.year:04d}"
        if self.span is Span.DAY:
            return f"{words.long(self.first)} {year}"
        if self.span is Span.MONTH and self.length == Month.of(self.first).last.day:
            return f"{words.month(self.first)} {year}"
        same_month = Month.of(self.first) == Month.of(self.last) and self.length > 1
        start = words.day(self.first) if same_month else words.short(self.first)
        if self.first.year != self.last.year:
            start += f" {self.first.year:04d}"
        end = f" to {words.short(self.last)}" if self.length > 1 else ""
        week = f"{words.week}{self.first.isocalendar().week} · " if self.span is Span.WEEK else ""
        return f"{week}{start}{end} {year}"


def period_of(span: Span, day: date) -> Period:
    """The day, week or month that `day` is in."""
    if span is Span.MONTH:
        month = Month.of(day)
        return Period(span, month.first, month.last + ONE_DAY)
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(span, monday, monday + timedelta(days=7))
    return Period(Span.DAY, day, day + ONE_DAY)


def between(first: date, last: date) -> Period:
    """The days from `first` to `last`, both included; raises Unreadable where that is no period."""
    if last < first:
        raise Unreadable(f"a review from {first} to {last} has no days: the first comes first")
    if (last - first).days >= MOST_DAYS:
        raise Unreadable(f"a review takes a year at most; from {first} to {last} is longer")
    return Period(Span.DAYS, first, last + ONE_DAY)
