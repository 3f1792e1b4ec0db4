"""Whether what the journal noted is about rows as they are, and numbers go on where they were."""

from collections.abc import Iterator

from tickler.core.phrases import counted
from tickler.store import counters, journal
from tickler.store.health.finding import REPAIR, Examined, Finding, listed

_NAMES = ", ".join(f"'{table.name}'" for table in journal.journaled())

#: Notes that cannot be played back, whatever the rows are.
_UNREADABLE = f"""
SELECT id FROM change_row WHERE table_name NOT IN ({_NAMES}) OR op NOT IN ('I', 'U', 'D')
OR (op <> 'I' AND iif(typeof(data) = 'text', NOT json_valid(data), true))
"""


def notes(binder: Examined) -> Iterator[Finding]:
    """Whether undo would meet the rows that it expects."""
    unreadable = [key for (key,) in binder.file.execute(_UNREADABLE)]
    if unreadable:
        are = counted(len(unreadable), "note", "notes")
        text = f"{are} in the journal cannot be read: undo would stop there"
        yield Finding("notes", False, text, REPAIR)
    apart = []
    for table in journal.journaled():
        apart += [f"{table.name} {key}" for (key,) in binder.file.execute(_apart(table.name))]
    if apart:
        rows = counted(len(apart), "row is", "rows are")
        text = f"{rows} not as the journal left them: {listed(apart)}"
        yield Finding("notes", False, text, REPAIR)
    if not unreadable and not apart:
        yield Finding("notes", True, "fit the rows")


def _apart(table: str) -> str:
    """SQL for the rows of which it was noted last that they are there, and are not, or reverse."""
    noted = f"table_name = '{table}'"
    of_row = f"SELECT op FROM change_row l WHERE l.{noted} AND l.row_id = %s"
    last = f"({of_row} ORDER BY id DESC LIMIT 1)"
    return f"""
WITH RECURSIVE of_many (key, last_id) AS (
 SELECT row_id, last_id FROM change_row r WHERE r.{noted} AND last_id - row_id >=
  (SELECT count(*) FROM "{table}" t WHERE t.id BETWEEN row_id AND last_id)
 UNION ALL SELECT key + 1, last_id FROM of_many WHERE key < last_id)
SELECT key FROM of_many WHERE NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = key)
 AND {last % "key"} IS NOT 'D'
UNION
SELECT row_id FROM (SELECT DISTINCT row_id FROM change_row r WHERE r.{noted}
 AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = r.row_id)) n
 WHERE {last % "n.row_id"} <> 'D'
UNION ALL
SELECT t.id FROM "{table}" t WHERE t.id IN
 (SELECT row_id FROM change_row r WHERE r.{noted} AND r.op = 'D') AND {last % "t.id"} = 'D'
"""


def numbers(binder: Examined) -> Iterator[Finding]:
    """Whether no number of a row would be given a second time."""
    kept = dict(binder.file.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    behind = []
    for table in counters.numbered():
        (highest,) = binder.file.execute(f'SELECT max(id) FROM "{table.name}"').fetchone()
        if (highest or 0) > (kept.get(table.name) or 0):
            behind.append(table.name)
    if behind:
        text = f"numbers of rows would be used again in {listed(behind)}"
        yield Finding("numbers", False, text, REPAIR)
