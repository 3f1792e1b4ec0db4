"""A calendar file → its events, to-dos and notes, each with its properties."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tickler.core.dates import recurrence
from tickler.core.text import LONGEST_TEXT, storable
from tickler.errors import Unreadable
from tickler.formats.calendar.zones import Observance
from tickler.formats.content_lines import Oddity, Property, Source, Told, properties

#: What is read of a calendar; what is inside of these is passed over.
READ = ("VEVENT", "VTODO", "VJOURNAL")

#: The names of properties; others are in capitals, or begin with X-.
_NAMES = frozenset(
    {
        "ATTACH", "ATTENDEE", "BEGIN", "CATEGORIES", "CLASS", "COMMENT", "COMPLETED", "CREATED",
        "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE", "DURATION", "END", "EXDATE", "GEO",
        "LAST-MODIFIED", "LOCATION", "METHOD", "ORGANIZER", "PERCENT-COMPLETE", "PRIORITY",
        "PRODID", "RDATE", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
        "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "UID", "URL", "VERSION",
    }
)  # fmt: skip

_OBSERVANCES = ("STANDARD", "DAYLIGHT")
#: Properties that come many times, and count each time; of the others the first counts.
_MANY = frozenset({"ATTENDEE", "EXDATE", "RDATE", "RRULE", "COMMENT"})
_NO_MORE = 500
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_DURATION = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(slots=True)
class Component:
    """One event, to-do or note; `method` is what the calendar around it says is to be done."""

    kind: str
    line: int
    method: str = ""
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def add(self, found: Property) -> None:
        """Keep a property."""
        known = self.properties.setdefault(found.name, [])
        if not known or (found.name in _MANY and len(known) < _NO_MORE):
            known.append(found)

    def all(self, name: str) -> list[Property]:
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def word(self, name: str) -> str:
        """The value in capitals, as `STATUS` has it."""
        found = self.first(name)
        return found.value.strip().upper() if found else ""

    def text(self, name: str) -> str:
        """The text of a property, its escapes read."""
        found = self.first(name)
        if found is None:
            return ""
        value = found.value[:LONGEST_TEXT]
        plain = value if found.is_plain else _ESCAPE.sub(_unescaped, value)
        return storable(plain.replace("\r\n", "\n")).strip()

    def number(self, name: str) -> int:
        found = self.word(name)
        return int(found) if re.fullmatch(r"\d{1,9}", found) else 0


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


@dataclass(slots=True)
class Contents:
    """What is in a file: its components, its zones, and how many free-busy times."""

    found: list[Component] = field(default_factory=list)
    zones: dict[str, list[Observance]] = field(default_factory=dict)
    busy: int = 0
    _open: list[str] = field(default_factory=list)
    _method: str = ""
    _zone: str = ""
    _now: Component | None = None

    def take(self, each: Property, told: Told) -> None:
        """Read one property after another."""
        value = each.value.strip().upper()
        if each.name == "BEGIN":
            self._begin(value, each.line, told)
        elif each.name == "END":
            self._end(value)
        elif self._now:
            if self._open and self._open[-1] == self._now.kind:
                self._now.add(each)
        elif each.name == "TZID":
            self._zone = each.value.strip()
        elif each.name == "METHOD":
            self._method = value

    def close(self) -> None:
        """Keep what has no end, as of a download that broke off."""
        if self._now and self._now.kind in READ:
            self.found.append(self._now)
        self._now = None

    def _begin(self, value: str, line: int, told: Told) -> None:
        if value in READ:
            if self._now:
                told.note(Oddity.UNENDED, self._now.line)
            self.close()
        if value in READ or (value in _OBSERVANCES and self._now is None):
            self._now = Component(value, line, self._method)
        self._open.append(value)
        self.busy += value == "VFREEBUSY"

    def _end(self, value: str) -> None:
        if value in self._open:
            while self._open.pop() != value:
                pass
        if self._now and value == self._now.kind and value in _OBSERVANCES:
            self.zones.setdefault(self._zone, []).extend(_observance(self._now))
            self._now = None
        elif self._now and value in (self._now.kind, "VCALENDAR"):
            self.close()
        if value == "VCALENDAR":
            self._method = ""


def read(source: Source, encoding: str, told: Told) -> Contents:
    """What is in a file, as far as it can be read."""
    contents = Contents()
    for each in properties(source, encoding, told, _NAMES):
        contents.take(each, told)
    contents.close()
    return contents


def _observance(found: Component) -> Iterator[Observance]:
    start = found.first("DTSTART")
    at = stamp(start.value) if start else None
    offset = _offset(found.word("TZOFFSETTO"))
    if offset is None or not isinstance(at, datetime):
        return
    rule = None
    if line := found.first("RRULE"):
        try:
            rule = recurrence.read(line.value)
        except Unreadable:
            return
        if rule.count:  # a rule of zones that is counted is over for long
            rule = None
    others = (stamp(value) for each in found.all("RDATE") for value in each.value.split(","))
    yield Observance(at, offset, rule, tuple(at for at in others if isinstance(at, datetime)))


def stamp(text: str) -> datetime | date | None:
    """A day or a time as it is written, without its zone; None for what is none."""
    match = _STAMP.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        second = min(int(match[6] or 0), 59)
        return datetime(day.year, day.month, day.day, int(match[4]), int(match[5]), second)
    except ValueError:
        return None


def duration(text: str) -> timedelta | None:
    """How long, as `PT1H30M`; None for what is none."""
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()):
        return None
    weeks, days, hours, minutes, seconds = (min(int(n or 0), 10**6) for n in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
    found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return None if found >= timedelta(days=1) else (-found if match[1] == "-" else found)
