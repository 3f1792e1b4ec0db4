"""The last line: for a moment it says what was done, or why not, in the place of the keys."""

from __future__ import annotations

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

#: How long a receipt or a fault stands there, in seconds.
TOLD_FOR = 6.0


class StatusLine(Static):
    """Gives its screen the class `-told` while it says something."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._hush: Timer | None = None

    def say(self, text: str, *, fault: bool) -> None:
        """Say it for a moment; a later word takes its place."""
        self.update(Content(text))
        self.set_class(fault, "-fault")
        self.screen.add_class("-told")
        if self._hush:
            self._hush.stop()
        self._hush = self.set_timer(TOLD_FOR, lambda: self.screen.remove_class("-told"))
