"""Whether the index of all words has the texts as they are."""

import sqlite3
from collections.abc import Iterator

from tickler.core.phrases import counted
from tickler.store import search
from tickler.store.health.finding import Examined, Finding, listed
from tickler.store.search import ENTRY, Index

_REBUILD = "tickler doctor --reindex rebuilds the index of all words"

#: Of so many rows of each index it is tried whether they are found.
_TRIED = 200


def found(binder: Examined) -> Iterator[Finding]:
    """Whether each dossier is found by its words; a fault in the index is no fault of the rest."""
    try:
        stale = stale_dossiers(binder.file)
    except sqlite3.Error as error:
        text = f"the index of all words is damaged: {error}"
        yield Finding("search", False, text, _REBUILD)
        return
    if not stale:
        yield Finding("search", True, "finds every dossier")
        return
    known = sorted(key for key in stale if key is not None)
    text = f"{counted(len(known), 'dossier is', 'dossiers are')} not found by their words: "
    text += listed(f"#{key}" for key in known)
    gone = "words are found that no longer exist"
    yield Finding("search", False, text if known else gone, _REBUILD)


def stale_dossiers(file: sqlite3.Connection) -> set[int | None]:
    """The dossiers that are not found by all their words; None where words are of none."""
    stale: set[int | None] = set()
    for index in search.INDEXES:
        stale.update(key for (key,) in file.execute(unfound(index)))
        stale.update(_not_matched(file, index))
    return stale


def unfound(index: Index) -> str:
    """SQL for the dossiers whose rows are not as they should be; NULL for rows of none."""
    dossiers = f"LEFT JOIN {index.table} e ON e.{index.link} = key"
    return f"SELECT e.{index.dossier} FROM ({stale(index)}) {dossiers}"


def stale(index: Index) -> str:
    """SQL for the keys of such rows: row by row, as a million texts are too many to be sorted."""
    kept, columns = f"{index.name}_content", index.columns.values()
    differs = " OR ".join(f"k.c{n} IS NOT ({text})" for n, text in enumerate(columns))
    if index is ENTRY:
        differs = f"iif(k.c0 IS {_PLAIN} || char(31) AND {_IS_PLAIN}, false, {differs})"
    return (
        f"SELECT o.id AS key FROM {index.source} o LEFT JOIN {kept} k ON k.id = o.id "
        f"WHERE {index.holds} AND ({differs}) "
        f"UNION ALL SELECT k.id FROM {kept} k WHERE k.id NOT IN ({index.keys})"
    )


def _plain(text: str) -> str:
    """SQL for a text folded where it has no more than these letters and lines: most are so."""
    plain = f"lower({text})"
    for letter, bare in (*zip("äöüÄÖÜ", "aouaou", strict=True), ("ß", "ss")):
        plain = f"replace({plain}, '{letter}', '{bare}')"
    return plain


_PLAIN = _plain("o.text")
#: Whether that is all that folding does: no other letter, no line or blank too many.
_IS_PLAIN = (
    "length(CAST(k.c0 AS BLOB)) = length(k.c0) AND trim(o.text) = o.text "
    "AND instr(o.text, '  ') + instr(o.text, char(10)) + instr(o.text, char(9)) = 0 "
    "AND instr(o.text, char(13)) = 0 "
    "AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.entry_id = o.id)"
)


def _not_matched(file: sqlite3.Connection, index: Index) -> Iterator[int | None]:
    """The dossiers of those rows, of some all over the index, that are not found by their words."""
    rows = file.execute(
        f"SELECT id, c0 FROM {index.name}_content WHERE id IN (SELECT id FROM {index.name}_content "
        f"WHERE id % max((SELECT count(*) FROM {index.name}_content) / {_TRIED}, 1) = 0)"
    )
    match = f"SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? AND rowid = ?"
    owner = f"SELECT {index.dossier} FROM {index.table} WHERE {index.link} = ?"
    for key, text in rows.fetchall():
        pieces = [text[n : n + search.SHORTEST] for n in range(len(text) - search.SHORTEST + 1)]
        wanted = " AND ".join(map(search.quoted, pieces[:: max(len(pieces) // 3, 1)]))
        if wanted and not file.execute(match, (wanted, key)).fetchone():
            yield next(iter(file.execute(owner, (key,)).fetchone() or [None]))
