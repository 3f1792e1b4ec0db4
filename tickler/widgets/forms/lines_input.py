"""An input for a line into which several can be pasted."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from tickler.core.text import pasted_lines


class LinesInput(Input):
    """One line is pasted as usual; several are for the form, which gets them in a message."""

    takes_lines = True

    class Pasted(Message):
        """Several lines were pasted; none of them is in the input."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, text: str = "", *, name: str, hint: str) -> None:
        super().__init__(text, id=name, placeholder=hint, compact=True, select_on_focus=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = pasted_lines(event.text)
        if len(lines) > 1:
            self.post_message(self.Pasted(lines))
        else:
            self.insert_text_at_cursor("".join(lines))
