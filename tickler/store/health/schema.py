"""Whether every table, column, index and trigger is as the migrations make it."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tickler.store import engine, search
from tickler.store.health.finding import REPAIR, Examined, Finding, listed, salvage

#: What a statement may have more or fewer of without another meaning.
_SPELLING = re.compile(r"[\s\"`\[\]]+")

_MADE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"


@dataclass(frozen=True, slots=True)
class SchemaPart:
    """Something in the schema, and the statement that makes it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def meaning(self) -> str:
        return _SPELLING.sub("", self.sql).casefold()


@dataclass(frozen=True, slots=True)
class Differences:
    """What of the schema is not there, is not as it should be, or should not be."""

    missing: list[SchemaPart]
    other: list[SchemaPart]
    unknown: list[SchemaPart]

    def of(self, *kinds: str) -> list[SchemaPart]:
        """What is missing or other of these kinds."""
        return [each for each in (*self.missing, *self.other) if each.kind in kinds]

    @property
    def foreign_triggers(self) -> list[SchemaPart]:
        """Triggers that are not ours: they may change what is written."""
        return [each for each in self.unknown if each.kind == "trigger"]


@cache
def as_made() -> Mapping[tuple[str, str], SchemaPart]:
    """The schema of a new binder, without the indexes of words."""
    new = engine.open_empty("")
    try:
        with new.connect() as connection:
            file = connection.connection.dbapi_connection
            assert isinstance(file, sqlite3.Connection)
            return _schema_of(file)
    finally:
        new.dispose()


def differences(file: sqlite3.Connection) -> Differences:
    """How the schema of a file differs from that of a new binder."""
    there, wanted = _schema_of(file), as_made()
    return Differences(
        missing=[each for key, each in wanted.items() if key not in there],
        other=[e for k, e in wanted.items() if k in there and there[k].meaning != e.meaning],
        unknown=[each for key, each in there.items() if key not in wanted],
    )


def made(binder: Examined) -> Iterator[Finding]:
    """Whether all is as in a new binder, and nothing else writes what is in it."""
    found = differences(binder.file)
    yield from _tables(binder, found)
    yield from _triggers(found)


def _tables(binder: Examined, found: Differences) -> Iterator[Finding]:
    spoiled = [f"{each.kind} {each.name}" for each in found.of("table", "view")]
    lacking = [f"{each.kind} {each.name}" for each in found.of("index")]
    if spoiled:
        text = f"not as {engine.HEAD} makes it: {listed(spoiled)}"
        yield Finding("schema", False, text, salvage(binder.path))
    if lacking:
        text = f"missing, or not as {engine.HEAD} makes it: {listed(lacking)}"
        yield Finding("schema", False, text, REPAIR)
    if not spoiled and not lacking:
        yield Finding("schema", True, engine.HEAD)


def _triggers(found: Differences) -> Iterator[Finding]:
    spoiled, foreign = found.of("trigger"), found.foreign_triggers
    if spoiled:
        text = f"{len(spoiled)} of its triggers are missing or changed: undo is not reliable"
        yield Finding("journal", False, text, REPAIR)
    if foreign:
        named = listed(each.name for each in foreign)
        text = f"triggers that are not tickler's change what is written: {named}"
        yield Finding("journal", False, text, REPAIR)
    if not spoiled and not foreign:
        yield Finding("journal", True, "notes every change")


def _schema_of(file: sqlite3.Connection) -> dict[tuple[str, str], SchemaPart]:
    made = (SchemaPart(*row) for row in file.execute(_MADE))
    return {
        (each.kind, each.name): each
        for each in made
        if not search.is_index(each.name) and not each.name.startswith("sqlite_")
    }
