"""Whether a database file was changed by another process, asked every moment."""

import sqlite3
import threading
from pathlib import Path

from tickler.errors import TicklerError
from tickler.store import engine, pair

#: The last action, by its number and when it was.
LAST = "SELECT id, at FROM change ORDER BY id DESC LIMIT 1"

#: How long others are waited for where it is not urgent, in milliseconds.
_GLANCE = 100


class Pulse:
    """Tells whether a database file was changed from elsewhere; a beat costs microseconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        # SQLite crashes where one thread closes a connection that another one is using.
        self._using = threading.RLock()

    def poll(self) -> tuple[int, ...]:
        """Differs from the beat before once another connection has written to the file.

        Raises TicklerError while the file is not there.
        """
        with self._using:
            try:
                file = engine.file_at(self._path)
            except TicklerError:
                self.dispose()
                raise
            if self._connection is None or file != self._file:
                self.dispose()
                self._connection = engine.connect(self._path)
                self._file = file
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return (*file, version)

    def last(self) -> tuple[int, str] | None:
        """The last action that is in the file."""
        with self._using:
            assert self._connection
            found: tuple[int, str] | None = self._connection.execute(LAST).fetchone()
            return found

    def empty_log(self) -> int:
        """Write the log into the file, unless others are busy with it; returns the last stamp."""
        with self._using:
            assert self._connection
            self._connection.execute(f"PRAGMA busy_timeout = {_GLANCE}")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return pair.stamp_of(self._connection)

    def dispose(self) -> None:
        """Close the connection."""
        with self._using:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
