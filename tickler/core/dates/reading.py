"""A typed date taken apart: its day or month, its time or half of the day."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from tickler.core.dates import clock_grammar
from tickler.core.dates.context import LAST_YEAR, View, check_year
from tickler.core.dates.date_grammar import read_day
from tickler.core.dates.soon import read_soon
from tickler.core.dates.two_readings import AFTERNOON, refuse_two_readings
from tickler.core.dates.words import near_word, tokens
from tickler.core.filing.slots import Half, Month
from tickler.core.text import quote
from tickler.errors import NearlyADate, NotADate, Unreadable

#: No date is longer than this, blanks and all.
LONGEST = 200

#: Days and times that are written in one way only.
_PLAIN = (
    r"(?P<day>D[0-6]|T[01]|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4})?|"
    r"\+[0-9]{1,2}[dwb])(?: (?P<at>(?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
)

_ZONED = (
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<at>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)? ?"
    r"(?P<zone>z|utc|gmt|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed text taken apart; without `day` it was a time or a half alone.

    `counted` where the moment was counted from now: nobody agreed on that time.
    """

    day: date | Month | None = None
    at: time | None = None
    half: Half | None = None
    counted: bool = False


def line_of(text: str) -> str:
    """`text` as tokens; raises Unreadable where it is empty or too long."""
    if len(text) > LONGEST:
        raise Unreadable(f"{quote(text)} is too long for a date")
    line = tokens(text)
    if not line:
        raise Unreadable("no date was typed: type one such as fri, 15, 5.7. or +3d")
    return line


def without_mark(line: str) -> tuple[str, str]:
    """The line without the mark at its end, and that mark: `!`, `?` or ""."""
    if line.endswith(("!", "?")):
        return line[:-1].rstrip(), line[-1]
    return line, ""


def take_apart(line: str, view: View, typed: str) -> Parsed:
    """The first way to take `line` apart that names a day; raises Unreadable."""
    if match := re.fullmatch(_PLAIN, line):
        # What is typed most, and lists have, is read without asking for anything else.
        try:
            day = _filed(match["day"], view)
        except OverflowError:
            raise _out_of_reach(typed) from None
        return Parsed(day, time.fromisoformat(match["at"]) if match["at"] else None)
    refuse_two_readings(line, view)
    if view.clock_alone:
        line = re.sub(r"^([0-9]{1,2})\.([0-9]{2})$", r"\1:\2", line)
    if moment := _zoned(line) or read_soon(line, view):
        return Parsed(moment.date(), moment.time(), counted=not re.fullmatch(_ZONED, line))
    objection = None
    ways: tuple[Callable[[str, View], Parsed | None], ...] = (_timed, _halved, _plain)
    for way in ways:
        try:
            if reading := way(line, view):
                return reading
        except OverflowError:
            objection = _out_of_reach(typed)
        except Unreadable as error:
            objection = error
    raise objection or _no_date(typed, view)


def _out_of_reach(typed: str) -> Unreadable:
    return Unreadable(f"{quote(typed)} is out of reach: years go to {LAST_YEAR}")


def _no_date(typed: str, view: View) -> NotADate:
    """What to say of a text that is no date: with the word that it nearly is, if there is one."""
    meant = near_word(typed)
    if meant:
        try:
            take_apart(without_mark(tokens(meant))[0], view, meant)
        except NotADate:
            meant = ""
        except Unreadable:
            pass  # it is one of those that are refused with what to type
    hint = f"did you mean {meant}?" if meant else ""
    if number := re.fullmatch(r"(.*[^0-9+/.-]\.?|.*[0-9]\.) (1?[0-9]|2[0-3])", typed.strip()):
        with suppress(Unreadable):
            take_apart(tokens(number[1]), view, number[1])
            hour = int(number[2]) + (12 if 1 <= int(number[2]) <= AFTERNOON else 0)
            hint = f"if {number[2]} is a time, type {number[1]} {hour}:00"
    advice = hint or "type one such as fri, 15, 5.7., 2026-07-05, +3d, KW 48 or July"
    if hint:
        return NearlyADate(f"{quote(typed)} is not a date; {advice}")
    return NotADate(f"{quote(typed)} is not a date: {advice}")


def _zoned(line: str) -> datetime | None:
    """An instant with its zone, as the rep's clock shows it."""
    match = re.fullmatch(_ZONED, line)
    if not match:
        return None
    zone = match["zone"] if match["zone"][0] in "+-" else "+00:00"
    try:
        found = datetime.fromisoformat(f"{match['day']}T{match['at']}{zone}").astimezone()
    except (ValueError, OverflowError):
        raise Unreadable(f"there is no {match['day']} {match['at']} {zone}") from None
    check_year(found.year)
    return found.replace(tzinfo=None)


def _timed(line: str, view: View) -> Parsed | None:
    objection = None
    for clock, half, rest in _clocks(line):
        try:
            at = clock.time(half)
            if not rest:
                return Parsed(at=at)
            day = _filed(rest, view)
        except Unreadable as error:
            objection = error
            continue
        if isinstance(day, Month):
            objection = Unreadable(f"a time needs a day: give a day of {day.label}")
        elif day:
            return Parsed(day, at)
    if objection:
        raise objection
    return None


def _clocks(line: str) -> Iterator[tuple[clock_grammar.WrittenTime, Half | None, str]]:
    """Each way to find a time in the line, the half of the day next to it, and the rest."""
    for clock in clock_grammar.clocks(line):
        yield clock, None, clock.rest
        half, rest = clock_grammar.half_of(clock.rest)
        if half and clock.rest != "am":
            yield clock, half, rest
    half, rest = clock_grammar.half_of(line)
    if half and line.endswith("M"):
        rest = re.sub(r"^(D[0-6]|T[0-2]|MORGEN) ([1-9]|1[0-2])$", r"\1 um \2", rest)
        for clock in clock_grammar.clocks(rest):
            yield clock, half, clock.rest


def _halved(line: str, view: View) -> Parsed | None:
    half, rest = clock_grammar.half_of(line)
    if half is None:
        return None
    if not rest:
        return Parsed(half=half)
    day = _filed(rest, view)
    if isinstance(day, Month):
        raise Unreadable(f"half a day needs a day: give a day of {day.label}")
    return Parsed(day, half=half) if day else None


def _plain(line: str, view: View) -> Parsed | None:
    day = _filed(line, view)
    return Parsed(day) if day else None


def _filed(text: str, view: View) -> date | Month | None:
    day = read_day(text, view)
    if day:
        check_year(day.year)
    return day
