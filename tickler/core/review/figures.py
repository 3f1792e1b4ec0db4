"""Past days in figures: counted from what was planned, done and promised."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from statistics import median
from typing import NamedTuple, TypeVar

from tickler.core.contact.complaints import Complaint
from tickler.core.contact.kinds import Outcome
from tickler.core.dates.periods import Period
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slips import SlipState, Term
from tickler.core.review import complaints
from tickler.core.review.complaints import NO_COMPLAINTS, ComplaintFigures
from tickler.core.review.deeds import CALLS, Deeds, FunnelStage, Tally

K = TypeVar("K")

#: Fewer calls in an hour say nothing about it.
ENOUGH_CALLS = 5

#: The states of a promise whose day has come.
DECIDED = (
    SlipState.KEPT, SlipState.KEPT_LATE, SlipState.TOLD, SlipState.TOLD_LATE, SlipState.OVERDUE,
)  # fmt: skip


class Touch(NamedTuple):
    """When a dossier had a mail come in, or an answer go out; local time."""

    dossier: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some days, up to today.

    `planned` are the dossiers on the pile in the morning of each day; `settled` are those that
    others worked, or anybody closed, on each day. `answers` are outgoing mails and contacts;
    `mails` go back further than the days, for what is answered on them.
    """

    deeds: Deeds = field(default_factory=Deeds)
    planned: Mapping[date, frozenset[int]] = field(default_factory=dict)
    settled: Mapping[date, frozenset[int]] = field(default_factory=dict)
    promises: Sequence[Term] = ()
    mails: Sequence[Touch] = ()
    answers: Sequence[Touch] = ()
    complaints: Sequence[Complaint] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted."""

    part: int = 0
    whole: int = 0

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where there is nothing to divide by."""
        return self.part / self.whole if self.whole else None

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day. What is planned and not done is open on the day itself, and slid after it."""

    day: date
    planned: int = 0
    done: int = 0
    slid: int = 0
    open: int = 0
    unplanned: int = 0
    contacts: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A period in figures. `reached` is of calls, by weekday (from Monday = 0) and hour.

    `hours` are the contacts among all that was tried, by the hour of the day.
    `funnel` counts the dossiers that came to each stage or beyond, in order, if that was asked of
    the period. `answer` is the
    median of the `answered` mails in minutes, working days alone counted: those whose answer was
    given in the period. `unanswered` are those that came in it and had no answer at its end.
    """

    days: tuple[DayFigures, ...] = ()
    workdays: int = 0
    contacts: int = 0
    attempts: int = 0
    first_calls: int = 0
    repeat_calls: int = 0
    decision_makers: int = 0
    meetings: int = 0
    offers: int = 0
    orders: int = 0
    minutes: int = 0
    reached: Mapping[tuple[int, int], Share] = field(default_factory=dict)
    hours: Mapping[int, Share] = field(default_factory=dict)
    funnel: tuple[int, ...] = (0,) * len(FunnelStage)
    promises: Mapping[SlipState, int] = field(default_factory=dict)
    answer: float | None = None
    answered: int = 0
    unanswered: int = 0
    complaints: ComplaintFigures = NO_COMPLAINTS

    @property
    def reach(self) -> Share:
        return sum(self.reached.values(), Share())

    @property
    def kept(self) -> Share:
        """How many of the promises that were due, and are decided, were kept in time."""
        whole = sum(self.promises.get(state, 0) for state in DECIDED)
        return Share(self.promises.get(SlipState.KEPT, 0), whole)

    @property
    def done(self) -> Share:
        """How much of what was planned was done."""
        return Share(sum(d.done for d in self.days), sum(d.planned for d in self.days))

    def by_hour(self) -> dict[int, Share]:
        return _summed((hour, share) for (_, hour), share in self.reached.items())

    @property
    def best_hour(self) -> tuple[int, Share] | None:
        """The hour in which most were reached, of those with enough calls."""
        called = [(hour, s) for hour, s in self.by_hour().items() if s.whole >= ENOUGH_CALLS]
        return max(called, key=lambda each: (each[1].rate or 0, each[1].whole), default=None)

    def by_weekday(self) -> dict[int, Share]:
        return _summed((day, share) for (day, _), share in self.reached.items())


