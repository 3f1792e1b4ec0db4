"""What a binder's schema lacks of what the program works with."""

import sqlite3

from sqlmodel import SQLModel

from tickler.store import journal


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
    names = {name for kind, name in known if kind == "trigger" and name.startswith("journal_")}
    if missing := 3 * len(journal.journaled()) - len(names):
        lacks.append(f"{missing} of the triggers that note changes")
    return lacks
