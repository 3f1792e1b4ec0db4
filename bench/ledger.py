"""A binder kept a second time, in plain Python: what a simulated year is recounted from.

Nothing of tickler is used here: the rules are written down again, one dossier after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
QUARTER = timedelta(days=92)
KINDS = ("first-call", "call", "meeting", "email", "offer", "visit", "other")
STAGES = ("called", "reached", "decision-maker", "offer", "order")


class Place(NamedTuple):
    """Where a dossier lies: a day, a month (year, month), or neither."""

    on: date | None = None
    month: tuple[int, int] | None = None
    at: time | None = None
    half: str | None = None
    agreed: bool = False


NOWHERE = Place()


@dataclass
class Client:
    """What the recount knows of one dossier."""

    id: int
    name: str
    rank: int
    kind: str
    place: Place = NOWHERE
    status: str = "open"
    slides: int = 0
    attempts: int = 0
    worked_on: date | None = None


@dataclass
class Note:
    """A slip."""

    id: int
    client: int
    kind: str
    due_on: date
    due_at: time | None = None
    ticked_on: date | None = None
    told_in_time: bool = False
    first_due_on: date | None = None

    @property
    def first(self) -> date:
        return self.first_due_on or self.due_on


class Deed(NamedTuple):
    """A contact or attempt; local time."""

    client: int
    at: datetime
    kind: str
    outcome: str
    minutes: int
    is_first: bool

    @property
    def reached(self) -> bool:
        return self.outcome != "no-answer"


def bavarian_holidays(year: int) -> set[date]:
    """Those of all Bavaria; Easter by Gauss, as Lichtenberg put it."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    p, q = (8 * k + 13) // 25, k // 4
    m, n = (15 - p + k - q) % 30, (4 + k - q) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if (d == 29 and e == 6) or (d == 28 and e == 6 and a > 10):
        d -= 1
    easter = date(year, 3, 22) + timedelta(days=d + e)
    moving = (-2, 1, 39, 50, 60)
    fixed = ((1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
    return {easter + timedelta(days=n) for n in moving} | {date(year, *each) for each in fixed}


@dataclass
class Ledger:
    """All dossiers, slips and deeds, and each morning's pile."""

    capacity: int
    clients: dict[int, Client] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    closed: dict[date, set[int]] = field(default_factory=dict)
    mornings: dict[date, frozenset[int]] = field(default_factory=dict)
    away: set[date] = field(default_factory=set)
    last_action: date | None = None
    _holidays: dict[int, set[date]] = field(default_factory=dict)
    _met: set[int] = field(default_factory=set)

    # What the rep does.

    def filed(self, key: int, place: Place, today: date, *, worked: bool = False) -> None:
        client, old = self.clients[key], self.clients[key].place
        moved_on = place != old and (place.on is None or (old.on is not None and place.on > old.on))
        come = old.on is not None and old.on <= today and moved_on
        since = old.on is not None and client.worked_on is not None and client.worked_on >= old.on
        if come and not since and not worked:
            client.slides += 1
        client.place, client.worked_on = place, None

    def contacted(self, key: int, at: datetime, kind: str, outcome: str, minutes: int) -> None:
        client = self.clients[key]
        deed = Deed(key, at, kind, outcome, minutes, key not in self._met)
        self._met.add(key)
        self.deeds.append(deed)
        client.worked_on = at.date()
        client.attempts = 0 if deed.reached else client.attempts + 1
        if deed.reached:
            client.slides = 0

    def shut(self, key: int, status: str, today: date) -> None:
        client = self.clients[key]
        client.status, client.place, client.worked_on = status, NOWHERE, None
        self.closed.setdefault(today, set()).add(key)

    # The calendar.

    def works(self, day: date) -> bool:
        if day.year not in self._holidays:
            self._holidays[day.year] = bavarian_holidays(day.year)
        return day.weekday() < 5 and day not in self._holidays[day.year] and day not in self.away

    def workdays(self, start: date, end: date) -> list[date]:
        return [day for day in days(start, end) if self.works(day)]

    def plus(self, day: date, count: int) -> date:
        while count:
            day += DAY
            count -= self.works(day)
        return day

    def on_or_after(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    # What lies where.

    @property
    def open(self) -> list[Client]:
        return [client for client in self.clients.values() if client.status == "open"]

    def due(self, today: date) -> frozenset[int]:
        return frozenset(c.id for c in self.open if c.place.on and c.place.on <= today)

    def slots(self, today: date) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for client in self.clients.values():
            found.setdefault(self.slot(client, today), set()).add(client.id)
        return found

    def slot(self, client: Client, today: date) -> str:
        """By DESIGN's table, walking through the days one by one."""
        if client.status != "open":
            return "cabinet"
        on, month = client.place.on, client.place.month
        if on is None and month is None:
            return "inbox"
        if on:
            if on < today:
                return "overdue"
            seen: set[int] = set()
            day = today
            while day.day not in seen and not (seen and _same_day_came(today, day)):
                if day == on:
                    return f"day:{on.day}"
                seen.add(day.day)
                day += DAY
            month = (on.year, on.month)
        assert month
        ahead = (month[0] - today.year) * 12 + month[1] - today.month
        if ahead < 0:
            return "overdue"
        if ahead == 0:
            return f"day:{today.day}"
        return f"month:{month[1]}" if ahead <= 12 else "later"

    def load(self, day: date) -> int:
        return sum(client.place.on == day for client in self.open)

    def late(self, today: date) -> list[Client]:
        return [c for c in self.open if c.place.on and c.place.on < today]

    def able(self, day: date, today: date | None = None) -> int:
        """What the rep can do on a day beside the appointments on slips, and what is done today."""
        booked = sum(n.kind == "appointment" and n.due_on == day for n in self.open_notes)
        done = len({d.client for d in self.deeds if d.at.date() == day}) if day == today else 0
        return max(self.capacity - booked - done, 0) if self.works(day) else 0

    def lying(self, day: date, today: date) -> int:
        """How many are to be worked on a day: today with the overdue, and not those worked."""
        if day != today:
            return self.load(day)
        return sum(self.clients[key].worked_on != today for key in self.due(today))

    @property
    def open_notes(self) -> list[Note]:
        return [
            note
            for note in self.notes.values()
            if not note.ticked_on and self.clients[note.client].status == "open"
        ]

    def pile(self, today: date) -> dict[str, list[int]]:
        """The ids on today's pile, by group, in the order to work them."""
        groups: dict[str, list[tuple[tuple[object, ...], int]]] = {}
        for client in self.open:
            if found := self._ranked(client, today):
                name, order = found
                groups.setdefault(name, []).append(((*order, client.name, client.id), client.id))
        for note in self.open_notes:
            if note.due_on <= today:
                at = note.due_at if note.due_on == today else None
                name = self.clients[note.client].name
                by_day = (note.due_on, note.due_at or time.max, name, note.id)
                order = (at is None, at or time.min, *by_day)
                groups.setdefault("slips", []).append((order, note.id))
        return {name: [key for _, key in sorted(found)] for name, found in groups.items()}

    def _ranked(self, client: Client, today: date) -> tuple[str, tuple[object, ...]] | None:
        place = client.place
        if place.month and place.month <= (today.year, today.month):
            kind = KINDS.index(client.kind)
            return "needs a day", (place.month, kind, -client.slides)
        if place.on is None or place.on > today:
            return None
        if client.worked_on == today:
            return "contacted", (place.on, place.at or time.max)
        if place.on < today:
            return "late", (not place.agreed, place.on, place.at or time.max)
        if place.at:
            return "timed", (place.on, place.at)
        return "rest", (KINDS.index(client.kind), -client.slides)

    # Proposals.

    def spread(self, source: date | str, today: date) -> list[tuple[int, date]]:
        """Which dossier goes where: from a day that is too full, or of what is late."""
        self._room = {}
        if source == "late":
            return self._filed_ahead(today)
        assert isinstance(source, date)
        over = -self._left(source, today)
        here = [c for c in self.open if c.place.on and self._lies(c.place.on, today) == source]
        near = self.workdays(source + DAY, source + QUARTER)
        moves = []
        for client in sorted(here, key=lambda c: self._least_urgent(c, today)):
            if over > 0 and not self._held(client, today):
                there = self._nearest(client, near, today)
                if there:
                    moves.append((client.id, there))
                    over -= 1
        return sorted(moves, key=lambda move: move[1])

    def _filed_ahead(self, today: date) -> list[tuple[int, date]]:
        free = [c for c in self.late(today) if not self._held(c, today)]
        free.sort(key=lambda c: self._most_urgent(c, today))
        ahead = self.workdays(today + DAY, today + QUARTER)
        staying = self._left(today, today) + len(free) if self.works(today) else 0
        moves = []
        for client in free:
            if staying >= 1:
                staying -= 1
            elif there := self._nearest(client, ahead, today):
                moves.append((client.id, there))
        return sorted(moves, key=lambda move: move[1])

    def _left(self, day: date, today: date) -> int:
        if day not in self._room:
            self._room[day] = self.able(day, today) - self.lying(day, today)
        return self._room[day]

    def _nearest(self, client: Client, near: Iterable[date], today: date) -> date | None:
        bound = min((n.due_on for n in self.open_notes if n.client == client.id), default=None)
        for day in near:
            if self._left(day, today) >= 1 and (bound is None or day <= bound):
                self._room[day] -= 1
                return day
        return None

    def _lies(self, on: date, today: date) -> date:
        return max(on, today)

    def _held(self, client: Client, today: date) -> bool:
        place = client.place
        worked = bool(place.on and place.on <= today and client.worked_on == today)
        return bool(place.agreed or place.at or place.half or worked)

    def _days_late(self, client: Client, today: date) -> int:
        on = client.place.on
        return max(len(self.workdays(on, today)), 1) if on and on < today else 0

    def _least_urgent(self, c: Client, today: date) -> tuple[object, ...]:
        return (c.slides, self._days_late(c, today), -c.rank, c.name, c.id)

    def _most_urgent(self, c: Client, today: date) -> tuple[object, ...]:
        return (-self._days_late(c, today), -c.slides, c.rank, c.name, c.id)

    # Looking back.

    def review(self, first: date, after: date, today: date) -> dict[str, object]:
        """The figures of the days that have come."""
        come = [day for day in days(first, after) if day <= today]
        deeds = [deed for deed in self.deeds if first <= deed.at.date() < after]
        reached = [deed for deed in deeds if deed.reached]
        calls = [deed for deed in deeds if deed.kind in ("first-call", "call")]
        hours = Counter((call.at.weekday(), call.at.hour) for call in calls)
        answered = Counter((c.at.weekday(), c.at.hour) for c in calls if c.reached)
        furthest: dict[int, int] = {}
        for deed in deeds:
            furthest[deed.client] = max(furthest.get(deed.client, 0), _stage(deed))
        promises = Counter(
            _state(note, min(after - DAY, today), is_over=after <= today)
            for note in self.notes.values()
            if note.kind == "promise" and note.first in come
        )
        return {
            "days": [self._day(day, today) for day in come],
            "workdays": sum(map(self.works, come)),
            "contacts": len(reached),
            "attempts": len(deeds) - len(reached),
            "first_calls": sum(call.is_first or call.kind == "first-call" for call in calls),
            "repeat_calls": sum(not call.is_first and call.kind == "call" for call in calls),
            "decision_makers": sum(deed.outcome == "decision-maker" for deed in deeds),
            "meetings": sum(deed.kind in ("meeting", "visit") for deed in reached),
            "offers": sum(_is_offer(deed) for deed in deeds),
            "orders": sum(deed.outcome == "order" for deed in deeds),
            "minutes": sum(deed.minutes for deed in deeds),
            "reached": {each: (answered[each], count) for each, count in hours.items()},
            "funnel": [
                sum(stage <= far for far in furthest.values()) for stage in range(len(STAGES))
            ],
            "promises": dict(promises),
        }

    def _day(self, day: date, today: date) -> tuple[object, ...]:
        planned = self.mornings[day] if self.works(day) else frozenset()
        deeds = [deed for deed in self.deeds if deed.at.date() == day]
        worked = {deed.client for deed in deeds}
        done = planned & (worked | self.closed.get(day, set()))
        left = len(planned) - len(done)
        slid, still = (0, left) if day == today else (left, 0)
        contacts = sum(deed.reached for deed in deeds)
        return (day, len(planned), len(done), slid, still, len(worked - planned), contacts)


def days(start: date, end: date) -> Iterator[date]:
    return (start + DAY * n for n in range((end - start).days))


def _same_day_came(today: date, day: date) -> bool:
    """Whether a month after today's the day number of today has come, or would have."""
    later = (day.year, day.month) > (today.year, today.month)
    two_on = (day.year - today.year) * 12 + day.month - today.month > 1
    return later and (day.day >= today.day or two_on)


def _is_offer(deed: Deed) -> bool:
    return deed.kind == "offer" and deed.outcome in ("sent", "done")


def _stage(deed: Deed) -> int:
    if deed.outcome == "order":
        return 4
    if _is_offer(deed):
        return 3
    if deed.outcome == "decision-maker":
        return 2
    return int(deed.reached)


def _state(note: Note, through: date, *, is_over: bool) -> str:
    """What had become of a promise by the end of a day; clients are only told in time."""
    ended = note.ticked_on if note.ticked_on and note.ticked_on <= through else None
    if ended and ended <= note.first:
        return "kept"
    if note.told_in_time:
        return "told"
    if ended:
        return "kept-late"
    return "overdue" if note.first < through + DAY * is_over else "open"
