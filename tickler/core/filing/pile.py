"""The order and the groups in which a pile is worked."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from tickler.core.contact.kinds import PLANNED_KINDS
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import Month, NextContact, days_late, needs_day, overdue_days
from tickler.core.phrases import counted
from tickler.core.text import fold

if TYPE_CHECKING:
    from tickler.core.planning.capacity import Capacity
    from tickler.core.views.dossiers import DossierRow, DueSlip


class Section(StrEnum):
    """The groups of a pile, in the order in which they are worked."""

    TIMED = "timed"
    SLIPS = "slips"
    LATE = "late"
    REST = "rest"
    SORTED = "sorted"
    LATER = "later today"
    CONTACTED = "contacted"
    NEEDS_DAY = "needs a day"


@dataclass(frozen=True, slots=True)
class PileGroup:
    """One group of a pile in order: its dossiers, or slips of dossiers anywhere.

    `order` is by what the rep sorted it.
    """

    section: Section
    rows: tuple[DossierRow, ...] = ()
    slips: tuple[DueSlip, ...] = ()
    order: str = ""

    @property
    def title(self) -> str:
        count = len(self.rows) or len(self.slips)
        if self.section is Section.SORTED:
            return f"by {self.order} {count}"
        if self.section is Section.SLIPS:
            late = sum(bool(due.slip.overdue_days) for due in self.slips)
            open_ = sum(due.slip.kind is SlipKind.COMPLAINT for due in self.slips)
            counts = (
                counted(open_, "complaint") if open_ else "",
                f"{late} of them late" * bool(late),
            )
            return ", ".join(filter(None, (f"slips {count}", *counts)))
        if self.section is Section.LATE:
            agreed = sum(row.next.agreed for row in self.rows)
            return f"late {count}, {agreed} of them agreed" if agreed else f"late {count}"
        return f"{self.section} {count}"


@dataclass(frozen=True, slots=True)
class PileView:
    """One pile: its slot, title, and groups in the order to work them; `on` where of one day.

    `hidden` is how many rows and slips of it a filter leaves out, `hidden_rows` how many rows.
    """

    slot: str
    title: str
    groups: tuple[PileGroup, ...]
    on: date | None = None
    hidden: int = 0
    hidden_rows: int = 0

    @property
    def is_of_one_day(self) -> bool:
        """Whether it is that of a number or a date, so that its rows need not show their day."""
        return self.slot.startswith("day:") or self.slot[:1].isdigit()

    @property
    def order(self) -> str:
        """By what the rep sorted it; "" in the order of the day."""
        return next((group.order for group in self.groups if group.order), "")

    @property
    def rows(self) -> list[DossierRow]:
        return [row for group in self.groups for row in group.rows]

    def load(self, measure: Capacity) -> int:
        """How much work is left; what needs a day is no load."""
        left = (row for row in self.rows if not (row.needs_day or row.contacted))
        return sum(measure.weight(row.kind) for row in left)

    @property
    def slips(self) -> list[DueSlip]:
        return [due for group in self.groups for due in group.slips]


KIND_ORDER = {kind: n for n, kind in enumerate(PLANNED_KINDS)}

SortKey = tuple[object, ...]


def arrange(
    rows: Iterable[DossierRow], today: date, slips: Iterable[DueSlip] = ()
) -> tuple[PileGroup, ...]:
    """The rows of one slot, and the slips due there, in groups in the order to work them."""
    sections: dict[Section, list[DossierRow]] = {section: [] for section in _BY_RULE}
    for row in rows:
        sections[_section(row, today)].append(row)
    for section, members in sections.items():
        if members:
            members.sort(key=_ORDER[section])
    return _grouped(sections, today, slips)


def arrange_again(
    groups: Iterable[PileGroup],
    gone: Collection[int],
    come: Iterable[DossierRow],
    today: date,
    slips: Iterable[DueSlip] = (),
) -> tuple[PileGroup, ...]:
    """What `arrange` makes of a pile once some have gone and others come; of many rows sooner.

    `gone` are ids. Who has changed has gone and come again. The slips are all that are due.
    """
    sections: dict[Section, list[DossierRow]] = {section: [] for section in _BY_RULE}
    for group in groups:
        sections[group.section] = [row for row in group.rows if row.id not in gone]
    for row in come:
        section = _section(row, today)
        insort(sections[section], row, key=_ORDER[section])
    return _grouped(sections, today, slips)


def _grouped(
    sections: Mapping[Section, list[DossierRow]], today: date, slips: Iterable[DueSlip]
) -> tuple[PileGroup, ...]:
    due = tuple(sorted(slips, key=lambda each: _by_due(each, today)))
    groups = (
        PileGroup(section, slips=due)
        if section is Section.SLIPS
        else PileGroup(section, tuple(members))
        for section, members in sections.items()
    )
    return tuple(group for group in groups if group.rows or group.slips)


def as_of(
    row: DossierRow, day: date, calendar: Calendar, planned: NextContact | None = None
) -> DossierRow:
    """The row on the pile of another day, before any work; `planned` is its next contact then."""
    there = planned or row.next
    return replace(
        row,
        next=there,
        needs_day=needs_day(there, day),
        overdue_days=overdue_days(there, day),
        days_late=days_late(there, day, calendar),
        contacted=False,
        put_off=None,
    )


def slip_as_of(due: DueSlip, day: date, calendar: Calendar) -> DueSlip:
    """The slip on the pile of another day."""
    when = due.slip.due
    workdays = days_late(when, day, calendar)
    slip = replace(due.slip, overdue_days=overdue_days(when, day), days_late=workdays)
    return replace(due, slip=slip)


def _section(row: DossierRow, today: date) -> Section:
    if row.needs_day:
        return Section.NEEDS_DAY
    if row.contacted:
        return Section.CONTACTED
    if row.put_off:
        return Section.LATER
    if row.next.on and row.next.on < today:
        return Section.LATE
    return Section.TIMED if row.next.at else Section.REST


def _by_time(row: DossierRow) -> SortKey:
    return (row.next.on or date.max, row.next.at or time.max, fold(row.name), row.id)


def _by_due(due: DueSlip, today: date) -> SortKey:
    """Complaints first; then by day (a month insert holds several; late is today), by time, age."""
    slip = due.slip
    timed = slip.due_at if slip.due_on >= today else None
    day, at = max(slip.due_on, today), slip.due_at or time.max
    return (
        slip.kind is not SlipKind.COMPLAINT,
        day,
        timed is None,
        timed or time.min,
        slip.due_on,
        at,
        fold(due.row.name),
        slip.id,
    )


def _by_kind(row: DossierRow) -> SortKey:
    """By day (a month insert holds several), then kind, slides, name."""
    return (
        row.next.on or date.max,
        row.next.month or Month(9999, 12),
        KIND_ORDER.get(row.kind, len(KIND_ORDER)) if row.kind else len(KIND_ORDER),
        -row.slides,
        fold(row.name),
        row.id,
    )


#: The groups that the day makes itself.
_BY_RULE = tuple(section for section in Section if section is not Section.SORTED)

_ORDER: dict[Section, Callable[[DossierRow], SortKey]] = {
    Section.TIMED: _by_time,
    Section.LATE: lambda row: (not row.next.agreed, *_by_time(row)),
    Section.REST: _by_kind,
    Section.LATER: lambda row: (row.put_off, row.id),
    Section.CONTACTED: _by_time,
    Section.NEEDS_DAY: _by_kind,
}
