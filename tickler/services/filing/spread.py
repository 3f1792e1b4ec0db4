"""Spreading and filling: the proposal for a day, a month, what is late; and doing what was agreed.

A proposal is seen, shown, changed line by line, and then done as it was shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from tickler.core.contact.kinds import Status
from tickler.core.dates.parse import spoken
from tickler.core.dates.ranges import Span, read_span
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import echo
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE, Month, NextContact, numbered
from tickler.core.planning import spread
from tickler.core.planning.proposal import Loose, Proposal, Room
from tickler.core.remark import Remark
from tickler.core.text import fold, quote
from tickler.core.views import DossierRow, Receipt, StretchEcho
from tickler.desk import Work
from tickler.errors import Busy, Hint, NotFound, Refused, Unreadable
from tickler.models import Dossier, Slip
from tickler.services.clients import filters, read
from tickler.services.clients.seen import refuse_changed
from tickler.services.filing import place
from tickler.services.piles import typed_pile
from tickler.services.piles.load import LoadTally

#: What needs a day: the dossiers of months that have come.
NEEDS = "needs"

LATE = "what is late"

_TAKES = "type a day, a month, late, inbox or needs"


@dataclass(frozen=True, slots=True)
class _Source:
    """What a proposal is about; `nothing` is said where there is none, `day` is that of a pile.

    `days` are those of a stretch, each with a pile of its own.
    """

    name: str
    found: ColumnElement[bool]
    span: Span
    nothing: str = ""
    day: date | None = None
    days: tuple[date, ...] = ()


def plan(work: Work, source: str, into: str = "") -> Proposal:
    """What would go where; nothing is changed.

    `source` is a day or a stretch of them (what is over the capacity of each goes), `late`, or what
    has no day: `inbox`, a month, `needs`. `into` are the days to go to. Raises Unreadable and
    Refused.
    """
    about = _source(work, source)
    span = about.span
    if into:
        span = read_span(into, work.today, work.calendar, order=work.settings.date_order)
    return _planned(work, about, span, room_of(work))


def preview_days(work: Work, into: str) -> StretchEcho:
    """What `plan` would take for the days to go to; raises Unreadable."""
    start, after = read_span(into, work.today, work.calendar, order=work.settings.date_order)
    workdays, words = work.calendar.between(start, after), work.settings.date_words
    return StretchEcho(echo.stretch(start, after - ONE_DAY, workdays, work.today, words))


def _planned(work: Work, about: _Source, span: Span, room: Room) -> Proposal:
    rows = _loose(work, about.found)
    days = spread.working_days(work.calendar, *span)
    given, words = room, work.settings.date_words
    empty = f"nothing of {about.name} can be moved" if rows else about.nothing
    if about.day:
        lines, kept = spread.relieve(about.day, rows, room, days, words)
        text = room.measure.of(room.load(about.day), room.capacity(about.day))
        is_over, has_any = room.left(about.day) < 0, room.load(about.day) > 0
        at = f"{about.name} is at {text}" if has_any else f"nothing is on {about.name}"
        empty = f"{empty}: {text}" if is_over else f"nothing to spread: {at}"
    elif about.days:
        lines, kept, room = spread.relieve_all(about.days, rows, room, days, words)
        empty = empty if rows else f"nothing is on {about.name}"
        if not any(room.left(day) < 0 for day in about.days):
            empty = f"nothing to spread: no day of {about.name} is over its capacity"
    elif about.name == LATE:
        lines, kept = spread.file_ahead(rows, room, days, words)
        if any(not each.row.held for each in kept) and all(
            each.row.held or each.why == spread.ROOM_TODAY for each in kept
        ):
            empty = "nothing to spread: today has room for all that is late"
    else:
        lines, kept = spread.give_days(rows, room, days, words)
        lines = tuple(spread.late_told(line) for line in lines)
    proposal = Proposal("spread", about.name, given, lines, kept, empty)
    if about.day is None and (why := spread.lacking_room(proposal)):
        return replace(proposal, empty=f"{empty}: {why}")
    return proposal


def plan_fill(work: Work, day: str, start: str = "", *, most: int | None = None) -> Proposal:
    """What would be pulled to a day from its month's insert, or from `start`; nothing is changed.

    Raises Unreadable, and Refused for a day gone by.
    """
    named = _day_or_month(work, day.strip().casefold())
    if named.on is None:
        raise Unreadable(f"{quote(day)} is a month: fill takes a day")
    if typed_pile.stretch(work, day):
        raise Unreadable(f"{quote(day)} is several days: fill takes one")
    there = _not_past(work, named)
    about = _source(work, start) if start else _undated(work, Month.of(there))
    if about.day or about.name == LATE:
        raise Unreadable("fill takes what has no day: a month, inbox or needs")
    return _filled(work, there, about, room_of(work), most)


def _filled(work: Work, day: date, about: _Source, room: Room, most: int | None) -> Proposal:
    words = work.settings.date_words
    name, load, capacity = words.short(day), room.load(day), room.capacity(day)
    if load >= capacity:
        works = work.calendar.is_working(day)
        full = f"is full: {room.measure.of(load, capacity)}" if works else "is a day off"
        return Proposal("fill", name, room, empty=f"{name} {full}")
    rows = _loose(work, about.found)
    lines, kept = spread.fill(day, rows, room, most=most, words=words)
    why = f"nothing of {about.name} fits" if rows else about.nothing
    empty = f"{name} is at {room.measure.of(load, capacity)}, and {why}"
    return Proposal("fill", name, room, lines, kept, empty)


def offer(work: Work, insert: str, into: str = "") -> Proposal:
    """What is proposed of an insert: too much is spread, a thin day is filled.

    Where today is not too full, what needs a day gets one. `into` are other days to go to.
    """
    if into:
        return plan(work, insert, into)
    about, room = _source(work, insert), room_of(work)
    if about.day and room.left(about.day) >= 0:
        from_month = _undated(work, Month.of(about.day))
        if about.day == work.today:
            needs = _planned(work, from_month, from_month.span, room)
            return needs if needs.lines or needs.kept else _planned(work, about, about.span, room)
        return _filled(work, about.day, from_month, room, None)
    return _planned(work, about, about.span, room)


def redirect(work: Work, proposal: Proposal, number: int, typed: str) -> Proposal:
    """The proposal with a line going to the day that was typed; `-` takes it out, `+` in again.

    Raises NotFound for a line that is not there, Unreadable for what is not a day from today on.
    """
    count = len(proposal.lines)
    if not 1 <= number <= count:
        known = f"they go from 1 to {count}" if count else "there is none"
        raise NotFound(f"there is no line {number}: {known}")
    if typed.strip() in ("-", "+"):
        return proposal.left_out(number, out=typed.strip() == "-")
    target = place.read_date(work, typed, proposal.lines[number - 1].row.next)
    if target != NextContact(on=target.on) or target.on is None:
        raise Unreadable(f"{quote(typed)}: a proposal gives days, without a time")
    if target.on < work.today:
        raise Unreadable(f"{quote(typed)} has passed: give a day from today on")
    return proposal.sent(number, target.on)


def apply(work: Work, proposal: Proposal) -> Receipt:
    """File the lines of a proposal as they were shown.

    Raises Busy where one of its dossiers, or the room on one of its days, changed meanwhile.
    """
    moves = tuple(line for line in proposal.moves if line.row.next != NextContact(on=line.to))
    before = read.by_ids(work, [line.row.id for line in moves])
    _refuse_changed(work, proposal, before)
    # Read in a few statements, the table's rows are there when they are asked for by their ids.
    for batch in read.batches(row.id for row in before):
        work.session.scalars(select(Dossier).where(col(Dossier.id).in_(batch))).all()
    for line, row in zip(moves, before, strict=True):
        target = NextContact(on=line.to)
        dossier = place.require_open(work, row)
        place.note_filing(work, dossier, row.next, target, f"{proposal.verb}: {line.why}")
        place.refile(work, dossier, row.next, target, by_contact=False)
    work.summary = replace(proposal, lines=moves).text
    doubts = tuple(_doubts(work, proposal))
    return place.receipt(work, work.summary, before, doubts, action=proposal.verb)


def room_of(work: Work) -> Room:
    """What is on each day, counted as the binder's header does."""
    tally = LoadTally(work)
    return Room(work.today, tally.loads, work.settings.capacity, work.calendar, tally.taken)


