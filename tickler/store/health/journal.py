"""Whether what the journal noted is about rows as they are, and numbers go on where they were."""

import sqlite3
from collections.abc import Iterator

from tickler.core.phrases import counted
from tickler.store import counters, journal
from tickler.store.health.finding import REPAIR, Examined, Finding, listed

_NAMES = ", ".join(f"'{table.name}'" for table in journal.journaled())

#: Notes that cannot be played back, whatever the rows are.
UNREADABLE = f"""
SELECT id FROM change_row WHERE table_name NOT IN ({_NAMES}) OR op NOT IN ('I', 'U', 'D')
OR (op <> 'I' AND iif(typeof(data) = 'text', NOT json_valid(data), true))
"""


def notes(binder: Examined) -> Iterator[Finding]:
    """Whether undo would meet the rows that it expects."""
    unreadable = [key for (key,) in binder.file.execute(UNREADABLE)]
    if unreadable:
        are = counted(len(unreadable), "note", "notes")
        text = f"{are} in the journal cannot be read: undo would stop there"
        yield Finding("notes", False, text, REPAIR)
    apart = [
        f"{table.name} {key}"
        for table in journal.journaled()
        for (key,) in binder.file.execute(apart_from(table.name))
    ]
    if apart:
        rows = counted(len(apart), "row is", "rows are")
        text = f"{rows} not as the journal left them: {listed(apart)}"
        yield Finding("notes", False, text, REPAIR)
    if not unreadable and not apart:
        yield Finding("notes", True, "fit the rows")


def apart_from(table: str) -> str:
    """SQL for the rows of which it was noted last that they are there, and are not, or reverse.

    A note of many new rows is looked at only where some of them are not there.
    """
    noted = f"table_name = '{table}'"
    of_row = f"SELECT id, op FROM change_row WHERE {noted} AND row_id = n.key AND last_id IS NULL"
    of_many = (
        f"SELECT id, op FROM change_row WHERE {noted} AND last_id IS NOT NULL "
        "AND n.key BETWEEN row_id AND last_id"
    )
    last = f"(SELECT op FROM ({of_row} UNION ALL {of_many}) ORDER BY id DESC LIMIT 1)"
    among = f'(SELECT count(*) FROM "{table}" t WHERE t.id BETWEEN r.row_id AND r.last_id)'
    return f"""
WITH RECURSIVE many(key, last_id) AS (
  SELECT row_id, last_id FROM change_row r
  WHERE r.{noted} AND last_id IS NOT NULL AND last_id - row_id + 1 <> {among}
  UNION ALL SELECT key + 1, last_id FROM many WHERE key < last_id)
SELECT key FROM (
  SELECT row_id AS key FROM change_row WHERE {noted} AND last_id IS NULL UNION SELECT key FROM many
) n WHERE NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = n.key) AND {last} <> 'D'
UNION ALL
SELECT key FROM (SELECT DISTINCT row_id AS key FROM change_row WHERE {noted} AND op = 'D') n
WHERE EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = n.key) AND {last} = 'D'
"""


def numbers(binder: Examined) -> Iterator[Finding]:
    """Whether no number of a row would be given a second time."""
    lagging = behind(binder.file)
    if lagging:
        text = f"numbers of rows would be used again in {listed(lagging)}"
        yield Finding("numbers", False, text, REPAIR)


def behind(file: sqlite3.Connection) -> list[str]:
    """The tables in which a number would be given again."""
    kept = dict(file.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    found = []
    for table in counters.numbered():
        (highest,) = file.execute(f'SELECT max(id) FROM "{table.name}"').fetchone()
        if (highest or 0) > (kept.get(table.name) or 0):
            found.append(table.name)
    return found
