"""What people type for a stretch of days: `dec`, `mon-fri`, `24.12. bis 6.1.`, `KW 49`, `+2w`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tickler.core.dates import reading
from tickler.core.dates.context import DateOrder, View
from tickler.core.dates.happened import LEAP, is_without_year
from tickler.core.dates.parse import read, read_past
from tickler.core.dates.weekday_grammar import ONE_WEEK, read_week
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month
from tickler.core.text import QUOTED, quote
from tickler.errors import NotADate, Unreadable

#: No stretch is longer, in days.
LONGEST = 400

#: Days from the first up to, not including, the second.
Span = tuple[date, date]

_TO = r"…\.*|\.\.+|\s+(?:bis(?:\s+zum|\s+zu)?|to|until|till?|through|thru)\s+"
_FROM = r"^(?:from|von|vom|ab|between|zwischen)\s+"
_UNTIL = r"^(?:…|\.\.+|bis(?:\s+zum|\s+zu)?\s|until\s|till?\s)\s*"
_DASHES = "-–—"
#: A day, and its month, that three dots after it belong to: `24.12...6.1.`, but not a year.
_DOTTED = r"(?<![0-9./-])[0-9]{1,2}(?:\.\s?[0-9]{1,2})?$"
_YEAR = r"(?:Uy )?(20[0-9]{2})"
_NUMBER = r"(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)?"

#: How many months of the calendar a word stands for, by the tokens that say so.
_MONTHS = ((r"S[0-9]{2}|q ?[1-4]|Uq", 3), (r"Uy", 12))


def read_span(
    text: str, today: date, calendar: Calendar | None = None, *, order: DateOrder | None = None
) -> Span:
    """The days that `text` names, as a half-open range that begins today or later.

    A month or a week is all of its days; `mon..fri` goes from the one to the other, `..fri` from
    today, `+2w` from today until then. Raises Unreadable.
    """
    start, end = read_stretch(text, today, calendar, order=order)
    if end <= today:
        raise Unreadable(f"{quote(text)} has passed: give days from today on")
    return max(start, today), end


def read_stretch(
    text: str,
    today: date,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
    spaced: bool = False,
) -> Span:
    """The days that `text` names, all of them, as a half-open range; it may have begun or passed.

    `spaced` where the first and the last day may have only a space between them. Raises
    Unreadable, for a part of a week or a month (`early december`) too: it has no end.
    """
    view = View(today, calendar or Calendar(), order)
    return _checked(text, _whole(text.strip(), view, spaced=spaced))


def read_between(
    first: str,
    last: str,
    today: date,
    calendar: Calendar | None = None,
    *,
    order: DateOrder | None = None,
) -> Span:
    """The days from the first of `first` to the last of `last`, as `read_stretch` has them."""
    view = View(today, calendar or Calendar(), order)
    _refuse_long(f"{first}{last}")
    return _checked(f"{first} to {last}", _between(first, last, view))


def _checked(text: str, span: Span) -> Span:
    start, end = span
    if end <= start:
        raise Unreadable(f"{quote(text)} ends before it begins: the first day comes first")
    if end - start > timedelta(days=LONGEST):
        raise Unreadable(f"{quote(text)} is longer than a year: give fewer days")
    return span


def stretch_of(text: str, view: View) -> Span | None:
    """The days of `text` where they are several: a week, a weekend, `mon-fri`; else None."""
    try:
        start, end = _whole(text.strip(), view)
    except Unreadable:
        return None
    return (start, end) if end - start > ONE_DAY else None


def is_running_month(text: str, view: View) -> bool:
    """Whether the current month was typed."""
    before = Month.of(view.today).first - ONE_DAY
    try:
        found = read(text, before, view.calendar, order=view.order)
    except Unreadable:
        return False
    return found.month == Month.of(view.today)


def _refuse_long(text: str) -> None:
    """What is longer than two dates and the words between is read by no rule: it takes too long."""
    if len(text) > 2 * reading.LONGEST:
        raise Unreadable(f"{quote(text)} is too long for days")


def _whole(text: str, view: View, *, spaced: bool = False) -> Span:
    _refuse_long(text)
    if last := re.match(_UNTIL, text, re.IGNORECASE):
        return view.today, _piece(text[last.end() :], view)[1]
    if ends := _named_ends(text):
        if not ends[1]:
            raise Unreadable(f"{quote(text)} has no end: type the last day too, mon..fri")
        return _between(*ends, view)
    try:
        return _alone(text, view)
    except NotADate as error:
        objection: Unreadable = error
    for first, last_day in _guessed_ends(text, spaced=spaced):
        try:
            return _between(first, last_day, view)
        except NotADate:
            continue
        except Unreadable as error:
            objection = error if isinstance(objection, NotADate) else objection
    raise objection


def _named_ends(text: str) -> tuple[str, str] | None:
    """The first and the last day where a word or dots say which they are."""
    bare = re.sub(_FROM, "", text, flags=re.IGNORECASE)
    words = f"{_TO}|\\s+(?:and|und)\\s+" if re.match(r"(?i)between|zwischen", text) else _TO
    if match := re.search(words, bare, re.IGNORECASE):
        before = bare[: match.start()]
        if match[0].startswith(("...", "…")) and re.search(_DOTTED, before):
            before = f"{before}."
        return before.strip(), bare[match.end() :].strip()
    if match := re.fullmatch(r"(?i)(.+?)\s*(?:for|für|fuer)\s+(.+)", bare):
        return match[1], f"for {match[2]}"
    week = r"(?i)((?:kw|cw|w|week|woche|kalenderwoche)\s?(\d+))\s?[/+&]\s?(\d\d?)"
    if (match := re.fullmatch(week, bare)) and int(match[3]) > int(match[2]):
        return match[1], match[3]
    return None


def _guessed_ends(text: str, *, spaced: bool) -> Iterator[tuple[str, str]]:
    """Each way to take the text as two days with a dash, or only a space, between them."""
    bare = re.sub(_FROM, "", text, flags=re.IGNORECASE)
    for at, letter in enumerate(bare):
        if letter in _DASHES and 0 < at < len(bare) - 1 and not re.fullmatch(_IN_ONE_DAY, bare):
            yield bare[:at].strip(), bare[at + 1 :].strip()
    words = bare.split() if spaced else []
    yield from ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))


#: One day that is written with dashes.
_IN_ONE_DAY = (
    r"\d{4}-\d{1,2}(?:-\d{1,2})?|(?:\d{1,2}-)?\d{1,2}-\d{4}|\d{4}-?[wW]\d{1,2}|\d{1,2}-[a-zA-ZäÄ]+-\d+"
    r"|-.*|(?i:mid|end|early)-.*|\d{4}-\d{2}-\d{2}[tT ]\d+:.*"
)


def _between(first: str, last: str, view: View) -> Span:
    """From the first day of `first` to the last of `last`, which comes after it."""
    if re.fullmatch(_YEAR, tokens(last[:QUOTED])) and not re.fullmatch(_YEAR, first.strip()):
        raise Unreadable(f"{quote(last)} is a year: type the last day, such as 31.12.{last[-4:]}")
    if length := re.fullmatch(r"(?i)for\s+(.+)", last):
        start = _first_of(first, view)
        return start, _counted(length[1], replace(view, today=start))
    number = re.fullmatch(_NUMBER, first)
    if number and (end := _with_month(last, view)):
        # `1.-5.2.`: both days are of that month, or the first is of the one before.
        month = Month.of(end)
        month = month if int(number["day"]) <= end.day else month.plus(-1)
        if int(number["day"]) > month.last.day:
            raise Unreadable(f"there is no {number['day']} {month.label}")
        return month.first.replace(day=int(number["day"])), end + ONE_DAY
    if (week := read_week(tokens(first[:QUOTED]), view)) and re.fullmatch(r"\d{1,2}\.?", last):
        last = f"KW {last.rstrip('.')}"
        start = week.first
    elif (end := _with_month(last, view)) and _is_of_its_year(first, last):
        # `24.12.-6.1.2027`: the first day is the nearest one before the last.
        now = datetime.combine(end, time.max)
        return read_past(first, now, view.calendar, order=view.order)[0], end + ONE_DAY
    else:
        start = _first_of(first, view)
        start = _running(start, first, last, view)
    end = _piece(last, view)[1]
    if end <= start:
        # `mon..fri` ends with the Friday after that Monday.
        end = _piece(last, replace(view, today=start))[1]
    if end - start > LEAP and _is_dated(last) and is_without_year(tokens(last[:QUOTED])):
        raise Unreadable(f"{quote(last)} comes before {quote(first)}: type the year too")
    return start, end


def _first_of(text: str, view: View) -> date:
    try:
        return _piece(text, view)[0]
    except NotADate:
        raise
    except Unreadable:
        # A stretch may have begun: `gestern bis fr`.
        now = datetime.combine(view.today, time.max)
        try:
            return read_past(text, now, view.calendar, order=view.order)[0]
        except Unreadable:
            pass  # the first objection says it
        raise


def _running(start: date, first: str, last: str, view: View) -> date:
    """The start of a stretch that has begun: `30.11.-4.12.` on 2 December; else `start`."""
    if start - view.today <= LEAP or not is_without_year(tokens(first[:QUOTED])):
        return start
    now = datetime.combine(view.today, time.max)
    try:
        begun = read_past(first, now, view.calendar, order=view.order)[0]
        end = _piece(last, view)[1]
    except Unreadable:
        return start
    return begun if view.today - begun <= LEAP and begun < end <= begun + LEAP else start


def _with_month(last: str, view: View) -> date | None:
    """The day that `last` names where it is written with its month."""
    if not _is_dated(last):
        return None
    start, end = _piece(last, view)
    return start if end - start == ONE_DAY else None


def _is_of_its_year(first: str, last: str) -> bool:
    """Whether only the last of two written dates has its year."""
    one, other = tokens(first[:QUOTED]), tokens(last[:QUOTED])
    return _is_dated(first) and is_without_year(one) and not is_without_year(other)


def _is_dated(text: str) -> bool:
    return bool(
        re.search(r"M[0-9]{2}|[0-9]\.\s?[0-9]|[0-9]/[0-9]|[0-9]{4}-", tokens(text[:QUOTED]))
    )


def _alone(text: str, view: View) -> Span:
    """A stretch in one piece."""
    line = tokens(text[:QUOTED])
    if re.match(r"\+(?!\+)", line):
        return view.today, _piece(text, view)[1]
    if re.fullmatch(r"(?:for )?(?:N[0-9]{2} |[0-9]{1,3} ?)?(?:WORKING Ud|U[dwmyf]|[dwm])", line):
        return view.today, _counted(text, view)
    if re.match(r"EARLY|MID|END|EOW|EOD", line):
        raise Unreadable(
            f"{quote(text)} names no first and last day: type both, such as 1.12.-10.12."
        )
    return _piece(text, view)


def _counted(length: str, view: View) -> date:
    """The day after a stretch of that length which begins on the view's today."""
    try:
        found = read(re.sub(r"^(?:for|für|fuer)\s+", "", length), view.today, view.calendar)
    except Unreadable:
        raise NotADate(f"{quote(length)} is not a length: type one such as 2 weeks") from None
    if found.on is None:
        raise NotADate(f"{quote(length)} is not a length: type one such as 2 weeks")
    return found.on


