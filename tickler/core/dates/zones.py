"""Time zones by the names that the world knows them by."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from tickler.core.text import fold, quote
from tickler.errors import Unreadable

#: How many close names a message offers.
_OFFERED = 3


def zone(text: str) -> str:
    """The zone by its name, `europe/berlin` is Europe/Berlin; raises Unreadable with close ones."""
    known = _known()
    wanted = _folded(text)
    if not wanted or not known:  # a machine without the list knows no wrong one
        return text.strip()
    if found := known.get(wanted):
        return found
    close = [name for key, name in known.items() if key.rpartition("/")[2] == wanted]
    close += [known[key] for key in get_close_matches(wanted, known, _OFFERED)]
    hint = " or ".join(dict.fromkeys(close[:_OFFERED])) or "such as Europe/Berlin"
    advice = f"did you mean {hint}?" if close else f"they are written {hint}"
    raise Unreadable(f"{quote(text)} is not a time zone; {advice}")


def _folded(name: str) -> str:
    return fold(name).replace(" ", "_")


@cache
def _known() -> Mapping[str, str]:
    from zoneinfo import available_timezones  # noqa: PLC0415  # only where a zone is read

    return {_folded(name): name for name in sorted(available_timezones())}
