"""Whether the index of all words has the texts as they are."""

import sqlite3
from collections.abc import Iterator

from tickler.store import search
from tickler.store.health.finding import Examined, Finding, listed

_REBUILD = "tickler doctor --reindex rebuilds the index of all words"


def found(binder: Examined) -> Iterator[Finding]:
    """Whether each dossier is found by its words; a fault in the index is no fault of the rest."""
    stale: set[int | None] = set()
    try:
        for index in search.INDEXES:
            stale.update(key for (key,) in binder.file.execute(index.unfound))
    except sqlite3.Error as error:
        text = f"the index of all words is damaged: {error}"
        yield Finding("search", False, text, _REBUILD)
        return
    if not stale:
        yield Finding("search", True, "finds every dossier")
        return
    known = sorted(key for key in stale if key is not None)
    text = f"{len(known)} dossiers are not found by their words: "
    text += listed(f"#{key}" for key in known)
    gone = "words are found that no longer exist"
    yield Finding("search", False, text if known else gone, _REBUILD)
