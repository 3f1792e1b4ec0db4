"""The docked forms that take one line or a few: move, new, close. They post what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tickler.core.contact.kinds import Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.text import printable
from tickler.core.views import Echo

_QUIET = "$foreground-muted"

NOT_KEPT = "not kept yet: Enter keeps it, Esc once more throws it away"


class Typed(NamedTuple):
    """What was typed into a log: what was said and is owed, the next date, the outcome."""

    said: str = ""
    when: str = ""
    outcome: Outcome | None = None
    owe: str = ""


class Answered(NamedTuple):
    """What was typed into a form of one's own: its name or its sheet's number, answers by key."""

    form: str = ""
    answers: Mapping[str, str] = MappingProxyType({})


class Form(Vertical):
    """A form docked beside what it is about. Escape puts it away; the faces' words stand below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_away", "put away", id="put_away", tooltip="put the form away"),
    ]

    class PutAway(Message):
        """Escape was pressed."""

    class DateTyped(Message):
        """A date is being typed: it wants its echo."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, title: str) -> None:
        super().__init__(id="form")
        self._title = title
        self._echo: Echo | None = None
        self._leaving = False

    @property
    def typed(self) -> Typed | Answered | None:
        """What is worth keeping as a draft; None in a form that has none."""
        return None

    @property
    def doing(self) -> str:
        """What is done with it, in a word: move, log, close, new."""
        return type(self).__name__.removesuffix("Form").lower()

    @property
    def is_of_contact(self) -> bool:
        """Whether its date follows a contact that has just taken place."""
        return False

    @property
    def is_of_slip(self) -> bool:
        """Whether its date is a slip's: that is no load."""
        return False

    def show_owed(self, said: str) -> None:
        """Say by when a promise is; only a form with a promise in it has a place for it."""

    @property
    def takes_date(self) -> bool:
        return bool(self.query(DateInput))

    def put_date(self, text: str) -> None:
        """Put a date into its field."""
        self.query_one(DateInput).put(text)

    def ask_date(self) -> None:
        """Go to the field for the date."""
        self.query_one(DateInput).focus()

    @property
    def is_unkept(self) -> bool:
        """Whether something was typed that is gone when the form is put away."""
        return False

    def may_leave(self) -> bool:
        """Whether what is not kept may be thrown away: one Escape only says that it is not."""
        if not self._leaving:
            self._leaving = True
            self.show_error(NOT_KEPT)
            return False
        return True

    def action_put_away(self) -> None:
        if not self.is_unkept or self.may_leave():
            self.post_message(self.PutAway())

    def on_input_changed(self) -> None:
        self._leaving = False

    def show_echo(self, echo: Echo) -> None:
        """Say what the typed date was understood as."""
        self._echo = echo
        warned = "".join(f" · {printable(remark.text)}" for remark in echo.remarks)
        text = echo.text
        if echo.next.agreed:
            when, dot, rest = text.partition(" · ")
            text = f"{when.removesuffix(' !')}{dot}{rest}"
            agreed = " · ● agreed"
            room = self.content_size.width - Content(text).cell_length
            text += agreed if len(agreed) <= room else " ●"
        self._say(Content.assemble((text, "bold"), (warned, "$text-warning")))

    def show_understood(self, said: str) -> None:
        """Say what a field was understood as, where that is no date to file under."""
        self._say(Content.styled(printable(said), "bold"))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._echo = None
        self._say(Content.styled(f"✗ {printable(sentence)}", "$text-error"))

    def clear_echo(self) -> None:
        """Nothing is typed, so nothing is understood."""
        self._echo = None
        self._say(Content(""))

    def on_resize(self) -> None:
        """An echo may have come before the form had its width."""
        if self._echo:
            self.show_echo(self._echo)

    def _say(self, text: Content) -> None:
        for line in self.query(".echo").results(Static):  # none in a form put away meanwhile
            line.update(text)


class DateInput(Input):
    """An input for a date. Up and down go by weeks; at its end left and right go by days."""

    class Stepped(Message):
        """An arrow asked for another day."""

        def __init__(self, days: int) -> None:
            super().__init__()
            self.days = days

    def __init__(self, *, id: str, placeholder: str = "") -> None:
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)

    def put(self, text: str) -> None:
        """Put a date there as the arrows do."""
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


class MoveForm(Form):
    """`Move ACME to  fri▏   → Fri 27 Nov · insert 27 · 3 of 20`."""

    class Filed(Message):
        """Enter: file it under this date, for this reason."""

        def __init__(self, text: str, why: str) -> None:
            super().__init__()
            self.text, self.why = text, why

    def __init__(self, title: str, *, asks_why: bool = False) -> None:
        """`asks_why`: there is a line for the reason, as for a date that the client was told."""
        super().__init__(title)
        self._asks_why = asks_why

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content.styled(f"{self._title} ", "bold"), classes="label")
            yield DateInput(id="when", placeholder="fri · 15 · +3b · 5.7. · march")
        if self._asks_why:
            with Horizontal(classes="line"):
                yield Static("why  ", classes="label")
                yield Input(
                    id="why", placeholder="the reason for moving it, if you like",
                    compact=True, select_on_focus=False,
                )  # fmt: skip
        yield Static(classes="echo")
        marks = "Tab why" if self._asks_why else "! agreed"
        yield Static(
            Content.styled(f"Enter files it · ↑↓ week · ←→ day · {marks} · Esc", _QUIET),
            classes="hint",
        )

    @on(Input.Changed, "#when")
    def _typed(self, event: Input.Changed) -> None:
        self.post_message(self.DateTyped(event.value))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        date = self.query_one(DateInput)
        if date.value.strip():
            why = "".join(box.value for box in self.query("#why").results(Input))
            self.post_message(self.Filed(date.value, why))
        else:
            date.focus()


