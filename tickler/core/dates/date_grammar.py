"""The ways a day or a month is written, as a grammar over the tokens of `core.dates.words`."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from tickler.core.dates.context import DateOrder, View, check_year, existing, refuse_past
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.part_grammar import PART_FORMS
from tickler.core.dates.weekday_grammar import (
    ONE_WEEK,
    WEEK_FORMS,
    day_of_week,
    first_of_week,
    plain_weekday,
    read_week,
)
from tickler.core.dates.words import WEEKDAY_NAMES
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import MONTH_NAMES, Month
from tickler.errors import Unreadable

#: More than this of any unit is a typing mistake.
MOST_COUNTED = 9999

_COUNT = r"(?:N(?P<word>[0-9]{2})|(?P<digits>[0-9]+))"
_UNIT = r"(?P<unit>WORKING Ud|U[dwmbyf]|[dwmby])"
_UNIT_WORD = r"(?P<unit>WORKING Ud|U[dwmbyf])"

#: A day by its number.
NUMBER = r"(?:the )?(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)?"

Rule = Callable[[re.Match[str], View], date | Month | None]

_FORMS: list[tuple[str, Rule]] = [*WEEK_FORMS]


def _form(*patterns: str) -> Callable[[Rule], Rule]:
    # Patterns stay text until they are tried: compiling all of them would cost every start.
    def register(rule: Rule) -> Rule:
        _FORMS.extend((pattern, rule) for pattern in patterns)
        return rule

    return register


def read_day(text: str, view: View) -> date | Month | None:
    """The day or month of the tokens, None where they are neither; raises Unreadable."""
    text = without_article(text)
    if match := re.fullmatch(r"D([0-6])", text):
        return plain_weekday(int(match[1]), view)
    if match := re.fullmatch(r"(.+) D([0-6])", text):
        week = read_week(match[1], view)
        if week:
            return day_of_week(int(match[2]), week, view)
    if match := re.fullmatch(r"D([0-6]) (.+)", text):
        return _with_weekday(int(match[1]), without_article(match[2]), view)
    return _without_weekday(text, view)


def without_article(text: str) -> str:
    """`text` without the words that introduce a day: `on the 15th`, `am 5.7.`"""
    return re.sub(r"^(?:on the|on|am|zum|the|den|dem|der|die) ", "", text)


def _with_weekday(weekday: int, text: str, view: View) -> date | Month | None:
    if week := read_week(re.sub(r"^(?:of the|of|in der|in|der|des) ", "", text), view):
        return day_of_week(weekday, week, view)
    for pattern, rule in PART_FORMS:
        if match := re.fullmatch(pattern, f"D{weekday} {text}"):
            return rule(match, view)
    found = _without_weekday(text, view)
    if isinstance(found, Month):
        raise Unreadable(f"which {WEEKDAY_NAMES[weekday]} of {found.label}? give a day")
    if found and found.weekday() != weekday:
        raise Unreadable(
            f"{ENGLISH.day_and_month(found)} {found.year:04d} is a "
            f"{WEEKDAY_NAMES[found.weekday()]}, not a {WEEKDAY_NAMES[weekday]}"
        )
    return found


def _without_weekday(text: str, view: View) -> date | Month | None:
    if week := read_week(text, view):
        return first_of_week(week, view)
    for pattern, rule in (*_FORMS, *PART_FORMS):
        if match := re.fullmatch(pattern, text):
            return rule(match, view)
    return None


@_form(r"T(?P<days>-?[0-2])|MORGEN")
def _named_day(match: re.Match[str], view: View) -> date:
    return _away(int(match["days"] or 1), view)


@_form(r"(?:the )?Ud (?:(?P<after>after T1)|before T-1)")
def _in_two_days(match: re.Match[str], view: View) -> date:
    return _away(2 if match["after"] else -2, view)


def _away(days: int, view: View) -> date:
    day = view.today + timedelta(days=days)
    if days < 0:
        refuse_past(day, view)
    return day


@_form(
    rf"(?:\+|in) ?{_COUNT} ?{_UNIT}",
    rf"(?:in )?{_COUNT} ?{_UNIT_WORD}(?: from (?:now|T0)| ?['’]?s? time| ab T0)?",
    r"(?P<word>)(?P<digits>[0-9]{1,4})(?P<unit>[dwmby])",
    r"(?P<word>01)?(?P<digits>)(?P<unit>Uf)",
)
def _counted(match: re.Match[str], view: View) -> date:
    return _count_on(view.today, _count(match), match["unit"], view.calendar)


@_form(rf"\+\+ ?{_COUNT} ?{_UNIT}")
def _counted_from_present(match: re.Match[str], view: View) -> date:
    if view.back:
        raise Unreadable("++ counts on from a next contact: give the day it happened")
    if view.present is None:
        raise Unreadable("++ counts from the dossier's day, and it has none: type +1w or a date")
    return _count_on(view.present, _count(match), match["unit"], view.calendar)


@_form(rf"(?:-|vor) ?{_COUNT} ?{_UNIT}", rf"{_COUNT} ?{_UNIT} ago")
def _counted_back(match: re.Match[str], view: View) -> date:
    day = _count_on(view.today, -_count(match), match["unit"], view.calendar)
    refuse_past(day, view)
    return day


@_form(r"(?:in )?(?:N01 )?(?:half|halben|halbes|halbe) (?:N01 )?Uy", r"half N01 Uy")
def _half_a_year(_: re.Match[str], view: View) -> date:
    return _months_on(view.today, 6)


@_form(r"(?:w/c|wc|week of|Uw of|Uw vom|Uw ab|Uw commencing) (?P<day>.+)")
def _week_of(match: re.Match[str], view: View) -> date | Month | None:
    found = read_day(match["day"], view)
    return found - timedelta(days=found.weekday()) if isinstance(found, date) else None


@_form(r"(?:\+\+?|in) ?(?P<digits>[0-9]+)")
def _of_what(match: re.Match[str], view: View) -> date:
    count = f"+{match['digits'][:4]}"
    raise Unreadable(f"{count} of what? type {count}d, {count}w, {count}m or {count}b")


@_form(r"NEXT (?:WORKING Ud|Ub)")
def _next_working_day(_: re.Match[str], view: View) -> date:
    return view.calendar.plus(view.today, 1)


def _count(match: re.Match[str]) -> int:
    count = int(match["word"] or match["digits"] or 1)
    if count > MOST_COUNTED:
        raise Unreadable(f"{match['digits'][:12]} is too far: count to {MOST_COUNTED} at the most")
    return count


def _count_on(start: date, count: int, unit: str, calendar: Calendar) -> date:
    match "b" if unit.startswith("WORKING") else unit[-1]:
        case "d":
            return start + timedelta(days=count)
        case "w":
            return start + count * ONE_WEEK
        case "f":
            return start + count * 2 * ONE_WEEK
        case "m":
            return _months_on(start, count)
        case "y":
            return _months_on(start, count * 12)
        case _:
            return calendar.plus(start, count)


def _months_on(day: date, count: int) -> date:
    year, index = divmod(day.year * 12 + day.month - 1 + count, 12)
    check_year(year)
    month = Month(year, index + 1)
    return month.last.replace(day=min(day.day, month.last.day))


@_form(NUMBER)
def _numbered(match: re.Match[str], view: View) -> date:
    number = int(match["day"])
    if not 1 <= number <= 31:
        raise Unreadable(f"there is no day {number}: days go from 1 to 31")
    return view.nearest(existing(month.year, month.month, number) for month in view.months())


@_form(
    r"(?P<year>[0-9]{4,})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})",
    r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})(?:\.(?P<year>[0-9]{4}|[0-9]{2})?)?",
    # Spaced, a two-digit year would look like the minutes of `5. 10.30`.
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\.(?: ?(?P<year>[0-9]{4}))?",
    rf"{NUMBER}(?: of|-)? M(?P<month>[0-9]{{2}})(?: -?'?(?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
    rf"M(?P<month>[0-9]{{2}}) -?{NUMBER}(?: '?(?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
)
def _dated(match: re.Match[str], view: View) -> date:
    return _date(_year(match["year"]), int(match["month"]), int(match["day"]), view)


@_form(
    r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?",
    r"(?P<a>[0-9]{1,2})-(?P<b>[0-9]{1,2})-(?P<year>[0-9]{4})",
)
def _slashed(match: re.Match[str], view: View) -> date:
    a, b, year = int(match["a"]), int(match["b"]), _year(match["year"])
    if view.order:
        day, month = (a, b) if view.order is DateOrder.DMY else (b, a)
        return _date(year, month, day, view)
    # 2000 is a leap year: without a year, 29 February counts as a date.
    readings = [
        found
        for day, month in {(a, b): None, (b, a): None}
        if (found := existing(2000 if year is None else year, month, day))
    ]
    if not readings:
        raise Unreadable(f"{match[0]} is not a date, neither day/month nor month/day")
    if len(readings) > 1:
        one, two = map(ENGLISH.day_and_month, readings)
        raise Unreadable(f"{match[0]} is {one} or {two}: type one of them, or set date_order")
    return _date(year, readings[0].month, readings[0].day, view)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text[:6])


def _date(year: int | None, month: int, day: int, view: View) -> date:
    """That day; without a year the nearest such day in the direction of the view."""
    if not 1 <= month <= 12:
        is_clock = year is None and day < 24 and (month == 0 or 10 <= month < 60)
        hint = f": for the time type {day}:{month:02d}" if is_clock else ""
        raise Unreadable(f"there is no month {month}{hint}")
    longest = Month(2000, month).last.day
    if not 1 <= day <= longest:
        if year is not None:
            check_year(year)
            longest = Month(year, month).last.day
        raise Unreadable(f"there is no {day} {MONTH_NAMES[month - 1]}: it has {longest} days")
    if year is None:
        return view.nearest(existing(each, month, day) for each in view.years())
    check_year(year)
    found = existing(year, month, day)
    if not found:
        raise Unreadable(f"there is no {day} {MONTH_NAMES[month - 1]} in {year:04d}")
    return found


@_form(r"(?P<part>EARLY|MID|END)(?: of| in| im| -)? M(?P<month>[0-9]{2})(?: (?P<year>[0-9]{4}))?")
def _part_of_month(match: re.Match[str], view: View) -> date:
    part, month = match["part"], int(match["month"])
    if match["year"]:
        check_year(int(match["year"]))
        return _day_of_part(part, Month(int(match["year"]), month), view.calendar)
    return view.nearest(
        _day_of_part(part, Month(year, month), view.calendar) for year in view.years()
    )


def _day_of_part(part: str, month: Month, calendar: Calendar) -> date:
    if part == "MID":
        return month.first + timedelta(days=14)
    early = part == "EARLY"
    day = calendar.on_or_after(month.first) if early else calendar.on_or_before(month.last)
    if Month.of(day) != month:
        raise Unreadable(f"{month.label} {month.year:04d} has no working day: give the date")
    return day


@_form(
    r"(?:in |im |in the )?[MS](?P<month>[0-9]{2})(?: (?P<year>[0-9]{4}))?",
    r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})",
    r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
)
def _month(match: re.Match[str], view: View) -> Month:
    number, running = int(match["month"]), Month.of(view.today)
    if not 1 <= number <= 12:
        raise Unreadable(f"there is no month {number}")
    if match["year"]:
        check_year(int(match["year"]))
        month = Month(int(match["year"]), number)
    elif view.back:
        month = Month(running.year - (number > running.month), number)
    else:
        month = Month(running.year + (number < running.month), number)
    return month if view.back else _insert(month, running)


@_form(r"(?:im |in )?(?P<which>LAST|THIS|NEXT) Um")
def _next_month(match: re.Match[str], view: View) -> Month:
    running = Month.of(view.today)
    month = running.plus({"LAST": -1, "THIS": 0, "NEXT": 1}[match["which"]])
    return month if view.back else _insert(month, running)


def _insert(month: Month, running: Month) -> Month:
    check_year(month.year)
    if month == running:
        raise Unreadable(f"{month.label} has begun: give a day")
    if month < running:
        raise Unreadable(f"{month.label} {month.year:04d} has passed: give a day or a later month")
    return month
