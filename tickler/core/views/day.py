"""The day and its inserts as they are shown: what is on them, and what came together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tickler.core.dates.language import DateWords
from tickler.core.filing.reminders import Appointment
from tickler.core.filing.slots import Month, NextContact, key_of
from tickler.core.phrases import counted, plural

if TYPE_CHECKING:
    from tickler.core.planning.capacity import Capacity


@dataclass(frozen=True, slots=True)
class InsertView:
    """An insert and its contents; today's includes the overdue.

    `dated` are the dossiers of it that have a day and are not worked yet, `waiting` those that need
    a day. `load`, what is not worked yet, and `capacity`, what is left of the day, are in the unit
    of `measure`; None: no day is meant. `holiday` names a day off that has a name, an absence too.
    """

    slot: str
    label: str
    date: date | None
    month: Month | None
    count: int
    load: int | None
    capacity: int | None
    working: bool | None
    holiday: str | None
    dated: int
    measure: Capacity
    waiting: int = 0
    first_time: str | None = None

    @property
    def when(self) -> NextContact | None:
        """The next contact of a dossier filed here; None where that is not a day or a month."""
        if self.date:
            return NextContact(on=self.date)
        return NextContact(month=self.month) if self.month else None

    @property
    def off(self) -> str:
        """Why nobody works that day: `Christmas Day`, `day off`; nothing on a working day."""
        return self.holiday or ("day off" if self.working is False else "")

    @property
    def is_over(self) -> bool:
        return bool(self.working) and (self.load or 0) > (self.capacity or 0)

    @property
    def is_too_full(self) -> bool:
        """Whether it is over capacity, or there is anything to do on a day off."""
        return self.is_over or (self.working is False and bool(self.dated))

    @property
    def share(self) -> str:
        """`9 of 20`, `5:20 of 6:00 h`; the load alone where nobody works."""
        if self.working:
            return self.measure.of(self.load or 0, self.capacity or 0)
        return self.measure.there(self.load or 0) if self.date else str(self.count)

    @property
    def key(self) -> str:
        return key_of(self.slot, self.label)

    @property
    def is_numbered(self) -> bool:
        return self.label.isdigit()

    @property
    def is_dated(self) -> bool:
        return self.key != self.slot


@dataclass(frozen=True, slots=True)
class Away:
    """How many days the rep did nothing at all before today, and what is late since."""

    days: int
    late: int
    agreed: int

    @property
    def text(self) -> str:
        """`4 days away: 31 late, 5 of them agreed`."""
        agreed = f", {self.agreed} of them agreed" if self.agreed else ""
        return f"{self.days} days away: {self.late or 'nothing'} late{agreed}"


@dataclass(frozen=True, slots=True)
class Turn:
    """How many dossiers came out of the inserts of these months without a day."""

    count: int
    months: tuple[Month, ...]
    running: Month

    def text(self, words: DateWords) -> str:
        """`31 from December have no day yet`."""
        months = " and ".join(words.month(month) for month in self.months)
        have = plural(self.count, "has", "have")
        return f"{self.count} from {months} {have} no day yet"


@dataclass(frozen=True, slots=True)
class SlipsDue:
    """How many slips are due by today, and how many of them were earlier."""

    count: int
    late: int

    @property
    def text(self) -> str:
        return f"{counted(self.count, 'slip')} due"


@dataclass(frozen=True, slots=True)
class Day:
    """The progress of a day: dossiers done today, dossiers left, appointments not yet worked.

    `load` is what is left to work, `capacity` what is left of the day, both in the unit of
    `measure`. `away` and `slips` are there until the rep does something today, `turn` until
    something is done this month. `handed` says what there is of hand-overs, a line each.
    """

    today: date
    done: int
    left: int
    load: int
    capacity: int
    working: bool
    measure: Capacity
    appointments: tuple[Appointment, ...] = ()
    away: Away | None = None
    turn: Turn | None = None
    slips: SlipsDue | None = None
    handed: tuple[str, ...] = ()

    @property
    def gathered(self) -> str:
        """What is waiting: `4 days away: 31 late · 3 slips due`, or how many slips are late."""
        late = f", {self.slips.late} of them late" if self.slips and self.slips.late else ""
        parts = [each.text for each in (self.away, self.slips) if each]
        return " · ".join(parts) + ("" if self.away else late)

    def ahead(self, now: datetime) -> Appointment | None:
        return next((each for each in self.appointments if each.at >= now), None)

    @property
    def share(self) -> str:
        """`23 of 17`; the load alone on a day off."""
        measure = self.measure
        return measure.of(self.load, self.capacity) if self.working else measure.there(self.load)

    @property
    def is_over(self) -> bool:
        return self.working and self.load > self.capacity
