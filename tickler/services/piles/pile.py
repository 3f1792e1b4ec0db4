"""Piles and inserts: what is where, in the order to work it, and how much it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from tickler.core.contact.kinds import Status
from tickler.core.dates.parse import spoken
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import pile
from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import (
    CABINET,
    INBOX,
    LATER,
    Insert,
    Month,
    NextContact,
    inserts,
    numbered,
    slot_of,
    todays_slots,
)
from tickler.core.views import Away, Day, DueSlip, InsertView, SlipsDue, Turn
from tickler.core.views.binder import BinderView
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Change, Dossier
from tickler.services.clients import drafts, read
from tickler.services.piles import known_pile, load, quiet, reminders
from tickler.services.piles.known_pile import KnownViews
from tickler.services.piles.load import LoadTally

#: After this many working days without any action the binder says what has become late.
MISSED_WORKDAYS = 2


def todays(work: Work, *, whole: bool = True) -> PileView:
    """Today's pile: what is due, and what is overdue."""
    slots = todays_slots(work.today)
    parts = [_insert(work, slot) for slot in slots]
    title = work.settings.date_words.day(work.today)
    return _arranged(work, slots[0], title, parts, whole=whole)


def of_slot(work: Work, slot: str, *, whole: bool = True) -> PileView:
    """The pile of one slot, by its name in JSON; today's number includes the overdue."""
    if slot == todays_slots(work.today)[0]:
        return todays(work, whole=whole)
    insert = _insert(work, slot)
    return _arranged(work, slot, _title(work, insert), (insert,), whole=whole)


def of_date(work: Work, when: NextContact) -> PileView:
    """The pile of one day or month: what is there now."""
    if when.on == work.today:
        return todays(work)
    words = work.settings.date_words
    if when.on:
        bounds = (when.on, when.on + ONE_DAY)
        conditions = [col(Dossier.next_on) == when.on]
        title = spoken(NextContact(on=when.on), words)
    else:
        month = when.month or Month.of(work.today)
        bounds = (month.first, month.last + ONE_DAY)
        conditions = [
            col(Dossier.next_month) == str(month),
            col(Dossier.next_on).between(month.first, month.last),
        ]
        title = spoken(NextContact(month=month), words)
    found = read.rows_of_any(work, [and_(_is_open(), each) for each in conditions])
    due = read.due_slips(work, bounds)
    groups = pile.arrange(found, work.today, due)
    return PileView(slot_of(when, work.today), title, groups, when.on)


def of_stretch(work: Work, start: date, after: date) -> PileView:
    """The pile of several days, and of the months that lie wholly among them."""
    months = list(_months(start, after))
    conditions = [
        col(Dossier.next_on).between(start, after - ONE_DAY),
        col(Dossier.next_month).in_([str(month) for month in months]),
    ]
    title = work.settings.date_words.stretch_of_year(start, after - ONE_DAY)
    found = read.rows_of_any(work, [and_(_is_open(), each) for each in conditions])
    due = read.due_slips(work, (start, after))
    return PileView(LATER, title, pile.arrange(found, work.today, due))


def _months(start: date, after: date) -> Iterator[Month]:
    """The months of which all days are in the half-open range."""
    month = Month.of(start)
    while month.last < after:
        if month.first >= start:
            yield month
        month = month.plus(1)


def binder(work: Work, chosen: str | None, known: KnownViews | None = None) -> BinderView:
    """All that the binder's screen shows, at one moment.

    `chosen` is the key or the slot of an insert; None, and a day gone by, is today's. Of what is
    `known` the pile is not read again but for what was done since, where that tells all.
    """
    tally = LoadTally(work)
    # A day off keeps its insert while it is shown: its key is a date.
    dated = [date.fromisoformat(chosen)] if chosen and chosen[0].isdigit() else []
    shown = _of_layout(work, {*tally.days, *dated})
    first = _first_times(work)
    pile = _chosen(work, shown, chosen, tally, known)
    is_empty = not (tally.days or tally.months or tally.undated or tally.closed)
    is_quiet = pile.on == work.today and not (pile.groups or is_empty)
    return BinderView(
        inserts=tuple(_insert_view(work, insert, tally, first) for insert in shown),
        pile=pile,
        day=day(work),
        empty=is_empty,
        quiet=quiet.quiet(work, tally.undated) if is_quiet else None,
        drafts=drafts.all_of(work, None),
        last=known_pile.last_action(work),
    )


def slots(work: Work) -> list[InsertView]:
    """Every insert of the layout with what is there; unused numbers too."""
    tally = LoadTally(work)
    return [_insert_view(work, insert, tally) for insert in _of_layout(work, tally.days.keys())]


