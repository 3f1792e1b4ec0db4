"""Moments that are counted from now in minutes and hours: `in 10 minutes`, `vor 2 Stunden`."""

import re
from datetime import datetime, timedelta

from tickler.core.dates.context import View
from tickler.errors import Unreadable

_NUMBER = r"(?:N(?P<word>[0-9]{2})|(?P<digits>[0-9]{1,4}(?:[.,][0-9])?))"
_MINUTES = r"(?:min|mins|minute|minutes|minuten)\.?"
_HOURS = r"(?:h|hr|hrs|hour|hours|std|stunde|stunden)\.?"
_ONE = r"(?:N01 )?"

#: Each length of time, and how many minutes one of it has.
_LENGTHS: tuple[tuple[str, int], ...] = (
    (rf"{_NUMBER} ?{_MINUTES}", 1),
    (rf"{_NUMBER} ?{_HOURS}", 60),
    (rf"{_ONE}(?:half|halbe|halben|halbes) (?:N01 )?(?:hour|stunde|std\.?)|{_ONE}halbstunde", 30),
    (rf"{_ONE}(?:Uq (?:of )?(?:N01 )?hour|viertel ?stunde)", 15),
    (rf"{_ONE}(?:dreiviertel ?stunde|N03 Uq of N01 hour)", 45),
    (r"(?:anderthalb|eineinhalb|N01 N01 half|N01 and N01 half) (?:stunden|hours)", 90),
    (r"N01 hour and N01 half", 90),
)
_NOW = r"now|right now|right away|just now|jetzt|gleich|sofort|eben|gerade|gerade eben|soeben"


def read_soon(line: str, view: View) -> datetime | None:
    """The moment that the tokens count from now, to the minute; None where they count none."""
    away = _minutes_away(line)
    if away is None:
        return None
    if away < 0 and not view.back:
        raise Unreadable("a next contact is in the future: that time has passed")
    if view.now is None:
        raise Unreadable("minutes and hours count from this moment: give a day here")
    try:
        return view.now.replace(second=0, microsecond=0) + timedelta(minutes=away)
    except OverflowError:
        raise Unreadable("the calendar ends there: give a day") from None


def is_length(line: str) -> bool:
    """Whether the tokens are a length of time alone: `12 min`, but not `in 12 min`."""
    return _minutes(line) is not None


def _minutes_away(line: str) -> int | None:
    if re.fullmatch(_NOW, line):
        return 0
    # `14h` alone is a time.
    ahead = re.fullmatch(r"(?:in |\+ ?|(?![0-9]+ ?h$))(?P<length>.+)", line)
    back = re.fullmatch(r"(?:vor|-) ?(?P<length>.+)|(?P<ago>.+) ago", line)
    if back and (minutes := _minutes(back["length"] or back["ago"])) is not None:
        return -minutes
    return _minutes(ahead["length"]) if ahead else None


def _minutes(length: str) -> int | None:
    for pattern, each in _LENGTHS:
        if match := re.fullmatch(pattern, length):
            parts = match.groupdict()
            count = (parts.get("word") or parts.get("digits") or "1").replace(",", ".")
            return round(float(count) * each)
    return None
