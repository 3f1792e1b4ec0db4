"""Reading dossiers: as rows of a pile or list, and whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Row, Select, Table, bindparam, exists, select
from sqlmodel import SQLModel, col

from tickler.core.contact import intervals
from tickler.core.contact.kinds import Status
from tickler.core.filing.slips import SlipKind, Term
from tickler.core.filing.slots import (
    Layout,
    Month,
    NextContact,
    days_late,
    needs_day,
    numbered,
    overdue_days,
    slot_of,
)
from tickler.core.views import (
    CardView,
    DossierRow,
    DossierView,
    DueSlip,
    LinkedView,
    PersonView,
    ReachView,
    SlipView,
)
from tickler.desk import Work
from tickler.errors import NotFound
from tickler.models import Dossier, Slip
from tickler.services.clients import lent, shared_card

if TYPE_CHECKING:
    from tickler.core.client.custom_fields import OwnFields

T = TypeVar("T")

Columns = Row[*tuple[Any, ...]]

_TABLES = SQLModel.metadata.tables
_DOSSIER, _ENTRY, _PERSON = _TABLES["dossier"], _TABLES["entry"], _TABLES["person"]
_CARD, _REP = _TABLES["card"], _TABLES["rep"]
_REACH, _TAG, _DRAFT = _TABLES["reach"], _TABLES["tag"], _TABLES["draft"]
_SLIP = _TABLES["slip"]

# Statements that are asked all day are made once: making one takes longer than asking it.

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)


def _of(table: Table) -> Select[*tuple[Any, ...]]:
    return select(*table.c).where(table.c.dossier_id.in_(_KEYS)).order_by(table.c.id)


_TAGS, _REACHES, _PEOPLE = map(_of, (_TAG, _REACH, _PERSON))
# Slips are put in order later: SQLite would walk all open ones for having them in order.
_SLIPS = _of(_SLIP).order_by(None)
_UNTICKED = _SLIPS.where(_SLIP.c.ticked_on.is_(None))
_TICKED = _SLIPS.where(_SLIP.c.ticked_on.is_not(None))
_HALF_TYPED = (_DRAFT.c.dossier_id == _DOSSIER.c.id) & (_DRAFT.c.rep_id == bindparam("rep"))
_OWN: Select[*tuple[Any, ...]] = (
    select(
        *_DOSSIER.c, _CARD.c.segment, _CARD.c.time_zone, _CARD.c.hours,
        _REP.c.name.label("owner"),
        exists().where(_HALF_TYPED).label("draft"),
    )
    .join(_CARD, _CARD.c.id == _DOSSIER.c.card_id)
    .join(_REP, _REP.c.id == _DOSSIER.c.owner_id)
    .where(_DOSSIER.c.owner_id == bindparam("rep"))
)  # fmt: skip
#: With what else is read of those that are shown whole.
_WHOLE = _OWN.add_columns(shared_card.is_shared())
_OWN_NAMED = _WHOLE.where(_DOSSIER.c.id.in_(_KEYS))
_CARD_OF: Select[*tuple[Any, ...]] = (
    select(*(_CARD.c[name] for name in CardView.NAMES))
    .join(_DOSSIER, _CARD.c.id == _DOSSIER.c.card_id)
    .where(_DOSSIER.c.id == bindparam("key"))
)
#: What a row read whole has besides its own columns.
_DETAILS = ("tags", "reaches", "people", "slips", "linked")
#: SQLite takes no more parameters than this at once, with room to spare.
_BATCH = 500


def rows(
    work: Work, *conditions: ColumnElement[bool], whole: bool = True, most: int | None = None
) -> list[DossierRow]:
    """The rep's dossiers that meet the conditions; `whole` adds what is attached to them."""
    statement = (_WHOLE if whole else _OWN).where(*conditions).limit(most)
    read = work.ask(statement, rep=work.rep_id).all()
    return _with_all(work, read) if whole else [_row(work, row) for row in read]


