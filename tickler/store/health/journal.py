"""Whether the journal notes every change, and what it noted is about rows as they are."""

from collections.abc import Iterator

from tickler.store import journal
from tickler.store.health.finding import Examined, Finding


def notes(binder: Examined) -> Iterator[Finding]:
    """Whether all triggers are there that write it."""
    (found,) = binder.file.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'"
    ).fetchone()
    missing = 3 * len(journal.journaled()) - found
    if not missing:
        yield Finding("journal", True, "notes every change")
        return
    text = f"{missing} of its triggers are missing: undo is not reliable"
    yield Finding("journal", False, text, "restore a backup")
