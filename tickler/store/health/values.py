"""Whether the program can read each value, row by row: dates, times, words, JSON, text."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.core.dates.repeat import read_every, read_interval
from tickler.core.filing.slots import Month
from tickler.core.phrases import counted
from tickler.errors import Unreadable
from tickler.store.health.finding import (
    REPAIR,
    Examined,
    Finding,
    listed,
    portions,
    readable_at_all,
)

#: The columns that are another one folded.
FOLDED = {"dossier": "name", "person": "name", "tag": "name"}

#: As many rows are looked at together.
_TOGETHER = 1000

_DIALECT = dialect()


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A value that its column cannot have: in which row, and what SQLite has there."""

    table: str
    key: int
    column: str
    value: Any

    @property
    def shown(self) -> str:
        """The value to be read by a person."""
        if isinstance(self.value, bytes):
            return readable_at_all(self.value)
        return str(self.value)


def readable(binder: Examined) -> Iterator[Finding]:
    """Whether each value is one that the program can read, and each name is found."""
    found = [each for table in SQLModel.metadata.sorted_tables for each in of(binder.file, table)]
    if found:
        named = (
            f"{each.column} of {each.table} {each.key}{_whose(binder.file, each)} is {each.shown!r}"
            for each in found
        )
        are = counted(len(found), "value", "values")
        yield Finding("values", False, f"{are} cannot be read: {listed(named)}", REPAIR)
        return
    broken = [f"{table} {key} ({rule})" for table, rule, key in broken_rules(binder.file)]
    if broken:
        are = counted(len(broken), "row breaks", "rows break")
        yield Finding("values", False, f"{are} a rule of its table: {listed(broken)}", REPAIR)
        return
    unfolded = [f"{table} {key}" for table, key in misnamed(binder.file)]
    if unfolded:
        are = counted(len(unfolded), "name is", "names are")
        yield Finding("values", False, f"{are} not found as written: {listed(unfolded)}", REPAIR)
        return
    yield Finding("values", True, "can all be read")


