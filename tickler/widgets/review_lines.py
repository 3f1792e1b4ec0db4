"""A review as it is drawn: the lines of each of its pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.dates.periods import Period, Span
from tickler.core.planning.capacity import bar
from tickler.core.review.figures import Share
from tickler.core.review.report import PERIODS, Figure, FigureGroup, Review, strip
from tickler.widgets.styled import HEAD, QUIET

_TREND = {True: "$text-success", False: "$text-error", None: QUIET}

#: The cells of a column of figures, label and all, and of a bar to a target.
COLUMN = 37
_TARGET = 10

#: Cells next to the hours of the map of calls: the weekday with its share, and the counts.
_BESIDE, _COUNTED = 11, 14

#: The cells of a figure at a glance before its bar: the label, the figure, what it is taken from.
_LABEL, _VALUE, _OF = 11, 7, 12

#: The cells of a bar at a glance at least and at most; from this width on the course is wider.
_BARS, _ROOMY = (6, 30), 120

_LEVELS = "▁▂▃▄▅▆▇█"

PageLines = Callable[[Review, DateWords, int], Iterator[Content]]


def glance(review: Review, width: int) -> Iterator[Content]:
    """Six figures, a line each: how far the target is reached, how it went, what it was before."""
    lines, course = review.glance.values(), review.course
    goals = [f" of {line.in_words(line.target)}" if line.target else "" for line in lines]
    goal_cells = max(map(len, goals))
    each = 2 if width >= _ROOMY else 1
    before = max(len(line.compared) for line in lines)
    fixed = _LABEL + _VALUE + _OF + goal_cells + PERIODS * each + before + 8
    bar_cells = min(max(width - fixed, _BARS[0]), _BARS[1])
    for line, goal in zip(lines, goals, strict=True):
        target = Content.assemble(_padded(to_target(line, bar_cells), bar_cells + 2), (goal, QUIET))
        went = course_text(course.values[line.name], each, review) if course else Content("")
        yield Content.assemble(
            f"{line.label:<{_LABEL}}",
            (f"{line.text:>{_VALUE}}", "bold"),
            (f" {line.counted:<{_OF}}", QUIET),
            _padded(target, bar_cells + goal_cells + 4) if goal_cells else "",
            _padded(went, PERIODS * each),
            "  ",
            trend(line),
        )


def course_text(values: Sequence[float | None], cells: int, review: Review) -> Content:
    """A column a period, as high as its value; the last in the accent colour while it runs."""
    most = max((value for value in values if value), default=1)
    parts = []
    for place, value in enumerate(values, 1):
        level = max(round((value or 0) / most * (len(_LEVELS) - 1)), 1) if value else 0
        column = "·" if value is None else _LEVELS[level]
        last = place == len(values) and review.is_running
        style = "$accent" if last else "$secondary" if value else QUIET
        parts.append(Content.styled(column * max(cells - 1, 1) + " " * (cells > 1), style))
    return Content("").join(parts)


def last_ten(review: Review, words: DateWords, width: int) -> Iterator[Content]:
    """The figures at a glance of the period and those before, a line each, the newest first."""
    course, lines = review.course, review.glance.values()
    if course is None:
        return
    named = [_short(period, words) for period in course.periods]
    lead = max(map(len, named)) + 1
    cell = min(max((width - lead) // len(lines), 9), 11)
    yield Content.styled(" " * lead + "".join(f"{line.label:>{cell}}" for line in lines), QUIET)
    for place in range(len(named) - 1, -1, -1):
        shown = [line.in_words(course.values[line.name][place]) for line in lines]
        yield Content.assemble(
            (f"{named[place]:<{lead}}", "bold" if course.periods[place] == review.period else ""),
            "".join(f"{text:>{cell}}" for text in shown),
        )


def _short(period: Period, words: DateWords) -> str:
    """`Mon 23 Nov`, `W48`, `Nov 2026`; of other days both ends."""
    if period.span is Span.DAY:
        return words.short(period.first)
    if period.span is Span.WEEK:
        return f"{words.week}{period.first:%V}"
    if period.span is Span.MONTH:
        return f"{words.month_in_three(period.first)} {period.first.year:04d}"
    return words.stretch(period.first, period.last)


def figures(review: Review, words: DateWords, width: int) -> Iterator[Content]:
    """All figures in two columns, with those before, and targets where there is room."""
    del words
    room = max((width - 2) // 2, COLUMN)
    groups = review.groups
    left, right = (
        [line for group in half for line in _group(group, room)]
        for half in (groups[:2], groups[2:])
    )
    for first, second in zip_longest(left, right):
        yield Content.assemble(first or " " * room, "  ", second or "")


def days(review: Review, words: DateWords, width: int) -> Iterator[Content]:
    """A line a day: done, unplanned, and what slid or is open, as one bar."""
    if review.period.length == 1:
        yield from _hours(review, width)
        return
    shown = review.shown_days
    if not shown:
        yield Content.styled("nothing was planned or done, or it is more than two months", QUIET)
        return
    yield Content.assemble(
        ("               planned  done  slid  unplanned  ", QUIET),
        *(
            ("█", "$success"),
            " done ",
            ("▓", "$secondary"),
            " unplanned ",
            ("░", "$error"),
            " slid",
        ),
    )
    most = max(day.planned + day.unplanned for day in shown)
    room = max(width - 47, 8)
    for day in shown:
        left = "$error" if day.slid else QUIET
        parts = ((day.done, "█", "$success"), (day.unplanned, "▓", "$secondary"))
        yield Content.assemble(
            f"{words.short(day.day):<13}{day.planned:>8}{day.done:>7}",
            (f"{day.slid or '':>6}", "$text-error"),
            f"{day.unplanned or '':>11}  ",
            *_stacked((*parts, (day.slid or day.open, "░", left)), most, room),
        )


def _hours(review: Review, width: int) -> Iterator[Content]:
    hours = review.now.hours
    if not hours:
        yield Content.styled("no contact yet" if review.is_running else "no contact", QUIET)
        return
    yield Content.styled("        contacts  attempts", QUIET)
    most = max(share.whole for share in hours.values())
    room = min(width - 30, most * 4)
    for hour in range(min(hours), max(hours) + 1):
        share = hours.get(hour, Share())
        tried = share.whole - share.part
        yield Content.assemble(
            f"{hour:02d}–{hour + 1:02d}{share.part or '':>11}{tried or '':>10}  ",
            *_stacked(((share.part, "█", "$success"), (tried, "░", QUIET)), most, room),
        )


def _stacked(
    parts: Sequence[tuple[int, str, str]], most: int, room: int
) -> Iterator[tuple[str, str]]:
    """Counts after one another as a bar, which is full at `most`."""
    total, drawn = 0, 0
    for count, block, style in parts:
        total += count
        cells = round(total / most * room)
        yield block * (cells - drawn), style
        drawn = cells


def reached(review: Review, words: DateWords, width: int) -> Iterator[Content]:
    """The map of calls: weekdays against hours, how many were reached of how many called."""
    now = review.now
    if not now.reached:
        yield Content.styled("no calls in these days", QUIET)
        return
    by_hour = now.by_hour()
    cell = max(len(_of(share)) for share in now.reached.values()) + 2
    all_hours = range(min(by_hour), max(by_hour) + 1)
    counted = len(all_hours) * cell + _BESIDE + _COUNTED <= width
    hours = _busiest(by_hour, (width - _BESIDE - _COUNTED * counted) // cell)
    labels = "".join(f"{f'{hour}h':>{cell - 1}} " for hour in hours)
    yield Content.styled(f"    {labels}", QUIET)
    rows = [
        (words.weekdays[day][: words.letters], share, [now.reached.get((day, h)) for h in hours])
        for day, share in sorted(now.by_weekday().items())
    ]
    for name, share, shares in rows:
        yield Content.assemble(
            (f"{name:<4}", "bold"),
            *(_cell(each or Share(), cell) for each in shares),
            f"{_percent(share):>7}",
            (f"  {share.part} of {share.whole}" if counted else "", QUIET),
        )
    rates = (_percent(by_hour.get(hour, Share())).replace(" ", "") for hour in hours)
    yield Content.assemble(
        (f"{'all':<4}", "bold"),
        *(f"{rate:>{cell - 1}} " for rate in rates),
        (f"{_percent(now.reach):>7}", "bold"),
        (f"  {now.reach.part} of {now.reach.whole}" if counted else "", QUIET),
    )
    if others := sum(share.whole for hour, share in by_hour.items() if hour not in hours):
        yield Content.styled(f"    {others} calls at other hours", QUIET)
    if best := now.best_hour:
        hour, share = best
        yield Content("")
        yield Content.assemble(
            "Most are reached from ", (f"{hour}:00 to {hour + 1}:00", HEAD),
            f": {share.part} of {share.whole} calls, {_percent(share)}",
        )  # fmt: skip


def funnel(review: Review, words: DateWords, width: int) -> Iterator[Content]:
    """The dossiers worked, by how far they came, each stage under the one before."""
    del words
    most = review.now.funnel[0]
    if not most:
        yield Content.styled("no dossier was worked in these days", QUIET)
        return
    room = max(width - 30, 10)
    for name, count, rate in review.funnel():
        share = "" if rate is None else _percent(Share(round(rate * 1000), 1000))
        cells = strip(count / most, room)
        before = " " * ((room - len(cells)) // 2)
        yield Content.assemble(
            f"{name:<15}", (f"{count:>4} ", "bold"), (f"{share:>6}  ", QUIET),
            (f"{before}{cells}", "$secondary"),
        )  # fmt: skip
    yield Content.styled("dossiers worked, by how far they came; % of the stage before", QUIET)


#: The pages, by their titles.
PAGES: Mapping[str, PageLines] = {
    "Figures": figures,
    "Reached": reached,
    "Funnel": funnel,
    "Day by day": days,
    "Last ten": last_ten,
}


def trend(line: Figure) -> Content:
    """What the figure was before."""
    return Content.styled(line.compared, _TREND[line.is_better])


def to_target(line: Figure, width: int) -> Content:
    """How far the target is reached, as a bar; nothing where there is none."""
    if line.progress is None:
        return Content("")
    is_met = line.progress >= 1
    cells = round(min(line.progress, 1.0) * width)
    style = "$success" if is_met else "$secondary"
    rest = ("─" * (width - cells), QUIET)
    return Content.assemble(("━" * cells, style), rest, " ✓" if is_met else "")


def _group(group: FigureGroup, room: int) -> Iterator[Content]:
    yield Content.styled(group.title.ljust(room), HEAD)
    for line in group.lines:
        counted = f" {line.counted:<11}" if room >= COLUMN + 14 else ""
        figure = (f"{line.text:>7} ", "bold")
        # The time before is long: then the label gives way, as far as it is shorter.
        label = max(min(18, room - 8 - len(counted) - len(line.compared)), len(line.label) + 1)
        row = Content.assemble(line.label.ljust(label), figure, (counted, QUIET), trend(line))
        if counted:
            row = _padded(row, COLUMN + 10)
        if room >= COLUMN + _TARGET + 20 and line.progress is not None:
            goal = f"  of {line.in_words(line.target)}"
            row = Content.assemble(row, to_target(line, _TARGET), (goal, QUIET))
        yield _padded(row, room)


def _padded(row: Content, room: int) -> Content:
    return Content.assemble(row, " " * max(room - row.cell_length, 0))


def _busiest(by_hour: Mapping[int, Share], most: int) -> Sequence[int]:
    """The hours from the first to the last, or those with most calls where not all have room."""
    hours = range(min(by_hour), max(by_hour) + 1)
    if len(hours) <= most:
        return hours
    busiest = sorted(by_hour, key=lambda hour: -by_hour[hour].whole)
    return sorted(busiest[: max(most, 1)])


def _cell(share: Share, cell: int) -> Content:
    if share.rate is None:
        return Content.styled("·".rjust(cell - 1) + " ", QUIET)
    shade = "$text-success" if share.rate >= 0.5 else "$text-error" if not share.rate else ""
    return Content.assemble(
        (_of(share).rjust(cell - 1), shade), (bar(share.part, share.whole), "$secondary")
    )


def _of(share: Share) -> str:
    return f"{share.part}/{share.whole}"


def _percent(share: Share) -> str:
    return "" if share.rate is None else f"{share.rate:.0%}".replace("%", " %")
