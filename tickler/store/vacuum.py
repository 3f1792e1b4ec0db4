"""What was forgotten leaves the file, too: its pages are written again without it.

SQLite keeps deleted rows in free pages and in the write-ahead log. A mark in the file's header,
set in the transaction that forgets, says that they are still to be cleared; whoever is killed
in between leaves it for the next time.
"""

import contextlib
import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine

from tickler.errors import Busy, Hint
from tickler.store import covers, engine, gate, open_mode, pair

#: How long the log is waited for while others read, in seconds.
PATIENCE = 5.0

_MOMENT = 0.05


def mark(connection: Connection) -> None:
    """Say, within the transaction that forgets, that the file is to be cleared after it."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    pair.mark_due(connection)


def is_due(file: sqlite3.Connection) -> bool:
    """Whether pages of what was forgotten may still be in the file."""
    return bool(file.execute("PRAGMA user_version").fetchone()[0] & pair.DUE)


def vacuum(bound: Engine, patience: float = PATIENCE) -> None:
    """Clear the file of an engine; raises Busy while another program holds old pages."""
    # By the second connection the log keeps its name, whatever happens.
    with bound.connect() as plain, bound.connect():
        plain.detach()
        file = plain.connection.dbapi_connection
        assert isinstance(file, sqlite3.Connection)
        covers.uncover(file)  # SQLite would take them for tables
        _clear(file, patience)


def complete(path: Path, patience: float = PATIENCE) -> bool:
    """Clear a file that was left marked; False where nothing is due. Raises as `vacuum` does."""
    if not gate.is_clean(path):
        return False  # the next verb sees to that
    with contextlib.closing(sqlite3.connect(open_mode.looking(path), uri=True)) as file:
        if not is_due(file):
            return False
    with contextlib.closing(engine.connect(path)) as file:
        _clear(file, patience)
    return True


def _clear(file: sqlite3.Connection, patience: float) -> None:
    try:
        pair.renew_alone(file)  # VACUUM writes none, and the log is to be known by its first one
        file.execute("VACUUM")
        _empty_log(file, patience)
        pair.renew_alone(file, cleared=True)
        _empty_log(file, patience)
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        raise _held() from error


def _empty_log(file: sqlite3.Connection, patience: float) -> None:
    """Write the log into the file and empty it; whoever reads an older state holds it."""
    end = time.monotonic() + patience
    while file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > end:
            raise _held()
        time.sleep(_MOMENT)


def _held() -> Busy:
    return Busy(
        "the file still holds old pages of what was forgotten, as another program has it open: "
        "close that",
        hint=Hint.DOCTOR,
    )
