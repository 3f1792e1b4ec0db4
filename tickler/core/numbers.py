"""Numbers by which a rep names things: `42`, `#42`, of a slip `s5`; several as `42,43,50`."""

import re

#: SQLite holds no longer one, so nothing has it.
_MOST_DIGITS = 18


def numbers(typed: str, letter: str = "") -> list[int]:
    """The numbers that are typed, each once, in their order; none where it is something else.

    `letter` may stand before a number as `#` does: `s` for slips, `f` for files.
    """
    one = rf"(?:#|{letter})?([0-9]{{1,{_MOST_DIGITS}}})"
    if not re.fullmatch(rf"\s*{one}\s*(?:,\s*{one}\s*)*", typed, re.IGNORECASE):
        return []
    return list(dict.fromkeys(map(int, re.findall(r"[0-9]+", typed))))


def number(typed: str, letter: str = "") -> int | None:
    """The one number that is typed; None where it is something else, or several."""
    found = numbers(typed, letter)
    return found[0] if len(found) == 1 else None
