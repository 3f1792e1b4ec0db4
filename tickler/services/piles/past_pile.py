"""Piles of the past: what was on a day's pile in its morning, by the filings since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from tickler.clock import morning
from tickler.core.dates.parse import spoken
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import pile
from tickler.core.filing.past_pile import PastPile, PastStep, Stood, became
from tickler.core.filing.slots import Half, NextContact
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.models import Dossier, Entry, Rep
from tickler.services.clients import read
from tickler.services.piles import load

#: Nothing was filed before, and further back the clock knows no zones.
EARLIEST = date(1900, 1, 1)

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]


def stood(work: Work, first: date, after: date) -> Mapping[date, frozenset[int]]:
    """The dossiers that were due or overdue in the morning of each day, up to today.

    The days are half-open. A dossier was where the first filing after that morning took it from,
    or else where it is now. What was made later was not there yet, unless an earlier filing says
    that it was: one imported from elsewhere.
    """
    last = min(after - ONE_DAY, work.today)
    if last < first:
        return {}
    columns = (col(Dossier.id), col(Dossier.next_on))
    due = select(*columns).where(*load.mine(work), col(Dossier.next_on) <= last)
    places: dict[int, date | None] = {key: on for key, on in work.ask(due)}  # noqa: C416
    filings = list(_filings_since(work, first))
    made = _made_since(work, first)
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


def pile_of(work: Work, day: date) -> PastPile:
    """The pile of a past day as it was in its morning, with what was done with each on that day.

    Names, kinds and what to do are those of now; slips that were put off since are left out.
    """
    title = spoken(NextContact(on=day), work.settings.date_words)
    if day < EARLIEST:
        return PastPile(day, title, (), {})
    keys = sorted(stood(work, day, day + ONE_DAY)[day])
    now = {row.id: row for row in read.by_ids(work, keys)}
    lay = _places(work, day, now)
    deeds = _deeds(work, day, keys)
    found = {key: Stood(row, lay[key], *became(deeds.get(key, ()))) for key, row in now.items()}
    rows = [pile.as_of(row, day, work.calendar, lay[key]) for key, row in now.items()]
    slips = [
        pile.slip_as_of(due, day, work.calendar)
        for due in read.slips_that_were_open(work, morning(day), day)
    ]
    return PastPile(day, title, pile.arrange(rows, day, slips), found)


def _places(work: Work, day: date, now: Mapping[int, DossierRow]) -> Mapping[int, NextContact]:
    """Where each was in that morning: where its first filing since took it from, or is now."""
    first: dict[int, str] = {}
    for batch in read.batches(now):
        filed = (
            select(col(Entry.dossier_id), col(Entry.filed_from))
            .where(col(Entry.dossier_id).in_(batch), col(Entry.at) >= morning(day))
            .where(col(Entry.filed_to).is_not(None))
            .order_by(col(Entry.at), col(Entry.id))
        )
        for key, place in work.ask(filed):
            first.setdefault(key, place or "")
    return {key: _place(first[key]) if key in first else row.next for key, row in now.items()}


def _deeds(work: Work, day: date, keys: Sequence[int]) -> Mapping[int, list[PastStep]]:
    found: dict[int, list[PastStep]] = {}
    for batch in read.batches(keys):
        written = (
            select(col(Entry.dossier_id), col(Entry.kind), col(Entry.outcome), col(Entry.filed_to))
            .where(col(Entry.dossier_id).in_(batch))
            .where(col(Entry.at) >= morning(day), col(Entry.at) < morning(day + ONE_DAY))
            .order_by(col(Entry.at), col(Entry.id))
        )
        for key, kind, outcome, to in work.ask(written):
            found.setdefault(key, []).append(PastStep(kind, outcome, to))
    return found


def _filings_since(work: Work, first: date) -> Iterator[tuple[datetime, int, date | None]]:
    """When each dossier was filed, and the day it was taken from, in order."""
    # Naming the authors lets their index serve; else every dossier would be looked at.
    filed = (
        select(col(Entry.at), col(Entry.dossier_id), col(Entry.filed_from))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(col(Dossier.owner_id) == work.rep_id, col(Entry.filed_to).is_not(None))
        .where(col(Entry.author_id).in_(select(col(Rep.id))), col(Entry.at) >= morning(first))
        .order_by(col(Entry.at), col(Entry.id))
    )
    return ((at, key, _day_of(place or "")) for at, key, place in work.ask(filed))


def _made_since(work: Work, first: date) -> Mapping[int, datetime]:
    """When the dossiers were made that are new since then, as far as the journal goes back."""
    # The journal's numbers grow with time: from the newest back it is not far to that morning.
    before = select(_CHANGE.c.id).where(_CHANGE.c.at < morning(first))
    last = work.ask(before.order_by(_CHANGE.c.id.desc()).limit(1)).scalar() or 0
    filed = (
        select(func.min(col(Entry.at)))
        .where(col(Entry.dossier_id) == _ROW.c.row_id, col(Entry.filed_to).is_not(None))
        .scalar_subquery()
    )
    made = (
        select(_ROW.c.row_id, _CHANGE.c.at, filed)
        .join(_CHANGE, _CHANGE.c.id == _ROW.c.change_id)
        .where(_ROW.c.change_id > last, _CHANGE.c.root_id.is_(None))
        # Joined to "" the name is no column, else SQLite would go through all that was ever made.
        .where(_ROW.c.op == "I", _ROW.c.table_name.concat("") == "dossier")
    )
    return {key: min(at, earliest or at) for key, at, earliest in work.ask(made)}


def _day_of(place: str) -> date | None:
    """The day that a filing's end names; None for a month, the inbox and the cabinet."""
    try:
        return date.fromisoformat(place[:10])
    except ValueError:
        return None


def _place(place: str) -> NextContact:
    """The day that a filing's end names, with its time or half; no place for all else."""
    clock = place[10:]
    at = time.fromisoformat(clock[1:]) if clock.startswith("T") else None
    half = Half(clock.strip()) if clock.strip() in set(Half) else None
    return NextContact(on=_day_of(place), at=at, half=half)
