"""A row dragged with the mouse: from the press on the pile to the release over an insert."""

from textual import events
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from tickler.core.views import DossierRow
from tickler.widgets.rail import Rail


class Drag:
    """One press of the button. It is a click until the pointer leaves the row's line."""

    class Carried(Message):
        """The row is over this insert now, or over none."""

        def __init__(self, row: DossierRow, key: str | None) -> None:
            super().__init__()
            self.row, self.key = row, key

    class Dropped(Carried):
        """The button was released there."""

    def __init__(self, pile: Widget, row: DossierRow, event: events.MouseDown) -> None:
        self._pile, self._row = pile, row
        self._line = event.screen_offset.y
        self._over: str | None = None
        self.has_moved = False
        pile.capture_mouse()

    def move(self, event: events.MouseMove) -> None:
        there = event.screen_offset
        if there.y == self._line and self._pile.region.contains_point(there):
            return
        self.has_moved = True
        key = self._insert_at(there)
        if key != self._over:
            self._over = key
            self._pile.post_message(self.Carried(self._row, key))

    def release(self, event: events.MouseUp) -> None:
        self._pile.release_mouse()
        if self.has_moved:
            key = self._insert_at(event.screen_offset)
            self._pile.post_message(self.Dropped(self._row, key))

    def cancel(self) -> None:
        """Drop the row over no insert."""
        self._pile.release_mouse()
        self._pile.post_message(self.Dropped(self._row, None))

    def _insert_at(self, there: Offset) -> str | None:
        try:
            widget, region = self._pile.screen.get_widget_at(*there)
        except NoWidget:
            return None
        return widget.key_at(there - region.offset) if isinstance(widget, Rail) else None
