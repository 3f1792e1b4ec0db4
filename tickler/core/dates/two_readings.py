"""Numbers that may mean two things where a date is read: each is refused with both readings."""

import re
from datetime import date

from tickler.core.dates.context import FIRST_YEAR, LAST_YEAR, View, existing
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.words import WEEKDAY_NAMES
from tickler.core.phrases import counted
from tickler.errors import Unreadable

_DOTTED = r"(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})"

#: From this many on, months are hardly counted one by one; whole and half years of them are.
_FEW_MONTHS, _HALF_YEARS = 10, (12, 18, 24, 36)

#: Up to this one, an hour that is said is one of the afternoon.
AFTERNOON = 6

#: Before a year that is written alone: a month, a week, a quarter, or a date with blanks.
_BEFORE_YEAR = r"[MS][0-9]{2}|WEEK|w ?[0-9]|q ?[1-4]|U[wqy]|EARLY|MID|END|[0-9]\. [0-9]{1,2}\.$"

#: A year further away than this is written without a blank before it, or may be a time.
_NEAR_YEARS = 2


def refuse_two_readings(line: str, view: View) -> None:
    """Raise Unreadable, with both readings, for a number that has two."""
    for pattern, refuse in _PATTERNS:
        if match := re.fullmatch(pattern, line):
            refuse(match, view)


def _half_or_hour(match: re.Match[str], view: View) -> None:
    number, half = int(match[1]), match[2].lower()
    if not view.back:
        raise Unreadable(
            f"{number} {half} is a time or a day: type {number}{half} for the time, "
            f"{number}. {half} for the day"
        )


def _morgen(_: re.Match[str], __: View) -> None:
    raise Unreadable("morgen is the morning or tomorrow: type vormittags, or morgen alone")


def _hour_or_day(match: re.Match[str], view: View) -> None:
    """`fri 11`: at 11, or the 11th? A number that is no hour is a day."""
    number = int(match["first"] or match["last"])
    weekday = WEEKDAY_NAMES[int(match["day"] or match["weekday"])][:3].lower()
    if number < 24:
        hour = number + 12 if 1 <= number <= AFTERNOON else number
        day = f", {weekday} {number}. for the day" if number else ""
        raise Unreadable(
            f"{number} may be the hour or the day: type {weekday} {hour}:00 for the time{day}"
        )


def _number_alone(match: re.Match[str], view: View) -> None:
    """`9` as the moment something happened: at 9, or on the 9th?"""
    number = int(match[1])
    if view.clock_alone and number < 24:
        day = f", {number}. for the day" if number else ""
        raise Unreadable(f"{number} may be a time or a day: type {number}:00 for the time{day}")


def _dotted_alone(match: re.Match[str], _: View) -> None:
    """`9.10` is ten past nine or 9 October, `12.5` a number or 12 May; `24.12` can be no time."""
    first, second = match["a"], match["b"]
    found = existing(2000, int(second), int(first))
    if not found:
        return
    if len(second) == 1:
        raise Unreadable(
            f"{first}.{second} may be a number or {ENGLISH.day_and_month(found)}: "
            f"for the day type {first}.{second}."
        )
    _refuse_time_or_date(found, int(first), int(second))


def _dotted_after_day(match: re.Match[str], _: View) -> None:
    found = existing(2000, int(match["minute"]), int(match["hour"]))
    _refuse_time_or_date(found, int(match["hour"]), int(match["minute"]))


def _dotted_after_number(match: re.Match[str], _: View) -> None:
    found = existing(2000 + int(match["minute"]), int(match["hour"]), int(match["number"]))
    _refuse_time_or_date(found, int(match["hour"]), int(match["minute"]))


def _refuse_time_or_date(found: date | None, hour: int, minute: int) -> None:
    """Refuse `fri 10.11` and `5. 10.30`, where the dot may be that of a date or a time."""
    if found and hour < 24 and minute < 60:
        clock, named = f"{hour}:{minute:02d}", ENGLISH.day_and_month(found)
        raise Unreadable(
            f"{hour}.{minute:02d} may be a time, or belong to {named}: type {clock}, or {named}"
        )


