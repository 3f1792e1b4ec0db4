"""A form of several fields in place of the dossier: each checked while it is typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tickler.core.text import fold, printable, printable_lines, quote
from tickler.core.views import DraftView
from tickler.errors import Unreadable
from tickler.widgets.forms.drafted import Box, text_of
from tickler.widgets.forms.fold import Fold, head_line, rule
from tickler.widgets.forms.form import Form, foot, title
from tickler.widgets.styled import HEAD

#: The cells of a field's label at most.
_LABEL = 16


@dataclass(frozen=True, slots=True)
class Blank:
    """A field to be filled in: its name, its label, its text, and `check`, raising Unreadable.

    `options` can be picked, `several` at once or one.
    `head` is over fields that belong together.
    """

    name: str
    label: str
    text: str
    check: Callable[[str], object]
    is_long: bool = False
    is_needed: bool = False
    options: Sequence[str] = ()
    several: bool = False
    head: str = ""

    @property
    def shown(self) -> str:
        """The text without control characters."""
        return printable_lines(self.text) if self.is_long else printable(self.text)


class LinedForm(Form):
    """Boxes one below another; what is wrong with a field is said while it is typed."""

    KEYS: ClassVar[str] = "Enter keeps it · ↑↓ field · Ctrl+J new line · Esc"
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

    #: Whether empty fields are one line until somebody goes there.
    folds: ClassVar[bool] = False

    def __init__(self, title: str, blanks: Sequence[Blank]) -> None:
        super().__init__(title)
        self._blanks = blanks
        #: What each field has, by name, and what it had when the rep last looked at it.
        self._present: Mapping[str, str] = {blank.name: blank.text for blank in blanks}
        self.seen = dict(self._present)
        self._is_asked = False  # whether missing answers are faults
        self._left: Widget | None = None  # the field that had the keys last

    def compose(self) -> ComposeResult:
        yield title(self._title)
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._lines()
        yield from foot(self.KEYS, Static(id="help"))

    def _lines(self) -> Iterator[Widget]:
        room = min(max(len(blank.label) for blank in self._blanks), _LABEL)
        for head, blanks in groupby(self._blanks, attrgetter("head")):
            runs = [(empty, list(run)) for empty, run in groupby(blanks, self._is_folded)]
            is_folded = len(runs) == 1 and runs[0][0]
            if head and not is_folded:
                yield Static(rule(room), classes="head")
                yield Static(head_line(head), classes="head")
            for empty, run in runs:
                fields = [self._field(blank, room) for blank in run]
                if empty and (len(run) > 1 or is_folded):
                    lead = Static(" " * (room + 2), classes="label")
                    parts = [part for field in fields for part in field]
                    labels = [blank.label for blank in run]
                    yield lead
                    yield Fold(labels, lead, parts, head if is_folded else "", room)
                for field in fields:
                    yield from field

    def _field(self, blank: Blank, room: int) -> tuple[Static, Box]:
        return Static(self.label(blank, room), classes="label"), _box(blank)

    def _is_folded(self, blank: Blank) -> bool:
        """Whether a field is out of sight until somebody goes there: the first one never is."""
        return self.folds and not blank.text and blank is not self._blanks[0]

    def label(self, blank: Blank, room: int) -> Content:
        """The label of a field, `room` cells wide and a gap."""
        name = Content(printable(blank.label)).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(name, " ", ("*", HEAD) if blank.is_needed else " ")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Arrows step between fields, but move the cursor in a text of several lines."""
        del parameters
        in_lines = isinstance(self.screen.focused, TextArea)
        return in_lines == (action == "new_line") or action not in ("step", "new_line")

    def action_new_line(self) -> None:
        if isinstance(lines := self.screen.focused, TextArea):
            lines.insert("\n")

    def action_keep(self) -> None:
        self._is_asked = True
        wrong = next((box for box, fault in self._faults() if fault), None)
        if wrong:
            wrong.focus()
            self._tell()
        elif not self.meanwhile(self._present):
            self.post_message(self.Filed())

    def resume(self, first: Widget) -> None:
        for part in self.query(Fold):
            if any(box.name in self.left.fields for box in part.boxes):
                part.open()
        super().resume(first)
        shown = {blank.name: blank.shown for blank in self._blanks}
        for name in self.left.fields.keys() & shown.keys():
            if (was := self.left.was.get(name, "")) != shown[name]:
                self.seen[name] = was

    @property
    def draft(self) -> DraftView:
        typed = super().draft
        return replace(typed, was={name: self.seen.get(name, "") for name in typed.fields})

    def meanwhile(self, now: Mapping[str, str]) -> bool:
        """Whether a typed field has another text by now than when it was last looked at.

        That is said with both texts, and counts as looked at: Enter again insists.
        """
        self._present = now
        told = []
        for blank, typed in zip(self._blanks, self.changed, strict=True):
            theirs = now.get(blank.name, "")
            if typed is not None and theirs not in (self.seen[blank.name], typed):
                told.append(f"{blank.label} is {quote(theirs)} by now, here {quote(typed)}")
                self.seen[blank.name] = theirs
        if told:
            self.show_error(f"{'; '.join(told)}: Enter again writes what is here")
        return bool(told)

    def action_step(self, by: int) -> None:
        step = self.screen.focus_next if by > 0 else self.screen.focus_previous
        reached = step(".box, Fold")
        if isinstance(reached, Fold):
            self._open(reached, reached.boxes[0 if by > 0 else -1])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        reached = event.widget
        if isinstance(reached, Fold):
            if reached.can_focus:  # else a key has opened it already
                boxes: list[Widget] = [box for _, box in self._filled]
                is_before = self._left in boxes[boxes.index(reached.boxes[0]) :]
                self._open(reached, reached.boxes[-1 if is_before else 0])
        elif fold := self._fold_of(reached):
            self._open(fold, reached)
        self._left = reached
        reached.scroll_visible(animate=False)
        self._tell()

    def _open(self, fold: Fold, box: Widget) -> None:
        """Show the fields of a fold, with this one in hand."""
        fold.open()
        self.screen.set_focus(box)
        box.call_after_refresh(box.scroll_visible, animate=False)

    def _fold_of(self, box: Widget) -> Fold | None:
        """The fold that still hides this field."""
        folds = (fold for fold in self.query(Fold) if fold.can_focus)
        return next((fold for fold in folds if box in fold.boxes), None)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        self._is_asked = False
        if (box := event.control) and (fold := self._fold_of(box)):  # a draft has text there
            fold.open()
        self._tell()

    def _tell(self) -> None:
        """Show the fault of the field in hand, else the first one; mark all faulty fields."""
        shown = ""
        for box, fault in self._faults():
            box.set_class(bool(fault), "-wrong")
            shown = fault if fault and box.has_focus else shown or fault
        if shown:
            self.show_error(shown)
        else:
            self._say(self.understood())

    def understood(self) -> Content:
        """What to show where nothing is wrong."""
        return Content("")

    def _faults(self) -> Iterator[tuple[Box, str]]:
        """Each box with its fault, or none."""
        for blank, box in self._filled:
            text = text_of(box)
            missing = self._is_asked and blank.is_needed and not text.strip()
            fault = "" if text == blank.shown else _fault(blank, text)
            yield box, f"“{blank.label}” needs an answer" if missing else fault

    @property
    def changed(self) -> list[str | None]:
        """The text of each field; None where it was not changed."""
        texts = ((text_of(box), blank.shown) for blank, box in self._filled)
        return [text if text != shown else None for text, shown in texts]

    @property
    def in_hand(self) -> int | None:
        return next((n for n, (_, box) in enumerate(self._filled) if box.has_focus), None)

    @property
    def _filled(self) -> list[tuple[Blank, Box]]:
        boxes = [box for box in self.query(".box").results() if isinstance(box, Box)]
        return list(zip(self._blanks, boxes, strict=True))


class ChoiceBox(Input):
    """An input for options of a list: at its end left and right go through them."""

    def __init__(self, value: str, name: str, options: Sequence[str], *, several: bool) -> None:
        hint = " · ".join(map(printable, options))
        super().__init__(value, name=name, placeholder=hint, compact=True, select_on_focus=False)
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
        """The value with its last option replaced by the next one, or the one before."""
        before, comma, last = self.value.rpartition(",") if self._several else ("", "", self.value)
        folded = [fold(option) for option in self._options]
        here = folded.index(fold(last)) if fold(last) in folded else -1 if by > 0 else 0
        chosen = printable(self._options[(here + by) % len(self._options)])
        return f"{before}{comma} {chosen}" if comma else chosen


def _box(blank: Blank) -> Box:
    text, name = blank.shown, blank.name
    box: Box
    if blank.is_long:
        box = TextArea(text, name=name, compact=True, show_line_numbers=False)
    elif blank.options:
        box = ChoiceBox(text, name, blank.options, several=blank.several)
    else:
        box = Input(text, name=name, compact=True, select_on_focus=False)
    box.add_class("box")
    return box


def _fault(blank: Blank, text: str) -> str:
    try:
        blank.check(text)
    except Unreadable as error:
        return error.sentence
    return ""
