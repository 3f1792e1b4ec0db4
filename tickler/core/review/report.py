"""A review as it is shown: its figures in groups, each with its target and the period before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from tickler.core.dates.periods import Period
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slips import SlipState
from tickler.core.review.deeds import FunnelStage
from tickler.core.review.figures import DayFigures, Figures
from tickler.core.review.targets import Measure, Target

#: The figures at a glance, in order, each with its head in few letters.
AT_A_GLANCE = {
    "done": "DONE",
    "contacts": "CONTACTS",
    "reach": "REACHED",
    "meetings": "MEETINGS",
    "orders": "ORDERS",
    "kept": "KEPT",
}

#: The stages of the funnel in the rep's words.
STAGES = {stage: stage.name.lower().replace("_", "-") for stage in FunnelStage}

#: No more days than two months are shown one by one.
_MOST_SHOWN = 62

#: A longer cause of complaints is cut.
_LONGEST_CAUSE = 16

#: The least amount that is a target: less than half an order a day is none.
_LEAST = 0.5

_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value`, `target` and `before` in its measure, `of` how many it is taken from.

    A share goes from 0 to 1. Each is None where there is none. `better` is 1 where more is
    better, -1 where less is, 0 where neither.
    """

    name: str
    label: str
    measure: Measure
    value: float | None
    of: int | None = None
    target: float | None = None
    before: float | None = None
    better: int = 1

    @property
    def part(self) -> int | None:
        """Of a share, how many it counts."""
        if self.measure is not Measure.SHARE or self.value is None or self.of is None:
            return None
        return round(self.value * self.of)

    @property
    def trend(self) -> int:
        """Whether it is more (1) or less (-1) than before; 0 where there is nothing to compare."""
        if self.value is None or self.before is None:
            return 0
        return (self.value > self.before) - (self.value < self.before)

    @property
    def is_better(self) -> bool | None:
        """Whether it is better than before; None where it is the same, or neither is better."""
        return self.trend == self.better if self.trend and self.better else None

    @property
    def progress(self) -> float | None:
        """How far the target is reached, 1 for all of it; None without target or value."""
        if not self.target or self.value is None:
            return None
        if self.better < 0:
            return min(self.target / self.value, 1.0) if self.value else 1.0
        return self.value / self.target

    def in_words(self, value: float | None) -> str:
        """A value of this figure: `14`, `74 %`, `3:20 h`; – for none."""
        if value is None:
            return "–"
        if self.measure is Measure.SHARE:
            return f"{value:.0%}".replace("%", " %")
        if self.measure is Measure.MINUTES:
            hours, minutes = divmod(round(value), 60)
            return f"{hours}:{minutes:02d} h"
        return f"{value:.0f}" if value == round(value) or value >= 100 else f"{value:.1f}"

    @property
    def text(self) -> str:
        return self.in_words(self.value)

    @property
    def counted(self) -> str:
        """The numbers of a ratio: `14 of 19`, `of 23`; "" for others."""
        if self.of is None:
            return ""
        return f"of {self.of}" if self.part is None else f"{self.part} of {self.of}"

    @property
    def compared(self) -> str:
        """The value before: `(9 before)`."""
        if self.before is None or self.value is None:
            return ""
        return f"({self.in_words(self.before).replace(' %', '%')} before)"


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that belong together."""

    title: str
    lines: tuple[Figure, ...]


#: Through how many periods the figures are followed, the one shown the last.
PERIODS = 10


@dataclass(frozen=True, slots=True)
class Course:
    """How it went: some periods one after another, and each figure of them by its name."""

    periods: tuple[Period, ...]
    values: Mapping[str, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True)
class Review:
    """A period in figures with the one before; `later` is None where none has begun.

    `course` is how it went up to this period, once that was read.
    """

    period: Period
    before: Period
    earlier: Period
    later: Period | None
    today: date
    now: Figures
    then: Figures
    groups: tuple[FigureGroup, ...]
    course: Course | None = None

    @property
    def lines(self) -> Iterator[Figure]:
        return (line for group in self.groups for line in group.lines)

    @property
    def glance(self) -> dict[str, Figure]:
        by_name = {line.name: line for line in self.lines}
        return {head: by_name[name] for name, head in AT_A_GLANCE.items()}

    @property
    def is_running(self) -> bool:
        return self.today in self.period

    @property
    def is_empty(self) -> bool:
        now = self.now
        if not now.complaints.is_empty:
            return False
        counted = (now.contacts, now.attempts, now.done.whole, now.kept.whole)
        return not any((*counted, now.answered, now.unanswered))

    @property
    def shown_days(self) -> tuple[DayFigures, ...]:
        """The days worth a line: of several, and no more than a picture holds, those with work."""
        if self.period.length == 1 or self.period.length > _MOST_SHOWN:
            return ()
        return tuple(d for d in self.now.days if d.planned or d.unplanned or d.contacts)

    def funnel(self) -> Iterator[tuple[str, int, float | None]]:
        """Each stage with its dossiers, and the part of the stage before that came so far."""
        counts = self.now.funnel
        for stage, name in STAGES.items():
            before = counts[stage - 1] if stage else 0
            yield name, counts[stage], counts[stage] / before if before else None


def compare(
    now: Figures,
    then: Figures,
    *,
    period: Period,
    before: Period,
    targets: Mapping[str, Target],
    today: date,
    calendar: Calendar,
) -> Review:
    """The review of a period, its figures next to those of the period before."""
    scaled = {name: target.scaled(period, calendar) for name, target in targets.items()}
    goals = {n: goal for n, goal in scaled.items() if targets[n].per is None or goal >= _LEAST}
    groups = tuple(
        FigureGroup(title, tuple(_line(spec, now, then, goals) for spec in specs))
        for title, specs in _GROUPS.items()
    )
    if not (now.complaints.is_empty and then.complaints.is_empty):
        groups += (FigureGroup("Complaints", tuple(_complaints(now, then))),)
    after = period.moved(1, calendar)
    later = after if after.first <= today else None
    return Review(period, before, period.moved(-1, calendar), later, today, now, then, groups)


def course(of: Mapping[Period, Figures]) -> Course:
    """The figures of several periods, in the order in which these are given."""
    specs = [spec for specs in _GROUPS.values() for spec in specs]
    return Course(tuple(of), {s.name: tuple(map(s.value, of.values())) for s in specs})


def _complaints(now: Figures, then: Figures) -> Iterator[Figure]:
    """How many came, were open at the end and settled in time; then how many of each cause."""
    count, mine, theirs = Measure.COUNT, now.complaints, then.complaints
    yield Figure("complaints", "complaints", count, mine.came, None, None, theirs.came, -1)
    yield Figure("complaints_open", "open", count, mine.open, None, None, theirs.open, -1)
    yield Figure(
        "complaints_in_time", "settled in time", Measure.SHARE,
        mine.punctual, mine.settled, None, theirs.punctual,
    )  # fmt: skip
    for cause in dict.fromkeys((*mine.causes, *theirs.causes)):
        label = cause if len(cause) <= _LONGEST_CAUSE else f"{cause[: _LONGEST_CAUSE - 1]}…"
        before = theirs.causes.get(cause, 0)
        value = mine.causes.get(cause, 0)
        yield Figure(f"complaints: {cause}", f" {label}", count, value, None, None, before, -1)


def strip(share: float, cells: int) -> str:
    """A bar along a line, `cells` long when full; a share above 1 is full."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    if share > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def as_json(review: Review) -> dict[str, object]:
    """All of a review for programs; shares from 0 to 1, times in minutes."""
    now = review.now
    return {
        "period": _span(review.period),
        "before": _span(review.before),
        "workdays": now.workdays,
        "figures": [
            {"name": line.name, "value": line.value, "of": line.of, "part": line.part}
            | {"unit": line.measure.value, "target": line.target, "before": line.before}
            for line in review.lines
        ],
        "reach": [
            {"weekday": day + 1, "hour": hour, "reached": share.part, "tried": share.whole}
            for (day, hour), share in sorted(now.reached.items())
        ],
        "funnel": [
            {"stage": name, "dossiers": count, "rate": rate}
            for name, count, rate in review.funnel()
        ],
        "complaints": {
            "came": now.complaints.came,
            "open": now.complaints.open,
            "settled": now.complaints.settled,
            "in_time": now.complaints.in_time,
            "causes": [
                {"cause": cause, "count": count} for cause, count in now.complaints.causes.items()
            ],
        },
        "days": [{"date": day.pop("day").isoformat(), **day} for day in map(asdict, now.days)],
    }


