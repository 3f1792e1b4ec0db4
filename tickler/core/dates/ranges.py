"""What people type for a stretch of days: `dec`, `mon..fri`, `KW 49`, `+2w`."""

import re
from datetime import date, timedelta

from tickler.core.dates.context import DateOrder, View
from tickler.core.dates.parse import read
from tickler.core.dates.weekday_grammar import ONE_WEEK, read_week
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month, NextContact
from tickler.core.text import QUOTED, quote
from tickler.errors import Unreadable

#: No stretch is longer, in days.
LONGEST = 400

Span = tuple[date, date]


def read_span(
    text: str, today: date, calendar: Calendar | None = None, *, order: DateOrder | None = None
) -> Span:
    """The days that `text` names, as a half-open range that begins today or later.

    A month or a week is all of its days; `mon..fri` goes from the one to the other, `..fri` from
    today, `+2w` from today until then. Raises Unreadable.
    """
    view = View(today, calendar or Calendar(), order)
    parts = re.fullmatch(r"\s*(.*?)\s*\.\.+\s*(.*?)\s*", text)
    if parts:
        first, last = parts.groups()
        start = _piece(first, view)[0] if first else today
        if not last:
            raise Unreadable(f"{quote(text)} has no end: type the last day too, mon..fri")
        # `mon..fri` ends with the Friday after that Monday.
        end = _piece(last, View(max(start, today), view.calendar, order))[1]
    else:
        start, end = _piece(text, view)
        start = today if text.lstrip().startswith("+") else start
    if end <= today:
        raise Unreadable(f"{quote(text)} has passed: give days from today on")
    start = max(start, today)
    if end <= start:
        raise Unreadable(f"{quote(text)} ends before it begins")
    if end - start > timedelta(days=LONGEST):
        raise Unreadable(f"{quote(text)} is longer than a year: give fewer days")
    return start, end


def _piece(text: str, view: View) -> Span:
    if week := read_week(tokens(text[:QUOTED]), view):
        return week.monday, week.monday + ONE_WEEK
    named = _named(text, view)
    if named.month:
        return named.month.first, named.month.last + ONE_DAY
    if named.at or named.half or named.on is None:
        raise Unreadable(f"{quote(text)}: give days, without a time")
    return named.on, named.on + ONE_DAY


def _named(text: str, view: View) -> NextContact:
    """The day or month; the current month still has days to come, too."""
    try:
        return read(text, view.today, view.calendar, order=view.order)
    except Unreadable:
        if is_running_month(text, view):
            return NextContact(month=Month.of(view.today))
        raise


def is_running_month(text: str, view: View) -> bool:
    """Whether the current month was typed."""
    before = Month.of(view.today).first - ONE_DAY
    try:
        found = read(text, before, view.calendar, order=view.order)
    except Unreadable:
        return False
    return found.month == Month.of(view.today)
