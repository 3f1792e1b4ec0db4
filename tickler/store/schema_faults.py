"""What a binder's schema lacks of what the program works with."""

import sqlite3

from sqlmodel import SQLModel

from tickler.store import journal, search


def lacking(file: sqlite3.Connection) -> list[str]:
    """The missing tables, columns and triggers in words: `the table slip`."""
    known = {
        (kind, name) for kind, name in file.execute("SELECT type, name FROM main.sqlite_master")
    }
    lacks = []
    for table in SQLModel.metadata.sorted_tables:
        if ("table", table.name) not in known:
            lacks.append(f"the table {table.name}")
            continue
        here = {row[1] for row in file.execute(f'PRAGMA main.table_info("{table.name}")')}
        lacks += [f"the column {table.name}.{c.name}" for c in table.columns if c.name not in here]
    lacks += [
        f"the index {index.name}" for index in search.INDEXES if ("table", index.name) not in known
    ]
    if unnoted := not_noted(file):
        lacks.append(unnoted)
    return lacks


def not_noted(file: sqlite3.Connection) -> str:
    """Which of the triggers that note changes for undo are missing, in words; "" for none."""
    asked = "SELECT count(*) FROM main.sqlite_master WHERE type = 'trigger' AND name LIKE ?"
    (found,) = file.execute(asked, ("journal_%",)).fetchone()
    missing = 3 * len(journal.journaled()) - found
    return f"{missing} of the triggers that note changes" if missing > 0 else ""