def _span(period: Period) -> dict[str, object]:
    first, last = period.first.isoformat(), period.last.isoformat()
    return {"span": period.span.value, "from": first, "to": last}


@dataclass(frozen=True, slots=True)
class _Spec:
    """How a figure is found, and from how many it is taken."""

    name: str
    label: str
    value: Callable[[Figures], float | None]
    of: Callable[[Figures], int | None] = lambda _: None
    measure: Measure = Measure.COUNT
    better: int = 1


def _line(spec: _Spec, now: Figures, then: Figures, goals: Mapping[str, float]) -> Figure:
    return Figure(
        spec.name,
        spec.label,
        spec.measure,
        spec.value(now),
        spec.of(now),
        goals.get(spec.name),
        spec.value(then),
        spec.better,
    )


def _sum(name: str) -> Callable[[Figures], float]:
    return lambda figures: sum(getattr(day, name) for day in figures.days)


def _count(name: str) -> Callable[[Figures], float]:
    return lambda figures: float(getattr(figures, name))


def _promised(state: SlipState) -> Callable[[Figures], float]:
    return lambda figures: figures.promises.get(state, 0)


def _rate(part: Callable[[Figures], int], whole: Callable[[Figures], int]) -> _Rate:
    return lambda figures: part(figures) / whole(figures) if whole(figures) else None


