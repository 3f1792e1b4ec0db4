"""What people type → a next contact, and the echo of it."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time

from tickler.core.dates.clock_grammar import clocks, half_of
from tickler.core.dates.context import DateOrder, View, existing, refuse_missing
from tickler.core.dates.date_grammar import NUMBER, without_article
from tickler.core.dates.happened import LEAP, is_without_year
from tickler.core.dates.language import DateWords
from tickler.core.dates.reading import LONGEST, line_of, take_apart, without_mark
from tickler.core.dates.weekday_grammar import Week, read_week
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month, NextContact, overdue_days
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.errors import Unreadable

#: A year further ahead than this was hardly meant: `1.5.85`.
_MANY_YEARS = 9

#: A call at these hours was hardly meant.
_NIGHT = range(1, 6)


def read(
    text: str,
    today: date,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
    present: NextContact | None = None,
    now: datetime | None = None,
) -> NextContact:
    """The next contact that `text` names, as typed on `today`.

    `present` is the dossier's next contact so far: `++1w` counts from its day, a time alone
    keeps its day. `now` is what `in 10 minutes` counts from. Raises Unreadable with a sentence
    that says why, and what to type.
    """
    present = present or NextContact()
    line, mark = without_mark(line_of(text))
    if not line and mark:
        if present == NextContact(agreed=present.agreed):
            none = "the dossier has none, type one such as fri!"
            raise Unreadable(f"{mark} alone needs a date: {none}")
        return replace(present, agreed=mark == "!")
    naive = now.replace(tzinfo=None) if now else None
    view = View(today, calendar or Calendar(), order, present.on, now=naive)
    reading = take_apart(line, view, text)
    timed = reading.at is not None and not reading.counted
    agreed = mark == "!" or (timed and mark != "?")
    if isinstance(reading.day, Month):
        return NextContact(month=reading.day, agreed=agreed)
    day = reading.day or present.on
    if day is None:
        raise Unreadable("a time needs a day: the dossier has none, type one such as fri 14:30")
    refuse_missing(day, reading.at)
    return NextContact(on=day, at=reading.at, half=reading.half, agreed=agreed)


def names_no_day(text: str) -> bool:
    """Whether a typed date is a time or a half of the day alone: its day is to be found."""
    line, _ = without_mark(line_of(text))
    noon = datetime(2024, 7, 1, 12)  # the rep's clock has no zone
    try:
        day = take_apart(line, View(noon.date(), Calendar(), now=noon), text).day if line else noon
    except Unreadable:
        return False  # it needs to know more than any time does
    return day is None


def has_passed(when: NextContact, now: datetime) -> bool:
    """Whether a moment of today has gone by at `now` (naive, local): a time, or the morning."""
    if when.on != now.date():
        return False
    at = when.at or (time(12) if when.half is Half.AM else None)
    return at is not None and at < now.time().replace(second=0, microsecond=0)


def is_open(text: str) -> bool:
    """Whether a typed date ends with the mark that says it is not agreed."""
    return without_mark(line_of(text))[1] == "?"


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
    view = View(today, calendar or Calendar(), order, back=True, now=now)
    line = line_of(text)
    reading = take_apart(line, view, text)
    if isinstance(reading.day, Month):
        raise Unreadable(f"{reading.day.label} is a month: give the day it happened")
    if reading.half:
        raise Unreadable("a past day is meant here, not half of it: give a day such as 9.11.2026")
    day = reading.day or present or today
    if (day, reading.at or time.min) > (today, now.time()):
        raise Unreadable(f"{quote(text)} is still to come: give a time that has passed")
    return day, reading.at


def read_days(
    text: str, today: date, calendar: Calendar | None = None, *, order: DateOrder | None = None
) -> date | Week | Month:
    """Past or current days: `yesterday`, `KW 47`, `October`, read as by `read_past`."""
    view = View(today, calendar or Calendar(), order, back=True)
    line = line_of(text)
    found: date | Week | Month | None = read_week(line, view)
    if found is None:
        reading = take_apart(line, view, text)
        if reading.at or reading.half:
            raise Unreadable(f"{quote(text)} has a time: give a day, a week or a month")
        found = reading.day or today
    first = found.first if isinstance(found, Week) else found
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
    """The warnings by the date alone: `own-number`, `far`, `night`, `overdue`, `day-off`."""
    found = []
    if far := far_remark(when, text, today, words):
        found.append(far)
    if when.at and when.at.hour in _NIGHT:
        later = f"{when.at.hour + 12}:{when.at:%M}"
        found.append(
            Remark("night", f"{when.at:%H:%M} is at night: for the afternoon type {later}")
        )
    if when.on == today and _own_number(text, today):
        found.append(Remark("own-number", f"today!{_other_date(today, words)}"))
    if late := overdue_days(when, today):
        found.append(Remark("overdue", f"{counted(late, 'day')} ago: overdue"))
    if when.on and not calendar.is_working(when.on):
        name = calendar.holiday(when.on) or words.weekday(when.on)
        found.append(Remark("day-off", name))
    return tuple(found)


def far_remark(when: NextContact, text: str, today: date, words: DateWords) -> Remark | None:
    """The warning of a date without a year that is far ahead, or of a year that is; else None."""
    said = _leap(when, text, today, words)
    return Remark("far", said) if said else None


def _leap(when: NextContact, text: str, today: date, words: DateWords) -> str:
    line = tokens(text[:LONGEST])
    first = when.on or (when.month.first if when.month else today)
    if not is_without_year(line):
        years = first.year - today.year
        return f"{years} years ahead" if years > _MANY_YEARS else ""
    if first - today <= LEAP:
        return ""
    if when.month:
        return f"{spoken(when, words)} is {(first - today).days // 30} months ahead"
    ahead = f"{(first - today).days} days ahead"
    if not re.search(r"\d\.\d|M\d\d|/", line) or re.search("EARLY|MID|END|O[1-5]|LAST", line):
        return ahead
    last = existing(first.year - 1, first.month, first.day)
    return (
        f"{ahead}: for the last one type {last.day}.{last.month}.{last.year:04d}" if last else ahead
    )


def _own_number(text: str, today: date) -> bool:
    """Whether `text` names its day by the number of today alone."""
    line, _ = without_mark(tokens(text[:LONGEST]))
    days = [line, half_of(line)[1]]
    with suppress(Unreadable):
        days += [clock.rest for clock in clocks(line)]
    for day in days:
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
