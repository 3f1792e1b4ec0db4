"""A form docked to what it is about, its lines, and an input for a date."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tickler.core.views import Echo
from tickler.widgets.echo import echo_text
from tickler.widgets.forms.drafted import Drafted
from tickler.widgets.styled import QUIET, fault_text

NOT_KEPT = "not kept yet: Enter keeps it, Esc once more throws it away"
TYPED = "Ctrl+G again throws away what is typed here; Esc keeps it"


class Form(Drafted, Vertical):
    """A form docked to what it is about. Below it says what it understands, or what is wrong."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_away", "put away", id="put_away",
                tooltip="put the form away; what is typed is kept"),
        Binding("ctrl+g", "throw_away", "throw away", id="throw_away", priority=True,
                tooltip="throw away what is typed, and close"),
    ]  # fmt: skip

    doing: ClassVar[str] = ""  # what is done with it, in a word

    class PutAway(Message):
        """Escape was pressed: what is typed is kept."""

    class ThrownAway(Message):
        """What is typed is not wanted any more."""

    class Filed(Message):
        """Enter: what was typed is to be filed."""

    def __init__(self, title: str) -> None:
        super().__init__(id="form")
        self._title = title
        self._echo: Echo | None = None
        self._leaving = self._throwing = False
        self.insists = False  # Enter is to override a doubt

    def may_leave(self) -> bool:
        """Whether what cannot be kept may be lost: the first Escape only says that it would be."""
        leaving, self._leaving = self._leaving, True
        if not leaving:
            self.show_error(NOT_KEPT)
        return leaving

    def action_put_away(self) -> None:
        self.post_message(self.PutAway())

    def action_throw_away(self) -> None:
        """Close without keeping what is typed; it is said first that this is meant."""
        throwing, self._throwing = self._throwing, True
        if throwing or not self.draft:
            self.post_message(self.ThrownAway())
        else:
            self.show_error(TYPED)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _go_on_typing(self) -> None:
        self._leaving = self._throwing = False

    def show_echo(self, echo: Echo) -> None:
        self._echo = echo
        width = min((line.content_size.width for line in self.query(".echo")), default=0)
        # Before it is laid out there is no width; what is shown then is shown again.
        self._say(echo_text(echo, width or self.app.size.width, self.echoes_also()))

    def echoes_also(self) -> Sequence[str]:
        """What else Enter would do, besides filing it under the date."""
        return ()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._echo = None
        self._say(fault_text(sentence))

    def show_doubt(self, sentence: str) -> None:
        """Say why it was not done; Enter again insists."""
        self.show_error(sentence)
        self.insists = True

    def clear_echo(self) -> None:
        self._echo = None
        self._say(Content(""))

    def say_gone(self, names: Sequence[str]) -> None:
        self.show_error(f"what was typed for {', '.join(names)} has no field any more")

    def on_resize(self) -> None:
        if self._echo:
            self.show_echo(self._echo)

    def _say(self, text: Content) -> None:
        for line in self.query(".echo").results(Static):  # none in a form put away meanwhile
            line.update(text)


class DateInput(Input):
    """An input for a date. Up and down step by weeks; at its end left and right by days."""

    class Stepped(Message):
        """An arrow asked for another day."""

        def __init__(self, days: int) -> None:
            super().__init__()
            self.days = days

    def __init__(self, hint: str = "") -> None:
        super().__init__(id="when", placeholder=hint, compact=True, select_on_focus=False)

    def put(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    async def _on_key(self, event: events.Key) -> None:
        days = {"up": -7, "down": 7, "left": -1, "right": 1}.get(event.key)
        at_end = self.cursor_position == len(self.value)
        if days is None or (abs(days) == 1 and not at_end):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Stepped(days))


def title(text: str) -> Static:
    """What the form is about."""
    return Static(Content.styled(text, "bold"), classes="title")


def line(label: str | Content, *boxes: Widget) -> Horizontal:
    """A label, and what is typed after it."""
    return Horizontal(Static(label, classes="label"), *boxes, classes="line")


def box(name: str, hint: str = "", text: str = "") -> Input:
    """An input for a line of text."""
    return Input(text, id=name, placeholder=hint, compact=True, select_on_focus=False)


def foot(keys: str, *more: Static) -> Iterator[Static]:
    """Where the form says what it understands, or what is wrong; below it, its keys."""
    yield from (Static(classes="echo"), *more, Static(Content.styled(keys, QUIET), classes="hint"))
