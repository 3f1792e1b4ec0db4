"""Whether a database file was changed by another process, asked every moment."""

import sqlite3
import threading
from pathlib import Path

from tickler.errors import TicklerError
from tickler.store import engine


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

    def dispose(self) -> None:
        """Close the connection."""
        with self._using:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
