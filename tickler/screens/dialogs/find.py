"""Find: all that is written in dossiers, as you type, the cabinet included; Enter goes there."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import CABINET
from tickler.core.search.excerpt import marked
from tickler.core.text import printable
from tickler.core.views import DossierRow, Found, Passage
from tickler.screens.key_queue import finished
from tickler.services import clients
from tickler.session import session_of

if TYPE_CHECKING:
    pass

_NAMES = 34

_QUIET, _HIT = "$foreground-muted", "bold underline $accent"

#: As many hits as fit on a screen are looked for first, then the others.
_FIRST = 12


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
        self._hits: list[Found] = []
        self._searching: Worker[None] | None = None
        self._fault = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Input(
                placeholder="a word, a number; kind:offer since:march tag:x slot:overdue",
                compact=True,
            )
            yield OptionList(markup=False, compact=True)
            yield Static(id="count")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._searching = self._search(event.value)

    @work(exclusive=True, group="find")
    async def _search(self, words: str) -> None:
        await session_of(self.app).desk()
        self._fault = ""
        found = await self.look(words, _FIRST) if words.strip() else []
        if not self.is_current:
            return  # put away meanwhile
        self._show(found, words)
        if len(found) == _FIRST:
            more = await self.look(words, clients.search.MOST_HITS)
            if self.is_current:
                self._show(more, words)

    async def look(self, words: str, most: int) -> list[Found]:
        """The dossiers that have these words, the best first, no more than `most`."""
        session = session_of(self.app)
        return await session.see_or(self._cannot, clients.search.find, words, most) or []

    def _cannot(self, why: str) -> None:
        """What is typed is no question yet, or never will be: it is said beneath the hits."""
        self._fault = why

    def _show(self, found: list[Found], words: str) -> None:
        options = self.query_one(OptionList)
        begun = found[: len(self._hits)]
        if begun != self._hits:
            options.clear_options()
            begun = []
        date_words = session_of(self.app).date_words
        options.add_options([Option(_lines(hit, date_words)) for hit in found[len(begun) :]])
        self._hits = found
        if not begun:
            options.highlighted = 0 if found else None
        none = self._fault or (self.NOBODY if words.strip() else "")
        self.query_one("#count", Static).update(Content(f"{len(found)} found" if found else none))

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        if self._searching:
            await finished(self._searching)
        place = self.query_one(OptionList).highlighted
        if place is not None and self._hits:
            self.dismiss(self._hits[place].row)
        else:
            self.leave_without(event.value)

    def leave_without(self, words: str) -> None:
        """Go, as no dossier has these words."""
        del words
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._hits[event.option_index].row)

    def action_step(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()


def _lines(hit: Found, words: DateWords) -> Content:
    """A dossier and where it lies; beneath it the passage, where its name is not the reason."""
    row, passage = hit.row, hit.passage
    named = passage if passage and passage.found_in == "name" else None
    name = _marked(named, "") if named else Content(printable(row.name))
    where = row.status.value if row.slot == CABINET else words.insert(row.slot, row.insert)
    people = ", ".join(printable(person.name) for person in row.people)
    line = Content.assemble(
        name.truncate(_NAMES, ellipsis=True, pad=True),
        (f" {where:<10}", "$accent"),
        (f" {people}", _QUIET),
    )
    if passage is None or named:
        return line
    day = f"{words.short(passage.at.astimezone().date())} " if passage.at else ""
    label = (f"\n  {day}{printable(passage.label)}: ", _QUIET)
    return Content.assemble(line, label, _marked(passage, _QUIET))


def _marked(passage: Passage, style: str) -> Content:
    parts = marked(passage.text, passage.hits)
    return Content.assemble(
        *((printable(part), _HIT if is_hit else style) for part, is_hit in parts)
    )
