"""What stands, for one binder, for the values in it that cannot be read.

For one transaction each such value is covered by one that can be read. SQLite looks for a table in
its temporary schema first, so views there, with the names of the tables, show the rows with the
covers to every statement; what is written goes to the tables themselves. A cover shows no more
once the value beneath it is another one.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import SQLModel

from tickler import errors
from tickler.store import raw, schema_faults, unreadable
from tickler.store.unreadable import BadValue

#: Errors that no value can be the reason of.
_NO_VALUE = (errors.NotFound, errors.Ambiguous, errors.Refused, errors.Busy)

#: Whose a dossier is whose owner is not there.
_OWNER = "SELECT id FROM main.rep ORDER BY is_guest, id LIMIT 1"

_TABLES = SQLModel.metadata.tables

#: Under this name a connection keeps in which version of the file was looked for such values.
_SOUGHT_IN = "tickler_sought_in"

#: Errors that may be those of a value that was read.
_MAY_BE_VALUE = (LookupError, ValueError, TypeError, AttributeError, DBAPIError)


class Covers:
    """Finds what cannot be read once something goes wrong, and covers it in each transaction.

    What statements pick rows out by is looked at once before: it would hide rows unread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.known: tuple[BadValue, ...] = ()
        self._looked: object = None
        #: Whether triggers that note changes are missing: what is done then could not be undone.
        self.notes_all = True

    def begin(self, connection: Connection, today: date) -> None:
        """Cover what is known, for all that this transaction reads."""
        file = raw.file_of(connection)
        try:
            (version,) = file.execute("PRAGMA data_version").fetchone()
            if connection.info.get(_SOUGHT_IN) != version:  # nobody looked since others wrote
                connection.info[_SOUGHT_IN] = version
                self.notes_all = not schema_faults.not_noted(file)
                if not self.known and unreadable.suspected(file):
                    self.known = tuple(unreadable.found(file))
            if self.known:
                self.known = unreadable.still(file, self.known)
                covered = _cover(file, self.known, today)
        except sqlite3.Error:
            # What is wrong with the file itself is met again, and said, by who asks next.
            return
        if self.known:

            @event.listens_for(connection, "before_cursor_execute", retval=True)
            def _write_past(*call: Any) -> tuple[str, Any]:  # noqa: ANN401  # as SQLAlchemy has it
                return past_covers(call[2], covered), call[3]

    def look(self, bound: Engine, error: Exception | None = None) -> bool:
        """Look through the whole binder; whether more is found than was known.

        Not after an error that no value explains, nor again in a file that has not changed.
        """
        if isinstance(error, _NO_VALUE) or (state := self._state()) == self._looked:
            return False
        try:
            with bound.connect() as connection:
                file = raw.file_of(connection)
                if isinstance(error, errors.Unreadable) and not unreadable.breaks_a_rule(file):
                    return False  # nobody can read what was typed
                if not (error or unreadable.suspected(file, thoroughly=True)):
                    self._looked = state
                    return False
                found = unreadable.found(file)
        except (sqlite3.Error, SQLAlchemyError):
            return False
        self._looked = state
        more = {*map(_place, found)} > {*map(_place, self.known)}
        self.known = tuple(found)
        return more

    @contextmanager
    def refuse_more(self, connection: Connection) -> Iterator[None]:
        """Raise Refused where an action fails as it brings back what cannot be read, by an undo."""
        try:
            yield
        except _MAY_BE_VALUE as error:
            now = unreadable.found(raw.file_of(connection))
            with connection.engine.connect() as other:
                before = {*map(_place, unreadable.found(raw.file_of(other)))}
            if not (more := [each for each in now if _place(each) not in before]):
                raise
            sentence = f"then {unreadable.said(more)}; nothing was changed"
            raise errors.Refused(sentence, hint=errors.Hint.DOCTOR) from error

    @property
    def by_dossier(self) -> Mapping[int, str]:
        """What cannot be read of each dossier, in words."""
        told: defaultdict[int, list[str]] = defaultdict(list)
        for each in self.known:
            if each.dossier:
                told[each.dossier].append(each.text)
        return {key: "; ".join(texts) for key, texts in told.items()}

    def _state(self) -> object:
        """Differs once the file or the log next to it was written to."""
        files = (self._path, self._path.with_name(f"{self._path.name}-wal"))
        return [
            (s.st_ino, s.st_mtime_ns, s.st_size) for f in files if f.exists() and (s := f.stat())
        ]


