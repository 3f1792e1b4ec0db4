"""What every filing shares: reading the date, the echo of it, putting the dossier there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.contact import intervals, kinds
from tickler.core.contact.kinds import Kind, Status
from tickler.core.dates import parse
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import appointments, echo
from tickler.core.filing.appointments import TakenTime
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import INBOX, OVERDUE, NextContact, slot_of
from tickler.core.remark import Remark
from tickler.core.text import LONGEST_LINE, had_controls, one_line, quote
from tickler.core.views import DossierRow, Echo, Receipt
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, Unreadable
from tickler.models import Dossier, Entry
from tickler.services.clients import counts, read
from tickler.services.piles import load

NO_DATE = NextContact()


def line(text: str, field: str, warnings: list[Remark]) -> str:
    """A one-line field as it is stored; raises Unreadable where it is too long."""
    if had_controls(text):
        warnings.append(Remark("control-characters", f"{field}: control characters became spaces"))
    clean = one_line(text)
    if len(clean) > LONGEST_LINE:
        raise Unreadable(f"{field} has {len(clean)} characters; at most {LONGEST_LINE}")
    return clean


def read_date(work: Work, typed: str, present: NextContact = NO_DATE) -> NextContact:
    """What `typed` means today, under the rep's settings; raises Unreadable."""
    return parse.read(
        typed,
        work.today,
        work.calendar,
        order=work.settings.date_order,
        present=present,
        now=work.now,
    )


def read_next(work: Work, typed: str, present: NextContact) -> NextContact:
    """As `read_date`, for the next date in the line of a contact.

    Raises Unreadable, too, for what has passed today: that is when the contact was.
    """
    found = read_dated(work, typed, present)
    if parse.has_passed(found, work.now.replace(tzinfo=None)):
        raise Unreadable(f"{quote(typed)} has passed today: a next date is still to come")
    return found


def read_dated(work: Work, typed: str, present: NextContact) -> NextContact:
    """As `read_date`; raises Unreadable, too, for a time alone that may be of another day.

    That is where today's and that of the day on which the dossier is are as likely.
    """
    found = read_date(work, typed, present)
    if found.on is None or not parse.names_no_day(typed):
        return found
    if found.on != work.today:
        day = parse.shortly(NextContact(on=found.on), work.settings.date_words)
        dated = f"{found.on.day}.{found.on.month}. {typed}"
        raise Unreadable(
            f"{quote(typed)} may be of today or of {day}: type today {typed}, or {dated}"
        )
    if parse.has_passed(found, work.now.replace(tzinfo=None)):
        raise Unreadable(f"{quote(typed)} has passed today: give the day too")
    return found


def agreed_on(target: NextContact, typed: str, *, agreed: bool) -> NextContact:
    """The target, agreed if that was said by an option.

    Raises Unreadable where there is no date, or where what was typed says that it is open.
    """
    if not agreed or target.agreed:
        return target
    if target == NO_DATE:
        raise Unreadable("there is no date to agree on")
    if parse.is_open(typed):
        raise Unreadable(f"{quote(typed)} says not agreed, and agreed is given too: say one")
    return NextContact(target.on, target.month, target.at, target.half, agreed=True)


def echo_of(
    work: Work,
    target: NextContact,
    typed: str,
    row: DossierRow | None,
    others: int = 0,
    *,
    just_contacted: bool = False,
) -> Echo:
    """The echo of a target for the dossier, None for a new one; `others` go there with it.

    `just_contacted`: it is filed after a contact that is not written down yet.
    """
    slot = slot_of(target, work.today)
    words = work.settings.date_words
    remarks = parse.remarks(target, typed, work.today, work.calendar, words) if typed else ()
    if typed and parse.has_passed(target, work.now.replace(tzinfo=None)):
        remarks = (*remarks, Remark("gone", f"{parse.clock(target, words)} has passed today"))
    label = read.label_of(work, slot, target)
    passed = tuple(_passed(work, target, row, just_contacted=just_contacted))
    if target.on is None:
        there = _count_in(work, slot, row) + 1 + others if target.month else None
        text = echo.echo(target, slot, label, there, None, words=words)
        held = echo.held_text(target, slot, there, None)
        brief = echo.brief(target, slot, held, work.today, words)
        return Echo(target, slot, text, (*remarks, *passed), label, brief)
    measure = work.settings.capacity
    lying, able = load.near(work, target.on)
    is_there = (
        row is not None
        and row.status is Status.OPEN
        and not row.contacted
        and _is_of_pile(work, row, target.on)
    )
    works = work.calendar.is_working(target.on)
    more = 0 if is_there else measure.weight(row.kind if row else None)
    there = lying.get(target.on, 0) + others * measure.weight(None) + more
    capacity = able[target.on]
    full = echo.crowding(
        target.on,
        there,
        capacity,
        lambda day: able.get(day, 0) - lying.get(day, 0),
        words=words,
        measure=measure,
        works=works,
    )
    text = echo.echo(
        target, slot, label, there, capacity, words=words, measure=measure, works=works
    )
    held = echo.held_text(target, slot, there, capacity, measure=measure, works=works)
    brief = echo.brief(target, slot, held, work.today, words)
    crowded = (full,) if full and slot != OVERDUE else ()
    echoed = Echo(target, slot, text, (*remarks, *crowded), label, brief)
    timed = with_appointments(work, echoed, row, key=row.id if row else None)
    return replace(timed, remarks=(*timed.remarks, *passed))