def _piece(text: str, view: View) -> Span:
    line = tokens(text[:QUOTED])
    if week := read_week(line, view):
        return week.first, week.first + ONE_WEEK
    if weekend := re.fullmatch(r"(?:am |the )?(?:(THIS|NEXT) )?WEEKEND", line):
        if weekend[1] == "NEXT" and view.today < view.week + timedelta(days=5):
            raise Unreadable("next weekend is this one or the one after: type its dates")
        last_two = view.week + timedelta(days=5)
        return last_two, last_two + timedelta(days=2)
    if year := re.fullmatch(_YEAR, line):
        return date(int(year[1]), 1, 1), date(int(year[1]) + 1, 1, 1)
    if re.fullmatch(r"THIS Um", line):
        month: Month | None = Month.of(view.today)
    else:
        try:
            named = read(text, view.today, view.calendar, order=view.order)
        except Unreadable:
            if not is_running_month(text, view):
                raise
            month = Month.of(view.today)
        else:
            month = named.month
            if named.at or named.half or (named.on is None and month is None):
                raise Unreadable(f"{quote(text)}: give days, without a time")
            if named.on:
                return named.on, named.on + ONE_DAY
    assert month
    count = next((count for pattern, count in _MONTHS if re.search(pattern, line)), 1)
    return month.first, month.plus(count).first
