"""The reminder: a line over the header of whatever screen is on top, until it is answered."""

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.content import Content
from textual.widgets import Static

from tickler.core.filing.reminders import Appointment, heading
from tickler.core.text import printable
from tickler.widgets.styled import at_word, two_ends


def reminder(
    now: datetime, found: Sequence[Appointment], answers: tuple[str, str], width: int
) -> Content:
    """`in 5 minutes: 09:30 ACME · offer: 3 cranes · 030 1 · 1 more    F8 done · F9 …`.

    The name and the number to call are what is needed: what is to be done gives way first, then
    the second answer.
    """
    first = found[0]
    lead = f"{heading(now, [first])}: {first.at:%H:%M} {printable(first.name)}"
    more = f"{len(found) - 1} more" if len(found) > 1 else ""
    rest = [printable(part) for part in (first.number, more) if part]
    needed = Content(" · ".join([lead, *rest])).cell_length
    right = Content(" · ".join(answers))
    if needed + 2 + right.cell_length > width:
        right = Content(answers[0])
    what = printable(first.what)
    room = width - right.cell_length - 2 - needed - 3
    what = at_word(what, room) if Content(what.split(" ")[0]).cell_length < room else ""
    left = Content(" · ".join(part for part in (lead, what, *rest) if part))
    return two_ends(left, right, width)


class ReminderLine(Static):
    """Covers the first line and moves nothing; a click on an answer gives it."""

    DEFAULT_CSS = """
    ReminderLine {
        layer: reminder;
        dock: top;
        height: 1;
        padding: 0 1;
        background: $accent;
        color: $background;
        text-style: bold;
        &:light { color: $foreground; }
        &:ansi, &:nocolor { background: $background; color: $foreground; text-style: bold reverse; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._now: datetime | None = None
        self._found: Sequence[Appointment] = ()
        self._keys = ("", "")

    def show(self, now: datetime, found: Sequence[Appointment], keys: tuple[str, str]) -> None:
        """`keys` answer it: done, and once more later."""
        self._now, self._found, self._keys = now, found, keys
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    async def on_click(self, event: events.Click) -> None:
        shown, place = str(self.content), event.x - self.gutter.left
        for answer, action in zip(self._answers, ("done", "later"), strict=True):
            before, found, _ = shown.rpartition(answer)
            start = Content(before).cell_length
            if found and start <= place < start + len(answer):
                await self.run_action(f"app.reminder_{action}")
                return

    @property
    def _answers(self) -> tuple[str, str]:
        return f"{self._keys[0]} done", f"{self._keys[1]} 5 min more"

    def _draw(self) -> None:
        if self._now and self._found:
            width = self.size.width or self.app.size.width - 2
            self.update(reminder(self._now, self._found, self._answers, width))