def _source(work: Work, typed: str) -> _Source:
    name = typed.strip().casefold()
    on, month = col(Dossier.next_on), col(Dossier.next_month)
    if (meant := filters.meant(work, typed)) is not None:
        ahead = work.today + timedelta(days=spread.TWO_WEEKS)
        without_day = col(Dossier.id).in_(meant) & (on.is_(None) | (on < work.today))
        nothing = f"nothing of {typed.strip()} is late or without a day"
        return _Source(typed.strip(), without_day, (work.today, ahead), nothing)
    if name in ("late", OVERDUE):
        ahead = work.today + timedelta(days=spread.A_QUARTER)
        return _Source(LATE, on < work.today, (work.today, ahead), "nothing is late")
    if name == INBOX:
        ahead = work.today + timedelta(days=spread.TWO_WEEKS)
        bare = on.is_(None) & month.is_(None)
        return _Source(INBOX, bare, (work.today, ahead), "nothing is in the inbox")
    if name in (NEEDS, "needs a day"):
        return _undated(work, Month.of(work.today))
    if name in (LATER, CABINET):
        raise Unreadable(f"{name} is not spread: {_TAKES}")
    if stretch := typed_pile.stretch(work, name):
        return _stretch(work, *stretch)
    try:
        named = _day_or_month(work, name)
    except Unreadable as error:
        raise Unreadable(f"{error.sentence}; late, inbox and needs work, too") from None
    if named.month:
        return _undated(work, named.month)
    day = _not_past(work, named)
    span = (day + ONE_DAY, day + timedelta(days=spread.A_QUARTER))
    return _Source(work.settings.date_words.short(day), read.is_of_pile(work, day), span, day=day)


