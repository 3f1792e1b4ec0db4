"""What was done on some days, added up: a binder of any size comes to as many sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from itertools import groupby

from tickler.core.contact.kinds import Kind, Outcome, is_attempt, is_contact, is_reach
from tickler.core.dates.periods import Period

#: Phone calls: the reach rate counts these.
CALLS = (Kind.FIRST_CALL, Kind.CALL)

#: Contacts where rep and client meet.
MEETINGS = (Kind.MEETING, Kind.VISIT)

#: Outcomes of a contact that gives the client an offer; others only talk about one.
OFFERED = (None, Outcome.SENT, Outcome.DONE)


class FunnelStage(IntEnum):
    """How far a dossier has come, from the first call to the order."""

    CALLED = 0
    REACHED = 1
    DECISION_MAKER = 2
    OFFER = 3
    ORDER = 4


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
    def tally(self) -> Tally:
        """It alone, as a tally."""
        day, hour = self.at.date(), self.at.hour
        return Tally(day, hour, self.kind, self.outcome, minutes=self.minutes or 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many contacts or attempts of a kind and outcome, in one hour of a day; local time."""

    day: date
    hour: int
    kind: Kind
    outcome: Outcome | None
    count: int = 1
    minutes: int = 0

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
        return is_offer(self.kind, self.outcome)


@dataclass(frozen=True, slots=True)
class Deeds:
    """Contacts and attempts, added up.

    `firsts` are the calls with clients who were new, by day. `worked` are the dossiers that were
    worked on each day; of those that lay on no pile `unnamed` has but the number. `stages` are
    how many dossiers came to which stage at most, in each period that was asked for. `called` are
    those that were called on the first of these days on which they were worked.
    """

    tallies: Sequence[Tally] = ()
    firsts: Counter[date] = field(default_factory=Counter)
    worked: Mapping[date, frozenset[int]] = field(default_factory=dict)
    unnamed: Counter[date] = field(default_factory=Counter)
    stages: Mapping[Period, Counter[FunnelStage]] = field(default_factory=dict)
    called: frozenset[int] = frozenset()

    def __add__(self, other: Deeds) -> Deeds:
        """Both, which are of different dossiers."""
        days, periods = {*self.worked, *other.worked}, {*self.stages, *other.stages}
        none, nothing = frozenset[int](), Counter[FunnelStage]()
        return Deeds(
            [*self.tallies, *other.tallies],
            self.firsts + other.firsts,
            {day: self.worked.get(day, none) | other.worked.get(day, none) for day in days},
            self.unnamed + other.unnamed,
            {p: self.stages.get(p, nothing) + other.stages.get(p, nothing) for p in periods},
            self.called | other.called,
        )


def summed(
    done: Iterable[tuple[Tally, Iterable[int]]],
    *periods: Period,
    named: Collection[int] | None = None,
) -> Deeds:
    """What was done, in order of time, each tally with its dossiers; `firsts` are not known of it.

    Of dossiers that are not among the `named` only the number is kept; of None given, all are.
    """
    tallies: list[Tally] = []
    worked: dict[date, frozenset[int]] = {}
    unnamed: Counter[date] = Counter()
    furthest = {period: {stage: set[int]() for stage in FunnelStage} for period in periods}
    known, called = set[int](), set[int]()
    for day, of_day in groupby(done, lambda each: each[0].day):
        keys, calls = set[int](), set[int]()
        for tally, dossiers in of_day:
            tallies.append(tally)
            if tally.kind is Kind.COMPLAINT:
                continue
            keys.update(dossiers)
            if tally.kind is Kind.CALL:
                calls.update(dossiers)
            for period, reached in furthest.items():
                if day in period:
                    reached[stage_of(tally.kind, tally.outcome)].update(dossiers)
        worked[day] = frozenset(keys if named is None else keys.intersection(named))
        unnamed[day] = len(keys) - len(worked[day])
        called |= calls - known
        known |= keys
    stages = {period: _at_most(reached) for period, reached in furthest.items()}
    return Deeds(tallies, Counter(), worked, unnamed, stages, frozenset(called))


def _at_most(reached: Mapping[FunnelStage, set[int]]) -> Counter[FunnelStage]:
    """How many dossiers came to each stage and no further."""
    found: Counter[FunnelStage] = Counter()
    further = set[int]()
    for stage in reversed(FunnelStage):
        found[stage] = len(reached[stage] - further)
        further |= reached[stage]
    return found


def added_up(rows: Iterable[LoggedContact], *periods: Period) -> Deeds:
    """These contacts and attempts, with the stages in these periods."""
    in_order = sorted(rows, key=lambda row: row.at)
    firsts = Counter(row.at.date() for row in in_order if row.is_first and row.kind in CALLS)
    return replace(
        summed(((row.tally, [row.dossier]) for row in in_order), *periods), firsts=firsts
    )


def stage_of(kind: Kind, outcome: Outcome | None) -> FunnelStage:
    """How far a contact of this kind and outcome has brought a dossier."""
    if outcome is Outcome.ORDER:
        return FunnelStage.ORDER
    if is_offer(kind, outcome):
        return FunnelStage.OFFER
    if outcome is Outcome.DECISION_MAKER:
        return FunnelStage.DECISION_MAKER
    return FunnelStage.REACHED if is_reach(kind, outcome) else FunnelStage.CALLED


def is_offer(kind: Kind, outcome: Outcome | None) -> bool:
    """Whether a contact gave the client an offer."""
    return kind is Kind.OFFER and outcome in OFFERED
