"""What the rep must have read: it stays until it is put away."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tickler.core.text import printable_lines
from tickler.screens.dialogs.box import Box
from tickler.widgets.keys import key


class Notice(Box[None]):
    """Shows sentences."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter,escape", "dismiss", "put it away", "ok")]
    KEYS = "Enter: ok"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self._sentences = sentences

    def inside(self) -> ComposeResult:
        yield Static(Content(printable_lines("\n\n".join(self._sentences))))
