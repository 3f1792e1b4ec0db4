"""The filter at the pile's head: what is typed, how much fits, and what acts on that alone."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tickler.core.filing.pile import PileView
from tickler.widgets.styled import fault_text

HINT = "a word · segment:A · city:Berlin · tag:crane · kind:offer"


class FilterBar(Vertical):
    """One line above the pile, seen while it is typed into or something is filtered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field takes it.
        Binding("enter,down", "leave", "to the rows", id="filter_leave", priority=True,
                tooltip="to what fits"),
        Binding("escape", "clear", "all again", id="filter_clear", tooltip="all of the pile again"),
    ]  # fmt: skip

    class Typed(Message):
        """The filter is another one now, perhaps none."""

    class Left(Message):
        """The keys go back to the pile; the filter stays as it is."""

    def __init__(self) -> None:
        super().__init__(id="filter")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content("\\ "))
            yield Input(placeholder=HINT, id="filter-text", compact=True, select_on_focus=False)
            yield Static(id="filter-count")
        yield Static(id="filter-fault")

    @property
    def text(self) -> str:
        """What is filtered by; "" is the whole pile."""
        return self.query_one(Input).value.strip() if self.children else ""

    @property
    def is_typed_into(self) -> bool:
        return self.has_class("-on") and self.has_focus_within

    def begin(self) -> None:
        """Take the keys."""
        self.add_class("-on")
        self.query_one(Input).focus()

    def clear(self) -> bool:
        """Show the whole pile again; False where it is shown already."""
        was_on = self.has_class("-on")
        self.remove_class("-on")
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        return was_on

    def show(self, pile: PileView, fault: str = "") -> None:
        """Say how much of the pile fits, and how to get the rest back; or what is wrong."""
        # In dossiers, as the head of the pile counts; what is owed is a line of its own.
        shown = len(pile.rows)
        owed = f" {len(pile.slips)}▹" if pile.slips else ""
        told = (f" {shown} of {shown + pile.hidden_rows} ", "reverse"), owed, " w: these · Esc: all"
        count = Content("") if fault else Content.assemble(*told)
        self.query_one("#filter-count", Static).update(count)
        self.query_one("#filter-fault", Static).update(fault_text(fault) if fault else "")
        self.set_class(bool(fault), "-wrong")

    def action_clear(self) -> None:
        self.clear()
        self.post_message(self.Typed())
        self.post_message(self.Left())

    def action_leave(self) -> None:
        if not self.text:
            self.clear()
        self.post_message(self.Left())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())
