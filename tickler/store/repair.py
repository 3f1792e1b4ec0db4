"""Repairing the rows of a binder without losing one: what has no place is put aside, not away.

Works on a file without triggers and with foreign keys off; whoever calls it makes them again.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from tickler.clock import system_clock
from tickler.core.text import fold
from tickler.store.health import journal as notes
from tickler.store.health import slots, values

_TABLES = SQLModel.metadata.tables

#: What a value becomes that cannot be read and cannot be missing.
_INSTEAD = {
    ("dossier", "status"): "open",
    ("entry", "kind"): "other",
    ("reach", "kind"): "phone",
    ("slip", "kind"): "topic",
    ("mail", "direction"): "in",
}
_OF_TYPE: Mapping[str, Any] = {"int": 0, "bool": 0, "str": "?", "bytes": b"", "JSON": "{}"}

#: Where no row breaks a rule of its table: what makes it so.
_TO_THE_RULE = {
    "day_or_month": "next_on = NULL, next_month = NULL",
    "time_or_half": "next_half = NULL",
    "counted": "attempts = max(attempts, 0), slides = max(slides, 0)",
    "named": "name = '?'",
    "worded": "text = '?'",
    "minutes_counted": "minutes = NULL",
    "told_of_a_day": "told_on = NULL, was_due_on = NULL",
    "lasting": "after = date(first, '+1 day')",
}

#: What a rep would miss: its dossier is made again, if only by name.
_WORTH_A_DOSSIER = {"entry", "slip", "person", "mail", "attachment", "sheet"}

#: As many rounds: what refers to a row that is put aside comes in the next.
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that could not stay as it was: which row, why, and what it had."""

    table: str
    key: int
    why: str
    row: Mapping[str, Any]

    def line(self) -> bytes:
        """One line of JSON."""
        row = {name: _plain(value) for name, value in self.row.items()}
        said = {"table": self.table, "id": self.key, "why": self.why, "row": row}
        return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


@dataclass(slots=True)
class Repaired:
    """What was repaired, by what it is, and what was put aside."""

    done: Counter[str] = field(default_factory=Counter)
    aside: list[Aside] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """What was done."""
        return [f"{what} ({count})" for what, count in self.done.items()]


def rows(file: sqlite3.Connection) -> Repaired:
    """Repair the rows of a binder of the present schema, in the caller's transaction."""
    done = Repaired()
    file.execute("PRAGMA ignore_check_constraints = ON")
    try:
        _values(file, done)
        _rules(file, done)
        _references(file, done)
        _slots(file, done)
        _names(file, done)
        _counters(file, done)
        _notes(file, done)
    finally:
        file.execute("PRAGMA ignore_check_constraints = OFF")
    return done


def substitute(column: sa.Column[Any]) -> object:
    """What a column gets where its value cannot be read."""
    if column.nullable:
        return None
    table = column.table.name
    if (table, column.name) in _INSTEAD:
        return _INSTEAD[table, column.name]
    kind = values.kind_of(column)
    now = system_clock().astimezone(UTC)
    if kind == "JSON" and values.json_type(column) is list:
        return "[]"
    if kind == "str" and column.name not in ("name", "folded"):
        return "" if not values.is_unique(column) else f"? {now.isoformat()}"
    if kind == "date":
        return now.date().isoformat()
    if kind == "datetime":
        return f"{now:%Y-%m-%d %H:%M:%S}.000000"
    return _OF_TYPE[kind]


def _values(file: sqlite3.Connection, done: Repaired) -> None:
    for table in SQLModel.metadata.sorted_tables:
        for each in [*values.of(file, table)]:
            column = table.columns[each.column]
            instead = substitute(column)
            if isinstance(each.value, bytes) and values.kind_of(column) == "str":
                instead = each.value.decode("utf-8", "replace").replace("\0", "\ufffd")
            why = f"{each.column} cannot be read: it is {instead!r} now"
            done.aside.append(Aside(table.name, each.key, why, {each.column: each.value}))
            try:
                _set(file, table.name, each.key, {each.column: instead})
            except sqlite3.IntegrityError:
                _put_aside(file, done, table.name, each.key, why)
            done.done["values that could not be read were replaced"] += 1


