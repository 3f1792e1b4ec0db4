"""A process that has loaded tickler once, and forks a real one from itself for each command.

It reads one order a line as JSON and answers each with one; what a command says goes to files.
"""

import contextlib
import io
import json
import os
import pkgutil
import resource
import signal
import sys
import time
import traceback
from importlib import import_module

import tickler
from tickler.__main__ import main

#: Between two looks at whether a process has ended, in seconds.
_MOMENT = 0.0002


def _load() -> None:
    """Load what commands load, the terminal face apart: a fork has it at once."""
    for module in pkgutil.walk_packages(tickler.__path__, "tickler."):
        if not module.name.startswith(
            ("tickler.screens", "tickler.widgets", "tickler.app", "tickler.store.migrations")
        ):
            import_module(module.name)


def _become(order) -> None:
    """Turn this process into the command of an order; does not return."""
    for number, path in ((0, order["stdin"]), (1, order["stdout"]), (2, order["stderr"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path, flags, 0o600), number)
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb"), "utf-8")
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), "utf-8")
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb"), "utf-8")
    os.environ.update(order["environment"])
    time.tzset()
    os.chdir(order["folder"])
    for name, limit in order["limits"].items():
        resource.setrlimit(getattr(resource, name), (limit, limit))
    sys.argv = ["tickler", *order["words"]]
    code = 1
    try:
        code = main()
    except BaseException:
        traceback.print_exc()  # a fault of tickler: the test shows it
        raise
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def _wait(child: int, most: float | None) -> tuple[int, float]:
    """The status of a process that is killed after `most` seconds, and how long it lived."""
    begun = time.perf_counter()
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        lived = time.perf_counter() - begun
        if ended:
            return os.waitstatus_to_exitcode(status), lived
        if most is not None and lived >= most:
            os.kill(child, signal.SIGKILL)
            most = None
        time.sleep(_MOMENT)


def serve() -> None:
    _load()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(order)
        code, lived = _wait(child, order["kill_after"])
        print(json.dumps([code, lived]), flush=True)


if __name__ == "__main__":
    serve()
