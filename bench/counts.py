"""What a verb costs, in counts that are the same on every run: CI holds them to a table.

`counts.tsv` has for each verb the instructions that valgrind counts, as times those of the floor;
the statements that the database is asked to run; and its steps, which grow with each row that is
read, whether it is shown or not. `python -m bench.counts --check` fails where there are more
instructions than the table has, `tests/test_counts.py` where there is more of the others.
`--baseline` writes the table.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import io
import math
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, event

import tickler
from bench import generate
from bench.measure import TICKLER, Failed, in_child
from bench.plan import DAILY, ENTRIES_EACH, SIZES, Verb
from tickler.cli import run

HERE = Path(__file__).parent
KEPT = HERE / "counts.tsv"
SMALL, LARGE = SIZES[:2]

#: How often more may be counted than the table has. Steps differ a little from SQLite to SQLite.
TOLERANCE = {
    "million instructions": math.inf,  # of this machine; the ratio is of all
    "times its floor": 1.03,
    "statements": 1.0,
    "steps": 1.25,
}

#: Where no table, however new, may go: figure and limit, by verb.
LIMITS = {"move": {"statements": 20}}

#: One call of the database's progress handler for so many steps.
_STEPS = 10

FLOORS = {"a change": ["ACME", "fri"], "Typer's help": ["--help"]}
#: What is not a verb of a day, and its floor; what is has the first.
QUICK = ("--help", "--version", "Tab for a verb", "Tab for a name")
#: Those whose instructions are counted, and those that CI counts again: valgrind is slow, and the
#: others go the same ways.
COUNTED = ("move", "today", "log", "add", "find", "show", "slots", *QUICK)
CHECKED = ("move", "today", "log", "--help", "Tab for a name")

Row = dict[str, float]


class Asked(NamedTuple):
    """How many statements were run, and the steps of the database in them."""

    statements: int
    steps: int


def asked(verb: Verb, binder: Path) -> Asked:
    """What a verb asks of the database, in a copy of the binder. Raises Failed where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "binder.db"
        shutil.copy(binder, own)
        return in_child(lambda: _counted(verb, own))


def _counted(verb: Verb, binder: Path) -> Asked:
    os.environ |= surroundings(binder)
    if verb.before:
        answer(verb.before)
    statements, ticks = 0, 0

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal statements
        statements += not statement.startswith(("BEGIN", "PRAGMA"))

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    def watch(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_progress_handler(tick, _STEPS)

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "connect", watch)
    answer(verb.words)
    return Asked(statements, ticks * _STEPS)


