"""Pieces of text that many places show: a fault, a text on one line or in N cells."""

import os

from textual.content import Content
from textual.style import Style

from tickler.core.text import printable

QUIET = "$foreground-muted"
HEAD = "bold $text-accent"

#: What ends a word, before a blank.
_ENDS = ",;.:"
FAULT = "bold $text-error"


def fault_text(sentence: str) -> Content:
    """What is wrong, in a sentence."""
    return Content.styled(f"✗ {printable(sentence)}", "$text-error")


def on_screen(text: str) -> str:
    """A text of ours with the screen's word for a slip: most are promises, and all are owed."""
    return text.replace("slip", "promise", 1)


def linked_part(line: Content, start: int, end: int, address: str) -> Content:
    """A line with an address behind a part of it, for terminals that can follow it."""
    # The console of Linux takes a link for letters.
    if not address or os.environ.get("TERM") == "linux":
        return line
    return line.stylize(Style(link=address), start, end)


def one_line(text: str) -> str:
    """A text of any number of lines, on one."""
    return printable(" ".join(text.split()))


def cells(text: str, width: int) -> str:
    """A text in exactly `width` cells, with an ellipsis where it is cut."""
    return Content(text).truncate(max(width, 0), ellipsis=True, pad=True).plain


def at_word(text: str, width: int) -> str:
    """A text in at most `width` cells: cut after a word, or within a long one."""
    content = Content(text)
    if content.cell_length <= width:
        return text
    if width < 1:
        return ""
    cut = content.truncate(width, ellipsis=True).plain
    rest = text[len(cut) - 1 :].lstrip(_ENDS)
    in_word = bool(rest) and not rest[0].isspace()
    words = cut[:-1].rpartition(" ")[0] if in_word else cut[:-1]
    words = words.rstrip(f"{_ENDS} ·–-→")
    return f"{words}…" if 3 * Content(words).cell_length >= width else cut


def two_ends(left: Content, right: Content, width: int) -> Content:
    """Two texts at the ends of a line; the left one is cut where they meet."""
    room = width - right.cell_length
    left = left.truncate(max(room - 2, 0), ellipsis=True)
    return Content.assemble(left, " " * max(room - left.cell_length, 1), right)


def bar_of(done: int, total: int, width: int = 20) -> str:
    """How far something is, as a bar."""
    filled = width * min(done, total) // max(total, 1)
    return f"{'█' * filled}{'░' * (width - filled)}"
