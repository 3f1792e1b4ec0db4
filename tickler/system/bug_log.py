"""The log of a fault of the program itself: where it went wrong, and no value, for those are data.

It lies in the user's state folder, for its owner alone; a few are kept.
"""

import itertools
import os
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tickler.clock import system_clock
from tickler.errors import TicklerError
from tickler.system import files

R = TypeVar("R")

#: So many logs are kept, each with so many bytes at most.
KEPT, LONGEST = 10, 64 * 1024

#: So many errors that caused one another are told, and the last calls of each.
_ERRORS, _CALLS = 20, 40

#: Where a module's path begins to be the same everywhere.
_PACKAGES = ("site-packages", "lib")


def fault(error: BaseException) -> TicklerError:
    """A sentence on a fault of the program's own, which names its log where that can be written."""
    said = "stopped by a fault of its own; what it confirmed is kept"
    try:
        path = _write("\n".join(_lines(error)))
    except TicklerError:
        return TicklerError(f"{said}: {type(error).__name__}")
    return TicklerError(f"{said}: please send its log, in which is no client", path=path)


def without_ring(run: Callable[[], R]) -> R:
    """Call `run`; where it fails, no error is caused by one that it caused itself.

    Textual would follow such a ring without end.
    """
    try:
        return run()
    except Exception as error:
        _break_ring(error)
        raise


def _break_ring(error: BaseException) -> None:
    seen: set[int] = set()
    told = error
    while (before := told.__cause__ or told.__context__) is not None:
        seen.add(id(told))
        if id(before) in seen:
            told.__cause__ = told.__context__ = None
            return
        told = before


def _write(text: str) -> Path:
    from platformdirs import user_state_path  # noqa: PLC0415  # only after a fault

    folder = user_state_path("tickler", appauthor=False) / "faults"
    files.make_folder(folder)
    name = f"{system_clock():%Y%m%d-%H%M%S}-{os.getpid()}"
    free = (folder / f"{name}{more}.log" for more in ("", *(f"-{n}" for n in range(2, KEPT))))
    path = next((each for each in free if not each.exists()), folder / f"{name}.log")
    files.write(path, text.encode(errors="replace")[:LONGEST], force=True)
    for old in sorted(folder.glob("*.log"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _lines(error: BaseException) -> Iterator[str]:
    """The errors that caused one another, also where they do so in a ring, and their calls."""
    from tickler import __version__  # noqa: PLC0415  # as above

    yield f"tickler {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    yield f"SQLite {sqlite3.sqlite_version}"
    seen: set[int] = set()
    told: BaseException | None = error
    while told is not None and id(told) not in seen and len(seen) < _ERRORS:
        seen.add(id(told))
        kind = type(told)
        name = getattr(told, "sqlite_errorname", None) or getattr(told, "errno", None)
        yield f"\n{kind.__module__}.{kind.__qualname__}{f' {name}' if name else ''}"
        yield from _calls(told.__traceback__)
        within = getattr(told, "error", None)  # a worker of Textual's names what ended it so
        told = within if isinstance(within, BaseException) else told.__cause__ or told.__context__


def _calls(begun: TracebackType | None) -> Iterator[str]:
    last = traceback.StackSummary.extract(
        itertools.islice(traceback.walk_tb(begun), 10_000), lookup_lines=False
    )[-_CALLS:]
    for call in last:
        yield f"  {_short(call.filename)}:{call.lineno} in {call.name}"


def _short(path: str) -> str:
    """The path without the folders above the packages: they name the user."""
    parts = Path(path).parts
    for folder in _PACKAGES:
        if folder in parts:
            return "/".join(parts[parts.index(folder) + 1 :])
    return "/".join(parts[parts.index("tickler") :]) if "tickler" in parts else Path(path).name
