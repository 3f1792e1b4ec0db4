"""The review: what was planned, done and promised in some days, next to the days before them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.contact.complaints import Complaint, cause
from tickler.core.contact.kinds import CONTACT_KINDS, PLANNED_KINDS, Direction, Kind, is_contact
from tickler.core.dates import parse, periods
from tickler.core.dates.periods import Period, Span
from tickler.core.dates.weekday_grammar import Week
from tickler.core.filing.slips import SlipKind, Term
from tickler.core.filing.slots import Month
from tickler.core.review import figures, report
from tickler.core.review.figures import Facts, LoggedContact, Touch
from tickler.core.review.report import Course, Review
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Dossier, Entry, Mail, Rep, Slip
from tickler.services.piles import load, merged, past_pile
from tickler.services.piles.merged import LostLine, MergedSince

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]

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
    facts = _facts(work, min(period.first, before.first), max(period.after, before.after))
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


def _facts(work: Work, first: date, after: date) -> Facts:
    deeds: list[LoggedContact] = []
    settled: dict[date, set[int]] = {}
    united = merged.since(work, morning(first - _MAILS_BEFORE))
    for deed, is_own in _deeds(work, first, after, united):
        if is_own:
            deeds.append(deed)
        elif deed.kind in PLANNED_KINDS:
            settled.setdefault(deed.at.date(), set()).add(deed.dossier)
    for line, key, at in work.ask(_closed(), **_written_on(work, first, after)):
        settled.setdefault(_local(at).date(), set()).add(united.whose(line, key))
    mails, answers = _mails(work, first, after, united)
    stood = past_pile.stood(work, first, after)
    notes = frozenset(work.ask(_notes(), rep=work.rep_id).scalars())
    return Facts(
        deeds=deeds,
        planned={day: keys - notes for day, keys in stood.items() if work.calendar.is_working(day)},
        settled={day: frozenset(keys) for day, keys in settled.items()},
        promises=list(_promises(work, first, after)),
        mails=mails,
        answers=answers,
        complaints=list(_complaints(work, first, after)),
    )


@cache
def _notes() -> Select[*tuple[Any, ...]]:
    """The rep's own notes: they belong to no client, so no figure counts them."""
    return select(col(Dossier.id)).where(col(Dossier.owner_id) == _REP, col(Dossier.is_note))


def _deeds(
    work: Work, first: date, after: date, united: MergedSince
) -> Iterator[tuple[LoggedContact, bool]]:
    """Contacts and attempts, each with whether it is the rep's own or another's on own dossiers."""
    written = _written_on(work, first, after)
    joined = {*united.dossiers} | {each.into for each in united.dossiers.values()}
    firsts = _firsts(work, joined, united)
    for line, key, at, kind, outcome, minutes, opens, is_own in work.ask(_contacts(), **written):
        dossier = united.whose(line, key)
        is_first = bool(opens)
        if dossier in joined:
            is_first = kind is Kind.FIRST_CALL or firsts.get(dossier) == line
        yield LoggedContact(dossier, _local(at), kind, outcome, minutes, is_first), is_own
    for lost in united.lost:
        if lost.kind in CONTACT_KINDS and lost.direction is not Direction.IN:
            at = _local(lost.at)
            if first <= at.date() < after:
                yield (
                    LoggedContact(lost.dossier, at, lost.kind, lost.outcome),
                    lost.author == work.rep_id,
                )


@cache
def _contacts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(col(c) for c in (Entry.id, Entry.dossier_id, Entry.at, Entry.kind, Entry.outcome)),
            col(Entry.minutes),
            _opens(),
            col(Entry.author_id) == _REP,
        )
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(*_written(), col(Entry.kind).in_(CONTACT_KINDS), ~_came_in(Entry))
        .where(load.is_own_deed(), ~col(Dossier.is_note))
        .where(or_(col(Entry.author_id) == _REP, col(Dossier.owner_id) == _REP))
    )


def _opens() -> ColumnElement[bool]:
    """Whether a line is a first call: of that kind, or the first with a client the rep added."""
    earlier = aliased(Entry)
    had_earlier = exists().where(
        col(earlier.dossier_id) == col(Entry.dossier_id),
        col(earlier.at) <= col(Entry.at),
        or_(col(earlier.at) < col(Entry.at), col(earlier.id) < col(Entry.id)),
        col(earlier.kind).in_(PLANNED_KINDS),
        ~_came_in(earlier),
    )
    return or_(col(Entry.kind) == Kind.FIRST_CALL, _was_added(col(Entry.dossier_id)) & ~had_earlier)


def _was_added(key: ColumnElement[Any] | Mapped[Any]) -> ColumnElement[bool]:
    """Whether the rep added a dossier by hand: who comes with a list was known before."""
    return exists().where(
        _ROW.c.table_name == "dossier",
        _ROW.c.row_id == key,
        _ROW.c.op == "I",
        _CHANGE.c.id == _ROW.c.change_id,
        _CHANGE.c.action == "add",
    )