def _year_or_time(match: re.Match[str], view: View) -> None:
    """`4.12. 1430` and `4 Dec 1430`: four digits that are no near year may be a time."""
    digits, day = match["digits"], match["day"].strip()
    if day and not re.search(r"[A-Z./-]|[0-9](?:st|nd|rd|th)", day):
        return
    hour, minute = int(digits[:2]), int(digits[2:])
    named = bool(re.search(_BEFORE_YEAR, day))
    is_year = FIRST_YEAR <= int(digits) <= LAST_YEAR and (named or day.endswith("."))
    is_time = hour < 24 and minute < 60
    near = abs(int(digits) - view.today.year) <= _NEAR_YEARS
    if not is_time or (is_year and (near or named)):
        return
    clock = f"{digits} may be the time {hour}:{minute:02d}"
    if is_year:
        raise Unreadable(
            f"{clock} or the year {digits}: type {hour}:{minute:02d}, or the date without blanks"
        )
    if FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Unreadable(
            f"{clock} or the year {digits}: type {hour}:{minute:02d}, or a month of the year"
        )
    raise Unreadable(
        f"{clock}; as a year it is out of reach ({FIRST_YEAR} to {LAST_YEAR}): "
        f"type {hour}:{minute:02d}"
    )


def _minutes_or_months(match: re.Match[str], _: View) -> None:
    count = int(match[1])
    # `5m` and `in 5m` are said of minutes, `+6m` of months.
    bare = not match[0].startswith(("+", "-"))
    if bare or count % 5 == 0 or (count >= _FEW_MONTHS and count not in _HALF_YEARS):
        raise Unreadable(
            f"{count}m may be {count} minutes or {count} months: "
            f"type {count} minutes, or {count} months"
        )


def _hour_or_hours(match: re.Match[str], _: View) -> None:
    hour = int(match[1])
    if 1 <= hour <= 12:
        raise Unreadable(
            f"{hour}h may be a time or {counted(hour, 'hour')} from now: "
            f"type {hour}:00, or +{hour}h"
        )


def _short_year_or_hour(match: re.Match[str], _: View) -> None:
    """`1 Dec 14`: in 2014, or at 14? A number that is no hour is a year."""
    if (number := int(match["last"])) < 24:
        raise Unreadable(
            f"{match['last']} may be the hour or the year: type {number}:00, or 20{match['last']}"
        )


def _half_of_two(match: re.Match[str], _: View) -> None:
    hour = int(match["word"] or match["hour"])
    if 1 <= hour <= 12:
        one, other = (f"{(each - 1) % 12 + 1}:30" for each in (hour, hour + 11))
        raise Unreadable(f"half {hour} is {one} or, as in German, {other}: type one of them")


_PATTERNS = (
    (r"[0-9]{1,2}\.?(?:st|nd|rd|th)?(?: of|-)? ?M[0-9]{2} (?P<last>[0-9]{2})", _short_year_or_hour),
    (r"M[0-9]{2} -?[0-9]{1,2}\.?(?:st|nd|rd|th)? (?P<last>[0-9]{2})", _short_year_or_hour),
    (r"(?:.+ )?half (?:N(?P<word>[0-9]{2})|(?P<hour>[0-9]{1,2}))", _half_of_two),
    (r"(0?[1-9]|1[0-2]) ([ap]m)", _half_or_hour),
    (r"(0?[1-9]|1[0-2]) (?:in the |in der |am )?([AP]M)", _half_or_hour),
    (r"D[0-6] MORGEN", _morgen),
    (
        r"D(?P<day>[0-6]) (?P<first>[0-9]{1,2})|(?P<last>[0-9]{1,2}) D(?P<weekday>[0-6])",
        _hour_or_day,
    ),
    (r"([0-9]{1,2})", _number_alone),
    (r"(?P<a>[0-9]{1,2})\.(?P<b>[0-9]{1,2})", _dotted_alone),
    (rf"D[0-6] {_DOTTED}", _dotted_after_day),
    (rf"{_DOTTED} [ap]m", _dotted_after_day),
    (rf"(?P<number>[0-9]{{1,2}})\. {_DOTTED}", _dotted_after_number),
    (r"(?P<day>.+[^+-]) (?P<digits>[0-9]{4})", _year_or_time),
    (r"(?P<day>)(?P<digits>[0-9]{4})", _year_or_time),
    (r"(?:\+\+?|in |vor |-)? ?([0-9]{1,4}) ?m(?: ago)?", _minutes_or_months),
    (r"([0-9]{1,2}) ?h", _hour_or_hours),
)
