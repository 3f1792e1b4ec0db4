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
    """An insert and what lies there: `dated` are the dossiers of it that have a day.

    `load` and `capacity` are in the unit of `measure`; None: no day is meant. `holiday` names a
    day off that has a name, an absence too.
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
    first_time: str | None = None

    @property
    def when(self) -> NextContact | None:
        """What a dossier filed here has next; None where that is no day and no month."""
        if self.date:
            return NextContact(on=self.date)
        return NextContact(month=self.month) if self.month else None

    @property
    def off(self) -> str:
        """Why nobody works that day: `Christmas Day`, `day off`; nothing on a working day."""
        return self.holiday or ("day off" if self.working is False else "")

    @property
    def is_over(self) -> bool:
        """Whether a working day holds more than the rep can do."""
        return 0 < (self.capacity or 0) < (self.load or 0)

    @property
    def share(self) -> str:
        """`9 of 20`, `5:20 of 6:00 h`; what lies there where no capacity is known."""
        if self.capacity:
            return self.measure.of(self.load or 0, self.capacity)
        return self.measure.there(self.load or 0) if self.date else str(self.count)

    @property
    def key(self) -> str:
        """Its name within its layout."""
        return key_of(self.slot, self.label)

    @property
    def is_numbered(self) -> bool:
        """Whether its label is a number alone."""
        return self.label.isdigit()

    @property
    def is_dated(self) -> bool:
        """Whether it is labelled by its date, not by a number."""
        return self.key != self.slot


@dataclass(frozen=True, slots=True)
class Away:
    """How many days the rep did nothing at all before today, and what is late since."""

    days: int
    late: int
    agreed: int

    @property
    def said(self) -> str:
        """`4 days away: 31 late, 5 of them agreed`."""
        agreed = f", {self.agreed} of them agreed" if self.agreed else ""
        return f"{self.days} days away: {self.late or 'nothing'} late{agreed}"


@dataclass(frozen=True, slots=True)
class Turn:
    """How many dossiers came out of the inserts of these months without a day."""

    count: int
    months: tuple[Month, ...]
    running: Month

    def said(self, words: DateWords) -> str:
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
    def said(self) -> str:
        """`3 slips due`."""
        return f"{counted(self.count, 'slip')} due"


@dataclass(frozen=True, slots=True)
class Day:
    """Where the day stands: dossiers worked today, dossiers left, the appointments not yet worked.

    `capacity` and the two loads are in the unit of `measure`. `away` and `slips` are there until
    the rep does something today, `turn` until something is done this month.
    """

    today: date
    done: int
    left: int
    capacity: int
    done_load: int
    left_load: int
    measure: Capacity
    appointments: tuple[Appointment, ...] = ()
    away: Away | None = None
    turn: Turn | None = None
    slips: SlipsDue | None = None

    @property
    def gathered(self) -> str:
        """What came together since the rep was here: `4 days away: 31 late · 3 slips due`.

        Without days away it says how many of the slips are late.
        """
        late = f", {self.slips.late} of them late" if self.slips and self.slips.late else ""
        said = [each.said for each in (self.away, self.slips) if each]
        return " · ".join(said) + ("" if self.away else late)

    def ahead(self, now: datetime) -> Appointment | None:
        """The next appointment of the day."""
        return next((each for each in self.appointments if each.at >= now), None)

    @property
    def load(self) -> int:
        """What today takes: what is done counts against what the rep can do, like what is left."""
        return self.done_load + self.left_load

    @property
    def is_over(self) -> bool:
        """Whether a working day holds more than the rep can do."""
        return 0 < self.capacity < self.load