def _cover(file: sqlite3.Connection, bad: Sequence[BadValue], today: date) -> Collection[str]:
    """Let what is read on this connection see the covers; taken away by the next call.

    What has lost its day lies in today's pile, where it is seen. Returns which tables are covered.
    """
    uncover(file)
    if not bad:
        return ()
    file.execute("CREATE TEMP TABLE unreadable (place, id, was, instead, PRIMARY KEY (place, id))")
    cards: set[int] = set()
    for each in bad:
        value = each.instead
        if value == unreadable.TODAY:
            value = today.isoformat()
        elif value == unreadable.OWNER:
            value = next((owner for (owner,) in file.execute(_OWNER)), each.raw)
        elif value == unreadable.NEW:
            cards.add(value := each.raw if each.lost else -each.row)
        file.execute(
            f'INSERT INTO temp.unreadable SELECT ?, id, "{each.column}", ? '
            f'FROM main."{each.table}" WHERE id = ?',
            (f"{each.table}.{each.column}", value, each.row),
        )
    covered = {(each.table, each.column) for each in bad}
    tables = {each.table for each in bad} | ({"card"} if cards else set())
    for table in tables:
        columns = (
            _covered(table, name) if (table, name) in covered else f't."{name}"'
            for name in _TABLES[table].columns.keys()  # noqa: SIM118
        )
        shown = f'SELECT {", ".join(columns)} FROM main."{table}" t'
        if table == "card":
            shown += " UNION ALL SELECT * FROM temp.new_card"
            _make_cards(file, cards)
        file.execute(f'CREATE TEMP VIEW "{table}" AS {shown}')
    return tables


def uncover(file: sqlite3.Connection) -> None:
    """Let a connection see the tables as they are."""
    found = "SELECT type, name FROM temp.sqlite_master WHERE type IN ('view', 'table')"
    for kind, name in file.execute(found).fetchall():
        file.execute(f'DROP {kind} temp."{name}"')


def _make_cards(file: sqlite3.Connection, keys: Collection[int]) -> None:
    """Cards with nothing on them, for dossiers that have none."""
    columns = _TABLES["card"].columns
    names = ", ".join(f'"{column.name}"' for column in columns)
    file.execute(f"CREATE TEMP TABLE new_card AS SELECT {names} FROM main.card WHERE 0")
    places = ", ".join("?" * len(columns))
    empty = [unreadable.instead(column, None) for column in columns][1:]
    rows = ((key, *empty) for key in keys)
    file.executemany(f"INSERT INTO temp.new_card VALUES ({places})", rows)


def past_covers(statement: str, covered: Collection[str]) -> str:
    """A statement that writes, with its table named as the one beneath the covers."""
    if not (match := _WRITES.match(statement)) or match[2] not in covered:
        return statement
    return f'{match[1]}main."{match[2]}"{statement[match.end() :]}'


_WRITES = re.compile(r'(\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE(?: OR \w+)?|DELETE FROM) )"?(\w+)"?')


def _covered(table: str, column: str) -> str:
    here = f"place = '{table}.{column}' AND u.id = t.id AND u.was IS t.\"{column}\""
    found = f"FROM temp.unreadable u WHERE {here}"
    return (
        f"CASE WHEN EXISTS (SELECT 1 {found}) THEN (SELECT instead {found}) "
        f'ELSE t."{column}" END AS "{column}"'
    )


def _place(each: BadValue) -> tuple[str, int, str]:
    return each.table, each.row, each.column
