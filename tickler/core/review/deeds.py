"""What was done on some days, added up: a binder of any size comes to as many sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

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
    def stage(self) -> FunnelStage:
        return stage_of(self.kind, self.outcome)


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
    how many dossiers came to which stage at most, in each period that was asked for.
    """

    tallies: Sequence[Tally] = ()
    firsts: Counter[date] = field(default_factory=Counter)
    worked: Mapping[date, frozenset[int]] = field(default_factory=dict)
    unnamed: Counter[date] = field(default_factory=Counter)
    stages: Mapping[Period, Counter[FunnelStage]] = field(default_factory=dict)

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
        )


def added_up(rows: Iterable[LoggedContact], *periods: Period) -> Deeds:
    """These contacts and attempts, with the stages in these periods."""
    tallies: list[Tally] = []
    firsts: Counter[date] = Counter()
    worked: dict[date, set[int]] = {}
    furthest: dict[Period, dict[int, FunnelStage]] = {period: {} for period in periods}
    for row in rows:
        day = row.at.date()
        tallies.append(Tally(day, row.at.hour, row.kind, row.outcome, minutes=row.minutes or 0))
        firsts[day] += row.is_first and row.kind in CALLS
        if row.kind is Kind.COMPLAINT:
            continue
        worked.setdefault(day, set()).add(row.dossier)
        for period, found in furthest.items():
            if day in period:
                found[row.dossier] = max(found.get(row.dossier, row.stage), row.stage)
    return Deeds(
        tallies,
        firsts,
        {day: frozenset(keys) for day, keys in worked.items()},
        stages={period: Counter(found.values()) for period, found in furthest.items()},
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
