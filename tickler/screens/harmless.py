"""The last look at what is painted: no cell has what a terminal would obey."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tickler.core.text import harmless


class Harmless(LineFilter):
    """Takes out what moves, colours or reorders a terminal: whoever shows a text has replaced it.

    It has no width, so that nothing else on the line moves.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, as they are in all but the rarest case."""
        del background
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        # What is `control` is a command of ours.
        return [
            Segment(text if control else harmless(text), style, control)
            for text, style, control in segments
        ]


#: The one there is: what it has made of a line is remembered.
HARMLESS = Harmless()
