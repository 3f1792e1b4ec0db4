"""Find: names and numbers as you type, the cabinet included; Enter goes there."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from tickler.core.language import DateWords
from tickler.core.slots import CABINET
from tickler.core.text import harmless
from tickler.core.views import DossierRow
from tickler.screens.keys import finished

if TYPE_CHECKING:
    from tickler.app import TicklerApp

_NAMES = 34


class FindScreen(ModalScreen[DossierRow | None]):
    """Dismissed with the dossier to go to, or None."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "find.tcss"
    #: Said where no dossier has what was typed.
    NOBODY = "nothing found"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", id="find_back", tooltip="back to the binder"),
        Binding("down", "step(1)", "next", show=False, id="find_down", tooltip="the next hit"),
        Binding("up", "step(-1)", "previous", show=False, id="find_up", tooltip="the hit before"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[DossierRow] = []
        self._searching: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Input(placeholder="a name, a person, the last digits of a number", compact=True)
            yield OptionList(markup=False, compact=True)
            yield Static(id="count")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._searching = self._search(event.value)

    @work(exclusive=True, group="find")
    async def _search(self, words: str) -> None:
        app = cast("TicklerApp", self.app)
        services = await app.services()
        found = None
        if words.strip():
            found = await app.see_or(lambda _: None, services.finding.find, words)
        if not self.is_current:
            return  # put away meanwhile
        self._hits = found or []
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(row, app.date_words)) for row in self._hits])
        options.highlighted = 0 if self._hits else None
        none = self.NOBODY if words.strip() else ""
        self.query_one("#count", Static).update(
            Content(f"{len(self._hits)} found" if self._hits else none)
        )

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        if self._searching:
            await finished(self._searching)
        place = self.query_one(OptionList).highlighted
        if place is not None and self._hits:
            self.dismiss(self._hits[place])
        else:
            self.leave_without(event.value)

    def leave_without(self, words: str) -> None:
        """Go, as no dossier has these words."""
        del words
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._hits[event.option_index])

    def action_step(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()


def _line(row: DossierRow, words: DateWords) -> Content:
    where = row.status.value if row.slot == CABINET else words.insert(row.slot, row.insert)
    people = ", ".join(harmless(person.name) for person in row.people)
    name = Content(harmless(row.name)).truncate(_NAMES, ellipsis=True, pad=True)
    return Content.assemble(name, (f" {where:<10}", "$accent"), (f" {people}", "$foreground-muted"))
