"""What each action changed, caught by triggers; undo and redo, generic over all tables.

The technique is that of SQLite's own undo/redo page: AFTER triggers, generated here from the
tables' metadata, note an insert's key, an update's old values and a delete's old row. An undo
plays them back, newest first, while the same triggers note how to take the undo back. Many rows
that are inserted at once are noted before, in one line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Boolean, Connection, Integer, Row, Table, Text, bindparam, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.errors import Hint, NotFound, Refused

if TYPE_CHECKING:
    from tickler.core.views.reports import ChangeLine

UNDO = "undo"
REDO = "redo"

#: The action by which a backup came in the binder's place: no undo reaches past it unasked.
RESTORE = "restore"

#: The action, and where it named the client the summary, of what touched somebody forgotten.
FORGOTTEN = "forgotten"

_CHANGE = SQLModel.metadata.tables["change"]
_ROW = SQLModel.metadata.tables["change_row"]

_BEGIN = _CHANGE.insert()
_FINISH = _CHANGE.update().where(_CHANGE.c.id == bindparam("change"))

#: A statement made once costs a third of one made each time.
_once = lru_cache(text)


class Touched(NamedTuple):
    """What an action touched: tables by name, and dossiers by id."""

    tables: set[str]
    dossiers: set[int]


def journaled() -> list[Table]:
    """The tables whose changes are noted: all but those marked otherwise."""
    return [t for t in SQLModel.metadata.sorted_tables if t.info.get("journaled", True)]


def install(connection: Connection) -> None:
    """Make the triggers again from the tables as they are now."""
    stale = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'")
    ).scalars()
    for name in list(stale):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in journaled():
        for statement in _triggers(table):
            connection.exec_driver_sql(statement)


def _triggers(table: Table) -> Iterator[str]:
    columns = [c.name for c in table.columns]
    whole = ", ".join(f"'{c}', OLD.\"{c}\"" for c in columns)
    changed = " UNION ALL ".join(
        f'SELECT \'{c}\' AS k, OLD."{c}" AS v WHERE OLD."{c}" IS NOT NEW."{c}"' for c in columns
    )
    differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    noted = {
        "INSERT": ("I", "NEW.id", "NULL", f"NOT EXISTS ({_ANNOUNCED.format(table=table.name)})"),
        "UPDATE": ("U", "NEW.id", f"(SELECT json_group_object(k, v) FROM ({changed}))", differs),
        "DELETE": ("D", "OLD.id", f"json_object({whole})", ""),
    }
    for event, (op, key, data, condition) in noted.items():
        when = f" WHEN {condition}" if condition else ""
        yield (
            f'CREATE TRIGGER "journal_{table.name}_{event.lower()}" '
            f'AFTER {event} ON "{table.name}"{when} BEGIN '
            "INSERT INTO change_row (change_id, table_name, row_id, op, data) "
            f"VALUES ((SELECT max(id) FROM change), '{table.name}', {key}, '{op}', {data}); END"
        )


#: The last line of the journal, where it says that this new row comes with others.
_ANNOUNCED = """SELECT 1 FROM change_row WHERE id = (SELECT max(id) FROM change_row)
AND table_name = '{table}' AND NEW.id BETWEEN row_id AND last_id
AND change_id = (SELECT max(id) FROM change)"""


def announce(connection: Connection, table: str, rows: range) -> None:
    """Note in one line that these rows, whose ids were never used, are inserted next.

    The triggers leave them out then: a line for each took more time than the rows themselves.
    """
    connection.execute(_once(_ANNOUNCE), {"table": table, "first": rows[0], "last": rows[-1]})


_ANNOUNCE = """
INSERT INTO change_row (change_id, table_name, row_id, last_id, op)
SELECT max(id), :table, :first, :last, 'I' FROM change
"""


def begin(connection: Connection, rep_id: int, at: datetime) -> int:
    """Open the line of the journal that all changes of this transaction are noted under."""
    line = {"rep_id": rep_id, "at": at, "action": "", "summary": "", "dossiers": 0}
    key = connection.execute(_BEGIN, line).inserted_primary_key
    return int(key[0]) if key else 0


def finish(connection: Connection, change: int, action: str, summary: str) -> Touched | None:
    """Close the line. Returns what it touched, None where nothing was changed at all."""
    found = touched(connection, change)
    if not found.tables:
        return None
    line = {"action": action, "summary": summary, "dossiers": len(found.dossiers)}
    connection.execute(_FINISH, {"change": change, **line})
    return found


def touched(connection: Connection, change: int) -> Touched:
    """The tables the action touched, and all dossiers a row of which it touched, or took away."""
    found = Touched(set(), set())
    for part in connection.execute(_once(_TOUCHED), {"change": change}).partitions(_AT_ONCE):
        for table, key in part:
            if table is not None:
                found.tables.add(table)
            else:
                found.dossiers.add(key)
    return found


#: As many rows are read at once.
_AT_ONCE = 10_000


def _dossiers_of(table: str, key: str = "dossier_id", row: str = "id") -> str:
    return (
        f"SELECT o.{key} FROM noted CROSS JOIN {table} o ON o.{row} BETWEEN row_id AND last_id "
        f"WHERE table_name = '{table if row == 'id' else 'card'}'"
    )


# A row that is there names its dossier, one that was taken away named it in what was noted.
_DOSSIERS = " UNION ".join(
    (
        "SELECT iif(table_name = 'dossier', row_id, json_extract(data, '$.dossier_id')) AS key "
        "FROM noted",
        _dossiers_of("dossier", "id"),
        _dossiers_of("dossier", "id", "card_id"),
        *(_dossiers_of(table.name) for table in journaled() if "dossier_id" in table.columns),
    )
)
_TOUCHED = f"""
WITH noted AS (SELECT table_name, row_id, coalesce(last_id, row_id) AS last_id, data
               FROM change_row WHERE change_id = :change)
