"""A dialog: a screen on top of the binder that is dismissed with an answer."""

from typing import ClassVar, TypeVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tickler.core.text import printable
from tickler.session import Session, session_of
from tickler.widgets.keys import keys_text
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

    def say_if_room(self, text: str) -> bool:
        """Show it where something can be said; False where there is no such line."""
        if self.query(self.SAID_IN):
            self.say(Content(printable(text)))
        return bool(self.query(self.SAID_IN))

    def tell(self, fault: str) -> None:
        """Say why something cannot be done."""
        self.say(fault_text(fault))
