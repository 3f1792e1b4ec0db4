"""A rep's targets: how they are written, and what of them falls on a period."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tickler.core.dates.periods import Period
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month


class Per(StrEnum):
    """Over which time an amount is meant."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Measure(StrEnum):
    """How a figure is measured: a number, a part of a whole, minutes."""

    COUNT = "count"
    SHARE = "share"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Target:
    """What a rep wants to reach: an amount `per` time; without one a share, or minutes at most."""

    amount: float
    per: Per | None = None

    def scaled(self, period: Period, calendar: Calendar) -> float:
        """The part of it for a period: each working day has its share of the week or month.

        A share counts all of the rep's weekdays, so holidays and absences lower the target.
        """
        if self.per is None:
            return self.amount
        days = [day for day in period.days() if calendar.is_working(day)]
        return round(sum(self.amount / self._workdays(day, calendar) for day in days), 6)

    def _workdays(self, day: date, calendar: Calendar) -> int:
        if self.per is Per.DAY:
            return 1
        if self.per is Per.WEEK:
            return len(calendar.weekdays)
        month = Month.of(day)
        length = (month.last + ONE_DAY - month.first).days
        days = (month.first + timedelta(days=n) for n in range(length))
        return sum(each.weekday() in calendar.weekdays for each in days)


#: What can have a target, and in what it is measured.
MEASURES = {
    **dict.fromkeys(("contacts", "first_calls", "repeat_calls", "decision_makers"), Measure.COUNT),
    **dict.fromkeys(("meetings", "offers", "orders"), Measure.COUNT),
    **dict.fromkeys(("done", "reach", "orders_per_contact", "kept"), Measure.SHARE),
    "answer": Measure.MINUTES,
}

#: How a target of each measure is written, for a message.
TAKES = {
    Measure.COUNT: 'a number and its time, such as "20 a day", "3 a week" or "2 a month"',
    Measure.SHARE: 'a share from 1% to 100%, such as "40%"',
    Measure.MINUTES: 'a time such as "4h", "4h30" or "90 min"',
}

_COUNT = re.compile(r"(\d{1,5}(?:\.\d{1,3})?) ?(?:a|per|/) ?(day|week|month)")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?%")
_TIME = re.compile(r"(?:(\d{1,3}) ?h)? ?(?:(\d{1,4}) ?(?:min)?)?")


def read_target(measure: Measure, text: str) -> Target | None:
    """The target as written, or None where it is not one of this measure."""
    line = " ".join(text.casefold().split())
    if measure is Measure.COUNT:
        count = _COUNT.fullmatch(line)
        return Target(float(count[1]), Per(count[2])) if count and float(count[1]) else None
    if measure is Measure.SHARE:
        share = _SHARE.fullmatch(line)
        return Target(float(share[1]) / 100) if share and 1 <= float(share[1]) <= 100 else None
    time = _TIME.fullmatch(line)
    minutes = int(time[1] or 0) * 60 + int(time[2] or 0) if time else 0
    return Target(minutes) if minutes else None


def written(measure: Measure, target: Target) -> str:
    """The target as the settings say it: `20 a day`, `40%`, `4h30`."""
    if measure is Measure.COUNT:
        return f"{target.amount:g} a {target.per}"
    if measure is Measure.SHARE:
        return f"{target.amount * 100:g}%"
    hours, minutes = divmod(round(target.amount), 60)
    return (
        f"{hours}h{minutes:02}" if hours and minutes else f"{hours}h" if hours else f"{minutes} min"
    )
