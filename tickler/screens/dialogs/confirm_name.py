"""The second question before what nothing brings back: the name is to be typed, whole."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tickler.core.text import printable


class ConfirmName(ModalScreen[str | None]):
    """Dismissed with what was typed, or None."""

    CSS_PATH = "confirm_name.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", id="spelled_back", tooltip="leave it"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._wanted = name

    def compose(self) -> ComposeResult:
        shown = (printable(self._wanted), "bold $accent")
        with Vertical():
            yield Static(Content.assemble("Type the whole name to erase it: ", shown))
            yield Input(compact=True)
            yield Static(
                Content.assemble(
                    ("Enter", "bold $accent"), " erases    ", ("Esc", "bold $accent"), " back"
                )
            )

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