def _rules(file: sqlite3.Connection, done: Repaired) -> None:
    for table, rule, key in values.broken_rules(file):
        before = _row(file, table, key)
        file.execute(f'UPDATE "{table}" SET {_TO_THE_RULE[rule]} WHERE rowid = ?', (key,))
        done.aside.append(Aside(table, key, f"broke the rule {rule}", before))
        done.done["rows were brought to the rules of their tables"] += 1


def _references(file: sqlite3.Connection, done: Repaired) -> None:
    for _ in range(_ROUNDS):
        broken = file.execute("PRAGMA foreign_key_check").fetchall()
        if not broken:
            return
        for table, key, parent, number in broken:
            links = file.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            name = next(link[3] for link in links if link[0] == number)
            if key is not None and (row := _row(file, table, key)):
                _refer(file, done, (table, key), {name: row[name]}, parent)


def _refer(
    file: sqlite3.Connection,
    done: Repaired,
    place: tuple[str, int],
    link: Mapping[str, Any],
    parent: str,
) -> None:
    """Let a row refer to nothing, or to a row that is made for it; else put it aside."""
    table, key = place
    ((name, target),) = link.items()
    why = f"{parent} {target} does not exist"
    if _TABLES[table].columns[name].nullable:
        done.aside.append(Aside(table, key, why, link))
        _set(file, table, key, {name: None})
        done.done["references to what does not exist were taken out"] += 1
    elif (own := _own_parent(file, table, parent, target)) is not None:
        done.aside.append(Aside(table, key, why, link))
        _set(file, table, key, {name: own})
        done.done["references to what does not exist were replaced"] += 1
    elif isinstance(target, int) and target > 0 and _exists(file, parent, target):
        return  # it was made for another row
    elif isinstance(target, int) and target > 0 and _made(file, table, parent, target):
        done.done[f"{parent}s were made again, by number alone"] += 1
    else:
        _put_aside(file, done, table, key, why)


def _own_parent(file: sqlite3.Connection, table: str, parent: str, target: object) -> int | None:
    """What a row refers to instead: a dossier is the rep's of the binder, and has a card."""
    is_number = isinstance(target, int) and target > 0
    found: int | None = None
    if parent == "rep" and (table == "dossier" or not is_number):
        ((found,),) = file.execute("SELECT min(id) FROM rep WHERE NOT is_guest").fetchall()
    elif parent == "card" and not is_number:
        ((found,),) = file.execute("SELECT coalesce(max(id), 0) + 1 FROM card").fetchall()
        make_row(file, "card", {"id": found})
    return found


def _made(file: sqlite3.Connection, table: str, parent: str, key: int) -> bool:
    """Make a row that something worth it refers to; False where it is not made."""
    if parent == "dossier" and table in _WORTH_A_DOSSIER:
        make_dossier(file, key, {})
    elif parent == "card" and table == "dossier":
        make_row(file, "card", {"id": key})
    elif parent == "rep":
        make_rep(file, key, f"Recovered {key}")
    elif parent == "content":
        digest = f"lost {key}"
        make_row(file, "content", {"id": key, "digest": digest, "size": 0, "text": None})
    else:
        return False
    return True


def _exists(file: sqlite3.Connection, table: str, key: int) -> bool:
    return file.execute(f'SELECT 1 FROM "{table}" WHERE rowid = ?', (key,)).fetchone() is not None


def make_rep(file: sqlite3.Connection, key: int, name: str) -> None:
    """Make a rep: whose binder it is where it is nobody's, else a guest."""
    owned = file.execute("SELECT 1 FROM rep WHERE NOT is_guest").fetchone() is not None
    row = {"id": key, "name": name, "folded": fold(name), "is_guest": int(owned)}
    make_row(file, "rep", row)


