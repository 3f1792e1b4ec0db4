"""Runs the fuzzer on one target or on each of them, and says what it found.

With atheris it is guided by what the inputs reach, and each run is another one. Without it the
corpus is mutated blindly, with the same inputs in the same order each time.
"""

# ruff: noqa: PLC0415  # what is fuzzed is instrumented while it is imported

import argparse
import hashlib
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.fuzz.corpus import seeds_of
from tickler.errors import TicklerError

#: What grows while the fuzzer runs, and what it found, by target; kept for the next run.
GROWN = Path(".fuzz")

#: No input takes so many seconds of the processor.
SLOW = 5

#: No input keeps the process for so many seconds, however much else the machine does.
STUCK = 120

#: The process may take so many megabytes.
MEMORY = 2_000

LONGEST_INPUT = 4_096


def main() -> int:
    """Fuzz what the words say; 1 where something was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help="targets; all without one")
    asked.add_argument("--seconds", type=int, default=60, help="for each of them (60)")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    typed = asked.parse_args()
    if typed.here:
        return Fuzzer(typed.names[0]).run(typed.seconds)
    from tests.fuzz.targets import TARGETS

    for name in typed.names:
        if name not in TARGETS:
            asked.error(f"there is no target {name}: there are {', '.join(TARGETS)}")
    apart = partial(_apart, seconds=typed.seconds)
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        return max(cores.map(apart, typed.names or TARGETS))


def _apart(name: str, seconds: int) -> int:
    """One target in a process of its own, which it may end."""
    words = [sys.executable, "-m", "tests.fuzz", name, "--here", "--seconds", str(seconds)]
    done = subprocess.run(words, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    units = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    tried = units[-1].split()[-1] if units else "?"
    found = sorted((GROWN / name / "found").glob("*"))
    print(f"{name}: {tried} inputs, {len(found)} findings", flush=True)
    for path in found:
        if path.suffix == ".txt":
            print(path.read_text(), flush=True)
    if done.returncode and not found:
        print(done.stderr[-4000:], flush=True)
    return 1 if found or done.returncode else 0


class Fuzzer:
    """Tries inputs on one target, and keeps those that it does not take."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._folder = (GROWN / name).absolute()  # a target may go elsewhere
        self._seen: set[str] = set()
        for part in ("corpus", "found"):
            (self._folder / part).mkdir(parents=True, exist_ok=True)
        for old in (self._folder / "found").iterdir():
            old.unlink()

    def run(self, seconds: int) -> int:
        """Try inputs for so many seconds."""
        try:
            import atheris
        except ImportError:
            return self._blindly(seconds)
        with atheris.instrument_imports(include=["tickler"]):
            from tests.fuzz.targets import TARGETS

            for data in seeds_of(self._name):
                (self._folder / "corpus" / hashlib.sha256(data).hexdigest()).write_bytes(data)
            flags = {
                "max_total_time": seconds, "rss_limit_mb": MEMORY,
                "timeout": STUCK, "report_slow_units": STUCK,
                "max_len": LONGEST_INPUT, "print_final_stats": 1, "verbosity": 1,
                "artifact_prefix": f"{self._folder}/found/",
            }  # fmt: skip
            words = [f"-{flag}={value}" for flag, value in flags.items()]
            atheris.Setup([self._name, *words, f"{self._folder}/corpus"], self._tried_by(TARGETS))
            atheris.Fuzz()
        return 0

    def _blindly(self, seconds: int) -> int:
        from tests.formats.mutated import mutated
        from tests.fuzz.targets import TARGETS

        one, seeds = self._tried_by(TARGETS), seeds_of(self._name)
        end, number = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            one(mutated(seeds[number % len(seeds)], number)[:LONGEST_INPUT])
            number += 1
        print(f"stat::number_of_executed_units: {number}", file=sys.stderr)
        return 0

    def _tried_by(self, targets: dict[str, Callable[[bytes], None]]) -> Callable[[bytes], None]:
        target = targets[self._name]

        def one(data: bytes) -> None:
            start = time.process_time()
            try:
                target(data)
            except TicklerError:
                pass
            except Exception as error:  # noqa: BLE001  # whatever is raised is a finding
                self._note(data, "".join(traceback.format_exception(error)), error)
            took = time.process_time() - start
            if took > SLOW:
                self._note(data, f"it took {took:.1f} s", "slow")

        return one

    def _note(self, data: bytes, said: str, error: Exception | str) -> None:
        """Keep an input, one of each kind: the same exception of the same line is the same."""
        at = ""
        if isinstance(error, Exception):
            last = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{type(error).__name__} {last.filename}:{last.lineno}"
        kind = at or str(error)
        if kind in self._seen:
            return
        self._seen.add(kind)
        name = hashlib.sha256(data).hexdigest()[:12]
        found = self._folder / "found"
        (found / name).write_bytes(data)
        (found / f"{name}.txt").write_text(f"{kind}\n{data!r}\n{said}", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
