"""Reading dossiers: as rows of a pile or list, and whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Table, exists, select, tuple_
from sqlmodel import SQLModel, col

from tickler.core import intervals
from tickler.core.contacts import Kind, Status
from tickler.core.own_fields import OwnFields
from tickler.core.slips import Term
from tickler.core.slots import (
    Layout,
    Month,
    NextContact,
    needs_day,
    numbered,
    overdue_days,
    slot_of,
)
from tickler.core.views import (
    AttachmentView,
    CardView,
    CorrectionView,
    DossierRow,
    DossierView,
    DueSlip,
    EntryView,
    LinkedView,
    MailView,
    PersonView,
    ReachView,
    SheetView,
    SlipView,
)
from tickler.desk import Work
from tickler.errors import NotFound
from tickler.models import Card, Dossier, Rep
from tickler.services import glancing, sharing

T = TypeVar("T")

Columns = Row[*tuple[Any, ...]]

_TABLES = SQLModel.metadata.tables
_DOSSIER, _ENTRY, _PERSON = _TABLES["dossier"], _TABLES["entry"], _TABLES["person"]
_CARD, _REP = _TABLES["card"], _TABLES["rep"]
_REACH, _TAG, _DRAFT = _TABLES["reach"], _TABLES["tag"], _TABLES["draft"]
_SLIP, _MAIL, _CORRECTION = _TABLES["slip"], _TABLES["mail"], _TABLES["correction"]
_ATTACHMENT, _CONTENT, _SHEET = _TABLES["attachment"], _TABLES["content"], _TABLES["sheet"]

#: SQLite takes no more parameters than this at once, with room to spare.
_BATCH = 500


def rows(
    work: Work, *conditions: ColumnElement[bool], whole: bool = True, most: int | None = None
) -> list[DossierRow]:
    """The rep's dossiers that meet the conditions; `whole` adds what hangs on them."""
    statement = (
        select(*_DOSSIER.c, _CARD.c.segment, _REP.c.name.label("owner"), _drafted(work))
        .add_columns(*([sharing.is_shared()] if whole else []))
        .join(_CARD, _CARD.c.id == _DOSSIER.c.card_id)
        .join(_REP, _REP.c.id == _DOSSIER.c.owner_id)
        .where(_DOSSIER.c.owner_id == work.rep_id, *conditions)
        .limit(most)
    )
    read = work.ask(statement).all()
    found = [_row(work, row) for row in read]
    if not whole:
        return found
    return _with_people(work, found, {row.id: row.card_id for row in read if row.is_shared})


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
        found |= {row.id: row for row in rows(work, _DOSSIER.c.id.in_(batch))}
    for key in ids:
        if key not in found:
            raise NotFound(f"there is no dossier #{key}")
    return tuple(found[key] for key in ids)


def by_id(work: Work, key: int) -> DossierRow:
    """The dossier of this id; raises NotFound."""
    return by_ids(work, [key])[0]


def whole(work: Work, key: int, *, most_entries: int | None = None) -> DossierView:
    """The dossier with its card and history; raises NotFound."""
    row = by_id(work, key)
    columns = [getattr(Card, name) for name in CardView.__slots__]
    of_dossier = col(Card.id) == _DOSSIER.c.card_id
    card = work.ask(select(*columns).join(_DOSSIER, of_dossier).where(_DOSSIER.c.id == key)).one()
    view = CardView(**card._mapping)
    view = replace(view, fields=own_fields(work).in_order(view.fields))
    told = entries(work, key, most=most_entries)
    return DossierView(
        row,
        view,
        told,
        attachments=attachments_of(work, key),
        sheets=sheets(work, key),
        glance=glancing.glance(work, key) if told else None,
    )


def own_fields(work: Work) -> OwnFields:
    """The fields that the rep has defined, as they read what is typed today."""
    settings = work.settings
    return OwnFields(settings.field, work.today, work.calendar, settings.date_order)


