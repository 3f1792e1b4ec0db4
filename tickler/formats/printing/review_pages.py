"""A review for other programs and for paper: lines of CSV, and pages."""

import csv
import io
from collections.abc import Iterable, Iterator

from tickler.core.dates.language import DateWords
from tickler.core.review.figures import DayFigures, Share
from tickler.core.review.report import Figure, Review
from tickler.formats.printing.document import (
    Bars,
    Block,
    Chapter,
    Counters,
    Heading,
    Lines,
    Table,
    TableCell,
    Title,
    alert,
    joined,
    line,
    quiet,
    strong,
)

#: What a column of a day is made of, from the bottom up.
_DAY = ("done", "slid", "open", "unplanned")

_FIGURE_WIDTHS = (0.34, 0.1, 0.18, 0.1, 0.1, 0.18)


def as_csv(review: Review) -> str:
    """One line per figure under a head; shares from 0 to 1, times in minutes."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(["name", "value", "of", "target", "before"])
    for each in review.lines:
        numbers = (each.value, each.of, each.target, each.before)
        writer.writerow([each.name, *map(_number, numbers)])
    return page.getvalue().rstrip("\n")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def chapter(review: Review, rep: str, words: DateWords) -> Chapter:
    """The pages of a review: at a glance, day by day, all figures, when clients are reached."""
    days = review.period.text(words)
    running = "so far" if review.is_running else ""
    under = joined(map(quiet, (running, rep, f"compared with {review.before.text(words)}")))
    blocks: list[Block] = [
        Title(f"Review · {days}", (under,)),
        Counters(tuple(_counter(head, each) for head, each in review.glance.items())),
        *_days(review, words),
    ]
    for at, group in enumerate(review.groups):
        blocks += [Heading(group.title), _figures(group.lines, with_head=at == 0)]
    blocks += [*_reached(review, words), *_funnel(review)]
    return Chapter(f"Review · {days}", tuple(blocks))


def _counter(head: str, figure: Figure) -> tuple[str, str, Lines]:
    target = f"target {figure.in_words(figure.target)}" if figure.target else ""
    under = (joined((figure.counted, target)), line(figure.compared))
    return head, figure.text, tuple(each for each in under if each)


def _figures(figures: Iterable[Figure], *, with_head: bool) -> Table:
    heads = ("", "", "", "before", "target", "") if with_head else ()
    head = tuple(TableCell((line(each),), right=bool(each)) for each in heads)
    return Table(tuple(map(_figure, figures)), _FIGURE_WIDTHS, head, small=True)


def _figure(each: Figure) -> tuple[TableCell, ...]:
    before = each.compared.removeprefix("(").removesuffix(" before)")
    worse = each.is_better is False
    return (
        TableCell((line(each.label),)),
        TableCell((line(strong(each.text)),), right=True),
        TableCell((line(quiet(each.counted)),)),
        TableCell((line(alert(before) if worse else before),), right=True),
        TableCell((line(quiet(each.in_words(each.target) if each.target else "")),), right=True),
        TableCell(share=each.progress),
    )


def _days(review: Review, words: DateWords) -> Iterator[Block]:
    days = review.shown_days
    if not days:
        return
    yield Heading("Day by day")
    note = f"{words.short(days[0].day)} to {words.short(days[-1].day)}"
    yield Bars(_DAY, tuple(map(_column, days)), note)


def _column(day: DayFigures) -> tuple[float, ...]:
    return (day.done, day.slid, day.open, day.unplanned)


def _reached(review: Review, words: DateWords) -> Iterator[Block]:
    """Weekdays against hours: the darker, the more were reached; the number is of how many."""
    reached = review.now.reached
    if not reached:
        return
    hours = range(min(hour for _, hour in reached), max(hour for _, hour in reached) + 1)
    rows = [
        (
            TableCell((line(words.weekdays[day][: words.letters]),)),
            *(_heat(reached.get((day, hour), Share())) for hour in hours),
            TableCell((line(quiet(_rate(share))),), right=True),
        )
        for day, share in sorted(review.now.by_weekday().items())
    ]
    by_hour = review.now.by_hour()
    foot = (TableCell((line(quiet(_rate(by_hour.get(h, Share())))),), right=True) for h in hours)
    rows.append((TableCell(), *foot, TableCell()))
    head = (TableCell(), *(TableCell((line(f"{h}"),), right=True) for h in hours), TableCell())
    yield Heading("When clients are reached", "reached of tried, by weekday and hour of the call")
    yield Table(tuple(rows), (0, *(1.0 for _ in hours), 0), head, small=True)


def _heat(share: Share) -> TableCell:
    if share.rate is None:
        return TableCell()
    text = line(f"{share.part}/{share.whole}")
    return TableCell((text,), right=True, share=share.rate, shaded=True)


def _rate(share: Share) -> str:
    return "" if share.rate is None else f"{share.rate:.0%}"


def _funnel(review: Review) -> Iterator[Block]:
    most = max(review.now.funnel[0], 1)
    yield Heading("From the first call to the order")
    rows = tuple(
        (
            TableCell((line(name),)),
            TableCell((line(strong(str(count))),), right=True),
            TableCell((line(quiet("" if rate is None else f"{rate:.0%}")),), right=True),
            TableCell(share=count / most),
        )
        for name, count, rate in review.funnel()
    )
    yield Table(rows, (0.24, 0, 0, 0.76), small=True)
