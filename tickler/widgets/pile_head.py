"""The line over the pile: what it is and how many are marked, or what a drag would bring."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tickler.core.views.binder import BinderView
from tickler.widgets.header import pile_head


class PileHead(Static):
    """Redraws itself with each change."""

    def __init__(self) -> None:
        super().__init__(id="pile-head")
        self._view: BinderView | None = None
        self._marked = 0
        self._instead: Content | None = None

    def show(self, view: BinderView) -> None:
        self._view = view
        self._draw()

    def mark(self, count: int) -> None:
        self._marked = count
        self._draw()

    def show_instead(self, text: Content | None) -> None:
        """What the insert under the pointer would hold; None while nothing is dragged over one."""
        self._instead = text
        self._draw()

    def _draw(self) -> None:
        if self._view:
            self.update(self._instead or pile_head(self._view, self._marked))
