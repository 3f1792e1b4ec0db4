"""What a long list costs: rows a second and memory, beside `task import` and plain `sqlite3`."""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROWS = 100_000

#: No more memory than this, in MB, and no more time than this of what `task import` takes.
MOST_MEMORY, MOST_TIMES = 300, 5.0

_WORDS = ("Bau", "Druck", "Energie", "Farben", "Holz", "Licht", "Metall", "Technik", "Werk")
_PEOPLE = ("Anna Berg", "Eva Lang", "Ida Vogt", "Jan Kunz", "Max Roth", "Otto Amt")
_CITIES = ("Berlin", "Bonn", "Essen", "Kiel", "Köln", "Mainz", "Ulm")
_FIRST = date(2026, 11, 24)

#: The same rows into one table, nothing understood, nothing looked up.
_PLAIN = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
    columns = ", ".join(f"c{n}" for n in range(len(header)))
    connection.execute(f"CREATE TABLE client (id INTEGER PRIMARY KEY, {columns})")
    places = ", ".join("?" * len(header))
    connection.executemany(f"INSERT INTO client VALUES (NULL, {places})", rows)
    connection.commit()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, and the most megabytes at once."""

    seconds: float
    memory: float


def clients(count: int) -> Iterator[dict[str, str]]:
    """Made-up clients as a list has them, some with dates and notes; the same every time."""
    chance = random.Random(7)
    for n in range(count):
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


def task(client: Mapping[str, str]) -> str:
    """A client as a line that `task import` reads."""
    day = (client["Next contact"] or "2026-12-31").replace("-", "")
    said = f"{client['Contact']}, {client['Phone']}"
    return json.dumps(
        {
            "description": client["Company"],
            "due": f"{day}T080000Z",
            "project": client["City"],
            "tags": [client["Tags"] or "none"],
            "annotations": [{"entry": "20261101T080000Z", "description": said}],
        }
    )


def main(count: int) -> int:
    """Measure all three; returns 1 where the import takes more than it may."""
    with tempfile.TemporaryDirectory() as folder:
        listed, tasks = Path(folder) / "clients.csv", Path(folder) / "clients.jsonl"
        everyone = list(clients(count))
        with listed.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, everyone[0])
            writer.writeheader()
            writer.writerows(everyone)
        tasks.write_text("\n".join(map(task, everyone)), encoding="utf-8")
        del everyone
        ours = ["-m", "tickler", "--db", f"{folder}/new.db", "import", "--yes", str(listed)]
        runs = {
            "tickler import": [sys.executable, *ours],
            "sqlite3 executemany": [
                *(sys.executable, "-c", _PLAIN, str(listed)), f"{folder}/plain.db",
            ],
        }  # fmt: skip
        if shutil.which("task"):
            (Path(folder) / "task").mkdir()
            where = f"rc.data.location={folder}/task"
            runs["task import"] = ["task", where, "rc.confirmation=no", "import", str(tasks)]
        else:
            print("task (taskwarrior) is not installed: left out")
        costs = {name: cost_of(words) for name, words in runs.items()}
    own = costs["tickler import"]
    print(f"{count:,} rows{'':11}{'s of CPU':>10}{'rows/s':>10}{'MB':>8}{'tickler is':>12}")
    for name, cost in costs.items():
        times = own.seconds / cost.seconds
        print(
            f"{name:22}{cost.seconds:10.2f}{count / cost.seconds:10,.0f}{cost.memory:8.0f}"
            f"{times:11.1f}x"
        )
    other = costs.get("task import")
    is_slow = other is not None and own.seconds > MOST_TIMES * other.seconds
    return int(is_slow or own.memory > MOST_MEMORY)


def cost_of(words: list[str]) -> Cost:
    """What a command takes by itself."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "TASKRC": os.devnull}
    running = subprocess.Popen(words, env=env, **quiet)
    _, status, used = os.wait4(running.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / per_megabyte)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else ROWS))