def misnamed(file: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rows, by table and id, that are not found by their names."""
    asked = (
        f"SELECT '{table}', id FROM {table} WHERE folded IS NOT fold({column})"
        for table, column in FOLDED.items()
    )
    return file.execute(" UNION ALL ".join(asked)).fetchall()


def is_unique(column: sa.Column[Any]) -> bool:
    """Whether no two rows may have the same in a column."""
    return bool(column.unique) or any(
        isinstance(each, sa.UniqueConstraint) and [*each.columns] == [column]
        for each in column.table.constraints
    )


def broken_rules(file: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The rows that break a rule of their table: table, rule and id."""
    asked = [
        f"SELECT '{table.name}', '{rule.name}', rowid FROM \"{table.name}\" "
        f"WHERE NOT ({rule.sqltext})"
        for table in SQLModel.metadata.sorted_tables
        for rule in table.constraints
        if isinstance(rule, sa.CheckConstraint) and isinstance(rule.sqltext, sa.TextClause)
    ]
    found = file.execute(" UNION ALL ".join(asked)).fetchall()
    return [(table, rule.removeprefix(f"ck_{table}_"), key) for table, rule, key in found]


def of(file: sqlite3.Connection, table: sa.Table) -> Iterator[Spoiled]:
    """The values of a table that the program cannot read."""
    there = {row[1] for row in file.execute(f'PRAGMA table_info("{table.name}")')}
    if there >= set(table.columns.keys()):  # else the schema is at fault
        yield from _of_another_kind(file, table)
        yield from _no_text(file, table)


def _of_another_kind(file: sqlite3.Connection, table: sa.Table) -> Iterator[Spoiled]:
    """Those that SQLite itself can tell; it errs on the side of too many, so they are read."""
    odd = {column: odd for column in table.columns if (odd := odd_looking(column))}
    if not odd:
        return
    # A value goes through the program as bytes here: it may be no text.
    raw = ", ".join(f"typeof(\"{c.name}\") = 'text', {_as_bytes(c.name)}" for c in odd)
    any_odd = " OR ".join(odd.values())
    for key, *found in file.execute(
        f'SELECT rowid, {raw} FROM main."{table.name}" WHERE {any_odd}'
    ):
        for column, is_text, kept in zip(odd, found[::2], found[1::2], strict=True):
            value = kept
            if is_text:
                with suppress(UnicodeDecodeError):
                    value = kept.decode()
            if not can_be_read(column, value):
                yield Spoiled(table.name, key, column.name, kept if is_text else value)


def _as_bytes(column: str) -> str:
    return f'iif(typeof("{column}") = \'text\', CAST("{column}" AS BLOB), "{column}")'


def can_be_read(column: sa.Column[Any], value: object) -> bool:
    """Whether the program can read what SQLite has in a column."""
    if value is None:
        return bool(column.nullable)
    if kind_of(column) == "bool":
        return value in (0, 1)
    kind = column.type.dialect_impl(_DIALECT)
    plain = _PLAIN.get(kind_of(column))
    if plain:
        return isinstance(value, plain) and _follows(column, value)
    read = kind.result_processor(_DIALECT, None)
    assert read
    try:
        read_value = read(value)
    except (ValueError, LookupError, TypeError, AttributeError):
        return False
    return kind_of(column) != "JSON" or _holds(column, read_value)


def _holds(column: sa.Column[Any], value: object) -> bool:
    """Whether a JSON is the mapping or the list that the model says, of what it says."""
    wanted, of = _json_types().get((str(column.table.name), column.name), (object, object))
    within = value.values() if isinstance(value, dict) else value
    inside = within if isinstance(within, Iterable) else ()
    return isinstance(value, wanted) and all(isinstance(each, of) for each in inside)


def _follows(column: sa.Column[Any], value: object) -> bool:
    """Whether a text is written as the rules read it, where they do."""
    grammar = GRAMMARS.get(column.name)
    if not grammar or not value:
        return True
    try:
        grammar(str(value))
    except (ValueError, Unreadable):
        return False
    return True


#: What reads the texts of a column that are not free.
GRAMMARS: Mapping[str, Callable[[str], object]] = {
    "next_month": Month.parse,
    "every": read_every,
    "ideal": read_interval,
    "longest": read_interval,
    "base": json.loads,
    "data": json.loads,
}


#: What Python has for the columns that are read as they are.
_PLAIN: dict[str, type] = {"str": str, "int": int, "bytes": bytes}


def kind_of(column: sa.Column[Any]) -> str:
    """What a column has: `Enum`, `JSON`, or the name of a type of Python."""
    kind = column.type
    if isinstance(kind, sa.Enum | sa.JSON):
        return "Enum" if isinstance(kind, sa.Enum) else "JSON"
    if isinstance(kind, sa.TypeDecorator):
        kind = kind.impl_instance
    return kind.python_type.__name__


def odd_looking(column: sa.Column[Any]) -> str:
    """SQL that is true where the value may be none that this column can have."""
    name = f'"{column.name}"'
    match kind_of(column):
        case "Enum":
            words = ", ".join(f"'{word}'" for word in getattr(column.type, "enums", ()))
            odd = f"{name} NOT IN ({words})"
        case "JSON":
            wanted = "array" if json_type(column) is list else "object"
            inside = f"(SELECT 1 FROM json_each({name}) WHERE type NOT IN ({_inside(column)}))"
            odd = (
                f"iif(typeof({name}) = 'text' AND json_valid({name}), "
                f"json_type({name}) <> '{wanted}' OR EXISTS {inside}, true)"
            )
        case "bool":
            odd = f"{name} NOT IN (0, 1)"
        case "int":
            odd = f"typeof({name}) <> 'integer'"
        case "bytes":
            odd = f"typeof({name}) <> 'blob'"
        case "date":
            # Without a step SQLite takes 31 February as it is.
            odd = f"date({name}, '+0 days') IS NOT {name} OR {name} < '0001'"
        case "time":
            odd = f"time({name}) IS NOT substr({name}, 1, 8)"
        case "datetime":
            odd = f"datetime({name}, '+0 days') IS NOT substr({name}, 1, 19) OR {name} < '0001'"
        case _ if column.name in ("base", "data"):
            odd = f"iif(typeof({name}) = 'text', NOT json_valid({name}), true)"
        case _ if column.name in GRAMMARS:
            odd = f"{name} <> ''"
        case _:
            odd = f"typeof({name}) <> 'text'"
    return f"({name} IS NOT NULL AND ({odd}))" if column.nullable else f"({odd})"


@cache
def _json_types() -> dict[tuple[str, str], tuple[type, type]]:
    """What the models say of their JSON: a mapping or a list, and of what."""
    models = (mapper.class_ for mapper in SQLModel._sa_registry.mappers)
    return {
        (model.__tablename__, name): (
            kind,
            of[-1] if isinstance(of[-1], type) else get_origin(of[-1]) or object,
        )
        for model in models
        for name, field in model.model_fields.items()
        if (kind := get_origin(field.annotation)) in (dict, list)
        and (of := get_args(field.annotation))
    }


def _class_of(annotation: Any) -> type:  # noqa: ANN401  # as typing has it
    found = get_origin(annotation) or annotation
    return found if isinstance(found, type) else object


def json_type(column: sa.Column[Any]) -> type:
    """What a column of JSON has: objects or lists."""
    return _json_types().get((str(column.table.name), column.name), (object, object))[0]


def _inside(column: sa.Column[Any]) -> str:
    """SQLite's names for what may be in a JSON of this column."""
    of = _json_types().get((str(column.table.name), column.name), (object, object))[1]
    known = {str: ("text",), int: ("integer", "true", "false"), dict: ("object",)}
    anything = ("null", "true", "false", "integer", "real", "text", "array", "object")
    return ", ".join(f"'{each}'" for each in known.get(of, anything))


def _no_text(file: sqlite3.Connection, table: sa.Table) -> Iterator[Spoiled]:
    """Texts that are not UTF-8: many are decoded at once, and one by one where that fails."""
    texts = [c.name for c in table.columns if kind_of(c) in ("str", "JSON")]
    if not texts:
        return
    joined = " || ' ' || ".join(f"coalesce(\"{name}\", '')" for name in texts)
    rows = f'FROM main."{table.name}" WHERE rowid BETWEEN ? AND ?'
    together = f"SELECT CAST(group_concat({joined}, ' ') AS BLOB) {rows}"
    for keys in portions(file, table.name, _TOGETHER):
        (content,) = file.execute(together, keys).fetchone()
        if not _is_text(content):
            yield from _no_text_in(file, table, texts, keys)


def _no_text_in(
    file: sqlite3.Connection, table: sa.Table, texts: list[str], keys: tuple[int, int]
) -> Iterator[Spoiled]:
    asked = ", ".join(f'CAST("{name}" AS BLOB)' for name in texts)
    rows = f'SELECT rowid, {asked} FROM main."{table.name}" WHERE rowid BETWEEN ? AND ?'
    for key, *found in file.execute(rows, keys):
        for name, content in zip(texts, found, strict=True):
            if not _is_text(content or b""):
                yield Spoiled(table.name, key, name, content)


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _whose(file: sqlite3.Connection, spoiled: Spoiled) -> str:
    """Which dossier a row belongs to, where it is one's."""
    columns = SQLModel.metadata.tables[spoiled.table].columns
    link = {"dossier": "d.id = t.id", "card": "d.card_id = t.id"}.get(spoiled.table)
    if link is None and "dossier_id" not in columns:
        return ""
    found = file.execute(
        f'SELECT d.id, d.name FROM "{spoiled.table}" t '
        f"JOIN dossier d ON {link or 'd.id = t.dossier_id'} WHERE t.rowid = ?",
        (spoiled.key,),
    ).fetchone()
    return f" (#{found[0]} {found[1]})" if found else ""
