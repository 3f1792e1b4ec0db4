"""A menu: what can be done, each with its letter; one letter does it."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tickler.screens.bindings import Key
from tickler.screens.dialogs.box import Box
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD


class MenuScreen(Box[str | None], ListScreen[str | None]):
    """Dismissed with the name of what is to be done, or None."""

    CSS_PATH: ClassVar = ["box.tcss", "menu.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q", "dismiss(None)", "to the binder", "menu_back")
    ]
    KEYS = "letter Enter: do it · Esc: back"

    def __init__(self, title: str, keys: Sequence[Key]) -> None:
        """`keys` have places in this menu."""
        super().__init__()
        self._title = title
        self._groups = [[*group] for _, group in groupby(keys, lambda key: key.group)]
        self._letters = {key.place.letter: key.name for key in keys if key.place}

    def inside(self) -> ComposeResult:
        yield Static(Content.styled(self._title, HEAD), id="title")
        yield empty_list()

    def on_mount(self) -> None:
        lines: list[Option | None] = []
        for group in self._groups:
            lines += [None] * bool(lines) + [Option(_line(key), id=key.name) for key in group]
        self.options.add_options(lines)
        self.options.highlighted = 0

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def on_key(self, event: events.Key) -> None:
        letter = event.character or ""
        if name := self._letters.get(letter):
            event.stop()
            self.dismiss(name)
        elif letter.isprintable() and letter not in ("", "j", "k"):
            self.tell(f"{letter} is not in this menu · Esc: back")


def _line(key: Key) -> Content:
    letter = key.place.letter if key.place else ""
    return Content.assemble((f"{letter}  ", HEAD), key.tooltip)
