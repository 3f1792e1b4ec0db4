"""What was done on some days, added up by SQL: rows are read only where figures need a name."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.contact.kinds import CONTACT_KINDS, PLANNED_KINDS, Direction, Kind
from tickler.core.dates.periods import Period
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.review.deeds import Deeds, LoggedContact, Tally, added_up, summed
from tickler.desk import Work
from tickler.models import Dossier, Entry, Mail, Rep
from tickler.services.piles import load
from tickler.services.piles.merged import MergedSince

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]

_REP: BindParameter[Any] = bindparam("rep")
_BEGUN: BindParameter[Any] = bindparam("begun")
_ENDED: BindParameter[Any] = bindparam("ended")
_NOW: BindParameter[Any] = bindparam("now")

#: The hours that are asked for: when each begins and ends.
_HOURS = "hours"


def own(
    work: Work,
    first: date,
    after: date,
    *,
    united: MergedSince,
    named: Collection[int],
    period: Period | None = None,
) -> Deeds:
    """What the rep did on these days, up to today, with the stages of `period`.

    `named` are the dossiers that lay on a pile: of them it is known which were worked on a day.
    """
    joined = {*united.dossiers} | {each.into for each in united.dossiers.values()}
    apart = {"joined": json.dumps([*joined]), "moved": json.dumps([*united.lines])}
    asked = written_on(work, first, after) | apart
    periods = (period,) if period else ()
    is_united = bool(joined or united.lines)
    rows = _rows(work, united, joined, asked) if is_united else ()
    hours = _Hours(first, min(after, work.today + ONE_DAY))
    tallied = work.ask(_tallied(is_united), **{_HOURS: hours.listed}, **asked)
    deeds = summed(hours.named(tallied), *periods, named=named)
    # With all others there was a contact before.
    added = json.dumps([*_those_added(work, deeds.called)])
    firsts = Counter(local(at).date() for (at,) in work.ask(_first_calls(), keys=added, **asked))
    for tally in deeds.tallies:
        if tally.kind is Kind.FIRST_CALL:
            firsts[tally.day] += tally.count
    return replace(deeds, firsts=firsts) + added_up(rows, *periods)


def of_others(
    work: Work, first: date, after: date, united: MergedSince
) -> Iterator[tuple[date, int]]:
    """On which day others worked which of the rep's dossiers."""
    asked = written_on(work, first, after)
    for line, key, at, kind in work.ask(_by_others(), **asked):
        if kind in PLANNED_KINDS:
            yield local(at).date(), united.whose(line, key)
    for lost in united.lost:
        is_deed = lost.kind in PLANNED_KINDS and lost.direction is not Direction.IN
        if is_deed and lost.author != work.rep_id and first <= local(lost.at).date() < after:
            yield local(lost.at).date(), lost.dossier


class _Hours:
    """The hours of the clock on some days, and the instants at which they begin."""

    def __init__(self, first: date, after: date) -> None:
        self.days = [first + timedelta(days=n) for n in range((after - first).days)]
        begun: dict[datetime, tuple[int, int]] = {}
        for number, day in enumerate(self.days):
            for hour in range(24):
                at = datetime.combine(day, time(hour)).astimezone(UTC)
                # An hour that the clock leaves out begins with the next one.
                begun[at] = (number, hour)
        begins = sorted(begun)
        self.of = [begun[at] for at in begins]
        bounds = [_stored(at) for at in (*begins, morning(after).astimezone(UTC))]
        self.listed = json.dumps([*pairwise(bounds)])

    def named(self, tallied: Iterable[Any]) -> Iterator[tuple[Tally, list[int]]]:
        """What was done in these hours, by their places; each with the dossiers of it."""
        for place, kind, outcome, minutes, listed in tallied:
            day, hour = self.of[place]
            keys: list[int] = json.loads(listed)
            yield Tally(self.days[day], hour, kind, outcome, len(keys), minutes or 0), keys


