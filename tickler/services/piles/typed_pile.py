"""Which slot or pile a typed text names."""

import re
from datetime import date, datetime, time

from tickler.core.dates import parse, ranges
from tickler.core.dates.context import View
from tickler.core.dates.ranges import is_running_month
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.past_pile import PastPile
from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE, Month, NextContact
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services.filing import place
from tickler.services.piles import past_pile, pile

_NUMBER = re.compile(r"(?:day:)?0?([1-9]|[12]\d|3[01])\.?")
_MONTH = re.compile(r"month:(1[0-2]|[1-9])")


def slot(typed: str) -> str:
    """The slot, by its name in JSON, that `13`, `July`, `inbox` or `month:7` names.

    Raises Unreadable for anything else.
    """
    if found := _slot(typed):
        return found
    if month := re.fullmatch(r"M(\d\d)", tokens(typed)):
        return f"month:{int(month[1])}"
    raise Unreadable(
        f"there is no slot {quote(typed)}: type 1 to 31, a month, inbox, overdue, later or cabinet"
    )


def pile_of(work: Work, typed: str) -> PileView | PastPile:
    """The pile that a number, a slot or a date names, as it is now; a month or a week as a whole.

    That of a past day is as it was in its morning. Raises Unreadable.
    """
    if found := _slot(typed):
        return pile.of_slot(work, found)
    if days := stretch(work, typed):
        return pile.of_stretch(work, *days)
    named = day_or_month(work, typed)
    if named.on and named.on < work.today:
        return past_pile.pile_of(work, named.on)
    return pile.of_date(work, named)


def stretch(work: Work, typed: str) -> ranges.Span | None:
    """The days that are typed where they are several and no month: `next week`, `mon-fri`, `Q1`."""
    view = View(work.today, work.calendar, work.settings.date_order)
    found = ranges.stretch_of(typed, view)
    if found is None:
        return None
    month = Month.of(found[0])
    is_whole = found == (month.first, month.last + ONE_DAY)
    return None if is_whole and _names_month(work, typed) else found


def _names_month(work: Work, typed: str) -> bool:
    """Whether a month was typed, and not its first and last day."""
    if is_running_month(typed, View(work.today, work.calendar, work.settings.date_order)):
        return True
    try:
        return place.read_date(work, typed).month is not None
    except Unreadable:
        return False


def day_or_month(work: Work, typed: str) -> NextContact:
    """The day or month that is typed for a pile: past days and the running month have one too.

    Raises Unreadable.
    """
    try:
        named = place.read_date(work, typed, NextContact())
    except Unreadable:
        if is_running_month(typed, View(work.today, work.calendar, work.settings.date_order)):
            running = Month.of(work.today)
            if not any(letter.isdigit() for letter in typed):
                after = running.plus(12)
                raise Unreadable(
                    f"{running.label} is this month, and an insert for {after.year}: "
                    f"type {running} or {after}"
                ) from None
            return NextContact(month=running)
        if past := _past_day(work, typed):
            return NextContact(on=past)
        raise
    if named.at or named.half:
        raise Unreadable(f"{quote(typed)}: give a day, without a time")
    return named


def _past_day(work: Work, typed: str) -> date | None:
    now = datetime.combine(work.today, time.max)
    try:
        day, _ = parse.read_past(typed, now, work.calendar, order=work.settings.date_order)
    except Unreadable:
        return None
    return day if day < work.today else None


def lying_in(work: Work, typed: str) -> list[int]:
    """The dossiers of one slot, in the order to work them; today's number without the overdue."""
    named = slot(typed)
    found = pile.of_slot(work, named, whole=False)
    return [row.id for row in found.rows if row.slot == named]


def _slot(typed: str) -> str | None:
    name = typed.strip().casefold()
    if name in (INBOX, OVERDUE, LATER, CABINET) or _MONTH.fullmatch(name):
        return name
    number = _NUMBER.fullmatch(name)
    return f"day:{number[1]}" if number else None
