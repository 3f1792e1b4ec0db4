"""Measures tickler next to what it is built on and to its peers: `make bench`, `--quick` to try it.

What cannot be measured is named in the table; the rest goes on.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tickler
from bench import counts, generate, lists, peers, report, terminal
from bench.measure import (
    ROOT,
    TICKLER,
    Cost,
    Failed,
    Run,
    command,
    first_line,
    in_turns,
    inside,
    median,
    times,
)
from bench.plan import DAILY, DUE, ENTRIES_EACH, KEYS, LISTED, SIZES, WIDE, Verb

PYTHON = (sys.executable, "-c")
QUIETLY = "import gc; gc.disable(); {}; gc.freeze()"
FLOORS = {
    "bare Python": [*PYTHON, QUIETLY.format("pass")],
    "sqlite3": [*PYTHON, QUIETLY.format("import sqlite3; sqlite3.connect(':memory:')")],
    "import typer, sqlmodel": [*PYTHON, QUIETLY.format("import typer, sqlmodel")],
    "Typer and SQLModel, one row": [sys.executable, str(ROOT / "bench/floor.py"), "ACME", "fri"],
}
CHANGE = "Typer and SQLModel, one row"

#: What is asked of peers, too.
VERBS_OF_PEERS = ("today", "add", "move", "find")


@dataclass
class Bench:
    """One run: how thorough it is, the binders it works with, and what it has found."""

    folder: Path
    sizes: tuple[int, ...]
    rounds: int
    quick: bool
    found: report.Found = field(default_factory=report.Found)

    @property
    def small(self) -> int:
        """The size that growth is measured from."""
        return self.sizes[0]

    @property
    def large(self) -> int:
        """The size that the goals are about."""
        return self.sizes[-1]

    @contextlib.contextmanager
    def measuring(self, what: str) -> Iterator[report.Figures]:
        """Collects the figures of something; where they cannot be had, the reason."""
        print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
        try:
            yield self.found.figures.setdefault(what, {})
        except Exception as error:  # noqa: BLE001  # whatever it is, the rest goes on
            named = "" if isinstance(error, Failed) else f"{type(error).__name__}: "
            self.found.failed[what] = f"{named}{error}"
        if not self.found.figures[what]:
            del self.found.figures[what]

    def binder(self, size: int, due: bool = False) -> Path:
        """A binder of its own for this run, which may be written."""
        path = self.folder / f"{'due' if due else 'binder'}-{size}.db"
        if not path.exists():
            shutil.copy(generate.kept(size, ENTRIES_EACH, due), path)
        return path

    def environment(self, size: int, due: bool = False) -> dict[str, str]:
        """What is set where tickler is run with a binder of that size."""
        own = {"FLOOR_DB": str(self.folder / "floor.db"), "PYTHONPATH": str(ROOT)}
        return {**os.environ, **counts.surroundings(self.binder(size, due)), **own}

    def whole(self, verb: Verb, size: int) -> Run:
        """Measures a verb as a command."""
        environment = self.environment(size)

        def run() -> Cost:
            if verb.before:
                command([*TICKLER, *shlex.split(verb.before)], environment)
            cost = command([*TICKLER, *shlex.split(verb.words)], environment)
            if verb.undo:
                command([*TICKLER, "undo"], environment)
            return cost

        return run

    def work(self, verb: Verb, size: int) -> Run:
        """Measures a verb where all that it needs is loaded."""

        def do(what: str, which: int) -> None:
            os.environ.update(counts.surroundings(self.binder(which)))
            counts.answer(what)

        def begin() -> None:
            for which in {self.small, size}:
                if verb.before:
                    do(verb.before, which)
            do(verb.words, self.small)
            if verb.undo:
                do("undo", self.small)

        def run() -> Cost:
            cost = inside(lambda: do(verb.words, size), begin)
            if verb.undo:
                inside(lambda: do("undo", size))
            return cost

        return run

    def verbs(self, verbs: Mapping[str, Verb], rounds: int) -> None:
        """Each verb in each binder, next to the floor, as a command and without its start."""
        for name, verb in verbs.items():
            with self.measuring(name) as figures:
                sides = {str(size): self.whole(verb, size) for size in self.sizes}
                floor = {CHANGE: lambda: command(FLOORS[CHANGE], self.environment(self.small))}
                costs = in_turns(sides | floor, rounds)
                for size in self.sizes:
                    figures[f"ms {size}"] = median(costs[str(size)]).cpu
                    figures[f"MB {size}"] = median(costs[str(size)]).memory
                largest, smallest = costs[str(self.large)], costs[str(self.small)]
                figures["ms"], figures["MB"] = median(largest).cpu, median(largest).memory
                figures["growth"] = times(largest, smallest)
                figures["floor"] = times(largest, costs[CHANGE])
                done = in_turns({str(size): self.work(verb, size) for size in self.sizes}, rounds)
                for size in self.sizes:
                    figures[f"work {size}"] = median(done[str(size)]).cpu
                figures["work"] = median(done[str(self.large)]).cpu
                figures["work growth"] = times(done[str(self.large)], done[str(self.small)])
                asked = [counts.asked(verb, self.binder(size)) for size in (self.small, self.large)]
                figures["statements"] = asked[1].statements
                figures["steps growth"] = asked[1].steps / asked[0].steps

    def daily(self) -> None:
        """What a rep types all day."""
        few = {name: DAILY[name] for name in ("today", "move")}
        self.verbs(few if self.quick else DAILY, self.rounds)

    def wide(self) -> None:
        """What looks at much of the binder."""
        if not self.quick:
            self.verbs(WIDE, min(self.rounds, 3))
        self.first_rows()

    def starts(self) -> None:
        """What is answered before anything is loaded, and the floors themselves."""
        environment = self.environment(self.large)
        quick = {
            "--version": ([*TICKLER, "--version"], environment),
            "--help": ([*TICKLER, "--help"], environment),
            "Tab for a verb": (TICKLER, environment | counts.tab("mo")),
            "Tab for a name": (TICKLER, environment | counts.tab("move Alpb")),
        }
        with self.measuring("floors, and what is answered at once"):
            floors = {name: (words, environment) for name, words in FLOORS.items()}
            sides = {
                name: lambda call=call: command(*call) for name, call in (floors | quick).items()
            }
            costs = in_turns(sides, self.rounds * 2)
            for name, each in costs.items():
                self.found.figures[name] = {
                    "ms": median(each).cpu,
                    "MB": median(each).memory,
                    "python": times(each, costs["bare Python"]),
                }

    def first_rows(self) -> None:
        """How soon a list begins."""
        with self.measuring("list, its first row") as figures:
            words = [*TICKLER, "list"]
            sides = {
                str(size): lambda size=size: first_line(words, self.environment(size))
                for size in (self.small, self.large)
            }
            costs = in_turns(sides, self.rounds)
            figures["ms"] = median(costs[str(self.large)]).clock
            figures["growth"] = times(costs[str(self.large)], costs[str(self.small)], "clock")

    def screens(self) -> None:
        """The binder on the screen, by the clock, next to a minimal application."""
        small, large = self.environment(self.small), self.environment(self.large)
        plain, loaded = terminal.minimal(), terminal.minimal("import sqlmodel")
        one_core = ["taskset", "-c", "0"]
        sides: dict[str, Run] = {
            "minimal Textual": lambda: terminal.appears(plain, small, "it stands"),
            "minimal Textual with sqlmodel": lambda: terminal.appears(loaded, small, "it stands"),
        }
        for name, text in (("first frame", terminal.FRAME), ("painted pile", terminal.PILE)):
            for environment, which in ((small, ", smallest binder"), (large, "")):
                sides[name + which] = lambda e=environment, t=text: terminal.appears(TICKLER, e, t)
        if shutil.which("taskset"):
            sides["first frame on one core"] = lambda: terminal.appears(
                [*one_core, *TICKLER], large, terminal.FRAME
            )
        with self.measuring("frames"):
            costs = in_turns(sides, self.rounds)
            for name, each in costs.items():
                loading = name.startswith("painted") or name.endswith("sqlmodel")
                floor = "minimal Textual with sqlmodel" if loading else "minimal Textual"
                self.found.figures[name] = {
                    "ms": median(each).clock,
                    "floor": times(each, costs[floor], "clock"),
                }
        with self.measuring("the binder’s screen") as figures:
            sides = {
                str(size): lambda size=size: terminal.memory(TICKLER, self.environment(size))
                for size in (self.small, self.large)
            }
            costs = in_turns(sides, 1 if self.quick else 3)
            figures["MB"] = median(costs[str(self.large)]).memory
            figures["MB growth"] = times(costs[str(self.large)], costs[str(self.small)], "memory")

    def pressed(self) -> None:
        """Keys on a long pile."""
        due = 1_000 if self.quick else DUE
        many = self.environment(due, due=True)
        with self.measuring("key j, 95th percentile") as figures:
            times_pressed = 20 if self.quick else 60
            figures["ms"] = terminal.key(TICKLER, many, "j", times_pressed).clock
        with self.measuring("keys on a long pile"):
            rounds = [
                terminal.keys(TICKLER, many, KEYS.values())
                for _ in range(1 if self.quick else self.rounds)
            ]
            for name, took in zip(KEYS, zip(*rounds, strict=True), strict=True):
                self.found.figures[name] = {"ms": sorted(took)[len(took) // 2]}

    def files(self) -> None:
        """A list into an empty binder; the largest one into an archive and back."""
        listed, new, plain = (self.folder / name for name in ("list.csv", "new.db", "plain.db"))
        tasks = self.folder / "list.jsonl"
        lists.write(listed, tasks, 500 if self.quick else LISTED)
        environment = self.environment(self.large)

        def ours() -> Cost:
            for each in self.folder.glob("new.db*"):
                each.unlink()
            return command(
                [*TICKLER, "--db", str(new), "import", "--yes", str(listed)], environment
            )

        def theirs() -> Cost:
            folder = self.folder / "task"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            words = ["task", f"rc.data.location={folder}", "rc.confirmation=no", "import"]
            return command([*words, str(tasks)], environment | {"TASKRC": os.devnull})

        sides: dict[str, Run] = {
            "import of a list": ours,
            "the same by sqlite3": lambda: command(
                [*PYTHON, lists.PLAIN_IMPORT, str(listed), str(plain)], environment
            ),
        }
        if shutil.which("task"):
            sides["the same by taskwarrior"] = theirs
        with self.measuring("import"):
            costs = in_turns(sides, 1 if self.quick else 3)
            for name, each in costs.items():
                self.found.figures[name] = {"ms": median(each).cpu, "MB": median(each).memory}
        packed, table = self.folder / "all.zip", self.folder / "all.csv"
        for name, words in {
            "export of a table": ["export", str(table), "--force"],
            "export of an archive": ["export", str(packed), "--force"],
            "import of an archive": [
                "--db",
                str(self.folder / "b.db"),
                "import",
                str(packed),
                "-y",
            ],
        }.items():
            with self.measuring(name) as figures:
                cost = command([*TICKLER, *words], environment)
                figures |= {"ms": cost.cpu, "MB": cost.memory}

    def beside_peers(self) -> None:
        """The same asked of each program with as many items, in turns."""
        for size in self.sizes[: 1 if self.quick else None]:
            there = []
            for peer in peers.PEERS:
                if size > peer.most:
                    self.found.peers[peer.program, size] = {}
                    continue
                with self.measuring(f"{peer.program}, {size:,}"):
                    if peers.ready(peer, size):
                        there.append(peer)
                    else:
                        self.found.failed[peer.program] = "is not installed"
            for peer in there:
                for verb in VERBS_OF_PEERS[: 1 if self.quick else None]:
                    if verb in peer.verbs:
                        self.beside(peer, verb, size)

    def beside(self, peer: peers.Peer, verb: str, size: int) -> None:
        """One verb of a peer, in turns with ours."""
        what = f"{peer.program} {verb}, {size:,}"
        with self.measuring(what):
            ours, theirs = self.whole(DAILY[verb], size), lambda: peer.ask(verb, size)
            costs = in_turns({"ours": ours, "theirs": theirs}, min(self.rounds, 3))
            self.found.peers.setdefault((peer.program, size), {})[verb] = (
                median(costs["theirs"]).cpu,
                times(costs["ours"], costs["theirs"]),
            )


def main() -> int:
    """Measure, and write the page, or print it."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little of each, and only printed")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, help="and only print it")
    args = parser.parse_args()
    # Without .pyc files compiling would be measured.
    compileall.compile_dir(Path(tickler.__file__).parent, quiet=1)
    generate.CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=generate.CACHE) as folder:
        sizes, rounds = ((100, 1_000), 1) if args.quick else (SIZES, args.rounds)
        bench = Bench(Path(folder), sizes, rounds, args.quick)
        counts.make_floor(bench.folder)
        for name, measure in SECTIONS.items():
            if name in (args.only or SECTIONS):
                try:
                    with bench.measuring(name):
                        measure(bench)
                except KeyboardInterrupt:
                    bench.found.failed[name] = "interrupted"
                    break
    page = report.page(bench.found, sizes)
    if args.quick or args.only or "interrupted" in bench.found.failed.values():
        print(page)
        theirs = tuple(peer.program for peer in peers.PEERS)
        return int(any(not what.startswith(theirs) for what in bench.found.failed))
    report.write(page)
    return 0


#: What is measured, in this order, by what `--only` calls it.
SECTIONS: Mapping[str, Callable[[Bench], None]] = {
    "starts": Bench.starts,
    "daily": Bench.daily,
    "wide": Bench.wide,
    "files": Bench.files,
    "peers": Bench.beside_peers,
    "screens": Bench.screens,
    "keys": Bench.pressed,
}


if __name__ == "__main__":
    sys.exit(main())
