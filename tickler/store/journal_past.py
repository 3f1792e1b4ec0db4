"""What rows said at an earlier moment, by what the journal has noted since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlmodel import SQLModel

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]

#: Numbers grow with time: from the newest back it is not far to a day of late.
_LAST_BEFORE = (
    select(_CHANGE.c.id)
    .where(_CHANGE.c.at < bindparam("at"))
    .order_by(_CHANGE.c.id.desc())
    .limit(1)
)

_UPDATED = (
    select(_ROW.c.row_id, _ROW.c.data)
    .where(_ROW.c.change_id > bindparam("last"), _ROW.c.op == "U")
    # Joined to "" the name is no column, else SQLite would go through all that was ever noted.
    .where(_ROW.c.table_name.concat("") == bindparam("table"))
    .order_by(_ROW.c.id)
)

_NAMED = (
    select(_CHANGE.c.id, _CHANGE.c.at)
    .where(_CHANGE.c.id > bindparam("last"), _CHANGE.c.action == bindparam("name"))
    .where(_CHANGE.c.root_id.is_(None))
    .order_by(_CHANGE.c.id)
)

#: A row as the journal keeps it: what SQLite has in each column.
Raw = Mapping[str, Any]


@dataclass(slots=True)
class Deleted:
    """What an action that took rows away did: its rows by table, as they were, and those it made.

    `moved` are the old values of what it changed.
    """

    at: datetime
    gone: dict[str, dict[int, Raw]] = field(default_factory=dict)
    moved: dict[str, dict[int, Raw]] = field(default_factory=dict)
    made: dict[str, list[int]] = field(default_factory=dict)


def last_before(connection: Connection, at: datetime) -> int:
    """The last change before an instant; 0 where there is none."""
    return connection.scalar(_LAST_BEFORE, {"at": at}) or 0


def were(connection: Connection, table: str, at: datetime) -> dict[int, dict[str, Any]]:
    """Of the rows that were changed since: the columns that differed then, as SQLite has them."""
    found: dict[int, dict[str, Any]] = {}
    asked = {"last": last_before(connection, at), "table": table}
    for key, data in connection.execute(_UPDATED, asked):
        known = found.setdefault(key, {})
        for column, value in json.loads(data).items():
            known.setdefault(column, value)
    return found


def actions(connection: Connection, action: str, at: datetime) -> list[Deleted]:
    """What the actions of this name since an instant did, in their order."""
    found: list[Deleted] = []
    asked = {"last": last_before(connection, at), "name": action}
    for key, when in connection.execute(_NAMED, asked).all():
        done = Deleted(when)
        for row in connection.execute(select(_ROW).where(_ROW.c.change_id == key)):
            if row.op == "I":
                rows = range(row.row_id, (row.last_id or row.row_id) + 1)
                done.made.setdefault(row.table_name, []).extend(rows)
                continue
            kept = done.gone if row.op == "D" else done.moved
            kept.setdefault(row.table_name, {}).setdefault(row.row_id, json.loads(row.data))
        found.append(done)
    return found
