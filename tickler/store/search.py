"""Full text, folded: trigram indexes that find words inside words, and keep the folded text.

`SHEET` has a row for each dossier, every other index one for each text attached to dossiers.
They are refreshed after each action with what the journal says was touched.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tickler.core.progress import Progress, unwatched

if TYPE_CHECKING:
    from tickler.core.search.query import Word
    from tickler.store.journal import Touched

#: A statement made once costs a third of one made each time.
_once = lru_cache(text)

#: The indexes know no shorter piece of text.
SHORTEST = 3

#: What is between two texts in one column: in a folded text, and so in a word, it never is.
APART = " || char(31) || "


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An index: for each row `o` of `source` that `holds` what its `columns` are, in SQL.

    Which of them a dossier has say the rows `e` of `table`: they name the row in `link`, the
    dossier in `dossier`; `at` is SQL for since when. `also` are other tables with text of it, and
    how they name the row.
    """

    name: str
    source: str
    columns: Mapping[str, str]
    table: str
    link: str = "id"
    dossier: str = "dossier_id"
    at: str = "e.at"
    also: Mapping[str, str] = field(default_factory=dict)
    holds: str = "true"
    #: Only where near names are ranked it counts how long a text is.
    options: str = "detail = none, columnsize = 0"

    @property
    def words(self) -> list[str]:
        """The columns in which words are looked for; numbers are matched by their digits."""
        return [column for column in self.columns if column != "numbers"]

    @property
    def keys(self) -> str:
        """SQL for the keys of its rows as they should be."""
        return f"SELECT o.id FROM {self.source} o WHERE {self.holds}"

    @property
    def rows(self) -> str:
        """SQL for its rows as they should be: the key, and the columns."""
        columns = ", ".join(self.columns.values())
        return f"SELECT o.id AS key, {columns} FROM {self.source} o WHERE {self.holds}"

    @property
    def known(self) -> str:
        """SQL for its rows as they are."""
        return f"SELECT rowid AS key, {', '.join(self.columns)} FROM {self.name}"

    def missing(self, keys: str) -> str:
        """SQL for those of these keys that should have a row, and have none."""
        return f"{self.keys} AND o.id IN ({keys}) AND NOT {self._is_known}"

    def other(self, keys: str) -> str:
        """SQL for those of these keys whose rows are not as they should be, or should not be.

        What a row should be is computed for those alone that have one: in a long list that is
        imported hardly any has.
        """
        rows = f"{self.rows} AND o.id IN ({keys}) AND {self._is_known}"
        old = f"SELECT key FROM ({keys}) WHERE key <= {self._last}"
        return f"SELECT key FROM ({self.known} WHERE rowid IN ({old}) EXCEPT {rows})"

    @property
    def _is_known(self) -> str:
        """SQL that looks for a row where there can be one: those of a list that is new cannot."""
        there = f"SELECT 1 FROM {self.name} i WHERE i.rowid = o.id"
        return f"iif(o.id <= {self._last}, EXISTS ({there}), false)"

    @property
    def _last(self) -> str:
        last = f"SELECT rowid FROM {self.name} ORDER BY rowid DESC LIMIT 1"
        return f"coalesce(({last}), 0)"


def _all(text: str, rows: str) -> str:
    """SQL for all these texts as one; nothing where there are none."""
    return f"coalesce((SELECT group_concat({text}, char(31)) FROM {rows}), '')"


def _folded(*texts: str) -> str:
    """SQL for these texts folded, as one."""
    return f"fold({', '.join(texts)})"


_PEOPLE = "person p WHERE p.dossier_id = o.id"
_REACHES = "reach r WHERE r.dossier_id = o.id AND r.kind"
_CARD = "card c WHERE c.id = o.card_id"

