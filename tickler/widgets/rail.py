"""The rail: the tabs 1–31 and the months, which are the calendar too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE
from tickler.widgets.keys import key
from tickler.widgets.rail_lines import DayWindow, RailCell, RailLines

if TYPE_CHECKING:
    from tickler.core.views import InsertView


class Rail(Widget, can_focus=True):
    """The inserts with their load; one is chosen, and a typed date points at one."""

    FOCUS_ON_CLICK = False  # a click fills the date of an open form, which keeps the keys

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down,j", "screen.flow('insert_after')", "the day after", "rail_down", priority=True),
        key("up,k", "screen.flow('insert_before')", "the day before", "rail_up", priority=True),
    ]

    COMPONENT_CLASSES = {  # noqa: RUF012  Textual's own protocol
        "rail--head", "rail--day", "rail--ahead", "rail--off",
        "rail--over", "rail--today", "rail--chosen", "rail--target",
    }  # fmt: skip

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
        self._window = DayWindow()
        self._lines: list[list[RailCell]] = []

    def show(self, inserts: Sequence[InsertView], today: str, chosen: str) -> None:
        self._inserts = {insert.key: insert for insert in inserts}
        self._today, self._chosen = today, chosen
        self._lay_out()

    def light(self, key: str | None) -> None:
        """Light up the insert that a typed date means, or none."""
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
        """The key of the insert at this place, if one is there."""
        start = 0
        for cell in self._lines[place.y] if 0 <= place.y < len(self._lines) else ():
            start += len(cell.text)
            if place.x < start:
                return cell.key
        return None

    def on_click(self, event: events.Click) -> None:
        if key := self.key_at(Offset(int(event.x), int(event.y))):
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

    def on_mouse_scroll_down(self) -> None:
        self._scroll(1)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        self._window.scroll(by)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._inserts and self.size:
            # A message of several lines covers the last ones for a while, and moves none.
            height = max(self.size.height, self.screen.size.height - 2)
            self._lines = RailLines(
                self._inserts,
                self._today,
                self._chosen,
                self._target,
                self.words,
                self.size.width,
                height,
            ).lines(self._window)
        self.refresh()
