"""What the columns of a list were said to hold, remembered for the next with the same header."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import select
from sqlmodel import col

from tickler.desk import Work
from tickler.formats.lists.clients import ClientTable
from tickler.formats.lists.columns import key_of
from tickler.formats.lists.reading import numbered
from tickler.models import ColumnMap


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
