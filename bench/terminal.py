"""Programs in a terminal of their own: what counts is when a text is there, or a key's answer."""

from __future__ import annotations

import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterable, Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType

from bench.measure import Cost, Failed

COLUMNS, LINES = 100, 30

#: The least that a first frame costs. The collector of garbage rests as it does in tickler.
MINIMAL = """
import gc
gc.disable()
{first}
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("it stands")
    def on_mount(self):
        gc.freeze()
        gc.enable()
Minimal().run()
"""

#: What is on the screen of tickler: its frame, and today's pile.
FRAME, PILE = "opening the binder", "left"

#: Nothing more is painted for so long: then the answer to a key is whole. In seconds.
QUIET = 0.2


class Terminal:
    """A program in a pseudo-terminal; `until` waits for a text on it."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": "xterm-256color"},
        )
        os.close(slave)
        self._seen = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def until(self, text: str, patience: float = 60) -> float:
        """Milliseconds since the start until `text` is there. Raises Failed where it is not."""
        end = time.perf_counter() + patience
        while text.encode() not in self._seen:
            if not self._read(end - time.perf_counter()):
                raise Failed(f"“{text}” did not appear: {self._seen[-200:]!r}")
        return (time.perf_counter() - self.started) * 1000

    def press(self, key: str, quiet: float = QUIET) -> float:
        """Milliseconds from a key until what was painted last. Raises Failed where nothing was."""
        self._seen = b""
        start = time.perf_counter()
        painted = 0.0
        os.write(self._master, key.encode())
        while self._read(quiet if self._seen else 20):
            painted = time.perf_counter()
        if not painted:
            raise Failed(f"nothing was painted after “{key}”")
        return (painted - start) * 1000

    def rest(self, seconds: float) -> None:
        """Let it do what it does by itself."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def memory(self) -> float:
        """The megabytes that it has now; where only Linux can say. Raises Failed elsewhere."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        except OSError as error:
            raise Failed("only Linux says how much memory a program has") from error
        return next(
            int(line.split()[1]) / 1024 for line in status.splitlines() if line[:5] == "VmRSS"
        )

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(patience, 0))
        if not ready:
            return False
        try:
            self._seen += os.read(self._master, 65536)
        except OSError:
            return False
        return True


def minimal(first: str = "") -> list[str]:
    """The words that start a minimal application, after something else was loaded."""
    return [sys.executable, "-c", MINIMAL.format(first=first)]


def appears(words: Sequence[str], environment: Mapping[str, str], text: str) -> Cost:
    """How long it takes by the clock until a text is there."""
    with Terminal(words, environment) as terminal:
        return Cost(0, terminal.until(text))


def key(words: Sequence[str], environment: Mapping[str, str], pressed: str, count: int) -> Cost:
    """The 95th percentile of the times from a key to the painted screen."""
    with Terminal(words, environment) as terminal:
        terminal.until(PILE)
        terminal.rest(2)
        took = [terminal.press(pressed, 0.05) for _ in range(count)]
    return Cost(0, statistics.quantiles(took, n=20)[-1])


def keys(
    words: Sequence[str], environment: Mapping[str, str], pressed: Iterable[str]
) -> list[float]:
    """The times of several keys, one after the other, each with time to come to rest."""
    with Terminal(words, environment) as terminal:
        terminal.until(PILE)
        terminal.rest(3)
        took = []
        for each in pressed:
            took.append(terminal.press(each))
            terminal.rest(2)
    return took


def memory(words: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What the binder's screen has in memory once it has come to rest."""
    with Terminal(words, environment) as terminal:
        terminal.until(PILE)
        terminal.rest(5)
        return Cost(0, 0, terminal.memory())
