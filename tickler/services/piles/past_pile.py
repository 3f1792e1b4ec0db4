"""Piles of the past: what was on a day's pile in its morning, by the filings since."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.contact.kinds import Direction, Kind, Status, day_of
from tickler.core.dates.parse import spoken
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import pile
from tickler.core.filing.past_pile import PastPile, PastStep, Stood, became
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import Half, NextContact
from tickler.core.views import DossierRow, DueSlip, SlipView
from tickler.desk import Work
from tickler.models import Dossier, Entry, Mail, Rep
from tickler.services.clients import read
from tickler.services.piles import load, merged
from tickler.services.piles.merged import MergedSince
from tickler.store import journal_past

#: Nothing was filed before, and further back the clock knows no zones.
EARLIEST = date(1900, 1, 1)

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]
_SLIP, _DOSSIER = SQLModel.metadata.tables["slip"], SQLModel.metadata.tables["dossier"]

_REP: BindParameter[Any] = bindparam("rep")
_BEGUN: BindParameter[Any] = bindparam("begun")

#: The days of a slip that change when the client is told of another.
_DAYS = {"due_on", "told_on", "was_due_on"}


def stood(
    work: Work, first: date, after: date, united: MergedSince | None = None
) -> Mapping[date, frozenset[int]]:
    """The dossiers that were due or overdue in the morning of each day, up to today.

    The days are half-open. A dossier was where the first filing after that morning took it from,
    or else where it is now. What was made later was not there yet, unless an earlier filing says
    that it was: one imported from elsewhere. What was merged since is there by its old number;
    `united` spares reading that again.
    """
    last = min(after - ONE_DAY, work.today)
    if last < first:
        return {}
    due = work.ask(_due(), rep=work.rep_id, last=last)
    places: dict[int, date | None] = {key: on for key, on in due}  # noqa: C416
    united = united or merged.since(work, morning(first))
    filings = [*_filings_since(work, first, united)]
    filings += [(each.at, key, each.on) for key, each in united.dossiers.items()]
    filings.sort(key=lambda filed: filed[0])
    made = _made_since(work, first, {*places, *(key for _, key, _ in filings)})
    found: dict[date, frozenset[int]] = {}
    day = last
    while day >= first:
        begun = morning(day)
        while filings and filings[-1][0] >= begun:
            _, key, came_from = filings.pop()
            places[key] = came_from
        found[day] = frozenset(
            key
            for key, on in places.items()
            if on is not None and on <= day and made.get(key, begun) <= begun
        )
        day -= ONE_DAY
    return dict(sorted(found.items()))


@cache
def _due() -> Select[*tuple[Any, ...]]:
    return select(col(Dossier.id), col(Dossier.next_on)).where(
        col(Dossier.owner_id) == _REP,
        col(Dossier.status) == Status.OPEN,
        col(Dossier.next_on) <= bindparam("last"),
    )


def pile_of(work: Work, day: date) -> PastPile:
    """The pile of a past day as it was in its morning, with what was done with each on that day."""
    title = spoken(NextContact(on=day), work.settings.date_words)
    if day < EARLIEST:
        return PastPile(day, title, (), {})
    begun = morning(day)
    united = merged.since(work, begun)
    keys = sorted(stood(work, day, day + ONE_DAY, united)[day])
    open_then = _slips_then(work, day, united)
    holders = {slip.dossier_id for slip in open_then}
    known = _as_then(work, sorted({*keys, *holders}), united, begun)
    then = {key: known[key] for key in keys}
    lay = _places(work, day, then, united)
    deeds = _deeds(work, day, keys, united)
    found = {key: Stood(row, lay[key], *became(deeds.get(key, ()))) for key, row in then.items()}
    rows = [pile.as_of(row, day, work.calendar, lay[key]) for key, row in then.items()]
    slips = [DueSlip(slip, known[slip.dossier_id]) for slip in open_then]
    return PastPile(day, title, pile.arrange(rows, day, slips), found)


def _slips_then(work: Work, day: date, united: MergedSince) -> list[SlipView]:
    """The slips that were due by then and not ticked in the morning, with their days of then."""
    begun = morning(day)
    changed = journal_past.were(work.connection, "slip", begun)
    mine = (
        select(*_SLIP.c)
        .join(_DOSSIER, _DOSSIER.c.id == _SLIP.c.dossier_id)
        .where(_DOSSIER.c.owner_id == work.rep_id, _SLIP.c.made_at <= begun)
        .where(or_(_SLIP.c.ticked_on.is_(None), _SLIP.c.ticked_on >= day))
    )
    found = []
    for row in work.ask(mine):
        was = changed.get(row.id, {})
        days = {name: was[name] and date.fromisoformat(was[name]) for name in _DAYS & was.keys()}
        if "due_at" in was:
            days["due_at"] = was["due_at"] and time.fromisoformat(was["due_at"])
        holder = was.get("dossier_id", row.dossier_id)
        if holder not in united.dossiers:
            holder = row.dossier_id
        then = SimpleNamespace(**{**row._mapping, **days, "dossier_id": holder})
        # What was done with it on that day is told of it, and what came later is not.
        if then.ticked_on and then.ticked_on > day:
            then.ticked_on = then.dropped_on = None
        if then.due_on <= day or then.kind is SlipKind.COMPLAINT:
            found.append(read.slip_view(work, then, day))
    return found


def _as_then(
    work: Work, keys: Sequence[int], united: MergedSince, begun: datetime
) -> Mapping[int, DossierRow]:
    """The dossiers as they were: their names, kinds and what there was to do."""
    gone = [key for key in keys if key in united.dossiers]
    living = {key: key for key in keys if key not in united.dossiers}
    living |= {key: united.dossiers[key].into for key in gone}
    now = {row.id: row for row in read.by_ids(work, sorted({*living.values()}))}
    changed = journal_past.were(work.connection, "dossier", begun)
    found = {}
    for key, into in living.items():
        was = dict(united.dossiers[key].was) if key in united.dossiers else {}
        row = replace(now[into], id=key, **_read(was))
        if was:
            row = replace(row, next=replace(NextContact(), agreed=bool(was["agreed"])))
        found[key] = replace(row, **_read(changed.get(key, {})))
        if "agreed" in changed.get(key, {}):
            agreed = bool(changed[key]["agreed"])
            found[key] = replace(found[key], next=replace(found[key].next, agreed=agreed))
    return found


def _read(was: Mapping[str, Any]) -> dict[str, Any]:
    """What a row shows of the columns of its dossier, as SQLite has them."""
    shown = {"next_what": "what", "name": "name", "slides": "slides", "attempts": "attempts"}
    found = {ours: was[column] for column, ours in shown.items() if column in was}
    if "next_kind" in was:
        found["kind"] = Kind(was["next_kind"]) if was["next_kind"] else None
    if "status" in was:
        found["status"] = Status(was["status"])
    return found


def _places(
    work: Work, day: date, then: Mapping[int, DossierRow], united: MergedSince
) -> Mapping[int, NextContact]:
    """Where each was in that morning: where its first filing since took it from, or is now."""
    first: dict[int, NextContact] = {}
    keys = {united.dossiers[key].into if key in united.dossiers else key for key in then}
    for batch in read.batches(sorted(keys)):
        filed = (
            select(col(Entry.id), col(Entry.dossier_id), col(Entry.filed_from))
            .where(col(Entry.dossier_id).in_(batch), col(Entry.at) >= morning(day))
            .where(col(Entry.filed_to).is_not(None))
            .order_by(col(Entry.at), col(Entry.id))
        )
        for line, key, place in work.ask(filed):
            first.setdefault(united.whose(line, key), _place(place or ""))
    for key, gone in united.dossiers.items():
        first.setdefault(key, _place_of(gone.was))
    return {
        key: replace(first.get(key, row.next), agreed=row.next.agreed) for key, row in then.items()
    }


def _deeds(
    work: Work, day: date, keys: Sequence[int], united: MergedSince
) -> Mapping[int, list[PastStep]]:
    """What was done with each on that day; a mail that came in is nobody's deed."""
    found: dict[int, list[PastStep]] = {}
    now = {united.dossiers[key].into if key in united.dossiers else key for key in keys}
    not_own = or_(col(Mail.direction) != Direction.OUT, col(Mail.of_colleague))
    came_in = (col(Mail.entry_id) == col(Entry.id)) & not_own
    for batch in read.batches(sorted(now)):
        written = (
            select(
                *(col(c) for c in (Entry.id, Entry.dossier_id, Entry.kind, Entry.outcome)),
                col(Entry.filed_to),
            )
            .where(col(Entry.dossier_id).in_(batch), ~exists().where(came_in), load.is_own_deed())
            .where(col(Entry.at) >= morning(day), col(Entry.at) < morning(day + ONE_DAY))
            .order_by(col(Entry.at), col(Entry.id))
        )
        for line, key, kind, outcome, to in work.ask(written):
            found.setdefault(united.whose(line, key), []).append(PastStep(kind, outcome, to))
    for lost in united.lost:
        if lost.at.astimezone().date() == day and lost.direction in (None, Direction.OUT):
            found.setdefault(lost.dossier, []).append(PastStep(lost.kind, lost.outcome, None))
    return found


