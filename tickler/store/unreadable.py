"""Values in the tables that cannot be read, found as the program reads them.

A binder that another program has written to, or that a disk has damaged, may hold a kind, a day
or a text that nothing can read. One such value must not stop the binder: `covers` says how.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Enum, Integer, Table
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.core.phrases import first
from tickler.core.text import printable, quote
from tickler.store import schema_faults
from tickler.store.health import values

_TABLES = SQLModel.metadata.tables

#: What statements pick rows out by; each list stands in an index of its table.
_SOUGHT = {
    "dossier": ("status", "next_on", "next_month", "next_at"),
    "slip": ("ticked_on", "due_on"),
}

#: Dossiers that would not be seen: their owner, or their card, is not there.
_LOST = (
    "SELECT 1 FROM main.dossier WHERE owner_id NOT IN (SELECT id FROM main.rep) "
    "UNION ALL SELECT 1 FROM main.dossier WHERE card_id NOT IN (SELECT id FROM main.card) LIMIT 1"
)

#: A binder with no more dossiers and lines of history than the first is looked at whole, one with
#: more than the second only once something goes wrong, and by who has the time.
_SMALL, _LARGE = 3_000, 100_000

#: What stands for a value that must be there and cannot be read; else what the model begins with.
#: A dossier whose card is not there has one without anything on it.
TODAY, OWNER, NEW = "today", "owner", "new"
_INSTEAD: dict[tuple[str, str], Any] = {
    ("dossier", "next_on"): TODAY,
    ("slip", "due_on"): TODAY,
    ("dossier", "status"): "open",
    ("dossier", "card_id"): NEW,
    ("entry", "kind"): "note",
    ("mail", "direction"): "in",
}
_LONG_AGO = "1970-01-01"
_INSTEAD_OF_TYPE: dict[str, Any] = {"DATE": _LONG_AGO, "DATETIME": f"{_LONG_AGO} 00:00:00.000000"}

#: How many values a sentence names.
_NAMED = 3


class RawText(bytes):
    """A text as the file has it; a plain `bytes` is a BLOB."""


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that cannot be read: where it stands, whose it is, and what is shown for it.

    `lost` is the table in which there is no row of that number.
    """

    table: str
    row: int
    column: str
    raw: Any
    instead: Any
    dossier: int | None = None
    name: str = ""
    lost: str = ""

    @property
    def whose(self) -> str:
        """`ACME #3`, or where it stands if that is no client."""
        return f"{self.name} #{self.dossier}" if self.dossier else f"{self.table} #{self.row}"

    @property
    def text(self) -> str:
        """What is wrong with it: `its next day is “banana”`."""
        own = self.table in ("dossier", "card") or not self.dossier
        place = "" if own else f" of {_THINGS.get(self.table, self.table)} #{self.row}"
        column = _COLUMNS.get(self.column, self.column.replace("_", " "))
        return f"{'the' if place else 'its'} {column}{place} {self._said}"

    @property
    def _said(self) -> str:
        kind = _TABLES[self.table].columns[self.column].type
        if self.lost:
            return f"is {self.raw}, which is not there"
        if self.raw is None:
            return "is missing"
        if isinstance(self.raw, bytes):
            try:
                shown = self.raw.decode()
            except UnicodeDecodeError:
                return "is not UTF-8"
            if not isinstance(self.raw, RawText):
                return "is not a text"
            return "is damaged" if isinstance(kind, JSON) else f"is {quote(printable(shown))}"
        return f"is {quote(str(self.raw))}"


_COLUMNS = {
    "next_on": "next day",
    "due_on": "day",
    "next_at": "time",
    "next_half": "half of the day",
    "next_what": "what to do",
    "at": "time",
    "fields": "list of free fields",
    "is_note": "mark of a note",
    "agreed": "mark of an agreed date",
    "worked_on": "day it was worked",
    "added_on": "day it was added",
    "attempts": "number of attempts",
    "slides": "number of slides",
    "folded": "name as it is found",
    "asked": "questions",
    "filed_from": "place before",
    "filed_to": "new place",
}
_THINGS = {
    "entry": "the line of history",
    "reach": "the number",
    "sheet": "the form",
    "handover_row": "the line of a hand-over",
}