def with_appointments(
    work: Work,
    echoed: Echo,
    row: DossierRow | None,
    *,
    key: int | None = None,
    slip: int | None = None,
) -> Echo:
    """The echo with the other appointments near its time, and what is free where one clashes.

    What is filed is the dossier `key`, or the `slip`; the client of the `row` is there then.
    """
    target = echoed.next
    if target.on is None or target.at is None:
        return echoed
    fixed = fixed_on(work, target.on, key=key, slip=slip)
    warned = echo.clashes(target, fixed)
    free: tuple[time, ...] = ()
    if warned:
        hours = row.hours if row and not row.time_zone else ""
        free = appointments.free_times(target.on, target.at, fixed, work.now, hours)
    near = appointments.nearby(target.at, fixed)
    return replace(echoed, remarks=(*echoed.remarks, *warned), nearby=near, free=free)


def _passed(
    work: Work, target: NextContact, row: DossierRow | None, *, just_contacted: bool
) -> Iterator[Remark]:
    """What the dossier is filed past: its open slips, and how long it may go without contact."""
    day = target.on or (target.month.first if target.month else None)
    if row is None or day is None:
        return
    for slip in row.slips:
        if slip.due_on < day:
            due = parse.shortly(slip.due, work.settings.date_words)
            was_or_is = "was" if slip.due_on < work.today else "is"
            yield Remark("past-slip", f"{slip.label} {was_or_is} due {due}")
    contacted = row.last_contact.astimezone().date() if row.last_contact else None
    since = work.today if just_contacted else contacted
    if text := intervals.too_long(row.limits, since, day, work.calendar):
        yield Remark("longest", text)


def _is_of_pile(work: Work, row: DossierRow, day: date) -> bool:
    """Whether the dossier's day is that of a day's pile: today's includes the overdue."""
    on = row.next.on
    return on is not None and (on <= day if day == work.today else on == day)


def _count_in(work: Work, slot: str, row: DossierRow | None) -> int:
    others = (col(Dossier.owner_id) == work.rep_id) & (col(Dossier.id) != (row.id if row else 0))
    counted = select(func.count()).select_from(Dossier).where(others)
    from tickler.services.piles import pile  # noqa: PLC0415  # a day is filed under without

    conditions = pile.conditions_of(work, slot)
    return sum(int(work.ask(counted.where(c)).scalar_one()) for c in conditions)


def clashes(
    work: Work, target: NextContact, *, key: int | None = None, slip: int | None = None
) -> tuple[Remark, ...]:
    """The other appointments at that hour; what is filed is the dossier `key`, or the `slip`."""
    if target.on is None or target.at is None:
        return ()
    return echo.clashes(target, fixed_on(work, target.on, key=key, slip=slip))


def fixed_on(
    work: Work, day: date, *, key: int | None = None, slip: int | None = None
) -> list[TakenTime]:
    """The appointments of a day, without that of the dossier `key`, or of the `slip`."""
    timed = read.rows(
        work,
        col(Dossier.next_on) == day,
        col(Dossier.next_at).is_not(None),
        col(Dossier.status) == Status.OPEN,
        col(Dossier.id) != (key or 0),
        whole=False,
    )
    second = (
        (due.slip.due_at, due.row.name)
        for due in read.due_slips(work, (day, day + ONE_DAY), whole=False)
        if due.slip.kind is SlipKind.APPOINTMENT and due.slip.id != slip
    )
    found = (*((row.next.at, row.name) for row in timed), *second)
    return [TakenTime(at, name) for at, name in found if at]


