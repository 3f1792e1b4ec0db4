"""A screen with a list of lines, of which one is under the cursor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tickler.screens.dialog import Answer, Dialog
from tickler.widgets.keys import key


def empty_list(id: str | None = None) -> OptionList:
    """A list that shows its lines as they are, one after another."""
    return OptionList(id=id, markup=False, compact=True)


class ListScreen(Dialog[Answer]):
    """Its cursor goes up and down with the letters, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("j", "step(1)", "the line below", "list_down"),
        key("k", "step(-1)", "the line above", "list_up"),
    ]

    @property
    def options(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def place(self) -> int | None:
        """The number of the line under the cursor, from 0."""
        return self.options.highlighted

    def fill(self, lines: Sequence[Content | Option], place: int = 0) -> None:
        """Show these lines in place of others, with the cursor on the line at `place`."""
        self.options.clear_options()
        self.options.add_options(lines)
        self.options.highlighted = place if lines else None

    def action_step(self, by: int) -> None:
        if by > 0:
            self.options.action_cursor_down()
        else:
            self.options.action_cursor_up()