_Rate = Callable[[Figures], float | None]

_GROUPS: Mapping[str, tuple[_Spec, ...]] = {
    "The pile": (
        _Spec("planned", "planned", _sum("planned"), better=0),
        _Spec("done", "done", lambda f: f.done.rate, lambda f: f.done.whole, Measure.SHARE),
        _Spec("slid", "slid", _sum("slid"), better=-1),
        _Spec("open", "open", _sum("open"), better=0),
        _Spec("unplanned", "unplanned", _sum("unplanned"), better=0),
    ),
    "Contacts": (
        _Spec("contacts", "contacts", _count("contacts")),
        _Spec("attempts", "attempts", _count("attempts"), better=0),
        _Spec("first_calls", "first calls", _count("first_calls")),
        _Spec("repeat_calls", "repeat calls", _count("repeat_calls")),
        _Spec("reach", "reached", lambda f: f.reach.rate, lambda f: f.reach.whole, Measure.SHARE),
        _Spec("decision_makers", "decision-makers", _count("decision_makers")),
        _Spec("minutes", "time", _count("minutes"), measure=Measure.MINUTES, better=0),
    ),
    "Results": (
        _Spec("meetings", "meetings", _count("meetings")),
        _Spec(
            "meetings_per_day",
            "meetings a day",
            _rate(lambda f: f.meetings, lambda f: f.workdays),
            lambda f: f.workdays,
        ),
        _Spec("offers", "offers", _count("offers")),
        _Spec("orders", "orders", _count("orders")),
        _Spec(
            "orders_per_contact",
            "orders per contact",
            _rate(lambda f: f.orders, lambda f: f.contacts),
            lambda f: f.contacts,
            Measure.SHARE,
        ),
    ),
    "Promises and mail": (
        _Spec("kept", "kept", lambda f: f.kept.rate, lambda f: f.kept.whole, Measure.SHARE),
        _Spec("kept_late", "kept late", _promised(SlipState.KEPT_LATE), better=-1),
        _Spec("told", "told in time", _promised(SlipState.TOLD), better=0),
        _Spec("told_late", "told late", _promised(SlipState.TOLD_LATE), better=-1),
        _Spec("broken", "broken", _promised(SlipState.OVERDUE), better=-1),
        _Spec(
            "answer",
            "answered after",
            lambda f: f.answer,
            lambda f: f.answered or None,
            Measure.MINUTES,
            better=-1,
        ),
        _Spec("unanswered", "unanswered", _count("unanswered"), better=-1),
    ),
}
