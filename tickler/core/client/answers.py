"""What is typed as an answer → the text that is kept, or a sentence that says what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tickler.core.dates import parse
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import DateWords
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import NextContact
from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, fold, one_line, quote, storable
from tickler.errors import Unreadable

#: Separates several choices.
BETWEEN = ","

_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))", re.ASCII)
_NUMBER = re.compile(r"([+-]?)(\d+)(?:[.,](\d+))?", re.ASCII)
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*)(?:(?!\3)[.,](\d+))?", re.ASCII)


class AnswerKind(StrEnum):
    """What an answer is, as it is written in a form."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    CHOICE = "choice"
    CHOICES = "choices"


#: These are answered with what the question itself names.
CHOSEN = (AnswerKind.CHOICE, AnswerKind.CHOICES)

YES, NO = "yes", "no"

_YES_NO = {"yes": YES, "y": YES, "ja": YES, "j": YES, "no": NO, "n": NO, "nein": NO}


class Days(NamedTuple):
    """What a date depends on: the rep's day, the working days, and how `7/5` is read."""

    today: date
    calendar: Calendar = Calendar()
    order: DateOrder | None = None


def take(kind: AnswerKind, choices: Sequence[str], text: str, days: Days) -> str:
    """The answer as it is kept, "" for none; raises Unreadable.

    A number has a point and no groups, a day is ISO, choices are spelled as in the question.
    """
    if not text.strip():
        return ""
    most = LONGEST_TEXT if kind is AnswerKind.LONG else LONGEST_LINE
    if len(text) > most:
        raise Unreadable(f"the answer has {len(text)} characters; at most {most}")
    if kind is AnswerKind.LONG:
        return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    line = one_line(text)
    return _TAKES[kind](line, choices, days) if line else ""


def spoken(kind: AnswerKind, answer: str, words: DateWords) -> str:
    """A kept answer as it is shown: a day with its weekday."""
    if kind is AnswerKind.DATE and answer:
        try:
            return parse.spoken(NextContact(on=date.fromisoformat(answer)), words)
        except ValueError:
            return answer
    return answer


def options_of(kind: AnswerKind, choices: Sequence[str]) -> tuple[str, ...]:
    """What can be answered, where that is a list."""
    return (YES, NO) if kind is AnswerKind.YES_NO else tuple(choices)


def _number(line: str, _choices: Sequence[str], _days: Days) -> str:
    """With comma or point; groups of three where nothing else can be meant."""
    bare = _SPACED.sub("", line.replace("−", "-"))
    grouped = _GROUPED.fullmatch(bare)
    # One separator and three digits after it are a group or a fraction: nobody knows.
    if grouped and (grouped[4] or len(re.findall(r"[.,]", grouped[2])) > 1):
        return _written(grouped[1], re.sub(r"[.,]", "", grouped[2]), grouped[4])
    match = _NUMBER.fullmatch(bare)
    if match is None:
        raise Unreadable(f"{quote(line)} is not a number: type its digits alone, as 12 or 12,5")
    whole = match[2].lstrip("0")
    if whole and len(whole) <= 3 and len(match[3] or "") == 3:
        raise Unreadable(
            f"{quote(line)} has two readings: type {whole}{match[3]}, or {whole}.{match[3]}0"
        )
    return _written(match[1], match[2], match[3])


def _written(sign: str, whole: str, fraction: str | None) -> str:
    digits = f"{whole.lstrip('0') or '0'}{f'.{fraction}' if fraction else ''}"
    return f"{sign.removeprefix('+')}{digits}"


def _date(line: str, _choices: Sequence[str], days: Days) -> str:
    named = parse.read(line, days.today, days.calendar, order=days.order)
    if named.month:
        raise Unreadable(f"{named.month.label} is a month: give a day, as 15 {named.month.label}")
    if named.on is None or named.at or named.half or named.agreed:
        raise Unreadable("a day alone is asked for, without a time: such as fri or 15.7.")
    return named.on.isoformat()


def _yes_no(line: str, _choices: Sequence[str], _days: Days) -> str:
    if word := _YES_NO.get(fold(line)):
        return word
    raise Unreadable(f"{quote(line)} is neither yes nor no")


def _choice(line: str, choices: Sequence[str], _days: Days) -> str:
    typed = fold(line)
    found = [each for each in choices if fold(each) == typed]
    found = found or [each for each in choices if fold(each).startswith(typed)]
    if len(found) == 1:
        return found[0]
    several = f"{quote(line)} may be" if found else f"{quote(line)} is none of"
    raise Unreadable(f"{several} {', '.join(found or choices)}")


def _choices(line: str, choices: Sequence[str], days: Days) -> str:
    parts = [part.strip() for part in re.split(r"[,;]", line) if part.strip()]
    chosen = {_choice(part, choices, days) for part in parts}
    return f"{BETWEEN} ".join(each for each in choices if each in chosen)


_TAKES: Mapping[AnswerKind, Callable[[str, Sequence[str], Days], str]] = {
    AnswerKind.TEXT: lambda line, _choices, _days: line,
    AnswerKind.NUMBER: _number,
    AnswerKind.DATE: _date,
    AnswerKind.YES_NO: _yes_no,
    AnswerKind.CHOICE: _choice,
    AnswerKind.CHOICES: _choices,
}
