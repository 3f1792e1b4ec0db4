"""Many rows at once: plain values in one statement, with numbers that are known before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

#: Makes of a value of a column what SQLite keeps; None for one that is kept as it is.
Kept = Callable[[Any], Any] | None

_REMEMBERED = 4096


def insert(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> range:
    """Insert rows that have these columns, and return their ids.

    Only in a transaction that writes: else another could take the numbers. What the other columns
    have is what the table says. The journal's triggers see each row.
    """
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = int(last.scalar() or 0) + 1
    kept = _kept(table, tuple(columns), connection.dialect)
    numbered = [(key, *row) for key, row in enumerate(_as_kept(rows, kept), first)]
    if numbered:
        connection.exec_driver_sql(_statement(table, tuple(columns)), numbered)
    return range(first, first + len(numbered))


def _as_kept(rows: Iterable[Sequence[Any]], kept: Sequence[Kept]) -> Iterator[Sequence[Any]]:
    changed = [(n, change) for n, change in enumerate(kept) if change]
    if not changed:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for n, change in changed:
            values[n] = change(values[n])
        yield values


@lru_cache(maxsize=64)
def _kept(table: str, columns: Sequence[str], dialect: Dialect) -> list[Kept]:
    described: Table = SQLModel.metadata.tables[table]
    types = (described.c[name].type.dialect_impl(dialect) for name in columns)
    return [_once(kind, kind.bind_processor(dialect)) for kind in types]


def _once(kind: TypeEngine[Any], kept: Kept) -> Kept:
    """The same, remembering what it made of words, days and instants: there are few of them."""
    return lru_cache(_REMEMBERED)(kept) if kept and not isinstance(kind, JSON) else kept


@lru_cache(maxsize=64)
def _statement(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    places = ", ".join("?" * (len(columns) + 1))
    return f'INSERT INTO "{table}" ({names}) VALUES ({places})'
