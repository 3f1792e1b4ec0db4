"""The forms that file a dossier: move, new, close."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.contact.kinds import Status
from tickler.core.filing.slots import CABINET
from tickler.core.views import Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.forms.binder_form import BinderForm, DateForm
from tickler.screens.binder.targets import Rows
from tickler.services import filing
from tickler.widgets.forms.form import DateInput, box, foot, line, title
from tickler.widgets.keys import keys_text
from tickler.widgets.styled import QUIET


class MoveForm(DateForm):
    """`Move ACME to  fri▏   → Fri 27 Nov · insert 27`; a date the client knows asks why, too."""

    doing = "move"

    def __init__(self, rows: Rows) -> None:
        closed = len(rows) == 1 and rows[0].slot == CABINET
        start = "Out of the cabinet: {} to" if closed else "Move {} to"
        super().__init__(start.format(targets.named(rows)), rows)
        self._asks_why = not closed and any(row.next.is_bound for row in rows)

    def compose(self) -> ComposeResult:
        label = Content.styled(f"{self._title} ", "bold")
        yield line(label, DateInput("fri · 15 · +3b · 5.7. · march"))
        if self._asks_why:
            yield line("why  ", box("why", "the reason for moving it, if you like"))
        marks = "Tab why" if self._asks_why else "! agreed"
        yield from foot(f"Enter files it · ↑↓ week · ←→ day · {marks} · Esc")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.when.value.strip():
            self.post_message(self.Filed())
        else:
            self.when.focus()

    async def file(self) -> Receipt | None:
        why = "".join(field.value for field in self.query("#why").results(Input))
        tell, when = self.show_error, self.when.value
        return await targets.move(self.session, tell, self.rows, when, why=why)


class NewForm(DateForm):
    """A new dossier: name, number, what to do, first date. Only the name is needed."""

    doing = "new"
    first = "#name"
    shows_pile = True

    def __init__(self, name: str = "", phone: str = "") -> None:
        super().__init__("A new dossier")
        self._known = {"name": name, "phone": phone}

    @property
    def is_unkept(self) -> bool:
        return any(field.value.strip() != self._known.get(field.id or "", "")
                   for field in self._fields)  # fmt: skip

    def compose(self) -> ComposeResult:
        yield title(self._title)
        for name, wanted in (("name", "who"), ("phone", "number"), ("what", "what to do")):
            yield line(f"{name:<6}", box(name, wanted, self._known.get(name, "")))
        yield line("next  ", DateInput("empty: the inbox"))
        yield from foot("Enter goes on, in the last field it files · Tab · Esc")

    @on(Input.Changed)
    def _typed(self) -> None:
        self.insists = False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        fields = self._fields
        if not fields[0].value.strip():
            fields[0].focus()
            self.show_error("a dossier needs a name")
        elif event.input is fields[-1]:
            self.post_message(self.Filed())
        else:
            fields[fields.index(event.input) + 1].focus()

    async def file(self) -> Receipt | None:
        name, phone, what, when = (field.value for field in self._fields)
        new = filing.file.NewDossier(name, phone=phone)
        act, add = self.session.act, filing.file.add
        return await act(self.show_doubt, add, new, when, what=what, another=self.insists)

    @property
    def _fields(self) -> list[Input]:
        return list(self.query(Input))


class CloseForm(BinderForm, can_focus=True):
    """Into the cabinet: one key says how it ended."""

    doing = "close"
    first = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "end('won')", "won", id="won", tooltip="an order: won"),
        Binding("l", "end('lost')", "lost", id="lost", tooltip="lost for good"),
        Binding("r", "end('resting')", "resting", id="resting", tooltip="nothing to do for now"),
    ]

    def __init__(self, rows: Rows) -> None:
        super().__init__(f"Close {targets.named(rows)}:")
        self.rows = rows
        self._status = Status.OPEN

    def compose(self) -> ComposeResult:
        keys = keys_text("w: won · l: lost · r: resting")
        title = (f"{self._title}  ", "bold")
        yield Static(Content.assemble(title, keys, ("   Esc stays open", QUIET)))
        yield Static(classes="echo")

    def action_end(self, status: str) -> None:
        self._status = Status(status)
        self.post_message(self.Filed())

    async def file(self) -> Receipt | None:
        question = f"Close {targets.named(self.rows)}, {self._status}?"
        see, keys = self.session.see_or, [row.id for row in self.rows]
        complaints = await see(self.show_error, filing.file.open_complaints, keys)
        if complaints is None or not await targets.agreed_to(
            self.session, question, self.rows, complaints
        ):
            return None
        close = filing.file.close_all
        return await self.session.act(self.show_error, close, self.rows, self._status)