def of_days(work: Work, days: Iterable[date]) -> list[InsertView]:
    """What is on each of these days, and what the rep can do there; today includes the overdue."""
    tally = LoadTally(work)
    running = Month.of(work.today)
    found: list[InsertView] = []
    for day in days:
        when = NextContact(on=day)
        slot, months = slot_of(when, work.today), None
        if day == work.today:
            months = (running, running.plus(1))
        insert = Insert(slot, read.label_of(work, slot, when), (day, day + ONE_DAY), months)
        found.append(_insert_view(work, insert, tally, on=day))
    return found


def numbers(work: Work) -> list[InsertView]:
    """The inserts 1–31, the months and the rest, whatever the layout, with first times."""
    tally, first = LoadTally(work), _first_times(work)
    return [_insert_view(work, insert, tally, first) for insert in numbered(work.today)]


def _of_layout(work: Work, occupied: Collection[date]) -> tuple[Insert, ...]:
    layout, ahead = work.settings.layout, work.settings.months_ahead
    return inserts(work.today, layout, work.calendar, ahead, occupied)


def _chosen(
    work: Work,
    shown: Sequence[Insert],
    chosen: str | None,
    tally: LoadTally,
    known: KnownViews | None,
) -> PileView:
    wanted = [insert for insert in shown if insert.key == chosen]
    wanted += [insert for insert in shown if insert.slot == chosen]
    wanted += [insert for insert in shown if insert.date == work.today]
    insert, title = wanted[0], _title(work, wanted[0])
    parts: Sequence[Insert] = (insert,)
    if insert.date == work.today:
        title = work.settings.date_words.day(work.today)
        parts = [_insert(work, slot) for slot in todays_slots(work.today)]
    if known:
        conditions = [condition for part in parts for condition in _conditions(part)]
        due = _due(work, parts, whole=False)
        again = known_pile.patched(work, known, insert.key, conditions, due)
        # Who was forgotten is in no journal.
        if again and len(again.rows) == tally.count(insert):
            return again
    return _arranged(work, insert.key, title, parts, whole=False)


def day(work: Work) -> Day:
    """How far the day is."""
    kind = col(Dossier.next_kind)
    lying = (
        select(kind, func.count())
        .where(*load.mine(work), col(Dossier.next_on) <= work.today, ~load.is_worked(work))
        .group_by(kind)
    )
    measure = work.settings.capacity
    done, left = load.done(work), work.ask(lying).all()
    taken = load.booked(work, (work.today, work.today)).get(work.today, 0) + done.load
    last = _last_done(work)
    return Day(
        today=work.today,
        done=done.dossiers,
        left=sum(count for _, count in left),
        capacity=measure.left(work.today, work.calendar, taken),
        load=sum(count * measure.weight(of_kind) for of_kind, count in left),
        working=work.calendar.is_working(work.today),
        measure=measure,
        appointments=reminders.appointments(work),
        away=_away(work, last),
        turn=_turn(work, last),
        slips=_slips_due(work, last),
        handed=_handed(work),
    )


def _handed(work: Work) -> tuple[str, ...]:
    """What there is to say of hand-overs; of most binders nothing, and at no cost."""
    if not work.has_handovers:
        return ()
    from tickler.services.handover import listed  # noqa: PLC0415  # only where there is one

    return tuple(listed.first_lines(work))


def _slips_due(work: Work, last: date | None) -> SlipsDue | None:
    """The slips that are due or late, as long as nothing was done today."""
    if last is None or last >= work.today:
        return None
    due = read.due_slips(work, (date.min, work.today + ONE_DAY), whole=False)
    late = sum(bool(each.slip.overdue_days) for each in due)
    return SlipsDue(len(due), late) if due else None


def _last_done(work: Work) -> date | None:
    done = (
        select(col(Change.at))
        .where(col(Change.rep_id) == work.rep_id)
        .order_by(col(Change.id).desc())
        .limit(1)
    )
    at = work.ask(done).scalar()
    return at.astimezone().date() if at else None


def _away(work: Work, last: date | None) -> Away | None:
    """The days between the rep's last action and today; None where few of them were workdays."""
    if last is None:
        return None
    first_missed = last + ONE_DAY
    if work.calendar.between(first_missed, work.today) < MISSED_WORKDAYS:
        return None
    counts = select(func.count(), func.count().filter(col(Dossier.agreed)))
    overdue = counts.where(*load.mine(work), col(Dossier.next_on) < work.today)
    late, agreed = work.ask(overdue).one()
    return Away((work.today - first_missed).days, late, agreed)


