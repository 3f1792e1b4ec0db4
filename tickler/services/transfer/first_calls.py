"""First calls: the new clients of a list without a date, some a working day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import SQLModel, col

from tickler.core.contact.kinds import Kind
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted, named
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Dossier
from tickler.services.clients import read
from tickler.services.filing import place
from tickler.services.piles.load import LoadTally

_DOSSIER = SQLModel.metadata.tables["dossier"]

#: A warning about many days names at most this many.
_NAMED = 3

#: After this many working days in a row without room for a call, none is looked for further on.
_FULL_DAYS = 260


@dataclass(frozen=True, slots=True)
class FirstCalls:
    """File what has no date as first calls: some a working day, from the day typed."""

    per_day: int = 15
    start: str = "+1b"

    @classmethod
    def read(cls, typed: str) -> "FirstCalls":
        """What `20`, `20 a day from mon` and `mon` ask for."""
        number, _, rest = typed.strip().partition(" ")
        if not number.isdecimal():
            number, rest = "", typed
        start = re.sub(r"^\s*(a day\b)?\s*(from\b|ab\b)?", "", rest).strip()
        return cls(int(number) if number else cls().per_day, start or cls().start)

    @property
    def text(self) -> str:
        """`15 a day from +1b`."""
        return f"{self.per_day} a day from {self.start}"


#: The file, "" where there is one alone, and the line in it.
Where = tuple[str, int]


class Undated(NamedTuple):
    """An open client of a list without a date: its name, and the first line that is about it.

    `was_skipped`: that line added nothing.
    """

    name: str = ""
    where: Where = ("", 0)
    was_skipped: bool = False
    is_new: bool = False


#: One that the list itself brought.
NEW = Undated(is_new=True)


@dataclass(frozen=True, slots=True)
class Dealt:
    """How many first calls were dealt out, over which days, and what did not go as wanted.

    `known` are the days of those who were in the binder already.
    """

    calls: int
    text: str
    warnings: tuple[Remark, ...] = ()
    known: Mapping[int, date] = field(default_factory=dict)


def deal(work: Work, undated: Mapping[int, Undated], wanted: FirstCalls) -> Dealt:
    """Give the clients their days, so that no day gets more than it holds.

    A kind that is there already stays. Who finds no room stays in the inbox. Raises Unreadable
    where the start is not a day from today on.
    """
    days = _Days(work, wanted)
    known: dict[int, date] = {}
    calls = 0
    for keys in read.batches(undated):
        kinds = _kinds(work, keys)
        dealt: list[tuple[int, date]] = []
        for key in keys:
            if day := days.take(kinds[key] or Kind.FIRST_CALL):
                dealt.append((key, day))
        old = [(key, day) for key, day in dealt if not undated[key].is_new]
        known |= dict(old)
        for key, day in old:
            dossier = place.get_dossier(work, key)
            place.note_filing(work, dossier, NextContact(), NextContact(on=day), "imported")
        _file(work, dealt)
        calls += len(dealt)
    if not undated:
        return Dealt(0, "no first calls: everybody has a date")
    warnings = tuple(_warnings(days, len(undated) - calls))
    if not (days.first and days.last):
        return Dealt(0, "no first calls: no day has room", warnings)
    words = work.settings.date_words
    first, last = words.short(days.first), words.short(days.last)
    span = first if first == last else f"{first} to {last}"
    return Dealt(calls, f"{counted(calls, 'first call')}, {span}", warnings, known)


class _Days:
    """The working days from the start on, and the room that each has left."""

    def __init__(self, work: Work, wanted: FirstCalls) -> None:
        self._work, self._per_day = work, wanted.per_day
        self._tally = LoadTally(work)
        self.day = work.calendar.on_or_after(_start(work, wanted))
        self.first: date | None = None
        self.last: date | None = None
        self.full: list[date] = []
        self._calls, self._load = 0, self._lying()
        self._no_room = False

    def take(self, kind: Kind) -> date | None:
        """The next day with room for a call of that kind; None where there is none for long."""
        weight = self._work.settings.capacity.weight(kind)
        for _ in range(0 if self._no_room else _FULL_DAYS):
            has_room = self._load + weight <= self._tally.capacity(self.day)
            if has_room and self._calls < self._per_day:
                self._calls, self._load = self._calls + 1, self._load + weight
                self.first = self.first or self.day
                self.last = self.day
                return self.day
            if self._calls < self._per_day:
                self.full.append(self.day)
            self.day = self._work.calendar.plus(self.day, 1)
            self._calls, self._load = 0, self._lying()
        self._no_room = True
        return None

    def words(self) -> str:
        """The days that had less room than wanted."""
        return named(list(map(self._work.settings.date_words.short, self.full)), _NAMED)

    def _lying(self) -> int:
        """What lies on the day already, today with the overdue."""
        return self._tally.loads.get(self.day, 0)


def _warnings(days: _Days, left: int) -> Iterator[Remark]:
    if days.full and not left:
        yield Remark("full-days", f"fewer first calls where a day is full: {days.words()}")
    if left:
        stay = counted(left, "client stays", "clients stay")
        yield Remark("no-room", f"{stay} in the inbox: no day for a year has room for a call")


def _start(work: Work, wanted: FirstCalls) -> date:
    if wanted.per_day < 1:
        raise Unreadable(f"{wanted.per_day} first calls a day is out of range: 1 or more")
    start = place.read_date(work, wanted.start)
    if start != NextContact(on=start.on) or not start.on or start.on < work.today:
        raise Unreadable(f"first calls start on a day from today on, not {quote(wanted.start)}")
    return start.on


def _kinds(work: Work, keys: Sequence[int]) -> dict[int, Kind | None]:
    asked = select(col(Dossier.id), col(Dossier.next_kind)).where(col(Dossier.id).in_(keys))
    return {row.id: row.next_kind for row in work.ask(asked)}


def _file(work: Work, dealt: Sequence[tuple[int, date]]) -> None:
    """File them on their days, those without a kind as first calls."""
    if not dealt:
        return
    work.session.flush()
    columns = _DOSSIER.c
    here = columns.id == bindparam("key")
    rows = [{"key": key, "day": day} for key, day in dealt]
    on = update(_DOSSIER).where(here).values(next_on=bindparam("day"))
    work.connection.execute(on, rows)
    undecided = columns.next_kind.is_(None) & columns.id.in_([key for key, _ in dealt])
    work.connection.execute(update(_DOSSIER).where(undecided).values(next_kind=Kind.FIRST_CALL))
    work.session.expunge_all()
