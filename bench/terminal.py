"""How soon the terminal face stands, and how fast a key is answered, side by side in one run.

Each program runs in a terminal of its own; what counts is when a text first appears there.
"""

import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

from generate import binder

ROUNDS = 7
KEYS = 60
COLUMNS, LINES = 100, 30

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("it stands")
Minimal().run()
"""


class Terminal:
    """A program in a pseudo-terminal; `until` waits for a text on it."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(  # our own words
            words, stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True
        )
        os.close(slave)
        self._seen = b""

    def until(self, text: str, patience: float = 30) -> float:
        """Seconds since the start until `text` stands there."""
        end = time.perf_counter() + patience
        while text.encode() not in self._seen:
            if not self._read(end - time.perf_counter()):
                raise TimeoutError(f"{text!r} did not appear: {self._seen[-400:]!r}")
        return time.perf_counter() - self.started

    def press(self, key: str) -> float:
        """Seconds from a key until the terminal has been quiet after being painted."""
        self._seen = b""
        start = painted = time.perf_counter()
        os.write(self._master, key.encode())
        while self._read(0.03 if self._seen else 2):
            painted = time.perf_counter()
        return painted - start

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(patience, 0))
        if not ready:
            return False
        try:
            self._seen += os.read(self._master, 65536)
        except OSError:
            return False
        return True


def starts(words: list[str], environment: dict[str, str], texts: list[str]) -> list[float]:
    """The best of some rounds, for each text in turn."""
    rounds = []
    for _ in range(ROUNDS):
        terminal = Terminal(words, environment)
        rounds.append([terminal.until(text) for text in texts])
        terminal.close()
    return [min(times) for times in zip(*rounds, strict=True)]


def key_to_screen(environment: dict[str, str]) -> float:
    """The 95th percentile of the seconds from a key to the painted screen."""
    terminal = Terminal([sys.executable, "-m", "tickler"], environment)
    terminal.until("left")
    time.sleep(1)
    times = [terminal.press("j") for _ in range(KEYS)]
    terminal.close()
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERM": "xterm-256color", "TICKLER_CONFIG": ""}
        (minimal,) = starts([sys.executable, "-c", MINIMAL], environment, ["it stands"])
        (loaded,) = starts(
            [sys.executable, "-c", f"import sqlmodel{MINIMAL}"], environment, ["it stands"]
        )
        print(f"{'':28}{'ms':>8}{'ratio':>8}")
        print(f"{'minimal application':28}{minimal * 1000:8.0f}")
        print(f"{'the same with sqlmodel':28}{loaded * 1000:8.0f}")
        for dossiers in (100, 100_000):
            path = Path(folder) / f"{dossiers}.db"
            binder(path, dossiers).close()
            mine = {**environment, "TICKLER_DB": str(path)}
            frame, pile = starts(
                [sys.executable, "-m", "tickler"], mine, ["opening the binder", "left"]
            )
            print(f"{f'first frame, {dossiers:,}':28}{frame * 1000:8.0f}{frame / minimal:8.2f}")
            print(f"{f'pile painted, {dossiers:,}':28}{pile * 1000:8.0f}{pile / loaded:8.2f}")
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        p95 = []
        for path, due in ((few, 100), (many, 10_000)):
            desk = binder(path, due)
            desk.do(_all_today)
            desk.close()
            p95.append(key_to_screen({**environment, "TICKLER_DB": str(path)}))
        print(f"{'key, 100 on the pile, p95':28}{p95[0] * 1000:8.1f}")
        print(f"{'key, 10,000 on the pile':28}{p95[1] * 1000:8.1f}{p95[1] / p95[0]:8.2f}")


def _all_today(work) -> None:
    from sqlalchemy import text  # noqa: PLC0415

    work.connection.execute(text("UPDATE dossier SET next_on = :day"), {"day": str(work.today)})
    work.summary = "all of them are due today"


if __name__ == "__main__":
    main()
