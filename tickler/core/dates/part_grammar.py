"""Days named by their place: in a week, a month, a quarter or a year, or after a feast."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tickler.core.dates.context import View, check_year, existing
from tickler.core.dates.weekday_grammar import ONE_WEEK, plain_weekday, read_week
from tickler.core.dates.words import WEEKDAY_NAMES
from tickler.core.filing.slots import Month
from tickler.errors import Unreadable

_FEASTS = {"FC": "Christmas", "FE": "Easter", "FP": "Whitsun"}

Rule = Callable[[re.Match[str], View], date | Month]

_OF = r"(?:of the |of |in the |in der |in |im |des |der |the )?"
_PART = r"(?P<part>EARLY|MID|END)"
_WHICH = r"(?:(?P<which>THIS|NEXT|AFTERNEXT) )?"
_AWAY = {"THIS": 0, "NEXT": 1, "AFTERNEXT": 2}
_QUARTER = (
    r"(?:q ?(?P<q>[1-4])|(?:O(?P<o>[1-4])|(?P<n>[1-4])\.) Uq)"
    r"(?: ?[/-]? ?(?P<year>20[0-9]{2}|2[4-9]|[3-9][0-9]))?"
)
_NTH = r"(?:the |der |den )?(?:O(?P<nth>[1-5])|(?P<digit>[1-5])(?:\.|st|nd|rd|th)|LAST)"
_MONTH = rf"{_OF}(?:M(?P<month>[0-9]{{2}})(?: (?P<year>[0-9]{{4}}))?|{_WHICH}Um)"
_COUNT = r"(?:N(?P<word>[0-9]{2}) |(?P<digits>[0-9]{1,2}) ?)?"


#: How many days a quarter has at least, and at most.
_SHORTEST_QUARTER, _LONGEST_QUARTER = 90, 92


def part_of(match: re.Match[str], view: View) -> date:
    """`early next week`, `Anfang nächsten Monats`, `Jahresende`: working days first."""
    part, which, unit = match["part"], match["which"], match["unit"]
    if which:
        day = _part(part, _span_of(unit, _AWAY[which], view), view)
        return _to_come(day, match, view)
    if part == "END":
        day = _part(part, _span_of(unit, 0, view), view)
        return _to_come(day, match, view)
    spans = (_span_of(unit, n * view.step, view) for n in range(3))
    return view.nearest(_part(part, span, view) for span in spans)


def _to_come(day: date, match: re.Match[str], view: View) -> date:
    if day < view.today and not view.back:
        unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[match["unit"]]
        what = {"EARLY": "first working day", "MID": "middle", "END": "last working day"}
        raise Unreadable(
            f"this {unit}'s {what[match['part']]}, {view.brief(day)}, has passed: "
            f"type next {unit}, or give a day"
        )
    return day


def part_of_week(match: re.Match[str], view: View) -> date:
    """`Anfang KW 50`, `end of the week after next`."""
    week = read_week(match["week"], view)
    if week is None:
        raise Unreadable(f"which week is {match['week']}? type one such as KW 50")
    day = _part(match["part"], (week.first, week.first + ONE_WEEK), view)
    if week.running and day < view.today and not view.back:
        raise Unreadable(f"{view.brief(day)} of {week.name} has passed: give a day")
    return day


def part_of_quarter(match: re.Match[str], view: View) -> date:
    """`Ende Q1`, `mid Q2 2027`."""
    first = _quarter(match, view)
    return _part(match["part"], (first.first, first.plus(3).first), view)


def part_of_year(match: re.Match[str], view: View) -> date:
    """`Anfang 2027`."""
    check_year(int(match["year"]))
    month = Month(int(match["year"]), 1)
    return _part(match["part"], (month.first, month.plus(12).first), view)


def _span_of(unit: str, away: int, view: View) -> tuple[date, date]:
    """The week, month, quarter or year that is `away` from today's, half-open."""
    if unit == "w":
        first = view.week + away * ONE_WEEK
        return first, first + ONE_WEEK
    months = {"m": 1, "q": 3, "y": 12}[unit]
    running = Month.of(view.today)
    start = Month(running.year, (running.month - 1) // months * months + 1).plus(away * months)
    return start.first, start.plus(months).first


def _part(part: str, span: tuple[date, date], view: View) -> date:
    first, after = span
    days = (after - first).days
    if part == "MID":
        if days > _LONGEST_QUARTER:
            raise Unreadable("the middle of a year is no day: give a month or a day")
        away = 2 if days == 7 else 14 if days < _SHORTEST_QUARTER else 45
        middle = first + timedelta(days=away)
        return middle.replace(day=15) if away == 45 else middle
    early = part == "EARLY"
    day = (
        view.calendar.on_or_after(first)
        if early
        else view.calendar.on_or_before(after - timedelta(days=1))
    )
    if not first <= day < after:
        raise Unreadable("there is no working day then: give the date")
    return day


def quarter(match: re.Match[str], view: View) -> Month:
    """`Q1`, `nächstes Quartal`: the insert of its first month."""
    return _insert(_quarter(match, view), 3, view)


def _quarter(match: re.Match[str], view: View) -> Month:
    number = int(match["q"] or match["o"] or match["n"])
    if match["year"]:
        return Month(int(match["year"][-2:]) + 2000, 3 * number - 2)
    running = Month.of(view.today)
    last = Month(running.year, 3 * number)
    if view.back:
        return Month(running.year - (last.plus(-2) > running), 3 * number - 2)
    return Month(running.year + (last < running), 3 * number - 2)


def next_span(match: re.Match[str], view: View) -> Month:
    """`next quarter`, `nächstes Jahr`, `übernächsten Monat`: the insert of its first month."""
    unit = match["unit"]
    start = Month.of(_span_of(unit, _AWAY[match["which"]], view)[0])
    return _insert(start, {"m": 1, "q": 3, "y": 12}[unit], view)


def _insert(month: Month, months: int, view: View) -> Month:
    check_year(month.year)
    running = Month.of(view.today)
    if not view.back and month <= running:
        begun = month.plus(months) > running
        raise Unreadable(
            f"{'that has begun' if begun else 'that has passed'}: give a day or a later month"
        )
    return month


def nth_of_month(match: re.Match[str], view: View) -> date:
    """`first monday in december`, `letzter Freitag im Monat`, `last working day of January`."""
    number = int(match["nth"] or match["digit"] or -1)
    return view.nearest(_nth(match, number, month, view) for month in _months(match, view))


def _nth(match: re.Match[str], number: int, month: Month, view: View) -> date | None:
    days: list[date] = []
    for n in range(month.last.day):
        day = month.first + timedelta(days=n)
        weekday = match["weekday"]
        if (weekday and day.weekday() == int(weekday)) or (
            not weekday and (match["any"] or view.calendar.is_working(day))
        ):
            days.append(day)
    try:
        return days[number - 1 if number > 0 else -1]
    except IndexError:
        return None


def day_of_month(match: re.Match[str], view: View) -> date:
    """`15th of next month`, `am 15. des Monats`."""
    number = int(match["day"])
    months = list(_months(match, view))
    found = [existing(month.year, month.month, number) for month in months]
    if match["which"] and not found[0]:
        raise Unreadable(
            f"there is no {number} {months[0].label}: it has {months[0].last.day} days"
        )
    return view.nearest(found)


def _months(match: re.Match[str], view: View) -> Iterator[Month]:
    parts = match.groupdict()
    if which := match["which"]:
        yield Month.of(view.today).plus(_AWAY[which])
    elif not parts.get("month"):
        yield from view.months()
    elif match["year"]:
        check_year(int(match["year"]))
        yield Month(int(match["year"]), int(match["month"]))
    else:
        yield from (Month(year, int(match["month"])) for year in view.years())


def weekday_in_weeks(match: re.Match[str], view: View) -> date:
    """`Montag in 14 Tagen`, `Friday week`: refused where two Mondays may be meant."""
    weekday, weeks = int(match["weekday"]), _weeks(match)
    from_today = " in " in match[0] and weekday == view.today.weekday()
    near = view.today if from_today else plain_weekday(weekday, view)
    in_week = timedelta(days=(weekday - view.week.weekday()) % 7)
    of_week = view.week + weeks * ONE_WEEK + in_week
    after = near + weeks * ONE_WEEK
    if of_week != after:
        one, other = (f"{day.day}.{day.month}." for day in (of_week, after))
        raise Unreadable(
            f"that {WEEKDAY_NAMES[weekday]} is {view.brief(of_week)} or {view.brief(after)}: "
            f"type {one} or {other}"
        )
    return after


def day_in_weeks(match: re.Match[str], view: View) -> date:
    """`morgen in einer Woche`, `heute in 14 Tagen`."""
    if match["unit"] == "d" and _count(match) % 7:
        raise Unreadable(f"{_count(match)} days from then, or weeks? type the date")
    return view.today + timedelta(days=int(match["days"] or 1)) + _weeks(match) * ONE_WEEK


def _count(match: re.Match[str]) -> int:
    return int(match["word"] or match["digits"] or 1)


def _weeks(match: re.Match[str]) -> int:
    number = _count(match)
    unit = match["unit"]
    if unit == "f":
        return 2 * number
    if unit == "w":
        return number
    # As people say it: eight days are a week, fifteen are two.
    weeks, rest = divmod(number, 7)
    if number and rest > 1:
        raise Unreadable(f"a weekday in {number} days? type the date")
    return weeks


def around_feast(match: re.Match[str], view: View) -> date:
    """`nach Ostern`, `after new year`: the first working day then, or the last one before."""
    feast, after = match["feast"], match["side"] in ("after", "nach")
    return view.nearest(_beside(feast, year, view, after=after) for year in view.years())


def _beside(feast: str, year: int, view: View, *, after: bool) -> date:
    if not any(view.calendar.holiday(day) for day in (date(year, 12, 25), date(year, 1, 1))):
        raise Unreadable("the days off then are those of a country: set country, or type a date")
    easter = easter_sunday(year)
    last, first = {
        "FC": (date(year, 12, 25), date(year, 12, 24)),
        "FN": (date(year, 1, 1), date(year, 1, 1)),
        "FE": (easter, easter - timedelta(days=2)),
        "FP": (easter + timedelta(days=49), easter + timedelta(days=49)),
    }[feast]
    if after:
        return view.calendar.on_or_after(last + timedelta(days=1))
    return view.calendar.on_or_before(first - timedelta(days=1))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the Anonymous Gregorian algorithm, Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def several_days(match: re.Match[str], _: View) -> date:
    """`Ostern` alone is no day."""
    name = _FEASTS[match[0][-2:]]
    raise Unreadable(f"{name} is several days: type a date, or after {name}")


def ordinal_day(match: re.Match[str], view: View) -> date:
    """`first of january`, `der erste Dezember`."""
    number = int(match["nth"])
    return view.nearest(existing(month.year, month.month, number) for month in _months(match, view))


def fixed_day(match: re.Match[str], view: View) -> date:
    """`Silvester`, `Heiligabend`, `Neujahr`."""
    month, day = {"FS": (12, 31), "FH": (12, 24), "FN": (1, 1)}[match["feast"]]
    return view.nearest(date(year, month, day) for year in view.years())


PART_FORMS: tuple[tuple[str, Rule], ...] = (
    (rf"{_PART} {_OF}{_WHICH}U(?P<unit>[wmqy])", part_of),
    (rf"EOD|{_PART} {_OF}Ud", lambda _, view: view.today),
    (rf"{_PART} {_OF}(?P<week>(?:WEEK|Uw|w|AFTERNEXT|Uw after NEXT) ?.*)", part_of_week),
    (rf"{_PART} {_OF}{_QUARTER}", part_of_quarter),
    (rf"{_PART} {_OF}(?:Uy )?(?P<year>[0-9]{{4}})", part_of_year),
    (rf"(?:in |im )?{_QUARTER}", quarter),
    (r"(?:in |im )?(?P<which>THIS|NEXT|AFTERNEXT) U(?P<unit>[qy])", next_span),
    (r"(?:in |im )?(?P<which>AFTERNEXT) U(?P<unit>m)", next_span),
    (rf"{_NTH} D(?P<weekday>[0-6])(?P<any>) {_MONTH}", nth_of_month),
    (rf"{_NTH} (?P<weekday>)(?P<any>)(?:WORKING Ud|Ub) {_MONTH}", nth_of_month),
    (rf"{_NTH} (?P<weekday>)(?P<any>Ud) {_MONTH}", nth_of_month),
    (rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:\.|st|nd|rd|th)? {_OF}{_WHICH}Um", day_of_month),
    (rf"D(?P<weekday>[0-6]) in {_COUNT}U(?P<unit>[wdf])", weekday_in_weeks),
    (rf"D(?P<weekday>[0-6]) {_COUNT}U(?P<unit>[wf])", weekday_in_weeks),
    (rf"{_COUNT}U(?P<unit>[wf]) (?:on|from) D(?P<weekday>[0-6])", weekday_in_weeks),
    (rf"(?:T(?P<days>[0-2])|MORGEN) (?:in )?{_COUNT}U(?P<unit>[wdf])", day_in_weeks),
    (r"(?P<side>after|nach|before|vor) (?:the )?(?P<feast>F[CNEP])", around_feast),
    (r"(?:an |zu )?(?P<feast>F[SHN])", fixed_day),
    (r"(?:an |zu |at )?F[CEP]", several_days),
    (
        rf"(?:the |der |den )?O(?P<nth>[1-5]) {_OF}(?:M(?P<month>[0-9]{{2}})"
        rf"(?: (?P<year>[0-9]{{4}}))?|{_WHICH}Um)",
        ordinal_day,
    ),
    (rf"{_COUNT}U(?P<unit>[wf]) (?:T(?P<days>[0-2])|MORGEN)", day_in_weeks),
    (r"U(?P<unit>[mqy]) (?P<which>)(?P<part>END)", part_of),
)
