"""The line over the pile: what it is and how many are marked, or what a drag would bring."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tickler.core.views.binder import BinderView
from tickler.widgets.header import pile_head


class PileHead(Static):
    """Draws itself again with each thing that is told to it."""

    def __init__(self) -> None:
        super().__init__(id="pile-head")
        self._view: BinderView | None = None
        self._marked = 0
        self._promised: Content | None = None

    def show(self, view: BinderView) -> None:
        """What was read of the binder."""
        self._view = view
        self._draw()

    def mark(self, count: int) -> None:
        """How many dossiers are marked."""
        self._marked = count
        self._draw()

    def show_instead(self, text: Content | None) -> None:
        """What the insert under the pointer would hold; None while nothing is held over one."""
        self._promised = text
        self._draw()

    def _draw(self) -> None:
        if self._view:
            self.update(self._promised or pile_head(self._view, self._marked))
