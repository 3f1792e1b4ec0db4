"""A form of several fields in the place of the dossier: each checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tickler.core.text import fold, printable, printable_lines
from tickler.errors import Unreadable
from tickler.widgets.forms.form import Form, echo, hint, title
from tickler.widgets.styled import HEAD

#: For the name of a field, in cells, at most.
_LABEL = 16

#: The head of a person goes on as a line to here, in cells.
_LINE = 36

KEYS = "Enter keeps it · ↑↓ field · Ctrl+J new line · Esc"

Box = Input | TextArea


@dataclass(frozen=True, slots=True)
class Blank:
    """A field to be filled in: its name, what stands there, and `check`, which raises Unreadable.

    `typed` is what was typed before in place of it. `options` are what can be picked, `several`
    of them at once or one. `whose` heads fields that belong together.
    """

    label: str
    text: str
    check: Callable[[str], object]
    typed: str | None = None
    is_long: bool = False
    is_needed: bool = False
    options: Sequence[str] = ()
    several: bool = False
    whose: str = ""

    @property
    def shown(self) -> str:
        """What stands there, as its box can hold it: with nothing that moves a terminal."""
        return printable_lines(self.text) if self.is_long else printable(self.text)


class LinedForm(Form):
    """Boxes one below another; what a field does not take is said while it is typed."""

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

    def __init__(self, title: str, blanks: Sequence[Blank]) -> None:
        super().__init__(title)
        self._blanks = blanks
        self._is_asked = False  # whether what is missing is to be said

    def compose(self) -> ComposeResult:
        yield title(self._title)
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._lines()
        yield echo()
        yield Static(id="help")
        yield hint(KEYS)

    def _lines(self) -> Iterator[Static | Box]:
        """The names in one column, what stands there in the other."""
        whose = ""
        room = min(max(len(blank.label) for blank in self._blanks), _LABEL)
        for blank in self._blanks:
            if blank.whose != whose:
                whose = blank.whose
                yield Static("─" * room, classes="whose")
                yield Static(Content(f"{printable(whose)} ".ljust(_LINE, "─")), classes="whose")
            yield Static(self.label(blank, room), classes="label")
            yield _box(blank)

    def label(self, blank: Blank, room: int) -> Content:
        """The name of a field, `room` cells wide and a gap."""
        name = Content(printable(blank.label)).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(name, " ", ("*", HEAD) if blank.is_needed else " ")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a text of several lines the arrows go along them, elsewhere there are no lines."""
        del parameters
        in_lines = isinstance(self.screen.focused, TextArea)
        return in_lines == (action == "new_line") or action not in ("step", "new_line")

    def action_new_line(self) -> None:
        if isinstance(lines := self.screen.focused, TextArea):
            lines.insert("\n")

    def action_keep(self) -> None:
        self._is_asked = True
        wrong = next((box for box, said in self._faults() if said), None)
        if wrong is None:
            self.post_message(self.Filed())
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
        self._leaving = self._is_asked = False
        self._tell()

    def _tell(self) -> None:
        """Say what is wrong with the field in hand, else with the first that is; mark them all."""
        said = ""
        for box, fault in self._faults():
            box.set_class(bool(fault), "-wrong")
            said = fault if fault and box.has_focus else said or fault
        if said:
            self.show_error(said)
        else:
            self._say(self.understood())

    def understood(self) -> Content:
        """What to say where nothing is wrong."""
        return Content("")

    def _faults(self) -> Iterator[tuple[Box, str]]:
        """Each box, with what is wrong with what was typed into it, or that it is needed."""
        for blank, box in self._filled:
            text = text_of(box)
            missing = self._is_asked and blank.is_needed and not text.strip()
            fault = "" if text == blank.shown else _fault(blank, text)
            yield box, f"“{blank.label}” needs an answer" if missing else fault

    @property
    def changed(self) -> list[str | None]:
        """What each field says now; None where that is what was there before."""
        texts = ((text_of(box), blank.shown) for blank, box in self._filled)
        return [text if text != shown else None for text, shown in texts]

    @property
    def in_hand(self) -> int | None:
        """The place of the field with the cursor."""
        return next((n for n, (_, box) in enumerate(self._filled) if box.has_focus), None)

    @property
    def _filled(self) -> list[tuple[Blank, Box]]:
        boxes = [box for box in self.query(".box").results() if isinstance(box, Box)]
        return list(zip(self._blanks, boxes, strict=True))


class ChoiceBox(Input):
    """An input for what is chosen from a list: at its end left and right go through it."""

    def __init__(self, value: str, options: Sequence[str], *, several: bool) -> None:
        hint = " · ".join(map(printable, options))
        super().__init__(value, placeholder=hint, compact=True, select_on_focus=False)
        self._options, self._several = options, several

    async def _on_key(self, event: events.Key) -> None:
        by = {"left": -1, "right": 1}.get(event.key)
        if by is None or self.cursor_position < len(self.value):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.value = self._after(by)
        self.cursor_position = len(self.value)

    def _after(self, by: int) -> str:
        """With the next option in place of the last one, or the one before."""
        before, comma, last = self.value.rpartition(",") if self._several else ("", "", self.value)
        folded = [fold(option) for option in self._options]
        here = folded.index(fold(last)) if fold(last) in folded else -1 if by > 0 else 0
        chosen = printable(self._options[(here + by) % len(self._options)])
        return f"{before}{comma} {chosen}" if comma else chosen


def text_of(box: Box) -> str:
    """What stands in a box."""
    return box.text if isinstance(box, TextArea) else box.value


def _box(blank: Blank) -> Box:
    text = blank.shown if blank.typed is None else blank.typed
    box: Box
    if blank.is_long:
        box = TextArea(text, compact=True, show_line_numbers=False)
    elif blank.options:
        box = ChoiceBox(text, blank.options, several=blank.several)
    else:
        box = Input(text, compact=True, select_on_focus=False)
    box.add_class("box")
    return box


def _fault(blank: Blank, text: str) -> str:
    try:
        blank.check(text)
    except Unreadable as error:
        return error.sentence
    return ""
