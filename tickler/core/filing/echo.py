"""The echo of a typed date: the day it means, what is on that day, and what to warn of."""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from itertools import islice

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import spoken
from tickler.core.filing.slots import LATER, OVERDUE, NextContact
from tickler.core.planning.capacity import USUAL, Capacity
from tickler.core.remark import Remark

#: How far from a full day a lighter one is looked for, in days.
NEARBY = 14

#: Appointments closer than this clash.
AN_HOUR = timedelta(hours=1)


def echo(
    when: NextContact,
    slot: str,
    label: str,
    load: int | None,
    capacity: int | None,
    *,
    words: DateWords,
    measure: Capacity = USUAL,
    works: bool = False,
) -> str:
    """What was understood: `→ Fri 3 July 2026 · insert 3 · 9 of 20`.

    `load` is the day's with this dossier, in the unit of `measure`; of a month it counts
    dossiers. None where neither is meant. `works`: it is no day off, also if nothing is left of it.
    """
    if when == NextContact():
        return "→ inbox"
    place = {OVERDUE: "today's pile", LATER: LATER}.get(slot, f"insert {words.insert(slot, label)}")
    parts = [f"→ {spoken(when, words)}", place]
    if load is not None and slot != OVERDUE:
        if capacity or (works and capacity is not None):
            parts.append(measure.of(load, capacity))
        else:  # a day off, or a month, whose load counts dossiers
            parts.append(f"{load if capacity is None else measure.there(load)} there")
    return " · ".join(parts)


def crowding(
    day: date,
    load: int,
    capacity: int,
    room: Callable[[date], int],
    *,
    words: DateWords,
    measure: Capacity = USUAL,
    works: bool = False,
) -> Remark | None:
    """The warning that a day is over capacity, with the two nearest later days with `room`."""
    if not (capacity or works) or load <= capacity:
        return None
    after = (day + timedelta(days=n) for n in range(1, NEARBY + 1))
    lighter = ", ".join(words.day(d) for d in islice((d for d in after if room(d) > 0), 2))
    hint = f": lighter are {lighter}" if lighter else ""
    return Remark("over-capacity", f"{measure.of(load, capacity)}{hint}")


def clashes(when: NextContact, others: Iterable[tuple[time, str]]) -> tuple[Remark, ...]:
    """The other appointments of the day, with their names, less than an hour from this one."""
    if when.at is None:
        return ()
    at = timedelta(hours=when.at.hour, minutes=when.at.minute)
    return tuple(
        Remark("clash", f"{other:%H:%M} {name}")
        for other, name in others
        if abs(timedelta(hours=other.hour, minutes=other.minute) - at) < AN_HOUR
    )
