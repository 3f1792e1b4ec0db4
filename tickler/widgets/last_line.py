"""The last line: the keys that work now; for a while, what was done or why not."""

from collections.abc import Mapping, Sequence

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tickler.core.text import printable
from tickler.widgets.styled import HEAD

#: Begins a message about what was done; what begins with another sign, or none, is news.
DONE = "✓"

#: How long a message is shown, in seconds, and one that lasts, at most.
SHOWN_FOR, LONGEST = 6.0, 60.0


class LastLine(Static):
    """Drawn as one text: a widget per key would be made again with every change of focus."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._message_timer: Timer | None = None
        self._keys: list[tuple[str, Content]] = []
        self._alone: Mapping[str, str] = {}

    def limit(self, alone: Mapping[str, str]) -> None:
        """Show only these keys where they work: what each does, by its name; {} is as usual."""
        if alone != self._alone:
            self._alone = alone
            self._take_keys(self.screen)

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._take_keys)

    def say(self, text: str, *, fault: bool, lasting: bool) -> None:
        """Show it for a while, or until the next message; an empty text brings the keys back."""
        if not text:
            self._show_keys()
            return
        self._end_message()
        self.set_classes("-fault" if fault else "-done" if text.startswith(DONE) else "-news")
        self.update(Content(printable(text)))
        self._message_timer = self.set_timer(LONGEST if lasting else SHOWN_FOR, self._show_keys)

    def on_resize(self) -> None:
        if not self._message_timer:
            self._show_keys()

    def on_click(self, event: events.Click) -> None:
        """Press the key that is clicked; on a message, which is in the way, show the keys."""
        if self._message_timer:
            self._show_keys()
            return
        start = 0
        for key, shown in self._fitting:
            end = start + shown.cell_length + len(self._gap)
            if start <= event.x - self.gutter.left < end:
                self.app.simulate_key(key)
            start = end

    def _take_keys(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not self.is_attached:
            return
        bindings = [active.binding for active in screen.active_bindings.values()]
        alone = {b.id: b for b in reversed(bindings) if b.id in self._alone}
        # An action of several keys is shown with its first.
        firsts = {b.action: b for b in reversed([b for b in bindings if b.show])}
        shown = [(b, b.description) for b in reversed(firsts.values())]
        if self._alone and len(alone) == len(self._alone):  # no form has the keys
            shown = [(alone[name], does) for name, does in self._alone.items()]
        name = self.app.get_key_display
        keys = [(b.key, Content.assemble((name(b), HEAD), " ", does)) for b, does in shown]
        if keys != self._keys:
            self._keys = keys
            if not self._message_timer:
                self._show_keys()

    def _show_keys(self) -> None:
        self._end_message()
        self.set_classes("")
        self.update(Content(self._gap).join(label for _, label in self._fitting))

    def _end_message(self) -> None:
        if self._message_timer:
            self._message_timer.stop()
        self._message_timer = None

    @property
    def _fitting(self) -> list[tuple[str, Content]]:
        """The first of the keys and the last one, as many as fit into a line."""
        keys = self._keys
        while len(keys) > 1 and _cells(keys, 1) > self.content_size.width:
            keys = [*keys[:-2], keys[-1]]
        return keys

    @property
    def _gap(self) -> str:
        """Two cells between the keys where they have room, else one."""
        return "  " if _cells(self._fitting, 2) <= self.content_size.width else " "


def _cells(keys: Sequence[tuple[str, Content]], gap: int) -> int:
    return sum(label.cell_length for _, label in keys) + gap * (len(keys) - 1)
