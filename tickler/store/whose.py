"""Whose binder it is: its rep, when that rep is away, and whom the rep stands in for."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Row, exists, select
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.config.settings import Settings
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.text import fold, one_line
from tickler.errors import Hint, NotFound, Refused, TicklerError
from tickler.store import journal

_REP = SQLModel.metadata.tables["rep"]
_ABSENCE = SQLModel.metadata.tables["absence"]
_HANDOVER = SQLModel.metadata.tables["handover"]
_UID = select(SQLModel.metadata.tables["identity"].c.uid).scalar_subquery().label("uid")
_HAS_HANDOVERS = select(exists(select(_HANDOVER.c.id))).scalar_subquery().label("has_handovers")
#: Every rep, once for each of their absences; those who have a binder here first.
_REPS = (
    select(*_REP.c, _ABSENCE.c.first, _ABSENCE.c.after, _ABSENCE.c.why, _HAS_HANDOVERS, _UID)
    .outerjoin(_ABSENCE, _ABSENCE.c.rep_id == _REP.c.id)
    .order_by(_REP.c.is_guest, _REP.c.id, _ABSENCE.c.id)
)
#: Whose pile this binder is, where it was handed over: that rep is a guest in it.
_AWAY = select(_REP.c.name).join(_HANDOVER, _HANDOVER.c.rep_id == _REP.c.id).where(_REP.c.is_guest)


class Mine(NamedTuple):
    """The rep of a binder, whom that rep stands in for, "" for nobody, and which binder it is."""

    id: int
    name: str
    away: Mapping[date, str]
    standing_in_for: str
    has_handovers: bool
    uid: str


class Worker(Protocol):
    """Who works at a binder, and when."""

    rep_id: int
    rep: str
    now: datetime
    standing_in_for: str


def read(connection: Connection, settings: Settings) -> Mine:
    """The rep that works here; raises NotFound where the settings name another one."""
    every = connection.execute(_REPS).all()
    has_handovers = any(row.has_handovers for row in every)
    standing_in_for = (connection.scalar(_AWAY) or "") if has_handovers else ""
    rep = _rep(settings, [row for row in every if not row.is_guest])
    return Mine(*rep, standing_in_for, has_handovers, every[0].uid)


def owner(settings: Settings) -> str:
    """The name of the rep of a binder that has none."""
    return one_line(settings.rep or _login())


def rename(connection: Connection, settings: Settings, work: Worker) -> str:
    """Write the rep's name where there is none, or the settings say another; what it was."""
    if not (settings.rep_is_kept or work.standing_in_for):
        return ""
    mine = _REP.c.id == work.rep_id
    was = connection.execute(select(_REP.c.name).where(mine)).scalar_one()
    if fold(was) == fold(work.rep) or (was and not settings.rep_is_kept):
        return ""
    change = journal.begin(connection, work.rep_id, work.now)
    if work.standing_in_for:
        _give_way(connection, work)
    connection.execute(_REP.update().where(mine).values(name=work.rep, folded=fold(work.rep)))
    said = f"{was} is called {work.rep}" if was else f"{work.rep} works this pile"
    journal.finish(connection, change, "rename", said)
    return str(was)


def _rep(
    settings: Settings, rows: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[int, str, Mapping[date, str]]:
    """Whose binder: the one named in the settings, else the only one there is; and days off.

    The pile of an absent rep has one without a name: who works it first has it.
    """
    if not rows:
        raise TicklerError("the binder is damaged: it does not say whose it is", hint=Hint.DOCTOR)
    named = None if settings.rep is None else fold(settings.rep)
    mine = next((row for row in rows if named in (None, row.folded)), None)
    only_one = len({row.id for row in rows}) == 1
    if mine is None and only_one and (settings.rep_is_kept or not rows[0].folded):
        mine = rows[0]
    if mine is None:
        known = ", ".join(dict.fromkeys(row.name for row in rows))
        raise NotFound(f"there is no rep “{settings.rep}” here; known: {known}")
    away = dict(settings.days_off)
    for row in rows:
        if row.id == mine.id and row.first is not None:
            days = (row.first + ONE_DAY * n for n in range((row.after - row.first).days))
            away |= dict.fromkeys(days, row.why or "away")
    if not mine.folded:
        return mine.id, owner(settings), away
    kept = settings.rep if settings.rep_is_kept and named != mine.folded else None
    return mine.id, one_line(kept or mine.name), away


def _give_way(connection: Connection, work: Worker) -> None:
    """Let who works here have a name that a guest has; raises Refused for that of who is away."""
    name = fold(work.rep)
    if name == fold(work.standing_in_for):
        raise Refused(
            f"this is the pile of {work.standing_in_for}, in the hands of a colleague: "
            "nothing was changed",
            hint=Hint.WHO,
        )
    guest = _REP.update().where(_REP.c.folded == name, _REP.c.id != work.rep_id)
    connection.execute(guest.values(folded=_REP.c.folded + " ·"))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "rep"
