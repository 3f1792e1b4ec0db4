"""When the rep is away, typed: from when to when, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tickler.core.text import printable
from tickler.core.views import Receipt
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.session import session_of

if TYPE_CHECKING:
    pass

_FIELDS = (
    ("from", "the first day"),
    ("to", "the last day; empty for one day"),
    ("why", "what stands on those days"),
)


class AbsenceScreen(ModalScreen[Receipt | None]):
    """Writes an absence down; dismissed with the receipt, or None."""

    CSS_PATH = "absence.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", id="absence_back", tooltip="leave it"),
        Binding("down", "app.focus_next", "next", show=False, id="absence_down",
                tooltip="the next field"),
        Binding("up", "app.focus_previous", "before", show=False, id="absence_up",
                tooltip="the field before"),
    ]  # fmt: skip

    def __init__(self, first: date) -> None:
        super().__init__()
        self._first = first

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled("Away", "bold $accent"))
            for name, hint in _FIELDS:
                with Horizontal(classes="line"):
                    yield Label(f"{name:<5}", classes="label")
                    yield Input(placeholder=hint, id=name, compact=True)
            yield Static(id="fault")
            yield Static(
                Content.assemble(
                    *(("Enter", "bold $accent"), " next field, then writes it down    "),
                    *(("Esc", "bold $accent"), " back"),
                )
            )

    def on_mount(self) -> None:
        self.query_one("#from", Input).value = self._first.isoformat()
        self.query_one("#to", Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "why":
            self._file()
        else:
            self.focus_next()

    @work(group=ACT)
    async def _file(self) -> None:
        session = session_of(self.app)
        first, last, why = (self.query_one(f"#{name}", Input).value for name, _ in _FIELDS)
        receipt = await session.act(self._say_fault, filing.absences.add, first, last, why)
        if receipt:
            self.dismiss(receipt)

    def _say_fault(self, sentence: str) -> None:
        said = Content.styled(f"✗ {printable(sentence)}", "$text-error")
        self.query_one("#fault", Static).update(said)