def rows_of_any(work: Work, conditions: Iterable[ColumnElement[bool]]) -> list[DossierRow]:
    """The rep's dossiers that meet any of the conditions, each asked by itself, with all of them.

    Asked together they would make SQLite walk through every dossier.
    """
    read = [
        row
        for condition in conditions
        for row in work.ask(_WHOLE.where(condition), rep=work.rep_id)
    ]
    return _with_all(work, read)


def with_tags(
    work: Work, found: list[DossierRow], *conditions: ColumnElement[bool]
) -> list[DossierRow]:
    """Rows found by these conditions, with their tags alone: what a long pile can show."""
    tags: dict[int, list[str]] = {}
    of_dossier = _TAG.c.dossier_id == _DOSSIER.c.id
    named = select(_TAG.c.dossier_id, _TAG.c.name).join(_DOSSIER, of_dossier)
    for key, name in work.ask(named.where(*conditions).order_by(_TAG.c.id)):
        tags.setdefault(key, []).append(name)
    return [replace(row, tags=tuple(tags[row.id])) if row.id in tags else row for row in found]


def by_ids(work: Work, ids: Sequence[int]) -> tuple[DossierRow, ...]:
    """The dossiers of these ids, in this order; raises NotFound where one is missing."""
    found: dict[int, DossierRow] = {}
    for batch in batches(ids):
        named = work.ask(_OWN_NAMED, rep=work.rep_id, keys=batch).all()
        found |= {row.id: row for row in _with_all(work, named)}
    for key in ids:
        if key not in found:
            raise NotFound(f"there is no dossier #{key}")
    return tuple(found[key] for key in ids)


def by_id(work: Work, key: int) -> DossierRow:
    """The dossier of this id; raises NotFound."""
    return by_ids(work, [key])[0]


def again(work: Work, known: Sequence[DossierRow]) -> tuple[DossierRow, ...]:
    """The dossiers as they are now, where nothing that is attached to them has changed."""
    now = _by_key(work, (row.id for row in known), whole=False)
    return tuple(
        replace(now[row.id], **{name: getattr(row, name) for name in _DETAILS}) for row in known
    )


def _by_key(work: Work, ids: Iterable[int], *, whole: bool) -> dict[int, DossierRow]:
    return {
        row.id: row
        for batch in batches(ids)
        for row in rows(work, _DOSSIER.c.id.in_(batch), whole=whole)
    }


def whole(work: Work, key: int, *, most_entries: int | None = None) -> DossierView:
    """The dossier with its card and history; raises NotFound."""
    from tickler.services.clients import attached, drafts, summary  # noqa: PLC0415  # rows do without

    row = by_id(work, key)
    view = CardView(**work.ask(_CARD_OF, key=key).one()._mapping)
    view = replace(view, fields=own_fields(work).in_order(view.fields))
    history = attached.entries(work, key, most=most_entries)
    return DossierView(
        row,
        view,
        history,
        attachments=attached.attachments(work, key),
        sheets=attached.sheets(work, key),
        glance=summary.glance(work, key) if history else None,
        drafts=drafts.all_of(work, key) if row.draft else {},
    )


def own_fields(work: Work) -> OwnFields:
    """The fields that the rep has defined, as they read what is typed today."""
    from tickler.core.client.custom_fields import OwnFields  # noqa: PLC0415  # as above

    settings = work.settings
    return OwnFields(settings.field, work.today, work.calendar, settings.date_order)


def slips_of(work: Work, keys: Sequence[int], *, ticked: bool = False) -> list[SlipView]:
    """The open slips of these few dossiers, or those `ticked`, by the day they are due."""
    found = work.ask(_TICKED if ticked else _UNTICKED, keys=keys)
    return sorted((slip_view(work, row, work.today) for row in found), key=_by_day)


