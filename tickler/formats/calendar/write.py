"""Writes events as iCalendar (RFC 5545, 7986): one file for each, or one for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from tickler.core.filing.calendar_event import CalendarEvent

#: No line is longer than this, in bytes of UTF-8; it is folded.
_WIDEST = 75

#: The highest number of a version that every program takes.
_HIGHEST = 2**31 - 1

_PROGRAM = "-//tickler//tickler//EN"

#: What may not be in a text of a calendar.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class EventWriter:
    """Writes the events of one binder; `uid` is the binder's, `zone` where the rep is.

    `zone` None is a place without a name: times are then given in UTC. A timed event has an alarm
    `remind` minutes before, none where that is 0.
    """

    def __init__(self, uid: str, zone: tzinfo | None, zone_name: str, remind: int = 0) -> None:
        self.prefix = f"tickler-{uid}-"
        self._zone = zone
        self._zone_name = zone_name
        self._remind = remind

    def uid_of(self, key: str) -> str:
        """The name of an event in all calendars, for ever: `tickler-8f…-d12`."""
        return f"{self.prefix}{key}"

    def single(self, event: CalendarEvent) -> bytes:
        """A whole file with this event alone."""
        return b"".join(self.pieces([event]))

    def pieces(
        self, events: Iterable[CalendarEvent], name: str = "", *, years: range | None = None
    ) -> Iterator[bytes]:
        """A whole file piece by piece, however many events; `years` are those with times.

        Without `years` the events are all looked at first.
        """
        if years is None:
            events = list(events)
            years = years_of(events)
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PROGRAM}", "CALSCALE:GREGORIAN"]
        if name:
            head += [f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
            head += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
        if self._zone and years:
            head += _zone_lines(self._zone, self._zone_name, years.start, years.stop)
        yield _joined(head)
        for event in events:
            yield _joined(self._event(event))
        yield _joined(["END:VCALENDAR"])

    def _event(self, event: CalendarEvent) -> Iterator[str]:
        changed = f"{event.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield "BEGIN:VEVENT"
        yield f"UID:{self.uid_of(event.key)}"
        yield f"DTSTAMP:{changed}"
        yield f"LAST-MODIFIED:{changed}"
        yield f"SEQUENCE:{min(event.version, _HIGHEST)}"
        yield from self._when(event)
        yield f"SUMMARY:{_escaped(event.title)}"
        if event.text:
            yield f"DESCRIPTION:{_escaped(event.text)}"
        if event.place:
            yield f"LOCATION:{_escaped(event.place)}"
        yield f"CATEGORIES:{_escaped(event.category)}"
        yield f"STATUS:{'CONFIRMED' if event.agreed else 'TENTATIVE'}"
        if event.at and self._remind:
            yield "BEGIN:VALARM"
            yield "ACTION:DISPLAY"
            yield f"DESCRIPTION:{_escaped(event.title)}"
            yield f"TRIGGER:-PT{self._remind}M"
            yield "END:VALARM"
        yield "END:VEVENT"

    def _when(self, event: CalendarEvent) -> Iterator[str]:
        if event.at is None:
            yield f"DTSTART;VALUE=DATE:{_day(event.on)}"
            yield "DURATION:P1D"
            yield "TRANSP:TRANSPARENT"
            return
        start = datetime.combine(event.on, event.at)
        if self._zone:
            yield f"DTSTART;TZID={self._zone_name}:{_stamp(start)}"
        else:
            yield f"DTSTART:{_stamp(start.astimezone(UTC))}Z"
        yield f"DURATION:PT{event.minutes}M"
        yield "TRANSP:OPAQUE"


def years_of(events: Iterable[CalendarEvent]) -> range:
    """The years of the events that have a time."""
    years = [event.on.year for event in events if event.at]
    return range(min(years), max(years) + 1) if years else range(0)


@lru_cache(maxsize=64)
def _zone_lines(zone: tzinfo, name: str, first: int, after: int) -> tuple[str, ...]:
    """A VTIMEZONE that holds for these years: each change of the clocks by itself.

    The rule by which clocks change is different in each country and changes, too; what it comes
    to in these years does not.
    """
    start = datetime(max(first - 1, 2), 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    lines += _observance(start, zone, start.astimezone(zone).utcoffset() or timedelta())
    day, end = start, datetime(min(after + 1, 9998), 1, 1, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        before = day.astimezone(zone).utcoffset()
        if before is not None and before != following.astimezone(zone).utcoffset():
            lines += _observance(_changed_between(day, following, zone), zone, before)
        day = following
    return (*lines, "END:VTIMEZONE")


def _changed_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The minute at which the clocks change between two instants that differ in it."""
    was = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds()) // 60
    while high - low > 1:
        middle = (low + high) // 2
        same = (before + timedelta(minutes=middle)).astimezone(zone).utcoffset() == was
        low, high = (middle, high) if same else (low, middle)
    return before + timedelta(minutes=high)


def _observance(at: datetime, zone: tzinfo, was: timedelta) -> list[str]:
    """What the clocks show from an instant on, before which they were `was` from UTC."""
    local = at.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_stamp((at + was).replace(tzinfo=None))}",
        f"TZOFFSETFROM:{_offset(was)}",
        f"TZOFFSETTO:{_offset(local.utcoffset() or timedelta())}",
        f"TZNAME:{_escaped(local.tzname() or '')}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds_left:02}" if seconds_left else "")


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _stamp(at: datetime) -> str:
    return f"{_day(at)}T{at:%H%M%S}"


def _escaped(text: str) -> str:
    clean = _CONTROL.sub("", text.replace("\r\n", "\n"))
    clean = clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return clean.replace("\n", "\\n")


def _joined(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """The line with its end, in pieces of 75 bytes, between letters."""
    pieces, width = [], _WIDEST
    while len(line) > width:
        end = width
        while line[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(line[:end])
        line, width = line[end:], _WIDEST - 1
    return b"\r\n ".join([*pieces, line]) + b"\r\n"