def _filings_since(
    work: Work, first: date, united: MergedSince
) -> Iterator[tuple[datetime, int, date | None]]:
    """When each dossier was filed, and the day it was taken from, in order."""
    filed = work.ask(_filed_since(), rep=work.rep_id, begun=morning(first))
    for line, at, key, place in filed:
        yield at, united.whose(line, key), day_of(place or "")


@cache
def _filed_since() -> Select[*tuple[Any, ...]]:
    # Naming the authors lets their index serve; else every dossier would be looked at.
    return (
        select(col(Entry.id), col(Entry.at), col(Entry.dossier_id), col(Entry.filed_from))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(col(Dossier.owner_id) == _REP, col(Entry.filed_to).is_not(None))
        .where(col(Entry.author_id).in_(select(col(Rep.id))), col(Entry.at) >= _BEGUN)
        .order_by(col(Entry.at), col(Entry.id))
    )


def _made_since(work: Work, first: date, keys: Collection[int]) -> Mapping[int, datetime]:
    """When those of these dossiers were made that are new since then, as far as is noted.

    One that was filed before, so that it is older than its line, comes from elsewhere.
    """
    known = sorted(keys)
    asked = {"last": journal_past.last_before(work.connection, morning(first))}
    found: dict[int, datetime] = {}
    for key, end, at in work.ask(_made_at_once(), **asked):
        among = known[bisect_left(known, key) : bisect_right(known, end)]
        found |= dict.fromkeys(among, at)
    for key, at in work.ask(_made_singly(), keys=json.dumps(known), **asked):
        found[key] = at
    for batch in read.batches(found):
        for key, filed in work.ask(_first_filed(), keys=batch):
            found[key] = min(found[key], filed)
    return found


