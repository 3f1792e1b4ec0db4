"""Which slot a next contact is in, and the inserts a binder shows.

A slot is never stored: it follows from the next contact and today. The rule is here once,
as date ranges; `slot_of` looks one dossier up in them and SQL groups by them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from tickler.core.dates.workdays import ONE_DAY, Calendar

INBOX = "inbox"
OVERDUE = "overdue"
LATER = "later"
CABINET = "cabinet"

MONTHS_AHEAD = 12

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Month(NamedTuple):
    """A calendar month; sorts and compares by time."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; raises ValueError for anything else."""
        return cls.of(date.fromisoformat(f"{text}-01"))

    def plus(self, months: int) -> Month:
        """The month `months` later; stops at the calendar's two ends."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if year > MAXYEAR:
            return Month(MAXYEAR, 12)
        return Month(year, month + 1) if year >= MINYEAR else Month(MINYEAR, 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        following = self.plus(1)
        return date.max if following == self else following.first - ONE_DAY

    @property
    def label(self) -> str:
        return MONTH_NAMES[self.month - 1]

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Half(StrEnum):
    """Half of a day."""

    AM = "am"
    PM = "pm"


@dataclass(frozen=True, slots=True)
class NextContact:
    """When a client is contacted next: a day, or a month only, or (neither) not known yet.

    `at` is a wall-clock time, never together with `half`. `agreed` means the client was told.
    """

    on: date | None = None
    month: Month | None = None
    at: time | None = None
    half: Half | None = None
    agreed: bool = False

    @property
    def is_bound(self) -> bool:
        """Whether the client counts on it: it was agreed, or has its time."""
        return self.agreed or self.at is not None

    def __post_init__(self) -> None:
        if self.on and self.month:
            raise ValueError("a next contact has a day or a month, not both")
        if self.at and self.half:
            raise ValueError("a next contact has a time or a half of the day, not both")


class Layout(StrEnum):
    """How the inserts are labelled: by day number, or dated by working day."""

    NUMBERS = "numbers"
    DATES = "dates"


def key_of(slot: str, label: str) -> str:
    """What identifies an insert: its date where that is its label, else its slot."""
    return label if slot.startswith(("day:", "month:")) and "-" in label else slot


@dataclass(frozen=True, slots=True)
class Insert:
    """One divider of the binder and what is filed there, as two half-open ranges.

    `days` holds the next contacts with a day, `months` those with a month only. An unused
    number has neither; the inbox holds what has no next contact, the cabinet what is closed.
    """

    slot: str
    label: str
    days: tuple[date, date] | None = None
    months: tuple[Month, Month] | None = None

    @property
    def key(self) -> str:
        return key_of(self.slot, self.label)

    @property
    def date(self) -> date | None:
        if self.days is None or not self.slot.startswith(("day:", "month:")):
            return None
        # A day beyond the window has an insert of its own only in the `dates` layout.
        own = self.slot.startswith("day:") or self.months is None
        return self.days[0] if own else None

    @property
    def month(self) -> Month | None:
        return self.months[0] if self.months and self.slot.startswith("month:") else None

    def holds(self, when: NextContact) -> bool:
        if when.on:
            return self.days is not None and self.days[0] <= when.on < self.days[1]
        if when.month:
            return self.months is not None and self.months[0] <= when.month < self.months[1]
        return self.slot == INBOX


@lru_cache(maxsize=64)
def window_end(today: date) -> date:
    """The first date after `today` whose day number has already come by.

    From `today` up to this date every number 1–31 names at most one date.
    """
    following = Month.of(today).plus(1)
    return min(following.first + timedelta(days=today.day - 1), following.last + ONE_DAY)


@lru_cache(maxsize=64)
def numbered(today: date) -> tuple[Insert, ...]:
    """The inserts 1–31 (unused too), the twelve months, then inbox, overdue, later, cabinet."""
    this_month = Month.of(today)
    end = window_end(today)
    by_number = {day.day: day for day in _days(today, end)}
    after = this_month.plus(MONTHS_AHEAD + 1)
    numbers = (
        Insert(
            f"day:{number}",
            str(number),
            (day, day + ONE_DAY) if (day := by_number.get(number)) else None,
            (this_month, this_month.plus(1)) if day == today else None,
        )
        for number in range(1, 32)
    )
    return (
        *numbers,
        *_months(this_month, end),
        Insert(INBOX, INBOX),
        Insert(OVERDUE, OVERDUE, (date.min, today), (Month(MINYEAR, 1), this_month)),
        Insert(LATER, LATER, (after.first, date.max), (after, Month(MAXYEAR, 12))),
        Insert(CABINET, CABINET),
    )


def dated(
    today: date, calendar: Calendar, months_ahead: int, occupied: Collection[date] = ()
) -> tuple[Insert, ...]:
    """The `dates` layout: an insert a working day, to the end of the month `months_ahead` on.

    A day off gets one only where `occupied` says that something is filed there; the month
    inserts hold the rest, and what is filed to a dated month without a day.
    """
    this_month = Month.of(today)
    end = this_month.plus(months_ahead + 1).first
    days = (
        Insert(
            slot_of(NextContact(on=day), today),
            day.isoformat(),
            (day, day + ONE_DAY),
            (this_month, this_month.plus(1)) if day == today else None,
        )
        for day in _days(today, end)
        if day == today or calendar.is_working(day) or day in occupied
    )
    rest = (insert for insert in numbered(today) if ":" not in insert.slot)
    return (*days, *_months(this_month, end), *rest)


def _months(this_month: Month, end: date) -> Iterator[Insert]:
    """The twelve months after this one; `end` is the first date without an insert of its own."""
    for month in (this_month.plus(n) for n in range(1, MONTHS_AHEAD + 1)):
        after = month.plus(1)
        days = (max(end, month.first), max(end, after.first))
        yield Insert(f"month:{month.month}", month.label, days, (month, after))


def inserts(
    today: date,
    layout: Layout = Layout.NUMBERS,
    calendar: Calendar | None = None,
    months_ahead: int = 1,
    occupied: Collection[date] = (),
) -> tuple[Insert, ...]:
    """The inserts that a binder of this layout shows on `today`."""
    if layout is Layout.NUMBERS:
        return numbered(today)
    return dated(today, calendar or Calendar(), months_ahead, occupied)


def slot_of(when: NextContact, today: date, *, closed: bool = False) -> str:
    """The slot of DESIGN's table, by its name in JSON: `day:13`, `month:7`, `inbox` …"""
    if closed:
        return CABINET
    if when.on:
        if today <= when.on < window_end(today):
            return f"day:{when.on.day}"
        return OVERDUE if when.on < today else _month_slot(Month.of(when.on), today)
    if when.month:
        this_month = Month.of(today)
        if when.month == this_month:
            return f"day:{today.day}"
        return OVERDUE if when.month < this_month else _month_slot(when.month, today)
    return INBOX


def todays_slots(today: date) -> tuple[str, str]:
    """The two slots of today's pile: today's own, and what is overdue."""
    return f"day:{today.day}", OVERDUE


def is_todays(slot: str, today: date) -> bool:
    """Whether the slot belongs to today's pile, also what needs a day or is overdue."""
    return slot in todays_slots(today)


def _month_slot(month: Month, today: date) -> str:
    return f"month:{month.month}" if month <= Month.of(today).plus(MONTHS_AHEAD) else LATER


def needs_day(when: NextContact, today: date) -> bool:
    """Whether the month of a next contact without a day has come."""
    return when.month is not None and when.month <= Month.of(today)


def overdue_days(when: NextContact, today: date) -> int:
    """Calendar days late; 0 if not late. A month is late from its end."""
    due = _due(when)
    return max((today - due).days, 0) if due else 0


def days_late(when: NextContact, today: date, calendar: Calendar) -> int:
    """Working days late, as lateness is shown: at least 1 if late, else 0."""
    due = _due(when)
    return max(calendar.between(due, today), 1) if due and due < today else 0


def _due(when: NextContact) -> date | None:
    return when.on or (when.month.last if when.month else None)


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days))
