"""Calendars → rows: what is next of each event, what has been, and what is said of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tickler.core.contact.kinds import MOST_MINUTES
from tickler.core.dates import recurrence
from tickler.core.phrases import counted
from tickler.core.text import LONGEST_LINE, one_line, quote
from tickler.errors import Unreadable
from tickler.formats.calendar import components
from tickler.formats.calendar.components import Component, stamp
from tickler.formats.calendar.rows import CalendarRow, CalendarTable, Guest
from tickler.formats.calendar.zones import Zones, day_of
from tickler.formats.content_lines import Oddity, Property, Source, Told
from tickler.formats.lists import encoded
from tickler.formats.lists.clients import Problem, Reason
from tickler.formats.lists.reading import AS_FOUND, Reading

#: More than this is not a rep's calendar.
_MOST = 50_000
#: So many days of an event that repeats are looked through for the next one.
_LOOKED_AT = 5000
#: So long before today a date is looked for that was not left out or moved.
_NEAR = timedelta(days=70)
#: How many dates of an event that were moved are taken besides the next.
_MOVED = 50
_GUESTS = 200
_ODD = {
    Oddity.FOREIGN: "not UTF-8: read as Windows-1252",
    Oddity.BROKEN: "not a property of a calendar: read as more of the one before",
    Oddity.OUTSIDE: "outside of any calendar: left out",
    Oddity.CHARSET: "not in the charset that it names: read as UTF-8 or Windows-1252",
    Oddity.UNENDED: "an event without its end: read all the same",
}
_MAILTO = re.compile(r"(?:mailto:)?([^\s@:]+@[^\s@]+)", re.IGNORECASE)


def read_file(path: Path, reading: Reading = AS_FOUND) -> CalendarTable:
    """What a calendar holds; raises Unreadable where there is nothing in it that is read."""
    return read_files([path], reading)


def read_files(paths: Sequence[Path], reading: Reading = AS_FOUND) -> CalendarTable:
    """What calendars hold, one file after another."""
    several = len(paths) > 1
    return _table([(path.name * several, _source(path)) for path in paths], reading)


def _source(path: Path) -> Source:
    return lambda: path.open("rb")


def _table(sources: Sequence[tuple[str, Source]], reading: Reading) -> CalendarTable:
    encoding = encoded.known(reading.encoding) if reading.encoding else ""
    rows: list[CalendarRow | Problem] = []
    count = 0
    for file, source in sources:
        told = Told()
        contents = components.read(source, encoding, told)
        count += len(contents.found)
        if count > _MOST:
            raise Unreadable(f"it has more than {_MOST:,} events: export a shorter time")
        today = reading.today or date.today()  # the rep's, as in a preview
        said = _Calendar(Zones(contents.zones), today, file).rows(contents.found)
        rows += (replace(each, file=file) if file else each for each in said)
        if contents.busy:
            text = f"{counted(contents.busy, 'free-busy time')}: left out"
            rows.append(Problem(1, text, Reason.LEFT_OUT, file))
        for what, (line, times) in told.seen.items():
            text = f"{times} lines, this the first: {_ODD[what]}" if times > 1 else _ODD[what]
            rows.append(Problem(line, text, Reason.CHANGED, file))
    if not count:
        raise Unreadable("there is no event, to-do or note in this calendar")
    return CalendarTable((), count, events=tuple(rows), to=reading.to)


class _Calendar:
    """The events of one file, each with all that the file says of it."""

    def __init__(self, zones: Zones, today: date, file: str) -> None:
        self._zones, self._today, self._file = zones, today, file
        self._unknown: dict[str, int] = {}

    def rows(self, found: Sequence[Component]) -> Iterator[CalendarRow | Problem]:
        events: dict[str, list[Component]] = {}
        for n, each in enumerate(found):
            uid = each.word("UID")
            events.setdefault(f"{each.kind} {uid}" if uid else f" {n}", []).append(each)
        for alike in events.values():
            yield from self._event(alike)
        for zone, line in self._unknown.items():
            text = f"the time zone {quote(zone)} is not known: read as times of this machine"
            yield Problem(line, text)

    def _event(self, alike: Sequence[Component]) -> Iterator[CalendarRow | Problem]:
        """The rows of one event: of its latest version, and of the dates that were moved."""
        masters = [each for each in alike if not each.first("RECURRENCE-ID")]
        moved = [each for each in alike if each.first("RECURRENCE-ID")]
        master = max(masters, key=_version, default=None)
        if master is None:
            for each in moved:
                yield from self._single(each)
        elif _is_cancelled(master):
            yield self._problem(master, "was cancelled: left out", Reason.LEFT_OUT)
        elif master.first("RRULE") or master.first("RDATE"):
            yield from self._repeated(master, moved)
        else:
            yield from self._single(master)

    def _single(self, event: Component) -> Iterator[CalendarRow | Problem]:
        if _is_cancelled(event):
            yield self._problem(event, "was cancelled: left out", Reason.LEFT_OUT)
            return
        start = self._start(event)
        if start is None and event.kind == "VEVENT":
            yield self._problem(event, "has no date that can be read: left out")
            return
        yield self._row(event, start)

    def _repeated(
        self, master: Component, moved: Sequence[Component]
    ) -> Iterator[CalendarRow | Problem]:
        """The next date of an event that repeats, the dates that were moved, and the last past."""
        begins = master.first("DTSTART") or master.first("DUE")
        start = self._placed(begins, begins.value) if begins else None
        if begins is None or start is None:
            yield self._problem(master, "has no date that can be read: left out")
            return
        series = _Series.of(master, moved)
        out = {*self._dates(master, "EXDATE")}
        instead = {day for each in moved for day in self._dates(each, "RECURRENCE-ID")}
        more = self._dates(master, "RDATE")
        last, ahead = self._near(series, begins, more, out | instead)
        every = "" if series.why else series.every(begins, start)
        if last:
            yield self._row(master, last)
        if ahead:
            yield replace(self._row(master, ahead), every=every)
        others = [each for each in moved if not _is_cancelled(each)]
        for each in others[:_MOVED]:
            yield from self._single(each)
        left = [f"{len(others) - _MOVED} dates that were moved were not taken"]
        said = left if len(others) > _MOVED else []
        if series.why:
            which = "next" if ahead else "last"
            said.append(f"{series.why}: only its {which} date was taken")
        elif ahead and not every and series.goes_on(day_of(ahead), more):
            said.append(f"it repeats{series.end} as a dossier cannot: only its next date was taken")
        elif ahead and every and (later := sorted(day for day in out if day > day_of(ahead))):
            named = ", ".join(map(str, later[:3])) + " …" * (len(later) > 3)
            said.append(f"it leaves out {named}, which a dossier that repeats does not")
        if said:
            yield self._problem(master, f": {'; '.join(said)}")

    def _near(
        self, series: _Series, begins: Property, more: Sequence[date], without: set[date]
    ) -> tuple[date | datetime | None, date | datetime | None]:
        """The last date before today, and the first from today on."""
        last: date | datetime | None = None
        ahead: date | datetime | None = None
        old: date | None = None
        first = stamp(begins.value)
        assert first is not None
        count = 0
        near = self._today - _NEAR
        try:
            for day in series.days(day_of_stamp(first), near):
                count += 1
                if count > _LOOKED_AT:
                    series.why = "it repeats too often to be followed"
                    break
                if day < near:
                    old = day
                    continue
                at = self._again(begins, first, day)
                if day_of(at) in without:
                    continue
                if day_of(at) < self._today:
                    last = at
                else:
                    ahead = at
                    break
        except Unreadable as error:
            series.why = error.sentence
        if last is None and old is not None:
            last = self._again(begins, first, old)
        dates: list[date | datetime] = []
        dates += [self._again(begins, first, day) for day in more if day not in without]
        dates += [each for each in (last, ahead) if each is not None]
        past = [each for each in dates if day_of(each) < self._today]
        coming = [each for each in dates if day_of(each) >= self._today]
        return max(past, key=day_of, default=None), min(coming, key=day_of, default=None)

    def _again(self, begins: Property, first: date | datetime, day: date) -> date | datetime:
        """The same time on another day, in its zone."""
        if not isinstance(first, datetime):
            return day
        return self._zoned(begins, datetime.combine(day, first.time()), begins.value)

    def _row(self, event: Component, on: date | datetime | None) -> CalendarRow:
        is_task, is_note = event.kind == "VTODO", event.kind == "VJOURNAL"
        done = is_task and (
            event.word("STATUS") == "COMPLETED"
            or event.number("PERCENT-COMPLETE") == 100
            or event.first("COMPLETED") is not None
        )
        if done:
            on = self._at(event, "COMPLETED") or on
        is_past = (
            event.kind == "VEVENT" and on is not None and self._last_day(event, on) < (self._today)
        )
        running = not is_past and event.kind == "VEVENT" and on and day_of(on) < self._today
        return CalendarRow(
            line=event.line,
            uid=event.text("UID"),
            what=one_line(event.text("SUMMARY"))[:LONGEST_LINE].strip(),
            text=event.text("DESCRIPTION"),
            place=one_line(event.text("LOCATION"))[:LONGEST_LINE],
            on=self._today if running else on,
            minutes=self._minutes(event, on),
            until=self._last_day(event, on) if event.kind == "VEVENT" and on else None,
            guests=tuple(_guests(event)),
            kind=event.kind,
            is_done=done or is_note or is_past,
            is_sure=event.word("STATUS") != "TENTATIVE",
        )

    def _start(self, event: Component) -> date | datetime | None:
        if event.kind == "VTODO" and (due := self._at(event, "DUE")):
            return due
        return self._at(event, "DTSTART")

    def _last_day(self, event: Component, on: date | datetime) -> date:
        """The last day of an event, which begins `on`."""
        length = self._length(event, on)
        if isinstance(on, datetime):
            return day_of(on + length)
        return on + max(length - timedelta(days=1), timedelta())

    def _minutes(self, event: Component, on: date | datetime | None) -> int | None:
        if not isinstance(on, datetime) or event.kind != "VEVENT":
            return None
        minutes = int(self._length(event, on).total_seconds()) // 60
        return minutes if 0 < minutes <= MOST_MINUTES else None

    def _length(self, event: Component, on: date | datetime) -> timedelta:
        start, end = self._at(event, "DTSTART"), self._at(event, "DTEND")
        found = components.duration(event.word("DURATION"))
        if isinstance(start, datetime) and isinstance(end, datetime):
            found = end - start
        elif start and end:
            found = day_of(end) - day_of(start)
        found = max(found or timedelta(), timedelta())
        return min(found, timedelta(days=3660), date(9998, 1, 1) - day_of(on))

    def _dates(self, event: Component, name: str) -> list[date]:
        """The days of a property that lists them, here."""
        found = []
        for each in event.all(name):
            for value in each.value.split(","):
                at = self._placed(each, value.partition("/")[0])
                if at is not None:
                    found.append(day_of(at))
        return found

    def _at(self, event: Component, name: str) -> date | datetime | None:
        found = event.first(name)
        return self._placed(found, found.value) if found else None

    def _placed(self, found: Property, value: str) -> date | datetime | None:
        """A day, or an instant, as it is here; None for what is none, or out of reach."""
        at = stamp(value)
        if at is None or not 1900 <= at.year < 9000:
            return None
        if not isinstance(at, datetime):
            return at
        return self._zoned(found, at, value)

    def _zoned(self, found: Property, at: datetime, value: str) -> date | datetime:
        zone = "UTC" if value.strip().upper().endswith("Z") else found.params.get("TZID", "")
        if zone and not self._zones.knows(zone):
            self._unknown.setdefault(zone, found.line)
        if at.time() == time() and found.params.get("X-VOBJ-FLOATINGTIME-ALLDAY"):
            return at.date()
        return self._zones.local(at, zone)

    def _problem(self, event: Component, said: str, reason: Reason = Reason.CHECK) -> Problem:
        what = quote(one_line(event.text("SUMMARY"))) if event.text("SUMMARY") else "an event"
        blank = "" if said.startswith(":") else " "
        return Problem(event.line, f"{what}{blank}{said}", reason, self._file)


def _version(event: Component) -> tuple[int, str]:
    stamps = (event.word("LAST-MODIFIED"), event.word("DTSTAMP"))
    return event.number("SEQUENCE"), next(filter(None, stamps), "")


def _is_cancelled(event: Component) -> bool:
    return event.word("STATUS") == "CANCELLED" or event.method == "CANCEL"


@dataclass(slots=True)
class _Series:
    """How an event repeats; `why` a dossier cannot have it."""

    rule: recurrence.Recurrence | None
    why: str = ""

    @classmethod
    def of(cls, event: Component, moved: Sequence[Component]) -> _Series:
        lines = event.all("RRULE")
        if not lines:
            return cls(None)
        try:
            rule = recurrence.read(lines[0].value)
        except Unreadable as error:
            return cls(None, error.sentence)
        why = "it repeats by several rules" if len(lines) > 1 else ""
        ids = (each.first("RECURRENCE-ID") for each in moved)
        if any(each and "RANGE" in each.params for each in ids):
            why = "from some day on it was changed as a whole"
        return cls(rule, why)

    @property
    def end(self) -> str:
        return f" until {self.rule.until}" if self.rule and self.rule.until else ""

    def days(self, first: date, wanted: date) -> Iterator[date]:
        return self.rule.days(first, wanted) if self.rule else iter((first,))

    def every(self, begins: Property, start: date | datetime) -> str:
        """As it is typed; "" where it cannot be said, as where its weekday is another one here."""
        first = stamp(begins.value)
        if self.rule is None or first is None or day_of_stamp(first) != day_of(start):
            return ""
        return self.rule.every(day_of(start))

    def goes_on(self, day: date, more: Sequence[date]) -> bool:
        """Whether it comes again after a day."""
        if any(each > day for each in more):
            return True
        if self.rule is None:
            return False
        return self.rule.until is None or self.rule.until > day


def day_of_stamp(at: date | datetime) -> date:
    """The day that is written."""
    return at.date() if isinstance(at, datetime) else at


def _guests(event: Component) -> Iterator[Guest]:
    for name in ("ORGANIZER", "ATTENDEE"):
        for each in event.all(name)[:_GUESTS]:
            value = each.params.get("EMAIL") or each.value
            match = _MAILTO.fullmatch(value.strip().strip("<>"))
            if match:
                answer = each.params.get("PARTSTAT", "").upper()
                called = one_line(each.params.get("CN", ""))[:LONGEST_LINE]
                yield Guest(match[1].lower(), called, answer, invited=name == "ATTENDEE")
