"""The review: what was planned, done and promised in some days, next to the days before them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlmodel import col

from tickler.clock import morning
from tickler.core.contact.complaints import Complaint, cause
from tickler.core.contact.kinds import Direction, Kind, is_contact
from tickler.core.dates import parse, periods
from tickler.core.dates.periods import Period, Span
from tickler.core.dates.weekday_grammar import Week
from tickler.core.filing.slips import SlipKind, Term
from tickler.core.filing.slots import Month
from tickler.core.review import figures, report
from tickler.core.review.figures import Facts, Touch
from tickler.core.review.report import Course, Review
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Dossier, Entry, Mail, Slip
from tickler.services.piles import deeds, load, merged, past_pile
from tickler.services.piles.merged import LostLine, MergedSince

_REP: BindParameter[Any] = bindparam("rep")
_FIRST: BindParameter[Any] = bindparam("first")
_AFTER: BindParameter[Any] = bindparam("after")
_BEGUN: BindParameter[Any] = bindparam("begun")
_ENDED: BindParameter[Any] = bindparam("ended")
_NOW: BindParameter[Any] = bindparam("now")

#: How long before the days a mail can have come that is answered on them.
_MAILS_BEFORE = timedelta(days=92)


def asked(work: Work, typed: str = "", span: Span | None = None) -> Period:
    """The period that was asked for: the one in which the day typed lies, else today's.

    A week or month typed is that one. Raises Unreadable for what lies ahead, or is not a date.
    """
    found = _read(work, typed) if typed else work.today
    if isinstance(found, date):
        return _known(periods.period_of(span or Span.DAY, found))
    named = Span.WEEK if isinstance(found, Week) else Span.MONTH
    if span not in (None, named):
        raise Unreadable(f"{quote(typed)} is a {named}: give a day of the {span} you mean")
    return _known(periods.period_of(named, _ends(found)[0]))


def between(work: Work, first: str, last: str = "") -> Period:
    """The days from `first` to `last` as typed, both included; to today where nothing is."""
    start, _ = _ends(_read(work, first))
    end = min(_ends(_read(work, last))[1], work.today) if last else work.today
    return _known(periods.between(start, end))


def of(work: Work, period: Period) -> Review:
    """The review of a period: its figures, those of the period before, the rep's targets."""
    before = period.before(work.today, work.calendar)
    first, after = min(period.first, before.first), max(period.after, before.after)
    facts = _facts(work, first, after, period.so_far(work.today))
    now, then = (
        figures.figures(facts, each, work.today, work.calendar) for each in (period, before)
    )
    return report.compare(
        now,
        then,
        period=period,
        before=before,
        targets=work.settings.targets,
        today=work.today,
        calendar=work.calendar,
    )


def running(work: Work, span: Span = Span.DAY) -> Review:
    """The review of the day, week or month that is running."""
    return of(work, periods.period_of(span, work.today))


def course(work: Work, period: Period) -> Course:
    """How the figures went through ten periods, of which this is the last."""
    periods = period.back(report.PERIODS, work.calendar, past_pile.EARLIEST)
    facts = _facts(work, periods[0].first, period.after)
    today, calendar = work.today, work.calendar
    return report.course({p: figures.figures(facts, p, today, calendar) for p in periods})


def _read(work: Work, typed: str) -> date | Week | Month:
    return parse.read_days(typed, work.today, work.calendar, order=work.settings.date_order)


def _ends(days: date | Week | Month) -> tuple[date, date]:
    if isinstance(days, Month):
        return days.first, days.last
    if isinstance(days, Week):
        return days.first, days.first + timedelta(days=6)
    return days, days


def _known(period: Period) -> Period:
    if period.first < past_pile.EARLIEST:
        raise Unreadable(f"{period.first} is before any binder: a review reaches back to 1900")
    return period


def _facts(work: Work, first: date, after: date, period: Period | None = None) -> Facts:
    """What is known of these days, with the funnel of `period`, which is among them."""
    united = merged.since(work, morning(first - _MAILS_BEFORE))
    settled: dict[date, set[int]] = {}
    for day, key in deeds.of_others(work, first, after, united):
        settled.setdefault(day, set()).add(key)
    for line, key, at in work.ask(_closed(), **deeds.written_on(work, first, after)):
        settled.setdefault(deeds.local(at).date(), set()).add(united.whose(line, key))
    mails, answers = _mails(work, first, after, united)
    stood = past_pile.stood(work, first, after)
    notes = frozenset(work.ask(_notes(), rep=work.rep_id).scalars())
    planned = {day: keys - notes for day, keys in stood.items() if work.calendar.is_working(day)}
    named = frozenset[int]().union(*planned.values())
    return Facts(
        deeds=deeds.own(work, first, after, united=united, named=named, period=period),
        planned=planned,
        settled={day: frozenset(keys) for day, keys in settled.items()},
        promises=list(_promises(work, first, after)),
        mails=mails,
        answers=answers,
        complaints=list(_complaints(work, first, after)),
    )