def due_slips(
    work: Work,
    bounds: tuple[date, date] = (date.min, date.max),
    *,
    whole: bool = True,
    complaints: bool = False,
) -> list[DueSlip]:
    """The slips not ticked that are due within the half-open `bounds`, by day.

    Those of closed dossiers, too: who has bought is owed all the more. With all `complaints`
    where those that are due later wait for their answer as well.
    """
    first, after = bounds
    within = (_SLIP.c.due_on >= first) & (_SLIP.c.due_on < after)
    asked = within | (_SLIP.c.kind == SlipKind.COMPLAINT) if complaints else within
    return _with_holders(work, (_SLIP.c.ticked_on.is_(None), asked), whole=whole)


def _with_holders(
    work: Work, conditions: Sequence[ColumnElement[bool]], *, whole: bool
) -> list[DueSlip]:
    """The rep's slips that meet the conditions, each with its dossier, by day."""
    statement = (
        select(*_SLIP.c)
        .join(_DOSSIER, _DOSSIER.c.id == _SLIP.c.dossier_id)
        .where(_DOSSIER.c.owner_id == work.rep_id, *conditions)
    )
    found = sorted((slip_view(work, row, work.today) for row in work.ask(statement)), key=_by_day)
    keys = dict.fromkeys(slip.dossier_id for slip in found)
    holders = _by_key(work, keys, whole=whole)
    return [DueSlip(slip, holders[slip.dossier_id]) for slip in found]


def next_of(row: Columns | Dossier) -> NextContact:
    """The next contact that the columns hold."""
    return NextContact(
        on=row.next_on,
        month=Month.parse(row.next_month) if row.next_month else None,
        at=row.next_at,
        half=row.next_half,
        agreed=bool(row.agreed),
    )


def label_of(work: Work, slot: str, when: NextContact) -> str:
    """What the rep's layout writes on the insert where this next contact is."""
    if work.settings.layout is Layout.DATES and ":" in slot:
        end = Month.of(work.today).plus(work.settings.months_ahead + 1).first
        day = when.on or (work.today if slot.startswith("day:") else None)
        if day:
            return day.isoformat() if day < end else Month.of(day).label
    return _labels(work.today)[slot]


@lru_cache(maxsize=4)
def _labels(today: date) -> dict[str, str]:
    return {insert.slot: insert.label for insert in numbered(today)}


def is_of_pile(work: Work, day: date) -> ColumnElement[bool]:
    """Whether a dossier's day is that of a day's pile: today's includes the overdue."""
    on = col(Dossier.next_on)
    return on <= day if day == work.today else on == day


def batches(ids: Iterable[T]) -> Iterator[list[T]]:
    """Ids or keys in portions that one statement can name."""
    rest = list(ids)
    return (rest[n : n + _BATCH] for n in range(0, len(rest), _BATCH))


def _row(work: Work, row: Columns) -> DossierRow:
    when = next_of(row)
    closed = row.status is not Status.OPEN
    slot = slot_of(when, work.today, closed=closed)
    late = 0 if closed else overdue_days(when, work.today)
    is_due = not closed and when.on is not None and when.on <= work.today
    was_put_off = row.put_off is not None and row.put_off.astimezone().date() == work.today
    attempts, last_contact = counted(work, row)
    limits, neglect, gone = waited(work, row, last_contact)
    return DossierRow(
        id=row.id,
        name=row.name,
        slot=slot,
        insert=label_of(work, slot, when),
        next=when,
        kind=row.next_kind,
        what=row.next_what,
        status=row.status,
        needs_day=not closed and needs_day(when, work.today),
        overdue_days=late,
        days_late=days_late(when, work.today, work.calendar) if late else 0,
        attempts=attempts,
        slides=row.slides,
        contacted=is_due and row.worked_on == work.today,
        put_off=row.put_off if was_put_off else None,
        draft=row.draft,
        every=row.every,
        segment=row.segment,
        owner=row.owner,
        last_contact=last_contact,
        ideal=row.ideal,
        longest=row.longest,
        limits=limits,
        contact_due=None if closed or row.is_note else neglect,
        since_contact=gone,
        time_zone=row.time_zone,
        hours=row.hours,
        lent=lent.words(work).get(row.id, ""),
        standing_in_for=work.standing_in_for,
        unreadable=work.unreadable.get(row.id, ""),
    )


