"""A list to choose from: one line is taken, and a key says what for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Picked:
    """The key of the line that was taken, and the word for what is to be done with it."""

    key: int
    verb: str


class Pick(ModalScreen[Picked | None]):
    """Dismissed with what was picked, or None.

    `lines` are what can be picked, by key; `verbs` is what each letter does, Enter does the first.
    """

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", "next", show=False, id="pick_down", tooltip="the line below"),
        Binding("k", "step(-1)", "back", show=False, id="pick_up", tooltip="the line above"),
        Binding("escape,q", "dismiss(None)", "back", id="pick_back", tooltip="to the binder"),
    ]

    def __init__(
        self, title: str, lines: Sequence[tuple[int, Content]], verbs: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._title, self._picks, self._verbs = title, lines, verbs

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled(self._title, "bold $accent"))
            yield OptionList(
                *(Option(shown) for _, shown in self._picks), markup=False, compact=True
            )
            yield Static(self._keys())

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0 if self._picks else None

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self._take(next(iter(self._verbs.values())))

    def on_key(self, event: events.Key) -> None:
        if verb := self._verbs.get(event.character or ""):
            event.stop()
            self._take(verb)

    def action_step(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _take(self, verb: str) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(Picked(self._picks[place][0], verb))

    def _keys(self) -> Content:
        key = "bold $accent"
        said = [
            Content.assemble((f"{letter} Enter" if not n else letter, key), f" {verb}   ")
            for n, (letter, verb) in enumerate(self._verbs.items())
        ]
        return Content.assemble(*said, ("Esc", key), " back")
