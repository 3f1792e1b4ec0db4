"""The journal as a list: what was done, newest first; one line can be taken back alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.core.views import ChangeLine
from tickler.screens.key_queue import LOAD
from tickler.services import filing
from tickler.session import session_of

if TYPE_CHECKING:
    pass

_MOST = 200


class ChangesScreen(ModalScreen[ChangeLine | None]):
    """Dismissed with the line to take back, or None."""

    CSS_PATH = "changes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "take this one back", id="changes_undo", tooltip="take this one back"),
        Binding("j", "step(1)", "next", show=False, id="changes_down", tooltip="the line below"),
        Binding("k", "step(-1)", "back", show=False, id="changes_up", tooltip="the line above"),
        Binding("escape,h,q", "dismiss(None)", "back", id="changes_back", tooltip="to the binder"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChangeLine] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("Changes", "bold $accent"))
            yield OptionList(markup=False, compact=True)
            yield Static(
                Content.assemble(
                    *(("u", "bold $accent"), " takes the line back   "),
                    *(("Esc", "bold $accent"), " to the binder"),
                )
            )

    def on_mount(self) -> None:
        self._load()

    @work(exclusive=True, group=LOAD)
    async def _load(self) -> None:
        session = session_of(self.app)
        self._lines = await session.see(filing.undo.changes, _MOST) or []
        if not self.is_current:
            return  # put away meanwhile
        options = self.query_one(OptionList)
        options.add_options([Option(_line(line, session.date_words)) for line in self._lines])
        if not self._lines:
            options.add_option(Option("nothing has been done yet", disabled=True))
        options.highlighted = 0 if self._lines else None

    @on(OptionList.OptionSelected)
    def action_undo(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and self._lines:
            self.dismiss(self._lines[place])

    def action_step(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()


def _line(line: ChangeLine, words: DateWords) -> Content:
    at = line.at.astimezone()
    day = f"{words.weekday_short(at)} {at:%d} {words.month_in_three(at)}"
    style = "$foreground-muted strike" if line.undone else ""
    return Content.assemble(
        (f"{line.number:>5}  {day} {at:%H:%M}  ", "$foreground-muted"),
        ("undone  " if line.undone else "", "bold"),
        (printable(line.summary), style),
    )
