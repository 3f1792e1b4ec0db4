"""What a time of a calendar is on this machine: by UTC, by the name of its zone, or by the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tickler.core.dates.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Observance:
    """What the clocks show from `start` on, there and then, each time that its rule comes again."""

    start: datetime
    offset: timedelta
    rule: Recurrence | None = None
    others: tuple[datetime, ...] = ()

    def last_before(self, at: datetime) -> datetime | None:
        """When it began last before a time there; None where it had not yet."""
        begun = [each for each in (self.start, *self.others) if each <= at]
        if self.rule and self.start <= at:
            near = at.date() - timedelta(days=400)
            for day in self.rule.days(self.start.date(), near):
                again = datetime.combine(day, self.start.time())
                if again > at:
                    break
                begun.append(again)
        return max(begun, default=None)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones that a file brings, by name; others are known by theirs."""

    own: Mapping[str, Sequence[Observance]]

    def knows(self, name: str) -> bool:
        """Whether there is such a zone, here or in the file."""
        return bool(self.own.get(name)) or named_zone(name) is not None

    def local(self, at: datetime, name: str) -> datetime:
        """A time of the zone as an instant, here; of none it is here already."""
        if not name or not self.knows(name):
            return at.astimezone()
        return at.replace(tzinfo=named_zone(name) or self._offset(at, name)).astimezone()

    def _offset(self, at: datetime, name: str) -> tzinfo:
        begun = [(each.last_before(at), each.offset) for each in self.own[name]]
        known = [(since, offset) for since, offset in begun if since]
        if not known:
            return timezone(self.own[name][0].offset)
        return timezone(max(known)[1])


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo | None:
    """The zone that the world, or Windows, calls so; None for none.

    Some programs put where they got it from before it: `/citadel.org/2026_1/Europe/Berlin`.
    """
    if name.upper() in ("UTC", "Z", "GMT", "ETC/UTC"):
        return UTC
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  # slow

    parts = name.strip("/ ").split("/")
    tries = [WINDOWS_TO_OLSON.get(name, ""), *("/".join(parts[-n:]) for n in (3, 2, 1))]
    for each in tries:
        try:
            if "/" in each:
                return ZoneInfo(each)
        except (OSError, ValueError, KeyError):
            continue
    return None


def day_of(value: date | datetime) -> date:
    """The day of it, here."""
    return value.astimezone().date() if isinstance(value, datetime) else value


def moment_of(value: date | datetime) -> time | None:
    """The time of day of it, here; None of a whole day."""
    if not isinstance(value, datetime):
        return None
    return value.astimezone().time().replace(second=0, microsecond=0)
