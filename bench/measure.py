"""What something costs, in turns with what it is compared with: time of the processor and memory.

Other programs on the machine disturb a stopwatch, and less so the processor's own count. What is
compared runs in turns, so that what disturbs hits both, and the median of the ratios is taken.
"""

from __future__ import annotations

import gc
import os
import statistics
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

#: As the installed command starts: by its name, which completion asks for.
TICKLER = (
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'tickler'; from tickler.__main__ import main; sys.exit(main())",
)

#: No run takes longer than this, in seconds.
PATIENCE = 240

_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


class Failed(Exception):
    """Something could not be measured, with the reason."""


class Cost(NamedTuple):
    """Milliseconds of the processor and by the clock, and the most megabytes at once."""

    cpu: float
    clock: float
    memory: float = 0.0


Run = Callable[[], Cost]


def command(words: Sequence[str], environment: Mapping[str, str], fed: str = "") -> Cost:
    """What a command costs as a whole, its start included. Raises Failed where it fails."""
    start = perf_counter()
    with subprocess.Popen(
        words,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        assert running.stdin and running.stderr
        running.stdin.write(fed.encode())
        running.stdin.close()
        said = running.stderr.read()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise Failed(f"{' '.join(words[-4:])}: {said.decode(errors='replace').strip()[-200:]}")
    clock = (perf_counter() - start) * 1000
    return Cost((used.ru_utime + used.ru_stime) * 1000, clock, used.ru_maxrss / _MEGABYTE)


def inside(work: Callable[[], object]) -> Cost:
    """What work costs where all is loaded: in a child of this process, which forgets it again."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            gc.disable()
            silent = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(silent, stream)
            start, began = perf_counter(), process_time()
            work()
            cpu, clock = process_time() - began, perf_counter() - start
            os.write(theirs, struct.pack("dd", cpu * 1000, clock * 1000))
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    with open(ours, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        raise Failed("the work ended with an error")
    return Cost(*struct.unpack("dd", answer))


def in_turns(runs: Mapping[str, Run], rounds: int) -> dict[str, list[Cost]]:
    """The costs of each, in turns. Raises Failed as soon as one of them fails."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            costs[name].append(run())
    return costs


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure the median."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def times(costs: Sequence[Cost], floor: Sequence[Cost], figure: str = "cpu") -> float:
    """How many times the floor's it is: the median of the ratios of each turn."""
    pairs = zip(costs, floor, strict=True)
    return statistics.median(getattr(one, figure) / getattr(other, figure) for one, other in pairs)
