"""What was done of a pile, after its last dossier."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class SummaryScreen(ModalScreen[None]):
    """A few lines, the first of them the head; any of the usual keys puts it away."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space,q,w", "dismiss", "back", id="summary_back",
                tooltip="back to the binder"),
    ]  # fmt: skip

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        head, *rest = self._lines
        with Vertical():
            yield Static(Content.styled(head, "bold $accent"))
            yield Static(Content("\n".join(rest)))
            yield Static(Content.assemble(("Enter", "bold $accent"), " back to the binder"))
