"""How often a client is contacted: “every” as it is typed, and the date after this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count

from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month
from tickler.core.phrases import counted
from tickler.errors import Unreadable

#: How to write “every”, for a message.
TAKES = (
    "such as 6w (after each contact), +6w (in a fixed rhythm), monthly, mon,thu, first monday, "
    "last working day, 15 (of each month), or none"
)

_UNITS: Mapping[str, str] = {"d": "day", "w": "week", "m": "month", "y": "year", "b": "working day"}
#: What the words for units mean, and how many of it they have.
_UNIT_OF: Mapping[str, tuple[str, int]] = {
    "Ud": ("d", 1), "Uw": ("w", 1), "Uf": ("w", 2), "Um": ("m", 1), "Uq": ("m", 3),
    "Uy": ("y", 1), "Ub": ("b", 1), "WORKING Ud": ("b", 1),
}  # fmt: skip
_ORDINALS: Mapping[str, int] = {
    "O1": 1, "1st": 1, "1.": 1, "O2": 2, "2nd": 2, "2.": 2, "O3": 3, "3rd": 3, "3.": 3,
    "O4": 4, "4th": 4, "4.": 4, "LAST": -1,
}  # fmt: skip
#: Intervals that have a word of their own.
_ADVERBS: Mapping[str, str] = {
    word: interval
    for interval, words in {
        "1d": "daily taeglich",
        "1w": "weekly woechentlich",
        "2w": "fortnightly zweiwoechentlich vierzehntaegig",
        "1m": "monthly monatlich",
        "2m": "zweimonatlich",
        "3m": "quarterly vierteljaehrlich quartalsweise",
        "6m": "halbjaehrlich",
        "1y": "yearly annually annual jaehrlich",
    }.items()
    for word in words.split()
}
_TWO_WAYS = {"biweekly": "2w or mon,thu", "bimonthly": "2m or 2w", "biannually": "6m or 2y"}
_ORDINAL_NAMES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NONE = frozenset({"none", "no", "never", "nie", "kein", "keine"})
_RULES = {"before": "before", "vorher": "before", "after": "after", "nachher": "after",
          "keep": "keep", "fest": "keep"}  # fmt: skip

#: What is done on a day off, where it is not the day after.
_OFF_DAY_TEXTS = {"before": " (before days off)", "after": "", "keep": " (days off too)"}

#: No client is contacted less often than this, in days.
_RAREST = 10 * 366
_MOST = {"d": 3650, "b": 2500, "w": 520, "m": 120, "y": 10}


class OffDay(StrEnum):
    """What is done where the date falls on a day off."""

    BEFORE = "before"
    AFTER = "after"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of days, weeks, months, years or working days: `6w`."""

    count: int
    unit: str

    def after(self, day: date, calendar: Calendar, times: int = 1) -> date:
        """The date `times` intervals after `day`; a month keeps to the month's end."""
        much = self.count * times
        match self.unit:
            case "b":
                return calendar.plus(day, much)
            case "m" | "y":
                month = Month.of(day).plus(much * (12 if self.unit == "y" else 1))
                return month.last.replace(day=min(day.day, month.last.day))
            case _:
                return day + timedelta(days=much * (7 if self.unit == "w" else 1))

    @property
    def text(self) -> str:
        """`6 weeks`."""
        return counted(self.count, _UNITS[self.unit])

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Every:
    """How often: one of an interval, weekdays, or a day of the month.

    `start` makes an interval a fixed rhythm, counted from there. `nth` is 1 to 4, or -1 for the
    last, of the one weekday, or of the working days where none is named; weekdays count from
    Monday = 0.
    """

    interval: Interval | None = None
    start: date | None = None
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    off_day: OffDay = OffDay.AFTER

    @property
    def is_of_calendar(self) -> bool:
        """Whether its dates are those of the calendar or a rhythm, whenever the contact was."""
        return self.interval is None or self.start is not None

    def after(self, day: date, calendar: Calendar) -> date:
        """The date after a contact on `day`: later than it, and as `off_day` says on a day off."""
        for found in self._dates(day, calendar):
            filed = self._filed(found, calendar)
            if filed > day:
                return filed
        raise Unreadable(f"there is no date {self} after {day.isoformat()}")

    def _filed(self, day: date, calendar: Calendar) -> date:
        if self.off_day is OffDay.KEEP or calendar.is_working(day):
            return day
        search = calendar.on_or_before if self.off_day is OffDay.BEFORE else calendar.on_or_after
        return search(day)

    def _dates(self, day: date, calendar: Calendar) -> Iterator[date]:
        """The dates that may be meant, in order; the first may be before `day`."""
        if self.interval and self.start is None:
            yield from (self.interval.after(day, calendar, times) for times in count(1))
        elif self.interval and self.start and self.interval.unit == "b":
            yield from self._working_days(day, calendar)
        elif self.interval and self.start:
            # Each date is counted from the start, so that none of them drifts.
            skipped = max(((day - self.start).days // _longest(self.interval)) - 1, 0)
            yield from (self.interval.after(self.start, calendar, n) for n in count(skipped))
        elif self.month_day:
            for month in (Month.of(day).plus(n) for n in range(_RAREST // 28)):
                yield month.last.replace(day=min(self.month_day, month.last.day))
        elif not self.weekdays:
            for month in (Month.of(day).plus(n) for n in range(_RAREST // 28)):
                yield from self._nth_working_day(month, calendar)
        else:
            yield from self._of_weekdays(day)

    def _working_days(self, day: date, calendar: Calendar) -> Iterator[date]:
        """The dates of a rhythm in working days from the last before `day` on.

        Counted back from there, so that an old rhythm costs what a young one does.
        """
        assert self.interval
        assert self.start
        count, start = self.interval.count, self.start
        if day <= start:
            yield start
        near = max(day, start)
        since = calendar.between(start + ONE_DAY, near + ONE_DAY) if count > 1 else 0
        rest = since % count
        found = calendar.plus(near, count - rest) if rest else calendar.on_or_before(near)
        yield found
        while True:
            found = calendar.plus(found, count)
            yield found

    def _nth_working_day(self, month: Month, calendar: Calendar) -> Iterator[date]:
        number = self.nth or -1
        if number < 0:
            found = calendar.on_or_before(month.last)
        else:
            found = calendar.plus(calendar.on_or_after(month.first), number - 1)
        if Month.of(found) == month:
            yield found

    def _of_weekdays(self, day: date) -> Iterator[date]:
        from dateutil import rrule  # noqa: PLC0415  # only where weekdays are meant

        months = self.nth is not None
        days = [rrule.weekday(n, self.nth) if months else rrule.weekday(n) for n in self.weekdays]
        rule = rrule.rrule(
            rrule.MONTHLY if months else rrule.WEEKLY,
            dtstart=Month.of(day).first if months else day,
            until=day + timedelta(days=min(_RAREST, (date.max - day).days)),
            byweekday=days,
        )
        return (found.date() for found in rule)

    def started(self, day: date) -> Every:
        """A fixed rhythm that has no start yet begins on `day`; any other stays as it is."""
        if self.start != date.min:
            return self
        return Every(self.interval, day, off_day=self.off_day)

    @property
    def text(self) -> str:
        """`every 6 weeks`, `every first Mon of the month`."""
        return f"every {self._rhythm_text}{_OFF_DAY_TEXTS[self.off_day]}"

    @property
    def _rhythm_text(self) -> str:
        if self.interval:
            span = self.interval.text.removeprefix("1 ")
            return f"{span} in a fixed rhythm" if self.start else span
        if self.month_day:
            return f"month on the {self.month_day}."
        days = ", ".join(_WEEKDAY_NAMES[n] for n in self.weekdays) or "working day"
        return f"{_ORDINAL_NAMES[self.nth]} {days} of the month" if self.nth else days

    def __str__(self) -> str:
        """As it is stored, and read again."""
        rule = "" if self.off_day is OffDay.AFTER else f" {self.off_day}"
        if self.interval and self.start and self.start != date.min:
            return f"+{self.interval} from {self.start.isoformat()}{rule}"
        if self.interval:
            return f"{'+' if self.start else ''}{self.interval}{rule}"
        if self.nth is not None:
            day = _WEEKDAYS[self.weekdays[0]] if self.weekdays else "working day"
            return f"{_ORDINAL_NAMES[self.nth]} {day}{rule}"
        if self.month_day:
            return f"{self.month_day}.{rule}"
        return f"{','.join(_WEEKDAYS[n] for n in self.weekdays)}{rule}"


def read_every(text: str) -> Every:
    """What was typed as “every”, a rhythm without a start from `date.min`; raises Unreadable."""
    line, off_day = _without_rule(tokens(text))
    line, every = re.subn(r"^(?:every|alle|jeden|jede|jeder|jedes|each) ", "", line)
    if every:
        _refuse_every_second(line)
    line, start = _without_start(line)
    if line in _TWO_WAYS:
        raise Unreadable(f"{line} is said of two things: type {_TWO_WAYS[line]}")
    line = re.sub(r"^(\+ ?)?([a-z]+)$", lambda m: f"{m[1] or ''}{_ADVERBS.get(m[2], m[2])}", line)
    if (plus := line.startswith("+")) or start:
        line = line.removeprefix("+").strip()
    if interval := _interval(line):
        fixed = (start or date.min) if plus or start else None
        return Every(interval, fixed, off_day=off_day)
    if plus or start or not (found := _of_month(line) or _of_week(line)):
        raise Unreadable(f"“{text.strip()[:40]}” is not an interval: type one {TAKES}")
    weekdays, nth, month_day = found
    return Every(weekdays=weekdays, nth=nth, month_day=month_day, off_day=off_day)


def kept_every(typed: str, start: date) -> str:
    """“Every” as it is stored, "" for `none`; a rhythm begins on `start`. Raises Unreadable."""
    return "" if typed.strip().casefold() in _NONE else str(read_every(typed).started(start))


@lru_cache(maxsize=256)
def every_in_words(stored: str) -> str:
    """What a dossier keeps, in words: `every 6 weeks`; "" where there is nothing."""
    return read_every(stored).text if stored else ""


def sign(stored: str) -> str:
    """What a dossier keeps, in few cells: `↻6w`; "" where there is nothing."""
    return f"↻{stored.partition(' from ')[0]}" if stored else ""


def read_interval(text: str) -> Interval:
    """A plain interval: `6w`, `10 days`, `3 Monate`; raises Unreadable."""
    if found := _interval(tokens(text)):
        return found
    raise Unreadable(f"“{text.strip()[:40]}” is not an interval such as 10d, 6w, 3m or 1y")


def _refuse_every_second(line: str) -> None:
    """Refuse “every second Friday”, which many mean as every other week."""
    head, _, day = line.rpartition(" ")
    if _ORDINALS.get(head) == 2 and (match := re.fullmatch(r"D([0-6])", day)):
        fri = _WEEKDAYS[int(match[1])]
        raise Unreadable(
            f"every second {fri} is every two weeks or the second of each month: type +2w with "
            f"a {fri} as the date, or second {fri}"
        )


def _without_rule(line: str) -> tuple[str, OffDay]:
    head, _, last = line.rpartition(" ")
    return (head, OffDay(_RULES[last])) if head and last in _RULES else (line, OffDay.AFTER)


def _without_start(line: str) -> tuple[str, date | None]:
    match = re.fullmatch(r"(\+.+?) (?:from|ab|von) ([0-9]{4}-[0-9]{2}-[0-9]{2})", line)
    if not match:
        return line, None
    try:
        return match[1], date.fromisoformat(match[2])
    except ValueError:
        raise Unreadable(f"{match[2]} does not exist") from None


def _interval(line: str) -> Interval | None:
    match = re.fullmatch(
        r"(?:N(?P<word>[0-9]{2})|(?P<digits>[0-9]{1,5}))? ?"
        r"(?P<unit>[dwmyb]|U[dwmyb]|U[fq]|WORKING Ud)",
        line,
    )
    if not match:
        return None
    unit, times = _UNIT_OF.get(match["unit"], (match["unit"], 1))
    number = int(match["word"] or match["digits"] or 1) * times
    if not 1 <= number <= _MOST[unit]:
        raise Unreadable(f"{number}{unit} is not an interval: 1{unit} to {_MOST[unit]}{unit}")
    return Interval(number, unit)


def _of_month(line: str) -> tuple[tuple[int, ...], int | None, int | None] | None:
    line = re.sub(r" (?:of|im|des) (?:the )?(?:each |every )?(?:N01 )?Um$", "", line)
    first, _, rest = line.partition(" ")
    if first in _ORDINALS and (day := re.fullmatch(r"D([0-6])", rest)):
        return (int(day[1]),), _ORDINALS[first], None
    if first in _ORDINALS and re.fullmatch(r"WORKING Ud|Ub", rest):
        return (), _ORDINALS[first], None
    if day := re.fullmatch(r"([0-9]{1,2})(?:\.|st|nd|rd|th)?", line):
        number = int(day[1])
        if not 1 <= number <= 31:
            raise Unreadable(f"there is no day {number}: days go from 1 to 31")
        return (), None, number
    return None


def _of_week(line: str) -> tuple[tuple[int, ...], int | None, int | None] | None:
    days = re.split(r"\s*(?:,|;|/|\+|\band\b|\bund\b)\s*|\s+", line)
    found = [re.fullmatch(r"D([0-6])s?", day) for day in days if day]
    if not found or not all(found):
        return None
    return tuple(sorted({int(day[1]) for day in found if day})), None, None


def _longest(interval: Interval) -> int:
    """No interval takes more calendar days than this; a break of working days may be long."""
    each = {"d": 1, "w": 7, "m": 31, "y": 366, "b": 7}[interval.unit]
    return interval.count * each