def make_dossier(file: sqlite3.Connection, key: int, known: Mapping[str, Any]) -> None:
    """Make a dossier of which no more is known, so that what belongs to it is found."""
    owner = file.execute("SELECT id FROM rep ORDER BY is_guest, id").fetchone()
    name = str(known.get("folded") or f"Recovered {key}")
    card = known.get("card_id") or file.execute("SELECT max(id) FROM card").fetchone()[0] or 0
    if not known.get("card_id"):
        card += 1
    if not file.execute("SELECT 1 FROM card WHERE id = ?", (card,)).fetchone():
        make_row(file, "card", {"id": card})
    row = {"owner_id": owner[0] if owner else 1, "status": "open", **known}
    make_row(file, "dossier", row | {"id": key, "name": name, "folded": name, "card_id": card})


def make_row(file: sqlite3.Connection, table: str, known: Mapping[str, Any]) -> None:
    """Make a row with what is known of it; texts are empty."""
    row = {
        column.name: substitute(column) if column.name not in known else known[column.name]
        for column in _TABLES[table].columns
        if column.name in known or not column.nullable
    }
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    file.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', [*row.values()])


def _slots(file: sqlite3.Connection, done: Repaired) -> None:
    for key, _ in slots.unslotted(file):
        before = _row(file, "dossier", key)
        _set(file, "dossier", key, dict.fromkeys(("next_on", "next_month", "next_at", "next_half")))
        done.aside.append(Aside("dossier", key, "was in no slot: it is in the inbox", before))
        done.done["dossiers that were in no slot are in the inbox"] += 1


def _names(file: sqlite3.Connection, done: Repaired) -> None:
    for table, key in values.misnamed(file):
        column = values.FOLDED[table]
        file.execute(f"UPDATE {table} SET folded = fold({column}) WHERE id = ?", (key,))
        done.done["names are found again"] += 1


def _counters(file: sqlite3.Connection, done: Repaired) -> None:
    for table in notes.behind(file):
        (highest,) = file.execute(f'SELECT max(id) FROM "{table}"').fetchone()
        file.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        file.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))
        done.done["numbers go on after the last one"] += 1


def _notes(file: sqlite3.Connection, done: Repaired) -> None:
    """What the journal noted of rows that are not as it left them cannot be played back."""
    spoiled = {key for (key,) in file.execute(notes.UNREADABLE)}
    touched = {(each.table, each.key) for each in done.aside}
    for table in _TABLES:
        if _TABLES[table].info.get("journaled", True):
            touched |= {(table, key) for (key,) in file.execute(notes.apart_from(table))}
    for table, key in touched:
        noted = file.execute(
            "SELECT id FROM change_row WHERE table_name = ? AND (row_id = ? "
            "OR (last_id IS NOT NULL AND ? BETWEEN row_id AND last_id))",
            (table, key, key),
        )
        spoiled |= {note for (note,) in noted}
    changes = set()
    for key in sorted(spoiled):
        row = _row(file, "change_row", key)
        done.aside.append(Aside("change_row", key, "undo would not find what it expects", row))
        changes.add(row["change_id"])
    for change in changes:
        # A change is taken back whole or not at all.
        file.execute("DELETE FROM change_row WHERE change_id = ?", (change,))
        done.done["changes can no longer be undone"] += 1


def _put_aside(file: sqlite3.Connection, done: Repaired, table: str, key: int, why: str) -> None:
    done.aside.append(Aside(table, key, why, _row(file, table, key)))
    file.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (key,))
    done.done["rows were put aside"] += 1


def _row(file: sqlite3.Connection, table: str, key: int) -> dict[str, Any]:
    found = file.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (key,))
    names = [each[0] for each in found.description]
    with suppress(StopIteration):
        return dict(zip(names, next(found), strict=True))
    return {}


def _set(file: sqlite3.Connection, table: str, key: int, row: Mapping[str, Any]) -> None:
    named = ", ".join(f'"{name}" = ?' for name in row)
    file.execute(f'UPDATE "{table}" SET {named} WHERE rowid = ?', [*row.values(), key])


def _plain(value: object) -> object:
    """A value as JSON has it; bytes as text where they are, else in hex."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"hex": value.hex()}