def _turn(work: Work, last: date | None) -> Turn | None:
    """What has come out of the months without a day, as long as nothing was done in this one."""
    running = Month.of(work.today)
    if last is None or last >= running.first:
        return None
    month = col(Dossier.next_month)
    come = (
        select(month, func.count())
        .where(*load.mine(work), col(Dossier.next_on).is_(None), month <= str(running))
        .group_by(month)
        .order_by(month)
    )
    found = {Month.parse(named): count for named, count in work.ask(come)}
    return Turn(sum(found.values()), tuple(found), running) if found else None


def conditions_of(work: Work, slot: str) -> list[ColumnElement[bool]]:
    """The slot rule as SQL, from the insert's ranges: one condition for each.

    To be asked one by one: together they would make SQLite read every dossier.
    """
    return _conditions(_insert(work, slot))


def _conditions(insert: Insert) -> list[ColumnElement[bool]]:
    if insert.slot == CABINET:
        return [col(Dossier.status).in_(load.CLOSED)]
    on, month = col(Dossier.next_on), col(Dossier.next_month)
    if insert.slot == INBOX:
        return [and_(_is_open(), on.is_(None), month.is_(None))]
    found: list[ColumnElement[bool]] = []
    if insert.days:
        found.append(and_(_is_open(), on >= insert.days[0], on < insert.days[1]))
    if insert.months:
        first, after = map(str, insert.months)
        found.append(and_(_is_open(), on.is_(None), month >= first, month < after))
    return found


def _arranged(
    work: Work, key: str, title: str, parts: Sequence[Insert], *, whole: bool
) -> PileView:
    """What is behind these inserts, and the slips that are due on their days."""
    conditions = [condition for part in parts for condition in _conditions(part)]
    if whole:
        found = read.rows_of_any(work, conditions)
    else:
        found = [
            row
            for condition in conditions
            for row in read.with_tags(work, read.rows(work, condition, whole=False), condition)
        ]
    groups = pile.arrange(found, work.today, _due(work, parts, whole=whole))
    return PileView(key, title, groups, parts[0].date)


def _due(work: Work, parts: Sequence[Insert], *, whole: bool) -> list[DueSlip]:
    """The slips that are due on the days of these inserts."""
    spans = [part.days for part in parts if part.days]
    # Today's and the overdue are next to each other, and all other inserts are shown alone.
    bounds = (min(first for first, _ in spans), max(after for _, after in spans)) if spans else None
    # A complaint lies on today's pile from the moment it came.
    is_todays = any(part.date == work.today for part in parts)
    return read.due_slips(work, bounds, whole=whole, complaints=is_todays) if bounds else []


def _insert(work: Work, slot: str) -> Insert:
    for insert in numbered(work.today):
        if insert.slot == slot:
            return insert
    raise Unreadable(
        f"there is no slot “{slot}”: 1 to 31, a month, inbox, overdue, later or cabinet"
    )


def _title(work: Work, insert: Insert) -> str:
    words = work.settings.date_words
    return words.long(insert.date) if insert.date else words.insert(insert.slot, insert.label)


def _insert_view(
    work: Work,
    insert: Insert,
    tally: LoadTally,
    first: Mapping[date, time] | None = None,
    on: date | None = None,
) -> InsertView:
    day = on or insert.date  # a day far ahead has no insert, but its load all the same
    planned = insert.days is not None or insert.months is not None
    at = first.get(day) if first and day else None
    return InsertView(
        slot=insert.slot,
        label=insert.label,
        date=day,
        month=insert.month,
        count=tally.count(insert),
        load=tally.load(insert) if planned else None,
        capacity=tally.capacity(day) if day else None,
        working=work.calendar.is_working(day) if day else None,
        holiday=work.calendar.holiday(day) if day else None,
        dated=tally.dated(insert),
        waiting=tally.waiting(insert),
        measure=work.settings.capacity,
        first_time=f"{at:%H:%M}" if at else None,
    )


def _first_times(work: Work) -> dict[date, time]:
    earliest = (
        select(col(Dossier.next_on), func.min(col(Dossier.next_at)))
        .where(*load.mine(work), col(Dossier.next_on) >= work.today)
        .where(col(Dossier.next_at).is_not(None))
        .group_by(col(Dossier.next_on))
    )
    return {day: at for day, at in work.ask(earliest)}  # noqa: C416  # rows are no pairs to mypy


def _is_open() -> ColumnElement[bool]:
    return col(Dossier.status) == Status.OPEN
