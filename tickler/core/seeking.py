"""What is typed to find something, taken apart: words, phrases in quotes, and filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from tickler.core import when
from tickler.core.slots import Month
from tickler.core.text import dialled, fold
from tickler.core.when import DateOrder
from tickler.core.workdays import ONE_DAY, Calendar
from tickler.errors import Unreadable

#: Nothing longer is looked for, in characters.
LONGEST = 200

_PART = re.compile(r'(?:(?P<filter>[a-z]+):(?=\S))?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))', re.I)

#: A shorter piece of a number is no number.
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase as typed; `filter` is what stands before its colon, in small letters."""

    filter: str
    value: str
    typed: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is matched; `digits` as `core.text.dialled` has them, "" if it is no number."""

    text: str
    digits: str = ""


def parts(typed: str) -> Iterator[Part]:
    """The words, phrases and filters of what was typed; raises Unreadable where it is too long."""
    if len(typed) > LONGEST:
        raise Unreadable(f"that is too long to be found: {LONGEST} characters are the most")
    for match in _PART.finditer(typed):
        value = match["phrase"] if match["phrase"] is not None else match["word"]
        yield Part((match["filter"] or "").lower(), value, match[0].replace('"', " "))


def word(typed: str) -> Word | None:
    """A word or phrase as it is matched; None where nothing of it can be."""
    folded = fold(typed)
    if not folded:
        return None
    digits = dialled(folded)
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search(r"[^\W\d_]", folded)
    return Word(folded, digits if is_number else "")


def since(typed: str, now: datetime, calendar: Calendar, *, order: DateOrder | None) -> datetime:
    """The instant (naive, local) from which `yesterday`, `1.5.`, `Frühjahr` or `May` counts.

    A month or season is the last one that has begun. Raises Unreadable.
    """
    try:
        day, at = when.read_past(typed, now, calendar, order=order)
    except Unreadable:
        month = _begun(typed, now.date(), calendar, order)
        if month is None:
            raise
        return datetime.combine(month.first, time())
    return datetime.combine(day, at or time())


def _begun(typed: str, today: date, calendar: Calendar, order: DateOrder | None) -> Month | None:
    """The month that is typed, read as it would have been from a day before it."""
    running = Month.of(today)
    # From a year ago all months lie ahead but the running one, and with their year all do from 1.
    for seen_from in (running.plus(-11), running, Month(1, 2)):
        try:
            found = when.read(typed, seen_from.first - ONE_DAY, calendar, order=order)
        except Unreadable:
            continue
        if found.month and found.month <= running:
            return found.month
    return None
