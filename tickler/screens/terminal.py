"""The terminal that the binder is drawn on: ended from outside, paused, or without its stderr."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO, cast

from textual.app import App
from textual.driver import Driver

from tickler.screens.columns import aligned

if TYPE_CHECKING:
    from io import TextIOWrapper

#: What ends the program from outside: its window is closed, the machine is shut down.
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)

#: What the shell says of a program that a signal has ended is this and the signal's number.
ENDED_BY = 128

#: Within this time the system stops a program that asked for it, in seconds.
_MOMENT = 0.05


def listen(end: Callable[[int], None]) -> None:
    """Call `end` with the number of a signal that ends the program, in the event loop.

    A signal that is ignored stays so: `nohup` wants that.
    """
    loop = asyncio.get_running_loop()
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, int(number))


def pause(app: App[None]) -> bool:
    """Stop the program until its shell goes on with it; False where no shell waits for it.

    All of its group stops, for a script that has started it must stop as well. The system does
    not stop a group without a shell: nothing would ever wake it. Raises SuspendNotSupported.
    """
    woken: list[int] = []
    with app.suspend():
        known = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        waking = signal.signal(signal.SIGCONT, lambda number, _: woken.append(number))
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        time.sleep(_MOMENT)  # another thread may take the signal
        signal.signal(signal.SIGCONT, waking)
        signal.signal(signal.SIGTSTP, known)
    app.refresh(layout=True)
    return bool(woken)


class Canvas:
    """What is drawn on; once its window was closed, what is drawn goes nowhere."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        self._or_nowhere(lambda: self._file.write(aligned(text)))

    def flush(self) -> None:
        self._or_nowhere(self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()

    def _or_nowhere(self, do: Callable[[], object]) -> None:
        try:
            do()
        except OSError:  # the signal that says so ends the program
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())  # what is buffered must not fail again at exit
            os.close(nowhere)


def on_terminal(driver: type[Driver]) -> type[Driver]:
    """The driver, so that it draws on the output where messages go elsewhere: `2>log`.

    It goes on without the terminal, too: else closing the window would leave it waiting for ever.
    """
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415  # loaded by now

    if not issubclass(driver, LinuxDriver):
        return driver

    class OnTerminal(LinuxDriver):
        """Draws on stderr as Textual does, or else on stdout."""

        def start_application_mode(self) -> None:
            if not isinstance(self._file, Canvas):
                self._file = cast("TextIOWrapper", Canvas(_stream()))
            super().start_application_mode()  # type: ignore[no-untyped-call]  # as Textual has it

    return OnTerminal


def _stream() -> TextIO:
    streams = [stream for stream in (sys.__stderr__, sys.__stdout__) if stream]
    return next((stream for stream in streams if stream.isatty()), streams[0])
