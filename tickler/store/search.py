"""Full text, folded: trigram indexes that find words inside words.

They are refreshed after each action with what the journal says was touched. `dossier_text` has a
row for each dossier and keeps its text; a long text (`LONG`) has a row of its own in an index
that keeps none: what is found there is looked at again in the table itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, text

from tickler.core.text import fold

#: The index knows no shorter piece of text.
SHORTEST = 3

#: What the migrations leave alone: the indexes and the tables that they consist of.
INDEXES = ("dossier_text", "entry_text")

_BATCH = 500

#: More pieces than this pick out no fewer rows: what is found is looked at again anyway.
_PIECES = 40


@dataclass(frozen=True, slots=True)
class Long:
    """A column of long texts, in a table whose rows name their dossier."""

    table: str
    column: str

    @property
    def index(self) -> str:
        return f"{self.table}_text"


ENTRY = Long("entry", "text")

#: Long texts, each in an index of its own. What is short belongs on the sheet.
LONG = (ENTRY,)

#: What stands between two texts in one column: in a folded text, and so in a word, it never is.
APART = "char(31)"


def _all(text: str, rows: str) -> str:
    return f"(SELECT group_concat(fold({text}), {APART}) FROM {rows})"


#: What is found of a dossier `d` besides the names: a new kind of short text is added here.
_SHEET = (
    "fold(d.next_what)",
    _all("t.name", "tag t WHERE t.dossier_id = d.id"),
    _all("p.position", "person p WHERE p.dossier_id = d.id"),
    _all("p.notes", "person p WHERE p.dossier_id = d.id"),
    _all("r.value", "reach r WHERE r.dossier_id = d.id AND r.kind = 'email'"),
    _all("s.text", "slip s WHERE s.dossier_id = d.id"),
    *(
        f"(SELECT fold({text}) FROM card c WHERE c.id = d.card_id)"
        for text in (
            "c.street", "c.postcode || ' ' || c.city", "c.region", "c.country", "c.website",
            "c.segment", "c.source", "c.notes",
        )
    ),
    _all("f.key || ' ' || f.value", "card c, json_each(c.fields) f WHERE c.id = d.card_id"),
)  # fmt: skip

_ROWS = f"""
SELECT d.id, d.folded,
       coalesce((SELECT group_concat(p.folded, {APART}) FROM person p
                 WHERE p.dossier_id = d.id), ''),
       {f" || {APART} || ".join(f"coalesce({part}, '')" for part in _SHEET)},
       coalesce((SELECT group_concat(r.key, {APART}) FROM reach r
                 WHERE r.dossier_id = d.id AND r.kind <> 'email'), '')
