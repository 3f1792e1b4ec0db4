"""Capacity: how much a rep can do on a day, and how much of it a contact takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tickler.core.contact.kinds import Kind
from tickler.core.dates.workdays import Calendar

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

BARS = " ▁▂▃▄▅▆▇"

_EIGHTHS = " ▏▎▍▌▋▊▉█"

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
        """What the rep can do on `day` after appointments on slips have `taken` their part."""
        return max(self.on(day, calendar) - taken, 0)

    def weight(self, kind: Kind | None) -> int:
        """What one contact of a kind takes; of no kind, it is a call. A note is no contact."""
        if kind is Kind.NOTE:
            return 0
        if self.unit is Unit.CONTACTS:
            return 1
        kind = kind or Kind.CALL
        return self.minutes.get(kind, MINUTES.get(kind, MINUTES[Kind.CALL]))

    def took(self, kind: Kind | None, minutes: int | None) -> int:
        """What a contact took: its own minutes, where that is the unit and they were noted."""
        return minutes if minutes is not None and self.unit is Unit.MINUTES else self.weight(kind)

    @property
    def amounts(self) -> int | str:
        """As it is set: contacts as a number, times and weekdays in words (`6:30, fri 4:00`)."""
        if self.unit is Unit.CONTACTS and not self.by_weekday:
            return self.usual
        days = (f"{_WEEKDAYS[n]} {self.text(a)}" for n, a in sorted(self.by_weekday.items()))
        return ", ".join((self.text(self.usual), *days))

    def text(self, amount: int) -> str:
        """A load or a capacity in words: `9`, or of minutes `5:20`."""
        if self.unit is Unit.CONTACTS:
            return str(amount)
        return f"{amount // 60}:{amount % 60:02d}"

    def brief(self, amount: int) -> str:
        """A load in as few letters as there are: `9`, of minutes the hours it is nearest to."""
        return self.text(amount) if self.unit is Unit.CONTACTS else f"{max(round(amount / 60), 1)}h"

    def of(self, load: int, capacity: int) -> str:
        """`9 of 20`, or of minutes `5:20 of 6:00 h`."""
        return f"{self.text(load)} of {self.text(capacity)}{self._hours}"

    def there(self, load: int) -> str:
        """The load of a day off: `9`, or of minutes `5:20 h`."""
        return f"{self.text(load)}{self._hours}"

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


def gauge(load: int, capacity: int, cells: int) -> str:
    """A bar in eighths of a cell: `cells` for the capacity, a tick there, and a cell for more."""
    eighths = 0
    if load > 0:
        share = load / capacity if capacity > 0 else 2.0
        eighths = min(max(round(share * 8 * cells), 1), 8 * (cells + 1))
        if share <= 1:
            eighths = min(eighths, 8 * cells)
    whole, part = divmod(eighths, 8)
    filled = f"{'█' * whole}{_EIGHTHS[part].strip()}"
    return f"{filled:<{cells}}▏" if len(filled) <= cells else filled
