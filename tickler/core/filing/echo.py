"""The echo of a typed date: the day it means, what is on that day, and what to warn of."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import islice

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import shortly, spoken
from tickler.core.filing.appointments import TakenTime, clashing
from tickler.core.filing.slots import LATER, OVERDUE, NextContact
from tickler.core.phrases import counted
from tickler.core.planning.capacity import USUAL, Capacity
from tickler.core.remark import Remark

#: How far from a full day a lighter one is looked for, in days.
NEARBY = 14


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
    held = held_text(when, slot, load, capacity, measure=measure, works=works)
    return " · ".join(filter(None, (f"→ {spoken(when, words)}", place, held)))


def brief(when: NextContact, slot: str, held: str, today: date, words: DateWords) -> str:
    """As `echo` in few cells, and what the day `held`: `→ Fri 3 Jul 14:30 · 9 of 20`.

    The year is named where it is another than this one.
    """
    if when == NextContact():
        return "→ inbox"
    place = {OVERDUE: "today's pile", LATER: LATER}.get(slot, "")
    day = shortly(when, words)
    if when.on:
        day = day.replace(words.short(when.on), brief_day(when.on, today, words), 1)
    return " · ".join(filter(None, (f"→ {day}", place, held)))


def brief_day(day: date, today: date, words: DateWords) -> str:
    """`Fri 3 Jul`, in another year `Fri 2 Jul 2027`."""
    return words.short(day) + (f" {day.year:04d}" if day.year != today.year else "")


def stretch(first: date, last: date, workdays: int, today: date, words: DateWords) -> str:
    """`→ Thu 24 Dec – Wed 6 Jan 2027 · 10 working days`."""
    ends = dict.fromkeys(brief_day(day, today, words) for day in (first, last))
    return f"→ {' – '.join(ends)} · {counted(workdays, 'working day')}"


def held_text(
    when: NextContact,
    slot: str,
    load: int | None,
    capacity: int | None,
    *,
    measure: Capacity = USUAL,
    works: bool = False,
) -> str:
    """What the day or month holds: `9 of 20`, or `9 there`; "" where neither is meant."""
    if load is None or slot == OVERDUE or when == NextContact():
        return ""
    if capacity or (works and capacity is not None):
        return measure.of(load, capacity)
    # A day off, or a month, whose load counts dossiers.
    return f"{load if capacity is None else measure.there(load)} there"


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


def clashes(when: NextContact, others: Iterable[TakenTime]) -> tuple[Remark, ...]:
    """The other appointments of the day, with their names, less than an hour from this one."""
    if when.at is None:
        return ()
    return tuple(Remark("clash", str(each)) for each in clashing(when.at, others))
