"""Past days in figures: counted from what was planned, done and promised."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum
from statistics import median
from typing import NamedTuple, TypeVar

from tickler.core.contact.complaints import Complaint
from tickler.core.contact.kinds import Kind, Outcome, is_attempt, is_contact, is_reach
from tickler.core.dates.periods import Period
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slips import SlipState, Term
from tickler.core.review import complaints
from tickler.core.review.complaints import NO_COMPLAINTS, ComplaintFigures

K = TypeVar("K")

#: Phone calls: the reach rate counts these.
CALLS = (Kind.FIRST_CALL, Kind.CALL)

#: Contacts where rep and client meet.
MEETINGS = (Kind.MEETING, Kind.VISIT)

#: Fewer calls in an hour say nothing about it.
ENOUGH_CALLS = 5

#: Outcomes of a contact that gives the client an offer; others only talk about one.
_OFFERED = (None, Outcome.SENT, Outcome.DONE)

#: The states of a promise whose day has come.
DECIDED = (
    SlipState.KEPT, SlipState.KEPT_LATE, SlipState.TOLD, SlipState.TOLD_LATE, SlipState.OVERDUE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """A contact or attempt; `at` is local time. The first is that with a client who was new."""

    dossier: int
    at: datetime
    kind: Kind
    outcome: Outcome | None = None
    minutes: int | None = None
    is_first: bool = False

    @property
    def is_contact(self) -> bool:
        return is_contact(self.kind, self.outcome)

    @property
    def is_attempt(self) -> bool:
        return is_attempt(self.kind, self.outcome)

    @property
    def is_reach(self) -> bool:
        return is_reach(self.kind, self.outcome)

    @property
    def is_rated(self) -> bool:
        """Whether it says if somebody was reached; one without an outcome is in no rate."""
        return self.is_reach or self.is_attempt

    @property
    def is_meeting(self) -> bool:
        return self.is_contact and self.kind in MEETINGS

    @property
    def is_offer(self) -> bool:
        return self.kind is Kind.OFFER and self.outcome in _OFFERED


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

    deeds: Sequence[LoggedContact] = ()
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


class FunnelStage(IntEnum):
    """How far a dossier has come, from the first call to the order."""

    CALLED = 0
    REACHED = 1
    DECISION_MAKER = 2
    OFFER = 3
    ORDER = 4


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
    `funnel` counts the dossiers that came to each stage or beyond, in order. `answer` is the
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
        return _gathered((hour, share) for (_, hour), share in self.reached.items())

    @property
    def best_hour(self) -> tuple[int, Share] | None:
        """The hour in which most were reached, of those with enough calls."""
        called = [(hour, s) for hour, s in self.by_hour().items() if s.whole >= ENOUGH_CALLS]
        return max(called, key=lambda each: (each[1].rate or 0, each[1].whole), default=None)

    def by_weekday(self) -> dict[int, Share]:
        return _gathered((day, share) for (day, _), share in self.reached.items())


def figures(facts: Facts, period: Period, today: date, calendar: Calendar) -> Figures:
    """The figures of what of the period has come by `today`."""
    come = period.so_far(today)
    by_day: dict[date, list[LoggedContact]] = {day: [] for day in come.days()}
    for deed in facts.deeds:
        if deed.at.date() in come:
            by_day[deed.at.date()].append(deed)
    deeds = [deed for of_day in by_day.values() for deed in of_day]
    contacts = [deed for deed in deeds if deed.is_contact]
    calls = [deed for deed in deeds if deed.kind in CALLS]
    sent = [answer for answer in facts.answers if answer.at.date() < come.after]
    mails = list(_answered(facts.mails, sent))
    answers = [waited(m.at, at, calendar) for m, at in mails if at and at.date() in come]
    due = [term for term in facts.promises if term.first in come]
    through, is_over = min(period.last, today), period.last < today
    ends = Counter(deed.outcome for deed in contacts)
    return Figures(
        days=tuple(_day(day, of_day, facts, today) for day, of_day in by_day.items()),
        workdays=calendar.between(come.first, come.after),
        contacts=len(contacts),
        attempts=sum(deed.is_attempt for deed in deeds),
        first_calls=sum(call.is_first for call in calls),
        repeat_calls=sum(not call.is_first for call in calls),
        decision_makers=ends[Outcome.DECISION_MAKER],
        meetings=sum(deed.is_meeting for deed in deeds),
        offers=sum(deed.is_offer for deed in deeds),
        orders=ends[Outcome.ORDER],
        minutes=sum(deed.minutes or 0 for deed in deeds),
        reached=_gathered(
            ((c.at.weekday(), c.at.hour), Share(c.is_reach, 1)) for c in calls if c.is_rated
        ),
        hours=_gathered((d.at.hour, Share(d.is_reach, 1)) for d in deeds if d.is_rated),
        funnel=_funnel(deeds),
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


def _day(day: date, deeds: Iterable[LoggedContact], facts: Facts, today: date) -> DayFigures:
    planned = facts.planned.get(day, frozenset())
    worked = {deed.dossier for deed in deeds if deed.kind is not Kind.COMPLAINT}
    done = planned & (worked | facts.settled.get(day, frozenset()))
    left = len(planned) - len(done)
    return DayFigures(
        day,
        planned=len(planned),
        done=len(done),
        slid=0 if day == today else left,
        open=left if day == today else 0,
        unplanned=len(worked - planned),
        contacts=sum(deed.is_contact for deed in deeds),
    )


def _funnel(deeds: Iterable[LoggedContact]) -> tuple[int, ...]:
    furthest: dict[int, FunnelStage] = {}
    for deed in deeds:
        if deed.kind is Kind.COMPLAINT:
            continue
        furthest[deed.dossier] = max(furthest.get(deed.dossier, FunnelStage.CALLED), _stage(deed))
    return tuple(sum(reached >= stage for reached in furthest.values()) for stage in FunnelStage)


def _stage(deed: LoggedContact) -> FunnelStage:
    if deed.outcome is Outcome.ORDER:
        return FunnelStage.ORDER
    if deed.is_offer:
        return FunnelStage.OFFER
    if deed.outcome is Outcome.DECISION_MAKER:
        return FunnelStage.DECISION_MAKER
    return FunnelStage.REACHED if deed.is_reach else FunnelStage.CALLED


def _gathered(shares: Iterable[tuple[K, Share]]) -> dict[K, Share]:
    found: dict[K, Share] = {}
    for key, share in shares:
        found[key] = found.get(key, Share()) + share
    return found
