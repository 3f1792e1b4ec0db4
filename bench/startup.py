"""What a command costs beside its floor: by the clock in turns, by instructions, in statements.

Times are noisy; instructions, which valgrind counts, are the same each time. The ratio of a verb's
to its floor's hardly differs from machine to machine: `startup.tsv` keeps it, and `--check` fails
where a verb costs more than that. `--baseline` writes it again.
"""

from __future__ import annotations

import compileall
import contextlib
import io
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine, event

import tickler
from tickler.cli import run as run_shell
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import transfer

ROUNDS = 12
TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
KEPT = HERE / "startup.tsv"
HEAD = ("verb", "million instructions", "times its floor", "statements")
#: What may be more than is kept before the check fails.
TOLERANCE = 1.03

#: Typer and SQLModel with one row changed, and Typer alone.
CHANGE = "a change"
HELP = "Typer's help"
FLOORS = {CHANGE: ["ACME", "fri"], HELP: ["--help"]}
#: Each verb, and its floor.
VERBS = {
    "move": (["move", "ACME", "+1b"], CHANGE),
    "today": (["today"], CHANGE),
    "log": (["log", "ACME", "wants 5 %", "--next", "fri"], CHANGE),
    "add": (["add", "Müller", "fri"], CHANGE),
    "find": (["find", "acme"], CHANGE),
    "show": (["show", "ACME"], CHANGE),
    "slots": (["slots"], CHANGE),
    "--help": (["--help"], HELP),
    "--version": (["--version"], HELP),
    "completing a verb": (["mo"], HELP),
    "completing a name": (["move", "AC"], HELP),
}


#: Those that CI counts again, so that it does not take long: the others go the same ways.
CHECKED = ("move", "today", "log", "--help", "completing a name")

Row = tuple[str, ...]


def main(wanted: str = "") -> int:
    """Measure all; or only count, for the `--baseline`, or to `--check` against it."""
    # Without .pyc files compiling would be measured.
    compileall.compile_dir(Path(tickler.__file__).parent, quiet=1)
    if not shutil.which("valgrind"):
        print("valgrind is missing, and without it no instructions are counted")
        if wanted:
            return int(wanted != "--check")
    with tempfile.TemporaryDirectory() as folder:
        binder = Path(folder) / "binder.db"
        desk = Desk(binder, Settings(today=TODAY))
        desk.do(transfer.sample.load)
        desk.close()
        if wanted == "--check":
            return check(count(binder, CHECKED), _kept())
        if not wanted:
            _print_times(binder)
        if shutil.which("valgrind"):
            table = [HEAD, *((verb, *row) for verb, row in count(binder, VERBS).items())]
            print("\n" + "\n".join("".join(f"{cell:22}" for cell in row) for row in table))
            if wanted:
                kept = "".join("\t".join(row) + "\n" for row in table)
                KEPT.write_text(kept, encoding="utf-8")
    return 0


def count(binder: Path, verbs: Iterable[str]) -> dict[str, Row]:
    """For each verb: million instructions, times its floor, statements; as the table keeps them."""
    calls = [*FLOORS, *verbs]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        in_turn = pool.map(lambda name: instructions(name, binder), calls)
        counted = dict(zip(calls, in_turn, strict=True))
    return {
        verb: (
            f"{counted[verb] / 1e6:.0f}",
            f"{counted[verb] / counted[VERBS[verb][1]]:.3f}",
            str(statements(verb, binder)),
        )
        for verb in verbs
    }


def check(found: Mapping[str, Row], kept: Mapping[str, Row]) -> int:
    """Print what each costs and cost; the exit code, 1 where one costs more than it may."""
    grown = 0
    for verb, row in found.items():
        for what, now, before in zip(HEAD[2:], row[1:], kept[verb][1:], strict=True):
            more = float(now) > float(before) * TOLERANCE
            grown += more
            print(f"{verb:20}{what:18}{now:>7}, kept {before:>7}{'  MORE' if more else ''}")
    if grown:
        print("Where more is meant: make bench-baseline, and commit bench/startup.tsv")
    return int(grown > 0)


def instructions(name: str, binder: Path) -> int:
    """How many instructions a call takes, in a binder of its own."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    with _call(name, binder) as (words, environment):
        done = subprocess.run(
            [*valgrind, *words], env=environment, check=True, capture_output=True, text=True
        )
    collected = re.search(r"Collected : (\d+)", done.stderr)
    assert collected, done.stderr
    return int(collected[1])


def statements(verb: str, binder: Path) -> int:
    """How many statements a verb has the database run; beginning and ending are none."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            run.append(statement)

    with _call(verb, binder) as (_, environment):
        if "_TICKLER_COMPLETE" in environment:
            return 0  # plain sqlite3, no SQLAlchemy; a test holds that
        before = dict(os.environ)
        os.environ.update(environment)
        event.listen(Engine, "before_cursor_execute", note)
        try:
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                run_shell(VERBS[verb][0], lambda *_: None)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
            os.environ.clear()
            os.environ.update(before)
    return len(run)


@contextlib.contextmanager
def _call(name: str, binder: Path):
    """The words of a call, and an environment with a binder of its own, as the sample's is."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TICKLER_", "PYTHON", "XDG_"))}
    with tempfile.TemporaryDirectory() as home:
        own = Path(home) / "binder.db"
        shutil.copy(binder, own)
        environment = kept | {
            "HOME": home,
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "PYTHONHASHSEED": "0",
            "TICKLER_DB": str(own),
            "TICKLER_TODAY": TODAY.isoformat(),
            "FLOOR_DB": str(Path(home) / "floor.db"),
        }
        if name in FLOORS:
            with contextlib.closing(sqlite3.connect(environment["FLOOR_DB"])) as floor:
                floor.execute("CREATE TABLE dossier (id INTEGER PRIMARY KEY, name, next_on)")
                floor.execute("INSERT INTO dossier (name, next_on) VALUES ('ACME', '')")
                floor.commit()
            yield [sys.executable, str(HERE / "floor.py"), *FLOORS[name]], environment
            return
        words = VERBS[name][0]
        if name.startswith("completing"):
            environment |= {
                "_TICKLER_COMPLETE": "complete_bash",
                "COMP_WORDS": "\n".join(["tickler", *words]),
                "COMP_CWORD": str(len(words)),
            }
            words = []
        # As the installed command starts: by its name, which completion asks for.
        start = "import sys; sys.argv[0] = 'tickler'; from tickler.__main__ import main; main()"
        yield [sys.executable, "-c", start, *words], environment


def _print_times(binder: Path) -> None:
    """The time of each call, least and median in ms; in turns, so that noise hits them all."""
    took: dict[str, list[float]] = {name: [] for name in (*FLOORS, *VERBS)}
    for _ in range(ROUNDS):
        for name, times in took.items():
            with _call(name, binder) as (words, environment):
                start = perf_counter()
                subprocess.run(words, env=environment, check=True, capture_output=True)
                times.append((perf_counter() - start) * 1000)
    print(f"{'':20}{'least':>8}{'median':>8} ms, and times the floor's")
    for name, times in took.items():
        least, median = min(times), statistics.median(times)
        line = f"{name:20}{least:8.0f}{median:8.0f}"
        if name in VERBS:
            floor = took[VERBS[name][1]]
            ratios = least / min(floor), median / statistics.median(floor)
            line += f"{ratios[0]:8.2f}{ratios[1]:8.2f} × {VERBS[name][1]}"
        print(line)


def _kept() -> dict[str, Row]:
    lines = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    return {verb: tuple(row) for verb, *row in (line.split("\t") for line in lines)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
