"""The dossier in hand: what to do, the last contact, who to call, and its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tickler.core.client.dossier_pages import DossierPage, pages_of, turned
from tickler.core.dates.language import DateWords
from tickler.widgets.keys import key

if TYPE_CHECKING:
    from tickler.core.views import DossierView

#: From this height on all pages are shown, with heads, and nothing is cut.
ROOMY = 16


class DossierPane(VerticalScroll):
    """Shows one dossier, as much of it as there is room for; the rest scrolls."""

    FOCUS_ON_CLICK = False  # the keys stay with the pile

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j", "turn(1)", "the next dossier", "next_dossier"),
        key("k", "turn(-1)", "the dossier before", "previous_dossier"),
    ]

    class Turned(Message):
        """The next dossier is wanted, or the one before."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, words: DateWords, now: Callable[[], datetime]) -> None:
        """`now` is the clock: clients elsewhere have another time."""
        super().__init__(id="dossier")
        self._words, self._now = words, now
        self._view: DossierView | None = None
        self._today = date.min
        self._flipped: DossierPage | None = None
        self._hidden = ""

    @property
    def about(self) -> int | None:
        return self._view.row.id if self._view else None

    @property
    def page(self) -> DossierPage:
        """The first page: as flipped to, else history, or people where there is room for all."""
        if self._flipped in pages_of(self._view):
            return self._flipped
        return DossierPage.PEOPLE if self._is_roomy else DossierPage.HISTORY

    def compose(self) -> ComposeResult:
        yield Static(id="dossier-name")
        yield Static(id="dossier-text")

    def action_turn(self, by: int) -> None:
        self.post_message(self.Turned(by))

    def flip(self, by: int) -> None:
        self._flipped = turned(pages_of(self._view), self.page, by)
        self._draw()
        self.scroll_home(animate=False)

    def show(self, view: DossierView | None, today: date) -> None:
        """Show this dossier, a new one at its first page; None shows nothing."""
        before, self._view, self._today = self._view, view, today
        if view is None or before is None or before.row.id != view.row.id:
            self._flipped = None
            self.scroll_home(animate=False)
        self._draw()

    def hide_draft(self, form: str) -> None:
        """Of this form, which is open, it is seen what is half typed."""
        if form != self._hidden:
            self._hidden = form
            self._draw()

    def tick(self) -> None:
        if self._view and self._view.row.local(self._now()):
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    @property
    def _is_roomy(self) -> bool:
        return self.size.height >= ROOMY

    def _draw(self) -> None:
        view = self._view
        name = self.query_one("#dossier-name", Static)
        text = self.query_one("#dossier-text", Static)
        text.set_class(not self._is_roomy, "-cut")
        # As if there was a scrollbar, so that nothing is cut once there is one.
        width = max(self.size.width - 1, 0)
        if view is None:
            name.update("")
            text.update("")
            return
        from tickler.widgets.dossier_lines import DossierLines  # noqa: PLC0415  # after the frame

        drafts = {form: draft for form, draft in view.drafts.items() if form != self._hidden}
        view = replace(view, drafts=drafts)
        lines = DossierLines(view, self._today, width, self._words, roomy=self._is_roomy)
        name.update(lines.head(self.page, self._now()))
        text.update(Content("\n").join(lines.below(self.page)))
