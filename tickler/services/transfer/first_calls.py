"""First calls: the new clients of a list without a date, some a working day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tickler.core.contact.kinds import Kind
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted, named
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services.filing import place
from tickler.services.piles.load import LoadTally
from tickler.services.transfer.same_client import Client

#: A warning about many days names at most this many.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class FirstCalls:
    """File what has no date as first calls: some a working day, from the day typed."""

    per_day: int
    start: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """How many first calls were dealt out, over which days, and what is too full then."""

    calls: int
    text: str
    warnings: tuple[Remark, ...] = ()


def plan(work: Work, clients: Iterable[Client], wanted: FirstCalls) -> Dealt:
    """Give the open clients without a date their day, those of the inbox included.

    A kind that is there already stays. Raises Unreadable where the start is no day from today on.
    """
    undated = [c for c in clients if c.next == place.NO_DATE and not (c.unread or c.closed)]
    day = work.calendar.on_or_after(_start(work, wanted))
    calls: dict[date, int] = {}
    for n, client in enumerate(undated):
        if n and n % wanted.per_day == 0:
            day = work.calendar.plus(day, 1)
        client.next = NextContact(on=day)
        client.kind = client.kind or Kind.FIRST_CALL
        client.dealt = True
        calls[day] = calls.get(day, 0) + 1
    if not calls:
        return Dealt(0, "no first calls: everybody has a date")
    first, last = map(work.settings.date_words.short, (min(calls), max(calls)))
    span = first if len(calls) == 1 else f"{first} to {last}"
    text = f"{counted(len(undated), 'first call')}, {span}"
    return Dealt(len(undated), text, _too_full(work, calls))


def _start(work: Work, wanted: FirstCalls) -> date:
    if wanted.per_day < 1:
        raise Unreadable(f"{wanted.per_day} first calls a day is out of range: 1 or more")
    start = place.read_date(work, wanted.start)
    if start != NextContact(on=start.on) or not start.on or start.on < work.today:
        raise Unreadable(f"first calls start on a day from today on, not {quote(wanted.start)}")
    return start.on


def _too_full(work: Work, calls: dict[date, int]) -> tuple[Remark, ...]:
    tally, measure = LoadTally(work), work.settings.capacity
    each = measure.weight(Kind.FIRST_CALL)
    full = [
        day
        for day, count in calls.items()
        if count * each + tally.loads.get(day, 0) > tally.capacity(day)
    ]
    if not full:
        return ()
    days = named([work.settings.date_words.short(day) for day in full], _NAMED)
    text = f"over {measure.text(measure.usual)} a day then: {days}"
    return (Remark("over-capacity", text),)