def entries(
    work: Work,
    key: int,
    *,
    kinds: Collection[Kind] | None = None,
    most: int | None = None,
    before: EntryView | None = None,
) -> tuple[EntryView, ...]:
    """A dossier's history, newest first: of these kinds, and from the line `before` on back."""
    statement = (
        select(*_ENTRY.c, col(Rep.name).label("author"), _corrected())
        .join(Rep, col(Rep.id) == _ENTRY.c.author_id)
        .where(_ENTRY.c.dossier_id == key)
        .order_by(_ENTRY.c.at.desc(), _ENTRY.c.id.desc())
        .limit(most)
    )
    if kinds is not None:
        statement = statement.where(_ENTRY.c.kind.in_(kinds))
    if before is not None:
        older = tuple_(_ENTRY.c.at, _ENTRY.c.id) < tuple_(before.at, before.id)
        statement = statement.where(older)
    found = work.ask(statement).all()
    corrections = _corrections(work, [row.id for row in found if row.corrected])
    mails = _mails_of(work, key) if any(row.kind is Kind.EMAIL for row in found) else {}
    return tuple(
        EntryView(
            id=row.id,
            at=row.at,
            kind=row.kind,
            outcome=row.outcome,
            minutes=row.minutes,
            text=row.text,
            author=row.author,
            filed_from=row.filed_from,
            filed_to=row.filed_to,
            mail=mails.get(row.id),
            corrections=tuple(corrections.get(row.id, ())),
        )
        for row in found
    )


def _mails_of(work: Work, key: int) -> dict[int, MailView]:
    """The mails of a dossier, by the entry that each is."""
    mails = work.ask(select(*_MAIL.c).where(_MAIL.c.dossier_id == key))
    return {m.entry_id: MailView(m.direction, m.subject, m.sender, m.recipients) for m in mails}


def attachments_of(work: Work, key: int) -> tuple[AttachmentView, ...]:
    """The files on a dossier, newest first; what is in them is not read."""
    table = _ATTACHMENT
    statement = (
        select(table.c.id, table.c.name, _CONTENT.c.size, table.c.media_type, table.c.at)
        .add_columns(col(Rep.name).label("author"), table.c.entry_id)
        .join(_CONTENT, _CONTENT.c.id == table.c.content_id)
        .join(Rep, col(Rep.id) == table.c.author_id)
        .where(table.c.dossier_id == key)
        .order_by(table.c.at.desc(), table.c.id.desc())
    )
    return tuple(AttachmentView(*row) for row in work.ask(statement))


def sheets(work: Work, key: int) -> tuple[SheetView, ...]:
    """A dossier's filled forms, newest first."""
    return tuple(sheet for _, sheet in sheets_where(work, _SHEET.c.dossier_id == key))


def sheets_where(work: Work, *conditions: ColumnElement[bool]) -> list[tuple[Columns, SheetView]]:
    """The sheets that meet the conditions, newest first, each beside its dossier's id and name."""
    statement = (
        select(*_SHEET.c, _DOSSIER.c.name, col(Rep.name).label("author"))
        .join(_DOSSIER, _DOSSIER.c.id == _SHEET.c.dossier_id)
        .join(Rep, col(Rep.id) == _SHEET.c.author_id)
        .where(*conditions)
        .order_by(_SHEET.c.at.desc(), _SHEET.c.id.desc())
    )
    return [(row, _sheet(row)) for row in work.ask(statement)]


def slips_of(work: Work, keys: Sequence[int], *, ticked: bool = False) -> list[SlipView]:
    """The open slips of these few dossiers, or those `ticked`, by the day they are due."""
    here = _SLIP.c.dossier_id.in_(keys)
    is_ticked = _SLIP.c.ticked_on.is_not(None) if ticked else _SLIP.c.ticked_on.is_(None)
    found = work.ask(select(*_SLIP.c).where(here, is_ticked))
    # Sorted here: SQLite would walk all open slips for having them in order.
    return sorted((_slip(work, row) for row in found), key=_by_day)


