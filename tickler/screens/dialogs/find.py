"""Find: all that is written in dossiers, as you type, the cabinet included; Enter goes there."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker

from tickler.core.text import printable
from tickler.core.views import DossierRow, Found
from tickler.screens.dialogs.box import Box
from tickler.screens.key_queue import finished
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.services import clients
from tickler.widgets.find_lines import hit_text
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD

#: What the bar for scrolling takes.
_BAR = 2

#: As many hits as fit on a screen are looked for first, then the others.
_FIRST = 12


class FindScreen(Box[DossierRow | None], ListScreen[DossierRow | None]):
    """Dismissed with the dossier to go to, or None. `asked` is what it is looked for."""

    CSS_PATH: ClassVar = ["box.tcss", "find.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "dismiss(None)", "back to the binder", "find_back"),
        key("down", "step(1)", "the next hit", "find_down"),
        key("up", "step(-1)", "the hit before", "find_up"),
    ]
    #: What can be typed.
    HINT: ClassVar[str] = "a word, a number; kind:offer since:march tag:x slot:overdue"
    #: Shown where no dossier has what was typed.
    NOBODY: ClassVar[str] = "nothing found"

    def __init__(self, asked: str = "") -> None:
        super().__init__()
        self._asked = asked
        self._hits: list[Found] = []
        self._searching: Worker[None] | None = None
        self._fault = ""

    def inside(self) -> ComposeResult:
        if self._asked:
            yield Static(Content.styled(printable(self._asked), HEAD), id="asked")
        yield Input(placeholder=self.HINT, compact=True)
        yield empty_list()
        yield Static(id="count")

    def on_screen_resume(self) -> None:
        """What was parked is searched again: dossiers may have moved; the hit in hand stays."""
        if self._hits:
            hand = None if self.place is None else self._hits[self.place].row.id
            self._searching = self._search(self.query_one(Input).value, hand)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._searching = self._search(event.value)

    @work(exclusive=True, group="find")
    async def _search(self, words: str, hand: int | None = None) -> None:
        await self.session.desk()
        self._fault = ""
        found = await self.look(words, _FIRST) if words.strip() else []
        if not self.is_current:
            return  # put away meanwhile
        self._show(found, words, hand)
        if len(found) == _FIRST:
            more = await self.look(words, clients.find.MOST_HITS)
            if self.is_current:
                self._show(more, words, hand)

    async def look(self, words: str, most: int) -> list[Found]:
        """The dossiers that have these words, the best first, no more than `most`."""
        return await self.session.see_or(self.tell, clients.search.find, words, most) or []

    def tell(self, fault: str) -> None:
        """What is typed is no question yet, or never will be: it is shown below the hits."""
        self._fault = fault

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Show the hits again, as wide as there is room for now."""
        if hits := self._hits:
            hand, self._hits = self.place, []
            words = self.query_one(Input).value
            self._show(hits, words, None if hand is None else hits[hand].row.id)

    def _show(self, found: list[Found], words: str, hand: int | None) -> None:
        date_words, known = self.session.date_words, len(self._hits)
        width = self.options.size.width - _BAR
        if known and found[:known] == self._hits:
            self.options.add_options([hit_text(hit, date_words, width) for hit in found[known:]])
        else:
            places = [hit.row.id for hit in found]
            place = places.index(hand) if hand in places else 0
            self.fill([hit_text(hit, date_words, width) for hit in found], place)
        self._hits = found
        none = self._fault or (self.NOBODY if words.strip() else "")
        self.query_one("#count", Static).update(Content(f"{len(found)} found" if found else none))

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        if self._searching:
            await finished(self._searching)
        if self.place is not None:
            self.dismiss(self._hits[self.place].row)
        else:
            self.leave_without(event.value)

    def leave_without(self, words: str) -> None:
        """Go, as no dossier has these words."""
        del words
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._hits[event.option_index].row)
