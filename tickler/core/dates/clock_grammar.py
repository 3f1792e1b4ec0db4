"""The ways a time of day is written, over the tokens of `core.dates.words`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from tickler.core.filing.slots import Half
from tickler.errors import Unreadable

#: An hour that is said without am or pm is one of the working day: `gegen 3` is 15:00.
_OPENS, _SHUTS = time(8), time(18)

_HOUR = r"(?P<hour>[0-9]{1,2})"
_MINUTE = r"(?P<minute>[0-9]{2})"
_SPOKEN = r"(?:N(?P<word>[0-9]{2})|(?P<hour>[0-9]{1,2}))"
_ABOUT = r"(?:um|at|gegen|circa|ca\.?|around|about|approx\.?|@|~)"

#: As clocks show it: with its minutes, or with a word that says that it is a time.
_SURE = (
    rf"{_HOUR}:{_MINUTE}(?::[0-9]{{2}})?(?: ?(?P<half>[ap]m)| ?uhr| ?h)?",
    rf"{_HOUR}\.{_MINUTE}(?: ?(?P<half>[ap]m)| ?uhr| ?h)",
    rf"{_HOUR} ?uhr(?: ?{_MINUTE})?",
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2}) ?(?:uhr|h)",
    rf"{_HOUR}h{_MINUTE}?",
    rf"{_HOUR} ?(?P<half>[ap]m)",
    r"(?P<noon>noon|midday|(?:am )?mittags?)",
)

#: `14.30` alone is missing: after a day it is a time, alone it may be a date.
_DOTTED = rf"{_HOUR}\.{_MINUTE}"

#: As it is said: the hour may be that of the morning or of the afternoon.
_MINUTES = r"(?P<minutes>viertel|(?:N01 )?Uq|(?:N[0-9]{2}|[0-9]{1,2})(?: minuten| minutes)?)"
_SAID = (
    rf"{_SPOKEN} ?o['’]?clock",
    r"N(?P<word>[0-9]{2}) uhr",
    rf"(?P<before>halb) {_SPOKEN}",
    rf"(?P<past>half past) {_SPOKEN}",
    rf"(?P<three>dreiviertel) {_SPOKEN}",
    rf"{_MINUTES} (?P<side>nach|past|after|vor|to|before) {_SPOKEN}",
)

_IN = r"(?:am |in the |in der )?"

HALF = rf"(?:^|(?<= ))(?={_IN}[AP]M$|[ap]m$){_IN}(?P<half>[AaPp][Mm])$"


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A written time, and what is around it in the line; `sure` where it is one of 24 hours."""

    rest: str
    typed: str
    hour: int
    minute: int
    sure: bool
    in_half: bool = False

    def time(self, half: Half | None) -> time:
        """The time, in that half of the day where one is said; raises Unreadable."""
        if self.hour > 23 or self.minute > 59:
            raise Unreadable(f"there is no time {self.typed}: times go from 0:00 to 23:59")
        at = time(self.hour, self.minute)
        if self.in_half or (half is None and self.sure):
            return at
        if half is None:
            return _of_working_day(at, self.typed)
        if half is Half.PM and self.hour < 12:
            return at.replace(hour=self.hour + 12)
        if half is Half.AM and self.hour >= 12:
            raise Unreadable(f"{at:%H:%M} is not in the morning: type the time alone")
        return at


def _of_working_day(at: time, typed: str) -> time:
    """The reading of a said hour that lies in the working day; raises Unreadable with both."""
    if not 1 <= at.hour <= 12:
        return at
    readings = (at, at.replace(hour=(at.hour + 12) % 24))
    found = [each for each in readings if _OPENS <= each <= _SHUTS]
    if len(found) == 1:
        return found[0]
    one, other = sorted(f"{each:%H:%M}" for each in readings)
    raise Unreadable(f"{typed} is {one} or {other}: type one of them")


def clocks(line: str) -> Iterator[WrittenTime]:
    """The times that the line ends or begins with; raises Unreadable for one that is none."""
    said = (*_SAID, *(rf"(?:um|at) {form}" for form in _SAID))
    sure = [rf"(?:{_ABOUT} ?)?(?:{form})" for form in _SURE]
    spoken = [rf"(?:{_ABOUT} )?(?:{form})" for form in said] + [rf"{_ABOUT} ?{_SPOKEN}"]
    at_end = [*sure, *spoken, rf"{_ABOUT} {_DOTTED}", rf"(?<= ){_DOTTED}"]
    for form in at_end:
        if match := re.search(rf"(?:^|(?<= ))(?:{form})$", line):
            yield _clock(match, match.string[: match.start()].strip())
            break
    dotted = rf"{_HOUR}\.(?P<minute>1[3-9]|[2-5]\d)(?= .)"
    for form in (*sure, *spoken, rf"{_ABOUT} {_DOTTED}", dotted):
        if match := re.match(rf"(?:{form})(?: |$)", line):
            yield _clock(match, match.string[match.end() :].strip())
            break


def half_of(line: str) -> tuple[Half | None, str]:
    """The half of the day that the line ends or begins with, and the rest of the line."""
    if match := re.search(HALF, line):
        return Half(match["half"].lower()), line[: match.start()].strip()
    if match := re.match(rf"{_IN}(?P<half>[AP]M)(?: |$)", line):
        return Half(match["half"].lower()), line[match.end() :].strip()
    return None, line


def _clock(match: re.Match[str], rest: str) -> WrittenTime:
    parts = match.groupdict()
    typed = re.sub(rf"^{_ABOUT} ?", "", match[0].strip())
    if parts.get("noon"):
        return WrittenTime(rest, "noon", 12, 0, sure=True, in_half=True)
    hour = int(parts.get("word") or parts["hour"])
    minute, half = _minute(parts), parts.get("half")
    if half and not 1 <= hour <= 12:
        raise Unreadable(f"there is no {typed}: hours with am and pm go from 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute < 0:
        hour, minute = (hour or 24) - 1 or 12, minute + 60  # `halb eins` is half past twelve
    typed = re.sub(r"N(\d\d)", lambda number: str(int(number[1])), typed)
    sure = bool(parts.get("minute") or half or "uhr" in typed or re.search(r"\dh$", typed))
    return WrittenTime(
        rest, typed, hour, minute, sure and not parts.get("word"), in_half=bool(half)
    )


def _minute(parts: dict[str, str | None]) -> int:
    """The minutes after the named hour, negative before it."""
    if parts.get("before"):
        return -30
    if parts.get("past"):
        return 30
    if parts.get("three"):
        return -15
    if minutes := parts.get("minutes"):
        number = re.search(r"[0-9]+", minutes)
        count = int(number[0]) if number else 15
        if not 1 <= count <= 30:
            raise Unreadable(f"{count} minutes to or past an hour? type the time, such as 14:30")
        return -count if parts["side"] in ("vor", "to", "before") else count
    return int(parts.get("minute") or 0)
