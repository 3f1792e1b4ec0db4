"""The last line: the keys of the moment; for a while, what was done or why not."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tickler.core.text import printable
from tickler.widgets.styled import HEAD

#: How long a receipt or a fault stands there, in seconds.
TOLD_FOR = 6.0

#: What lasts is said so long at most, in seconds.
LONGEST = 60.0

_BETWEEN = ("  ", " ")


class LastLine(Static):
    """Drawn as one text: a widget for each key would be made anew with every change of focus."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._told: Timer | None = None
        self._keys: list[tuple[str, Content]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._take_keys)

    def say(self, text: str, *, fault: bool, lasting: bool) -> None:
        """Say it for a while, or until more is said; an empty text brings the keys back."""
        if not text:
            self._show_keys()
            return
        self._hush()
        self.set_classes("-fault" if fault else "-done")
        self.update(Content(printable(text)))
        self._told = self.set_timer(LONGEST if lasting else TOLD_FOR, self._show_keys)

    def on_resize(self) -> None:
        if not self._told:
            self._show_keys()

    def on_click(self, event: events.Click) -> None:
        """A click on a key is the key."""
        start = 0
        for key, shown in self._keys if not self._told else ():
            end = start + shown.cell_length + len(self._gap)
            if start <= event.x - self.gutter.left < end:
                self.app.simulate_key(key)
            start = end

    def _take_keys(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not self.is_attached:
            return
        bindings = (active.binding for active in screen.active_bindings.values())
        # An action of several keys is shown with its first.
        firsts = {b.action: b for b in reversed([b for b in bindings if b.show])}
        keys = [(b.key, self._label(b)) for b in reversed(firsts.values())]
        if keys != self._keys:
            self._keys = keys
            if not self._told:
                self._show_keys()

    def _show_keys(self) -> None:
        self._hush()
        self.set_classes("")
        self.update(Content(self._gap).join(label for _, label in self._keys))

    def _hush(self) -> None:
        if self._told:
            self._told.stop()
        self._told = None

    @property
    def _gap(self) -> str:
        """As much between the keys as all of them leave room for."""
        cells = sum(label.cell_length for _, label in self._keys)
        wide, narrow = _BETWEEN
        fits = cells + len(wide) * (len(self._keys) - 1) <= self.content_size.width
        return wide if fits else narrow

    def _label(self, binding: Binding) -> Content:
        key = self.app.get_key_display(binding)
        return Content.assemble((key, HEAD), " ", binding.description)
