"""Where words are: rows of the indexes, and the dossiers that have them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy import Connection

from tickler.core.search.query import Word
from tickler.store import search
from tickler.store.search import ENTRY, INDEXES, SHEET, SHORTEST, TITLE, Index

Values = dict[str, object]

_INDEX = {index.name: index for index in INDEXES}
_UNION = " UNION ALL "
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of an index's table that has words of a dossier; `together` if it has all of them.

    `at` is when it was written, as the database has it, and "" for the dossier itself.
    """

    index: Index
    key: int = 0
    at: str = ""
    together: bool = True


#: A dossier, and a row of it.
Row = tuple[int, Hit]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold besides words, in SQL: of a `dossier`, and of an `entry` `w`.

    Where something is asked of entries, a dossier must have such a one, and words found in
    entries must be in such a one. `values` are those that the SQL names.
    """

    lies: list[str]
    written: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)

    def indexes(self, words: Sequence[Word]) -> Sequence[Index]:
        """Where is looked for these words."""
        if not words:
            return (ENTRY,) if self.written else (SHEET,)
        return (SHEET, ENTRY) if self.written else INDEXES


def lying(connection: Connection, asked: Conditions, most: int) -> Sequence[int]:
    """The dossiers that meet the conditions on dossiers, no more than `most`."""
    statement = f"SELECT id FROM dossier WHERE {' AND '.join(asked.lies)} LIMIT {most}"
    return connection.exec_driver_sql(statement, asked.values).scalars().all()


def lying_by_name(connection: Connection, asked: Conditions) -> Sequence[int]:
    """The dossiers that meet all conditions, those on entries too, by name."""
    lies = list(asked.lies)
    if asked.written:
        written = " AND ".join(("w.dossier_id = dossier.id", *asked.written))
        lies.append(f"EXISTS (SELECT 1 FROM entry w WHERE {written})")
    statement = f"SELECT id FROM dossier WHERE {' AND '.join(lies)} ORDER BY folded, id"
    return connection.exec_driver_sql(statement, asked.values).scalars().all()


def named(connection: Connection, asked: Conditions, whole: str) -> Iterator[Row]:
    """The dossiers whose folded names begin so."""
    values = asked.values.copy()
    begun = f"e.folded >= {_as(values, whole)} AND e.folded < {_as(values, whole + _LAST)}"
    return _read(connection, _select(asked, TITLE, "dossier e", [begun]), values)


def newest(
    connection: Connection, asked: Conditions, index: Index, words: Sequence[Word]
) -> Iterator[Row]:
    """The rows with all of these words, the newest first; they are read as they are taken."""
    values = asked.values.copy()
    stand = [_stands(index, word, values) for word in words]
    statement = _select(asked, index, _by_index(index), [*_matched(index, words, values), *stand])
    return _read(connection, f"{statement} ORDER BY f.rowid DESC", values)


def among(
    connection: Connection, asked: Conditions, keys: Iterable[int], words: Sequence[Word]
) -> Iterator[Row]:
    """The rows with all of these words that these dossiers have."""
    values = asked.values.copy()
    listed = ",".join(map(str, keys))
    parts = []
    for index in asked.indexes(words):
        source = f"{index.table} e CROSS JOIN {index.name} f ON f.rowid = e.{index.link}"
        stand = [_stands(index, word, values) for word in words]
        parts.append(_select(asked, index, source, [f"e.{index.dossier} IN ({listed})", *stand]))
    return _read(connection, _UNION.join(parts), values)


def owners(connection: Connection, word: Word, most: int = -1) -> Sequence[int]:
    """The dossiers that can have a word, once for each row that can; with `most` no more of them.

    All that have it are among them, and some that have its pieces alone.
    """
    values: Values = {}
    parts = []
    for index in INDEXES:
        holds = _matched(index, [word], values) or [_stands(index, word, values)]
        parts.append(f"SELECT e.{index.dossier} FROM {_by_index(index)} WHERE {holds[0]}")
    statement = f"SELECT * FROM ({_UNION.join(parts)}) LIMIT {most}"
    return connection.exec_driver_sql(statement, values).scalars().all()


def names(
    connection: Connection, asked: Conditions, keys: Iterable[int]
) -> Iterator[tuple[int, str, str, bool]]:
    """Those of the dossiers that meet the conditions: folded names, people's, and if closed."""
    among = f"id IN ({','.join(map(str, keys))})"
    rows = connection.exec_driver_sql(
        "SELECT id, f.name, f.people, status <> 'open' FROM dossier "
        f"CROSS JOIN {SHEET.name} f ON f.rowid = id WHERE {' AND '.join([among, *asked.lies])}",
        asked.values,
    )
    return ((key, name, people, bool(closed)) for key, name, people, closed in rows)


def is_indexed(word: Word) -> bool:
    """Whether the indexes know the word; a shorter one is looked for in every text."""
    return len(word.text) >= SHORTEST


def _by_index(index: Index) -> str:
    # Joins are written out: SQLite is told where to begin.
    return f"{index.name} f CROSS JOIN {index.table} e ON e.{index.link} = f.rowid"


def _select(asked: Conditions, index: Index, source: str, conditions: Iterable[str]) -> str:
    """Rows of `source` that hold: the index, a dossier, the key in the index's table `e`, when."""
    dossier = f"e.{index.dossier}"
    lies = [f"id = {dossier}", *asked.lies]
    holds = [*conditions, f"EXISTS (SELECT 1 FROM dossier WHERE {' AND '.join(lies)})"]
    if asked.written:
        entry = "w.id = e.id" if index is ENTRY else f"w.dossier_id = {dossier}"
        written = " AND ".join((entry, *asked.written))
        holds.append(f"EXISTS (SELECT 1 FROM entry w WHERE {written})")
    columns = f"'{index.name}', {dossier}, e.id, {index.at}"
    return f"SELECT {columns} FROM {source} WHERE {' AND '.join(holds)}"


def _matched(index: Index, words: Iterable[Word], values: Values) -> list[str]:
    indexed = [word for word in words if is_indexed(word)]
    return [f"f.{index.name} MATCH {_as(values, search.matching(index, indexed))}"] * bool(indexed)


def _stands(index: Index, word: Word, values: Values) -> str:
    columns = search.APART.join(f"f.{column}" for column in index.words)
    ways = [f"instr({columns}, {_as(values, spelling)})" for spelling in word.spellings]
    if word.digits and "numbers" in index.columns:
        ways.append(f"instr(f.numbers, {_as(values, word.digits)})")
    return f"({' OR '.join(ways)})"


def _as(values: Values, value: object) -> str:
    """The name under which a statement is given this value."""
    name = f"v{len(values)}"
    values[name] = value
    return f":{name}"


def _read(connection: Connection, statement: str, values: Values) -> Iterator[Row]:
    with closing(connection.exec_driver_sql(statement, values)) as rows:
        for name, dossier, key, at in rows:
            yield dossier, Hit(_INDEX[name], key, at)