FROM dossier d
"""
_FILL = "INSERT INTO dossier_text (rowid, name, people, sheet, numbers)"
_AS_INDEXED = "SELECT rowid, name, people, sheet, numbers FROM dossier_text"


def install(connection: Connection) -> None:
    """Make the indexes anew."""
    for index in ("dossier_text", *(long.index for long in LONG)):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE dossier_text "
        "USING fts5(name, people, sheet, numbers, tokenize = 'trigram')"
    )
    connection.exec_driver_sql(f"{_FILL} {_ROWS}")
    for long in LONG:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {long.index} "
            "USING fts5(text, tokenize = 'trigram', content = '', detail = none)"
        )
        connection.exec_driver_sql(
            f"INSERT INTO {long.index} (rowid, text) "
            f"SELECT id, fold({long.column}) FROM {long.table} WHERE {long.column} <> ''"
        )


def refresh(connection: Connection, change: int, dossiers: Iterable[int]) -> None:
    """Index anew what this action changed, and these dossiers, which it touched."""
    for batch in _batches(dossiers):
        _refresh_sheets(connection, batch)
    for long in LONG:
        noted = _noted(connection, change, long)
        while rows := dict(islice(noted, _BATCH)):
            _refresh_texts(connection, long, rows)


def _refresh_sheets(connection: Connection, batch: list[int]) -> None:
    ids = ",".join(map(str, batch))
    stale = connection.exec_driver_sql(
        f"{_ROWS} WHERE d.id IN ({ids}) EXCEPT {_AS_INDEXED} WHERE rowid IN ({ids})"
    ).all()
    changed = ",".join(str(row[0]) for row in stale)
    connection.exec_driver_sql(
        f"DELETE FROM dossier_text WHERE rowid IN ({ids}) "
        f"AND (rowid IN ({changed}) OR rowid NOT IN (SELECT id FROM dossier WHERE id IN ({ids})))"
    )
    if stale:
        connection.exec_driver_sql(f"{_FILL} VALUES (?, ?, ?, ?, ?)", [tuple(row) for row in stale])


def _noted(
    connection: Connection, change: int, long: Long
) -> Iterator[tuple[int, list[tuple[str, str | None]]]]:
    """The rows that the action touched, each with what was noted of it, the last first."""
    found = connection.execute(
        text(
            "SELECT row_id, op, data FROM change_row "
            "WHERE change_id = :change AND table_name = :name ORDER BY row_id, id DESC"
        ),
        {"change": change, "name": long.table},
    )
    for key, rows in groupby(found, key=lambda row: int(row.row_id)):
        yield key, [(row.op, row.data) for row in rows]


def _refresh_texts(
    connection: Connection, long: Long, noted: Mapping[int, list[tuple[str, str | None]]]
) -> None:
    ids = ",".join(map(str, noted))
    there = f"SELECT id, {long.column} FROM {long.table} WHERE id IN ({ids})"
    now = {row[0]: row[1] for row in connection.exec_driver_sql(there)}
    before = {key: _before(long, now.get(key), rows) for key, rows in noted.items()}
    differing = [key for key in noted if (before[key] or "") != (now.get(key) or "")]
    # An index that keeps no text has to be told what it forgets.
    stale = [(key, fold(before[key] or "")) for key in differing if before[key]]
    fresh = [(key, fold(now[key])) for key in differing if now.get(key)]
    if stale:
        connection.exec_driver_sql(
            f"INSERT INTO {long.index} ({long.index}, rowid, text) VALUES ('delete', ?, ?)", stale
        )
    if fresh:
        connection.exec_driver_sql(f"INSERT INTO {long.index} (rowid, text) VALUES (?, ?)", fresh)


def _before(long: Long, now: str | None, noted: list[tuple[str, str | None]]) -> str | None:
    """The text as it was before the action, by playing back what was noted of its row."""
    before = now
    for op, data in noted:
        old: dict[str, Any] = json.loads(data or "{}")
        before = None if op == "I" else old.get(long.column, before)
    return before


def named_like(connection: Connection, folded: str, *, people: bool = True) -> list[int]:
    """The dossiers in whose name (or the names of whose people) the folded text stands."""
    if len(folded) < SHORTEST:
        return _short(connection, folded, people=people)
    columns = "{name people}" if people else "name"
    found = connection.execute(
        text("SELECT rowid FROM dossier_text WHERE dossier_text MATCH :query"),
        {"query": f"{columns} : {quoted(folded)}"},
    )
    return list(found.scalars())


def resembling(connection: Connection, folded: str, most: int) -> list[tuple[int, str]]:
    """Names that share most pieces with the folded text: id and folded name, best first."""
    pieces = _pieces(folded)
    if not pieces:
        return []
    query = "name : (" + " OR ".join(map(quoted, pieces)) + ")"
    found = connection.execute(
        text(
            "SELECT rowid, name FROM dossier_text WHERE dossier_text MATCH :query "
            "ORDER BY rank LIMIT :most"
        ),
        {"query": query, "most": most},
    )
    return [(row.rowid, row.name) for row in found]


def on_sheet(folded: str, digits: str = "") -> str:
    """What `dossier_text` is asked for a word, or for its digits as `core.text.dialled` has them.

    Both must have `SHORTEST` letters.
    """
    words = f"{{name people sheet}} : {quoted(folded)}"
    return f"(({words}) OR (numbers : {quoted(digits)}))" if digits else f"({words})"


def in_text(words: Iterable[str]) -> str:
    """What the index of a long text is asked for all of these words.

    It answers with all rows that have them, and with some more: they are looked at again.
    """
    pieces = dict.fromkeys(piece for word in words for piece in _pieces(word))
    return " AND ".join(map(quoted, list(pieces)[:_PIECES]))


def quoted(phrase: str) -> str:
    """A phrase that FTS5 takes as text, whatever stands in it."""
    doubled = phrase.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'


def _pieces(folded: str) -> list[str]:
    starts = range(max(len(folded) - SHORTEST + 1, 0))
    return sorted({folded[n : n + SHORTEST] for n in starts})


def _short(connection: Connection, folded: str, *, people: bool) -> list[int]:
    also = " OR instr(people, :text)" if people else ""
    found = connection.execute(
        text(f"SELECT rowid FROM dossier_text WHERE instr(name, :text){also}"), {"text": folded}
    )
    return list(found.scalars())


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = sorted(ids)
    return (rest[n : n + _BATCH] for n in range(0, len(rest), _BATCH))
