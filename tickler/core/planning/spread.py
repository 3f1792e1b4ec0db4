"""Proposals: too much on a day goes to later ones, thin days are filled, what has no day gets one.

Three rules hold for all of them. What is agreed with a client or has its time is not moved, and
nothing is moved past a day on which one of its slips is due. A day takes only what leaves it
within its capacity. The same dossiers in any order give the same proposal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from heapq import heapify, heappop, heappush

from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.dates.parse import clock
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.planning.proposal import Kept, Loose, Proposal, ProposedMove, Room
from tickler.core.text import fold

#: How far ahead an overfull day looks for lighter ones without a range, in days.
A_QUARTER = 92

#: Over how many days the inbox is spread without a range.
TWO_WEEKS = 14

NO_DAY = "no day yet"
ROOM_TODAY = "room today"

_NEVER = datetime(1, 1, 1, tzinfo=UTC)

Outcome = tuple[tuple[ProposedMove, ...], tuple[Kept, ...]]
SortKey = tuple[object, ...]


def held(when: NextContact, *, contacted: bool, words: DateWords = ENGLISH) -> str:
    """Why no proposal moves a dossier: agreed, its time, or worked today; "" if one may."""
    if when.agreed:
        return "agreed"
    if when.at or when.half:
        return f"has its time: {clock(when, words)}"
    return "worked today" if contacted else ""


def working_days(calendar: Calendar, start: date, end: date) -> list[date]:
    """The working days of the half-open range."""
    days = (start + ONE_DAY * n for n in range((end - start).days))
    return [day for day in days if calendar.is_working(day)]


def relieve(
    day: date, rows: Iterable[Loose], room: Room, days: Iterable[date], words: DateWords = ENGLISH
) -> Outcome:
    """What of `rows`, all of `day`, is over its capacity goes to the nearest of `days` with room.

    The least slid and least late go first, then the least important.
    """
    over = -room.left(day)
    if over <= 0:
        return (), ()
    why = room.measure.of(room.load(day), room.capacity(day))
    near = sorted((d for d in days if d != day), key=lambda d: (abs((d - day).days), d < day))
    places = _Places(near, room, words)
    lines, kept, stuck = [], [], []
    for row in sorted(rows, key=_least_urgent):
        if row.held:
            kept.append(Kept(row, row.held))
        elif over > 0:
            if there := places.nearest(row):
                lines.append(ProposedMove(row, there, why))
                over -= row.weight
            else:
                stuck.append(Kept(row, places.why_not(row)))
    for each in stuck:  # only as many as are too much
        if over > 0:
            kept.append(each)
            over -= each.row.weight
    return _by_day(lines), tuple(kept)


def relieve_all(
    stretch: Sequence[date],
    rows: Sequence[Loose],
    room: Room,
    days: Sequence[date],
    words: DateWords = ENGLISH,
) -> tuple[tuple[ProposedMove, ...], tuple[Kept, ...], Room]:
    """As `relieve` for each day of a stretch, the nearest first; and the room that is left then."""
    lines: list[ProposedMove] = []
    kept: list[Kept] = []
    for day in stretch:
        here = [row for row in rows if room.day_of(row) == day]
        moved, stayed = relieve(day, here, room, [d for d in days if d > day], words)
        loads = dict(room.loads)
        for line in moved:
            loads[day] -= line.row.weight
            loads[line.to] = loads.get(line.to, 0) + line.row.weight
        room = replace(room, loads=loads)
        lines += moved
        kept += stayed
    return tuple(lines), tuple(kept), room


def file_ahead(
    rows: Iterable[Loose], room: Room, days: Sequence[date], words: DateWords = ENGLISH
) -> Outcome:
    """What is late stays today as far as today has room, if that is among `days`; the rest goes on.

    The latest, most slid and most important come first, and have the nearest days.
    """
    late = sorted(rows, key=_most_urgent)
    free = [row for row in late if not row.held]
    left = room.left(room.today) + sum(row.weight for row in free) if room.today in days else 0
    places = _Places([day for day in sorted(days) if day > room.today], room, words)
    lines, kept = [], [Kept(row, row.held) for row in late if row.held]
    for row in free:
        if row.weight <= left:
            left -= row.weight
            kept.append(Kept(row, ROOM_TODAY))
        elif there := places.nearest(row):
            lines.append(ProposedMove(row, there, f"{counted(row.days_late, 'day')} late"))
        else:
            kept.append(Kept(row, places.why_not(row)))
    return _by_day(lines), tuple(kept)


def late_told(line: ProposedMove) -> ProposedMove:
    """The line; of what is late, it says so."""
    late = line.row.days_late
    return replace(line, why=f"{counted(late, 'day')} late") if late else line


def give_days(
    rows: Iterable[Loose], room: Room, days: Iterable[date], words: DateWords = ENGLISH
) -> Outcome:
    """What has no day gets one of `days`, the most urgent the earlier, so that they fill evenly."""
    waiting = sorted(rows, key=_most_pressing)
    kept = [Kept(row, row.held) for row in waiting if row.held]
    free = [row for row in waiting if not row.held]
    places = _Places(sorted(days), room, words)
    balance = _Balance(places.days, room, min((row.weight for row in free), default=1))
    given: dict[int, list[tuple[Loose, date]]] = {}
    for row in free:
        if there := balance.lightest(row):
            given.setdefault(row.weight, []).append((row, there))
        else:
            kept.append(Kept(row, places.why_not(row)))
    # Among those that take as much the days are dealt again: the first of them has the earliest.
    lines = [
        ProposedMove(row, day, NO_DAY)
        for pairs in given.values()
        for (row, _), day in zip(pairs, sorted(day for _, day in pairs), strict=True)
    ]
    return _by_day(lines), tuple(kept)


def fill(
    day: date,
    rows: Iterable[Loose],
    room: Room,
    *,
    most: int | None = None,
    words: DateWords = ENGLISH,
) -> Outcome:
    """The longest untouched that fit are pulled to `day`, at most `most` of them."""
    lines: list[ProposedMove] = []
    kept: list[Kept] = []
    left = room.left(day)
    for row in sorted(rows, key=_longest_untouched):
        if row.held or not row.may_lie_on(day):
            kept.append(Kept(row, row.held or row.by_why))
        elif row.weight > left:
            kept.append(Kept(row, f"no room on {words.short(day)}"))
        elif most is not None and len(lines) >= most:
            kept.append(Kept(row, "more than asked for"))
        else:
            left -= row.weight
            lines.append(ProposedMove(row, day, _untouched(row, words)))
    return tuple(lines), tuple(kept)


def lacking_room(proposal: Proposal) -> str:
    """Why nothing is moved of what might be: other days would have room; "" where it is not so."""
    free = [each.why for each in proposal.kept if not each.row.held and each.why != ROOM_TODAY]
    return "" if proposal.lines else ", ".join(dict.fromkeys(free))


class _Places:
    """Days in the order in which they are tried, and the room that is left on each."""

    def __init__(self, days: Sequence[date], room: Room, words: DateWords) -> None:
        self.days = days
        self._left = [room.left(day) for day in days]
        self._start: dict[int, int] = {}  # by weight: the days before this one are too full
        self._words = words

    def nearest(self, row: Loose) -> date | None:
        """The first day that has room for it, now taken."""
        start, count = self._start.get(row.weight, 0), len(self.days)
        while start < count and self._left[start] < row.weight:
            start += 1
        self._start[row.weight] = start
        fits = (
            n
            for n in range(start, count)
            if self._left[n] >= row.weight and row.may_lie_on(self.days[n])
        )
        place = next(fits, None)
        if place is None:
            return None
        self._left[place] -= row.weight
        return self.days[place]

    def why_not(self, row: Loose) -> str:
        """Why no day was found: its slip, or that all are full."""
        last = max(self.days, default=None)
        if row.by and (last is None or row.by < last):
            return row.by_why
        return f"no room until {self._words.short(last)}" if last else "no working day there"


class _Balance:
    """Days that fill evenly, each by its share of its own capacity."""

    def __init__(self, days: Sequence[date], room: Room, lightest: int) -> None:
        self._lightest = lightest
        self._days = [(day, room.capacity(day)) for day in days]
        self._load = [room.load(day) for day in days]
        turns = enumerate(_scattered(len(days)))
        self._heap = [self._entry(turn, n) for n, turn in turns if self._has_room(n)]
        heapify(self._heap)

    def lightest(self, row: Loose) -> date | None:
        """The lightest day that may take it, now taken."""
        passed = []
        found = None
        while self._heap and found is None:
            share, turn, n = heappop(self._heap)
            day, capacity = self._days[n]
            if row.may_lie_on(day) and self._load[n] + row.weight <= capacity:
                self._load[n] += row.weight
                found = day
                if self._has_room(n):
                    heappush(self._heap, self._entry(turn, n))
            else:
                passed.append((share, turn, n))
        for entry in passed:
            heappush(self._heap, entry)
        return found

    def _has_room(self, n: int) -> bool:
        return self._days[n][1] - self._load[n] >= self._lightest

    def _entry(self, turn: int, n: int) -> tuple[float, int, int]:
        return self._load[n] / max(self._days[n][1], 1), turn, n


def _scattered(count: int) -> list[int]:
    """Each place's turn, so that a few of equal days are apart: van der Corput, bits in reverse."""
    bits = max(count - 1, 1).bit_length()
    return [int(f"{n:0{bits}b}"[::-1], 2) for n in range(count)]


def _by_day(lines: Iterable[ProposedMove]) -> tuple[ProposedMove, ...]:
    return tuple(sorted(lines, key=lambda line: line.to))


def _named(row: Loose) -> tuple[str, int]:
    return fold(row.name), row.id


def _least_urgent(row: Loose) -> SortKey:
    return (row.slides, row.days_late, -row.rank, *_named(row))


def _most_urgent(row: Loose) -> SortKey:
    return (-row.days_late, -row.slides, row.rank, *_named(row))


def _most_pressing(row: Loose) -> SortKey:
    return (row.by or date.max, row.rank, -row.slides, -row.days_late, *_named(row))


def _longest_untouched(row: Loose) -> SortKey:
    return (row.last_contact or _NEVER, row.rank, *_named(row))


def _untouched(row: Loose, words: DateWords) -> str:
    if row.last_contact is None:
        return "never contacted"
    last = row.last_contact.astimezone().date()
    return f"untouched since {last.day}{words.ordinal} {words.month_in_three(last)} {last.year}"
