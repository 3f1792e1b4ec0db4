"""Whether the index of all words has the texts as they are."""

import json
import sqlite3
from collections.abc import Iterator

from tickler.core.phrases import counted
from tickler.core.text import fold
from tickler.store import search
from tickler.store.health.finding import Examined, Finding, listed, portions
from tickler.store.search import ENTRY, Index

_REBUILD = "tickler doctor --reindex rebuilds the index of all words"

#: Of so many rows of each index it is tried whether they are found.
_TRIED = 200

#: So many lines of history are compared at once.
_TOGETHER = 500


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
    unfound: set[int | None] = set()
    for index in search.INDEXES:
        among, values = "true", {}
        if index is ENTRY:
            among, values = f"o.id IN ({_LISTED})", {"keys": json.dumps([*_suspects(file)])}
        dossiers = f"LEFT JOIN {index.table} e ON e.{index.link} = key"
        asked = f"SELECT e.{index.dossier} FROM ({stale(index, among)}) {dossiers}"
        unfound.update(key for (key,) in file.execute(asked, values))
        unfound.update(_not_matched(file, index))
    return unfound


def stale(index: Index, among: str = "true") -> str:
    """SQL for the keys of rows that are not as they should be, `among` some, and of rows of none.

    It goes row by row, as a million texts are too many to be sorted.
    """
    kept, columns = f"{index.name}_content", index.columns.values()
    differs = " OR ".join(f"k.c{n} IS NOT ({text})" for n, text in enumerate(columns))
    return (
        f"SELECT o.id AS key FROM {index.source} o LEFT JOIN {kept} k ON k.id = o.id "
        f"WHERE {index.holds} AND {among} AND ({differs}) "
        f"UNION ALL SELECT k.id FROM {kept} k WHERE k.id NOT IN ({index.keys})"
    )


_LISTED = "SELECT value FROM json_each(:keys)"

#: The lines of history with these numbers, and what their index has of them.
_BETWEEN = "FROM entry o LEFT JOIN entry_text_content k ON k.id = o.id WHERE o.id BETWEEN ? AND ?"
#: What is between two of them, where many are read as one.
_APART, _END = "\x1e", "\x1f"
_AT_ONCE = (
    "SELECT CAST(group_concat(o.text, char(30)) AS BLOB), "
    f"CAST(group_concat(k.c0, char(30)) AS BLOB) {_BETWEEN}"
)
_ONE_BY_ONE = f"SELECT o.id, CAST(o.text AS BLOB), CAST(k.c0 AS BLOB) {_BETWEEN}"

#: The letters of most texts that have others than those of ASCII.
_LETTERS = (*zip("äöü", "aou", strict=True), ("ß", "ss"))


def _suspects(file: sqlite3.Connection) -> Iterator[int]:
    """The lines of history that may not be in their index as they should be; all that are mails.

    There can be a million: many are folded and compared at once, and one by one where that fails.
    """
    for keys in portions(file, ENTRY.table, _TOGETHER):
        texts, kept = file.execute(_AT_ONCE, keys).fetchone()
        if not _are_alike(texts, kept or b""):
            for key, text, known in file.execute(_ONE_BY_ONE, keys):
                if known is None or not _is_alike(text, known):
                    yield key
    yield from (key for (key,) in file.execute("SELECT entry_id FROM mail"))


def _are_alike(texts: bytes, kept: bytes) -> bool:
    """Whether the index has these texts folded; not where folding them takes more than letters."""
    try:
        plain = texts.decode().lower()
    except UnicodeDecodeError:
        return False
    if not plain.isascii():
        for letter, bare in _LETTERS:
            plain = plain.replace(letter, bare)
    shown = plain.replace(_APART, "")
    if not (shown.isascii() and shown.isprintable()) or "  " in plain:
        return False
    lines = plain.split(_APART)
    if any(line[:1] == " " or line[-1:] == " " for line in lines):
        return False
    return f"{_END}{_APART}".join(lines) + _END == kept.decode(errors="replace")


def _is_alike(text: bytes, kept: bytes) -> bool:
    try:
        return fold(text.decode()) + _END == kept.decode()
    except UnicodeDecodeError:
        return False


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
