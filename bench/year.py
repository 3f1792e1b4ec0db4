"""A rep's year, simulated day by day, and held against an independent recount every morning.

`python bench/year.py [--days 365] [--clients 400] [--seed 1] [--capacity 12]` lives the year
twice, once without `spread` and once with it, and prints what came of it. Every answer of the
binder (piles, inserts, load, proposals, reviews) is compared with `ledger.py`; the first that
differs ends it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time as clocks
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ledger import DAY, Client, Ledger, Note, Place, days

from tickler.config.settings import Settings
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.dates.periods import Period, Span, period_of
from tickler.core.filing.pile import PileView
from tickler.core.filing.slips import SlipKind
from tickler.core.planning.capacity import Capacity
from tickler.core.planning.proposal import Proposal
from tickler.core.review.figures import Figures
from tickler.core.views import DossierRow, Receipt
from tickler.desk import Desk, Work
from tickler.services import filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

FIRST = date(2026, 1, 1)
CAPACITY = 12
WORKED = 0.85
SEGMENTS = ("A", "B", "C")

#: Days since the first: an illness that nobody foresaw, and holidays written down long before.
ILL = (46, 67)
SUMMER = (214, 235)
SUMMER_KNOWN = 90

#: How contacts end, by what they were, and how often out of a hundred.
ENDS: Mapping[str, Mapping[str, int]] = {
    "first-call": {"no-answer": 38, "reached": 38, "decision-maker": 10, "refused": 14},
    "call": {
        "no-answer": 30, "reached": 36, "callback": 9, "decision-maker": 9, "offer-asked": 7,
        "order": 6, "refused": 3,
    },
    "email": {"sent": 90, "done": 10},
    "offer": {"sent": 85, "done": 5, "order": 10},
    "meeting": {"reached": 60, "decision-maker": 25, "order": 10, "no-answer": 5},
    "visit": {"done": 60, "decision-maker": 25, "order": 10, "no-answer": 5},
}  # fmt: skip

_FIRSTS = ("Adler", "Berg", "Clausen", "Dorn", "Eder", "Falk", "Gruber", "Holm", "Ivers", "Jansen")
_SECONDS = ("Bau", "Druck", "Hafen", "Holz", "Logistik", "Metall", "Papier", "Stahl", "Werft")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Differs(AssertionError):
    """The binder and the recount do not agree."""


class Clock:
    """The time of day, which moves on as the rep works."""

    now = datetime.combine(FIRST, time(7))

    def __call__(self) -> datetime:
        return self.now.astimezone()


@dataclass
class Came:
    """What came of a year."""

    spread: bool
    days: int = 0
    present: int = 0
    open_at_end: int = 0
    made: int = 0
    opened_over: int = 0
    began_over: int = 0
    fullest: int = 0
    late_days: int = 0
    agreed: int = 0
    agreed_kept: int = 0
    agreed_away: int = 0
    contacts: int = 0
    proposals: int = 0
    moved: int = 0
    seconds: float = 0.0
    checks: Counter[str] = field(default_factory=Counter)


class Year:
    """One binder, its rep, and the recount beside it."""

    def __init__(
        self, path: Path, clients: int, seed: int, *, spread: bool, capacity: int = CAPACITY
    ) -> None:
        self.clock = Clock()
        settings = Settings(rep="Rep", country="DE", region="BY", capacity=Capacity(capacity))
        self.desk = Desk(path, settings, clock=self.clock)
        self.book = Ledger(capacity)
        self.came = Came(spread)
        self.seed = seed
        self._contacts: Counter[int] = Counter()
        self._names = iter(self._all_names())
        self._begin(clients)

    # The rep's year.

    def live(self, count: int) -> Came:
        start = clocks.perf_counter()
        for number, day in enumerate(days(FIRST, FIRST + DAY * count)):
            self.day = day
            self.luck = Random(f"{self.seed} {day}")
            self.book.mornings[day] = self.book.due(day)
            self._at(7, 45)
            self._know_absences(number)
            self._look()
            if self.book.works(day):
                self._work()
            elif day.weekday() == 5 and number % 4 == 2 and day not in self.book.away:
                self._at(10)
                self._someone_calls()
            self._at(18)
            self._look_back()
        self._whole_year(count)
        self.came.days = count
        self.came.open_at_end, self.came.made = len(self.book.open), len(self.book.clients)
        self.came.contacts = len(self.book.deeds)
        self.came.seconds = clocks.perf_counter() - start
        return self.came

    def _begin(self, clients: int) -> None:
        """The binder as it is taken over: the next contacts lie over the half year to come."""
        luck = Random(f"{self.seed} begin")
        self.day = FIRST

        def fill(work: Work) -> None:
            for _ in range(clients):
                kind = luck.choices(("first-call", "call", "email", "offer"), (2, 6, 1, 1))[0]
                self._made(work, luck, kind, self._distant(luck))
            work.summary = f"{clients} dossiers taken over"

        self._do(fill)

    def _work(self) -> None:
        """One working day."""
        book, day = self.book, self.day
        self.came.present += 1
        opened = len(book.due(day))
        self.came.opened_over += opened > book.able(day)
        self._give_days()
        if self.came.spread:
            self._spread(self._morning())
        began = len(book.due(day))
        self.came.began_over += began > book.able(day)
        self.came.fullest = max(self.came.fullest, began)
        self.came.late_days += len(book.late(day))
        agreed = [c.id for c in book.open if c.place.on == day and c.place.agreed]
        self._at(8, 30)
        self._call_through()
        self._tick()
        if self.luck.random() < 0.5:
            self._someone_calls()
        if self.luck.random() < 0.22:
            self._new_client()
        if self.luck.random() < 0.15:
            self._think_again()
        worked = {deed.client for deed in book.deeds if deed.at.date() == day}
        self.came.agreed += len(agreed)
        self.came.agreed_kept += len(worked.intersection(agreed))
        self._turn_page()
        self._look()

    def _call_through(self) -> None:
        """85 % of the pile in its order, not more than a day holds; who was promised it first."""
        pile = self._todays()
        rows = [
            row for group in pile.groups if group.section != "needs a day" for row in group.rows
        ]
        rows.sort(key=lambda row: (not self._was_promised(row), not row.next.agreed))
        most = min(round(len(rows) * WORKED), self.book.able(self.day))
        for row in rows[: max(most, sum(map(self._was_promised, rows)))]:
            self._contact(row.id)

    def _was_promised(self, row: DossierRow) -> bool:
        """Whether today was agreed with the client."""
        return row.next.agreed and row.next.on == self.day

    def _contact(self, key: int, *, called: bool = False) -> None:
        """A contact as it ends for this client at this time, in whatever year it takes place."""
        self._contacts[key] += 1
        luck = Random(f"{self.seed} {key} {self._contacts[key]}")
        client = self.book.clients[key]
        kind = "call" if called else client.kind
        ends = {"reached": 1} if called else ENDS[kind]
        outcome = luck.choices([*ends], [*ends.values()])[0]
        minutes = luck.randrange(2, 25)
        self.clock.now += timedelta(minutes=luck.randrange(12, 34))
        if outcome == "refused" and luck.random() < 0.7:
            self._logged(key, kind, outcome, minutes)
            return self._close(key, "lost")
        if outcome == "order" and luck.random() < 0.1:
            self._logged(key, kind, outcome, minutes)
            return self._close(key, "won")
        if called and luck.random() < 0.5:
            return self._logged(key, kind, outcome, minutes)
        typed, place = self._next(luck, outcome)
        following = self._following(luck, client, outcome)
        owe = ""
        if outcome in ("reached", "decision-maker") and luck.random() < 0.15:
            owe = f"the documents, by {self.book.plus(self.day, luck.randrange(1, 6))}"
        return self._logged(
            key, kind, outcome, minutes, typed, place=place, following=following, owe=owe
        )

    def _logged(
        self,
        key: int,
        kind: str,
        outcome: str,
        minutes: int,
        typed: str = "",
        *,
        place: Place | None = None,
        following: str | None = None,
        owe: str = "",
    ) -> None:
        contact = Contact("", Kind(kind), Outcome(outcome), minutes)
        following_kind = Kind(following) if following else None
        receipt = self._do(filing.log.log, key, contact, typed, owe=owe, next_kind=following_kind)
        book, client = self.book, self.book.clients[key]
        book.contacted(key, self.clock.now, kind, outcome, minutes)
        client.kind = following or client.kind
        if client.kind == "first-call" and outcome != "no-answer":
            client.kind = "call"
        if place:
            book.filed(key, place, self.day, worked=True)
        if owe:
            self._noted(key, "promise", _iso(owe), None, receipt)

    def _following(self, luck: Random, client: Client, outcome: str) -> str | None:
        """What the next contact is, where it is another kind."""
        if outcome == "offer-asked":
            return "offer"
        if outcome in ("decision-maker", "order"):
            return luck.choice(("call", "call", "visit", "meeting", "email"))
        return "call" if client.kind in ("email", "offer", "meeting", "visit") else None

    def _next(self, luck: Random, outcome: str) -> tuple[str, Place]:
        """The next date as it is typed, and where that is."""
        book = self.book
        if outcome == "no-answer":
            count = luck.randrange(1, 4)
            return f"+{count}b", Place(book.plus(self.day, count))
        if outcome == "offer-asked":
            count = luck.randrange(1, 3)
            return f"+{count}b", Place(book.plus(self.day, count))
        if outcome == "callback":
            on = book.plus(self.day, luck.randrange(1, 6))
            at = time(luck.randrange(9, 17), luck.choice((0, 30)))
            return f"{on} {at:%H:%M}", Place(on, at=at, agreed=True)
        return self._distant(luck)

    def _distant(self, luck: Random) -> tuple[str, Place]:
        """Some weeks or months on, in the words that a rep would type."""
        today, weeks = self.day, luck.choice((2, 3, 4, 6, 8, 8, 10, 12, 12, 13, 16, 20, 26, 26))
        on = today + timedelta(weeks=weeks)
        way = luck.randrange(10)
        month = _months_on(today, max(weeks // 4, 1))
        if way < 2:
            return f"{_MONTHS[month[1] - 1]} {month[0]}", Place(month=month)
        if way == 2:
            first = self.book.on_or_after(date(*month, 1))
            return f"early {_MONTHS[month[1] - 1]} {month[0]}", Place(first)
        if way < 5 and self.book.works(on):
            return f"in {weeks} weeks", Place(on)
        if way == 5:
            monday = self.book.on_or_after(on - DAY * on.weekday())
            return monday.isoformat(), Place(monday)
        on = self.book.on_or_after(on)
        if way == 6:
            at = time(luck.randrange(9, 17))
            return f"{on} {at:%H:%M}", Place(on, at=at, agreed=True)
        if way == 7:
            return f"{on}!", Place(on, agreed=True)
        if way == 8:
            half = luck.choice(("am", "pm"))
            return f"{on} {half}!", Place(on, half=half, agreed=True)
        return on.isoformat(), Place(on)

    # What else a day brings.

    def _know_absences(self, number: int) -> None:
        for known, (first, after), why in ((ILL[0], ILL, "ill"), (SUMMER_KNOWN, SUMMER, "away")):
            if number != known:
                continue
            start, end = FIRST + DAY * first, FIRST + DAY * after
            self._do(filing.absences.add, start.isoformat(), (end - DAY).isoformat(), why)
            self.book.away |= set(days(start, end))
            if known == first:
                agreed = [
                    c for c in self.book.open if c.place.agreed and c.place.on in self.book.away
                ]
                self.came.agreed_away += len(agreed)
            else:
                self._agree_anew(start, end)

    def _agree_anew(self, start: date, end: date) -> None:
        """Who has a date in the holidays is called: the same, on a day after them."""
        luck = Random(f"{self.seed} anew")
        for client in self.book.open:
            on = client.place.on
            if on and start <= on < end and client.place.agreed:
                there = self.book.plus(end - DAY, luck.randrange(1, 11))
                self._do(filing.file.move, [client.id], f"{there.isoformat()}!")
                self.book.filed(client.id, Place(there, agreed=True), self.day)

    def _give_days(self) -> None:
        """The inbox, and what came out of its month without a day."""
        for source, slot in (("inbox", "inbox"), ("needs", "needs a day")):
            waiting = (
                [c.id for c in self.book.open if c.place == Place()]
                if source == "inbox"
                else self.book.pile(self.day).get(slot, [])
            )
            if not waiting:
                continue
            if self.came.spread:
                self._apply(self._proposed(source), source)
            else:
                self._by_hand(waiting)

    def _by_hand(self, waiting: Sequence[int]) -> None:
        """A day of this month or the next two weeks for each, whatever lies there."""
        for key in waiting:
            last = max(date(*_months_on(self.day, 1), 1), self.day + DAY * 7)
            there = self.luck.choice(
                self.book.workdays(self.day, last) or [self.book.plus(self.day, 1)]
            )
            self._do(filing.file.move, [key], there.isoformat())
            self.book.filed(key, Place(there), self.day)

    def _morning(self) -> list[str | date]:
        """What is spread in the morning: what is late, today, on Mondays four weeks to come."""
        ahead = self.day.weekday() == 0 or not self.book.works(self.day - DAY)
        return ["late", self.day, *(days(self.day + DAY, self.day + DAY * 29) if ahead else ())]

    def _spread(self, sources: Iterable[str | date]) -> None:
        for source in sources:
            proposal = self._proposed(source)
            expected = self.book.spread(source, self.day)
            found = [(line.row.id, line.to) for line in proposal.lines]
            self._same(f"what spread {source} proposes", found, expected)
            self._apply(proposal, source)

    def _proposed(self, source: str | date) -> Proposal:
        named = "today" if source == self.day else str(source)
        proposal = self.desk.see(filing.spread.plan, named)
        self.came.proposals += 1
        self._sound(proposal)
        return proposal

    def _sound(self, proposal: Proposal) -> None:
        """What holds of every proposal: nothing fixed is moved, no day gets more than it holds."""
        book = self.book
        bounds: dict[int, date] = {}
        for note in book.open_notes:
            bounds[note.client] = min(note.due_on, bounds.get(note.client, date.max))
        for line in proposal.lines:
            place = book.clients[line.row.id].place
            if place.agreed or place.at or place.half:
                raise Differs(f"{self.day}: a proposal moves #{line.row.id}, agreed or timed")
            if not book.works(line.to) or line.to > bounds.get(line.row.id, date.max):
                raise Differs(f"{self.day}: a proposal moves #{line.row.id} to {line.to}")
        targets = {line.to for line in proposal.lines}
        for touched in proposal.days:
            counted = (book.lying(touched.day, self.day), book.able(touched.day, self.day))
            self._same("a proposal's load", (touched.before, touched.capacity), counted)
            if touched.day in targets and touched.after > touched.capacity:
                raise Differs(f"{self.day}: a proposal overfills {touched.day}")

    def _apply(self, proposal: Proposal, source: str | date) -> None:
        if not proposal.lines:
            return
        self._do(filing.spread.apply, proposal)
        self.came.moved += len(proposal.lines)
        for line in proposal.lines:
            self.book.filed(line.row.id, Place(line.to), self.day)

    def _tick(self) -> None:
        """Most of the slips that are due are done, or the client is told in time."""
        for note in self.book.open_notes:
            if note.due_on <= self.day and self.luck.random() < 0.9:
                self._do(filing.slips.tick, [note.id])
                note.ticked_on = self.day
            elif note.due_on == self.book.plus(self.day, 1) and self.luck.random() < 0.05:
                there = self.book.plus(note.due_on, 3)
                self._do(filing.slips.postpone, note.id, there.isoformat())
                note.first_due_on = note.first
                note.due_on, note.due_at = there, None
                note.told_in_time = True

    def _someone_calls(self) -> None:
        """A client calls in; now and then an appointment beside the next contact comes of it."""
        client = self.luck.choice(self.book.open)
        self._contact(client.id, called=True)
        if client.status == "open" and self.luck.random() < 0.4:
            on = self.book.plus(self.day, self.luck.randrange(2, 15))
            at = time(self.luck.randrange(9, 17))
            typed = f"{on} {at:%H:%M}"
            kind = SlipKind.APPOINTMENT
            receipt = self._do(filing.slips.add, client.id, kind, "second meeting", typed)
            self._noted(client.id, kind.value, on, at, receipt)

    def _new_client(self) -> None:
        """Somebody new: with a day, or into the inbox."""
        on = self.book.plus(self.day, self.luck.randrange(1, 8))
        where = self.luck.choice((("", Place()), (on.isoformat(), Place(on))))
        self._do(lambda work: self._made(work, self.luck, "first-call", where), named="add")

    def _think_again(self) -> None:
        """A dossier is moved by mistake and put back, or taken out of the cabinet again."""
        shut = [c for c in self.book.clients.values() if c.status == "lost"]
        if shut and self.luck.random() < 0.3:
            client = self.luck.choice(shut)
            typed, place = self._distant(self.luck)
            self._do(filing.file.reopen, client.id, typed)
            client.status, client.place, client.worked_on = "open", place, None
            return
        client = self.luck.choice(self.book.open)
        self._do(filing.file.move, [client.id], "+9b")
        self._do(filing.undo.undo)
        if self.luck.random() < 0.3 and not client.place.agreed:
            self._do(filing.undo.redo)
            self.book.filed(client.id, Place(self.book.plus(self.day, 9)), self.day)

    def _turn_page(self) -> None:
        """What is left slides to the next working day; with `spread`, what is too much there on.

        What is agreed is left lying, and one evening in ten everything is.
        """
        self._at(17, 30)
        if self.luck.random() < 0.1:
            return
        if self.came.spread:
            self._spread([self.day])
        left = [
            c
            for c in self.book.open
            if c.place.on
            and c.place.on <= self.day
            and c.worked_on != self.day
            and not c.place.agreed
        ]
        slid = [client.id for client in left]
        if slid:
            self._do(filing.file.move, slid, "+1b")
            for key in slid:
                self.book.filed(key, Place(self.book.plus(self.day, 1)), self.day)
        if self.came.spread:
            self._spread([self.book.plus(self.day, 1)])

    def _close(self, key: int, status: str) -> None:
        self._do(filing.file.close, key, Status(status))
        self.book.shut(key, status, self.day)

    def _made(self, work: Work, luck: Random, kind: str, where: tuple[str, Place]) -> Receipt:
        rank = luck.choices(range(3), (1, 3, 6))[0]
        name, (typed, place) = next(self._names), where
        new = NewDossier(name, phone=f"+49 89 {luck.randrange(10**6):06d}", segment=SEGMENTS[rank])
        receipt = filing.file.add(work, new, typed, kind=Kind(kind))
        key = receipt.after[0].id
        self.book.clients[key] = Client(key, name.casefold(), rank, kind, place)
        return receipt

    def _noted(self, key: int, kind: str, on: date, at: time | None, receipt: Receipt) -> None:
        known = self.book.notes
        (new,) = (s for s in receipt.after[0].slips if s.id not in known)
        known[new.id] = Note(new.id, key, kind, on, at)

    # The binder against the recount.

    def _look(self) -> None:
        """Every insert, today's pile, the load, and how far the day is."""
        book, day = self.book, self.day
        slots = book.slots(day)
        inserts = self.desk.see(piles.pile.numbers)
        for insert in inserts:
            lying = slots.get(insert.slot, set())
            late = len(slots.get("overdue", ())) if insert.date == day else 0
            self._same(f"how many lie in {insert.slot}", insert.count, len(lying) + late)
            if insert.date:
                able, works = book.able(insert.date, day), book.works(insert.date)
                counted = (book.lying(insert.date, day), able, works)
                shown = (insert.load, insert.capacity, insert.working)
                self._same(f"the load of {insert.date}", shown, counted)
        seen = self.desk.see(self._all_slots, [i.slot for i in inserts if i.count])
        self._same("what lies in each slot", seen, slots)
        lost = set(book.clients) - set().union(*seen.values())
        if lost or sum(map(len, seen.values())) != len(book.clients):
            raise Differs(f"{day}: lost {lost}")
        pile = self._todays()
        self._same("today's pile", _ids(pile), book.pile(day))
        self._look_at_day()
        self.came.checks["looks at all slots, the load and the pile"] += 1

    def _all_slots(self, work: Work, names: Sequence[str]) -> dict[str, set[int]]:
        """Who lies where; each dossier would be found twice if two slots had it."""
        found: dict[str, set[int]] = {}
        for name in names:
            for row in piles.pile.of_slot(work, name, whole=False).rows:
                key = "overdue" if row.slot == "overdue" else name
                if row.id in found.setdefault(key, set()) and key != "overdue":
                    raise Differs(f"{self.day}: #{row.id} lies twice in {key}")
                found[key].add(row.id)
        return {name: keys for name, keys in found.items() if keys}

    def _look_at_day(self) -> None:
        book, day = self.book, self.day
        shown = self.desk.see(piles.pile.day)
        done = {deed.client for deed in book.deeds if deed.at.date() == day}
        done |= book.closed.get(day, set())
        left = sum(book.clients[key].worked_on != day for key in book.due(day))
        counted = (len(done), left, left, book.able(day, day))
        self._same("the day", (shown.done, shown.left, shown.load, shown.capacity), counted)
        missed = len(book.workdays((book.last_action or day) + DAY, day))
        late = book.late(day)
        away = (
            (
                (day - (book.last_action or day)).days - 1,
                len(late),
                sum(c.place.agreed for c in late),
            )
            if missed >= 2
            else None
        )
        seen = (shown.away.days, shown.away.late, shown.away.agreed) if shown.away else None
        self._same("the days away", seen, away)
        come = book.pile(day).get("needs a day", [])
        is_turn = bool(come and book.last_action and book.last_action < day.replace(day=1))
        self._same("the month's turn", shown.turn.count if shown.turn else 0, len(come) * is_turn)

    def _look_back(self) -> None:
        """The day's review; on Sundays and a month's last day those of week and month."""
        self._review(period_of(Span.DAY, self.day))
        if self.day.weekday() == 6:
            week = period_of(Span.WEEK, self.day)
            self._review(week)
            self._stood(week.first, week.after)
        if (self.day + DAY).day == 1:
            self._review(period_of(Span.MONTH, self.day))

    def _whole_year(self, count: int) -> None:
        """At the end, every month once more, and every morning as it stood."""
        self._stood(FIRST, FIRST + DAY * count)
        for first in days(FIRST, FIRST + DAY * count):
            if first.day == 1:
                self._review(period_of(Span.MONTH, first))

    def _stood(self, first: date, after: date) -> None:
        shown = self.desk.see(piles.past_pile.stood, first, after)
        counted = {day: self.book.mornings[day] for day in days(max(first, FIRST), after)}
        for day, keys in counted.items():
            self._same(f"the pile of {day} as it stood", set(shown[day]), set(keys))
        self.came.checks["past piles as they stood"] += len(counted)

    def _review(self, period: Period) -> None:
        for day in days(period.first, min(period.after, FIRST)):
            self.book.mornings.setdefault(day, frozenset())
        shown = _figures(self.desk.see(piles.review.of, period).now)
        counted = self.book.review(period.first, period.after, self.day)
        for name, value in counted.items():
            self._same(
                f"{name} in the review of {period.first} ({period.span})", shown[name], value
            )
        self.came.checks[f"reviews of a {period.span}"] += 1

    def _same(self, what: str, shown: Any, counted: Any) -> None:
        if shown != counted:
            raise Differs(f"{self.day}: {what}: the binder says {shown}, recounted {counted}")

    # The desk.

    def _do(self, action: Callable[..., Any], *args: Any, named: str = "", **kwargs: Any) -> Any:
        self.clock.now += timedelta(seconds=20)
        if named:
            action.__name__ = named
        found = self.desk.do(action, *args, **kwargs)
        self.book.last_action = self.day
        return found

    def _todays(self) -> PileView:
        return self.desk.see(piles.pile.todays, whole=False)

    def _at(self, hour: int, minute: int = 0) -> None:
        """Go on to this time of the day; a long day stays where it is."""
        self.clock.now = max(self.clock.now, datetime.combine(self.day, time(hour, minute)))

    def _all_names(self) -> Sequence[str]:
        pairs = [f"{first} {second}" for first in _FIRSTS for second in _SECONDS]
        names = [f"{pair} {number}" for number in range(1, 30) for pair in pairs]
        Random(f"{self.seed} names").shuffle(names)
        return names


