"""When something happened, as it is typed looking back: `this morning`, `vor 2 Stunden`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tickler.core.dates.context import DateOrder, View, refuse_missing
from tickler.core.dates.language import DateWords
from tickler.core.dates.reading import line_of, take_apart
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month
from tickler.core.phrases import counted
from tickler.core.text import quote
from tickler.errors import Unreadable

#: Without a year, no date is read that lies further away than this: it would leap a year.
LEAP = timedelta(days=273)

#: The time that is written down for half of a day, and for a day alone.
_TIME_OF_HALF: Mapping[Half | None, time] = {
    Half.AM: time(9), Half.PM: time(15), None: time(12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that has come, with the time or the half of the day where one was typed."""

    day: date
    at: time | None = None
    half: Half | None = None

    def when(self, now: datetime) -> datetime:
        """The moment as it is written down, never after `now`: a day alone counts from noon."""
        if self.at is None and self.half is None and self.day == now.date():
            return now
        return min(datetime.combine(self.day, self.at or _TIME_OF_HALF[self.half]), now)

    def text(self, today: date, words: DateWords) -> str:
        """`Fri 27 November 2026 14:30, 3 days ago`: what was understood, to be echoed."""
        clock = f" {self.at:%H:%M}" if self.at else f" {words.half(self.half)}" if self.half else ""
        ago = "" if self.day == today else f", {words.days_ago((today - self.day).days)}"
        return f"{words.long(self.day)} {self.day.year:04d}{clock}{ago}"


def read_moment(
    text: str,
    now: datetime,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
    present: date | None = None,
) -> Moment:
    """When something happened, as typed at `now` (naive, local): `this morning`, `9:15`, `-2h`.

    The grammar of dates looking back: without a year or a month the latest such day, today
    included; a weekday is never today; a time alone is of the day `present`, or today's. Raises
    Unreadable for what is still to come, for a number with two readings (`9`, `9.10`), and for a
    date without a year that would be the one of another year.
    """
    today = now.date()
    view = View(today, calendar or Calendar(), order, back=True, now=now, clock_alone=True)
    line = line_of(text)
    reading = take_apart(line, view, text)
    if isinstance(reading.day, Month):
        raise Unreadable(f"{reading.day.label} is a month: give the day it happened")
    day = reading.day or present or today
    refuse_leap(day, line, today)
    starts = reading.at or (time(12) if reading.half is Half.PM else time.min)
    if datetime.combine(day, starts) > now:
        raise Unreadable(f"{quote(text)} is still to come: give a time that has passed")
    refuse_missing(day, reading.at)
    return Moment(day, reading.at, reading.half)


def refuse_leap(day: date, line: str, today: date) -> None:
    """Raise Unreadable where `line`, without a year, was read as a day of another year."""
    if today - day <= LEAP or not is_without_year(line):
        return
    typed = f"{day.day}.{day.month}."
    ago = counted((today - day).days, "day")
    raise Unreadable(
        f"without a year the last {typed} is {ago} ago: type {typed}{day.year:04d} if that is meant"
    )


def is_without_year(line: str) -> bool:
    """Whether a typed date leaves its year to be found: no year in it, and nothing counted."""
    with_year = (
        r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])|[0-9]{8}|[./][0-9]{1,2}[./][0-9]{2}(?![0-9])|"
        r"M[0-9]{2} ?-?'?[0-9]{2}$|U[dwmybf]|\+|[0-9] ?[dwmyb](?![a-z0-9])|Uy"
    )
    return not re.search(with_year, line)
