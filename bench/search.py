"""What a search costs in a big binder, against the bare SQL for it, and the size of the file."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from time import perf_counter

import generate

from tickler.core.text import dialled
from tickler.desk import Desk
from tickler.services import dossiers, finding, searching
from tickler.store import search

DOSSIERS, ENTRIES = 100_000, 1_000_000
ROUNDS = 15

#: As many hits as fit on a screen.
MOST = 12

#: The dossier that is looked for.
KEY = 317

#: The tables that are neither journal nor search.
PLAIN = ("rep", "card", "dossier", "tag", "person", "reach", "entry", "slip", "draft")

Question = tuple[str, Callable[[Desk], object], Callable[[sqlite3.Connection], object]]


def questions() -> list[Question]:
    """What is asked, through the service and of plain sqlite3."""
    name = next(islice(generate.names(), KEY - 1, None)).rpartition(" ")[0]
    digits = generate.phone(KEY)[-7:]
    rare = generate.said(KEY, 3).split()[-1]
    return [
        _search("two words, common", "budget friday"),
        _search("two words, one rare", f"budget {rare}"),
        _search("a name", name.casefold()),
        (
            "a phone number",
            lambda desk: desk.see(finding.ring, digits),
            lambda file: _whole(file, _numbered(file, digits)),
        ),
        ("show", lambda desk: desk.see(dossiers.whole, KEY), lambda file: _shown(file, KEY)),
    ]


def _search(about: str, typed: str) -> Question:
    words = typed.split()
    return (
        about,
        lambda desk: desk.see(searching.find, typed, MOST),
        lambda file: _whole(file, _with_words(file, words)),
    )


def _with_words(file: sqlite3.Connection, words: list[str]) -> list[int]:
    """Names and sheets with all words, the best first, then the newest entries with all words."""
    match = " AND ".join(search.on_sheet(word, dialled(word)) for word in words)
    sheets = file.execute(
        "SELECT rowid FROM dossier_text WHERE dossier_text MATCH ? ORDER BY rank LIMIT ?",
        (match, MOST),
    )
    found = dict.fromkeys(key for (key,) in sheets)
    if len(found) < MOST:
        entries = file.execute(
            "SELECT e.dossier_id, e.at, e.kind, e.text FROM entry_text f "
            "CROSS JOIN entry e ON e.id = f.rowid WHERE f.entry_text MATCH ? "
            "ORDER BY f.rowid DESC LIMIT ?",
            (search.in_text(words), MOST),
        )
        found |= dict.fromkeys(row[0] for row in entries)
    return list(found)[:MOST]


def _numbered(file: sqlite3.Connection, digits: str) -> list[int]:
    key = dialled(digits)
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


def _shown(file: sqlite3.Connection, key: int) -> object:
    entries = (
        "SELECT e.*, r.name FROM entry e JOIN rep r ON r.id = e.author_id WHERE dossier_id = ? "
        "ORDER BY at DESC, e.id DESC"
    )
    return _whole(file, [key]), file.execute(entries, (key,)).fetchall()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    size = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        desk = generate.binder(path, size.dossiers, entries_each=size.entries // size.dossiers)
        with closing(sqlite3.connect(path)) as file:
            print(f"\n{'':22}{'bare SQL':>10}{'service':>10}   ratio   (ms, best of {ROUNDS})")
            for about, ask, bare in questions():
                plain, ours = fastest(lambda bare=bare: bare(file), lambda ask=ask: ask(desk))
                print(f"{about:22}{plain:10.2f}{ours:10.2f}{ours / plain:8.1f}")
        desk.close()
        whole, plain_tables = sizes(path)
        print(f"{'the file, MB':22}{plain_tables:10.0f}{whole:10.0f}{whole / plain_tables:8.1f}")


def fastest(*steps: Callable[[], object]) -> list[float]:
    """The best time of each step, taken in turns; in ms."""
    best = [float("inf")] * len(steps)
    for _ in range(ROUNDS):
        for which, step in enumerate(steps):
            start = perf_counter()
            step()
            best[which] = min(best[which], (perf_counter() - start) * 1000)
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
