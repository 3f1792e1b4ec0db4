"""Whether the log next to a database file is the file's own: told by a stamp in the first page.

SQLite replays any log that it finds, also into another version of the file. So each transaction
writes a new stamp (`PRAGMA user_version`), made of chance and of the page as it was before. A log
is a file's own if the file's first page is that from which the log begins, or one that is in the
log: then a part of the log, or all of it, was written into the file already.
"""

import os
import sqlite3
from binascii import crc32
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection

#: In the stamp: the file may still hold pages of what was forgotten.
DUE = 1

_CHANCE, _ALL = 0xFFFE, 0xFFFFFFFF

#: The lengths of the parts of a log, and of the head of a database, in bytes.
_LOG_HEAD, _FRAME_HEAD, HEAD = 32, 24, 100

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC, _JOURNAL_HEAD = bytes.fromhex("d9d505f920a163d7"), 28

_ASKED = "SELECT * FROM pragma_user_version, pragma_page_count, pragma_schema_version"

#: In `Connection.info`: the stamp that its transaction found.
BEFORE = "tickler_before"


class Log(Enum):
    """What is next to a database file."""

    NONE = auto()
    OWN = auto()
    #: As far as can be told the file's own; but the file lacks some of it and is younger: it may
    #: have been put there.
    OWN_OF_BEFORE = auto()
    FOREIGN = auto()


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first page of a database, or as much of it as was read."""

    data: bytes
    size: int = 0

    def _number(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 4])

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a database of SQLite at all."""
        return self.data.startswith(_MAGIC)

    @property
    def in_wal(self) -> bool:
        """Whether changes go into a log next to the file."""
        return self.data[18:20] == b"\2\2"

    @property
    def mark(self) -> int:
        """Which program's file it is (`PRAGMA application_id`)."""
        return self._number(68)

    @property
    def counter(self) -> int:
        """SQLite's own count of changes, not renewed by each."""
        return self._number(24)

    @property
    def schema(self) -> int:
        """How often the tables were changed."""
        return self._number(40)

    @property
    def page_size(self) -> int:
        """In bytes."""
        found = int.from_bytes(self.data[16:18])
        return 65536 if found == 1 else found

    @property
    def pages(self) -> int:
        """How many pages the file has when all of the log is in it."""
        if self.counter == self._number(92) or not self.page_size:
            return self._number(28)
        return self.size // self.page_size

    @property
    def stamp(self) -> int:
        """The stamp of the last transaction that is in the file."""
        return self._number(60) & ~DUE

    def precedes(self, stamp: int) -> bool:
        """Whether a transaction with this stamp found this page."""
        return stamp >> 16 == _check(stamp, self.stamp, self.pages, self.schema)


def renew(file: sqlite3.Connection, *, cleared: bool = False) -> int:
    """Write a new stamp, within the transaction that has just begun; returns the one before.

    `cleared` says that nothing of what was forgotten is left to be cleared.
    """
    found: tuple[int, int, int] = file.execute(_ASKED).fetchone()
    was, pages, schema = found
    was &= _ALL & ~DUE if cleared else _ALL
    file.execute(f"PRAGMA user_version = {_signed(_next(was, pages, schema))}")
    return was & ~DUE


def renew_alone(file: sqlite3.Connection, *, cleared: bool = False) -> None:
    """Write a new stamp in a transaction of its own, before what SQLite does without one."""
    file.execute("BEGIN IMMEDIATE")
    renew(file, cleared=cleared)
    file.execute("COMMIT")


def stamp_of(file: sqlite3.Connection) -> int:
    """The stamp of the last transaction, whether it is in the log or in the file."""
    return int(file.execute("PRAGMA user_version").fetchone()[0]) & _ALL & ~DUE


def mark_due(connection: Connection) -> None:
    """Note in the stamp that what was forgotten is to be cleared from the file."""
    was = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA user_version = {was | DUE}")


def _next(was: int, pages: int, schema: int) -> int:
    chance = int.from_bytes(os.urandom(2)) & _CHANCE
    return _check(chance, was & ~DUE, pages, schema) << 16 | chance | was & DUE


def _check(stamp: int, was: int, pages: int, schema: int) -> int:
    before = b"".join(each.to_bytes(4) for each in (stamp & _CHANCE, was, pages, schema))
    return crc32(before) & 0xFFFF


def _signed(number: int) -> int:
    return number - (1 << 32) if number >> 31 else number


