"""The rows of a damaged binder: found on its pages, or in its indexes, and brought into a new one.

What SQLite's own pages say comes first; then pages that nothing names any more, if their rows fit
a table; then what indexes still know of rows that are on no page.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from tickler import lent as _tables  # noqa: F401  # registers all tables
from tickler.core.phrases import counted
from tickler.core.progress import Progress
from tickler.core.text import fold
from tickler.store import repair, search
from tickler.store.damaged import LAST, DamagedBinder
from tickler.store.health import contents, values
from tickler.store.health import journal as notes
from tickler.store.health.finding import Examined
from tickler.store.journal import journaled
from tickler.store.pages import Values, Walk, is_utf8
from tickler.store.repair import Aside, Repaired

_TABLES = SQLModel.metadata.tables
_NOTES = "change_row"
#: There is one such row in a new binder already.
_SINGLE = {"identity"}

#: Of whom most is in the indexes: they are made again from there, as far as that is known.
_FROM_INDEXES = {
    "dossier": ("folded", "name"),
    "reach": ("key", "value"),
    "tag": ("folded", "name"),
    "entry": ("text", "text"),
    "slip": ("text", "text"),
}
#: The texts of these are in the index of all words, too, folded.
_WORDS = {"entry": search.ENTRY, "slip": search.SLIP}

#: A page belongs to a table where so many of its first rows fit.
_ENOUGH, _TRIED = 0.6, 20

Row = dict[str, Any]


class Rows:
    """Brings the rows into a new binder, which has their schema at first."""

    def __init__(self, found: DamagedBinder, file: sqlite3.Connection, progress: Progress) -> None:
        self._found = found
        self._file = file
        self._progress = progress
        self._lost_of: Counter[int] = Counter()
        self.saved: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.loose = 0
        self.repaired = Repaired()

    def bring(self) -> None:
        """Bring all rows that can be read, and what is known of others."""
        self._file.execute("PRAGMA ignore_check_constraints = ON")
        names = [table.name for table in SQLModel.metadata.sorted_tables if table.name != _NOTES]
        for table in names:
            if table in self._found.tables and self._columns(table):
                self._bring(table)
        self._bring_loose(names)
        for table in names:
            if not self._found.walk(table).is_whole or self._lacks_rows(table):
                self._look_in_indexes(table)

    def repair(self, owner: str) -> None:
        """Make of them what a binder has; the tables are those of the present schema now."""
        self._own(owner)
        if "sqlite_sequence" in self._found.tables:
            root, _ = self._found.tables["sqlite_sequence"]
            for _, row in self._found.pages.rows(root, Walk()):
                self._go_on_after(row)
        self._digests()
        self._merge(repair.rows(self._file))
        self._digests()

    def _own(self, owner: str) -> None:
        """Make the rep again whose binder it is, if that row is lost."""
        if self._file.execute("SELECT 1 FROM rep WHERE NOT is_guest").fetchone():
            return
        most = "GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        found = self._file.execute(f"SELECT owner_id FROM dossier {most}").fetchone()
        found = found or self._file.execute(f"SELECT author_id FROM entry {most}").fetchone()
        key = found[0] if found and isinstance(found[0], int) and found[0] > 0 else 1
        self._file.execute("UPDATE rep SET is_guest = 0 WHERE id = ?", (key,))
        if not self._has("rep", key):
            repair.make_rep(self._file, key, owner)

    def bring_notes(self) -> None:
        """Bring what undo needs, where not a row is missing of what it would change."""
        whole = self._found.tables.keys() >= _TABLES.keys() and not self.loose
        walks = (self._found.walk(table) for table in _TABLES if table != _NOTES)
        if not whole or self._found.version != LAST or self.repaired.aside:
            return
        if not all(walk.is_whole for walk in walks) or self.lost:
            return
        self._bring(_NOTES)
        fit = (self._file.execute(f"{notes.apart_from(t.name)} LIMIT 1") for t in journaled())
        if not self._found.walk(_NOTES).is_whole or any(found.fetchone() for found in fit):
            self._file.execute("DELETE FROM change_row")
            self.saved[_NOTES] = 0

    def touched(self) -> list[str]:
        """The dossiers of which something is known to be lost."""
        found = []
        for key, count in sorted((self._lost_of - Counter({0: self._lost_of[0]})).items()):
            row = self._file.execute("SELECT name FROM dossier WHERE id = ?", (key,)).fetchone()
            rows = counted(count, "row is", "rows are")
            found.append(f"#{key} {row[0] if row else ''}: {rows} lost, or known in part")
        return found

    def _bring(self, table: str) -> None:
        root, sql = self._found.tables[table]
        columns = _columns_of(table, sql)
        if not columns or not {*columns} <= {*self._columns(table)}:
            columns = self._columns(table)  # the statement is damaged, too
        for key, row in self._found.pages.rows(root, self._found.walk(table)):
            self._add(table, key, columns, row)
            if self.saved[table] % 1000 == 0:
                self._tell()

    def _add(self, table: str, key: int, columns: Sequence[str], row: Values) -> bool:
        if len(row) > len(columns):
            self._found.walk(table).broken += 1
            return False
        read = dict(zip(columns, row, strict=False))
        if read.get("id", 0) is None:
            read["id"] = key
        given = self._as_taken(table, key, read)
        verb = "INSERT OR REPLACE" if table in _SINGLE else "INSERT"
        names = ", ".join(f'"{name}"' for name in given)
        places = ", ".join("?" * len(given))
        try:
            self._file.execute(
                f'{verb} INTO "{table}" ({names}) VALUES ({places})', [*given.values()]
            )
        except (sqlite3.IntegrityError, OverflowError) as error:
            self.repaired.aside.append(Aside(table, key, f"has no place: {error}", read))
            self.lost[table] += 1
            return False
        self.saved[table] += 1
        return True

    def _as_taken(self, table: str, key: int, row: Row) -> Row:
        """A row as the table takes it: texts are texts, and what must be there is."""
        taken: Row = {}
        for name, value in row.items():
            column = _TABLES[table].columns.get(name)
            if column is None and name not in self._columns(table):
                continue
            if isinstance(value, str) and not is_utf8(value):
                kept = value.encode("utf-8", "surrogateescape")
                why = f"{name} is not UTF-8: what could not be read is � now"
                self.repaired.aside.append(Aside(table, key, why, {name: kept}))
                taken[name] = kept.decode("utf-8", "replace")
            elif value is None and column is not None and not column.nullable:
                taken[name] = repair.substitute(column)
            else:
                taken[name] = value
        return taken

    def _columns(self, table: str) -> list[str]:
        """The columns of a table of the new binder, as it is now."""
        return [row[1] for row in self._file.execute(f'PRAGMA table_info("{table}")')]

    def _bring_loose(self, names: Sequence[str]) -> None:
        """Bring rows on pages that nothing names, into the table that they fit."""
        for number in self._found.loose_pages():
            rows = [*self._found.pages.rows_of_leaf(number, Walk())]
            table = self._fitting(rows, names)
            if table is None:
                continue
            columns = self._columns(table)
            for key, row in rows:
                if not self._has(table, key) and self._fits(table, columns, row):
                    self.loose += self._add(table, key, columns, row)

    def _fitting(self, rows: Sequence[tuple[int, Values]], names: Sequence[str]) -> str | None:
        """The table that most of these rows fit; those with damage go first."""
        best: tuple[float, bool, str] = (0.0, False, "")
        for table in names:
            columns = self._columns(table)
            if len(columns) < 3 or not rows:  # too few to be told from others
                continue
            tried = rows[:_TRIED]
            fit = sum(self._fits(table, columns, row) for _, row in tried) / len(tried)
            best = max(best, (fit, not self._found.walk(table).is_whole, table))
        return best[2] if best[0] >= _ENOUGH else None

    def _fits(self, table: str, columns: Sequence[str], row: Values) -> bool:
        known = _TABLES[table].columns
        later = [known[name] for name in columns[len(row) :] if name in known]
        if len(row) > len(columns) or row[:1] != [None]:
            return False
        if not all(column.nullable or column.server_default is not None for column in later):
            return False
        read = dict(zip(columns, row, strict=False))
        if any(
            name in known and not values.can_be_read(known[name], value)
            for name, value in read.items()
            if name != "id"
        ):
            return False
        named = values.FOLDED.get(table)
        return named is None or read.get("folded") == fold(str(read.get(named)))

    def _has(self, table: str, key: int) -> bool:
        found = self._file.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (key,))
        return found.fetchone() is not None

    def _lacks_rows(self, table: str) -> bool:
        """Whether an index has more rows than were found: a page may say too few of its own."""
        known = {row[1]: row[4] for row in self._file.execute(f'PRAGMA index_list("{table}")')}
        return any(
            self._found.pages.entries_in(root) > self.saved[table]
            for name, (of, root) in self._found.indexes.items()
            if of == table and known.get(name) == 0
        )

    def _look_in_indexes(self, table: str) -> None:
        """Make again, or name, the rows that indexes know and that are on no page."""
        known: dict[int, Row] = {}
        for name, (of, root) in self._found.indexes.items():
            columns = [row[2] for row in self._file.execute(f'PRAGMA index_info("{name}")')]
            if of != table or not columns:
                continue
            for entry in self._found.pages.entries(root, Walk()):
                *found, key = entry
                if len(found) != len(columns) or not isinstance(key, int):
                    continue
                if not self._has(table, key):
                    known.setdefault(key, {}).update(zip(columns, found, strict=True))
        self._add_words(table, known)
        for key, row in sorted(known.items()):
            self._known_only(table, key, row)

    def _add_words(self, table: str, known: Mapping[int, Row]) -> None:
        """Add the texts of rows that the index of all words still has."""
        index = _WORDS.get(table)
        root = self._found.others.get(f"{index.name}_content") if index and known else None
        for key, row in self._found.pages.rows(root, Walk()) if root else ():
            if key in known and len(row) > 1 and isinstance(row[1], str) and is_utf8(row[1]):
                known[key]["text"] = row[1].partition("\x1f")[0]

    def _known_only(self, table: str, key: int, row: Row) -> None:
        columns = _TABLES[table].columns
        row = {n: v for n, v in row.items() if n in columns and values.can_be_read(columns[n], v)}
        why = "is on no page that can be read; this is what its indexes have of it"
        self.lost[table] += 1
        self._lost_of[key if table == "dossier" else row.get("dossier_id", 0)] += 1
        if table in _FROM_INDEXES:
            of, to = _FROM_INDEXES[table]
            if table == "dossier":
                repair.make_dossier(self._file, key, row)
            elif row.get(of) and row.get("dossier_id"):
                author = {"author_id": 1} if "author_id" in columns else {}
                repair.make_row(self._file, table, {"id": key, to: row[of], **author, **row})
            else:
                why += ": too little to make it again"
        self.repaired.aside.append(Aside(table, key, why, row))

    def _go_on_after(self, row: Values) -> None:
        """Give no number again that was given."""
        match [*row]:
            case [str(table), int(last)] if table in _TABLES and 0 < last < 2**53:
                self._file.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)
                )

    def _digests(self) -> None:
        """Keep what is left of attached files under its own digest, and mark the files."""
        for key in [*contents.changed(Examined(Path(), self._file))]:
            digest, size = hashlib.sha256(), 0
            parts = self._file.execute(
                "SELECT id, data FROM content_part WHERE content_id = ? ORDER BY place", (key,)
            )
            for place, (part, data) in enumerate(parts.fetchall()):
                piece = data if isinstance(data, bytes) else str(data).encode()
                digest.update(piece)
                size += len(piece)
                self._file.execute(
                    "UPDATE content_part SET place = ?, data = ? WHERE id = ?", (place, piece, part)
                )
            self._mark(key, digest.hexdigest(), size)

    def _mark(self, key: int, digest: str, size: int) -> None:
        run = self._file.execute
        for attachment, dossier, name in run(
            "SELECT id, dossier_id, name FROM attachment WHERE content_id = ?", (key,)
        ).fetchall():
            path = Path(str(name).replace("/", "_"))
            marked = f"{path.stem} (damaged){path.suffix}"
            run("UPDATE attachment SET name = ? WHERE id = ?", (marked, attachment))
            self._lost_of[dossier] += 1
            why = "its bytes are not all there: it is marked as damaged"
            self.repaired.aside.append(Aside("attachment", attachment, why, {"name": name}))
        same = run("SELECT id FROM content WHERE digest = ? AND id <> ?", (digest, key)).fetchone()
        if same:
            for table in ("attachment", "mail"):
                run(f"UPDATE {table} SET content_id = ? WHERE content_id = ?", (same[0], key))
            run("DELETE FROM content_part WHERE content_id = ?", (key,))
            run("DELETE FROM content WHERE id = ?", (key,))
        else:
            run("UPDATE content SET digest = ?, size = ? WHERE id = ?", (digest, size, key))

    def _merge(self, done: Repaired) -> None:
        self.repaired.done += done.done
        self.repaired.aside += done.aside

    def _tell(self) -> None:
        self._progress(sum(len(walk.visited) for walk in self._found.walks.values()))


def _columns_of(table: str, sql: str) -> list[str]:
    """The columns that a statement gives to a table; none where it cannot be read."""
    with closing(sqlite3.connect(":memory:")) as scratch:
        try:
            scratch.execute(sql)
        except sqlite3.Error:
            return []
        return [row[1] for row in scratch.execute(f'PRAGMA table_info("{table}")')]
