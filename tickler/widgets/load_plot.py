"""The weeks ahead as a plot: a column a day, its load against what the rep can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.planning.capacity import Capacity
from tickler.core.text import printable
from tickler.core.views import InsertView, WeeksView
from tickler.widgets.styled import FAULT, HEAD, QUIET

#: The cells of the scale on the left, and of a day at least: its bar, and a gap or a sign.
SCALE, _DAY = 7, 3

#: The lines of a block beside its bars: the highest numbers; days, weekdays, weeks, the pointer.
PLOT_BESIDE = 6

#: How far the scale reaches, in capacities of a day or loads of a usual one; what is higher is
#: cut off there.
_REACHES = 1.5

_EIGHTHS = " ▁▂▃▄▅▆▇█"

Week = tuple[date, list[InsertView]]


def top_of(days: Sequence[InsertView]) -> int:
    """The load at the upper end of the scale."""
    full = max((view.capacity or 0 for view in days), default=0)
    loads = [view.load for view in days if view.load] or [0]
    reaches = round(max(full, median(loads)) * _REACHES)
    return max(min(max(loads), reaches), full, 1)


def number(view: InsertView, top: int) -> str:
    """What is on top of a bar: `9`, `26!` over capacity, `⌃314` where the bar is cut off."""
    load = view.load or 0
    if not load:
        return ""
    text = view.measure.brief(load)
    return f"⌃{text}" if load > top else f"{text}!" if view.is_over else text


def day_cells(days: Sequence[InsertView]) -> int:
    """The cells of a day's column: a number may take all of it only if a sign sets it apart."""
    numbers = [number(view, top_of(days)) for view in days]
    return max(_DAY, *(len(text) + _gap(text) for text in numbers), 0)


def _gap(number: str) -> int:
    """The blank after a number, which one with a sign does not need."""
    return int(not (number.startswith("⌃") or number.endswith("!")))


