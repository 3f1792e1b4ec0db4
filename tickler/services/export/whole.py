"""Whole dossiers: which rows of which tables belong to them, by the foreign keys of the tables."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    case,
    false,
    func,
    insert,
    or_,
    select,
)
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.desk import Work

#: What is never taken out: the journal tells of this file alone.
LEFT_OUT = frozenset({"change", "change_row"})

#: What tells of dossiers to another file: it belongs to the binder as one.
_OF_THE_BINDER = frozenset({"handover_row"})

#: Tables whose rows are pieces of a row of another table: the column that says of which.
PIECES: Mapping[str, str] = {"content_part": "content_id"}

_TABLES = SQLModel.metadata.tables
_DOSSIER, _REACH = _TABLES["dossier"], _TABLES["reach"]

#: Of one connection alone, for as long as it is asked.
_CHOSEN = Table(
    "chosen_dossier",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)

#: Any statement that gives ids of dossiers.
Ids = Select[Any]


def tables() -> list[Table]:
    """The tables with what is in a binder, each after those that its foreign keys refer to."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def of_dossiers() -> list[Table]:
    """Those of them whose rows belong to dossiers; of the others no row goes with a dossier."""
    return [table for table in tables() if _condition(table, select(_DOSSIER.c.id)) is not None]


@contextlib.contextmanager
def chosen(work: Work, keys: Iterable[int]) -> Iterator[Ids]:
    """The statement that gives these dossiers, however many they are; only in here."""
    connection = work.connection
    _CHOSEN.create(connection)
    try:
        if rows := [{"id": key} for key in sorted({*keys})]:
            connection.execute(insert(_CHOSEN), rows)
        yield select(_CHOSEN.c.id)
    finally:
        _CHOSEN.drop(connection)


def rows_of(table: Table, wanted: Ids | None = None) -> Select[Any]:
    """The statement for the rows of a table, by id: all, or those of the dossiers in `wanted`.

    Those are the rows that name the dossier, and the cards, reps and contents that these name.
    The numbers of a card belong to all dossiers that share it: one that is kept with another
    dossier is given to the first of `wanted` that has the card.
    """
    if wanted is None:
        return select(table).order_by(table.c.id)
    condition = _condition(table, wanted)
    columns = [_given(table, wanted) if column is _REACH.c.dossier_id else column
               for column in table.c]  # fmt: skip
    found = select(*columns).order_by(table.c.id)
    return found.where(false() if condition is None else condition)


def _condition(table: Table, wanted: Ids) -> ColumnElement[bool] | None:
    """Which rows of the table belong to these dossiers; None for a table of which none do."""
    if table is _DOSSIER:
        return _DOSSIER.c.id.in_(wanted)
    if piece := PIECES.get(table.name):
        (key,) = table.c[piece].foreign_keys
        whole = _condition(key.column.table, wanted)
        return None if whole is None else table.c[piece].in_(select(key.column).where(whole))
    if _is_of_a_dossier(table):
        named = table.c.dossier_id.in_(wanted)
        return named | _shared(wanted) if table is _REACH else named
    naming = [
        table.c.id.in_(select(key.parent).where(condition, key.parent.is_not(None)))
        for other in tables()
        if other is _DOSSIER or _is_of_a_dossier(other)
        if (condition := _condition(other, wanted)) is not None
        for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is table
    ]
    return or_(*naming) if naming else None


def _is_of_a_dossier(table: Table) -> bool:
    names_one = any(key.column.table is _DOSSIER for key in table.foreign_keys)
    return names_one and table.name not in _OF_THE_BINDER


def _shared(wanted: Ids) -> ColumnElement[bool]:
    """The numbers of a card of these dossiers that another dossier with the card keeps."""
    cards = select(_DOSSIER.c.card_id).where(_DOSSIER.c.id.in_(wanted))
    sharing = select(_DOSSIER.c.id).where(_DOSSIER.c.card_id.in_(cards))
    return _REACH.c.person_id.is_(None) & _REACH.c.dossier_id.in_(sharing)


def _given(table: Table, wanted: Ids) -> ColumnElement[int]:
    """The dossier that a number goes with."""
    keeper, taker = _DOSSIER.alias("keeper"), _DOSSIER.alias("taker")
    first = (
        select(func.min(taker.c.id))
        .join(keeper, keeper.c.card_id == taker.c.card_id)
        .where(keeper.c.id == table.c.dossier_id, taker.c.id.in_(wanted))
        .scalar_subquery()
    )
    own = table.c.dossier_id.in_(wanted)
    return case((own, table.c.dossier_id), else_=first).label("dossier_id")
