"""What it costs to take a big binder out and in: seconds, and the most memory at once."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

SMALL, LARGE, ENTRIES_EACH = 10_000, 100_000, 10

#: No more memory is used than this, in MB, however large the binder is.
MOST = 300


def main(*sizes: int) -> int:
    """Measure each size; returns 1 where one of them needs too much memory."""
    print(f"{'':34}{'seconds':>9}{'MB of memory':>14}{'MB of file':>12}")
    worst = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            full, packed, new = (Path(folder) / name for name in ("full.db", "all.zip", "new.db"))
            generate.binder(full, size, ENTRIES_EACH).close()
            for title, written, words in (
                ("export", packed, ("--db", full, "export", packed)),
                ("import", new, ("--db", new, "import", packed, "--yes")),
            ):
                seconds, memory = cost_of(*map(str, words))
                megabytes = written.stat().st_size / 2**20
                name = f"{title} {size:,} dossiers"
                print(f"{name:34}{seconds:9.1f}{memory:14.0f}{megabytes:12.0f}", flush=True)
                worst = max(worst, memory)
    return int(worst > MOST)


def cost_of(*words: str) -> tuple[float, float]:
    """The seconds and the most megabytes of memory that a command takes."""
    start = time.perf_counter()
    running = subprocess.Popen([sys.executable, "-m", "tickler", *words])
    _, status, used = os.wait4(running.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return time.perf_counter() - start, used.ru_maxrss / per_megabyte


if __name__ == "__main__":
    sys.exit(main(*(map(int, sys.argv[1:]) if sys.argv[1:] else (SMALL, LARGE))))
