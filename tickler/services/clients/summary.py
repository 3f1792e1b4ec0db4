"""A dossier's history at a glance, counted by the database: no text of it is read."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import SQLModel

from tickler.clock import morning
from tickler.core.contact import summary
from tickler.core.contact.kinds import FELL_THROUGH, UNREACHED, Kind
from tickler.core.contact.summary import RECENT, Glance, HistoryTally
from tickler.core.filing.slips import SlipKind
from tickler.core.phrases import counted
from tickler.desk import Work

_TABLES = SQLModel.metadata.tables
_ENTRY, _REP, _SLIP = _TABLES["entry"], _TABLES["rep"], _TABLES["slip"]

#: What a dossier holds, as a rep calls one of it and many.
_HELD = {
    "entry": ("line of history", "lines of history"),
    "person": ("person", "people"),
    "slip": ("slip", "slips"),
    "attachment": ("attachment", "attachments"),
    "mail": ("mail", "mails"),
    "sheet": ("form sheet", "form sheets"),
}


def glance(work: Work, key: int) -> Glance:
    """How often, how long ago and by whom the client was contacted."""
    at = _ENTRY.c.at
    tried = _counts(_ENTRY.c.outcome.in_(UNREACHED)).label("tried")
    fell = _counts(_ENTRY.c.outcome.in_(FELL_THROUGH)).label("fell")
    begun = [_counts(at >= morning(month.first)) for month in summary.months_shown(work.today)]
    month = sum(begun[1:], begun[0]).label("month")
    recent = func.sum(_counts(at >= morning(work.today - timedelta(days=RECENT))))
    grouped = (_REP.c.name, _ENTRY.c.kind, tried, fell, month)
    statement = (
        select(*grouped, func.count(), recent, func.min(at), func.max(at))
        .join(_REP, _REP.c.id == _ENTRY.c.author_id)
        .where(_ENTRY.c.dossier_id == key, at <= work.now)
        .group_by(*grouped)
    )
    tallies = [
        HistoryTally(
            author,
            kind,
            bool(tried),
            month,
            lines,
            recent,
            _day(first),
            _day(last),
            last,
            bool(fell),
        )
        for author, kind, tried, fell, month, lines, recent, first, last in work.ask(statement)
    ]
    found = summary.glance(tallies, work.today)
    if all(kind is not Kind.COMPLAINT for kind, _ in found.kinds):
        return found
    waiting = func.sum(_counts(_SLIP.c.ticked_on.is_(None)))
    complained = (_SLIP.c.kind == SlipKind.COMPLAINT) & _SLIP.c.dropped_on.is_(None)
    of_client = select(func.count(), waiting).where(_SLIP.c.dossier_id == key, complained)
    came, still_open = work.ask(of_client).one()
    return replace(found, complaints=came, open_complaints=still_open or 0)


def holds(work: Work, key: int, *, but: Collection[str] = ()) -> str:
    """What belongs to a dossier, counted: `3 lines of history, 1 slip`; `but` these tables."""
    found: list[str] = []
    for name, (one, many) in _HELD.items():
        table = _TABLES[name]
        rows = select(func.count()).select_from(table).where(table.c.dossier_id == key)
        if name not in but and (number := work.ask(rows).scalar_one()):
            found.append(counted(number, one, many))
    return ", ".join(found)


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _counts(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where it holds, else 0, also where it is not known."""
    return case((condition, 1), else_=0)
