"""What people type → a next contact, and the echo of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from tickler.core.dates.context import LAST_YEAR, DateOrder, View, check_year, existing
from tickler.core.dates.date_grammar import NUMBER, read_day, without_article
from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.dates.weekday_grammar import Week, read_week
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month, NextContact, overdue_days
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.errors import NotADate, Unreadable

#: No date is longer than this, blanks and all.
LONGEST = 200

#: `14.30` alone is missing: after a day it is a time, alone it would be a date.
_CLOCKS = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::00)?(?: ?(?P<half>[ap]m)| ?uhr)?",
    r"(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})(?: ?(?P<half>[ap]m)| ?uhr)",
    r"(?P<hour>[0-9]{1,2}) ?uhr(?: (?P<minute>[0-9]{1,2}))?",
    r"(?P<hour>[0-9]{1,2})h(?P<minute>[0-9]{2})?",
    r"(?P<hour>[0-9]{1,2}) ?(?P<half>[ap]m)",
    r"(?P<noon>noon)",
)
_DOTTED = r"(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})"
_HOUR = r"(?P<hour>[0-9]{1,2})"
_HALF = r"(?:^|(?<= ))(?=(?:am |in the )?[AP]M$|[ap]m$)(?:am |in the )?(?P<half>[AaPp][Mm])$"


@dataclass(frozen=True, slots=True)
class _ParsedDate:
    """A typed text taken apart; without `day` it was a time or a half alone."""

    day: date | Month | None = None
    at: time | None = None
    half: Half | None = None


def read(
    text: str,
    today: date,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
    present: NextContact | None = None,
) -> NextContact:
    """The next contact that `text` names, as typed on `today`.

    `present` is the dossier's next contact so far: `++1w` counts from its day, a time alone
    keeps its day. Raises Unreadable with a sentence that says why, and what to type.
    """
    present = present or NextContact()
    line, mark = _without_mark(_line(text))
    if not line and mark:
        if present == NextContact(agreed=present.agreed):
            none = "the dossier has none, type one such as fri!"
            raise Unreadable(f"{mark} alone needs a date: {none}")
        return replace(present, agreed=mark == "!")
    view = View(today, calendar or Calendar(), order, present.on)
    reading = _reading(line, view, text)
    agreed = mark == "!" or (reading.at is not None and mark != "?")
    if isinstance(reading.day, Month):
        return NextContact(month=reading.day, agreed=agreed)
    day = reading.day or present.on
    if day is None:
        raise Unreadable("a time needs a day: the dossier has none, type one such as fri 14:30")
    return NextContact(on=day, at=reading.at, half=reading.half, agreed=agreed)


def is_open(text: str) -> bool:
    """Whether a typed date ends with the mark that says it is not agreed."""
    return _without_mark(_line(text))[1] == "?"


def read_past(
    text: str,
    now: datetime,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
    present: date | None = None,
) -> tuple[date, time | None]:
    """When something happened, as typed at `now` (naive, local): `yesterday`, `fri 14:30`, `9:15`.

    The same grammar looking back: without a year or a month the latest such day, today
    included; a weekday is never today; a time alone is of the day `present`, or today's.
    """
    today = now.date()
    view = View(today, calendar or Calendar(), order, back=True)
    reading = _reading(_line(text), view, text)
    if isinstance(reading.day, Month):
        raise Unreadable(f"{reading.day.label} is a month: give the day it happened")
    if reading.half:
        raise Unreadable("a past contact has no half day: give a time such as 9:15")
    day = reading.day or present or today
    if (day, reading.at or time.min) > (today, now.time()):
        raise Unreadable(f"{quote(text)} is still to come: give a time that has passed")
    return day, reading.at


def read_days(
    text: str, today: date, calendar: Calendar | None = None, *, order: DateOrder | None = None
) -> date | Week | Month:
    """Past or current days: `yesterday`, `KW 47`, `October`, read as by `read_past`."""
    view = View(today, calendar or Calendar(), order, back=True)
    line = _line(text)
    found: date | Week | Month | None = read_week(line, view)
    if found is None:
        reading = _reading(line, view, text)
        if reading.at or reading.half:
            raise Unreadable(f"{quote(text)} has a time: give a day, a week or a month")
        found = reading.day or today
    first = found.monday if isinstance(found, Week) else found
    if (first.first if isinstance(first, Month) else first) > today:
        raise Unreadable(f"{quote(text)} is still to come: give days that have passed")
    return found


def spoken(when: NextContact, words: DateWords) -> str:
    """`when` as `read` understands it: `Fri 3 July 2026 14:30`; marked if `agreed` is special."""
    if when.on:
        text = f"{words.long(when.on)} {when.on.year:04d}"
    elif when.month:
        text = f"{words.month(when.month)} {when.month.year:04d}"
    else:
        return "no date"
    if when.at:
        text += f" {when.at:%H:%M}"
    if when.half:
        text += f" {words.half(when.half)}"
    if when.agreed == (when.at is not None):
        return text
    return f"{text} !" if when.agreed else f"{text} ?"


def shortly(when: NextContact, words: DateWords) -> str:
    """`when` in few cells, to be read and not typed again: `Fri 3 Jul 14:30`, `December 2026`."""
    if not when.on:
        return spoken(when, words)
    return f"{words.short(when.on)} {clock(when, words)}".rstrip()


def clock(when: NextContact, words: DateWords) -> str:
    """The time or the half of the day, in few cells; "" for a whole day."""
    if when.at:
        return f"{when.at:%H:%M}"
    return words.half_short(when.half) if when.half else ""


def remarks(
    when: NextContact, text: str, today: date, calendar: Calendar, words: DateWords
) -> tuple[Remark, ...]:
    """The warnings by the date alone, by code: `own-number`, `overdue`, `day-off`."""
    found = []
    if when.on == today and _own_number(text, today):
        found.append(Remark("own-number", f"today!{_other_date(today, words)}"))
    if late := overdue_days(when, today):
        found.append(Remark("overdue", f"{counted(late, 'day')} ago: overdue"))
    if when.on and not calendar.is_working(when.on):
        name = calendar.holiday(when.on) or words.weekday(when.on)
        found.append(Remark("day-off", name))
    return tuple(found)


def _line(text: str) -> str:
    if len(text) > LONGEST:
        raise Unreadable(f"{quote(text)} is too long for a date")
    line = tokens(text)
    if not line:
        raise Unreadable("no date was typed: type one such as fri, 15, 5.7. or +3d")
    return line


def _without_mark(line: str) -> tuple[str, str]:
    if line.endswith(("!", "?")):
        return line[:-1].rstrip(), line[-1]
    return line, ""


def _reading(line: str, view: View, typed: str) -> _ParsedDate:
    """The first way to take `line` apart that names a day; the last objection if none does."""
    _refuse_two_readings(line, view)
    ways: tuple[Callable[[str, View], _ParsedDate | None], ...] = (_timed, _halved, _plain)
    objection: Unreadable = NotADate(
        f"{quote(typed)} is not a date: "
        "type one such as fri, 15, 5.7., 2026-07-05, +3d, KW 48 or July"
    )
    for way in ways:
        try:
            if reading := way(line, view):
                return reading
        except OverflowError:
            objection = Unreadable(f"{quote(typed)} is out of reach: years go to {LAST_YEAR}")
        except Unreadable as error:
            objection = error
    raise objection


def _refuse_two_readings(line: str, view: View) -> None:
    match = re.fullmatch(r"(0?[1-9]|1[0-2]) ([ap]m)", line)
    if match and not view.back:
        number, half = int(match[1]), match[2]
        raise Unreadable(
            f"{number} {half} is a time or a day: type {number}{half} for the time, "
            f"{number}. {half} for the day"
        )
    if re.fullmatch(r"D[0-6] MORGEN", line):
        raise Unreadable("morgen is the morning or tomorrow: type vormittags, or morgen alone")
    if match := re.fullmatch(rf"D[0-6] {_DOTTED}", line) or re.fullmatch(rf"{_DOTTED} [ap]m", line):
        _refuse_dotted(2000, int(match["minute"]), int(match["hour"]), match)
    if match := re.fullmatch(rf"(?P<day>[0-9]{{1,2}})\. {_DOTTED}", line):
        year = 2000 + int(match["minute"])
        _refuse_dotted(year, int(match["hour"]), int(match["day"]), match)


def _refuse_dotted(year: int, month: int, day: int, match: re.Match[str]) -> None:
    """Refuse `fri 10.11` and `5. 10.30`, where the dot may be that of a date or a time."""
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour < 24 and minute < 60 and (found := existing(year, month, day)):
        clock, named = f"{hour}:{minute:02d}", ENGLISH.day_and_month(found)
        raise Unreadable(
            f"{hour}.{minute:02d} may be a time, or belong to {named}: type {clock}, or {named}"
        )


def _timed(line: str, view: View) -> _ParsedDate | None:
    match = _clock(line)
    return _before(match, "a time", _ParsedDate(at=_time(match)), view) if match else None


def _halved(line: str, view: View) -> _ParsedDate | None:
    match = re.search(_HALF, line)
    if not match:
        return None
    return _before(match, "half a day", _ParsedDate(half=Half(match["half"].lower())), view)


def _before(match: re.Match[str], name: str, found: _ParsedDate, view: View) -> _ParsedDate | None:
    """What was found at the end of a line, with the day that is before it, if any."""
    rest = match.string[: match.start()].rstrip()
    if not rest:
        return found
    day = _filed(rest, view)
    if isinstance(day, Month):
        raise Unreadable(f"{name} needs a day: give a day of {day.label}")
    return replace(found, day=day) if day else None


def _plain(line: str, view: View) -> _ParsedDate | None:
    day = _filed(line, view)
    return _ParsedDate(day) if day else None


def _filed(text: str, view: View) -> date | Month | None:
    day = read_day(text, view)
    if day:
        check_year(day.year)
    return day


def _clock(line: str) -> re.Match[str] | None:
    forms = [rf"(?:^|(?<= ))(?:(?:um|at) )?(?:{clock})$" for clock in _CLOCKS]
    forms += [rf"(?:^|(?<= ))(?:um|at) {_HOUR}$", rf"(?:^(?:um|at)|(?<= )(?:um|at)) {_DOTTED}$"]
    forms += [rf"(?<= ){_DOTTED}$"]
    return next((match for form in forms if (match := re.search(form, line))), None)


def _time(match: re.Match[str]) -> time:
    parts = match.groupdict()
    if parts.get("noon"):
        return time(12)
    hour, minute, half = int(parts["hour"]), int(parts.get("minute") or 0), parts.get("half")
    typed = match[0].removeprefix("at ").removeprefix("um ")
    if typed.isdigit() and 1 <= hour <= 12:
        raise Unreadable(f"{hour} in the morning or later? type {hour}:00, {hour}am or {hour}pm")
    if half and not 1 <= hour <= 12:
        raise Unreadable(f"there is no {typed}: hours with am and pm go from 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable(f"there is no time {typed}: times go from 0:00 to 23:59")
    return time(hour, minute)


def _own_number(text: str, today: date) -> bool:
    """Whether `text` names its day by the number of today alone."""
    line, _ = _without_mark(tokens(text[:LONGEST]))
    tails = (match for match in (_clock(line), re.search(_HALF, line)) if match)
    for day in (line, *(line[: match.start()].rstrip() for match in tails)):
        number = re.fullmatch(NUMBER, without_article(day))
        if number and int(number["day"]) == today.day:
            return True
    return False


def _other_date(today: date, words: DateWords) -> str:
    """How to type the next date with the number of `today`."""
    later = (Month.of(today).plus(months) for months in range(1, 9))
    month = next((each for each in later if each.last.day >= today.day), None)
    if not month:
        return ""
    there = month.first.replace(day=today.day)
    return f" for {words.day_and_month(there)} type {today.day}.{month.month}."