@cache
def _made_at_once() -> Select[*tuple[Any, ...]]:
    return select(_ROW.c.row_id, _ROW.c.last_id, _CHANGE.c.at).where(
        *_made(), _ROW.c.last_id.is_not(None)
    )


@cache
def _made_singly() -> Select[*tuple[Any, ...]]:
    """These alone are looked up: all that was made since can be the whole binder."""
    keys = func.json_each(bindparam("keys")).table_valued("value")
    return (
        select(_ROW.c.row_id, _CHANGE.c.at)
        .where(*_made(), _ROW.c.row_id.in_(select(keys.c.value)))
        .order_by(_ROW.c.id)
    )


@cache
def _first_filed() -> Select[*tuple[Any, ...]]:
    return (
        select(col(Entry.dossier_id), func.min(col(Entry.at)))
        .where(col(Entry.dossier_id).in_(bindparam("keys", expanding=True)))
        .where(col(Entry.filed_to).is_not(None))
        .group_by(col(Entry.dossier_id))
    )


def _made() -> tuple[ColumnElement[bool], ...]:
    return (
        _ROW.c.table_name == "dossier",
        _ROW.c.op == "I",
        # With 0 added it is no column: by the index of changes all since would be gone through.
        _ROW.c.change_id + 0 > bindparam("last"),
        _CHANGE.c.id == _ROW.c.change_id,
        _CHANGE.c.root_id.is_(None),
    )


def _place(place: str) -> NextContact:
    """The day that a filing's end names, with its time or half; no place for all else."""
    clock = place[10:]
    at = time.fromisoformat(clock[1:]) if clock.startswith("T") else None
    half = Half(clock.strip()) if clock.strip() in set(Half) else None
    return NextContact(on=day_of(place), at=at, half=half)


def _place_of(was: Mapping[str, Any]) -> NextContact:
    """The day of a dossier that is gone, with its time or half."""
    at = time.fromisoformat(was["next_at"]) if was["next_at"] else None
    half = Half(was["next_half"]) if was["next_half"] else None
    return NextContact(on=day_of(was["next_on"] or ""), at=at, half=half)
