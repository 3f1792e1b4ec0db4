"""A proposal: which dossiers would go to which day, why, and how full those days then are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.planning.capacity import Capacity


@dataclass(frozen=True, slots=True)
class Loose:
    """A dossier as a proposal sees it.

    `weight` is in the unit of the rep's capacity, `days_late` in working days, `rank` 0 is the
    most important segment. `by` is the last possible day, since an open slip is due then, and
    `by_why` names that. `held` says why it is not moved at all; "" if it may be.
    """

    id: int
    name: str
    next: NextContact
    weight: int = 1
    slides: int = 0
    days_late: int = 0
    rank: int = 0
    by: date | None = None
    by_why: str = ""
    held: str = ""
    last_contact: datetime | None = None
    about: str = field(default="", compare=False)

    def may_lie_on(self, day: date) -> bool:
        """Whether it would come up before, or when, its open slips are due."""
        return self.by is None or day <= self.by


@dataclass(frozen=True, slots=True)
class Room:
    """The load of each day and what the rep can do there, in the unit of `measure`.

    Today's load includes what is overdue, and not what was worked. `taken` is what is no longer
    there of a day: the appointments on slips, and today what was done.
    """

    today: date
    loads: Mapping[date, int]
    measure: Capacity
    calendar: Calendar
    taken: Mapping[date, int]

    def load(self, day: date) -> int:
        return self.loads.get(day, 0)

    def capacity(self, day: date) -> int:
        return self.measure.left(day, self.calendar, self.taken.get(day, 0))

    def left(self, day: date) -> int:
        """How much more can be done that day; negative where it is too full."""
        return self.capacity(day) - self.load(day)

    def day_of(self, row: Loose) -> date | None:
        """The day whose load has the dossier: today for an overdue one, none for a month's."""
        return max(row.next.on, self.today) if row.next.on else None


@dataclass(frozen=True, slots=True)
class ProposedMove:
    """One dossier that would move, and why; `out` where the rep leaves it where it is."""

    row: Loose
    to: date
    why: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier that stays where it is, and why."""

    row: Loose
    why: str


@dataclass(frozen=True, slots=True)
class DayLoad:
    """A day that a proposal touches: its load before and after, and what the rep can do there."""

    day: date
    before: int
    after: int
    capacity: int

    @property
    def is_over(self) -> bool:
        return self.after > self.capacity


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would go where, before anything is done; lines count from 1.

    `verb` is spread or fill, `source` what it is about (`Mon 23 Nov`, `what is late`), `empty`
    the sentence that says why there is no line.
    """

    verb: str
    source: str
    room: Room
    lines: tuple[ProposedMove, ...] = ()
    kept: tuple[Kept, ...] = ()
    empty: str = ""

    @property
    def moves(self) -> tuple[ProposedMove, ...]:
        return tuple(line for line in self.lines if not line.out)

    @property
    def days(self) -> tuple[DayLoad, ...]:
        """Every day that is touched, in order, also one whose lines were left out."""
        shift: dict[date, int] = {}
        for line in self.lines:
            weight = 0 if line.out else line.row.weight
            if start := self.room.day_of(line.row):
                shift[start] = shift.get(start, 0) - weight
            shift[line.to] = shift.get(line.to, 0) + weight
        load, capacity = self.room.load, self.room.capacity
        return tuple(
            DayLoad(day, load(day), load(day) + by, capacity(day))
            for day, by in sorted(shift.items())
        )

    @property
    def text(self) -> str:
        """`12 dossiers spread over 4 days`."""
        dossiers = counted(len(self.moves), "dossier")
        if self.verb == "fill":
            return f"{dossiers} pulled to {self.source}"
        days = counted(len({line.to for line in self.moves}), "day")
        return f"{dossiers} spread over {days}"

    @property
    def head(self) -> str:
        return self.text if self.verb == "fill" else f"{self.source}: {self.text}"

    def sent(self, number: int, day: date) -> Proposal:
        return self._with(number, replace(self.lines[number - 1], to=day, out=False))

    def left_out(self, number: int, *, out: bool = True) -> Proposal:
        """Without the line, which stays visible; or with it again."""
        return self._with(number, replace(self.lines[number - 1], out=out))

    def stepped(self, number: int, days: int) -> Proposal:
        """With the line moved by `days` working days; never before today."""
        there = self.room.calendar.plus(self.lines[number - 1].to, days)
        return self.sent(number, max(there, self.room.today))

    def _with(self, number: int, line: ProposedMove) -> Proposal:
        return replace(self, lines=(*self.lines[: number - 1], line, *self.lines[number:]))