def due_slips(
    work: Work, bounds: tuple[date, date] = (date.min, date.max), *, whole: bool = True
) -> list[DueSlip]:
    """The slips not ticked of open dossiers that are due within the half-open `bounds`, by day."""
    first, after = bounds
    statement = (
        select(*_SLIP.c)
        .join(_DOSSIER, _DOSSIER.c.id == _SLIP.c.dossier_id)
        .where(_SLIP.c.ticked_on.is_(None), _SLIP.c.due_on >= first, _SLIP.c.due_on < after)
        .where(_DOSSIER.c.owner_id == work.rep_id, _DOSSIER.c.status == Status.OPEN)
    )
    found = sorted((_slip(work, row) for row in work.ask(statement)), key=_by_day)
    keys = dict.fromkeys(slip.dossier_id for slip in found)
    holders = {
        row.id: row
        for batch in batches(keys)
        for row in rows(work, _DOSSIER.c.id.in_(batch), whole=whole)
    }
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
    """What the rep's layout writes on the insert where this next contact lies."""
    if work.settings.layout is Layout.DATES and ":" in slot:
        end = Month.of(work.today).plus(work.settings.months_ahead + 1).first
        day = when.on or (work.today if slot.startswith("day:") else None)
        if day:
            return day.isoformat() if day < end else Month.of(day).label
    return _labels(work.today)[slot]


@lru_cache(maxsize=4)
def _labels(today: date) -> dict[str, str]:
    return {insert.slot: insert.label for insert in numbered(today)}


def batches(ids: Iterable[T]) -> Iterator[list[T]]:
    """Ids or keys in portions that one statement can name."""
    rest = list(ids)
    return (rest[n : n + _BATCH] for n in range(0, len(rest), _BATCH))


def _drafted(work: Work) -> ColumnElement[bool]:
    """Whether the rep has something half typed about the dossier."""
    here = (_DRAFT.c.dossier_id == _DOSSIER.c.id) & (_DRAFT.c.rep_id == work.rep_id)
    return exists().where(here).label("draft")


def _corrected() -> ColumnElement[bool]:
    """Whether the line has said something else before."""
    return exists().where(_CORRECTION.c.entry_id == _ENTRY.c.id).label("corrected")


def _corrections(work: Work, ids: Sequence[int]) -> dict[int, list[CorrectionView]]:
    """What these lines said before, newest first."""
    found: dict[int, list[CorrectionView]] = {}
    for batch in batches(ids):
        statement = (
            select(*_CORRECTION.c, col(Rep.name).label("author"))
            .join(Rep, col(Rep.id) == _CORRECTION.c.author_id)
            .where(_CORRECTION.c.entry_id.in_(batch))
            .order_by(_CORRECTION.c.id.desc())
        )
        for row in work.ask(statement):
            view = CorrectionView(row.at, row.author, row.was)
            found.setdefault(row.entry_id, []).append(view)
    return found


def _is_due(when: NextContact, today: date) -> bool:
    return when.on is not None and when.on <= today


def _is_todays(work: Work, at: datetime | None) -> bool:
    return at is not None and at.astimezone().date() == work.now.astimezone().date()


def _row(work: Work, row: Columns) -> DossierRow:
    when = next_of(row)
    closed = row.status is not Status.OPEN
    slot = slot_of(when, work.today, closed=closed)
    late = 0 if closed else overdue_days(when, work.today)
    due = when.on or (when.month.last if when.month else None)
    contacted = row.last_contact.astimezone().date() if row.last_contact else None
    limits = limits_of(work, row)
    neglect = intervals.due(limits, contacted, work.today, work.calendar)
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
        overdue_workdays=work.calendar.between(due, work.today) if late and due else 0,
        attempts=row.attempts,
        slides=row.slides,
        contacted=not closed and _is_due(when, work.today) and row.worked_on == work.today,
        put_off=row.put_off if _is_todays(work, row.put_off) else None,
        draft=row.draft,
        every=row.every,
        segment=row.segment,
        owner=row.owner,
        last_contact=row.last_contact,
        ideal=row.ideal,
        longest=row.longest,
        limits=limits,
        contact_due=None if closed else neglect,
        since_contact=(work.today - contacted).days if contacted else None,
    )


