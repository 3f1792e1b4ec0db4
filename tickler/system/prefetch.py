"""Reads today's pile ahead, in a process of its own, while the terminal face is being loaded.

Loading SQLModel takes longer than all else until the pile stands, and one process loads on one
core. What was read is shown as soon as it is there; the binder then reads for itself.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.core.views.binder import BinderView

#: After so long the binder has read for itself: nobody needs the answer any more. In seconds.
TOO_LATE = 5

#: How far the process stands back: on a single core the frame comes first.
NICE = 15


def begin(read: Callable[[], BinderView]) -> Callable[[], BinderView | None]:
    """Begin to call `read` in a process of its own. To be called before any thread runs.

    What is returned waits for the binder on today's pile; it is None where it could not be read.
    """
    ours, theirs = os.pipe()
    process = os.fork()
    if not process:
        _answer(theirs, read)
    os.close(theirs)

    def wait() -> BinderView | None:
        with open(ours, "rb") as answer:  # noqa: PTH123  # a pipe has no path
            pickled = answer.read()
        os.waitpid(process, 0)
        return pickle.loads(pickled) if pickled else None  # our own process wrote it

    return wait


def _answer(pipe: int, read: Callable[[], BinderView]) -> None:
    """Read and end. A fault is not told here: the binder meets it too, and has a place for it."""
    try:
        signal.alarm(TOO_LATE)
        os.nice(NICE)
        view = read()
        with open(pipe, "wb") as answer:  # a pipe has no path
            pickle.dump(view, answer)
    finally:
        os._exit(0)
