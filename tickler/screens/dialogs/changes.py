"""The journal as a list: what was done, newest first; one line can be taken back alone."""

from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.core.views import ChangeLine
from tickler.screens.dialogs.box import Box
from tickler.screens.key_queue import LOAD
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.services import filing
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD, QUIET, at_word

_MOST = 200


#: The line to take back, or to do again what was taken back last.
Answer = ChangeLine | Literal["redo"] | None


class ChangesScreen(Box[Answer], ListScreen[Answer]):
    """Dismissed with what to do, or None."""

    CSS_PATH: ClassVar = ["box.tcss", "pick.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "undo", "take this one back", "changes_undo"),
        key("r", "dismiss('redo')", "do again what was taken back last", "changes_redo"),
        key("escape,U,q", "dismiss(None)", "to the binder", "changes_back"),
    ]
    KEYS = "u Enter: take the line back · r: redo the last · Esc: back"

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChangeLine] = []

    def inside(self) -> ComposeResult:
        yield Static(Content.styled("Changes", HEAD))
        yield empty_list()

    def on_mount(self) -> None:
        self._load()

    def on_resize(self) -> None:
        self._lay_out()

    @work(exclusive=True, group=LOAD)
    async def _load(self) -> None:
        session = self.session
        self._lines = await session.see(filing.undo.changes, _MOST) or []
        if not self.is_current:
            return  # put away meanwhile
        self._lay_out()
        if not self._lines:
            self.options.add_option(Option("nothing has been done yet", disabled=True))

    def _lay_out(self) -> None:
        width, words = self.options.scrollable_content_region.width - 2, self.session.date_words
        self.fill([_line(line, width, words) for line in self._lines], self.place or 0)

    @on(OptionList.OptionSelected)
    def action_undo(self) -> None:
        if self.place is not None:
            self.dismiss(self._lines[self.place])


def _line(line: ChangeLine, width: int, words: DateWords) -> Content:
    at = line.at.astimezone()
    day = f"{words.weekday_short(at)} {at:%d} {words.month_in_three(at)}"
    head = Content.assemble(
        (f"{line.number:>5}  {day} {at:%H:%M}  ", QUIET),
        ("undone  " if line.undone else "", "bold"),
    )
    said = at_word(printable(line.summary), width - head.cell_length)
    return Content.assemble(head, (said, f"{QUIET} strike" if line.undone else ""))
