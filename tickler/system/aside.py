"""Does something in a process of its own that nobody waits for, when the machine has time."""

import contextlib
import os
import signal
from collections.abc import Callable


def run(work: Callable[[], object]) -> None:
    """Call `work` in a process that goes on when this one has ended, and says nothing.

    To be called where no other thread runs, and nothing that a process may have alone is open.
    """
    if os.fork():
        return
    try:
        os.setsid()  # a closed terminal does not end it
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)  # who reads the output of this one does not wait for that one
        with contextlib.suppress(OSError):
            os.nice(19)
        work()
    finally:
        os._exit(0)
