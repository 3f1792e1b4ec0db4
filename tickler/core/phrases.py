"""Counts and lists in words: `1 dossier`, `3 dossiers`, `Abel, Beck and 4 more`."""

from collections.abc import Sequence


def plural(count: int, one: str, many: str = "") -> str:
    """The word that goes with a count: `dossier` or `dossiers`, `has` or `have`."""
    return one if count == 1 else many or f"{one}s"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 dossier`, `3 dossiers`."""
    return f"{count} {plural(count, one, many)}"


def and_more(left: int) -> str:
    """` and 4 more`, after the first of a list; nothing where none is left."""
    return f" and {left} more" if left > 0 else ""


def named(names: Sequence[str], most: int) -> str:
    """The first `most` names and how many more there are: `Abel, Beck and 4 more`."""
    return ", ".join(names[:most]) + and_more(len(names) - most)


def first(lines: Sequence[str], most: int) -> list[str]:
    """The first `most` lines and, as one more, how many are left: `and 4 more`."""
    return [*lines[:most], *([and_more(len(lines) - most).strip()] if len(lines) > most else [])]