def _ids(pile: PileView) -> dict[str, list[int]]:
    return {
        group.section.value: [row.id for row in group.rows] or [due.slip.id for due in group.slips]
        for group in pile.groups
    }


def _figures(shown: Figures) -> dict[str, object]:
    found: dict[str, object] = {
        name: getattr(shown, name)
        for name in (
            "workdays", "contacts", "attempts", "first_calls", "repeat_calls", "decision_makers",
            "meetings", "offers", "orders", "minutes",
        )
    }  # fmt: skip
    found["days"] = [
        (d.day, d.planned, d.done, d.slid, d.open, d.unplanned, d.contacts) for d in shown.days
    ]
    found["reached"] = {each: (share.part, share.whole) for each, share in shown.reached.items()}
    found["funnel"] = list(shown.funnel)
    found["promises"] = {state.value: count for state, count in shown.promises.items()}
    return found


def _iso(owe: str) -> date:
    return date.fromisoformat(owe.rpartition(" ")[2])


def _months_on(day: date, count: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return year, month + 1


def both(
    folder: Path, count: int, clients: int, seed: int = 1, capacity: int = CAPACITY
) -> tuple[Came, Came]:
    """The same days without `spread`, and with it. Raises Differs."""
    found = []
    for spread in (False, True):
        path = folder / f"{'with' if spread else 'without'}.db"
        year = Year(path, clients, seed, spread=spread, capacity=capacity)
        found.append(year.live(count))
        year.desk.close()
    return found[0], found[1]


def fewer(without: Came, with_it: Came) -> float:
    """By what part `spread` brings down the days that are too full when work begins."""
    return 1 - with_it.began_over / max(without.began_over, 1)


def told(without: Came, with_it: Came) -> str:
    """The figures side by side."""
    rows: list[tuple[str, Callable[[Came], object]]] = [
        ("days lived", lambda c: c.days),
        ("working days", lambda c: c.present),
        ("contacts and attempts", lambda c: c.contacts),
        ("dossiers made", lambda c: c.made),
        ("open at the end", lambda c: c.open_at_end),
        ("days over capacity as opened", lambda c: c.opened_over),
        ("days over capacity when work began", lambda c: c.began_over),
        ("the fullest of them", lambda c: c.fullest),
        ("late dossiers a day", lambda c: f"{c.late_days / max(c.present, 1):.1f}"),
        ("agreed dates that came", lambda c: c.agreed),
        ("  of them kept to the day", lambda c: c.agreed_kept),
        ("  fallen into the illness", lambda c: c.agreed_away),
        ("proposals recounted", lambda c: c.proposals),
        ("dossiers moved by them", lambda c: c.moved),
        ("seconds", lambda c: f"{c.seconds:.0f}"),
    ]
    lines = [f"{'':36}{'without':>10}{'spread':>10}"]
    lines += [f"{name:36}{say(without)!s:>10}{say(with_it)!s:>10}" for name, say in rows]
    lines.append(f"\n{fewer(without, with_it):.0%} fewer days over capacity with spread.")
    lines.append("No dossier was lost on any day. Recounted, and the same each time:")
    names = dict.fromkeys([*without.checks, *with_it.checks])
    lines += [f"  {without.checks[n] + with_it.checks[n]:>5} {n}" for n in names]
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--clients", type=int, default=400)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--capacity", type=int, default=CAPACITY)
    given = asked.parse_args()
    os.environ["TZ"] = "Europe/Berlin"
    clocks.tzset()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            came = both(Path(folder), *vars(given).values())
        except Differs as error:
            print(error, file=sys.stderr)
            return 1
    print(told(*came))
    return 0


if __name__ == "__main__":
    sys.exit(main())
