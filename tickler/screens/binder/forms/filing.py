"""The forms that file a dossier: move, new, close."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tickler.core.client.pasted import PastedClient, client_of
from tickler.core.contact.contact_words import About, read_end
from tickler.core.contact.kinds import Status
from tickler.core.filing.slots import CABINET
from tickler.core.remark import Remark
from tickler.core.text import printable
from tickler.core.views import DossierRow, DraftView, Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.forms.binder_form import BinderForm, DateForm
from tickler.screens.binder.targets import Rows
from tickler.screens.key_queue import ECHO
from tickler.services import clients, filing
from tickler.widgets.forms.form import DateInput, box, foot, line, title
from tickler.widgets.forms.lines_input import LinesInput
from tickler.widgets.keys import keys_text

#: Asked where a reason is typed.
HOW = "how did it end? w won, l lost, r resting"


class MoveForm(DateForm):
    """`Move ACME to  fri▏   → Fri 27 Nov · insert 27`; a date the client knows asks why, too."""

    doing = "move"

    def __init__(self, rows: Rows) -> None:
        closed = len(rows) == 1 and rows[0].slot == CABINET
        start = "Out of the cabinet: {} to" if closed else "Move {} to"
        super().__init__(start.format(targets.named(rows)), rows)
        self._asks_what = not closed
        self._asks_why = not closed and any(row.next.is_bound for row in rows)

    def compose(self) -> ComposeResult:
        label = Content.styled(f"{self._title} ", "bold")
        yield line(label, DateInput("fri · 15 · +3b · 5.7. · march"))
        if self._asks_why:
            yield line("why  ", box("why", "the reason for moving it, if you like"))
        if self._asks_what:
            whats = {about_text(row) for row in self.rows}
            now = whats.pop() if len(whats) == 1 else ""
            yield line("what ", box("what", printable(now) or "what to do; visit: for a visit"))
        yield from foot("Enter files · ↑↓ week · ←→ day · ! agreed · Tab · Esc")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.when.value.strip():
            self.post_message(self.Filed())
        else:
            self.when.focus()

    def resume(self, first: Widget) -> None:
        super().resume(first)
        if self.screen.focused is self.when:
            self.when.select_all()  # another date replaces the one that was not filed

    async def file(self) -> Receipt | None:
        tell, when = self.show_error, self.when.value
        why, what = self._text("#why"), self._text("#what")
        if not await self.is_filed_as_opened():
            return None
        return await targets.move(self.session, tell, self.rows, when, why=why, about=what)

    def _text(self, field: str) -> str:
        """What is typed into a field that is not asked for everywhere."""
        return "".join(each.value for each in self.query(field).results(Input))


def about_text(row: DossierRow) -> str:
    """What the next contact is about now, as a form reads it: `visit: measure`."""
    return About(row.kind, row.what).shown if row.what else ""


class NewForm(DateForm):
    """A new dossier: name, number, what to do, first date. Only the name is needed.

    An address is shown where one was pasted with the name.
    """

    doing = "new"
    first = "#name"
    shows_pile = True
    is_note = False

    def __init__(self, name: str = "", phone: str = "") -> None:
        super().__init__("A new dossier")
        self._known = {"name": name, "phone": phone}
        self._offered: PastedClient | None = None
        self._joined = ""  # the name as it was pasted
        #: What is typed about a caller is a draft of its own.
        self.kept = " ".join(filter(None, (self.doing, phone or name)))

    @property
    def kept_as(self) -> str:
        return self.kept

    @property
    def draft(self) -> DraftView:
        """With what was known from the start, which is not typed."""
        typed = super().draft
        known = {name: text for name, text in self._known.items() if text}
        return replace(typed, fields={**known, **typed.fields}) if typed else typed

    def compose(self) -> ComposeResult:
        yield title(self._title)
        known, hint = self._known["name"], "who; or paste name, number and mail"
        name = LinesInput(known, name="name", hint=hint)
        yield line("name  ", name)
        yield line("phone ", box("phone", "number", self._known["phone"]))
        mail = line("mail  ", box("email")).add_class("mail")
        mail.display = False
        yield mail
        yield line("what  ", box("what", "what to do"))
        yield line("next  ", DateInput("empty: the inbox"))
        yield from foot("Enter goes on, in the last field it files · Tab · Esc")

    @on(Input.Changed)
    def _typed(self) -> None:
        self.insists = False
        for mail in self.query("#email").results(Input):
            self.query_one(".mail").display = bool(mail.value) or mail.has_focus
        if self._offered and self._typed_name != self._joined:
            self._offered = None
            self.clear_echo()

    @on(LinesInput.Pasted)
    def _pasted(self, event: LinesInput.Pasted) -> None:
        """Offer to fill the fields with what was pasted; else it stays the name."""
        self.query_one("#name", Input).insert_text_at_cursor(" ".join(event.lines))
        self._joined = " ".join(event.lines)
        self._offered = client_of(event.lines) if self._typed_name == self._joined else None
        if self._offered:
            self._say(Content.styled(f"Enter fills in {self._offered.text}", "bold"))
        else:
            self._say(Content(f"{len(event.lines)} lines became one"))

    def _fill_in(self, client: PastedClient) -> None:
        self._offered = None
        for name in ("name", "phone", "email"):
            if text := getattr(client, name):
                self.put(name, text)
        self.clear_echo()
        self.query_one("#what").focus()

    @property
    def _typed_name(self) -> str:
        return self.query_one("#name", Input).value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        fields = self._fields
        if self._offered and event.input is fields[0]:
            self._fill_in(self._offered)
        elif not fields[0].value.strip():
            fields[0].focus()
            self.show_error("a dossier needs a name")
        elif event.input is fields[-1]:
            self.post_message(self.Filed())
        else:
            fields[fields.index(event.input) + 1].focus()

    async def file(self) -> Receipt | None:
        typed = {field.id: field.value for field in self.query(Input)}
        what, when = typed.pop("what"), typed.pop("when")
        new = filing.file.NewDossier(
            typed["name"], typed.get("phone", ""), typed.get("email", ""), is_note=self.is_note
        )
        act, add = self.session.act, filing.file.add
        return await act(self.show_doubt, add, new, when, what=what, another=self.insists)

    @property
    def _fields(self) -> list[Input]:
        fields = self.query(Input).results()
        return [each for each in fields if each.id != "email" or each.value]


class NoteForm(NewForm):
    """A new page of notes that belong to no client: its name, what to do, the day it lies on."""

    doing = "note"
    is_note = True

    def compose(self) -> ComposeResult:
        yield title("A note of your own")
        yield line("name  ", box("name", "the monthly report"))
        yield line("what  ", box("what", "what to do"))
        yield line("next  ", DateInput("empty: the inbox"))
        yield from foot("Enter goes on, in the last field it files · Tab · Esc")


class CloseForm(BinderForm, can_focus=True):
    """Into the cabinet: one key says how it ended; the reason goes before it, or says it, too."""

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
        self._left: Sequence[Remark] = ()

    def on_mount(self) -> None:
        self._read_left_open()

    @work(group=ECHO)
    async def _read_left_open(self) -> None:
        self._left = await self._left_open() or ()
        self._tell()

    async def _left_open(self) -> Sequence[Remark] | None:
        """What the clients are owed."""
        keys = [row.id for row in self.rows]
        return await self.session.see_or(self.show_error, filing.file.left_open, keys)

    def compose(self) -> ComposeResult:
        keys = keys_text("w: won · l: lost · r: resting")
        title = (f"{self._title}  ", "bold")
        yield Static(Content.assemble(title, keys))
        yield line("why  ", box("why", "lost to whom, won with what"))
        yield from foot("w l r closes at once · Tab why, or lost to Demag · Esc")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter says how it ended while nothing is typed."""
        del parameters
        return action != "end" or self.screen.focused is self

    def action_end(self, status: str) -> None:
        self._status = Status(status)
        self.post_message(self.Filed())

    @on(Input.Changed)
    def _tell(self) -> None:
        """Say how the text is understood, and what is left open by that."""
        status, why = read_end(self.query_one("#why", Input).value)
        said = f"→ cabinet, {_ended(status, why)}" if status else ""
        left = " · ".join(printable(remark.text) for remark in self._left)
        parts = [Content(said), Content.styled(left, "$text-warning")]
        self._say(Content("  ").join(part for part in parts if part))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        status, _ = read_end(event.value)
        if status:
            self.action_end(status)
        else:
            self._say(Content.styled(HOW, "bold"))
            self.focus()

    @property
    def _why(self) -> str:
        return read_end(self.query_one("#why", Input).value)[1]

    async def file(self) -> Receipt | None:
        why = self._why
        question = f"Close {targets.named(self.rows)}, {_ended(self._status, why)}?"
        left = await self._left_open()
        complaints = [remark for remark in left or () if remark.code == "open-complaint"]
        if left is None or not await targets.agreed_to(
            self.session, question, self.rows, complaints
        ):
            return None
        close, session = filing.file.close_all, self.session
        receipt = await session.act(self.show_error, close, self.rows, self._status, why)
        if receipt is None:  # what was changed meanwhile is known the next time
            keys = [row.id for row in self.rows]
            self.rows = await session.see(clients.read.by_ids, keys) or self.rows
        return receipt


def _ended(status: Status, why: str) -> str:
    """`lost: to Demag`."""
    return ": ".join(filter(None, (status, printable(why))))