SELECT DISTINCT table_name, NULL FROM noted
UNION ALL SELECT NULL, key FROM ({_DOSSIERS}) WHERE key IS NOT NULL
"""


def undo(connection: Connection, own: int, rep_id: int, number: int | None) -> ChangeLine:
    """Take back the rep's last action, or action `number`, as change `own`."""
    line = next_undo(connection, rep_id, number, own)
    _revert(connection, own, UNDO, line)
    return line


def redo(connection: Connection, own: int, rep_id: int) -> ChangeLine:
    """Do again what the rep's last undo took back, as change `own`."""
    line = next_redo(connection, rep_id, own)
    _revert(connection, own, REDO, line)
    return line


def next_undo(
    connection: Connection, rep_id: int, number: int | None = None, own: int = 0
) -> ChangeLine:
    """The action that `undo` takes back; `own` is the undo's own change, if it has begun."""
    if number is None:
        number = connection.scalar(_once(_NEXT_UNDO), {"rep": rep_id, "own": own})
        if number is None:
            raise Refused("nothing to undo")
    line = _line(connection, rep_id, number, own)
    if line.undone:
        raise Refused(f"change {line.number} is taken back already")
    return line


def next_redo(connection: Connection, rep_id: int, own: int = 0) -> ChangeLine:
    """The action that `redo` does again: the one undone last, if nothing was done since."""
    number = connection.scalar(_once(_NEXT_REDO), {"rep": rep_id, "own": own})
    if number is None:
        raise Refused("nothing to redo")
    return _line(connection, rep_id, number, own)


def was_forgotten_since(connection: Connection, rep_id: int, number: int) -> bool:
    """Whether somebody was forgotten after the last link of the action: undo goes past that."""
    chain = (_CHANGE.c.id == number) | (_CHANGE.c.root_id == number)
    last = select(func.max(_CHANGE.c.id)).where(chain).scalar_subquery()
    later = (_CHANGE.c.id > last) & (_CHANGE.c.action == FORGOTTEN)
    mine = select(_CHANGE.c.id).where(later, _CHANGE.c.rep_id == rep_id).limit(1)
    return connection.scalar(mine) is not None


# An action and its undos and redos form a chain under one root. An odd number of links means
# that it is applied, an even one that it is taken back; the last link says since when.
_CHAINS = """
WITH chain AS (
  SELECT coalesce(root_id, id) AS root, max(id) AS last, count(*) AS links,
         max(action = 'forgotten') AS forgotten
  FROM change WHERE rep_id = :rep AND id <> :own GROUP BY 1)
"""
_NEXT_UNDO = (
    _CHAINS
    + """SELECT root FROM chain WHERE links % 2 = 1 AND NOT forgotten
         ORDER BY last DESC LIMIT 1"""
)
_NEXT_REDO = (
    _CHAINS
    + """SELECT root FROM chain WHERE links % 2 = 0 AND NOT forgotten AND last >
         (SELECT coalesce(max(id), 0) FROM change
          WHERE rep_id = :rep AND root_id IS NULL AND id <> :own)
         ORDER BY last DESC LIMIT 1"""
)
_LINES = (
    _CHAINS
    + """SELECT c.id, c.at, c.action, c.summary, c.dossiers, chain.links % 2 = 0 AS undone,
                rep.name AS rep, NOT forgotten
                AND EXISTS (SELECT 1 FROM change_row r WHERE r.change_id = c.id) AS undoable
         FROM chain JOIN change c ON c.id = chain.root JOIN rep ON rep.id = c.rep_id
         WHERE (:number IS NULL OR c.id = :number) ORDER BY c.id DESC LIMIT :most"""
)


def lines(connection: Connection, rep_id: int, most: int) -> list[ChangeLine]:
    """The rep's last actions, newest first."""
    return _read_lines(connection, {"rep": rep_id, "own": 0, "number": None, "most": most})


