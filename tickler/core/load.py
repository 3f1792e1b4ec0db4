"""Load and capacity of days, and the echo that names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice

from tickler.core.contacts import Kind
from tickler.core.language import DateWords
from tickler.core.slots import LATER, OVERDUE, NextContact
from tickler.core.views import Remark
from tickler.core.when import spoken
from tickler.core.workdays import Calendar

#: How far from a full day a lighter one is looked for, in days.
NEARBY = 14

#: Appointments closer than this clash.
AN_HOUR = timedelta(hours=1)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

BARS = " ▁▂▃▄▅▆▇"


#: How long a contact of a kind takes, in minutes, where the settings do not say.
MINUTES: Mapping[Kind, int] = {
    Kind.FIRST_CALL: 15,
    Kind.CALL: 10,
    Kind.MEETING: 60,
    Kind.EMAIL: 10,
    Kind.OFFER: 30,
    Kind.VISIT: 120,
    Kind.OTHER: 10,
}


class Unit(StrEnum):
    """What load is counted in."""

    CONTACTS = "contacts"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much a rep can do on a working day, and how much of it a contact takes.

    `by_weekday` goes before `usual`, counted from Monday = 0; both are in `unit`. `minutes` goes
    before `MINUTES` where the unit is minutes.
    """

    usual: int = 20
    unit: Unit = Unit.CONTACTS
    by_weekday: Mapping[int, int] = field(default_factory=dict)
    minutes: Mapping[Kind, int] = field(default_factory=dict)

    def on(self, day: date, calendar: Calendar) -> int:
        """What the rep can do on `day`: nothing on a day off."""
        if not calendar.is_working(day):
            return 0
        return self.by_weekday.get(day.weekday(), self.usual)

    def left(self, day: date, calendar: Calendar, taken: int) -> int:
        """What the rep can do on `day` beside appointments on slips that take so much of it."""
        return max(self.on(day, calendar) - taken, 0)

    def weight(self, kind: Kind | None) -> int:
        """What one contact of a kind takes; of no kind, it is a call."""
        if self.unit is Unit.CONTACTS:
            return 1
        kind = kind or Kind.CALL
        return self.minutes.get(kind, MINUTES.get(kind, MINUTES[Kind.CALL]))

    def took(self, kind: Kind | None, minutes: int | None) -> int:
        """What a contact took: of a time its own minutes, where they were noted."""
        return minutes if minutes is not None and self.unit is Unit.MINUTES else self.weight(kind)

    @property
    def amounts(self) -> int | str:
        """As it is set: contacts as a number, times and weekdays in words (`6:30, fri 4:00`)."""
        if self.unit is Unit.CONTACTS and not self.by_weekday:
            return self.usual
        days = (f"{_WEEKDAYS[n]} {self.said(a)}" for n, a in sorted(self.by_weekday.items()))
        return ", ".join((self.said(self.usual), *days))

    def said(self, amount: int) -> str:
        """A load or a capacity in words: `9`, or of minutes `5:20`."""
        if self.unit is Unit.CONTACTS:
            return str(amount)
        return f"{amount // 60}:{amount % 60:02d}"

    def of(self, load: int, capacity: int) -> str:
        """`9 of 20`, or of minutes `5:20 of 6:00 h`."""
        return f"{self.said(load)} of {self.said(capacity)}{self._hours}"

    def there(self, load: int) -> str:
        """What lies on a day off: `9`, or of minutes `5:20 h`."""
        return f"{self.said(load)}{self._hours}"

    @property
    def _hours(self) -> str:
        return " h" if self.unit is Unit.MINUTES else ""


#: Twenty contacts a working day.
USUAL = Capacity()


def bar(load: int, capacity: int) -> str:
    """One cell that fills as the load nears the capacity."""
    if load <= 0:
        return BARS[0]
    share = load / max(capacity, 1)
    return BARS[min(max(round(share * (len(BARS) - 1)), 1), len(BARS) - 1)]


def echo(
    when: NextContact,
    slot: str,
    label: str,
    load: int | None,
    capacity: int | None,
    *,
    words: DateWords,
    measure: Capacity = USUAL,
) -> str:
    """What was understood: `→ Fri 3 July 2026 · insert 3 · 9 of 20`.

    `load` is the day's with this dossier, in the unit of `measure`; of a month it counts
    dossiers. None where neither is meant.
    """
    if when == NextContact():
        return "→ inbox"
    parts = [f"→ {spoken(when, words)}", _place(slot, words.insert(slot, label))]
    if load is not None and slot != OVERDUE:
        parts.append(measure.of(load, capacity) if capacity else _there(load, capacity, measure))
    return " · ".join(parts)


def _there(load: int, capacity: int | None, measure: Capacity) -> str:
    """What lies on a day off; of a month, whose capacity is None, how many dossiers."""
    return f"{load if capacity is None else measure.there(load)} there"


def _place(slot: str, label: str) -> str:
    if slot == OVERDUE:
        return "today's pile"
    return LATER if slot == LATER else f"insert {label}"


def crowding(
    day: date,
    load: int,
    capacity: int,
    room: Callable[[date], int],
    *,
    words: DateWords,
    measure: Capacity = USUAL,
) -> Remark | None:
    """The warning that a day is over capacity, with the two nearest days after it that have room.

    `room` is what more can be done on a day: nothing, or less, on a full one and on a day off.
    """
    if not capacity or load <= capacity:
        return None
    after = (day + timedelta(days=n) for n in range(1, NEARBY + 1))
    lighter = ", ".join(words.day(d) for d in islice((d for d in after if room(d) > 0), 2))
    hint = f": lighter are {lighter}" if lighter else ""
    return Remark("over-capacity", f"{measure.of(load, capacity)}{hint}")


def clashes(when: NextContact, others: Iterable[tuple[time, str]]) -> tuple[Remark, ...]:
    """The other appointments of the day, with their names, less than an hour from this one."""
    if when.at is None:
        return ()
    at = timedelta(hours=when.at.hour, minutes=when.at.minute)
    return tuple(
        Remark("clash", f"{other:%H:%M} {name}")
        for other, name in others
        if abs(timedelta(hours=other.hour, minutes=other.minute) - at) < AN_HOUR
    )
