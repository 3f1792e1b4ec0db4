"""Trying an action without keeping it: on a private copy, so that nobody waits for anybody."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import Connection, Engine

from tickler.store import engine, raw

#: A binder up to this size is copied, in bytes: into memory, or where that is full into a file
#: that nobody sees. A larger one is locked for the time of the rehearsal.
COPIED = 64 * 1024 * 1024


@contextlib.contextmanager
def rehearsing(bound: Engine) -> Iterator[Connection]:
    """A transaction of which nothing is kept."""
    with contextlib.ExitStack() as held:
        with bound.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
            if size <= COPIED:
                copy = engine.single("")
                held.callback(copy.dispose)
                with copy.connect() as target:
                    raw.file_of(connection).backup(raw.file_of(target))
                bound = copy
        with engine.writing(bound) as trying:
            yield trying
            trying.rollback()
