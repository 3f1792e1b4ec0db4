"""What is on each day and in each month, counted once by SQL, and what the rep can do there."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select, union_all
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.contact.kinds import PLANNED_KINDS, Kind, Status
from tickler.core.filing.echo import NEARBY
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import CABINET, INBOX, Insert, Month
from tickler.desk import Work
from tickler.models import Dossier, Entry, Slip

CLOSED = tuple(status for status in Status if status is not Status.OPEN)

_KIND = SQLModel.metadata.tables["dossier"].c.next_kind


class LoadTally:
    """How many open dossiers are on each day and in each month, and how much work that is.

    `loads` and `booked` are in the unit of the rep's capacity; `booked` are the appointments on
    slips, which leave less of a day.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        ends = (col(Dossier.next_on), col(Dossier.next_month), col(Dossier.next_kind))
        counted = select(*ends, func.count()).where(*mine(work)).group_by(*ends)
        self.days: dict[date, int] = {}
        self.loads: dict[date, int] = {}
        self.months: dict[Month, int] = {}
        self.undated = 0
        for on, month, kind, count in work.ask(counted):
            if on:
                self.days[on] = self.days.get(on, 0) + count
                more = count * work.settings.capacity.weight(kind)
                self.loads[on] = self.loads.get(on, 0) + more
            elif month:
                named = Month.parse(month)
                self.months[named] = self.months.get(named, 0) + count
            else:
                self.undated += count
        own = col(Dossier.owner_id) == work.rep_id
        closed = select(func.count()).select_from(Dossier)
        shut = col(Dossier.status).in_(CLOSED)
        self.closed: int = work.ask(closed.where(own, shut)).scalar_one()
        self.booked = booked(work)

    def count(self, insert: Insert) -> int:
        """How many dossiers are behind an insert."""
        if insert.slot in (INBOX, CABINET):
            return self.undated if insert.slot == INBOX else self.closed
        return _sum_within(self.days, insert.days) + _sum_within(self.months, insert.months)

    def dated(self, insert: Insert) -> int:
        """How many dossiers have a day there."""
        return _sum_within(self.days, insert.days)

    def load(self, insert: Insert) -> int:
        """How much work has a day there; what needs a day is no load."""
        return _sum_within(self.loads, insert.days)

    def capacity(self, day: date) -> int:
        """What the rep can do on a day besides the appointments on slips."""
        return _left(self._work, day, self.booked)


def near(work: Work, centre: date) -> tuple[Mapping[date, int], Mapping[date, int]]:
    """The loads around `centre`, and what the rep can do on each day there.

    Today's load includes the overdue.
    """
    span = timedelta(days=NEARBY)
    start = centre - span if centre - date.min > span else date.min
    end = centre + span if date.max - centre > span else date.max
    with_overdue = start <= work.today <= end
    on, kind = col(Dossier.next_on), col(Dossier.next_kind)
    lying: Select[*tuple[Any, ...]] = (
        select(on, kind, func.count(), literal_column("0").label("booked"))
        .where(*mine(work), on.between(date.min if with_overdue else start, end))
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
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return loads, {day: _left(work, day, taken) for day in days}


def overdue(work: Work) -> int:
    """How much work is late."""
    on, kind = col(Dossier.next_on), col(Dossier.next_kind)
    late = select(kind, func.count()).where(*mine(work), on < work.today).group_by(kind)
    weight = work.settings.capacity.weight
    return sum(count * weight(of_kind) for of_kind, count in work.ask(late))


def worked_off(work: Work) -> int:
    """How much work was done today on dossiers that are no longer on today's pile."""
    lying = (col(Dossier.status) == Status.OPEN) & (col(Dossier.next_on) <= work.today)
    worked = (
        select(col(Entry.dossier_id), col(Entry.kind))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(col(Entry.author_id) == work.rep_id)
        .where(col(Entry.at).between(morning(work.today), work.now))
        .where(col(Entry.kind).in_(PLANNED_KINDS), func.coalesce(lying, False).is_(False))
        .order_by(col(Entry.id))
    )
    last = {row.dossier_id: row.kind for row in work.ask(worked)}
    return sum(map(work.settings.capacity.weight, last.values()))


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
    """What the rep can do on a day besides the appointments on slips."""
    return _left(work, day, booked(work, (day, day)))


def _left(work: Work, day: date, taken: Mapping[date, int]) -> int:
    return work.settings.capacity.left(day, work.calendar, taken.get(day, 0))


def mine(work: Work) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition that a dossier is the rep's own, and the one that it is open."""
    return col(Dossier.owner_id) == work.rep_id, col(Dossier.status) == Status.OPEN


def _sum_within(counts: Mapping[Any, int], bounds: tuple[Any, Any] | None) -> int:
    if bounds is None:
        return 0
    start, end = bounds
    return sum(count for when, count in counts.items() if start <= when < end)