#: Names, people, numbers, and whatever is short: a new kind of short text is added here.
SHEET = Index(
    "dossier_text",
    "dossier",
    {
        "name": "o.folded",
        "people": _all("p.folded", _PEOPLE),
        "sheet": APART.join(
            (
                "fold(o.next_what)",
                _all("fold(t.name)", "tag t WHERE t.dossier_id = o.id"),
                _all(_folded("p.position", "p.notes"), _PEOPLE),
                _all("fold(r.value)", f"{_REACHES} = 'email'"),
                _all(
                    _folded(
                        "c.street", "c.postcode || ' ' || c.city", "c.region", "c.country",
                        "c.website", "c.segment", "c.source", "c.language", "c.time_zone",
                        "c.hours", "c.needs", "c.competitors", "c.discount", "c.terms", "c.notes",
                    ),
                    _CARD,
                ),
                _all("fold(f.key || ' ' || f.value)", "card c, json_each(c.fields) f "
                     "WHERE c.id = o.card_id"),
            )
        ),
        "numbers": _all("r.key", f"{_REACHES} <> 'email'"),
    },
    table="dossier",
    dossier="id",
    at="''",
    options="columnsize = 1",
)  # fmt: skip
ENTRY = Index(
    "entry_text",
    "entry",
    {
        "text": "fold(o.text)"
        + APART
        + _all(_folded("m.subject", "m.sender"), "mail m WHERE m.entry_id = o.id")
    },
    table="entry",
    also={"mail": "entry_id"},
)
#: A filled-in form.
FORM = Index(
    "sheet_text",
    "sheet",
    {"text": "fold(o.title)" + APART + _all("fold(a.value)", "json_each(o.answers) a")},
    table="sheet",
)
SLIP = Index("slip_text", "slip", {"text": "fold(o.text)"}, table="slip", at="e.made_at")
#: The name of a file on a dossier, and what is in the file: that is kept once for all dossiers.
NAME = Index("attachment_text", "attachment", {"text": "fold(o.name)"}, table="attachment")
CONTENT = Index(
    "content_text",
    "content",
    {"text": "fold(o.text)"},
    table="attachment",
    link="content_id",
    holds="o.text IS NOT NULL AND o.id IN (SELECT content_id FROM attachment)",
)
#: As `SHEET`, of the names of dossiers alone.
TITLE = replace(SHEET, columns={"name": SHEET.columns["name"]})
INDEXES = (SHEET, ENTRY, FORM, SLIP, NAME, CONTENT)


def is_index(table: str) -> bool:
    """Whether a table of the database is an index, or one of those that it consists of."""
    return any(f"{table}_".startswith(f"{index.name}_") for index in INDEXES)


def install(connection: Connection, progress: Progress = unwatched) -> None:
    """Make the indexes again; `progress` is told how many rows they have by now."""
    done = 0
    for index in INDEXES:
        _drop(connection, index)
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({', '.join(index.columns)}, "
            f"tokenize = 'trigram case_sensitive 1', {index.options})"
        )
        keys = array("q", connection.exec_driver_sql(f"{index.keys} ORDER BY o.id").scalars())
        for listed in _portions(keys):
            _fill(connection, index, f"AND o.id IN ({_LISTED})", listed)
            done += _AT_ONCE
            progress(done)


def size(connection: Connection) -> int:
    """How many rows the indexes should have."""
    counts = " UNION ALL ".join(f"SELECT count(*) AS n FROM ({index.keys})" for index in INDEXES)
    return int(connection.exec_driver_sql(f"SELECT sum(n) FROM ({counts})").scalar() or 0)


#: Of what tables an index of FTS5 consists.
_PARTS = ("data", "idx", "content", "docsize", "config")


def _drop(connection: Connection, index: Index) -> None:
    """Take an index away, also one that is too damaged for FTS5 to do it."""
    run = connection.exec_driver_sql
    try:
        run(f"DROP TABLE IF EXISTS {index.name}")
    except DBAPIError:
        run("PRAGMA writable_schema = ON")
        run(f"DELETE FROM sqlite_master WHERE type = 'table' AND name = '{index.name}'")
        run("PRAGMA writable_schema = RESET")
    for part in _PARTS:
        run(f"DROP TABLE IF EXISTS {index.name}_{part}")


def refresh(connection: Connection, change: int, touched: Touched) -> None:
    """Index again what this action changed, and the dossiers that it touched."""
    stale = {SHEET: _LISTED}
    for index in INDEXES[1:]:
        if not touched.tables.isdisjoint((index.table, *index.also)):
            stale[index] = _keys_touched(index)
    _renew(connection, stale, change=change, keys=json.dumps([*touched.dossiers]))


def renew(connection: Connection, index: Index, keys: Iterable[int]) -> None:
    """Bring these rows of the index to what they should be; what was deleted leaves it."""
    _renew(connection, {index: _LISTED}, keys=json.dumps([*keys]))


#: As many rows of an index are written at once.
_AT_ONCE = 10_000

#: SQL for keys that are given as a list.
_LISTED = "SELECT value AS key FROM json_each(:keys)"


def _renew(connection: Connection, wanted: Mapping[Index, str], **values: object) -> None:
    """Bring to what they should be the rows of indexes whose keys SQL with these `values` gives."""
    stale = connection.execute(
        _once(
            " UNION ALL ".join(
                f"SELECT '{index.name}', key, {is_known} FROM ({keys})"
                for index, named in wanted.items()
                for is_known, keys in (
                    (0, f"SELECT id AS key FROM ({index.missing(named)})"),
                    (1, index.other(named)),
                )
            )
        ),
        values,
    )
    # A binder that is imported has a million of them: eight bytes each.
    found = {index.name: (array("q"), array("q")) for index in wanted}
    for part in stale.partitions(_AT_ONCE):
        for name, key, is_known in part:
            found[name][is_known].append(key)
    for index in wanted:
        missing, other = found[index.name]
        for listed in _portions(other):
            gone = _once(f"DELETE FROM {index.name} WHERE rowid IN ({_LISTED})")
            connection.execute(gone, listed)
        for listed in _portions(other + missing):
            _fill(connection, index, f"AND o.id IN ({_LISTED})", listed)


