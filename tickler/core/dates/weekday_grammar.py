"""The ways a weekday or a week is written, over the tokens of `core.dates.words`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tickler.core.dates.context import View, check_year, refuse_past
from tickler.core.dates.words import WEEKDAY_NAMES
from tickler.errors import Unreadable

ONE_WEEK = timedelta(days=7)

_WEEKS_AWAY = {"AFTERNEXT": 2, "NEXT": 1, "THIS": 0, "LAST": -1}
_WEEK_NAMES = {"AFTERNEXT": "the week after next"}

#: The most years by which a year in two digits may be another one.
_NEAR_YEARS = 10


@dataclass(frozen=True, slots=True)
class Week:
    """A written week; `running` where it is the one of today and no year was given."""

    first: date
    name: str
    running: bool = False


def plain_weekday(weekday: int, view: View) -> date:
    """The nearest such weekday, never today; looking back for a moment it may be today."""
    if view.clock_alone and weekday == view.today.weekday():
        last = view.brief(_before(weekday, view.today))
        raise Unreadable(f"{WEEKDAY_NAMES[weekday]} is today or {last}: type today, or its date")
    return _before(weekday, view.today) if view.back else _after(weekday, view.today)


def _after(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7 or 7)


def _before(weekday: int, day: date) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7 or 7)


def read_week(text: str, view: View) -> Week | None:
    """The week that the tokens name; without a year the nearest of that number."""
    if match := re.fullmatch(r"(?:in |in der |the )?(AFTERNEXT|NEXT|THIS|LAST) Uw", text):
        return _week_away(match[1], view)
    match = re.fullmatch(
        r"(?:in |in der |der |die )?(?:calendar )?(?:WEEK|Uw|w) ?(?P<week>[0-9]{1,2})\.?"
        r"(?:(?: ?/ ?| )(?P<year>[0-9]{4})| ?/ ?(?P<short>[0-9]{2}))?",
        text,
    ) or re.fullmatch(r"(?P<year>[0-9]{4})[- ]*(?:WEEK|w) ?(?P<week>[0-9]{1,2})(?P<short>)", text)
    if not match:
        return None
    number = int(match["week"])
    if not 1 <= number <= 53:
        raise Unreadable(f"there is no week {number}: weeks go from 1 to 52 or 53")
    if match["year"] or match["short"]:
        year = int(match["year"] or f"20{match['short']}")
        if match["short"] and abs(year - view.today.year) > _NEAR_YEARS:
            raise Unreadable(f"which year is {match['short']}? type week {number} with its year")
        return Week(_monday_in(year, number), f"week {number}")
    monday = _nearest_monday(number, view)
    return Week(monday, f"week {number}", running=monday == view.monday)


def day_of_week(weekday: int, week: Week, view: View) -> date:
    """That weekday of `week`: `Wed KW 48`, `tuesday next week`."""
    day = week.first + timedelta(days=(weekday - week.first.weekday()) % 7)
    if week.running and day < view.today and not view.back:
        raise Unreadable(f"{WEEKDAY_NAMES[weekday]} of {week.name} has passed: give the date")
    return day


def first_of_week(week: Week, view: View) -> date:
    """The first day of `week`, unless that has passed; raises Unreadable."""
    if view.back:
        raise Unreadable(f"{week.name} has seven days: give the day it happened")
    if week.running and week.first < view.today:
        raise Unreadable(f"{week.name} has begun: give a day")
    return week.first


def _week_away(which: str, view: View) -> Week:
    first = view.week + _WEEKS_AWAY[which] * ONE_WEEK
    if which == "LAST":
        refuse_past(first, view)
    name = _WEEK_NAMES.get(which, f"{which.lower()} week")
    return Week(first, name, running=which == "THIS")


def _monday_in(year: int, number: int) -> date:
    check_year(year)
    monday = _iso_monday(year, number)
    if monday is None:
        raise Unreadable(f"{year:04d} has no week {number}: its last is 52")
    return monday


def _nearest_monday(number: int, view: View) -> date:
    # A week that this year does not have is refused, not looked for in years to come.
    running = view.today.isocalendar().year
    for year in (running, running + view.step):
        monday = _monday_in(year, number) if not view.back else _iso_monday(year, number)
        if monday and (monday <= view.today if view.back else monday >= view.monday):
            return monday
    raise Unreadable(f"the calendar ends before week {number} comes")


def _iso_monday(year: int, number: int) -> date | None:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _next_weekday(match: re.Match[str], view: View) -> date:
    near = _after(int(match[1]), view.today)
    raise _two_weekdays("next", near, near + ONE_WEEK, view)


def _weekday_after_next(match: re.Match[str], view: View) -> date:
    near = _after(int(match[1]), view.today) + ONE_WEEK
    raise _two_weekdays("after next", near, near + ONE_WEEK, view)


def _last_weekday(match: re.Match[str], view: View) -> date:
    near = _before(int(match[1]), view.today)
    refuse_past(near, view)
    if near < view.week or not view.clock_alone:
        return near
    raise _two_weekdays("last", near, near - ONE_WEEK, view)


def _two_weekdays(which: str, near: date, far: date, view: View) -> Unreadable:
    one, other = (f"{day.day}.{day.month}." for day in (near, far))
    return Unreadable(
        f"{which} {WEEKDAY_NAMES[near.weekday()]} is {view.brief(near)} or {view.brief(far)}: "
        f"type {one} or {other}"
    )


def _this_weekday(match: re.Match[str], view: View) -> date:
    day = view.week + timedelta(days=(int(match[1]) - view.week.weekday()) % 7)
    name = WEEKDAY_NAMES[day.weekday()]
    other = view.brief(plain_weekday(day.weekday(), view))
    if day == view.today:
        raise Unreadable(f"{name} is today: type today, or {name[:3].lower()} for {other}")
    if (day < view.today) != view.back:
        raise Unreadable(
            f"this {name} is {view.brief(day)}: type {name[:3].lower()} for {other}, or a date"
        )
    return day


def _end_of_week(match: re.Match[str], view: View) -> date:
    first = view.week + (ONE_WEEK if "NEXT" in match[0] else timedelta())
    day = view.calendar.on_or_before(first + timedelta(days=6))
    if day < first:
        raise Unreadable("that week has no working day: give the date")
    if day < view.today and not view.back:
        raise Unreadable(
            f"this week's last working day, {view.brief(day)}, has passed: "
            "type next week, or give a day"
        )
    return day


def _weekend(_: re.Match[str], view: View) -> date:
    raise Unreadable("a weekend is two days: type sat or sun")


WEEK_FORMS = (
    (r"NEXT D([0-6])", _next_weekday),
    (r"AFTERNEXT D([0-6])", _weekday_after_next),
    (r"LAST D([0-6])", _last_weekday),
    (r"THIS D([0-6])", _this_weekday),
    (r"THIS NEXT D([0-6])", lambda match, view: plain_weekday(int(match[1]), view)),
    (r"EOW|END (?:of |of the |der )?(?:(?:THIS|NEXT) )?Uw", _end_of_week),
    (r"(?:THIS |NEXT |am )?WEEKEND", _weekend),
)
