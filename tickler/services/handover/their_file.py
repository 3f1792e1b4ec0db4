"""The file of a pile that was handed over, as it comes back: read whole, never written."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tickler.core.dates.workdays import ONE_DAY
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.services.export import whole
from tickler.services.handover import lend
from tickler.store import engine as store
from tickler.store import raw

_TABLES = SQLModel.metadata.tables

_NOT_HANDED_OVER = "this file is not a pile that was handed over; nothing was changed"

#: A row by its columns, as the database has them.
Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is in the file: all rows by table and id, and `base`, what they were when they went.

    `handover` is its row of that table, `digests` are those of the contents of files by id.
    """

    path: Path
    handover: Columns
    colleague: str
    rows: Mapping[str, Mapping[int, Columns]]
    base: Mapping[tuple[str, int], Columns]
    reps: Mapping[int, str]
    contents: Mapping[int, Columns]

    @property
    def first(self) -> date:
        return date.fromisoformat(self.handover["first"])

    @property
    def last(self) -> date:
        return date.fromisoformat(self.handover["after"]) - ONE_DAY

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """The file itself, for the contents of its files."""
        with _opened(self.path) as connection:
            yield connection


def read(path: Path) -> Theirs:
    """All that is in the file.

    Raises NotFound without one, Refused where it is another file or of another version, Unreadable
    where it is damaged.
    """
    with _opened(path) as connection:
        _refuse_damaged(connection, path)
        names = {row["id"]: row for row in raw.rows(connection, select(_TABLES["rep"]))}
        handovers = raw.rows(connection, select(_TABLES["handover"]))
        given = next((row for row in handovers if names[row["rep_id"]]["is_guest"]), None)
        if given is None:
            raise Refused(_NOT_HANDED_OVER, path=path)
        mine = (row["name"] for row in names.values() if not row["is_guest"])
        bases = raw.rows(connection, select(_TABLES["handover_row"]))
        return Theirs(
            path,
            given,
            next(mine, "") or given["colleague"],
            {table.name: _by_id(connection, table.name) for table in lend.goes_along()},
            {(row["of_table"], row["their_id"]): _base(path, row) for row in bases},
            {key: row["name"] for key, row in names.items()},
            _by_id(connection, "content"),
        )


def _refuse_damaged(connection: Connection, path: Path) -> None:
    """Raise Unreadable unless each row of the file is one that this program writes."""
    damage = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if damage != "ok":
        raise _damaged(path, damage)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise _damaged(path, "a row refers to one that is not there")
    for table in whole.tables():
        if table.name not in whole.PIECES:
            try:
                for _ in connection.execute(select(table)):
                    pass
            except (ValueError, LookupError, TypeError) as error:
                raise _damaged(path, f"{table.name}: {error}") from error


def _base(path: Path, row: Columns) -> Columns:
    try:
        found: Columns = json.loads(row["base"])
        if found.keys() == {*_TABLES[row["of_table"]].columns.keys()}:
            return found
    except (ValueError, KeyError, AttributeError):
        pass
    raise _damaged(path, "what it was when it went cannot be read")


def _by_id(connection: Connection, table: str) -> dict[int, Columns]:
    wanted = _TABLES[table]
    return {row["id"]: row for row in raw.rows(connection, select(wanted).order_by(wanted.c.id))}


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    try:
        path = path.expanduser()
    except RuntimeError as error:
        raise NotFound("there is no such file", path=path) from error
    try:
        version = _version(path)
        if version is None:
            raise NotFound("there is no such file", path=path)
        if version == "":
            raise Refused(_NOT_HANDED_OVER, path=path)
        if version != store.HEAD:
            raise Refused(
                f"this pile was written by another version of tickler (schema {version}): "
                "use the same one on both sides",
                path=path,
            )
        engine = store.open_file(path, "")
        try:
            with store.reading(engine) as connection:
                yield connection
        finally:
            engine.dispose()
    except DBAPIError as error:
        raise _damaged(path, str(error.orig)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error


def _version(path: Path) -> str | None:
    try:
        return store.inspect(path)
    except TicklerError as error:
        is_damage = isinstance(error.__cause__, sqlite3.Error | UnicodeDecodeError)
        if is_damage and not isinstance(error, Refused):
            raise _damaged(path, str(error.__cause__)) from error
        raise


def _damaged(path: Path, why: str) -> Unreadable:
    told = why.partition("\n")[0]
    return Unreadable(f"the file is damaged, nothing was changed: {told}", path=path)
