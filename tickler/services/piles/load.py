"""What is on each day and in each month, counted once by SQL, and what the rep can do there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.contact.kinds import PLANNED_KINDS, Direction, Kind, Status
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.echo import NEARBY
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import CABINET, INBOX, OVERDUE, Insert, Month
from tickler.core.planning.capacity import Unit
from tickler.desk import Work
from tickler.models import Dossier, Entry, Mail, Rep, Slip

CLOSED = tuple(status for status in Status if status is not Status.OPEN)

#: That a dossier is a note, in the words of the index of notes: it serves no others.
IS_NOTE: ColumnElement[bool] = literal_column("dossier.is_note")

_KIND = SQLModel.metadata.tables["dossier"].c.next_kind


@dataclass(frozen=True, slots=True)
class DoneOnDay:
    """The dossiers that were worked or closed on a day, and how much of it that took."""

    dossiers: int
    load: int


class LoadTally:
    """How many open dossiers are on each day and in each month, and how much work is left there.

    `loads` are what is not worked yet, today with the overdue, and `taken` what is no longer there
    of a day: the appointments on slips, and today what was done. All are in the unit of the rep's
    capacity.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        # Grouped in the order of the index, which counts as it goes; the worked are few, and apart.
        counted, worked = (_counted(work, which) for which in ("0", "1"))
        worked = worked.where(
            col(Dossier.next_on) <= work.today, col(Dossier.worked_on) == work.today
        )
        found = work.ask(union_all(counted, worked)).all()
        done_with = {tuple(end): count for *end, count, is_done in found if is_done}
        self.days: dict[date, int] = {}
        self.loads: dict[date, int] = {}
        self.months: dict[Month, int] = {}
        self.undated = 0
        self._left: dict[date, int] = {}
        self._late = self._late_load = 0
        for on, month, kind, count, is_done in found:
            if is_done:
                continue
            if on:
                self.days[on] = self.days.get(on, 0) + count
                if left := count - done_with.get((on, month, kind), 0):
                    self._lay(on, left, left * work.settings.capacity.weight(kind))
            elif month:
                named = Month.parse(month)
                self.months[named] = self.months.get(named, 0) + count
            else:
                self.undated += count
        self.taken = booked(work)
        self.taken[work.today] = self.taken.get(work.today, 0) + done(work).load

    def _lay(self, on: date, count: int, load: int) -> None:
        if on < self._work.today:
            self._late += count
            self._late_load += load
        day = max(on, self._work.today)
        self._left[day] = self._left.get(day, 0) + count
        self.loads[day] = self.loads.get(day, 0) + load

    @cached_property
    def closed(self) -> int:
        """How many dossiers are closed."""
        counted = select(func.count()).select_from(Dossier)
        others = select(col(Rep.id)).where(col(Rep.id) != self._work.rep_id)
        if self._work.ask(select(others.exists())).scalar_one():
            own = col(Dossier.owner_id) == self._work.rep_id
            counted = counted.where(own, col(Dossier.status).in_(CLOSED))
            return int(self._work.ask(counted).scalar_one())
        # All are the rep's: SQLite counts a whole table without reading what is in it.
        opened = sum(self.days.values()) + sum(self.months.values()) + self.undated
        return int(self._work.ask(counted).scalar_one()) - opened

    def count(self, insert: Insert) -> int:
        """How many dossiers are behind an insert, those that were worked too."""
        if insert.slot in (INBOX, CABINET):
            return self.undated if insert.slot == INBOX else self.closed
        days, months = self._bounds(insert)
        return _sum_within(self.days, days) + _sum_within(self.months, months)

    def waiting(self, insert: Insert) -> int:
        """How many of them need a day."""
        return _sum_within(self.months, self._bounds(insert)[1])

    def dated(self, insert: Insert) -> int:
        """How many dossiers have a day there, and are not worked yet."""
        return self._late if insert.slot == OVERDUE else _sum_within(self._left, insert.days)

    def load(self, insert: Insert) -> int:
        """How much work has a day there; what needs a day is no load."""
        return self._late_load if insert.slot == OVERDUE else _sum_within(self.loads, insert.days)

    def capacity(self, day: date) -> int:
        """What is left of what the rep can do on a day."""
        return _left(self._work, day, self.taken)

    def _bounds(
        self, insert: Insert
    ) -> tuple[tuple[date, date] | None, tuple[Month, Month] | None]:
        """The ranges of an insert; today's includes the overdue."""
        days, months = insert.days, insert.months
        if days and days[0] == self._work.today:
            days = (date.min, days[1])
            months = (Month(MINYEAR, 1), months[1]) if months else None
        return days, months


def _counted(work: Work, which: str) -> Select[*tuple[Any, ...]]:
    """How many open dossiers have each end, and which of two counts it is."""
    ends = (col(Dossier.next_on), col(Dossier.next_month), col(Dossier.next_kind))
    counted: Select[*tuple[Any, ...]] = select(*ends, func.count(), literal_column(which))
    return counted.where(*mine(work)).group_by(*ends)