@cache
def _notes() -> Select[*tuple[Any, ...]]:
    """The rep's own notes: they belong to no client, so no figure counts them."""
    return select(col(Dossier.id)).where(col(Dossier.owner_id) == _REP, load.IS_NOTE)


@cache
def _closed() -> Select[*tuple[Any, ...]]:
    return (
        select(col(Entry.id), col(Entry.dossier_id), col(Entry.at))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(*deeds.written(), col(Entry.filed_to).in_(load.CLOSED))
        .where(col(Dossier.owner_id) == _REP, ~col(Dossier.is_note))
    )


def _complaints(work: Work, first: date, after: date) -> Iterator[Complaint]:
    """The complaints that came on these days, or were open on one of them."""
    asked = {"first": first, "begun": morning(first), "ended": morning(after), "rep": work.rep_id}
    for came, due, first_due, ticked, dropped, text in work.ask(_known_complaints(), **asked):
        settled = None if dropped else ticked
        yield Complaint(deeds.local(came).date(), first_due or due, settled, cause(text), dropped)


@cache
def _known_complaints() -> Select[*tuple[Any, ...]]:
    columns = (
        Slip.made_at, Slip.due_on, Slip.first_due_on, Slip.ticked_on, Slip.dropped_on, Slip.text,
    )  # fmt: skip
    still = col(Slip.ticked_on).is_(None) | (col(Slip.ticked_on) >= _FIRST)
    return select(*map(col, columns)).where(
        col(Slip.kind) == SlipKind.COMPLAINT,
        col(Slip.author_id) == _REP,
        col(Slip.made_at) < _ENDED,
        (col(Slip.made_at) >= _BEGUN) | still,
    )


def _promises(work: Work, first: date, after: date) -> Iterator[Term]:
    """The promises whose first day is one of these, unless they were made after it."""
    asked = {"first": first, "after": after, "ended": morning(after), "rep": work.rep_id}
    for *found, made_at in work.ask(_promised(), **asked):
        term = Term(*found)
        if deeds.local(made_at).date() <= term.first:
            yield term


@cache
def _promised() -> Select[*tuple[Any, ...]]:
    days = (Slip.due_on, Slip.ticked_on, Slip.told_on, Slip.was_due_on, Slip.dropped_on)
    begun = func.coalesce(col(Slip.first_due_on), col(Slip.was_due_on), col(Slip.due_on))
    return select(*map(col, (*days, Slip.first_due_on)), col(Slip.made_at)).where(
        col(Slip.kind) == SlipKind.PROMISE,
        col(Slip.author_id) == _REP,
        col(Slip.made_at) < _ENDED,
        begun >= _FIRST,
        begun < _AFTER,
    )


def _mails(
    work: Work, first: date, after: date, united: MergedSince
) -> tuple[list[Touch], list[Touch]]:
    """The mails that came in the days and for some time before, and all that could answer them."""
    since = first - _MAILS_BEFORE
    written = deeds.written_on(work, since, after)
    came = work.ask(_mails_in(), **written)
    mails = [Touch(united.whose(line, key), deeds.local(at)) for line, key, at in came]
    lost = [Touch(each.dossier, deeds.local(each.at)) for each in united.lost if _is_mail(each)]
    mails += [each for each in lost if since <= each.at.date() < after]
    if not mails:
        return [], []
    answers = [
        Touch(united.whose(line, key), deeds.local(at))
        for line, key, at, kind, outcome, direction in work.ask(_after_mails(), **written)
        if is_contact(kind, outcome) and direction in (None, Direction.OUT)
    ]
    answers += [
        Touch(each.dossier, deeds.local(each.at))
        for each in united.lost
        if each.direction is Direction.OUT
    ]
    return mails, answers


@cache
def _mails_in() -> Select[*tuple[Any, ...]]:
    return (
        select(col(Entry.id), col(Entry.dossier_id), col(Entry.at))
        .join(Mail, col(Mail.entry_id) == col(Entry.id))
        .join(Dossier, col(Dossier.id) == col(Mail.dossier_id))
        .where(*deeds.written(), col(Mail.direction) == Direction.IN)
        .where(col(Entry.kind) == Kind.EMAIL, col(Dossier.owner_id) == _REP)
    )


@cache
def _after_mails() -> Select[*tuple[Any, ...]]:
    """What was written to, or with, those from whom mails came."""
    return (
        select(
            *(col(c) for c in (Entry.id, Entry.dossier_id, Entry.at, Entry.kind, Entry.outcome)),
            col(Mail.direction),
        )
        .join(Mail, col(Mail.entry_id) == col(Entry.id), isouter=True)
        .where(col(Entry.dossier_id).in_(_mails_in().with_only_columns(col(Entry.dossier_id))))
        .where(col(Entry.at) >= _BEGUN, col(Entry.at) < _ENDED)
        .where(col(Entry.at) <= _NOW, col(Mail.of_colleague).is_not(True))
    )


def _is_mail(line: LostLine) -> bool:
    return line.kind is Kind.EMAIL and line.direction is Direction.IN
