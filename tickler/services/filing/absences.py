"""Absences: days on which the rep does not work, written down and taken away again."""

from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.dates import parse, ranges
from tickler.core.dates.context import View
from tickler.core.dates.language import DateWords
from tickler.core.dates.workdays import ONE_DAY, ByYear, Calendar
from tickler.core.filing import echo
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted, named
from tickler.core.remark import Remark
from tickler.core.views import AbsenceView, Receipt, StretchEcho
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, Unreadable
from tickler.models import Absence, Dossier
from tickler.services.clients import read
from tickler.services.filing import place
from tickler.services.piles import load

#: Whoever is away for longer has a stand-in, and dates beyond it find no working day.
LONGEST = timedelta(days=366)

#: How many of what is agreed in an absence are named.
_NAMED = 3


def add(work: Work, first: str, last: str = "", why: str = "") -> Receipt:
    """Write down that the rep is away from `first` to `last`, both included; one day without.

    What `last` names is after `first`; a month, a week, and `24.12.-6.1.` name both ends. An
    absence may have begun. Raises Unreadable, and Refused where the rep is away then already.
    """
    start, end = _free_span(work, first, last)
    warnings: list[Remark] = []
    clean = place.line(why, "the reason", warnings)
    workdays = work.calendar.between(start, end + ONE_DAY)
    work.session.add(Absence(rep_id=work.rep_id, first=start, after=end + ONE_DAY, why=clean))
    days = counted(workdays, "working day")
    work.summary = f"away {_named(start, end, clean, work)}: {days}"
    begins = NextContact(on=start)
    if far := parse.far_remark(begins, first, work.today, work.settings.date_words):
        warnings.append(far)
    if end < work.today:
        passed = f"{counted((work.today - end).days, 'day')} ago: those days have passed"
        warnings.append(Remark("past", passed))
    warnings += _what_is_there(work, start, end)
    return place.receipt(work, work.summary, (), warnings, action="absence")


def preview(work: Work, first: str, last: str = "") -> StretchEcho:
    """What `add` would take for the days, how many are worked, and what is on them; raises so."""
    start, end = _free_span(work, first, last)
    workdays = work.calendar.between(start, end + ONE_DAY)
    text = echo.stretch(start, end, workdays, work.today, work.settings.date_words)
    return StretchEcho(text, tuple(_what_is_there(work, start, end)))


def drop(work: Work, key: int) -> Receipt:
    """Take an absence away: its days are worked again. Raises NotFound."""
    found = next((row for row in _rows(work) if row.id == key), None)
    if found is None:
        raise NotFound(f"there is no absence #{key}", hint=Hint.ABSENCES)
    named = _named(found.first, found.after - ONE_DAY, found.why, work)
    work.summary = f"not away {named}"
    work.session.delete(found)
    return place.receipt(work, work.summary, (), (), action="absence")


def listed(work: Work) -> list[AbsenceView]:
    """The rep's absences by day, those that are over too."""
    # The calendar has them already: by it nobody would be away on a working day.
    settings = work.settings
    calendar = Calendar(settings.weekdays, ByYear(settings.holidays(), settings.days_off))
    found = []
    for row in _rows(work):
        workdays = calendar.between(row.first, row.after)
        found.append(AbsenceView(row.id or 0, row.first, row.after - ONE_DAY, row.why, workdays))
    return found


def _rows(work: Work) -> list[Absence]:
    mine = select(Absence).where(col(Absence.rep_id) == work.rep_id)
    return list(work.session.execute(mine.order_by(col(Absence.first))).scalars())


def _span(work: Work, first: str, last: str) -> tuple[date, date]:
    """The first and the last day that are typed."""
    order = work.settings.date_order
    if last.strip():
        start, after = ranges.read_between(first, last, work.today, work.calendar, order=order)
    elif ranges.is_running_month(first, View(work.today, work.calendar, order)):
        month = work.settings.date_words.month(work.today)
        raise Unreadable(f"{month} has begun: give the first and the last day")
    else:
        start, after = ranges.read_stretch(
            first, work.today, work.calendar, order=order, spaced=True
        )
    words = work.settings.date_words
    if after - start > LONGEST:
        raise Unreadable(
            f"{_day(start, words)} to {_day(after - ONE_DAY, words)} is more than a year: "
            "give a shorter one"
        )
    return start, after - ONE_DAY


def _free_span(work: Work, first: str, last: str) -> tuple[date, date]:
    """The days that are typed; raises Refused where the rep is away on one of them already."""
    start, end = _span(work, first, last)
    for other in _rows(work):
        if other.first <= end and start < other.after:
            named = _named(other.first, other.after - ONE_DAY, other.why, work)
            raise Refused(
                f"#{other.id} is there already: {named}", hint=Hint.DROP_ABSENCE, about=other.id
            )
    return start, end


def _what_is_there(work: Work, start: date, end: date) -> list[Remark]:
    """What is agreed, timed or promised within the absence, and how many dossiers are there."""
    words = work.settings.date_words
    here = load.mine(work)
    within = col(Dossier.next_on).between(start, end)
    fixed = [
        (row.next, row.name)
        for row in read.rows(work, *here, within, whole=False)
        if row.next.is_bound
    ]
    slips = read.due_slips(work, (start, end + ONE_DAY), whole=False)
    bound = (SlipKind.APPOINTMENT, SlipKind.PROMISE)
    fixed += [(due.slip.due, due.row.name) for due in slips if due.slip.kind in bound]
    found = []
    if fixed:
        fixed.sort(key=lambda each: (each[0].on or start, each[0].at or time.min, each[1]))
        names = named([f"{name} {parse.shortly(next_, words)}" for next_, name in fixed], _NAMED)
        found.append(Remark("agreed", f"agreed, timed or promised then: {names}"))
    count = work.ask(select(func.count()).select_from(Dossier).where(*here, within)).scalar_one()
    if count:
        are = counted(count, "dossier is", "dossiers are")
        found.append(Remark("lying-there", f"{are} on those days: spread them over others"))
    return found


def _named(first: date, last: date, why: str, work: Work) -> str:
    """`Thu 24 December 2026 – Wed 6 January 2027 “skiing”`."""
    words = work.settings.date_words
    days = _day(first, words) if first == last else f"{_day(first, words)} – {_day(last, words)}"
    return f"{days} “{why}”" if why else days


def _day(day: date, words: DateWords) -> str:
    return parse.spoken(NextContact(on=day), words)