def counted(work: Work, row: Columns) -> tuple[int, datetime | None]:
    """The attempts since the last contact, and when that was; not after a clock that ran ahead."""
    if row.last_contact and row.last_contact > work.now:
        from tickler.services.clients import counts  # noqa: PLC0415  # only after a wrong clock

        now = counts.counted(work, row.id)
        return now.attempts, now.last_contact
    return row.attempts, row.last_contact


def waited(
    work: Work, row: Columns, last_contact: datetime | None
) -> tuple[intervals.Limits, intervals.ContactDue | None, int | None]:
    """How long the client may go without contact, which of that is over, and the days it has."""
    limits = limits_of(work, row)
    since = last_contact.astimezone().date() if last_contact else row.added_on
    neglect = intervals.due(limits, since, work.today, work.calendar)
    return limits, neglect, (work.today - since).days if since else None


def limits_of(work: Work, row: Columns) -> intervals.Limits:
    """How long the client may go without contact: by its own intervals, or by its segment."""
    by_segment = work.settings.intervals
    return intervals.limits_of(row.ideal, row.longest, row.segment, by_segment)


def _with_all(work: Work, read: Sequence[Columns]) -> list[DossierRow]:
    found = [_row(work, row) for row in read]
    cards = {row.id: row.card_id for row in read if row.is_shared}
    details: defaultdict[int, dict[str, list[Any]]] = defaultdict(
        lambda: {name: [] for name in _DETAILS}
    )
    sharing = shared_card.holders(work, set(cards.values())) if cards else {}
    for key, card in cards.items():
        details[key]["linked"] = [LinkedView(*each) for each in sharing[card] if each[0] != key]
    for batch in batches(row.id for row in found):
        for tag in work.ask(_TAGS, keys=batch):
            details[tag.dossier_id]["tags"].append(tag.name)
        theirs: dict[int, list[ReachView]] = {}
        shown_on: dict[int, list[int]] = {}
        for key in batch:
            for source in (key, *(each.id for each in details[key]["linked"])):
                shown_on.setdefault(source, []).append(key)
        for reach in work.ask(_REACHES, keys=[*shown_on]):
            view = ReachView(reach.kind.value, reach.value, reach.label, reach.dead_on)
            if reach.person_id is not None:
                theirs.setdefault(reach.person_id, []).append(view)
                continue
            for key in shown_on[reach.dossier_id]:
                details[key]["reaches"].append(view)
        for person in work.ask(_PEOPLE, keys=batch):
            reached = tuple(theirs.get(person.id, ()))
            columns = (person.id, person.name, person.position, person.decides, person.notes)
            details[person.dossier_id]["people"].append(PersonView(*columns, reached))
        for slip in slips_of(work, batch):
            details[slip.dossier_id]["slips"].append(slip)
    complete = []
    for row in found:
        named: dict[str, Any] = {name: tuple(all_) for name, all_ in details[row.id].items()}
        complete.append(replace(row, **named))
    return complete


def term_of(row: Columns | Slip | SimpleNamespace) -> Term:
    """The days of a slip, by which it is judged."""
    ends = (row.due_on, row.ticked_on, row.told_on, row.was_due_on, row.dropped_on)
    return Term(*ends, first_due_on=row.first_due_on)


def slip_view(work: Work, row: Columns | SimpleNamespace, today: date) -> SlipView:
    """A slip as it is shown on a day."""
    term = term_of(row)
    late = term.overdue_days(today)
    return SlipView(
        id=row.id,
        dossier_id=row.dossier_id,
        kind=row.kind,
        text=row.text,
        due_on=row.due_on,
        due_at=row.due_at,
        state=term.state(today),
        overdue_days=late,
        days_late=days_late(NextContact(on=row.due_on), today, work.calendar) if late else 0,
        made_at=row.made_at,
        ticked_on=row.ticked_on,
        told_on=row.told_on,
    )


def _by_day(slip: SlipView) -> tuple[date, time, int]:
    return slip.due_on, slip.due_at or time.max, slip.id
