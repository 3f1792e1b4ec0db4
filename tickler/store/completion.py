"""Names for shell completion, by plain sqlite3: a Tab must not wait for SQLModel to load."""

import contextlib
import sqlite3
from pathlib import Path

from tickler.core.text import fold, printable
from tickler.store import open_mode

#: More names than this help nobody who pressed Tab.
MOST = 50

#: A writer may hold the file for a moment; Tab does not wait long, in seconds.
_PATIENCE = 0.2

_LAST = "\U0010ffff"
_NAMES = """
SELECT name FROM dossier
WHERE owner_id = (
  SELECT id FROM rep WHERE NOT is_guest AND (:rep IS NULL OR folded IN (:rep, ''))
  ORDER BY id LIMIT 1)
AND folded >= :begun AND folded < :after AND (:closed IS NULL OR (status <> 'open') = :closed)
ORDER BY folded, id LIMIT :most
"""


def names(
    address: str, begun: str, *, rep: str | None = None, closed: bool | None = None
) -> list[str]:
    """Names of dossiers that begin so, without case and accents; `closed` None gives all.

    Empty wherever the database cannot be read: completion has nobody to complain to. Names with
    characters that could act on a terminal are left out.
    """
    folded = fold(begun)
    query = {
        "rep": fold(rep) if rep else None,
        "begun": folded,
        "after": folded + _LAST,
        "closed": closed,
        "most": MOST,
    }
    path = Path(address.removeprefix("sqlite:///")).expanduser()
    try:
        uri = open_mode.reading(path)
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as file:
            found = [name for (name,) in file.execute(_NAMES, query)]
    except (sqlite3.Error, OSError):
        return []
    return [name for name in dict.fromkeys(found) if printable(name) == name]
