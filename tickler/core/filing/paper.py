"""What is written in the evening about a numbered pile: `3 no-answer +2b`, line by line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from tickler.core.contact.kinds import LOGGED_KINDS, Kind, Outcome, Status
from tickler.core.text import fold, quote
from tickler.errors import NotADate, Unreadable

T = TypeVar("T")

#: No date has more words.
_LONGEST_DATE = 8

#: A name of an outcome has no more words than this.
_LONGEST_NAME = 2

_LINE = re.compile(r"\s*(#?)([0-9]{1,9})[.):]?(?:\s+(.*))?\s*", re.DOTALL)
_ARROW = re.compile(r"(?:-+>|→|➔|>)\s*(.*)", re.DOTALL)
_DASHES = ("--", "–", "—")
_NUMBER = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)?")

#: Dates that may also begin a sentence.
_ALSO_WORDS = frozenset(
    ["so", "do", "may", "mai", "march", "sun", "sat", "am", "mi", "di", "fall", "spring", "morgen"]
)

_OUTCOMES_OF = {
    Outcome.NO_ANSWER: "n, no answer, nicht erreicht, niemand erreicht, keine antwort",
    Outcome.REACHED: "r, erreicht",
    Outcome.DECISION_MAKER: "d, decider, decision maker, entscheider",
    Outcome.CALLBACK: "b, call back, ruckruf, rueckruf",
    Outcome.OFFER_ASKED: "o, offer asked, angebot gewunscht, angebot gewuenscht, will angebot",
    Outcome.ORDER: "w, order won, auftrag, bestellt",
    Outcome.REFUSED: "x, abgelehnt, absage",
    Outcome.SENT: "gesendet, geschickt",
    Outcome.DONE: "ok, erledigt, getan",
}
_KINDS_OF = {
    Kind.FIRST_CALL: "first call, erstanruf",
    Kind.CALL: "anruf",
    Kind.MEETING: "termin, treffen, besprechung",
    Kind.EMAIL: "mail, e-mail",
    Kind.OFFER: "angebot",
    Kind.VISIT: "besuch",
    Kind.OTHER: "sonstiges",
    Kind.NOTE: "notiz",
    Kind.COMPLAINT: "beschwerde, reklamation",
}
_ENDS_OF = {Status.WON: "gewonnen", Status.LOST: "verloren", Status.RESTING: "rest, ruht, ruhend"}


class PaperAct(Enum):
    """What a line says was done."""

    CONTACT = auto()
    MOVE = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line as it was read; `at` counts the lines of the text from 1.

    `number` is that on the paper, or a dossier's id. `typed` is the date, "" for none; `text`
    the note, or the reason.
    """

    at: int
    number: int
    is_id: bool
    deed: PaperAct
    typed: str = ""
    text: str = ""
    kind: Kind | None = None
    outcome: Outcome | None = None
    status: Status | None = None

    @property
    def name(self) -> str:
        """`3`, or of a dossier `#42`."""
        return f"#{self.number}" if self.is_id else str(self.number)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be entered."""

    at: int
    sentence: str

    @property
    def text(self) -> str:
        return f"line {self.at}: {self.sentence}"


def read(text: str, read_date: Callable[[str], object]) -> tuple[list[PaperLine], list[Fault]]:
    """The lines of a text, and what is wrong with others; `read_date` raises Unreadable."""
    lines: list[PaperLine] = []
    faults: list[Fault] = []
    for at, written in enumerate(text.splitlines(), 1):
        if not written.strip() or re.match(r"\s*#(?![0-9])", written):
            continue
        try:
            lines.append(_line(at, written, read_date))
        except Unreadable as error:
            faults.append(Fault(at, error.sentence))
    return lines, faults


def _line(at: int, written: str, read_date: Callable[[str], object]) -> PaperLine:
    match = _LINE.fullmatch(written)
    if match is None:
        raise Unreadable(f"{quote(written)} does not begin with a number of the pile, or #id")
    number, is_id, rest = int(match[2]), bool(match[1]), (match[3] or "").strip()
    if not rest:
        raise Unreadable(
            f"what was the result of {match[1]}{number}? put it after the number: no-answer +2b"
        )
    if arrow := _ARROW.fullmatch(rest):
        typed, text = _date_and_text(arrow[1].split(), read_date)
        if not typed:
            raise Unreadable("where to? put the date after the arrow: -> fri")
        return PaperLine(at, number, is_id, PaperAct.MOVE, typed, text)
    words = rest.split()
    status, after = _taken(words, _ENDS)
    if status:
        reason = " ".join(after[1:] if after and after[0] in _DASHES else after)
        return PaperLine(at, number, is_id, PaperAct.CLOSE, text=reason, status=status)
    kind, outcome, after = _contact(words)
    typed, text = _date_and_text(after, read_date)
    return PaperLine(at, number, is_id, PaperAct.CONTACT, typed, text, kind, outcome)


def _contact(words: list[str]) -> tuple[Kind | None, Outcome | None, list[str]]:
    outcome, words = _taken(words, _OUTCOMES)
    kind, words = _taken(words, _KINDS)
    if outcome is None:
        outcome, words = _taken(words, _OUTCOMES)
    return kind, outcome, words


def _taken(words: list[str], known: Mapping[str, T]) -> tuple[T | None, list[str]]:
    """What the first words name, the longest name first, and the words after it."""
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = fold(" ".join(words[:count])).rstrip(",;")
        if name in known:
            return known[name], words[count:]
    return None, words


def _date_and_text(words: list[str], read_date: Callable[[str], object]) -> tuple[str, str]:
    """The date as typed, and the text after it or after two dashes."""
    for place, word in enumerate(words):
        if word in _DASHES:
            typed = " ".join(words[:place])
            if typed:
                read_date(typed)
            return typed, " ".join(words[place + 1 :])
    if not words:
        return "", ""
    ends = [n for n in range(1, min(_LONGEST_DATE, len(words)) + 1) if _reads(words[:n], read_date)]
    if not ends:
        raise Unreadable(_why_no_date(words, read_date))
    end = ends[-1]
    text = words[end:]
    if text and (doubt := _doubt(words, ends)):
        raise Unreadable(f"{doubt}: put -- between date and text")
    return " ".join(words[:end]), " ".join(text)


def _doubt(words: list[str], ends: list[int]) -> str:
    """Why it is not clear where the date ends and the text begins; "" if it is."""
    end = ends[-1]
    last = words[end - 1]
    if not (_NUMBER.fullmatch(last) or fold(last) in _ALSO_WORDS):
        return ""
    if end == 1:
        return f"{quote(last)} is a date, or begins the text"
    if end - 1 in ends:
        whole, short = " ".join(words[:end]), " ".join(words[: end - 1])
        return f"the date may be {quote(short)} or {quote(whole)}"
    return ""


def _why_no_date(words: list[str], read_date: Callable[[str], object]) -> str:
    """The message for what is not a date; that for two or three words may be more exact."""
    for count in range(min(3, len(words)), 0, -1):
        try:
            read_date(" ".join(words[:count]))
        except NotADate:
            continue
        except Unreadable as error:
            return error.sentence
    return f"{quote(words[0])} is not an outcome, kind or date; before a text put --"


def _reads(words: list[str], read_date: Callable[[str], object]) -> bool:
    try:
        read_date(" ".join(words))
    except Unreadable:
        return False
    return True


def _named(words: Mapping[T, str]) -> Iterator[tuple[str, T]]:
    for value, others in words.items():
        yield from ((name, value) for name in (str(value), *others.split(", ")))


_OUTCOMES: Mapping[str, Outcome] = dict(_named(_OUTCOMES_OF))
_KINDS: Mapping[str, Kind] = dict(_named({kind: _KINDS_OF[kind] for kind in LOGGED_KINDS}))
_ENDS: Mapping[str, Status] = dict(_named(_ENDS_OF))
