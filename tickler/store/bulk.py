"""Many rows at once: plain values in one statement, with numbers that are known before."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from tickler.store import journal

#: Makes of a value of a column what SQLite keeps; None for one that is kept as it is.
Kept = Callable[[Any], Any] | None

_REMEMBERED = 4096

#: As many rows are written by one statement: what its triggers cost once for each is little then.
_AT_ONCE = 100


def insert(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> range:
    """Insert rows that have these columns, and return their ids.

    Only in a transaction that writes: else another could take the numbers. What the other columns
    have is what the table says. The journal has one line for all of them.
    """
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = int(last.scalar() or 0) + 1
    by_column = [list(column) for column in zip(*rows, strict=True)]
    if not by_column:
        return range(first, first)
    ids = range(first, first + len(by_column[0]))
    if len(ids) > 1 and SQLModel.metadata.tables[table].info.get("journaled", True):
        journal.announce(connection, table, ids)
    for n, change in enumerate(_kept(table, tuple(columns), connection.dialect)):
        if change:
            by_column[n] = list(map(change, by_column[n]))
    numbered = zip(ids, *by_column, strict=True)
    while values := list(chain.from_iterable(islice(numbered, _AT_ONCE))):
        count = len(values) // (len(columns) + 1)
        connection.exec_driver_sql(_statement(table, tuple(columns), count), tuple(values))
    return ids


@lru_cache(maxsize=64)
def _kept(table: str, columns: Sequence[str], dialect: Dialect) -> list[Kept]:
    described: Table = SQLModel.metadata.tables[table]
    types = (described.c[name].type.dialect_impl(dialect) for name in columns)
    return [_once(kind, kind.bind_processor(dialect)) for kind in types]


def _once(kind: TypeEngine[Any], kept: Kept) -> Kept:
    """The same, remembering what it made of words, days and instants: there are few of them.

    Of JSON it remembers what is made of no fields.
    """
    if kept and isinstance(kind, JSON):
        nothing = kept({})
        return lambda value: nothing if value == {} else kept(value)
    return lru_cache(_REMEMBERED)(kept) if kept else None


@lru_cache(maxsize=64)
def _statement(table: str, columns: Sequence[str], rows: int) -> str:
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    row = f"({', '.join('?' * (len(columns) + 1))})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * rows)}'
