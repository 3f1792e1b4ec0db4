"""A review as lines of text: six figures, the tables behind them, and what is drawn of them."""

from collections.abc import Iterator, Mapping

from tickler.cli.cells import Cell, Row
from tickler.cli.cells import HeadLine as Head
from tickler.core.dates.language import DateWords
from tickler.core.review.figures import Share
from tickler.core.review.report import Figure, Review, strip

#: The cells of a full bar: of a target, and of what is drawn.
_SHORT, _LONG = 10, 30

_BETTER = {True: "accent", False: "late", None: "dim"}

_NOTHING = Head("")


def tables(review: Review, words: DateWords) -> Iterator[list[Row]]:
    """The tables of a review, each with its own columns."""
    running = " so far" if review.is_running else ""
    yield [
        Head(f"Review · {review.period.text(words)}{running}", "accent"),
        Head(f"vs. {review.before.text(words)}", "dim"),
    ]
    if review.is_empty:
        yield [Head("nothing was planned, done or promised", "")]
        return
    yield list(_glance(review.glance))
    yield list(_groups(review))
    days = review.shown_days
    if days:
        yield list(_days(review, words))
    if review.now.reached:
        by_hour = {f"{hour:02d}–{hour + 1:02d}": s for hour, s in review.now.by_hour().items()}
        yield list(_reach("Reached by the hour", dict(sorted(by_hour.items()))))
        by_day = sorted(review.now.by_weekday().items())
        yield list(
            _reach(
                "Reached by the weekday", {words.weekdays[n][: words.letters]: s for n, s in by_day}
            )
        )
    if review.now.funnel[0]:
        yield list(_funnel(review))


def _glance(glance: Mapping[str, Figure]) -> Iterator[Row]:
    yield _NOTHING
    yield [Cell(head, "dim") for head in glance]
    yield [Cell(line.text, "accent") for line in glance.values()]
    yield [Cell(line.counted, "dim") for line in glance.values()]
    yield [Cell(line.compared, _BETTER[line.is_better]) for line in glance.values()]


def _groups(review: Review) -> Iterator[Row]:
    for group in review.groups:
        yield _NOTHING
        yield Head(group.title)
        for line in group.lines:
            yield [
                f"  {line.label}",
                Cell(line.text, right=True),
                Cell(line.counted, "dim"),
                Cell(line.compared, _BETTER[line.is_better]),
                *_target(line),
            ]


def _target(line: Figure) -> Iterator[Cell]:
    if line.progress is None:
        return
    is_met = line.progress >= 1
    yield Cell(strip(line.progress, _SHORT).ljust(_SHORT, "·"), "accent" if is_met else "")
    yield Cell(f"{'✓ ' if is_met else ''}target {line.in_words(line.target)}", "dim")


def _days(review: Review, words: DateWords) -> Iterator[Row]:
    yield _NOTHING
    yield Head("Day by day")
    yield [Cell(each, "dim", right=True) for each in ("", "planned", "done", "slid", "unplanned")]
    most = max(day.done + day.unplanned for day in review.shown_days) or 1
    for day in review.shown_days:
        yield [
            f"  {words.short(day.day)}",
            Cell(str(day.planned), right=True),
            Cell(str(day.done), right=True),
            Cell(str(day.slid or ""), "late", right=True),
            Cell(str(day.unplanned or ""), right=True),
            strip((day.done + day.unplanned) / most, _LONG),
        ]


def _reach(title: str, shares: Mapping[str, Share]) -> Iterator[Row]:
    yield _NOTHING
    yield Head(title)
    for name, share in shares.items():
        yield [
            f"  {name}",
            Cell(f"{share.rate:.0%}".replace("%", " %") if share.whole else "", right=True),
            Cell(f"{share.part} of {share.whole}", "dim", right=True),
            strip(share.rate or 0, _LONG),
        ]


def _funnel(review: Review) -> Iterator[Row]:
    yield _NOTHING
    yield Head("From the first call to the order")
    for name, count, rate in review.funnel():
        yield [
            f"  {name}",
            Cell(str(count), right=True),
            Cell("" if rate is None else f"{rate:.0%}".replace("%", " %"), "dim", right=True),
            strip(count / review.now.funnel[0], _LONG),
        ]
