"""What something costs, in turns with what it is compared with: time of the processor and memory.

Other programs on the machine disturb a stopwatch, and less so the processor's own count. What is
compared runs in turns, so that what disturbs hits both, and the median of the ratios is taken.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import statistics
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).parents[1]

#: As the installed command starts: by its name, which completion asks for.
TICKLER = (
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'tickler'; from tickler.__main__ import main; sys.exit(main())",
)

#: No run takes longer than this, in seconds.
PATIENCE = 240

#: A small process of its own starts what is measured: else the memory of this one would be counted.
_LAUNCH = """
import os, sys, time
pipe, *words = sys.argv[1:]
start = time.perf_counter()
child = os.posix_spawnp(words[0], words, os.environ)
_, status, used = os.wait4(child, 0)
clock = time.perf_counter() - start
found = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, clock, used.ru_maxrss
os.write(int(pipe), " ".join(map(str, found)).encode())
"""

_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


class Failed(Exception):
    """Something could not be measured, with the reason."""


class Cost(NamedTuple):
    """Milliseconds of the processor and by the clock, and the most megabytes at once."""

    cpu: float
    clock: float
    memory: float = 0.0


Run = Callable[[], Cost]
T = TypeVar("T")


def command(words: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What a command costs as a whole, its start included. Raises Failed where it fails."""
    ours, theirs = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-ES", "-c", _LAUNCH, str(theirs), *words],
        env=environment,
        pass_fds=(theirs,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as running:
        os.close(theirs)
        try:
            said = running.communicate(timeout=PATIENCE)[1]
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            said = f"took longer than {PATIENCE} s"
        with os.fdopen(ours) as pipe:
            answer = pipe.read().split()
    if not answer or int(answer[0]):
        raise Failed(f"{' '.join(words[-2:])}: {said.strip()[-200:]}")
    cpu, clock, memory = map(float, answer[1:])
    return Cost(cpu * 1000, clock * 1000, memory / _MEGABYTE)


def first_line(words: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """How long it takes by the clock until a command prints something; it is ended then."""
    start = perf_counter()
    with subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout
        said = running.stdout.read(1)
        clock = (perf_counter() - start) * 1000
        running.kill()
    if not said:
        raise Failed(f"{' '.join(words[-4:])} printed nothing")
    return Cost(0, clock)


def inside(work: Callable[[], object], begin: Callable[[], object] | None = None) -> Cost:
    """What work costs where all is loaded, which `begin` does, in a child of this process."""

    def timed() -> Cost:
        if begin:
            begin()
        start, began = perf_counter(), process_time()
        work()
        cpu, clock = process_time() - began, perf_counter() - start
        return Cost(cpu * 1000, clock * 1000)

    return in_child(timed)


def in_child(work: Callable[[], T]) -> T:
    """What work returns in a child of this process, so that nothing of it stays; it is silent."""
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        # A test runs among threads of others, which the child does without.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        code = 1
        try:
            gc.disable()
            _be_silent(theirs)
            answer = pickle.dumps(work())
            with os.fdopen(theirs, "wb") as pipe:
                pipe.write(answer)
            code = 0
        except Exception as error:  # noqa: BLE001  # told by the parent
            named = "" if isinstance(error, Failed) else f"{type(error).__name__}: "
            with os.fdopen(theirs, "wb") as pipe:
                pickle.dump(Failed(f"{named}{error}"), pipe)
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        raise Failed("it ended without an answer")
    found = pickle.loads(answer)  # our own process wrote it
    if isinstance(found, Failed):
        raise found
    return found


def _be_silent(kept: int) -> None:
    """Read nothing and print nowhere; Python's own streams may be others, as in a test."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        if stream != kept:
            os.dup2(nowhere, stream)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout, sys.stderr = (os.fdopen(each, "w", encoding="utf-8") for each in (1, 2))


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
