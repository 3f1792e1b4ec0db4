"""The second question before what nothing brings back: the name is to be typed, whole."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.text import printable
from tickler.screens.dialogs.box import Box
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD


class ConfirmName(Box[str | None]):
    """Dismissed with what was typed, or None."""

    CSS_PATH: ClassVar = ["box.tcss", "confirm_name.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "dismiss(None)", "leave it", "confirm_name_back")
    ]
    KEYS = "Enter: erases · Esc: back"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._wanted = name

    def inside(self) -> ComposeResult:
        shown = (printable(self._wanted), HEAD)
        yield Static(Content.assemble("Type the whole name to erase it: ", shown))
        yield Input(compact=True)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
