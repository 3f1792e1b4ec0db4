"""The binder's screen, open in a terminal of its own while other things happen to the file."""

import contextlib
import os
import pty
import signal
import struct
import sys
import termios
import threading
import time
from fcntl import ioctl
from pathlib import Path

PATIENCE = 60

SURROUNDINGS = {"TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[2])}

#: Who is silent for so many seconds waits for an answer.
QUIET = 0.5
AGAIN = 3.0


class OpenBinder:
    """The program at a terminal of so many columns and lines; what it paints is kept."""

    def __init__(self, environment, *words, columns=80, lines=24, folder=None) -> None:
        self._child, self._wire = pty.fork()
        if not self._child:
            os.chdir(folder or ".")
            command = [sys.executable, "-m", "tickler", *words]
            os.execve(command[0], command, os.environ | environment | SURROUNDINGS)
        ioctl(self._wire, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.painted = b""
        self._painting = threading.Thread(target=self._read, daemon=True)
        self._painting.start()

    def _read(self) -> None:
        # Linux says with an error that nobody writes any more.
        with contextlib.suppress(OSError):
            while more := os.read(self._wire, 1 << 16):
                self.painted += more

    def sees(self, text: str, within: float = PATIENCE) -> None:
        """Wait until this was painted at some time."""
        end = time.monotonic() + within
        while text.encode() not in self.painted:
            assert time.monotonic() < end, self.painted.decode("utf-8", "replace")[-2000:]
            time.sleep(0.02)

    def sees_a_prompt(self) -> None:
        """Wait until something is asked: a line without an end, and nothing after it."""
        end = time.monotonic() + PATIENCE
        seen = b""
        while not (seen and seen == self.painted and not seen.endswith(b"\n")):
            assert time.monotonic() < end, self.painted.decode("utf-8", "replace")[-2000:]
            seen = self.painted
            time.sleep(QUIET)

    def types(self, keys: str) -> None:
        os.write(self._wire, keys.encode())

    def signal(self, number: int) -> None:
        os.kill(self._child, number)

    def hangs_up(self) -> None:
        """Close the terminal's window."""
        os.close(self._wire)

    def code(self, within: float = PATIENCE, *, again: int | None = None) -> int:
        """The exit code, once it has ended; below zero the signal.

        `again` is a signal that is sent every few seconds, as a person presses Ctrl+C again.
        """
        end = time.monotonic() + within
        pressed = time.monotonic()
        while True:
            if again is not None and time.monotonic() > pressed + AGAIN:
                os.kill(self._child, again)
                pressed = time.monotonic()
            ended, status = os.waitpid(self._child, os.WNOHANG)
            if ended:
                self._painting.join(2)
                with contextlib.suppress(OSError):
                    os.close(self._wire)
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > end:
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
                msg = f"it goes on: {self.painted.decode('utf-8', 'replace')[-2000:]}"
                raise AssertionError(msg)
            time.sleep(0.02)
