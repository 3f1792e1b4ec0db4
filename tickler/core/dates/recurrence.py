"""The rule by which an event of a calendar repeats (RFC 5545, 3.3.10): its days, and as “every”."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tickler.errors import Unreadable

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_UNITS = {"DAILY": "d", "WEEKLY": "w", "MONTHLY": "m", "YEARLY": "y"}
_WORKING_DAYS = (0, 1, 2, 3, 4)
#: In every month there is this day.
_EVERY_MONTH = 28
#: A rule is followed no further than this: in periods, and in days.
_FOLLOWED, _FARTHEST = 1500, 30 * 366
_DAYS_OF = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_MOST = {"DAILY": 3650, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. `weekdays` are (ordinal or 0, day from Monday = 0); `until` is the last day."""

    unit: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def is_endless(self) -> bool:
        return self.count is None and self.until is None

    def days(self, start: date, wanted: date) -> Iterator[date]:
        """The days of the rule from near before `wanted` on, in order, `start` the first of all.

        They end where the rule does, or after some thousand periods. Raises Unreadable for a rule
        that ends after a number of times that is beyond them.
        """
        skipped = 0 if self.count is not None else self._periods_before(start, wanted)
        left = self.count
        periods = max(_FARTHEST // (_DAYS_OF[self.unit] * self.interval), 2) + 3
        for n in range(skipped, skipped + (_FOLLOWED if left else min(_FOLLOWED, periods))):
            try:
                period = self._period(start, n * self.interval)
            except (OverflowError, ValueError):
                return
            if self.until and min(period, default=date.min) > self.until:
                return
            for day in period:
                if day < start:
                    continue
                if self.until and day > self.until:
                    return
                yield day
                if left is not None:
                    left -= 1
                    if left <= 0:
                        return
        if left:
            raise Unreadable(f"it repeats {self.count} times, which are too many to count")

    def every(self, start: date) -> str:
        """As it is typed for a dossier, "" where that cannot say it: `+2w`, `mon,thu`, `15.`.

        A day off counts as any other day, as it does in a calendar.
        """
        found = self._every(start) if self.is_endless else ""
        return f"{found} keep" if found else ""

    def _every(self, start: date) -> str:  # one line for each way to say it
        if self.interval > _MOST[self.unit]:
            return ""
        rhythm = f"+{self.interval}{_UNITS[self.unit]}"
        named = tuple(sorted({day for nth, day in self.weekdays if not nth}))
        simple = not (self.month_days or self.months or self.places)
        match self.unit:
            case "DAILY" if simple and not self.weekdays:
                return rhythm
            case "DAILY" | "WEEKLY" if simple and self.interval == 1 and named:
                return ",".join(_NAMES[day] for day in named)
            case "WEEKLY" if simple and (not self.weekdays or named == (start.weekday(),)):
                return rhythm if self.interval > 1 else _NAMES[start.weekday()]
            case "MONTHLY":
                return self._every_month(start, named, rhythm)
            case "YEARLY" if not self.weekdays and not self.places:
                # A day of the month without its month is that of every month.
                same = (self.months, self.month_days) in (
                    ((), ()),
                    ((start.month,), ()),
                    ((start.month,), (start.day,)),
                )
                return rhythm if same and (start.month, start.day) != (2, 29) else ""
        return ""

    def _every_month(self, start: date, named: tuple[int, ...], rhythm: str) -> str:
        if self.months:
            return ""
        if not self.weekdays and not self.places:
            days = self.month_days or (start.day,)
            if len(days) != 1 or not (days[0] == -1 or 0 < days[0] <= _EVERY_MONTH):
                return ""
            if self.interval == 1:
                return f"{31 if days[0] == -1 else days[0]}."
            return rhythm if days[0] == start.day else ""
        if self.interval != 1 or self.month_days:
            return ""
        if len(self.weekdays) == 1:
            ((nth, day),) = self.weekdays
            if not nth and len(self.places) == 1:
                nth = self.places[0]
            elif self.places:
                return ""
            return f"{_ORDINALS[nth]} {_NAMES[day]}" if nth in _ORDINALS else ""
        is_working = named == _WORKING_DAYS and len(self.weekdays) == len(named)
        if is_working and len(self.places) == 1 and self.places[0] in _ORDINALS:
            return f"{_ORDINALS[self.places[0]]} working day"
        return ""

    def _periods_before(self, start: date, wanted: date) -> int:
        """How many periods can be left out because they are over before the wanted day."""
        if wanted <= start:
            return 0
        longest = _DAYS_OF[self.unit] * self.interval
        return max((wanted - start).days // longest - 3, 0)

    def _period(self, start: date, n: int) -> list[date]:
        """The days of the rule in the n-th day, week, month or year after that of the start."""
        match self.unit:
            case "DAILY":
                found = [start + timedelta(days=n)]
                found = [day for day in found if self._is_named(day)]
            case "WEEKLY":
                first = start - timedelta(days=(start.weekday() - self.week_start) % 7)
                week = [first + timedelta(days=7 * n + k) for k in range(7)]
                named = {day for _, day in self.weekdays} or {start.weekday()}
                found = [day for day in week if day.weekday() in named]
            case "MONTHLY":
                month = start.year * 12 + start.month - 1 + n
                found = self._of_month(month // 12, month % 12 + 1, start)
            case _:
                found = self._of_year(start.year + n, start)
        if self.months:
            found = [day for day in found if day.month in self.months]
        if self.places:
            found = [found[p - 1 if p > 0 else p] for p in self.places if abs(p) <= len(found)]
        return sorted(set(found))

    def _is_named(self, day: date) -> bool:
        last = monthrange(day.year, day.month)[1]
        of_month = {day.day, day.day - last - 1}
        return (not self.month_days or not of_month.isdisjoint(self.month_days)) and (
            not self.weekdays or day.weekday() in {each for _, each in self.weekdays}
        )

    def _of_month(self, year: int, month: int, start: date) -> list[date]:
        last = monthrange(year, month)[1]
        days = [date(year, month, number) for number in range(1, last + 1)]
        if not self.weekdays and not self.month_days:
            return [day for day in days if day.day == start.day]
        if self.month_days:
            days = [d for d in days if not {d.day, d.day - last - 1}.isdisjoint(self.month_days)]
        return self._of_weekdays(days, whole=[date(year, month, n) for n in range(1, last + 1)])

    def _of_year(self, year: int, start: date) -> list[date]:
        if self.weekdays and not self.months and not self.month_days:
            first = date(year, 1, 1)
            days = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
            return self._of_weekdays(days, whole=days)
        months = self.months or (range(1, 13) if self.month_days else (start.month,))
        return [day for month in months for day in self._of_month(year, month, start)]

    def _of_weekdays(self, days: list[date], whole: list[date]) -> list[date]:
        """Those of the days that are on the weekdays, by their ordinal within the whole."""
        if not self.weekdays:
            return days
        wanted: set[date] = set()
        for nth, weekday in self.weekdays:
            alike = [day for day in whole if day.weekday() == weekday]
            if not nth:
                wanted.update(alike)
            elif abs(nth) <= len(alike):
                wanted.add(alike[nth - 1 if nth > 0 else nth])
        return [day for day in days if day in wanted]


def read(text: str) -> Recurrence:
    """The rule of an RRULE; raises Unreadable for what is no rule or not read here."""
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.strip().partition("=")
        if name:
            parts[name] = value.strip()
    unit = parts.pop("FREQ", "")
    if unit not in _UNITS:
        said = {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}.get(unit)
        raise Unreadable(f"it repeats every {said}" if said else "it repeats in no known way")
    try:
        rule = _rule(unit, parts)
    except (ValueError, KeyError, OverflowError):
        raise Unreadable("its rule of repeating cannot be read") from None
    if parts:
        raise Unreadable(f"it repeats by {', '.join(sorted(parts))[:60]}")
    return rule


def _rule(unit: str, parts: dict[str, str]) -> Recurrence:
    """The rule of these parts, which are taken out."""

    def numbers(name: str, most: int) -> tuple[int, ...]:
        found = tuple(int(each) for each in parts.pop(name, "").split(",") if each)
        if any(not -most <= each <= most or not each for each in found):
            raise ValueError(name)
        return found

    interval = int(parts.pop("INTERVAL", "") or 1)
    count = int(parts.pop("COUNT")) if parts.get("COUNT") else None
    until = parts.pop("UNTIL", "")
    if not 1 <= interval <= 100_000 or (count is not None and count < 1):
        raise ValueError("INTERVAL")
    named = [_BY_DAY.fullmatch(each) for each in parts.pop("BYDAY", "").split(",") if each]
    weekdays = tuple((int(m[1] or 0), _WEEKDAYS.index(m[2])) for m in named if m)
    if len(weekdays) != len(named):
        raise ValueError("BYDAY")
    months = numbers("BYMONTH", 12)
    if any(month < 1 for month in months):
        raise ValueError("BYMONTH")
    parts.pop("COUNT", None)
    return Recurrence(
        unit,
        interval,
        count,
        date.fromisoformat(f"{until[:4]}-{until[4:6]}-{until[6:8]}") if until else None,
        weekdays,
        numbers("BYMONTHDAY", 31),
        months,
        numbers("BYSETPOS", 366),
        _WEEKDAYS.index(parts.pop("WKST", "MO") or "MO"),
    )
