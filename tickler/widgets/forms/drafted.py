"""What is typed into a form or a screen is a draft: it is kept, and taken up again."""

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tickler.core.views import DraftView

Box = Input | TextArea


class Drafted(DOMNode):
    """Its fields are those with a name or an id; what differs from how it began was typed."""

    #: What was typed before, while it is being opened.
    left: DraftView = DraftView()
    _began: Mapping[str, str] = {}  # replaced, never written into

    class Written(Message):
        """Something was typed, or another field is in hand."""

    @property
    def kept_as(self) -> str:
        """Under which name its draft is kept; "" in a form without drafts."""
        return ""

    @property
    def kept_of(self) -> int | None:
        """The dossier that the draft is about."""
        return None

    @property
    def texts(self) -> dict[str, str]:
        """The text of each field."""
        return {name: text_of(box) for name, box in self._boxes.items()}

    @property
    def draft(self) -> DraftView:
        """What was typed and is not filed."""
        began = self._began
        typed = {name: text for name, text in self.texts.items() if text != began.get(name, "")}
        was = {name: began[name] for name in typed if began.get(name)}
        return DraftView(typed, was, self._in_hand) if typed else DraftView()

    def put(self, name: str, text: str) -> bool:
        """Put a text into a field; False where there is no such field."""
        box = self._boxes.get(name)
        if isinstance(box, Input):
            box.value = text
            box.cursor_position = len(text)
        elif box:
            box.text = text
            box.move_cursor(box.document.end)
        return box is not None

    def resume(self, first: Widget) -> None:
        """Put what was typed before, and take the field in hand that was, else the first."""
        self._began = self.texts
        gone = [name for name, text in self.left.fields.items() if not self.put(name, text)]
        self.screen.set_focus(self._boxes.get(self.left.in_hand, first))
        if gone:
            self.say_gone(gone)

    def say_gone(self, names: Sequence[str]) -> None:
        """Say that what was typed for these fields has no place any more."""
        raise NotImplementedError

    @property
    def _boxes(self) -> dict[str, Box]:
        boxes = [box for box in self.query("Input, TextArea").results() if isinstance(box, Box)]
        return {box.name or box.id or "": box for box in boxes}

    @property
    def _in_hand(self) -> str:
        focused = self.screen.focused
        return next((name for name, box in self._boxes.items() if box is focused), "")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(events.DescendantFocus)
    def _note_written(self) -> None:
        self.post_message(self.Written())


def text_of(box: Box) -> str:
    """What is typed into it."""
    return box.value if isinstance(box, Input) else box.text