def limits_of(work: Work, row: Columns) -> intervals.Limits:
    """How long the client may go without contact: by its own intervals, or by its segment."""
    by_segment = work.settings.intervals
    return intervals.limits_of(row.ideal, row.longest, row.segment, by_segment)


def _with_people(work: Work, found: list[DossierRow], cards: Mapping[int, int]) -> list[DossierRow]:
    """The rows with what hangs on them; `cards` are those of the rows that share theirs."""
    tags: dict[int, list[str]] = {}
    own: dict[int, list[ReachView]] = {}
    people: dict[int, list[PersonView]] = {}
    slips: dict[int, list[SlipView]] = {}
    beside = sharing.holders(work, set(cards.values())) if cards else {}
    linked = {
        key: [LinkedView(*each) for each in beside[card] if each[0] != key]
        for key, card in cards.items()
    }
    for batch in batches(row.id for row in found):
        for tag in work.ask(_of(_TAG, batch)):
            tags.setdefault(tag.dossier_id, []).append(tag.name)
        theirs: dict[int, list[ReachView]] = {}
        shown_on: dict[int, list[int]] = {}
        for key in batch:
            for source in (key, *(each.id for each in linked.get(key, ()))):
                shown_on.setdefault(source, []).append(key)
        for reach in work.ask(_of(_REACH, [*shown_on])):
            view = ReachView(reach.kind.value, reach.value, reach.label)
            if reach.person_id is not None:
                theirs.setdefault(reach.person_id, []).append(view)
                continue
            for key in shown_on[reach.dossier_id]:
                own.setdefault(key, []).append(view)
        for person in work.ask(_of(_PERSON, batch)):
            reached = tuple(theirs.get(person.id, ()))
            people.setdefault(person.dossier_id, []).append(_person(person, reached))
        for slip in slips_of(work, batch):
            slips.setdefault(slip.dossier_id, []).append(slip)
    return [
        replace(
            row,
            tags=tuple(tags.get(row.id, ())),
            reaches=tuple(own.get(row.id, ())),
            people=tuple(people.get(row.id, ())),
            slips=tuple(slips.get(row.id, ())),
            linked=tuple(linked.get(row.id, ())),
        )
        for row in found
    ]


def _slip(work: Work, row: Columns) -> SlipView:
    term = Term(row.due_on, row.ticked_on, row.told_on, row.was_due_on)
    late = term.overdue_days(work.today)
    return SlipView(
        id=row.id,
        dossier_id=row.dossier_id,
        kind=row.kind,
        text=row.text,
        due_on=row.due_on,
        due_at=row.due_at,
        state=term.state(work.today),
        overdue_days=late,
        overdue_workdays=work.calendar.between(row.due_on, work.today) if late else 0,
        made_at=row.made_at,
        ticked_on=row.ticked_on,
        told_on=row.told_on,
    )


def _sheet(row: Columns) -> SheetView:
    return SheetView(
        row.id,
        row.form,
        row.version,
        row.title,
        row.at,
        row.author,
        tuple(row.asked),
        row.answers,
    )


def _by_day(slip: SlipView) -> tuple[date, time, int]:
    return slip.due_on, slip.due_at or time.max, slip.id


def _of(table: Table, ids: list[int]) -> Select[*tuple[Any, ...]]:
    return select(*table.c).where(table.c.dossier_id.in_(ids)).order_by(table.c.id)


def _person(row: Columns, reaches: tuple[ReachView, ...]) -> PersonView:
    return PersonView(row.id, row.name, row.position, row.decides, row.notes, reaches)
