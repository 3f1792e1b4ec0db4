"""Lists of clients to import, the same every time, and how plain `sqlite3` imports one."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from bench.generate import SEED

#: A list into a table, nothing understood, nothing looked up.
PLAIN_IMPORT = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
    columns = ", ".join(f"c{n}" for n in range(len(header)))
    connection.execute("DROP TABLE IF EXISTS client")
    connection.execute(f"CREATE TABLE client (id INTEGER PRIMARY KEY, {columns})")
    places = ", ".join("?" * len(header))
    connection.executemany(f"INSERT INTO client VALUES (NULL, {places})", rows)
    connection.commit()
"""

_WORDS = ("Bau", "Druck", "Energie", "Farben", "Holz", "Licht", "Metall", "Technik", "Werk")
_PEOPLE = ("Anna Berg", "Eva Lang", "Ida Vogt", "Jan Kunz", "Max Roth", "Otto Amt")
_CITIES = ("Berlin", "Bonn", "Essen", "Kiel", "Köln", "Mainz", "Ulm")
_FIRST = date(2026, 11, 24)


def clients() -> Iterator[dict[str, str]]:
    """Made-up clients as a list has them, some with dates and notes; the same every time."""
    chance = random.Random(SEED)
    n = 0
    while True:
        words = "".join(chance.sample(_WORDS, 2))
        later, earlier = chance.randrange(200), chance.randrange(300)
        yield {
            "Company": f"{words} {n} GmbH",
            "Contact": chance.choice(_PEOPLE),
            "Phone": f"030 {100_000 + n}",
            "Email": f"k{n}@firma{n}.example",
            "Street": f"Weg {n % 99}",
            "Postcode": f"{10_000 + n % 80_000}",
            "City": chance.choice(_CITIES),
            "Next contact": f"{_FIRST + timedelta(days=later)}" if chance.random() < 0.5 else "",
            "Last contact": f"{_FIRST - timedelta(days=earlier)}" if chance.random() < 0.3 else "",
            "Tags": chance.choice(("crane", "board", "fair", "")),
            "Notes": "" if n % 5 else "calls back, likes coffee",
        }
        n += 1


def write(listed: Path, tasks: Path, count: int) -> None:
    """Write a list of clients as CSV, and as lines that `task import` reads."""
    everyone = list(islice(clients(), count))
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, everyone[0])
        writer.writeheader()
        writer.writerows(everyone)
    with tasks.open("w", encoding="utf-8") as file:
        for client in everyone:
            day = (client["Next contact"] or "2026-12-31").replace("-", "")
            told = f"{client['Contact']}, {client['Phone']}"
            item = {
                "description": client["Company"],
                "due": f"{day}T080000Z",
                "project": client["City"],
                "tags": [client["Tags"] or "none"],
                "annotations": [{"entry": "20261101T080000Z", "description": told}],
            }
            file.write(json.dumps(item) + "\n")