class SlipForm(Form):
    """A slip: what, and its day; the last Enter makes it. Without a kind it is a date's own."""

    class Filed(Message):
        """Enter on the date: make it."""

        def __init__(self, kind: SlipKind | None, text: str, when: str) -> None:
            super().__init__()
            self.kind, self.text, self.when = kind, text, when

    def __init__(self, title: str, kind: SlipKind | None) -> None:
        super().__init__(title)
        self._kind = kind

    @property
    def is_of_slip(self) -> bool:
        return True

    @property
    def is_unkept(self) -> bool:
        return any(box.value.strip() for box in self.query(Input))

    def compose(self) -> ComposeResult:
        promised = self._kind is SlipKind.PROMISE
        what = "what is promised" if promised else "a second appointment or topic"
        yield Static(
            Content.styled(f"{self._title}: {self._kind or 'slip'}", "bold"), classes="title"
        )
        with Horizontal(classes="line"):
            yield Static("what  ", classes="label")
            yield Input(id="text", placeholder=what, compact=True, select_on_focus=False)
        with Horizontal(classes="line"):
            yield Static("by    " if promised else "on    ", classes="label")
            yield DateInput(id="when", placeholder="fri · 15 · +3b · fri 14:30")
        yield Static(classes="echo")
        yield Static(
            Content.styled("Enter goes on, on the date it files · Esc", _QUIET), classes="hint"
        )

    @on(Input.Changed, "#when")
    def _typed(self, event: Input.Changed) -> None:
        self.post_message(self.DateTyped(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text, when = self.query_one("#text", Input), self.query_one(DateInput)
        if event.input is text or not when.value.strip():
            when.focus()
        elif not text.value.strip():
            text.focus()
        else:
            self.post_message(self.Filed(self._kind, text.value, when.value))


class NewForm(Form):
    """A new dossier: name, number, what to do, first date. Only the name is needed."""

    class Filed(Message):
        """Enter in the last field: make it."""

        def __init__(self, name: str, phone: str, what: str, when: str) -> None:
            super().__init__()
            self.name, self.phone, self.what, self.when = name, phone, what, when

    def __init__(self, title: str, name: str = "", phone: str = "") -> None:
        super().__init__(title)
        self._known = {"name": name, "phone": phone}

    @property
    def is_unkept(self) -> bool:
        return any(box.value.strip() != self._known.get(box.id or "", "")
                   for box in self.query(Input))  # fmt: skip

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._title, "bold"), classes="title")
        for field, hint in (("name", "who"), ("phone", "number"), ("what", "what to do")):
            with Horizontal(classes="line"):
                yield Static(f"{field:<6}", classes="label")
                known = self._known.get(field, "")
                yield Input(known, id=field, placeholder=hint, compact=True, select_on_focus=False)
        with Horizontal(classes="line"):
            yield Static("next  ", classes="label")
            yield DateInput(id="when", placeholder="empty: the inbox")
        yield Static(classes="echo")
        yield Static(
            Content.styled(
                "Enter goes on, in the last field it files · Tab · Esc", "$foreground-muted"
            ),
            classes="hint",
        )

    @on(Input.Changed, "#when")
    def _typed(self, event: Input.Changed) -> None:
        self.post_message(self.DateTyped(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        fields = [self.query_one(f"#{field}", Input) for field in ("name", "phone", "what", "when")]
        if not fields[0].value.strip():
            fields[0].focus()
            self.show_error("a dossier needs a name")
        elif event.input is fields[-1]:
            self.post_message(self.Filed(*(field.value for field in fields)))
        else:
            fields[fields.index(event.input) + 1].focus()


class CloseForm(Form, can_focus=True):
    """Into the cabinet: one key says how it ended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "end('won')", "won", id="won", tooltip="an order: won"),
        Binding("l", "end('lost')", "lost", id="lost", tooltip="lost for good"),
        Binding("r", "end('resting')", "resting", id="resting", tooltip="nothing to do for now"),
    ]

    class Filed(Message):
        """A key was pressed."""

        def __init__(self, status: Status) -> None:
            super().__init__()
            self.status = status

    def compose(self) -> ComposeResult:
        key = "bold $accent"
        yield Static(
            Content.assemble(
                (f"{self._title}  ", "bold"),
                *(("w", key), " won   ", ("l", key), " lost   ", ("r", key), " resting   "),
                ("Esc stays open", "$foreground-muted"),
            )
        )
        yield Static(classes="echo")

    def action_end(self, status: str) -> None:
        self.post_message(self.Filed(Status(status)))