def found(file: sqlite3.Connection) -> list[BadValue]:
    """Every value that cannot be read, row by row; of a schema with parts missing none is said."""
    if any(lost.startswith(("the table", "the column")) for lost in schema_faults.lacking(file)):
        return []
    bad = [
        each
        for table in SQLModel.metadata.sorted_tables
        for each in (*_found_in(file, table), *_orphans(file, table))
    ]
    return _named(file, {(each.table, each.row, each.column): each for each in bad}.values())


def suspected(file: sqlite3.Connection, *, thoroughly: bool = False) -> bool:
    """Whether some value looks unreadable to SQLite itself.

    Statements pick rows out by such values, which would hide them unread: so it is asked once for
    each opening. A large binder is then asked about those alone that stand in an index; a text
    that is not UTF-8 is met as it is read.
    """
    (rows,) = file.execute(
        "SELECT coalesce((SELECT max(id) FROM main.dossier), 0) "
        "+ coalesce((SELECT max(id) FROM main.entry), 0)"
    ).fetchone()
    if rows > _LARGE and not thoroughly:
        return False
    if thoroughly or rows <= _SMALL:
        asked, lost = [_suspects(table) for table in _TABLES], "PRAGMA main.foreign_key_check"
    else:
        asked, lost = [_suspects(table, columns) for table, columns in _SOUGHT.items()], _LOST
    found = " UNION ALL ".join(filter(None, asked))
    if any(file.execute(each).fetchone() for each in (f"{found} LIMIT 1", lost)):
        return True
    return (thoroughly or rows <= _SMALL) and breaks_a_rule(file)


def breaks_a_rule(file: sqlite3.Connection) -> bool:
    """Whether an interval or a month is not as it is read: faces read those, and raise Unreadable.

    There are few of them in the largest binder.
    """
    columns = [_TABLES["dossier"].columns[name] for name in _RULES]
    asked = f"SELECT DISTINCT {', '.join(_RULES)} FROM main.dossier"
    return not all(
        values.can_be_read(column, kept)
        for row in file.execute(asked)
        for column, kept in zip(columns, row, strict=True)
    )


@cache
def _suspects(name: str, sought: tuple[str, ...] = ()) -> str:
    """How to ask for rows in which a value has another type or form than its column."""
    asked = [
        odd
        for column in _TABLES[name].columns
        if not sought or column.name in sought
        if column.name not in _READ_AS_ASKED
        if (odd := values.odd_looking(column))
    ]
    return f'SELECT 1 FROM main."{name}" WHERE {" OR ".join(asked)}' if asked else ""


#: The columns of a dossier that a grammar reads.
_RULES = ("every", "ideal", "longest", "next_month")

#: What takes long to look at, or is free to be anything: wrong in it is met as it is read.
_READ_AS_ASKED = (*values.GRAMMARS, "data", "base")


def still(file: sqlite3.Connection, known: Sequence[BadValue]) -> tuple[BadValue, ...]:
    """Those of them that are as they were."""
    with as_it_is(file):
        return tuple(
            each for each in known if _raw(file, each.table, each.row, each.column) == (each.raw,)
        )


def said(bad: Sequence[BadValue]) -> str:
    """What cannot be read, in a sentence that names the first of them."""
    whose: dict[str, list[str]] = {}
    for each in bad:
        whose.setdefault(each.whose, []).append(each.text)
    named = [f"{name} cannot be read: {first(texts, 2)[0]}" for name, texts in whose.items()]
    more = len(bad) - min(len(named), _NAMED)
    rest = f"; {more} more {'value' if more == 1 else 'values'} cannot be read" if more else ""
    return f"{'; '.join(named[:_NAMED])}{rest}"


