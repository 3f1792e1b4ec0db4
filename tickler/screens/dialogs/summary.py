"""What was done of a pile, after its last dossier."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tickler.screens.dialogs.box import Box
from tickler.widgets.keys import key, keys_text
from tickler.widgets.styled import HEAD


class SummaryScreen(Box[bool]):
    """A few lines, the first of them the head; any of the usual keys puts it away.

    Dismissed with True where the day that it shows is to be spread, if that is offered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "spread", "spread that day", "summary_spread"),
        key("enter,escape,space,q,w", "dismiss(False)", "back to the binder", "summary_back"),
    ]

    def __init__(self, lines: list[str], *, can_spread: bool = False) -> None:
        super().__init__()
        self._lines, self._can_spread = lines, can_spread

    @property
    def keys_line(self) -> Content:
        offered = "s: spread it · " if self._can_spread else ""
        return keys_text(f"{offered}Enter: back to the binder")

    def action_spread(self) -> None:
        if self._can_spread:
            self.dismiss(True)

    def inside(self) -> ComposeResult:
        head, *rest = self._lines
        yield Static(Content.styled(head, HEAD))
        yield Static(Content("\n".join(rest)))