def _firsts(work: Work, keys: set[int], united: MergedSince) -> Mapping[int, int]:
    """The first line of each of these dossiers that were added, as they were before a merge."""
    found: dict[int, int] = {}
    if not keys:
        return found
    added = set(
        work.ask(
            select(_ROW.c.row_id).where(_ROW.c.row_id.in_(keys), _was_added(_ROW.c.row_id))
        ).scalars()
    )
    lines = (
        select(col(Entry.id), col(Entry.dossier_id))
        .where(col(Entry.dossier_id).in_(keys), col(Entry.kind).in_(PLANNED_KINDS))
        .where(~_came_in(Entry))
        .order_by(col(Entry.at), col(Entry.id))
    )
    for line, key in work.ask(lines):
        dossier = united.whose(line, key)
        if dossier in added:
            found.setdefault(dossier, line)
    return found


@cache
def _closed() -> Select[*tuple[Any, ...]]:
    return (
        select(col(Entry.id), col(Entry.dossier_id), col(Entry.at))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(*_written(), col(Entry.filed_to).in_(load.CLOSED))
        .where(col(Dossier.owner_id) == _REP, ~col(Dossier.is_note))
    )


def _complaints(work: Work, first: date, after: date) -> Iterator[Complaint]:
    """The complaints that came on these days, or were open on one of them."""
    asked = {"first": first, "begun": morning(first), "ended": morning(after), "rep": work.rep_id}
    for came, due, first_due, ticked, dropped, text in work.ask(_known_complaints(), **asked):
        settled = None if dropped else ticked
        yield Complaint(_local(came).date(), first_due or due, settled, cause(text), dropped)


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
    for *found, made_at in work.ask(_promised(), first=first, after=after, rep=work.rep_id):
        term = Term(*found)
        if _local(made_at).date() <= term.first:
            yield term


@cache
def _promised() -> Select[*tuple[Any, ...]]:
    days = (Slip.due_on, Slip.ticked_on, Slip.told_on, Slip.was_due_on, Slip.dropped_on)
    begun = func.coalesce(col(Slip.first_due_on), col(Slip.was_due_on), col(Slip.due_on))
    return select(*map(col, (*days, Slip.first_due_on)), col(Slip.made_at)).where(
        col(Slip.kind) == SlipKind.PROMISE,
        col(Slip.author_id) == _REP,
        begun >= _FIRST,
        begun < _AFTER,
    )


def _mails(
    work: Work, first: date, after: date, united: MergedSince
) -> tuple[list[Touch], list[Touch]]:
    """The mails that came in the days and for some time before, and all that could answer them."""
    since = first - _MAILS_BEFORE
    written = _written_on(work, since, after)
    came = work.ask(_mails_in(), **written)
    mails = [Touch(united.whose(line, key), _local(at)) for line, key, at in came]
    lost = [Touch(each.dossier, _local(each.at)) for each in united.lost if _is_mail(each)]
    mails += [each for each in lost if since <= each.at.date() < after]
    if not mails:
        return [], []
    answers = [
        Touch(united.whose(line, key), _local(at))
        for line, key, at, kind, outcome, direction in work.ask(_after_mails(), **written)
        if is_contact(kind, outcome) and direction in (None, Direction.OUT)
    ]
    answers += [
        Touch(each.dossier, _local(each.at))
        for each in united.lost
        if each.direction is Direction.OUT
    ]
    return mails, answers


@cache
def _mails_in() -> Select[*tuple[Any, ...]]:
    return (
        select(col(Entry.id), col(Entry.dossier_id), col(Entry.at))
        .join(Mail, col(Mail.entry_id) == col(Entry.id))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(*_written(), col(Mail.direction) == Direction.IN)
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


def _written() -> tuple[ColumnElement[bool], ...]:
    """Entries of these days that do not lie ahead.

    Naming their authors lets the index by author and time be used.
    """
    return (
        col(Entry.author_id).in_(select(col(Rep.id))),
        col(Entry.at) >= _BEGUN,
        col(Entry.at) < _ENDED,
        col(Entry.at) <= _NOW,
    )


def _written_on(work: Work, first: date, after: date) -> dict[str, Any]:
    """The values for statements about the lines that were written on these days."""
    begun, ended = morning(first), morning(after)
    return {"begun": begun, "ended": ended, "now": work.now, "rep": work.rep_id}


def _came_in(entry: type[Entry]) -> ColumnElement[bool]:
    """Whether a line is a mail that the rep did not write: the client's, or a colleague's."""
    not_own = or_(col(Mail.direction) == Direction.IN, col(Mail.of_colleague))
    return exists().where(col(Mail.entry_id) == col(entry.id), not_own)


def _local(at: datetime) -> datetime:
    return at.astimezone().replace(tzinfo=None)