def _portions(keys: array[int]) -> Iterator[dict[str, str]]:
    """Keys as `_LISTED` takes them, some at a time."""
    for start in range(0, len(keys), _AT_ONCE):
        yield {"keys": json.dumps(keys[start : start + _AT_ONCE].tolist())}


def scrub(connection: Connection) -> None:
    """Leave nothing in the indexes of texts that no longer exist, not in deleted pieces either."""
    for index in INDEXES:
        gone = f"rowid NOT IN ({index.keys})"
        connection.exec_driver_sql(f"DELETE FROM {index.name} WHERE {gone}")
        connection.exec_driver_sql(f"INSERT INTO {index.name} ({index.name}) VALUES ('optimize')")


def _fill(
    connection: Connection, index: Index, condition: str = "", values: Mapping[str, object] = {}
) -> None:
    columns = ", ".join(index.columns)
    rows = f"INSERT INTO {index.name} (rowid, {columns}) {index.rows} {condition}"
    connection.execute(_once(rows), values)


def _keys_touched(index: Index) -> str:
    """SQL for the keys of the rows of an index whose texts the action changed, or took away."""
    parts = []
    for table, link in {index.table: index.link, **index.also}.items():
        noted = f"r.change_id = :change AND r.table_name = '{table}'"
        of_row = "t.id BETWEEN r.row_id AND coalesce(r.last_id, r.row_id)"
        parts += [
            f"SELECT t.{link} AS key FROM change_row r CROSS JOIN {table} t ON {of_row} "
            f"WHERE {noted}",
            f"SELECT json_extract(r.data, '$.{link}') FROM change_row r "
            f"WHERE {noted} AND r.op <> 'I'",
        ]
    return " UNION ".join(parts)


def named_like(connection: Connection, folded: str, *, people: bool = True) -> list[int]:
    """The dossiers whose name (or one of whose people's names) has the folded text."""
    if len(folded) < SHORTEST:  # the index does not know it
        also = " OR instr(people, :text)" if people else ""
        short = text(f"SELECT rowid FROM dossier_text WHERE instr(name, :text){also}")
        return list(connection.execute(short, {"text": folded}).scalars())
    columns = "{name people}" if people else "name"
    found = connection.execute(
        text("SELECT rowid FROM dossier_text WHERE dossier_text MATCH :query"),
        {"query": f"{columns} : {quoted(folded)}"},
    )
    return list(found.scalars())


def named_with(
    connection: Connection, rep: int, folded: str, words: Sequence[tuple[str, ...]]
) -> list[tuple[int, str, str]]:
    """The rep's dossiers called `folded`, and those with all the words, each in some spelling.

    Id, name and status. A word that the index does not know is left out; where it knows none,
    the longest is looked for in every name.
    """
    known = [each for each in words if min(map(len, each)) >= SHORTEST]
    query = " AND ".join(f"({' OR '.join(map(quoted, each))})" for each in known)
    inside = "id IN (SELECT rowid FROM dossier_text WHERE dossier_text MATCH :query)"
    others = inside if known else "instr(folded, :piece)"
    mine = "SELECT id, name, status FROM dossier WHERE owner_id = :rep"
    found = connection.execute(
        _once(f"{mine} AND folded = :folded UNION {mine} AND {others}"),
        {
            "rep": rep,
            "folded": folded,
            "query": f"name : ({query})",
            "piece": max((each[0] for each in words), key=len, default=folded or None),
        },
    )
    return [(row.id, row.name, row.status) for row in found]


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


def matching(index: Index, words: Iterable[Word]) -> str:
    """What FTS5 is asked for texts with all of these words; none may be shorter than `SHORTEST`.

    It answers with all rows that have them. Those of long texts are to be looked at again, as
    their indexes know of pieces alone.
    """
    return " AND ".join(f"({_matching(index, word)})" for word in words)


def _matching(index: Index, word: Word) -> str:
    if index.table != SHEET.table:
        return " OR ".join(
            f"({' AND '.join(map(quoted, _pieces(each)))})" for each in word.spellings
        )
    words = f"{{{' '.join(index.words)}}} : ({' OR '.join(map(quoted, word.spellings))})"
    numbers = word.digits and "numbers" in index.columns
    return f"{words} OR numbers : {quoted(word.digits)}" if numbers else words


def quoted(phrase: str) -> str:
    """A phrase that FTS5 takes as text, whatever is in it."""
    doubled = phrase.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'


def _pieces(folded: str) -> list[str]:
    starts = range(max(len(folded) - SHORTEST + 1, 0))
    return sorted({folded[n : n + SHORTEST] for n in starts})
