"""What is written in the evening about a numbered pile: `3 no-answer +2b`, line by line."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from tickler.core.contact import log_line
from tickler.core.contact.kinds import Status
from tickler.core.contact.late_outcome import DASHES
from tickler.core.contact.line_words import ENDS
from tickler.core.contact.log_line import ARROW, LogLine, People, ReadDate, nobody
from tickler.core.text import fold, quote
from tickler.errors import Unreadable

_LINE = re.compile(r"\s*(#?)([0-9]{1,9})[.):]?(?:\s+(.*))?\s*", re.DOTALL)


class PaperAct(Enum):
    """What a line says was done."""

    CONTACT = auto()
    MOVE = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line by its number: that on the paper, or a dossier's id; `at` counts from 1."""

    at: int
    number: int
    is_id: bool
    rest: str

    @property
    def name(self) -> str:
        """`3`, or of a dossier `#42`."""
        return f"#{self.number}" if self.is_id else str(self.number)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What a numbered line says was done; of a closing or move, `said.text` is the reason."""

    of: Numbered
    deed: PaperAct
    said: LogLine
    status: Status | None = None

    @property
    def at(self) -> int:
        return self.of.at

    @property
    def name(self) -> str:
        return self.of.name


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be entered."""

    at: int
    sentence: str

    @property
    def text(self) -> str:
        return f"line {self.at}: {self.sentence}"


def numbered(text: str) -> tuple[list[Numbered], list[Fault]]:
    """The lines of a text that have a number and say something, and what is wrong with others."""
    lines: list[Numbered] = []
    faults: list[Fault] = []
    for at, written in enumerate(text.splitlines(), 1):
        if not written.strip() or re.match(r"\s*#(?![0-9])", written):
            continue
        try:
            lines.append(_numbered(at, written))
        except Unreadable as error:
            faults.append(Fault(at, error.sentence))
    return lines, faults


def begun(written: str) -> Numbered | None:
    """A line that has its number and nothing else yet; None for any other."""
    match = _LINE.fullmatch(written)
    if match is None or (match[3] or "").strip():
        return None
    return Numbered(1, int(match[2]), bool(match[1]), "")


def _numbered(at: int, written: str) -> Numbered:
    match = _LINE.fullmatch(written)
    if match is None:
        raise Unreadable(f"{quote(written)} does not begin with a number of the pile, or #id")
    line = Numbered(at, int(match[2]), bool(match[1]), (match[3] or "").strip())
    if not line.rest:
        raise Unreadable(
            f"what was the result of {line.name}? put it after the number: no-answer +2b"
        )
    return line


def read(line: Numbered, read_date: ReadDate, people: People = nobody) -> PaperLine:
    """What a line says of a dossier with these people; raises Unreadable."""
    if arrow := ARROW.fullmatch(line.rest):
        said = log_line.read(arrow[1], read_date, plain=False) if arrow[1] else LogLine()
        if not said.typed or said.kind or said.outcome:
            raise Unreadable("where to? put the date after the arrow: -> fri")
        return PaperLine(line, PaperAct.MOVE, said)
    first, *after = line.rest.split(maxsplit=1)
    reason = (after[0] if after else "").strip()
    words = reason.split(maxsplit=1)
    # `rest of the price is open` is a sentence.
    is_end = fold(first) != "rest" or not words or words[0] in DASHES
    if is_end and (status := ENDS.get(fold(first).rstrip(",;:"))):
        if words and words[0] in DASHES:
            reason = words[1] if len(words) > 1 else ""
        return PaperLine(line, PaperAct.CLOSE, LogLine(reason), status)
    said = log_line.read(line.rest, read_date, people, plain=False)
    return PaperLine(line, PaperAct.CONTACT, said)