def _stretch(work: Work, start: date, after: date) -> _Source:
    """The days of a stretch from today on."""
    name = work.settings.date_words.stretch(start, after - ONE_DAY)
    start = max(start, work.today)
    if start >= after:
        raise Refused(f"{name} has passed: what is left of it is overdue", hint=Hint.SPREAD_LATE)
    first = date.min if start == work.today else start
    found = col(Dossier.next_on).between(first, after - ONE_DAY)
    span = (start, after + timedelta(days=spread.A_QUARTER))
    days = tuple(start + ONE_DAY * n for n in range((after - start).days))
    return _Source(name, found, span, days=days)


def _undated(work: Work, month: Month) -> _Source:
    """What lies in a month without a day; in the current one, all that has come out of its own."""
    running = Month.of(work.today)
    lies, bare = col(Dossier.next_month), col(Dossier.next_on).is_(None)
    if month > running:
        name = spoken(NextContact(month=month), work.settings.date_words)
        waits, span = f"nothing in {name} waits for a day", (month.first, month.last + ONE_DAY)
        return _Source(name, bare & (lies == str(month)), span, waits)
    span = (work.today, running.last + ONE_DAY)
    return _Source("what needs a day", bare & (lies <= str(running)), span, "nothing needs a day")


def _day_or_month(work: Work, name: str) -> NextContact:
    for insert in numbered(work.today):
        if name in (insert.slot, insert.key) and (insert.date or insert.month):
            day = insert.date
            return NextContact(on=day, month=None if day else insert.month)
    return typed_pile.day_or_month(work, name)


def _not_past(work: Work, named: NextContact) -> date:
    day = named.on
    assert day
    if day < work.today:
        text = work.settings.date_words.long(day)
        sentence = f"{text} has passed: what is left of it is overdue"
        raise Refused(sentence, hint=Hint.SPREAD_LATE)
    return day


def _loose(work: Work, found: ColumnElement[bool]) -> list[Loose]:
    return [*_seen(work, read.rows(work, col(Dossier.status) == Status.OPEN, found, whole=False))]


def _seen(work: Work, rows: Iterable[DossierRow]) -> Iterable[Loose]:
    due = _due(work)
    ranks = {fold(name): n for n, name in enumerate(work.settings.segments)}
    weight, words = work.settings.capacity.weight, work.settings.date_words
    for row in rows:
        by, by_why = due.get(row.id, (None, ""))
        late = row.days_late if row.next.on else 0
        yield Loose(
            id=row.id,
            name=row.name,
            next=row.next,
            weight=weight(row.kind),
            slides=row.slides,
            days_late=late,
            rank=ranks.get(fold(row.segment), len(ranks)),
            by=by,
            by_why=by_why,
            held=spread.held(row.next, contacted=row.contacted, words=words),
            last_contact=row.last_contact,
            about=f"{row.kind or ''} {row.what}".strip(),
        )


def _due(work: Work) -> Mapping[int, tuple[date, str]]:
    """The day on which the first open slip of each dossier is due, and what that is."""
    found: dict[int, tuple[date, str]] = {}
    words = work.settings.date_words
    opened = (
        select(col(Slip.dossier_id), col(Slip.due_on), col(Slip.kind))
        .where(col(Slip.ticked_on).is_(None))
        .order_by(col(Slip.due_on), col(Slip.id))
    )
    for key, day, kind in work.ask(opened):
        if key not in found:
            text = "promised by" if kind is SlipKind.PROMISE else f"{kind} on"
            found[key] = (day, f"{text} {words.short(day)}")
    return found


def _refuse_changed(work: Work, proposal: Proposal, now: Iterable[DossierRow]) -> None:
    """Raise Busy where what the rep confirmed has changed."""
    planned = {line.row.id: line for line in proposal.moves}
    for row, seen in zip(now, _seen(work, now), strict=True):
        is_as_planned = row.status is Status.OPEN and planned[row.id].row
        refuse_changed(row.name, is_as_planned, seen, "moved")
    room = room_of(work)
    for shown, is_now in zip(proposal.days, replace(proposal, room=room).days, strict=True):
        if is_now.after > max(is_now.capacity, shown.after):
            day = work.settings.date_words.long(shown.day)
            raise Busy(f"{day} has become too full meanwhile; nothing was moved. Try again")


def _doubts(work: Work, proposal: Proposal) -> Iterator[Remark]:
    words, measure = work.settings.date_words, proposal.room.measure
    for line in proposal.moves:
        if not line.row.may_lie_on(line.to):
            yield Remark("past-slip", f"{line.row.name}: {line.row.by_why}")
    for day in proposal.days:
        if day.is_over:
            works = work.calendar.is_working(day.day)
            load = measure.of(day.after, day.capacity) if works else "a day off"
            yield Remark("over-capacity", f"{words.short(day.day)}: {load}")
