"""A dialog: a screen on top of the binder that is dismissed with an answer."""

from typing import ClassVar, TypeVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tickler.core.text import printable
from tickler.session import Session, session_of
from tickler.widgets.keys import keys_text
from tickler.widgets.last_line import SHOWN_FOR
from tickler.widgets.styled import fault_text

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """Knows its session, its keys, and where it shows a fault."""

    #: The keys that it names, and what each does: `Enter: do it · Esc: back`.
    KEYS: ClassVar[str] = ""
    #: Between two of them.
    GAP: ClassVar[str] = "   "
    #: Where it says what was done, or why not.
    SAID_IN: ClassVar[str] = "#keys"

    @property
    def session(self) -> Session:
        """What a screen may ask for."""
        return session_of(self.app)

    @property
    def keys_line(self) -> Content:
        return keys_text(self.KEYS, self.GAP)

    def get_focusable_widget_at(self, x: int, y: int) -> Widget | None:
        """What a click gives the keys to: where text is typed, only another field takes them."""
        found = super().get_focusable_widget_at(x, y)
        typing = isinstance(self.focused, Input | TextArea)
        return None if typing and not isinstance(found, Input | TextArea) else found

    def say(self, text: Content) -> None:
        """Show it, until something else is said."""
        self.query_one(self.SAID_IN, Static).update(text)

    def say_for_a_while(self, text: str) -> bool:
        """Show it in place of the keys, for a while; False where no keys are shown."""
        found = self.query("#keys").results(Static)
        if line := next(found, None):
            line.update(Content(printable(text)))
            self.set_timer(SHOWN_FOR, lambda: line.update(self.keys_line))
        return line is not None

    def tell(self, fault: str) -> None:
        """Say why something cannot be done."""
        self.say(fault_text(fault))
