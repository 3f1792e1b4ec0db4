"""Load and capacity of days, and the echo that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

from tickler.core.language import DateWords
from tickler.core.slots import LATER, OVERDUE, NextContact
from tickler.core.views import Remark
from tickler.core.when import spoken
from tickler.core.workdays import Calendar

#: How far from a full day a lighter one is looked for, in days.
NEARBY = 14

#: Appointments closer than this clash.
AN_HOUR = timedelta(hours=1)

BARS = " ▁▂▃▄▅▆▇"


def capacity_of(day: date, calendar: Calendar, per_day: int) -> int:
    """How many contacts the rep can make on `day`: none on a day off."""
    return per_day if calendar.is_working(day) else 0


def bar(load: int, capacity: int) -> str:
    """One cell that fills as the load nears the capacity."""
    if load <= 0:
        return BARS[0]
    share = load / max(capacity, 1)
    return BARS[min(max(round(share * (len(BARS) - 1)), 1), len(BARS) - 1)]


def echo(
    when: NextContact,
    slot: str,
    label: str,
    load: int | None,
    capacity: int | None,
    *,
    words: DateWords,
) -> str:
    """What was understood: `→ Fri 3 July 2026 · insert 3 · 9 of 20`.

    `load` is the day's with this dossier, None where no day is meant.
    """
    if when == NextContact():
        return "→ inbox"
    parts = [f"→ {spoken(when, words)}", _place(slot, words.insert(slot, label))]
    if load is not None and slot != OVERDUE:
        parts.append(f"{load} of {capacity}" if capacity else f"{load} there")
    return " · ".join(parts)


def _place(slot: str, label: str) -> str:
    if slot == OVERDUE:
        return "today's pile"
    return LATER if slot == LATER else f"insert {label}"


def crowding(
    day: date,
    load: int,
    capacity: int,
    loads: Mapping[date, int],
    calendar: Calendar,
    *,
    words: DateWords,
) -> Remark | None:
    """The warning that a day is over capacity, with the two nearest lighter working days after it.

    `loads` are the days around it; `capacity` is that of a working day.
    """
    if not capacity or load <= capacity:
        return None
    lighter = ", ".join(words.day(d) for d in _lighter(day, capacity, loads, calendar))
    hint = f": lighter are {lighter}" if lighter else ""
    return Remark("over-capacity", f"{load} of {capacity}{hint}")


def _lighter(day: date, capacity: int, loads: Mapping[date, int], calendar: Calendar) -> list[date]:
    after = (day + timedelta(days=n) for n in range(1, NEARBY + 1))
    light = (d for d in after if calendar.is_working(d) and loads.get(d, 0) < capacity)
    return [d for d, _ in zip(light, range(2), strict=False)]


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
