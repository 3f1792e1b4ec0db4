"""What a check says, and what it is given to look at."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

#: What to do about what can be repaired in place, and about a file that cannot.
REPAIR = "tickler doctor --repair repairs it, after a backup"

_SALVAGE = (
    "restore a backup: tickler backup list; or bring what is readable into a new binder: "
    "tickler salvage {} NEW.db"
)

#: The highest number that SQLite gives a row.
_HIGHEST = (1 << 63) - 1

#: How many of what was found are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `todo` says what to do where it is not `ok`."""

    about: str
    ok: bool
    text: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A binder that is looked at: its file, and a connection that reads it.

    `tick` is called now and then while something takes long.
    """

    path: Path
    file: sqlite3.Connection
    tick: Callable[[], None] = lambda: None


#: Looks at one subject of a binder.
Check = Callable[[Examined], Iterator[Finding]]


def portions(file: sqlite3.Connection, table: str, size: int) -> Iterator[tuple[int, int]]:
    """From which number to which one the rows of a table are looked at, no more than `size`."""
    following = f'SELECT min(rowid) FROM main."{table}" WHERE rowid >= ?'
    last = -(1 << 63) - 1
    while last < _HIGHEST:
        (first,) = file.execute(following, (last + 1,)).fetchone()
        if first is None:
            return
        last = min(first + size - 1, _HIGHEST)
        yield first, last


def salvage(path: Path) -> str:
    """What to do about a file that cannot be repaired in place."""
    return _SALVAGE.format(quote(str(path)))


def readable_at_all(text: bytes) -> str:
    """A text that may not be UTF-8, as far as it is."""
    return text.decode("utf-8", "backslashreplace")


def listed(found: Iterable[str], most: int = NAMED) -> str:
    """The first of what was found, and that there are more."""
    each = list(found)
    return ", ".join(each[:most]) + (" …" if len(each) > most else "")