def _stored(at: datetime) -> str:
    """An instant as SQLite has it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def _rows(
    work: Work, united: MergedSince, joined: Collection[int], asked: Mapping[str, Any]
) -> Iterator[LoggedContact]:
    """What was done with dossiers that were merged since, each line by itself."""
    firsts = _firsts(work, joined, united)
    for line, key, at, kind, outcome, minutes, opens in work.ask(_of_merged(), **asked):
        dossier = united.whose(line, key)
        is_first = bool(opens)
        if dossier in joined:
            is_first = kind is Kind.FIRST_CALL or firsts.get(dossier) == line
        yield LoggedContact(dossier, local(at), kind, outcome, minutes, is_first)
    for lost in united.lost:
        is_deed = lost.kind in CONTACT_KINDS and lost.direction is not Direction.IN
        is_in = asked["begun"] <= lost.at < asked["ended"]
        if is_deed and is_in and lost.author == work.rep_id:
            yield LoggedContact(lost.dossier, local(lost.at), lost.kind, lost.outcome)


def _deeds() -> tuple[ColumnElement[bool], ...]:
    """What was done on these days with a client, by whomever."""
    return (
        col(Entry.at) <= _NOW,
        col(Entry.kind).in_(CONTACT_KINDS),
        ~came_in(Entry),
        load.is_own_deed(),
        col(Entry.dossier_id).not_in(select(col(Dossier.id)).where(load.IS_NOTE)),
    )


def _is_merged() -> ColumnElement[bool]:
    """Whether a line is of dossiers that were merged: these are counted row by row."""
    joined, moved = _listed("joined"), _listed("moved")
    return or_(col(Entry.dossier_id).in_(joined), col(Entry.id).in_(moved))


def _listed(name: str) -> Select[*tuple[Any, ...]]:
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


@cache
def _tallied(is_united: bool) -> Select[*tuple[Any, ...]]:
    """What was done in each hour, with the dossiers it was done with as a list in JSON.

    Where something `is_united`, that is left out; asking each line costs, so else nobody asks.
    Joined from the left, as SQLite would else go through all hours for each line.
    """
    value = func.json_each(bindparam(_HOURS)).table_valued("key", "value").c
    begun, ended = (func.json_extract(value.value, f"$[{place}]") for place in range(2))
    listed = select(value.key.label("place"), begun.label("begun"), ended.label("ended"))
    hours = listed.cte(_HOURS).prefix_with("MATERIALIZED")
    within = (col(Entry.at) >= hours.c.begun, col(Entry.at) < hours.c.ended)
    by = (hours.c.place, col(Entry.kind), col(Entry.outcome))
    sums = (func.sum(col(Entry.minutes)), func.json_group_array(col(Entry.dossier_id)))
    apart = (~_is_merged(),) if is_united else ()
    lines = hours.outerjoin(Entry, and_(col(Entry.author_id) == _REP, *within, *_deeds(), *apart))
    counted = select(*by, *sums).select_from(lines).group_by(*by).order_by(*by)
    return counted.having(func.count(col(Entry.id)) > 0)


@cache
def _added() -> Select[*tuple[Any, ...]]:
    """Which of these dossiers the rep added by hand."""
    return select(_ROW.c.row_id).where(_ROW.c.row_id.in_(_listed("keys")), *_is_add())


@cache
def _first_calls() -> Select[*tuple[Any, ...]]:
    """When the rep first spoke with each of these clients, in a call that is not named first."""
    # With 0 added the author is no column: by that index all of these days would be gone through.
    return select(col(Entry.at)).where(
        col(Entry.dossier_id).in_(_listed("keys")),
        *_between(),
        col(Entry.author_id) + 0 == _REP,
        *_deeds(),
        ~_is_merged(),
        col(Entry.kind) == Kind.CALL,
        ~_had_earlier(),
    )


@cache
def _of_merged() -> Select[*tuple[Any, ...]]:
    return select(
        *(col(c) for c in (Entry.id, Entry.dossier_id, Entry.at, Entry.kind, Entry.outcome)),
        col(Entry.minutes),
        or_(
            col(Entry.kind) == Kind.FIRST_CALL, _was_added(col(Entry.dossier_id)) & ~_had_earlier()
        ),
    ).where(col(Entry.author_id) == _REP, *_between(), *_deeds(), _is_merged())


@cache
def _by_others() -> Select[*tuple[Any, ...]]:
    others = select(col(Rep.id)).where(col(Rep.id) != _REP)
    return (
        select(*(col(c) for c in (Entry.id, Entry.dossier_id, Entry.at, Entry.kind)))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(col(Entry.author_id).in_(others), *_between(), *_deeds())
        .where(col(Dossier.owner_id) == _REP)
    )


def _had_earlier() -> ColumnElement[bool]:
    """Whether there was a contact or attempt with the client before this line."""
    earlier = aliased(Entry)
    return exists().where(
        col(earlier.dossier_id) == col(Entry.dossier_id),
        col(earlier.at) <= col(Entry.at),
        or_(col(earlier.at) < col(Entry.at), col(earlier.id) < col(Entry.id)),
        col(earlier.kind).in_(PLANNED_KINDS),
        ~came_in(earlier),
    )


def _was_added(key: ColumnElement[Any] | Mapped[Any]) -> ColumnElement[bool]:
    """Whether the rep added a dossier by hand: who comes with a list was known before."""
    return exists().where(_ROW.c.row_id == key, *_is_add())


def _is_add() -> tuple[ColumnElement[bool], ...]:
    return (
        _ROW.c.table_name == "dossier",
        _ROW.c.op == "I",
        _CHANGE.c.id == _ROW.c.change_id,
        _CHANGE.c.action == "add",
    )


def _those_added(work: Work, keys: Collection[int]) -> set[int]:
    return set(work.ask(_added(), keys=json.dumps([*keys])).scalars())


def _firsts(work: Work, keys: Collection[int], united: MergedSince) -> Mapping[int, int]:
    """The first line of each of these dossiers that were added, as they were before a merge."""
    found: dict[int, int] = {}
    if not keys:
        return found
    added = _those_added(work, keys)
    lines = (
        select(col(Entry.id), col(Entry.dossier_id))
        .where(col(Entry.dossier_id).in_(keys), col(Entry.kind).in_(PLANNED_KINDS))
        .where(~came_in(Entry))
        .order_by(col(Entry.at), col(Entry.id))
    )
    for line, key in work.ask(lines):
        dossier = united.whose(line, key)
        if dossier in added:
            found.setdefault(dossier, line)
    return found


def _between() -> tuple[ColumnElement[bool], ...]:
    return col(Entry.at) >= _BEGUN, col(Entry.at) < _ENDED


def written() -> tuple[ColumnElement[bool], ...]:
    """Entries of these days that do not lie ahead.

    Naming their authors lets the index by author and time be used.
    """
    return (col(Entry.author_id).in_(select(col(Rep.id))), *_between(), col(Entry.at) <= _NOW)


def written_on(work: Work, first: date, after: date) -> dict[str, Any]:
    """The values for statements about the lines that were written on these days."""
    begun, ended = morning(first), morning(after)
    return {"begun": begun, "ended": ended, "now": work.now, "rep": work.rep_id}


def came_in(entry: type[Entry]) -> ColumnElement[bool]:
    """Whether a line is a mail that the rep did not write: the client's, or a colleague's."""
    not_own = or_(col(Mail.direction) == Direction.IN, col(Mail.of_colleague))
    return exists().where(col(Mail.entry_id) == col(entry.id), not_own)


def local(at: datetime) -> datetime:
    """An instant on the rep's clock."""
    return at.astimezone().replace(tzinfo=None)