def figures(facts: Facts, period: Period, today: date, calendar: Calendar) -> Figures:
    """The figures of what of the period has come by `today`."""
    come = period.so_far(today)
    by_day: dict[date, list[Tally]] = {day: [] for day in come.days()}
    for tally in facts.deeds.tallies:
        if tally.day in come:
            by_day[tally.day].append(tally)
    tallies = [tally for of_day in by_day.values() for tally in of_day]
    contacts = [tally for tally in tallies if tally.is_contact]
    calls = [tally for tally in tallies if tally.kind in CALLS]
    first_calls = sum(facts.deeds.firsts[day] for day in by_day)
    sent = [answer for answer in facts.answers if answer.at.date() < come.after]
    mails = list(_answered(facts.mails, sent))
    answers = [waited(m.at, at, calendar) for m, at in mails if at and at.date() in come]
    due = [term for term in facts.promises if term.first in come]
    through, is_over = min(period.last, today), period.last < today
    return Figures(
        days=tuple(_day(day, of_day, facts, today) for day, of_day in by_day.items()),
        workdays=calendar.between(come.first, come.after),
        contacts=_number(contacts),
        attempts=_number(tally for tally in tallies if tally.is_attempt),
        first_calls=first_calls,
        repeat_calls=_number(calls) - first_calls,
        decision_makers=_number(c for c in contacts if c.outcome is Outcome.DECISION_MAKER),
        meetings=_number(tally for tally in tallies if tally.is_meeting),
        offers=_number(tally for tally in tallies if tally.is_offer),
        orders=_number(c for c in contacts if c.outcome is Outcome.ORDER),
        minutes=sum(tally.minutes for tally in tallies),
        reached=_gathered(((c.day.weekday(), c.hour), c) for c in calls if c.is_rated),
        hours=_gathered((tally.hour, tally) for tally in tallies if tally.is_rated),
        funnel=_funnel(facts.deeds.stages.get(come, Counter())),
        promises=Counter(term.judged(through, is_over=is_over) for term in due),
        answer=median(answers) if answers else None,
        answered=len(answers),
        unanswered=sum(at is None and mail.at.date() in come for mail, at in mails),
        complaints=complaints.counted(facts.complaints, come),
    )


def _answered(
    mails: Iterable[Touch], answers: Iterable[Touch]
) -> Iterator[tuple[Touch, datetime | None]]:
    """Each mail, and when the next answer of its dossier was given; None where there is none."""
    sent: dict[int, list[datetime]] = {}
    for dossier, at in sorted(answers):
        sent.setdefault(dossier, []).append(at)
    for mail in mails:
        after = sent.get(mail.dossier, [])
        place = bisect_right(after, mail.at)
        yield mail, after[place] if place < len(after) else None


def waited(asked: datetime, answered: datetime, calendar: Calendar) -> float:
    """The minutes from one instant to the other; days that are not worked do not count."""
    total = 0.0
    day = asked.date()
    while day <= answered.date():
        start = datetime.combine(day, time())
        if calendar.is_working(day):
            part = min(answered, start + ONE_DAY) - max(asked, start)
            total += max(part.total_seconds() / 60, 0)
        day += ONE_DAY
    return total


def _day(day: date, tallies: Iterable[Tally], facts: Facts, today: date) -> DayFigures:
    planned = facts.planned.get(day, frozenset())
    worked = facts.deeds.worked.get(day, frozenset())
    done = planned & (worked | facts.settled.get(day, frozenset()))
    left = len(planned) - len(done)
    return DayFigures(
        day,
        planned=len(planned),
        done=len(done),
        slid=0 if day == today else left,
        open=left if day == today else 0,
        unplanned=len(worked - planned) + facts.deeds.unnamed[day],
        contacts=_number(tally for tally in tallies if tally.is_contact),
    )


def _number(tallies: Iterable[Tally]) -> int:
    return sum(tally.count for tally in tallies)


def _funnel(stages: Counter[FunnelStage]) -> tuple[int, ...]:
    """How many dossiers came to each stage or beyond."""
    return tuple(sum(stages[s] for s in FunnelStage if s >= stage) for stage in FunnelStage)


def _gathered(tallies: Iterable[tuple[K, Tally]]) -> dict[K, Share]:
    """Of how many who were tried how many were reached, by what stands before each tally."""
    return _summed((key, Share(t.count if t.is_reach else 0, t.count)) for key, t in tallies)


def _summed(shares: Iterable[tuple[K, Share]]) -> dict[K, Share]:
    found: dict[K, Share] = {}
    for key, share in shares:
        found[key] = found.get(key, Share()) + share
    return found