def beside(path: Path) -> tuple[Path, Path]:
    """SQLite's log of a file, and the index of that log."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def has_frames(log: Path) -> bool:
    """Whether anything was written into a log since it was last empty."""
    try:
        return log.stat().st_size > _LOG_HEAD
    except FileNotFoundError:
        return False


def first_page(file: int) -> FirstPage:
    """The first page of an open file.

    Whoever closes a file that SQLite has open in this process takes SQLite's locks away: so it is
    read by a descriptor that stays open.
    """
    head = os.pread(file, HEAD, 0)
    page = FirstPage(head, os.fstat(file).st_size)
    return FirstPage(os.pread(file, page.page_size, 0), page.size) if page.is_sqlite else page


def look(file: int, log: Path) -> Log:
    """Whose the log is that is next to an open file; both may be in use."""
    try:
        with log.open("rb", 0) as read:
            return look_at(file, read.fileno())
    except FileNotFoundError:
        return Log.NONE


def look_at(file: int, log: int) -> Log:
    """As `look`, of a log that is open."""
    # The log first: what is written into the file meanwhile was in the log before.
    pages, found = [*_first_pages(log)], os.fstat(log)
    if found.st_size <= _LOG_HEAD:
        return Log.NONE
    present = first_page(file)
    if pages and present.data == pages[-1].data:
        return Log.OWN
    # Of a log without any first page, which only other programs write, nothing can be told.
    if pages and not _belongs(present, pages):
        return Log.FOREIGN
    return Log.OWN_OF_BEFORE if os.fstat(file).st_ctime_ns > found.st_ctime_ns else Log.OWN


def look_at_journal(file: int, journal: Path) -> Log | None:
    """Whose the rollback journal is that is next to an open file; None where it does not tell.

    It holds pages as they were before a transaction that was broken off; SQLite puts them back
    into any file that is next to it.
    """
    with journal.open("rb", 0) as read:
        head = read.read(_JOURNAL_HEAD)
        begun, page_size = (int.from_bytes(head[at : at + 4]) for at in (16, 24))
        if not head.startswith(_JOURNAL_MAGIC) or len(head) < _JOURNAL_HEAD:
            return Log.NONE  # SQLite takes nothing from it, either
        present = first_page(file)
        if not begun or present.page_size != page_size:
            return Log.FOREIGN if present.size > page_size else Log.OWN
        before = _first_page_before(read.fileno())
    if before is None:
        return None
    is_own = present.counter - before.counter in (0, 1) and present.stamp == before.stamp
    return Log.OWN if is_own else Log.FOREIGN


def _first_page_before(journal: int) -> FirstPage | None:
    """The first page as it was before the transaction, if the transaction had changed it."""
    at = 0
    while (head := os.pread(journal, _JOURNAL_HEAD, at)).startswith(_JOURNAL_MAGIC):
        count, sector, page_size = (int.from_bytes(head[n : n + 4]) for n in (8, 20, 24))
        at += sector
        for _ in range(count):
            number = os.pread(journal, 4, at)
            if len(number) < 4:
                return None
            if int.from_bytes(number) == 1:
                return FirstPage(os.pread(journal, page_size, at + 4))
            at += page_size + 8
        at += -at % (sector or 1)
    return None


def _belongs(present: FirstPage, pages: list[FirstPage]) -> bool:
    first = pages[0]
    if not present.is_sqlite or present.page_size != first.page_size:
        return False
    if present.precedes(first.stamp) or any(present.data == page.data for page in pages):
        return True
    # A program that knows no stamps has written it: SQLite's count must go on, at least.
    unstamped = present.stamp == first.stamp and present.schema <= first.schema
    return unstamped and first.counter - present.counter in (0, 1)


def _first_pages(log: int) -> Iterator[FirstPage]:
    """The first page as the transactions of a log have written it, in their order.

    What is behind the last whole transaction does no harm: it is in no file.
    """
    head = os.pread(log, _LOG_HEAD, 0)
    page_size, salts = int.from_bytes(head[8:12]), head[16:24]
    if len(head) < _LOG_HEAD or not 512 <= page_size <= 65536:
        return
    at = _LOG_HEAD
    while len(frame := os.pread(log, _FRAME_HEAD, at)) == _FRAME_HEAD and frame[8:16] == salts:
        at += _FRAME_HEAD
        if int.from_bytes(frame[:4]) == 1:
            yield FirstPage(os.pread(log, page_size, at), 0)
        at += page_size