def is_worked(work: Work) -> ColumnElement[bool]:
    """Whether a dossier of today's pile was worked today, and not filed since."""
    worked = (col(Dossier.next_on) <= work.today) & (col(Dossier.worked_on) == work.today)
    return func.coalesce(worked, False)


def near(work: Work, centre: date) -> tuple[Mapping[date, int], Mapping[date, int]]:
    """The loads around `centre`, and what is left of what the rep can do on each day there.

    Today's load includes the overdue, and not what was worked.
    """
    span = timedelta(days=NEARBY)
    start = centre - span if centre - date.min > span else date.min
    end = centre + span if date.max - centre > span else date.max
    with_overdue = start <= work.today <= end
    on, kind = col(Dossier.next_on), col(Dossier.next_kind)
    lying: Select[*tuple[Any, ...]] = (
        select(on, kind, func.count(), literal_column("0").label("booked"))
        .where(*mine(work), on.between(date.min if with_overdue else start, end))
        .where(~is_worked(work))
        .group_by(on, kind)
    )
    appointments = _booked(work, (start, end)).add_columns(literal_column("1"))
    loads: dict[date, int] = {}
    taken: dict[date, int] = {}
    for day, of_kind, count, is_booked in work.ask(union_all(lying, appointments)):
        more = count * work.settings.capacity.weight(of_kind)
        if is_booked:
            taken[day] = more
            continue
        if day >= start:
            loads[day] = loads.get(day, 0) + more
        if with_overdue and day < work.today:
            loads[work.today] = loads.get(work.today, 0) + more
    if with_overdue:
        taken[work.today] = taken.get(work.today, 0) + done(work).load
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return loads, {day: _left(work, day, taken) for day in days}


def done(work: Work, day: date | None = None) -> DoneOnDay:
    """What the rep has done today, or on a day before; a mail that came in is no work.

    Closing takes no time.
    """
    day = day or work.today
    not_own = or_(col(Mail.direction) != Direction.OUT, col(Mail.of_colleague))
    came_in = (col(Mail.entry_id) == col(Entry.id)) & not_own
    written = (
        select(col(Entry.dossier_id), col(Entry.kind), col(Entry.minutes))
        .where(col(Entry.author_id) == work.rep_id)
        .where(col(Entry.at) >= morning(day), col(Entry.at) < morning(day + ONE_DAY))
        .where(col(Entry.at) <= work.now)
        .where(
            or_(
                col(Entry.kind).in_(PLANNED_KINDS) & ~exists().where(came_in),
                col(Entry.filed_to).in_(CLOSED),
            )
        )
        .where(
            is_own_deed(),
            ~exists().where(col(Dossier.id) == col(Entry.dossier_id), col(Dossier.is_note)),
        )
    )
    measure = work.settings.capacity
    found = work.ask(written).all()
    worked = [entry for entry in found if entry.kind in PLANNED_KINDS]
    # Two calls to one client are one contact, but the time of two.
    contacts = len({entry.dossier_id for entry in worked})
    minutes = sum(measure.took(entry.kind, entry.minutes) for entry in worked)
    dossiers = len({entry.dossier_id for entry in found})
    return DoneOnDay(dossiers, minutes if measure.unit is Unit.MINUTES else contacts)


def booked(work: Work, bounds: tuple[date, date] = (date.min, date.max)) -> dict[date, int]:
    """What the open appointments on slips take of each day, within the days of `bounds`."""
    weight = work.settings.capacity.weight
    return {day: count * weight(kind) for day, kind, count in work.ask(_booked(work, bounds))}


def _booked(work: Work, bounds: tuple[date, date]) -> Select[*tuple[Any, ...]]:
    return (
        select(col(Slip.due_on), literal(Kind.MEETING, _KIND.type).label("kind"), func.count())
        .join(Dossier, col(Dossier.id) == col(Slip.dossier_id))
        .where(col(Slip.ticked_on).is_(None), col(Slip.due_on).between(*bounds))
        .where(col(Slip.kind) == SlipKind.APPOINTMENT, *mine(work))
        .group_by(col(Slip.due_on))
    )


def capacity_on(work: Work, day: date) -> int:
    """What is left of what the rep can do on a day, after what is on slips, and done today."""
    taken = booked(work, (day, day))
    if day == work.today:
        taken[day] = taken.get(day, 0) + done(work).load
    return _left(work, day, taken)


def _left(work: Work, day: date, taken: Mapping[date, int]) -> int:
    return work.settings.capacity.left(day, work.calendar, taken.get(day, 0))


def is_own_deed() -> ColumnElement[bool]:
    """Whether a line of history is of this house: not a contact that only a list told of."""
    return col(Entry.direction).is_distinct_from(Direction.OTHERS)


def mine(work: Work) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition that a dossier is the rep's own, and the one that it is open."""
    return col(Dossier.owner_id) == work.rep_id, col(Dossier.status) == Status.OPEN


def _sum_within(counts: Mapping[Any, int], bounds: tuple[Any, Any] | None) -> int:
    if bounds is None:
        return 0
    start, end = bounds
    return sum(count for when, count in counts.items() if start <= when < end)
