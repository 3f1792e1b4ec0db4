"""A calendar's part of a mail (RFC 5545, 5546): what it invites to, and when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tickler.core.text import LONGEST_LINE, one_line, storable

#: No invitation is larger, in bytes.
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment in a mail: `start` is a day, or an instant; without a zone the rep's own.

    `method` is what is said of it: request, cancel, reply, counter, publish.
    """

    method: str
    what: str
    start: date | datetime
    end: date | datetime | None = None
    where: str = ""
    reply: str = ""

    @property
    def day(self) -> date:
        """The rep's day of it."""
        return _local(self.start).date() if isinstance(self.start, datetime) else self.start

    @property
    def at(self) -> time | None:
        """The rep's time of day; None where it lasts the whole day."""
        return _local(self.start).time() if isinstance(self.start, datetime) else None

    @property
    def until(self) -> time | None:
        """When it ends on the same day; None where that is another day, or unsaid."""
        if isinstance(self.end, datetime) and _local(self.end).date() == self.day:
            return _local(self.end).time()
        return None


def _local(at: datetime) -> datetime:
    return at.astimezone().replace(tzinfo=None) if at.tzinfo else at


def read(data: bytes, method: str = "") -> Invitation | None:
    """The first appointment of a calendar; None where none can be read. `method` is the part's."""
    from icalendar import Calendar  # noqa: PLC0415  # only where a mail has one

    if len(data) > _LARGEST:
        return None
    try:
        calendar = Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
        return _invitation(calendar, events[0], method) if events else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
        return None  # a calendar that is broken is still attached as a file


def _invitation(calendar: Any, event: Any, method: str) -> Invitation | None:  # noqa: ANN401  untyped there
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND") if "DTEND" in event else None
    if not isinstance(start, date):
        return None
    attendee = event.get("ATTENDEE", "")
    first = attendee[0] if isinstance(attendee, list) and attendee else attendee
    state = str(getattr(first, "params", {}).get("PARTSTAT", "")).lower()
    named = str(calendar.get("METHOD", "") or method or "publish").lower()
    if str(event.get("STATUS", "")).lower() == "cancelled":
        named = "cancel"
    return Invitation(
        named,
        _text(event.get("SUMMARY", "")) or "an appointment",
        start,
        end if isinstance(end, date) else None,
        _text(event.get("LOCATION", "")),
        state if state in ("accepted", "declined", "tentative") else "",
    )


def _text(value: object) -> str:
    return storable(one_line(str(value)))[: LONGEST_LINE // 2].strip()
