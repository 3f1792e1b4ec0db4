"""What is shown instead of a screen that has no room; what is below it stays as it is."""

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

#: With less, in cells, lines would break and be cut.
LEAST = Size(60, 18)


def is_too_small(size: Size) -> bool:
    """Whether it is less than the least."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Static):
    """Covers a whole screen until the window is larger."""

    DEFAULT_CSS = """
    TooSmall {
        layer: cover;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        color: $foreground;
        content-align: center middle;
        text-align: center;
    }
    """

    def show(self, size: Size) -> None:
        self.update(
            Content(
                # A window of five lines has room for all that one must know.
                f"Too small: {size.width} × {size.height}.\n"
                f"{LEAST.width} × {LEAST.height} are needed.\n"
                "Ctrl+Q leaves.\n"
                "What you typed is kept."
            )
        )
