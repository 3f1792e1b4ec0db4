"""What a search costs in a big binder, against the bare SQL for it, and the size of the file."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from time import process_time

import generate
from sqlmodel import SQLModel

from tickler.core.search.query import Word
from tickler.core.text import fold, phone_key
from tickler.desk import Desk
from tickler.services import clients
from tickler.store import search

DOSSIERS, ENTRIES_EACH = 100_000, 10
ROUNDS = 15

#: The other binder, which is to cost as much, is so many times smaller.
TIMES = 10

#: As many hits as fit on a screen.
MOST = 12

#: The dossier that is looked for.
KEY = 317

#: As much of its history as the page in the terminal face reads.
PAGE = 50

#: The tables that are neither journal nor search.
PLAIN = set(SQLModel.metadata.tables) - {"change", "change_row"}

Bare = Callable[[sqlite3.Connection], object]
Question = tuple[str, Callable[[Desk], object], Bare]


def questions() -> list[Question]:
    """What is asked, through the service and of plain sqlite3."""
    name = next(islice(generate.names(), KEY - 1, None)).rpartition(" ")[0]
    digits = generate.phone(KEY)[-7:]
    rare = generate.said(KEY, 3).split()[-1].casefold()
    common = ["budget", "friday"]
    return [
        _search("two words, common", common, lambda file: _together(file, common)),
        _search("two words, one rare", ["budget", rare], lambda file: _rare(file, rare, "budget")),
        _search("a name", fold(name).split(), lambda file: _anywhere(file, fold(name).split())),
        (
            "a phone number",
            lambda desk: desk.see(clients.find.ring, digits),
            lambda file: _whole(file, _numbered(file, digits)),
        ),
        ("show", lambda desk: desk.see(clients.read.whole, KEY), lambda file: _shown(file, KEY)),
        (
            "the dossier's page",
            lambda desk: desk.see(clients.read.whole, KEY, most_entries=PAGE),
            lambda file: _shown(file, KEY, PAGE),
        ),
    ]


def _search(about: str, words: list[str], bare: Bare) -> Question:
    typed = " ".join(words)
    return about, lambda desk: desk.see(clients.search.find, typed, MOST), bare


def _together(file: sqlite3.Connection, words: list[str]) -> object:
    """Sheets with all words, the best first, then the newest entries with all words."""
    sheets = file.execute(
        "SELECT rowid FROM dossier_text WHERE dossier_text MATCH ? ORDER BY rank LIMIT ?",
        (_match(search.SHEET, words), MOST),
    )
    entries = file.execute(
        "SELECT e.dossier_id, e.at, e.kind, e.text FROM entry_text f "
        f"CROSS JOIN entry e ON e.id = f.rowid WHERE f.entry_text MATCH ? AND {_stand(words)} "
        "ORDER BY f.rowid DESC LIMIT ?",
        (_match(search.ENTRY, words), MOST),
    )
    found = dict.fromkeys(row[0] for row in (*sheets, *entries))
    return _whole(file, list(found)[:MOST])


def _rare(file: sqlite3.Connection, rare: str, common: str) -> object:
    """The dossiers with the rare word, in an entry or on the sheet, that have the common one."""
    found = file.execute(
        "WITH held(key) AS (SELECT rowid FROM dossier_text WHERE dossier_text MATCH :sheet UNION "
        "SELECT e.dossier_id FROM entry_text f CROSS JOIN entry e ON e.id = f.rowid "
        f"WHERE f.entry_text MATCH :entry AND {_stand([rare])}) "
        "SELECT key FROM held WHERE EXISTS (SELECT 1 FROM entry e CROSS JOIN entry_text f "
        f"ON f.rowid = e.id WHERE e.dossier_id = key AND {_stand([common])}) OR EXISTS "
        "(SELECT 1 FROM dossier_text t WHERE t.rowid = key AND instr(t.sheet, :common)) "
        "LIMIT :most",
        {
            "sheet": _match(search.SHEET, [rare]),
            "entry": _match(search.ENTRY, [rare]),
            "common": common,
            "most": MOST,
        },
    )
    keys = [key for (key,) in found]
    return _whole(file, keys), _texts(file, keys)


def _anywhere(file: sqlite3.Connection, words: list[str]) -> object:
    """The dossiers with all words, each in an entry or on the sheet."""
    held = (
        "SELECT * FROM (SELECT rowid FROM dossier_text WHERE dossier_text MATCH ? UNION "
        "SELECT e.dossier_id FROM entry_text f CROSS JOIN entry e ON e.id = f.rowid "
        f"WHERE f.entry_text MATCH ? AND {_stand([word])})"
        for word in words
    )
    values = [_match(index, [word]) for word in words for index in (search.SHEET, search.ENTRY)]
    found = file.execute(f"{' INTERSECT '.join(held)} LIMIT {MOST}", values)
    return _whole(file, [key for (key,) in found])


def _match(index: search.Index, words: list[str]) -> str:
    return search.matching(index, [Word((word,), phone_key(word)[:20]) for word in words])


def _stand(words: list[str]) -> str:
    return " AND ".join(f"instr(f.text, '{word}')" for word in words)


def _numbered(file: sqlite3.Connection, digits: str) -> list[int]:
    key = phone_key(digits)
    found = file.execute(
        "SELECT DISTINCT dossier_id FROM reach WHERE key >= ? AND key < ?", (key, key + "~")
    )
    return [row[0] for row in found]


def _whole(file: sqlite3.Connection, keys: list[int]) -> list[list[sqlite3.Row]]:
    """The rows that the hits are shown from."""
    ids = ",".join(map(str, keys))
    asked = [
        "SELECT d.*, c.*, r.name, EXISTS (SELECT 1 FROM draft WHERE dossier_id = d.id) "
        "FROM dossier d JOIN card c ON c.id = d.card_id JOIN rep r ON r.id = d.owner_id "
        f"WHERE d.id IN ({ids})",
        *(f"SELECT * FROM {t} WHERE dossier_id IN ({ids})" for t in ("tag", "reach", "person")),
        f"SELECT * FROM slip WHERE dossier_id IN ({ids}) AND ticked_on IS NULL",
    ]
    return [file.execute(each).fetchall() for each in asked]


def _texts(file: sqlite3.Connection, keys: list[int]) -> list[sqlite3.Row]:
    ids = ",".join(map(str, keys))
    newest = f"SELECT max(id) FROM entry WHERE dossier_id IN ({ids}) GROUP BY dossier_id"
    return file.execute(f"SELECT at, kind, text FROM entry WHERE id IN ({newest})").fetchall()


def _shown(file: sqlite3.Connection, key: int, most: int = -1) -> object:
    entries = (
        "SELECT e.*, r.name FROM entry e JOIN rep r ON r.id = e.author_id WHERE dossier_id = ? "
        "ORDER BY at DESC, e.id DESC LIMIT ?"
    )
    return _whole(file, [key]), file.execute(entries, (key, most)).fetchall()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--small", action="store_true", help="a tenth of it, to try the bench")
    args = parser.parse_args()
    many = args.dossiers // TIMES if args.small else args.dossiers
    with tempfile.TemporaryDirectory() as folder:
        small = generate.binder(Path(folder) / "few.db", many // TIMES, ENTRIES_EACH)
        path = Path(folder) / "many.db"
        big = generate.binder(path, many, ENTRIES_EACH)
        print(f"\n{many:,} dossiers, {many * ENTRIES_EACH:,} entries")
        print(f"ms of the processor, the best of {ROUNDS}; growth is against {many // TIMES:,}")
        print(f"{'':20}{'bare SQL':>10}{'service':>10}   ratio     fewer  growth")
        with closing(sqlite3.connect(path)) as file:
            for about, ask, bare in questions():
                steps = (lambda: bare(file), lambda: ask(big), lambda: ask(small))  # noqa: B023
                plain, ours, few = fastest(*steps)
                print(
                    f"{about:20}{plain:10.2f}{ours:10.2f}{ours / plain:8.1f}"
                    f"{few:10.2f}{ours / few:8.1f}"
                )
        small.close()
        big.close()
        whole, plain_tables = sizes(path)
        print(f"{'the file, MB':20}{plain_tables:10.0f}{whole:10.0f}{whole / plain_tables:8.1f}")


def fastest(*steps: Callable[[], object]) -> list[float]:
    """The best time of each step, taken in turns; in ms of work, whoever else is at the machine."""
    best = [float("inf")] * len(steps)
    for _ in range(ROUNDS):
        for which, step in enumerate(steps):
            start = process_time()
            step()
            best[which] = min(best[which], (process_time() - start) * 1000)
    return best


def sizes(path: Path) -> tuple[float, float]:
    """The file as it is, and one with the same tables without journal and search; in MB."""
    bare = path.with_name("bare.db")
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made = file.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    with closing(sqlite3.connect(bare)) as copy:
        copy.execute("ATTACH ? AS whole", (str(path),))
        for kind, name, table, sql in sorted(made, key=lambda row: row[0], reverse=True):
            if table in PLAIN and sql and kind in ("table", "index"):
                copy.execute(sql)
                if kind == "table":
                    copy.execute(f"INSERT INTO {name} SELECT * FROM whole.{name}")
        copy.commit()
    return path.stat().st_size / 1e6, bare.stat().st_size / 1e6


if __name__ == "__main__":
    main()