def get_dossier(work: Work, key: int) -> Dossier:
    """The rep's dossier as a table row; raises NotFound."""
    dossier = work.session.get(Dossier, key)
    if dossier is None or dossier.owner_id != work.rep_id:
        raise NotFound(f"there is no dossier #{key}")
    return dossier


def require_open(work: Work, row: DossierRow) -> Dossier:
    """The dossier as a table row; raises Refused where it is in the cabinet."""
    if row.status is not Status.OPEN:
        sentence = f"{row.name} is in the cabinet ({row.status})"
        raise Refused(sentence, hint=Hint.REOPEN, about=row.id)
    return get_dossier(work, row.id)


def refile(
    work: Work, dossier: Dossier, old: NextContact, new: NextContact, *, by_contact: bool
) -> None:
    """Put the dossier where `new` says, counting a slide where one is made."""
    dossier.slides += not by_contact and slides(work, dossier, old, new)
    put(dossier, new)


def slides(work: Work, dossier: Dossier, old: NextContact, new: NextContact) -> bool:
    """Whether moving the dossier from `old` to `new`, not after a contact, is a slide."""
    worked_on = counts.worked_on(work, dossier)
    worked = bool(old.on and worked_on and worked_on >= old.on)
    moved_on = bool(old.on and new != old and (not new.on or new.on > old.on))
    day_had_come = bool(old.on and old.on <= work.today and moved_on)
    return kinds.slides(day_had_come=day_had_come, worked_since=worked)


def put(dossier: Dossier, new: NextContact) -> None:
    """Put the dossier there; nothing was done on its new day yet."""
    for column, value in columns(new).items():
        setattr(dossier, column, value)


def columns(new: NextContact) -> Mapping[str, Any]:
    """What a dossier that was just put there has in its columns."""
    return {
        "next_on": new.on,
        "next_month": str(new.month) if new.month else None,
        "next_at": new.at,
        "next_half": new.half,
        "agreed": new.agreed,
        "worked_on": None,
        "put_off": None,
    }


def plan_kind(dossier: Dossier, kind: Kind | None, *, chosen: bool = False) -> None:
    """Plan the next contact as of this kind. None leaves it as it is, unless none was `chosen`.

    Raises Refused where there is no client to contact.
    """
    if dossier.is_note and (kind or chosen) and kind is not Kind.NOTE:
        raise Refused(f"{dossier.name} is a note of your own: there is nobody to contact")
    if kind or chosen:
        dossier.next_kind = kind


def note_filing(
    work: Work, dossier: Dossier, old: NextContact, new: NextContact | Status, why: str
) -> Entry:
    """Write a filing into the history: from where, to where, and why."""
    entry = Entry(
        dossier_id=dossier.id or 0,
        author_id=work.rep_id,
        at=work.now,
        kind=Kind.FILED,
        text=why,
        filed_from=place_name(old),
        filed_to=new.value if isinstance(new, Status) else place_name(new),
    )
    work.session.add(entry)
    return entry


def names(rows: Sequence[DossierRow]) -> str:
    """The dossiers of an action in a few words: the one's name, or how many."""
    return rows[0].name if len(rows) == 1 else f"{len(rows)} dossiers"


def place_name(place: NextContact) -> str:
    """A filing's end as the history keeps it: a day with time, a month, or the inbox."""
    if place.on:
        clock = f"T{place.at:%H:%M}" if place.at else f" {place.half}" if place.half else ""
        return f"{place.on.isoformat()}{clock}"
    return str(place.month) if place.month else INBOX


def receipt(
    work: Work,
    text: str,
    before: Sequence[DossierRow],
    warnings: Sequence[Remark],
    *,
    action: str,
    after: Sequence[DossierRow] | None = None,
) -> Receipt:
    """The receipt of an action, and its verb: the dossiers as they were, and as they are now."""
    work.action = action
    if after is None:
        after = read.by_ids(work, [row.id for row in before])
    return Receipt(action, work.change, text, tuple(before), tuple(after), tuple(warnings))
