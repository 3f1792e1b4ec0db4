"""Rows as SQLite has them, taken from one binder into another: nothing is read in between."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, select, text, type_coerce
from sqlalchemy.types import NullType

#: How many rows are written with one statement.
_BATCH = 500


def file_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection beneath."""
    file = connection.connection.dbapi_connection
    assert isinstance(file, sqlite3.Connection)
    return file


def rows(connection: Connection, wanted: Select[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a statement by their columns, each value as the database keeps it."""
    found = wanted.subquery()
    plain = select(*(type_coerce(column, NullType()).label(column.name) for column in found.c))
    for row in connection.execute(plain):
        yield dict(row._mapping)


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as they are; all have the same columns."""
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        names = ", ".join(f'"{name}"' for name in batch[0])
        values = ", ".join(f":{name}" for name in batch[0])
        written = text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})')
        connection.execute(written, [dict(row) for row in batch])


def add_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Write a row with an id of its own; returns the id."""
    add(connection, table, [{name: value for name, value in row.items() if name != "id"}])
    return int(connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one())


def change(connection: Connection, table: Table, key: int, values: Mapping[str, Any]) -> None:
    """Write these columns of a row."""
    names = ", ".join(f'"{name}" = :{name}' for name in values)
    written = text(f'UPDATE "{table.name}" SET {names} WHERE id = :row_key')
    connection.execute(written, {**values, "row_key": key})


def remove(connection: Connection, table: Table, key: int) -> None:
    """Delete a row."""
    connection.execute(text(f'DELETE FROM "{table.name}" WHERE id = :id'), {"id": key})
