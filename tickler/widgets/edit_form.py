"""The form in which a dossier is written over, field by field, in the place of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from tickler.core import fields
from tickler.core.fields import Edit, Field
from tickler.core.own_fields import OwnFields
from tickler.core.text import harmless, harmless_lines
from tickler.errors import Unreadable
from tickler.widgets.forms import Form

#: For the name of a field, in cells, at most.
_LABEL = 16

#: The head of a person goes on as a line to here, in cells.
_LINE = 36

KEYS = "Enter keeps it · ↑↓ field · Ctrl+J new line · Esc"


class EditForm(Form):
    """One line a field; what a field does not take is said while it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep", show=False, id="keep", priority=True,
                tooltip="keep what was typed"),
        Binding("down", "step(1)", "next", show=False, id="field_down", priority=True,
                tooltip="the next field"),
        Binding("up", "step(-1)", "before", show=False, id="field_up", priority=True,
                tooltip="the field before"),
        Binding("ctrl+j", "new_line", "new line", show=False, id="notes_line", priority=True,
                tooltip="a new line in the notes"),
    ]  # fmt: skip

    class Filed(Message):
        """Enter: these fields are to be written over."""

        def __init__(self, edits: tuple[Edit, ...]) -> None:
            super().__init__()
            self.edits = edits

    def __init__(self, title: str, known: Sequence[Field], own: OwnFields) -> None:
        super().__init__(title)
        self._known, self._own = known, own

    @property
    def doing(self) -> str:
        return "edit"

    @property
    def is_unkept(self) -> bool:
        return bool(self.edits)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The fields that say something else now."""
        texts = zip(self._known, self._inputs, strict=True)
        changed = ((field, _text(box)) for field, box in texts)
        return tuple(Edit(f.spot, text, f.text) for f, text in changed if text != _shown(f))

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(f"{self._title}: {self.doing}", "bold"), classes="title")
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._lines()
        yield Static(classes="echo")
        yield Static(Content.styled(KEYS, "$foreground-muted"), classes="hint")

    def _lines(self) -> Iterator[Static | Input | TextArea]:
        """The names in one column, what stands there in the other."""
        whose = ""
        room = min(max(len(field.label) for field in self._known), _LABEL)
        for field in self._known:
            if field.whose != whose:
                whose = field.whose
                yield Static("─" * room, classes="whose")
                yield Static(Content(f"{harmless(whose)} ".ljust(_LINE, "─")), classes="whose")
            label = Content(harmless(field.label)).truncate(room, ellipsis=True, pad=True)
            shown = _shown(field)
            box = (
                TextArea(shown, compact=True, show_line_numbers=False)
                if field.is_long
                else Input(shown, compact=True, select_on_focus=False)
            )
            box.add_class("box")
            yield Static(Content.assemble(label, "  "), classes="label")
            yield box

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the notes the arrows go along the lines, elsewhere there are no lines."""
        del parameters
        in_notes = isinstance(self.screen.focused, TextArea)
        return in_notes == (action == "new_line") or action not in ("step", "new_line")

    def action_new_line(self) -> None:
        if isinstance(notes := self.screen.focused, TextArea):
            notes.insert("\n")

    def action_keep(self) -> None:
        wrong = next((box for box, said in self._faults() if said), None)
        if wrong is None:
            self.post_message(self.Filed(self.edits))
        else:
            wrong.focus()
            self._tell()

    def action_step(self, by: int) -> None:
        if by > 0:
            self.screen.focus_next(".box")
        else:
            self.screen.focus_previous(".box")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        event.widget.scroll_visible(animate=False)
        self._tell()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._leaving = False
        self._tell()

    def _tell(self) -> None:
        """Say what is wrong with the first field that is, and mark all that are."""
        said = ""
        for box, fault in self._faults():
            box.set_class(bool(fault), "-wrong")
            said = said or fault
        if said:
            self.show_error(said)
        else:
            self.show_understood(self.understood())

    def fault(self, field: Field, text: str) -> str:
        """What is wrong with a field's text, or nothing."""
        try:
            fields.read(field.spot, text, self._own)
        except Unreadable as error:
            return error.sentence
        return ""

    def _faults(self) -> Iterator[tuple[Input | TextArea, str]]:
        """Each box, with what is wrong with what was typed into it."""
        for field, box in zip(self._known, self._inputs, strict=True):
            text = _text(box)
            yield box, "" if text == _shown(field) else self.fault(field, text)

    def understood(self) -> str:
        """What the field with the cursor takes, or how it reads what is typed there."""
        for field, box in zip(self._known, self._inputs, strict=True):
            if box is not self.screen.focused:
                continue
            text = _text(box)
            read = text if text == _shown(field) else fields.read(field.spot, text, self._own)
            if read.strip() != text.strip():
                return harmless(f"→ {read}")
            if field.own:
                return harmless(": ".join(filter(None, (field.own.takes, field.own.help))))
        return ""

    @property
    def _inputs(self) -> list[Input | TextArea]:
        return [box for box in self.query(".box").results() if isinstance(box, Input | TextArea)]


def _text(box: Input | TextArea) -> str:
    return box.text if isinstance(box, TextArea) else box.value


def _shown(field: Field) -> str:
    """What stands in the field, as its box can hold it: with nothing that moves a terminal."""
    return harmless_lines(field.text) if field.is_long else harmless(field.text)
