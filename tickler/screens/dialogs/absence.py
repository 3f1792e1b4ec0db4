"""When the rep is away, typed: from when to when, and why."""

from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from tickler.core.views import Receipt
from tickler.screens.dialogs.box import Box
from tickler.screens.draft_dialog import DraftDialog
from tickler.screens.key_queue import ACT, ECHO
from tickler.services import filing
from tickler.widgets.echo import stretch_text
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD

_FIELDS = (
    ("from", "the first day"),
    ("to", "the last day; empty for one day"),
    ("why", "what is shown on those days"),
)


class AbsenceScreen(DraftDialog[Receipt | None], Box[Receipt | None]):
    """Writes an absence down; dismissed with the receipt, or None."""

    CSS_PATH: ClassVar = ["box.tcss", "absence.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "leave it; what is typed is kept", "absence_back"),
        key("down", "app.focus_next", "the next field", "absence_down"),
        key("up", "app.focus_previous", "the field before", "absence_up"),
    ]
    KEYS = "Enter: next field, then writes it down · Esc: back"
    SAID_IN = "#fault"

    def __init__(self, first: date) -> None:
        super().__init__()
        self._first = first

    def inside(self) -> ComposeResult:
        yield Static(Content.styled("Away", HEAD))
        for name, hint in _FIELDS:
            with Horizontal(classes="line"):
                yield Label(name, classes="label")
                yield Input(placeholder=hint, id=name, compact=True)
        yield Static(id="fault")

    kept_as = "absence"

    @work(group=ACT)
    async def on_mount(self) -> None:
        self.query_one("#from", Input).value = self._first.isoformat()
        await self.take_up()
        self.resume(self.query_one("#to", Input))

    def action_leave(self) -> None:
        self.leave()

    @on(Input.Changed, "#from")
    @on(Input.Changed, "#to")
    @work(exclusive=True, group=ECHO)
    async def _read_echo(self) -> None:
        """Say what the days mean while they are typed, and what is on them."""
        first, last = (self.query_one(f"#{name}", Input).value for name in ("from", "to"))
        echo = await self.session.see_or(self.tell, filing.absences.preview, first, last)
        if echo:
            shown = self.query_one("#fault", Static)
            shown.update(stretch_text(echo, shown.size.width or self.app.size.width))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "why":
            self._file()
        else:
            self.focus_next()

    @work(group=ACT)
    async def _file(self) -> None:
        self.workers.cancel_group(self, ECHO)
        first, last, why = (self.query_one(f"#{name}", Input).value for name, _ in _FIELDS)
        receipt = await self.session.act(self.tell, filing.absences.add, first, last, why)
        if receipt:
            await self.drop_draft()
            self.dismiss(receipt)
