"""Whether SQLite finds the file whole, and every row that another refers to."""

import re
from collections import Counter
from collections.abc import Iterator

from tickler.core.phrases import counted
from tickler.store.health.finding import REPAIR, Examined, Finding, listed, salvage

#: So many faults are looked for.
_MOST = 100

#: What SQLite says of an index that does not have the rows of its table, and of lost room.
_REBUILT = re.compile(
    r"row \d+ missing from index|wrong # of entries in index"
    r"|values? out of order in index|Page \d+ is never used|Page \d+: never used"
)
#: What it says of single values: `values` says of which.
_VALUE = re.compile(r"CHECK constraint failed in|(NULL|NUMERIC|TEXT) value in")


def integrity(binder: Examined) -> Iterator[Finding]:
    """SQLite's own check of pages, rows and indexes."""
    said = [row[0] for row in binder.file.execute(f"PRAGMA integrity_check({_MOST})")]
    faults = [line for each in said for line in each.splitlines() if not line.startswith("***")]
    if faults == ["ok"]:
        yield Finding("integrity", True, "whole")
        return
    damage = [each for each in faults if not _VALUE.match(each)]
    if not damage:
        text = "whole, but some values are not as they should be: " + listed(faults)
        yield Finding("integrity", False, text, REPAIR)
        return
    only_indexes = all(_REBUILT.match(each) for each in damage)
    todo = REPAIR if only_indexes else salvage(binder.path)
    yield Finding("integrity", False, listed((" ".join(d.split()) for d in damage), 3), todo)


def references(binder: Examined) -> Iterator[Finding]:
    """Whether each row is there that another refers to."""
    broken = Counter(row[0] for row in binder.file.execute("PRAGMA foreign_key_check"))
    if not broken:
        yield Finding("references", True, "complete")
        return
    tables = ", ".join(f"{table} ({count})" for table, count in sorted(broken.items()))
    refer = counted(broken.total(), "row refers", "rows refer")
    text = f"{refer} to what no longer exists: {tables}"
    yield Finding("references", False, text, REPAIR)
