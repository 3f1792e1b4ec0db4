"""Mistakes in a text that a person wrote, line by line, and how they are shown above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from tickler.core.phrases import and_more
from tickler.core.text import printable
from tickler.errors import Unreadable

#: Begins a line that says what is wrong; such lines are not part of what was typed.
MISTAKE = "#! "


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a line of the text, the first being 1."""

    line: int
    text: str


class Mistaken(Unreadable):
    """The text has mistakes, in the order of their lines; `place` is its file, if known."""

    def __init__(self, mistakes: Sequence[Mistake], place: PurePath | None = None) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        first, *others = self.mistakes
        more = f";{and_more(len(others))}" if others else ""
        where = f"{place.name}:{first.line}" if place else f"line {first.line}"
        super().__init__(f"{where}: {first.text}{more}", path=place)


def without_mistakes(text: str) -> str:
    """The text as it was typed, without the lines above it that say what is wrong."""
    while text.startswith(MISTAKE):
        text = text.partition("\n")[2]
    return text


def with_mistakes(text: str, found: Mistaken) -> str:
    """The text with a line above for each mistake; line numbers include these lines."""
    shift = len(found.mistakes)
    lines = (f"{MISTAKE}line {m.line + shift}: {printable(m.text)}\n" for m in found.mistakes)
    return "".join(lines) + text
