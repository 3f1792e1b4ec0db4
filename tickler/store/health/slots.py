"""Whether each open dossier is in exactly one slot, by the rule of `core.filing.slots`."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from tickler.clock import system_clock
from tickler.core.filing.slots import Month, NextContact, inserts
from tickler.core.phrases import counted
from tickler.store.health.finding import REPAIR, Examined, Finding, listed

_DATES = "SELECT DISTINCT next_on, next_month FROM dossier WHERE status = 'open'"
_FILED_SO = (
    "SELECT id, name FROM dossier WHERE status = 'open' "
    "AND next_on IS ? AND next_month IS ? ORDER BY id"
)


def kept(binder: Examined) -> Iterator[Finding]:
    """Whether no open dossier is lost, and none is in two places."""
    lost = unslotted(binder.file)
    if not lost:
        yield Finding("slots", True, "each open dossier is in one")
        return
    are = counted(len(lost), "open dossier is", "open dossiers are")
    named = listed(f"#{key} {name}" for key, name in lost)
    yield Finding("slots", False, f"{are} in no slot, or in two: {named}", REPAIR)


def unslotted(file: sqlite3.Connection) -> list[tuple[int, str]]:
    """The open dossiers that are not in exactly one slot today: id and name."""
    today = system_clock().date()
    return [
        (key, name)
        for day, month in file.execute(_DATES).fetchall()
        if not _has_one_slot(day, month, today)
        for key, name in file.execute(_FILED_SO, (day, month))
    ]


def _has_one_slot(day: object, month: object, today: date) -> bool:
    if day is None and month is None:
        return True  # the inbox
    try:
        when = NextContact(
            date.fromisoformat(str(day)) if day is not None else None,
            Month.parse(str(month)) if month is not None else None,
        )
    except ValueError:
        return False
    return sum(insert.holds(when) for insert in inserts(today)) == 1
