"""A question with yes or no, asked before what touches many dossiers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tickler.core.text import printable, printable_lines


class Confirm(ModalScreen[bool]):
    """Dismissed with True for yes."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "yes", id="yes", tooltip="do it"),
        Binding("n,escape", "answer(False)", "no", id="no", tooltip="leave it"),
    ]

    def __init__(self, question: str, told: str = "") -> None:
        super().__init__()
        self._question, self._told = question, told

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(printable(self._question)))
            if self._told:
                yield Static(Content.styled(printable_lines(self._told), "$foreground-muted"))
            yield Static(
                Content.assemble(
                    ("y Enter", "bold $accent"), " yes    ", ("n Esc", "bold $accent"), " no"
                )
            )

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)
