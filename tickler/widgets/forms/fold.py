"""Empty fields of a form as one line, until somebody goes there."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tickler.core.phrases import counted
from tickler.core.text import printable
from tickler.widgets.styled import QUIET

#: The cells of the line that heads fields.
_LINE = 36


def head_line(head: str) -> Content:
    """`address ──────────`, over the fields that belong together."""
    return Content(f"{printable(head)} ".ljust(_LINE, "─"))


def rule(room: int) -> str:
    """What is before a head, over labels that have so many cells."""
    return "─" * (room + 1)


class Fold(Static, can_focus=True):
    """Takes the place of fields; it is opened by the form in which it gets the focus.

    `lead` is what is before it on its line. Where all fields of a part are empty, `head` is what
    that part is called: the line then heads them. Its labels have `room` cells.
    """

    DEFAULT_CSS = "Fold { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(
        self,
        labels: Sequence[str],
        lead: Static,
        parts: Sequence[Widget],
        head: str = "",
        room: int = 0,
    ) -> None:
        count = counted(len(labels), "empty field")
        shown = f"… {head}: {count}" if head else f"… {len(labels)} empty: {', '.join(labels)}"
        super().__init__(Content.styled(printable(shown), QUIET))
        self._lead, self._parts = lead, parts
        self._head, self._room = head, room
        for part in parts:
            part.display = False

    @property
    def boxes(self) -> list[Widget]:
        """The fields, without their labels."""
        return [part for part in self._parts if part.has_class("box")]

    def open(self) -> None:
        """Show the fields in its place."""
        self.can_focus = False
        for part in self._parts:
            part.display = True
        if self._head:
            self.update(head_line(self._head))
            self._lead.update(rule(self._room))
            self._lead.add_class("head")
            self.add_class("head")
        else:
            self.display = self._lead.display = False
