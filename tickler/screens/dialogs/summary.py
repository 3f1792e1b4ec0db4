"""What was done of a pile, after its last dossier."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tickler.screens.dialogs.box import Box
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD


class SummaryScreen(Box[None]):
    """A few lines, the first of them the head; any of the usual keys puts it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,escape,space,q,w", "dismiss", "back to the binder", "summary_back")
    ]
    KEYS = "Enter: back to the binder"

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def inside(self) -> ComposeResult:
        head, *rest = self._lines
        yield Static(Content.styled(head, HEAD))
        yield Static(Content("\n".join(rest)))
