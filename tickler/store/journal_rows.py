"""What the journal has noted of single rows: who touched them, what they said; and erasing that."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlmodel import SQLModel

from tickler.store import journal

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]


def last_changes(
    connection: Connection, table: str, keys: Collection[int]
) -> dict[int, tuple[int, datetime]]:
    """The number and the latest instant of the changes that touched these few rows of a table."""
    noted = (_ROW.c.table_name == table) & _ROW.c.row_id.in_(keys)
    of_row = (
        select(_ROW.c.row_id, func.max(_ROW.c.change_id), func.max(_CHANGE.c.at))
        .join(_CHANGE, _CHANGE.c.id == _ROW.c.change_id)
        .where(noted)
        .group_by(_ROW.c.row_id)
    )
    found = {row: (change, at) for row, change, at in connection.execute(of_row)}
    for line in _of_several(connection, table, keys):
        for key in keys:
            if line.row_id <= key <= line.last_id:  # nothing was noted of it before
                found.setdefault(key, (line.change_id, line.at))
    return found


def _of_several(connection: Connection, table: str, keys: Collection[int]) -> list[Row[Any]]:
    """The lines about rows that were inserted at once, some of these among them."""
    if not keys:
        return []
    several = (_ROW.c.table_name == table) & _ROW.c.last_id.is_not(None)
    lines = (
        select(_ROW, _CHANGE.c.at)
        .join(_CHANGE, _CHANGE.c.id == _ROW.c.change_id)
        .where(several, _ROW.c.row_id <= max(keys), _ROW.c.last_id >= min(keys))
    )
    found = connection.execute(lines)
    return [row for row in found if any(row.row_id <= key <= row.last_id for key in keys)]


def rows_of(connection: Connection, change: int, table: str) -> list[int]:
    """The rows of a table that a change touched, also those that it took away."""
    noted = (_ROW.c.change_id == change) & (_ROW.c.table_name == table)
    found: dict[int, None] = {}
    for first, last in connection.execute(select(_ROW.c.row_id, _ROW.c.last_id).where(noted)):
        found.update(dict.fromkeys(range(first, (last or first) + 1)))
    return list(found)


def pasts(connection: Connection, table: str, column: str) -> list[tuple[int, Any]]:
    """The old values of a column that are noted, each with its row."""
    value = func.json_extract(_ROW.c.data, f"$.{column}")
    noted = select(_ROW.c.row_id, value).where(_ROW.c.table_name == table, value.is_not(None))
    return [(row, old) for row, old in connection.execute(noted.distinct())]


def erase(
    connection: Connection,
    rows: Mapping[str, Collection[int]],
    redacted: Callable[[str], str],
    own: int,
) -> None:
    """Take away for good what was noted of these rows, and by the change `own`.

    Changes that touched them cannot be undone any more. `redacted` takes the names of who is
    forgotten out of a summary; one of a change that touched them says nothing else then.
    """
    touched = {own}
    for table, keys in rows.items():
        for key in keys:
            noted = (_ROW.c.table_name == table) & (_ROW.c.row_id == key)
            noted &= _ROW.c.last_id.is_(None)
            touched.update(connection.scalars(select(_ROW.c.change_id).where(noted)))
            connection.execute(_ROW.delete().where(noted))
        for line in _of_several(connection, table, keys):
            touched.add(line.change_id)
            _take_out(connection, line, keys)
    connection.execute(_ROW.delete().where(_ROW.c.change_id == own))
    chains = {
        key: root or key
        for key, root in connection.execute(select(_CHANGE.c.id, _CHANGE.c.root_id))
    }
    roots = {chains[key] for key in touched}
    left = set(connection.scalars(select(_ROW.c.change_id).distinct()))
    for key, summary in connection.execute(select(_CHANGE.c.id, _CHANGE.c.summary)).all():
        mark, clean = {}, redacted(summary)
        if chains[key] in roots:
            mark["action"] = journal.FORGOTTEN
            clean = summary if clean == summary and key in left else journal.FORGOTTEN
        if clean != summary:
            mark["summary"] = clean
        if mark:
            connection.execute(_CHANGE.update().where(_CHANGE.c.id == key).values(mark))


def _take_out(connection: Connection, line: Row[Any], keys: Collection[int]) -> None:
    """Let a line about rows that were inserted at once be about the others alone."""
    connection.execute(_ROW.delete().where(_ROW.c.id == line.id))
    named = {"change_id": line.change_id, "table_name": line.table_name, "op": line.op}
    first = line.row_id
    gone = sorted(key for key in keys if line.row_id <= key <= line.last_id)
    for key in (*gone, line.last_id + 1):
        if first < key:
            connection.execute(_ROW.insert().values(**named, row_id=first, last_id=key - 1))
        first = key + 1
