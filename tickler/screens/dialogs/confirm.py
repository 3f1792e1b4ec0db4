"""A question with yes or no, asked before what touches many dossiers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tickler.core.text import printable, printable_lines
from tickler.screens.dialogs.box import Box
from tickler.widgets.keys import key
from tickler.widgets.styled import QUIET


class Confirm(Box[bool]):
    """Dismissed with True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("y,enter", "dismiss(True)", "do it", "yes"),
        key("n,escape", "dismiss(False)", "leave it", "no"),
    ]
    KEYS = "y Enter: yes · n Esc: no"

    def __init__(self, question: str, details: str = "") -> None:
        super().__init__()
        self._question, self._details = question, details

    def inside(self) -> ComposeResult:
        yield Static(Content(printable(self._question)))
        if self._details:
            yield Static(Content.styled(printable_lines(self._details), QUIET))