def fitting(view: WeeksView, width: int, most: int, blocks: int = 1) -> list[list[Week]]:
    """As many weeks as fit in `width` cells, `most` at most, in blocks below one another."""
    weeks = list(view.weeks)[:most]
    cells = day_cells([day for _, days in weeks for day in days])
    found: list[list[Week]] = []
    used = width
    for week in weeks:
        cost = cells * len(week[1]) + 1
        used += cost
        if used > width:
            if len(found) == blocks:
                break
            found.append([])
            used = SCALE + cost
        found[-1].append(week)
    return found


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: blocks of weeks, the chosen day, and how many lines of bars a block has."""

    blocks: Sequence[Sequence[Week]]
    cursor: date
    today: date
    height: int
    measure: Capacity
    words: DateWords

    def lines(self) -> Iterator[Content]:
        """The blocks, all on one scale: columns from the top down, and below them the days."""
        days = [view for weeks in self.blocks for view in _days(weeks)]
        top, cell = top_of(days), day_cells(days)
        full = max((view.capacity or 0 for view in days), default=0)
        for weeks in self.blocks:
            yield from self._block(weeks, full, top, cell)

    def _block(self, weeks: Sequence[Week], full: int, top: int, cell: int) -> Iterator[Content]:
        days, line = _days(weeks), self._row(full, top)
        cut = any((view.load or 0) > top for view in days)
        for row in range(self.height + cut, -1, -1):
            label = self.measure.text(full) if full and row == line else "0" if not row else ""
            scale = (f"{label:>{SCALE - 2}} ", QUIET)
            yield _across(weeks, scale, [self._piece(view, row, top, cell) for view in days])
        blank = (" " * (SCALE - 1), "")
        two = self.words.weekday_in_two
        for text in (lambda day: str(day.day), two):
            labels = [self._label(view, text(view.date), cell) for view in days if view.date]
            yield _across(weeks, blank, labels)
        named = (self._week(first, cell * len(of_week)) for first, of_week in weeks)
        yield Content.assemble(blank, *named)
        signs = ("▲" * (cell - 1) if view.date == self.cursor else "" for view in days)
        yield _across(weeks, blank, [Content.styled(f"{sign:{cell}}", HEAD) for sign in signs])

    def _row(self, amount: int, top: int) -> int:
        """The row in which a column of that amount ends."""
        return min(max(-(-amount * self.height // top) - 1, 0), self.height - 1)

    def _piece(self, view: InsertView, row: int, top: int, cell: int) -> Content:
        """One line of a day's column: filled, its number, empty, or the line of its capacity."""
        load, capacity = view.load or 0, view.capacity or 0
        # What is cut off goes a line beyond the scale, so that its number has a line of its own.
        eighths = round(8 * self.height * load / top) if load <= top else 8 * (self.height + 1)
        filled = max(eighths, 1) if load else 0
        if row == -(-filled // 8) and filled:
            text, gap = number(view, top), _gap(number(view, top))
            style = FAULT if view.is_over else "bold" if self._is_marked(view) else ""
            return Content.styled(f"{text:>{cell - gap}}{' ' * gap}", style)
        inside = min(max(filled - 8 * row, 0), 8)
        limit = capacity > 0 and row == self._row(capacity, top)
        if not inside:
            empty = "─" if limit else "·" if not row and view.working is False else " "
            return Content.styled(f"{empty * (cell - 1)} ", QUIET)
        usual = "$accent" if self._is_marked(view) else "$secondary"
        if limit and filled > 8 * (row + 1):
            return Content.assemble(("─" * (cell - 1), f"{usual} reverse"), " ")
        return Content.assemble((_EIGHTHS[inside] * (cell - 1), usual if capacity else QUIET), " ")

    def _is_marked(self, view: InsertView) -> bool:
        return view.date in (self.today, self.cursor)

    def _label(self, view: InsertView, text: str, cell: int) -> Content:
        style = QUIET if view.working is False else ""
        style = HEAD if view.date == self.today else style
        style = f"{style} reverse bold".strip() if view.date == self.cursor else style
        return Content.assemble((text.rjust(cell - 1), style), " ")

    def _week(self, first: date, room: int) -> Content:
        """`W48 Nov`, or as much of it as fits in a short week."""
        named = f"{self.words.week}{first:%V}"
        whole = f"{named} {self.words.month_in_three(first)}"
        text = whole if len(whole) < room else named if len(named) <= room else ""
        return Content.styled(f" {text:<{room}}", QUIET)


def _days(weeks: Sequence[Week]) -> list[InsertView]:
    return [view for _, days in weeks for view in days]


def _across(weeks: Sequence[Week], scale: tuple[str, str], pieces: list[Content]) -> Content:
    """A line of one piece a day, with a gap between weeks."""
    line, rest = [Content.styled(*scale)], iter(pieces)
    for _, days in weeks:
        line += [Content(" "), *(next(rest) for _ in days)]
    return Content("").join(line)


def off_days(weeks: Sequence[Week], words: DateWords) -> list[Content]:
    """The days off that have a name, each stretch of one name once: `25 Dec Christmas Day`."""
    stretches: list[tuple[str, date, date]] = []
    for view in _days(weeks):
        if view.date is None or not view.holiday:
            stretches.append(("", date.min, date.min))  # a working day separates two stretches
        elif stretches and stretches[-1][0] == view.holiday:
            stretches[-1] = (view.holiday, stretches[-1][1], view.date)
        else:
            stretches.append((view.holiday, view.date, view.date))
    return [
        Content.assemble((_span(first, last, words), "bold"), f" {printable(name)}")
        for name, first, last in stretches
        if name
    ]


def _span(first: date, last: date, words: DateWords) -> str:
    """`25 Dec`, `28–30 Dec`, `24 Dec – 6 Jan`."""
    end = f"{last.day} {words.month_in_three(last)}"
    if first == last:
        return end
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{first.day} {words.month_in_three(first)} – {end}"
