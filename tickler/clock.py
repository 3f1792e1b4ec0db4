"""The clock: the present instant, or the same time of day on a day that is rehearsed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

#: Tells the present instant, aware.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, as the machine has it."""
    return datetime.now(UTC)


def rehearsed(clock: Clock, day: date | None) -> Clock:
    """A clock on which today is `day`, at the same local time; from there it runs as `clock` does.

    Without a day it is `clock` itself.
    """
    if day is None:
        return clock
    now = clock().astimezone()
    shift = (now.replace(tzinfo=None) + (day - now.date())).astimezone() - now
    return lambda: clock().astimezone(UTC) + shift


def morning(day: date) -> datetime:
    """The instant at which a day begins where the rep is."""
    return datetime.combine(day, time()).astimezone()
