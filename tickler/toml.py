"""Where in a TOML text a key stands, and why it cannot be read: tomllib tells no lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

#: No key is looked for that is set over more lines: each of them is read anew with the next.
_LONGEST_STATEMENT = 500


def line_of(text: str, *key: str) -> int:
    """The line where a key is set, or else where what it stands in begins.

    The second `[[question]]` is `"question", "2"`.
    """
    found, _ = _statements(text)
    for length in range(len(key), 0, -1):
        for line, statement in found:
            if _holds(statement, key[:length]):
                return line
    return 1


def _holds(statement: object, key: Sequence[str]) -> bool:
    for name in key:
        if not isinstance(statement, dict) or name not in statement:
            return False
        statement = statement[name]
    return True


def fault(text: str, error: Exception) -> tuple[int, str]:
    """The line and the sentence for what tomllib says of a text that it cannot read."""
    found, unread = _statements(text)
    first: dict[tuple[str, ...], int] = {}
    for line, statement in found:
        key = _named(statement)
        if first.setdefault(key, line) != line:
            return line, f"{'.'.join(key)} is there already, in line {first[key]}; keep one"
    said, _, place = str(error).partition(" (at ")
    where = re.match(r"line (\d+)", place)
    if isinstance(error, RecursionError):
        said = "brackets are nested too deep"
    elif said == "Invalid value":
        said = "there is no value, or a text without its quotes"
    return (int(where[1]) if where else unread), f"this cannot be read as TOML: {said}"


def _statements(text: str) -> tuple[list[tuple[int, dict[str, Any]]], int]:
    """Each key and table of a TOML text with the line where it starts, and where reading ends.

    A statement ends with the line that makes it whole, so tomllib is asked again with each
    line, as long as it only misses an end.
    """
    found: list[tuple[int, dict[str, Any]]] = []
    table: tuple[str, ...] = ()
    counted: dict[tuple[str, ...], int] = {}
    start, begun = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        begun += f"{line}\n"
        try:
            statement = tomllib.loads(begun)
        except (ValueError, RecursionError) as error:
            if "(at end of document)" in str(error) and number - start < _LONGEST_STATEMENT:
                continue
            break
        if begun.lstrip().startswith("["):
            named = _named(statement)
            if begun.lstrip().startswith("[["):
                counted[named] = counted.get(named, 0) + 1
            table = _numbered(named, counted)
            statement = _within(table, {})
        elif statement:
            statement = _within(table, statement)
        if statement:
            found.append((start, statement))
        start, begun = number + 1, ""
    return found, start


def _numbered(table: tuple[str, ...], counted: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """A table's key with the number of the one it is, where there are several of a name."""
    numbered: list[str] = []
    for end, name in enumerate(table, 1):
        numbered.append(name)
        if table[:end] in counted:
            numbered.append(str(counted[table[:end]]))
    return tuple(numbered)


def _within(table: Sequence[str], statement: dict[str, Any]) -> dict[str, Any]:
    for name in reversed(table):
        statement = {name: statement}
    return statement


def _named(statement: Mapping[str, Any]) -> tuple[str, ...]:
    """The key or table that a statement is about."""
    key: list[str] = []
    inner: object = statement
    while isinstance(inner, dict) and len(inner) == 1:
        ((name, inner),) = inner.items()
        key.append(name)
    return tuple(key)