def answer(words: str) -> None:
    """Do what was typed. Raises Failed where it fails."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        code = run(shlex.split(words), lambda *_: None)
    if code:
        raise Failed(f"{words}: {said.getvalue().strip()}")


def surroundings(binder: Path) -> dict[str, str]:
    """What is set for tickler where it is measured: nothing of whoever measures."""
    return {
        "HOME": str(binder.parent),
        "TICKLER_BACKUP": "off",
        "TICKLER_CONFIG": "",
        "TICKLER_DB": str(binder),
        "TICKLER_TODAY": generate.MORNING.date().isoformat(),
        "XDG_CONFIG_HOME": str(binder.parent),
    }


def count_asked(name: str, size: int, binder: Path) -> Row:
    """Statements and steps of a verb of a day in a binder of that size, by columns of the table."""
    found = asked(DAILY[name], binder)
    return {f"statements at {size:,}": found.statements, f"steps at {size:,}": found.steps}


def count_instructions(names: Iterable[str], binder: Path) -> dict[str, Row]:
    """Million instructions of each, and as times those of its floor."""
    calls = [*FLOORS, *names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        in_turn = pool.map(lambda name: _valgrind(name, binder), calls)
        counted = dict(zip(calls, in_turn, strict=True))
    return {
        name: {
            "million instructions": round(counted[name] / 1e6),
            "times its floor": round(counted[name] / counted[_floor(name)], 3),
        }
        for name in calls[len(FLOORS) :]
    }


def _floor(name: str) -> str:
    change, help_ = FLOORS
    return help_ if name in QUICK else change


def _valgrind(name: str, binder: Path) -> int:
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    with _call(name, binder) as (words, environment):
        done = subprocess.run(
            [*valgrind, *words], env=environment, check=True, capture_output=True, text=True
        )
    collected = re.search(r"Collected : (\d+)", done.stderr)
    assert collected, done.stderr
    return int(collected[1])


@contextlib.contextmanager
def _call(name: str, binder: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The words of a call, and an environment with a binder of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TICKLER_", "PYTHON", "XDG_"))}
    with tempfile.TemporaryDirectory() as home:
        own = Path(home) / "binder.db"
        shutil.copy(binder, own)
        environment = kept | surroundings(own)
        environment |= {"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "PYTHONHASHSEED": "0"}
        if name in FLOORS:
            environment["FLOOR_DB"] = str(make_floor(Path(home)))
            yield [sys.executable, str(HERE / "floor.py"), *FLOORS[name]], environment
            return
        words = []
        if name.startswith("Tab"):
            environment |= tab("mo" if name == "Tab for a verb" else "move Alpb")
        else:
            words = [name] if name in QUICK else shlex.split(DAILY[name].words)
        if name in DAILY and (before := DAILY[name].before):
            subprocess.run([*TICKLER, *shlex.split(before)], env=environment, check=True)
        yield [*TICKLER, *words], environment


def make_floor(folder: Path) -> Path:
    """A database with one row, for `floor.py`."""
    path = folder / "floor.db"
    with contextlib.closing(sqlite3.connect(path)) as floor:
        floor.execute("CREATE TABLE IF NOT EXISTS dossier (id INTEGER PRIMARY KEY, name, next_on)")
        floor.execute("INSERT INTO dossier (name, next_on) VALUES ('ACME', '')")
        floor.commit()
    return path


def tab(typed: str) -> dict[str, str]:
    """What a shell sets where Tab is pressed."""
    words = typed.split()
    return {
        "_TICKLER_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["tickler", *words]),
        "COMP_CWORD": str(len(words)),
    }


def kept() -> dict[str, Row]:
    """The table."""
    head, *lines = (line.split("\t") for line in KEPT.read_text("utf-8").splitlines())
    return {
        verb: {what: float(cell) for what, cell in zip(head[1:], cells, strict=True) if cell}
        for verb, *cells in lines
    }


def more(found: Mapping[str, Row], table: Mapping[str, Row]) -> list[str]:
    """What is more than the table has, or than any table may have, a line each."""
    lines = []
    for verb, row in found.items():
        for what, now in row.items():
            kind = what.partition(" at ")[0]
            limit = table.get(verb, {}).get(what, 1) * TOLERANCE[kind]
            limit = min(limit, LIMITS.get(verb, {}).get(kind, limit))
            if now > limit:
                lines.append(f"{verb}: {what} {now:g}, at most {limit:.6g}")
    return lines


def main() -> int:
    """Count, and print, check or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--check", action="store_true", help="fail where it is more than was kept")
    either.add_argument("--baseline", action="store_true", help="write the table again")
    parser.add_argument("--quick", action="store_true", help="take instructions from the table")
    wanted = parser.parse_args()
    # Without .pyc files compiling would be measured.
    compileall.compile_dir(Path(tickler.__file__).parent, quiet=1)
    small = generate.kept(SMALL, ENTRIES_EACH)
    if wanted.quick:
        columns = ("million instructions", "times its floor")
        found = {
            verb: {what: row[what] for what in columns}
            for verb, row in kept().items()
            if columns[0] in row
        }
    elif shutil.which("valgrind"):
        found = count_instructions(CHECKED if wanted.check else COUNTED, small)
    else:
        print("valgrind is missing, and without it no instructions are counted: try --quick")
        return int(wanted.baseline)
    if not wanted.check:
        large = generate.kept(LARGE, ENTRIES_EACH)
        for name in DAILY:
            counted = count_asked(name, SMALL, small) | count_asked(name, LARGE, large)
            found[name] = found.get(name, {}) | counted
    head = list(dict.fromkeys(what for row in found.values() for what in row))
    table = [["verb", *head]]
    for name, row in found.items():
        table.append([name, *(f"{row[what]:.10g}" if what in row else "" for what in head)])
    print("\n".join("".join(f"{cell:21}" for cell in row) for row in table))
    if wanted.baseline:
        KEPT.write_text("".join("\t".join(row) + "\n" for row in table), "utf-8")
    grown = more(found, kept())
    print(*grown, sep="\n")
    if grown:
        print("Where more is meant: make bench-baseline, and commit bench/counts.tsv")
    return int(bool(grown) and not wanted.baseline)


if __name__ == "__main__":
    sys.exit(main())
