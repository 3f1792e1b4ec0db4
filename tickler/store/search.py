"""Full text, folded: a trigram index that finds words inside names.

It is refreshed after each action for the dossiers that the journal says were touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, text

#: The index knows no shorter piece of text.
SHORTEST = 3

_BATCH = 500

_FILL = """
INSERT INTO dossier_text (rowid, name, people)
SELECT d.id, d.folded,
       coalesce((SELECT group_concat(p.folded, ' | ') FROM person p WHERE p.dossier_id = d.id), '')
FROM dossier d
"""


def install(connection: Connection) -> None:
    """Make the index if it is missing, and fill it anew."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS dossier_text "
        "USING fts5(name, people, tokenize = 'trigram')"
    )
    connection.exec_driver_sql("DELETE FROM dossier_text")
    connection.exec_driver_sql(_FILL)


def refresh(connection: Connection, dossiers: Iterable[int]) -> None:
    """Index these dossiers anew; those that are gone leave the index."""
    for batch in _batches(dossiers):
        ids = ",".join(map(str, batch))
        connection.exec_driver_sql(f"DELETE FROM dossier_text WHERE rowid IN ({ids})")
        connection.exec_driver_sql(f"{_FILL} WHERE d.id IN ({ids})")


def scrub(connection: Connection) -> None:
    """Take words that left the index out of its pages: until then they stand there as deleted."""
    indexes = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
    for name in list(connection.execute(text(indexes)).scalars()):
        connection.exec_driver_sql(f'INSERT INTO "{name}" ("{name}") VALUES (\'optimize\')')


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
    pieces = {folded[n : n + SHORTEST] for n in range(max(len(folded) - SHORTEST + 1, 0))}
    if not pieces:
        return []
    query = "name : (" + " OR ".join(quoted(piece) for piece in sorted(pieces)) + ")"
    found = connection.execute(
        text(
            "SELECT rowid, name FROM dossier_text WHERE dossier_text MATCH :query "
            "ORDER BY rank LIMIT :most"
        ),
        {"query": query, "most": most},
    )
    return [(row.rowid, row.name) for row in found]


def quoted(phrase: str) -> str:
    """A phrase that FTS5 takes as text, whatever stands in it."""
    doubled = phrase.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'


def _short(connection: Connection, folded: str, *, people: bool) -> list[int]:
    also = " OR instr(people, :text)" if people else ""
    found = connection.execute(
        text(f"SELECT rowid FROM dossier_text WHERE instr(name, :text){also}"), {"text": folded}
    )
    return list(found.scalars())


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = sorted(ids)
    return (rest[n : n + _BATCH] for n in range(0, len(rest), _BATCH))
