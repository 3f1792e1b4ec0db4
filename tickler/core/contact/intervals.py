"""How long a client may go without contact: the ideal and the longest interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tickler.core.dates.repeat import Interval, read_interval
from tickler.core.dates.workdays import Calendar
from tickler.core.phrases import counted
from tickler.core.text import fold
from tickler.errors import Unreadable

#: A day from which two intervals are compared.
_ANY_DAY = date(2024, 1, 1)


class ContactDue(StrEnum):
    """Which interval without contact is over."""

    IDEAL = "ideal"
    LONGEST = "longest"


#: How a line says so in one cell, without colour too.
SIGNS: Mapping[ContactDue, str] = {ContactDue.IDEAL: "◔", ContactDue.LONGEST: "◕"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a client is best contacted, and how rarely at most; None where it is open."""

    ideal: Interval | None = None
    longest: Interval | None = None

    @property
    def text(self) -> str:
        """`ideal 4w, longest 8w`; "" where both are open."""
        named = (("ideal", self.ideal), ("longest", self.longest))
        return ", ".join(f"{name} {interval}" for name, interval in named if interval)


NO_LIMITS = Limits()


@lru_cache(maxsize=256)
def read_limits(ideal: str, longest: str) -> Limits:
    """The two intervals as typed or kept, each "" where it is open; raises Unreadable."""
    return Limits(*(read_interval(text) if text.strip() else None for text in (ideal, longest)))


def check_order(limits: Limits) -> None:
    """Raise Unreadable where the ideal interval is longer than the longest."""
    if not fit(limits):
        named = f"the ideal interval, {limits.ideal}, is longer than the longest, {limits.longest}"
        raise Unreadable(named)


def fit(limits: Limits) -> bool:
    """Whether the ideal interval is not longer than the longest."""
    ideal, longest = limits.ideal, limits.longest
    return not (ideal and longest and _reach(ideal) > _reach(longest))


def limits_of(ideal: str, longest: str, segment: str, by_segment: Mapping[str, Limits]) -> Limits:
    """What holds for a client: its own intervals, else those of its segment, by folded name."""
    own = read_limits(ideal, longest)
    theirs = by_segment.get(fold(segment), NO_LIMITS) if by_segment and segment else NO_LIMITS
    return Limits(own.ideal or theirs.ideal, own.longest or theirs.longest)


def due(
    limits: Limits, last_contact: date | None, today: date, calendar: Calendar
) -> ContactDue | None:
    """Which interval is over since the last contact; None where none is, or there was none."""
    if last_contact is None:
        return None
    named = ((ContactDue.LONGEST, limits.longest), (ContactDue.IDEAL, limits.ideal))
    for over, interval in named:
        if interval and today > interval.after(last_contact, calendar):
            return over
    return None


def too_long(limits: Limits, last_contact: date | None, day: date, calendar: Calendar) -> str:
    """The sentence for a next contact that comes later than the longest interval; else ""."""
    if due(Limits(longest=limits.longest), last_contact, day, calendar) is None:
        return ""
    assert last_contact
    gone = lasting((day - last_contact).days)
    return f"{gone} after the last contact: longest is {limits.longest}"


def lasting(days: int) -> str:
    """`9 weeks`, where they are whole and more than one; else `64 days`."""
    if days >= 14 and days % 7 == 0:
        return f"{days // 7} weeks"
    return counted(days, "day")


def _reach(interval: Interval) -> date:
    return interval.after(_ANY_DAY, Calendar())
