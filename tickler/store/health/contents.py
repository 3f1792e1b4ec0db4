"""Whether the bytes of attached files are those that were attached, by their digests."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from tickler.core.phrases import counted
from tickler.store.health.finding import Examined, Finding, listed

_PIECES = "SELECT place, data FROM content_part WHERE content_id = ? ORDER BY place"
_HOLDERS = (
    "SELECT d.id, d.name, a.name FROM attachment a "
    "JOIN dossier d ON d.id = a.dossier_id WHERE a.content_id = ? UNION "
    "SELECT d.id, d.name, 'a mail' FROM mail m "
    "JOIN dossier d ON d.id = m.dossier_id WHERE m.content_id = ?"
)


def whole(binder: Examined) -> Iterator[Finding]:
    """Whether each content has its digest."""
    spoiled = list(changed(binder))
    if not spoiled:
        yield Finding("attachments", True, "have the bytes that were attached")
        return
    named = (name for key in spoiled for name in _holders(binder.file, key))
    are = counted(len(spoiled), "file is", "files are")
    text = f"{are} not what was attached: {listed(named) or 'none on a dossier'}"
    yield Finding(
        "attachments",
        False,
        text,
        "attach the good file again, or restore a backup: tickler backup list",
    )


def changed(binder: Examined) -> Iterator[int]:
    """The contents whose bytes are not those that their digest and size name."""
    known = binder.file.execute("SELECT id, digest, size FROM content ORDER BY id").fetchall()
    for key, digest, size in known:
        found, read, places = hashlib.sha256(), 0, 0
        with closing(binder.file.execute(_PIECES, (key,))) as pieces:
            for place, data in pieces:
                if place != places or not isinstance(data, bytes):
                    break
                found.update(data)
                read, places = read + len(data), places + 1
                binder.tick()
        if (found.hexdigest(), read) != (digest, size):
            yield key


def _holders(file: sqlite3.Connection, key: int) -> list[str]:
    found = file.execute(_HOLDERS, (key, key))
    return [f"{what} of #{dossier} {name}" for dossier, name, what in found]
