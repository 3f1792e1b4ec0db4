"""Reading a client list from a file, and remembering what its columns were said to hold."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from tickler.desk import Work
from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.lists import csv
from tickler.formats.lists.clients import ClientTable
from tickler.formats.lists.columns import key_of
from tickler.formats.lists.reading import AS_FOUND, Reading, numbered
from tickler.models import ColumnMap

_ENDINGS = (".csv", ".tsv", ".txt")

#: A client list larger than this is refused, in bytes.
LARGEST = 200 * 2**20


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """Read a client list by its file's ending, as `reading` says.

    Raises Unreadable for an ending or content that is no list, NotFound without the file.
    """
    with _checked(path):
        return csv.read_file(path, reading)


def first_lines(path: Path, encoding: str = "") -> tuple[tuple[str, ...], ...]:
    """The first records of a list, one of which is its header; raises as `read_file`."""
    with _checked(path):
        return csv.first_records(path, encoding)


@contextlib.contextmanager
def _checked(path: Path) -> Iterator[None]:
    """Read a list in here: a file with another ending is refused, and what fails is said."""
    lists = f"lists are read from {', '.join(_ENDINGS)} files"
    try:
        if path.is_dir():
            raise Unreadable(f"this is a folder: {lists}, mails from a Maildir", path=path)
        if path.exists() and not path.is_file():
            raise Unreadable(f"this is not an ordinary file: {lists}", path=path)
        if path.suffix.lower() not in _ENDINGS:
            ending = f"not “{path.suffix}”" if path.suffix else "and this name has no ending"
            raise Unreadable(f"{lists}, {ending}", path=path)
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"the file is larger than {LARGEST // 2**20} MB: split it", path=path)
        yield
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror}", path=path) from error


def remembered(work: Work, lines: Sequence[Sequence[str]]) -> dict[str, str]:
    """What was said of the columns of an earlier list with the same header, if it is in `lines`."""
    headers = {digest: line for line in lines if (digest := _digest(line))}
    known = select(col(ColumnMap.header), col(ColumnMap.columns))
    for digest, columns in work.ask(known.where(col(ColumnMap.header).in_(headers))):
        header = [text.strip() for text in headers[digest]]
        return {name_of(header, int(number)): target for number, target in columns.items()}
    return {}


def name_of(header: Sequence[str], number: int) -> str:
    """A column of a header, by its number from 1: its text, or where that names none the number."""
    text = header[number - 1] if number <= len(header) else ""
    return text if text and header.count(text) == 1 else str(number)


def remember(work: Work, table: ClientTable, columns: Mapping[str, str]) -> None:
    """Keep what was said of the columns of a list, for the next one with the same header."""
    digest = _digest(table.header)
    if not (columns and digest):
        return
    stored = select(ColumnMap).where(col(ColumnMap.header) == digest)
    row = work.session.scalars(stored).one_or_none() or ColumnMap(header=digest)
    row.columns = numbered(table.header, columns)
    work.session.add(row)


def _digest(header: Sequence[str]) -> str:
    """What a header is known by, "" for one without cells."""
    keys = [key_of(text) for text in header]
    while keys and not keys[-1]:
        keys.pop()
    return sha256("\n".join(keys).encode()).hexdigest() if keys else ""
