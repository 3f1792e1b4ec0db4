"""The weeks ahead as a plot: a column a day, its load against what the rep can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.planning.capacity import Capacity
from tickler.core.text import printable
from tickler.core.views import InsertView, WeeksView
from tickler.widgets.styled import FAULT, HEAD, QUIET

#: The cells of a bar, of a day (a bar and its sign when too full), and of the scale on the left.
BAR, DAY, SCALE = 2, 3, 7

#: The lines below the columns: numbers, weekdays, weeks, and the sign of the day looked at.
BELOW = 4

_EIGHTHS = " ▁▂▃▄▅▆▇█"

Week = tuple[date, list[InsertView]]


def fitting(view: WeeksView, width: int, most: int) -> list[Week]:
    """As many weeks as fit in `width` cells, `most` at most and one at least."""
    found: list[Week] = []
    used = SCALE
    for first, days in view.weeks:
        used += DAY * len(days) + 1
        if found and (used > width or len(found) == most):
            break
        found.append((first, days))
    return found


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: the weeks, the chosen day, and into how many lines."""

    weeks: Sequence[Week]
    cursor: date
    today: date
    height: int
    measure: Capacity
    words: DateWords

    def lines(self) -> Iterator[Content]:
        """The columns from the top down, and below them the days."""
        full = max((view.capacity or 0 for view in self._days), default=0)
        top = max(full, *(view.load or 0 for view in self._days), 1)
        line = self._row(full, top)
        for row in range(self.height - 1, -1, -1):
            label = self.measure.text(full) if full and row == line else "0" if not row else ""
            scale = (f"{label:>{SCALE - 2}} ", QUIET)
            yield self._across(scale, [self._piece(view, row, top) for view in self._days])
        blank = (" " * (SCALE - 1), "")
        yield self._across(blank, [self._label(v, f"{v.date:%-d}") for v in self._days if v.date])
        two = self.words.weekday_in_two
        yield self._across(blank, [self._label(v, two(v.date)) for v in self._days if v.date])
        yield Content.assemble(blank, *(self._week(first, days) for first, days in self.weeks))
        signs = ("▲▲ " if view.date == self.cursor else "   " for view in self._days)
        yield self._across(blank, [Content.styled(sign, HEAD) for sign in signs])

    @property
    def _days(self) -> list[InsertView]:
        return [view for _, days in self.weeks for view in days]

    def _row(self, amount: int, top: int) -> int:
        """The row in which a column of that amount ends."""
        return min(max(-(-amount * self.height // top) - 1, 0), self.height - 1)

    def _across(self, scale: tuple[str, str], pieces: list[Content]) -> Content:
        """A line of one piece a day, with a gap between weeks."""
        line, rest = [Content.styled(*scale)], iter(pieces)
        for _, days in self.weeks:
            line += [Content(" "), *(next(rest) for _ in days)]
        return Content("").join(line)

    def _piece(self, view: InsertView, row: int, top: int) -> Content:
        """One line of a day's column: filled, empty, or the line of its capacity."""
        load, capacity = view.load or 0, view.capacity or 0
        filled = round(8 * self.height * load / top)
        if load and not row:
            filled = max(filled, 1)
        inside = min(max(filled - 8 * row, 0), 8)
        limit = capacity > 0 and row == self._row(capacity, top)
        ends = bool(load) and row == min((max(filled, 1) - 1) // 8, self.height - 1)
        sign = "!" if ends and view.is_over else " "
        if not inside:
            empty = "──" if limit else "··" if not row and view.working is False else "  "
            return Content.styled(f"{empty} ", QUIET)
        above = view.is_over and row > self._row(capacity, top)
        usual = "$accent" if view.date in (self.today, self.cursor) else "$secondary"
        style = "$text-error" if above else usual if capacity else QUIET
        return Content.assemble((_EIGHTHS[inside] * BAR, style), (sign, FAULT))

    def _label(self, view: InsertView, text: str) -> Content:
        style = QUIET if view.working is False else ""
        style = HEAD if view.date == self.today else style
        style = f"{style} reverse bold".strip() if view.date == self.cursor else style
        return Content.assemble((text.rjust(BAR), style), " ")

    def _week(self, first: date, days: list[InsertView]) -> Content:
        """`W48 Nov`, or as much of it as fits in a short week."""
        room = DAY * len(days)
        named = f"{self.words.week}{first:%V}"
        whole = f"{named} {self.words.month_in_three(first)}"
        text = whole if len(whole) < room else named if len(named) <= room else ""
        return Content.styled(f" {text:<{room}}", QUIET)


def off_days(weeks: Sequence[Week], words: DateWords) -> list[Content]:
    """The days off that have a name, each stretch of one name once: `25 Dec Christmas Day`."""
    stretches: list[tuple[str, date, date]] = []
    for view in (view for _, days in weeks for view in days):
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