@contextmanager
def as_it_is(file: sqlite3.Connection) -> Iterator[None]:
    """Texts come as bytes, so that any can be read."""
    before = file.text_factory
    file.text_factory = RawText
    try:
        yield
    finally:
        file.text_factory = before


def _raw(file: sqlite3.Connection, table: str, row: int, column: str) -> Any:  # noqa: ANN401  # as SQLite has it
    with as_it_is(file):
        asked = f'SELECT "{column}" FROM main."{table}" WHERE id = ?'
        return file.execute(asked, (row,)).fetchone()


def _found_in(file: sqlite3.Connection, table: Table) -> Iterator[BadValue]:
    for each in values.of(file, table):
        column = table.columns[each.column]
        (raw,) = _raw(file, each.table, each.key, each.column)
        yield BadValue(table.name, each.key, column.name, raw, instead(column, raw))


def _orphans(file: sqlite3.Connection, table: Table) -> Iterator[BadValue]:
    """What refers to rows that do not exist."""
    lists = file.execute(f'PRAGMA main.foreign_key_list("{table.name}")').fetchall()
    columns = {number: column for number, _, _, column, *_ in lists}
    broken = file.execute(f'PRAGMA main.foreign_key_check("{table.name}")').fetchall()
    for _, row, parent, number in broken:
        column = table.columns[columns[number]]
        (value,) = _raw(file, table.name, row, column.name)
        if type(value) is int:
            yield BadValue(table.name, row, column.name, value, instead(column, value), lost=parent)


def _named(file: sqlite3.Connection, bad: Iterable[BadValue]) -> list[BadValue]:
    """The same, with the clients they belong to."""
    named = []
    with as_it_is(file):
        for each in bad:
            holder = file.execute(_holder(each.table), (each.row,)).fetchone()
            if holder is None:
                named.append(each)
                continue
            name = holder[1].decode(errors="replace") if isinstance(holder[1], bytes) else "?"
            named.append(replace(each, dossier=holder[0], name=printable(name)))
    return named


@cache
def _holder(table: str) -> str:
    """How to ask for the dossier that a row belongs to."""
    if table == "dossier":
        where = "d.id = ?"
    elif table == "card":
        where = "d.card_id = ?"
    elif table == "content":
        where = "d.id IN (SELECT dossier_id FROM main.attachment WHERE content_id = ?)"
    elif "dossier_id" in _TABLES[table].columns:
        where = f'd.id = (SELECT dossier_id FROM main."{table}" WHERE id = ?)'
    else:
        where = "0 = ?"
    return f"SELECT d.id, d.name FROM main.dossier d WHERE {where} ORDER BY d.id LIMIT 1"


def instead(column: Column[Any], raw: Any) -> Any:  # noqa: ANN401  # as SQLite has it
    """What stands for a value: none where there may be none, the readable rest of a text."""
    kind, known = column.type, _INSTEAD.get((column.table.name, column.name))
    if any(each.column.table.name == "rep" for each in column.foreign_keys):
        known = OWNER
    is_free = values.kind_of(column) == "str" and column.name not in values.GRAMMARS
    if is_free and isinstance(raw, bytes) and not _is_utf8(raw):
        return raw.decode(errors="replace").replace("\0", "�")
    if column.nullable or known is not None:
        return known  # of what may be missing, mostly none
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, JSON):
        return json.dumps(_empty(column))
    if isinstance(kind, Integer | Boolean):
        return 0
    compiled = kind.compile(dialect())
    return _INSTEAD_OF_TYPE.get(compiled, "")


def _empty(column: Column[Any]) -> object:
    """What the model begins with."""
    begun: Any = column.default
    return begun.arg(None) if begun is not None else {}


def _is_utf8(raw: bytes) -> bool:
    if not isinstance(raw, RawText):
        return False
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
