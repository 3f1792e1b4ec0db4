"""The appointments of a day around a time that is typed, and the times that are free instead."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tickler.core.dates.client_time import Span

#: Appointments closer than this clash, and those closer than `_NEAR` are named; in minutes.
AN_HOUR, _NEAR = 60, 120

_MONDAY = 0


class TakenTime(NamedTuple):
    """What is fixed at a time of the day, and with whom."""

    at: time
    name: str

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.name}"

    def minutes_from(self, at: time) -> int:
        """How far it is from a time of the same day."""
        return abs(_minute(self.at) - _minute(at))


def clashing(at: time, fixed: Iterable[TakenTime]) -> tuple[TakenTime, ...]:
    """The appointments less than an hour from a time."""
    return tuple(each for each in fixed if each.minutes_from(at) < AN_HOUR)


def nearby(at: time, fixed: Iterable[TakenTime]) -> tuple[TakenTime, ...]:
    """The appointments near a time that leave room for it, in their order."""
    return tuple(sorted(each for each in fixed if AN_HOUR <= each.minutes_from(at) < _NEAR))


def free_times(
    day: date, at: time, fixed: Iterable[TakenTime], now: datetime, hours: str = ""
) -> tuple[time, ...]:
    """The free full hours of a day next to a time: the last one before, and the first one after.

    An hour is free where no appointment is less than an hour away, it is not over `now`, and the
    client is there by the opening `hours`; without those, from eight to six.
    """
    taken = [_minute(each.at) for each in fixed]
    over = _minute(now.time()) if day == now.date() else -1 if day > now.date() else 24 * AN_HOUR
    starts = chain.from_iterable(_hours_of(span) for span in _spans(day, hours))
    free = sorted(
        start
        for start in set(starts)
        if start > over and all(abs(start - other) >= AN_HOUR for other in taken)
    )
    wanted = _minute(at)
    before = [start for start in free if start < wanted][-1:]
    after = [start for start in free if start > wanted][:1]
    return tuple(time(start // AN_HOUR) for start in (*before, *after))


def _spans(day: date, hours: str) -> "Sequence[Span]":
    """When the client is there on a day; as usual where that is not known, a day off as Monday."""
    from tickler.core.dates.client_time import USUAL, read_hours  # noqa: PLC0415  # seldom asked

    known = read_hours(hours) if hours.strip() else None
    spans = (known or USUAL).get(day.weekday())
    return USUAL[_MONDAY] if spans is None or not (known or spans) else spans


def _hours_of(span: "Span") -> range:
    """The full hours of a span at which an hour is left of it."""
    start, end = span
    return range(-(-start // AN_HOUR) * AN_HOUR, end - AN_HOUR + 1, AN_HOUR)


def _minute(at: time) -> int:
    return at.hour * AN_HOUR + at.minute
