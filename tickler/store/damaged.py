"""A damaged binder as far as its schema can be read: where its tables and indexes begin."""

from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.store import engine
from tickler.store.pages import TABLE_LEAF, Damaged, Pages, Walk, is_utf8

_TABLES = SQLModel.metadata.tables
#: As Alembic names the present schema.
LAST = "head"


@dataclass
class DamagedBinder:
    """A damaged file as far as its schema goes: the first pages of tables and indexes."""

    pages: Pages
    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    indexes: dict[str, tuple[str, int]] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    walks: dict[str, Walk] = field(default_factory=dict)

    def walk(self, table: str) -> Walk:
        """What was read of a table, and what could not be."""
        return self.walks.setdefault(table, Walk())

    @property
    def unreadable(self) -> int:
        """How many pages and rows are named and cannot be read."""
        return sum(len(walk.unreadable) + walk.broken for walk in self.walks.values())

    @cached_property
    def version(self) -> str:
        """The schema that the rows have; where it cannot be read, the present one."""
        if "alembic_version" in self.tables:
            for _, row in self.pages.rows(self.tables["alembic_version"][0], Walk()):
                if row and row[0] in engine.schemas() - {engine.HEAD}:
                    return str(row[0])
        return LAST

    def damage(self) -> tuple[int, int]:
        """How much cannot be read, and how much less can be."""
        bad = readable = 0
        for root, _ in self.tables.values():
            walk = Walk()
            readable += sum(1 for _ in self.pages.leaves(root, walk))
            bad += len(walk.unreadable)
        return bad + len(_TABLES.keys() - self.tables.keys()), -readable

    def loose_pages(self) -> list[int]:
        """The pages with rows that no table names, and that are not free."""
        free = self.pages.free()
        damaged = any(not walk.is_whole for walk in self.walks.values()) or not self.tables
        if free is None and not damaged:
            return []  # what is not named is free
        named = set(free or ()).union(*(walk.visited for walk in self.walks.values()))
        for root in self.others.values():
            walk = Walk()
            for _ in self.pages.leaves(root, walk):
                pass
            named |= walk.visited
        return [
            number
            for number in range(2, self.pages.pages + 1)
            if number not in named and _is_leaf(self.pages, number)
        ]


def find(read: Pages) -> DamagedBinder:
    """The tables and indexes, by the schema on the first page or what is left of it."""
    found = DamagedBinder(read)
    walk = found.walk("sqlite_master")
    schema = [row for _, row in sorted(read.rows(1, walk), key=lambda row: row[0])]
    if not walk.is_whole or not schema:
        loose = (
            row
            for number in range(2, read.pages + 1)
            if number not in walk.visited and _is_leaf(read, number)
            for row in read.rows_of_leaf(number, Walk())
        )
        # Of two that have a name the one that was made last is in force.
        schema = [row for _, row in sorted(loose, key=lambda row: row[0])] + schema
    for row in schema:
        if not all(is_utf8(each) for each in row if isinstance(each, str)):
            row = [each if is_utf8(str(each)) else "" for each in row]  # noqa: PLW2901
        match [*row]:
            case ["table", str(name), _, int(root), str(sql)] if 1 < root <= read.pages:
                if name in _TABLES or name in ("alembic_version", "sqlite_sequence"):
                    found.tables[name] = root, sql
                else:
                    found.others[name] = root
            case ["index", str(name), str(table), int(root), *_] if 1 < root <= read.pages:
                found.indexes[name] = table, root
    return found


def _is_leaf(read: Pages, number: int) -> bool:
    try:
        return read.kind(number) == TABLE_LEAF
    except Damaged:
        return False
