"""Names for shell completion, by plain sqlite3: a Tab must not wait for SQLModel to load."""

import contextlib
import os
import re
import sqlite3
from pathlib import Path

from tickler.core.text import fold, printable
from tickler.store import open_mode

#: More names than this help nobody who pressed Tab.
MOST = 50

#: A writer may hold the file for a moment; Tab does not wait long, in seconds.
_PATIENCE = 0.2

#: What a shell may take as its own in an unquoted word; letters of every script are none of it.
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")

#: Names with these would be misread, or run, by the scripts that Typer writes for other shells.
_RISKY = re.compile(r"""[\\"'`$:]""")


class Offered(str):
    """A name offered for completion, whatever the case of what was typed.

    Typer drops what does not begin exactly as typed; shells replace the word as a whole.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


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
        uri = open_mode.looking(path)
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as file:
            found = [name for (name,) in file.execute(_NAMES, query)]
    except (sqlite3.Error, OSError):
        return []
    return [name for name in dict.fromkeys(found) if printable(name) == name]


def for_shell(found: list[str]) -> list[str]:
    """Names as the shell that asks must get them. NAME is one word, so blanks are escaped."""
    in_bash = os.environ.get("_TICKLER_COMPLETE") == "complete_bash"
    typed = os.environ.get("COMP_WORDS", "").split("\n")
    at = int(os.environ.get("COMP_CWORD") or 0)
    quoted = at < len(typed) and typed[at][:1] in ("'", '"')
    if in_bash and not quoted:
        return [Offered(_SPECIAL.sub(r"\\\1", name)) for name in found]
    return [Offered(name) for name in found if not _RISKY.search(name)]