def last_restore(connection: Connection) -> tuple[int, str]:
    """The number and the summary of the last change that was a restore, 0 without any."""
    restores = select(_CHANGE.c.id, _CHANGE.c.summary).where(_CHANGE.c.action == RESTORE)
    found = connection.execute(restores.order_by(_CHANGE.c.id.desc()).limit(1)).first()
    return (found.id, found.summary) if found else (0, "")


def _line(connection: Connection, rep_id: int, number: int, own: int) -> ChangeLine:
    query: dict[str, int | None] = {"rep": rep_id, "own": own, "number": number, "most": 1}
    for line in _read_lines(connection, query):
        return line
    raise NotFound(f"there is no change {number}", hint=Hint.CHANGES)


def _read_lines(connection: Connection, query: dict[str, int | None]) -> list[ChangeLine]:
    from tickler.core.views.reports import ChangeLine  # noqa: PLC0415  # actions do without

    typed = _once(_LINES).columns(
        id=Integer, at=_CHANGE.c.at.type, action=Text, summary=Text, dossiers=Integer,
        undone=Boolean, rep=Text, undoable=Boolean,
    )  # fmt: skip
    return [ChangeLine(*row) for row in connection.execute(typed, query)]


def _revert(connection: Connection, own: int, action: str, line: ChangeLine) -> None:
    """Play the last link of the line's chain backwards; change `own` becomes its new last link."""
    chain = (_CHANGE.c.id == line.number) | (_CHANGE.c.root_id == line.number)
    if not line.undoable:
        gone = select(_CHANGE.c.id).where(chain, _CHANGE.c.action == FORGOTTEN).limit(1)
        why = "was made before the last update of the database"
        if line.action == RESTORE:
            why = f"cannot be taken back ({line.summary}): what was there before is a backup, too"
        if connection.scalar(gone):
            why = "was about a client who has been forgotten: it cannot be taken back"
        raise Refused(f"change {line.number} {why}")
    last = connection.scalar(select(func.max(_CHANGE.c.id)).where(chain))
    _refuse_if_changed_later(connection, last or line.number, own, line, action)
    connection.execute(_CHANGE.update().where(_CHANGE.c.id == own).values(root_id=line.number))
    noted = select(_ROW).where(_ROW.c.change_id == last).order_by(_ROW.c.id.desc())
    try:
        for row in connection.execute(noted).all():
            _play_back(connection, row)
    except IntegrityError as error:
        raise Refused(
            f"cannot {action} change {line.number} ({line.summary}): "
            "a later change depends on it; undo that first"
        ) from error


def _refuse_if_changed_later(
    connection: Connection, last: int, own: int, line: ChangeLine, action: str
) -> None:
    """A later action in force (an odd number of its links came later) forbids playing back."""
    later = connection.execute(
        text(
            """SELECT root, (SELECT summary FROM change WHERE id = root) AS summary FROM (
                 SELECT DISTINCT coalesce(c.root_id, c.id) AS root FROM change_row r
                 JOIN change c ON c.id = r.change_id
                 WHERE c.id > :last AND EXISTS (
                   SELECT 1 FROM change_row o WHERE o.change_id = :last
                   AND o.table_name = r.table_name AND o.row_id = r.row_id
                   UNION ALL
                   SELECT 1 FROM change_row o WHERE o.change_id = :last
                   AND o.table_name = r.table_name AND r.row_id BETWEEN o.row_id AND o.last_id))
               WHERE (SELECT count(*) FROM change n
                      WHERE n.id > :last AND n.id <> :own
                      AND coalesce(n.root_id, n.id) = root) % 2 = 1
               ORDER BY root DESC LIMIT 1"""
        ),
        {"last": last, "own": own},
    ).first()
    if later:
        raise Refused(
            f"cannot {action} change {line.number} ({line.summary}): "
            f"change {later.root} came later ({later.summary})"
        )


def _play_back(connection: Connection, noted: Row[Any]) -> None:
    table = noted.table_name
    if table not in SQLModel.metadata.tables:
        raise Refused(f"the table “{table}” is no longer there")
    if noted.op == "I":
        rows = {"first": noted.row_id, "last": noted.last_id or noted.row_id}
        gone = f'DELETE FROM "{table}" WHERE id BETWEEN :first AND :last'
        connection.execute(_once(gone), rows)
        return
    old = json.loads(noted.data or "{}")
    names = [name for name in old if name in SQLModel.metadata.tables[table].columns]
    if noted.op == "U":
        assignments = ", ".join(f'"{c}" = :{c}' for c in names)
        statement = f'UPDATE "{table}" SET {assignments} WHERE id = :row_key'
        connection.execute(_once(statement), {**old, "row_key": noted.row_id})
    else:
        columns = ", ".join(f'"{c}"' for c in names)
        values = ", ".join(f":{c}" for c in names)
        connection.execute(_once(f'INSERT INTO "{table}" ({columns}) VALUES ({values})'), old)
