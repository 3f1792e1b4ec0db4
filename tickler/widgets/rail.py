"""The rail: the tabs 1–31 and the months, which are the calendar too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE
from tickler.core.planning.capacity import Unit, bar
from tickler.core.text import printable
from tickler.core.views import InsertView

if TYPE_CHECKING:
    from tickler.widgets.rail_dates import Dates

#: From this height on every insert has a line of its own: 31 numbers and 12 months.
TALL = 43

_BAR_CELLS = 6
_HEAD = "rail--head"


@dataclass(frozen=True, slots=True)
class RailCell:
    """A piece of a line: its text, its style's name, the insert a click on it chooses."""

    text: str
    style: str = ""
    key: str | None = None


class Rail(Widget, can_focus=True):
    """The inserts with their load. `chosen` is open, `target` is where a typed date points."""

    FOCUS_ON_CLICK = False  # a click fills the date of an open form, which keeps the keys

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "screen.insert(1)", "after", show=False, id="rail_down", priority=True,
                tooltip="the insert after"),
        Binding("up,k", "screen.insert(-1)", "before", show=False, id="rail_up", priority=True,
                tooltip="the insert before"),
    ]  # fmt: skip

    COMPONENT_CLASSES = {  # noqa: RUF012  Textual's own protocol
        _HEAD,
        "rail--day",
        "rail--ahead",
        "rail--off",
        "rail--over",
        "rail--today",
        "rail--chosen",
        "rail--target",
    }

    class Chosen(Message):
        """A click on an insert."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, words: DateWords = ENGLISH) -> None:
        super().__init__(id="rail")
        self.words = words
        self._inserts: dict[str, InsertView] = {}
        self._today = ""
        self._chosen = ""
        self._target: str | None = None
        self._is_dated = False
        self._dates: Dates | None = None
        self._lines: list[list[RailCell]] = []

    def show(self, inserts: Sequence[InsertView], today: str, chosen: str) -> None:
        """Show these inserts; `today` and `chosen` are keys."""
        self._inserts = {insert.key: insert for insert in inserts}
        self._is_dated = any(insert.is_dated for insert in inserts)
        self._today, self._chosen = today, chosen
        self._lay_out()

    def light(self, key: str | None) -> None:
        """Light up the insert that a typed date means; None for none."""
        self._target = self._today if key == OVERDUE else key
        self._lay_out()

    def in_order(self) -> list[str]:
        """The keys in the order of time: today, the days ahead, the months, and the rest."""
        inserts = self._inserts.values()
        days = sorted((i.date, i.key) for i in inserts if i.date)
        months = sorted((i.month, i.key) for i in inserts if i.month)
        return [key for _, key in (*days, *months)] + [INBOX, LATER, CABINET]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def on_resize(self) -> None:
        self._lay_out()

    def key_at(self, place: Offset) -> str | None:
        """The key of the insert at this place; None beside them."""
        start = 0
        for cell in self._lines[place.y] if 0 <= place.y < len(self._lines) else ():
            start += len(cell.text)
            if place.x < start:
                return cell.key
        return None

    def on_click(self, event: events.Click) -> None:
        key = self.key_at(Offset(int(event.x), int(event.y)))
        if key:
            self.post_message(self.Chosen(key))

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        if y >= len(self._lines):
            return Strip.blank(self.size.width, base)
        segments = [
            Segment(c.text, self.get_component_rich_style(c.style) if c.style else base)
            for c in self._lines[y]
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _lay_out(self) -> None:
        if self._inserts and self.size:
            tall = self.size.height >= TALL
            if self._is_dated:
                self._lines = self._dated(tall=tall)
            else:
                self._lines = [*(self._tall() if tall else self._low(self.size.height))]
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        self._scroll(1)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        if self._is_dated and self._dates:
            self._dates.scroll(by)
            self._lay_out()

    def _dated(self, *, tall: bool) -> list[list[RailCell]]:
        from tickler.widgets.rail_dates import Dates  # noqa: PLC0415  # of that layout alone

        self._dates = self._dates or Dates()
        days = [insert for insert in self._inserts.values() if insert.date]
        below = [*self._month_lines(self.size.height, tall=tall)]
        return self._dates.lines(self, days, below, self._target or self._chosen)

    def _tall(self) -> Iterator[list[RailCell]]:
        for insert in self._days():
            yield [self._wide_day(insert)]
        yield from self._month_lines(self.size.height, tall=True)

    def _low(self, height: int) -> Iterator[list[RailCell]]:
        days = self._days()
        yield self.head("1–31")
        for left, right in zip(days[:16], [*days[16:], None], strict=True):
            cells = [self._narrow_day(left), RailCell(" ")]
            yield [*cells, self._narrow_day(right)] if right else cells
        yield self.head("months")
        yield from self._month_lines(height, tall=False)

    def _month_lines(self, height: int, *, tall: bool) -> Iterator[list[RailCell]]:
        """The months, and below them the rest where the header has no room for it."""
        months = self._months()
        if tall:
            yield from ([self._wide_month(month)] for month in months)
            return
        across = 2 if height >= 26 else 4
        for n in range(0, len(months), across):
            yield [self._narrow_month(month, across) for month in months[n : n + across]]
        yield [*self._rest()]

    def _days(self) -> list[InsertView]:
        return [i for i in self._inserts.values() if i.slot.startswith("day:")]

    def _months(self) -> list[InsertView]:
        months = (i for i in self._inserts.values() if i.month)
        return sorted(months, key=lambda i: i.month or (0, 0))

    def head(self, title: str) -> list[RailCell]:
        """A line that says what stands below it."""
        return [RailCell(f"── {title} ".ljust(self.size.width, "─"), _HEAD)]

    def _rest(self) -> Iterator[RailCell]:
        for key, short in ((INBOX, "inbox"), (LATER, "later"), (CABINET, "cab")):
            insert = self._inserts[key]
            mark = self.mark(key) if key == self._chosen else ""
            yield self.cell(insert, f"{mark}{short} {insert.count} ")

    def there(self, insert: InsertView) -> int:
        """The load of a day; today's takes the overdue along. What needs a day is no load."""
        late = self._inserts[OVERDUE].load if insert.key == self._today else 0
        return (insert.load or 0) + (late or 0)

    def count(self, insert: InsertView) -> int:
        """How many dossiers have that day, whatever load is counted in: two cells hold no time."""
        late = self._inserts[OVERDUE].dated if insert.key == self._today else 0
        return insert.dated + late

    def share(self, insert: InsertView) -> str:
        """`9/20`, `5:20/6:00`; on a day off how many lie there."""
        there = self.there(insert)
        if not (there and insert.capacity):
            return f"{self.count(insert) or ''}"
        return f"{insert.measure.said(there)}/{insert.measure.said(insert.capacity)}"

    def mark(self, key: str) -> str:
        """The sign of the insert that is pointed at, today's, or open."""
        if key == self._target:
            return "→"
        if key == self._today:
            return "▶"
        return "›" if key == self._chosen else " "

    def cell(self, insert: InsertView, text: str) -> RailCell:
        """A piece that shows an insert, and chooses it when it is clicked."""
        return RailCell(text, self._style(insert), insert.key)

    def _style(self, insert: InsertView) -> str:
        if insert.key == self._target:
            return "rail--target"
        if insert.key == self._today:
            return "rail--today"
        if insert.key == self._chosen:
            return "rail--chosen"
        if insert.working is False or (insert.slot.startswith("day:") and not insert.date):
            return "rail--off"
        if self.is_over(insert):
            return "rail--over"
        today = self._inserts[self._today].date
        ahead = insert.date and today and insert.date.month != today.month
        return "rail--ahead" if ahead or insert.month else "rail--day"

    def is_over(self, insert: InsertView) -> bool:
        """Whether more lies there than the rep can do that day."""
        return bool(insert.capacity) and self.there(insert) > (insert.capacity or 0)

    def _narrow_day(self, insert: InsertView) -> RailCell:
        """Ten cells: ` 17 Th ▁ 2`, `▶23 Mo !26`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return RailCell(f" {number}  – {'':4}", "rail--off", None)
        count = self.count(insert)
        if not count:
            load_text = " · " if not insert.working else "   "
        elif self.is_over(insert) or count > 99:
            shown = f"{count}" if count < 1000 else f"{min(count // 1000, 99)}k"
            load_text = f"!{shown}".rjust(3)
        else:
            load_text = f"{bar(self.there(insert), insert.capacity or 0)}{count:>2}"
        weekday = self.words.weekday_in_two(insert.date)
        text = f"{self.mark(insert.key)}{number} {weekday} {load_text}"
        return self.cell(insert, text.ljust(10))

    def _narrow_month(self, insert: InsertView, across: int) -> RailCell:
        mark = self.mark(insert.key)
        if across == 4:
            count = f"{insert.count:>2}" if insert.count < 100 else "++"
            name = self.words.month_in_two(insert.month) if insert.month else ""
            return self.cell(insert, f"{mark}{name}{count}".ljust(5))
        return self.cell(insert, f"{mark}{self._month_name(insert)} {insert.count:>4}  ")

    def _month_name(self, insert: InsertView) -> str:
        return self.words.month_in_three(insert.month) if insert.month else ""

    def _wide_day(self, insert: InsertView) -> RailCell:
        """`▶23 Mo ▇▇▇▇▇▇! 26/20 09:30`; `25 Fr  2  Christmas Day`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return RailCell(f" {number} –".ljust(self.size.width), "rail--off", None)
        weekday = self.words.weekday_in_two(insert.date)
        day = f"{self.mark(insert.key)}{number} {weekday} "
        if insert.holiday:
            return self.cell(insert, f"{day}{self.named(insert, len(day))}")
        nothing = "" if insert.working else "·"
        return self.cell(insert, f"{day}{self.filled(insert, len(day), nothing)}")

    def named(self, insert: InsertView, before: int) -> str:
        """What lies on a day off, and its name, as far as there is room behind so many cells."""
        name, room = Content(printable(insert.holiday or "")), self.size.width - before - 4
        return f"{self.count(insert) or '·':>2}  {name.truncate(room, ellipsis=True, pad=True)}"

    def filled(self, insert: InsertView, before: int, nothing: str = "") -> str:
        """A bar, the load of the capacity, and the first time where there is room for it."""
        over = "!" if self.is_over(insert) else " "
        bar = wide_bar(self.there(insert), insert.capacity or 0)
        wide = 6 if insert.measure.unit is Unit.CONTACTS else 10
        text = f"{bar}{over}{self.share(insert) or nothing:>{wide}}"
        room = self.size.width - before
        at = f" {insert.first_time or ''}"
        return (f"{text}{at}" if len(text) + len(at) <= room else text).ljust(room)

    def _wide_month(self, insert: InsertView) -> RailCell:
        year = f"{insert.month.year % 100:02d}" if insert.month else ""
        text = f"{self.mark(insert.key)}{self._month_name(insert)} {year}"
        return self.cell(insert, f"{text}{insert.count:>{21 - len(text)}}".ljust(self.size.width))


def wide_bar(there: int, capacity: int) -> str:
    """Six cells that fill as the load nears the capacity."""
    if not there:
        return " " * _BAR_CELLS
    filled = min(max(round(_BAR_CELLS * there / max(capacity, 1)), 1), _BAR_CELLS)
    return ("▇" * filled).ljust(_BAR_CELLS)
