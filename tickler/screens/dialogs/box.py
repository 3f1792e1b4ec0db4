"""A dialog in a box, in the middle of the screen."""

from pathlib import PurePath
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tickler.screens.dialog import Answer, Dialog


class Box(Dialog[Answer]):
    """What it shows, and below it its keys."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "box.tcss"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield from self.inside()
            if keys := self.keys_line:
                yield Static(keys, id="keys")

    def inside(self) -> ComposeResult:
        """What it shows above its keys."""
        raise NotImplementedError
