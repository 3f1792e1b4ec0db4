"""Reading TOML that people write: every fault with its line, and what is accepted there."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import PurePath
from typing import Any, Self, TypeVar

from tickler.formats.mistakes import Mistake, Mistaken

W = TypeVar("W", bound=StrEnum)

#: A key of a TOML text, or one of several tables of a name, by its number counted from 0.
Key = str | int

#: A key of so many parts, at the beginning of a line: tomllib takes the square of their number.
_TOO_LONG = re.compile(
    r"^[ \t]*(?:\[{1,2}[ \t]*)?(?:(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*\.[ \t]*){100}",
    re.MULTILINE,
)

#: So often it is asked whether a statement is whole; where it begins is said of a longer one.
_MOST_TRIES = 500


def decoded(data: bytes, place: PurePath | None) -> str:
    """A file as text, without a byte order mark; raises Unreadable with a line not in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Mistaken(
            [Mistake(line, "this is not UTF-8; save the file as UTF-8")], place
        ) from None


def keys_of(
    text: str, place: PurePath | None = None, *, decimals_as_text: bool = False
) -> dict[str, Any]:
    """The keys of a TOML text; raises Mistaken with the line that cannot be read."""
    if long := _TOO_LONG.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise Mistaken([Mistake(line, "a key of more than 100 parts")], place)
    try:
        return tomllib.loads(text, parse_float=str if decimals_as_text else float)
    except (ValueError, RecursionError) as error:  # a number too long is no TOMLDecodeError
        raise Mistaken([Mistake(*_fault(text, error))], place) from None


def meant(key: str, known: Iterable[str]) -> str:
    """A hint for an unknown key: `did you mean “layout”?`, or all there are."""
    names = list(known)
    close = get_close_matches(key.lower(), names, 1)
    return f"did you mean “{close[0]}”?" if close else f"known: {', '.join(names)}"


def line_of(text: str, *key: Key) -> int:
    """The line where a key is set, else where its table begins."""
    found, _ = _statements(text)
    keys = (key[:length] for length in range(len(key), 0, -1))
    return next((line for each in keys for line, inner in found if _holds(inner, each)), 1)


def _holds(statement: object, key: Sequence[Key]) -> bool:
    for name in key:
        if not isinstance(statement, dict) or name not in statement:
            return False
        statement = statement[name]
    return True


def _fault(text: str, error: Exception) -> tuple[int, str]:
    """The line and the sentence for what tomllib says of a text that it cannot read."""
    found, unread = _statements(text)
    first: dict[tuple[Key, ...], int] = {}
    for line, statement in found:
        key = _named(statement)
        if first.setdefault(key, line) != line:
            name = ".".join(map(str, key))
            return line, f"{name} is there already, in line {first[key]}; keep one"
    why, _, place = str(error).partition(" (at ")
    where = re.match(r"line (\d+)", place)
    if isinstance(error, RecursionError):
        why = "brackets are nested too deep"
    elif why == "Invalid value":
        why = "there is no value, or a text without its quotes"
    return (int(where[1]) if where else unread), f"this cannot be read as TOML: {why}"


def _statements(text: str) -> tuple[list[tuple[int, dict[Key, Any]]], int]:
    """Each key and table of a TOML text with the line where it starts, and where reading ends.

    A statement ends with the line that makes it whole, so tomllib is asked again with each
    line that may do so, as long as it only misses an end.
    """
    found: list[tuple[int, dict[Key, Any]]] = []
    tables = Counter[tuple[Key, ...]]()
    table: tuple[Key, ...] = ()
    start, begun = 1, list[str]()
    in_text, tries = False, 0
    for number, line in enumerate(text.split("\n"), 1):
        begun.append(f"{line}\n")
        if in_text and not ('"""' in line or "'''" in line):
            continue
        whole = "".join(begun)
        try:
            statement: dict[Any, Any] = tomllib.loads(whole)
        except (ValueError, RecursionError) as error:
            tries += 1
            if "(at end of document)" in str(error) and tries < _MOST_TRIES:
                in_text = "Unterminated" in str(error) or "Expected" in str(error)
                continue
            break
        if whole.lstrip().startswith("["):
            table = _named(statement)
            if whole.lstrip().startswith("[["):
                tables[table] += 1
                table = (*table, tables[table] - 1)
                statement = _within(table, {})
        elif statement:
            statement = _within(table, statement)
        if statement:
            found.append((start, statement))
        start, begun, in_text, tries = number + 1, [], False, 0
    return found, start


def _within(table: tuple[Key, ...], statement: dict[Key, Any]) -> dict[Key, Any]:
    for name in reversed(table):
        statement = {name: statement}
    return statement


def _named(statement: Mapping[Key, Any]) -> tuple[Key, ...]:
    key: list[Key] = []
    inner: object = statement
    while isinstance(inner, dict) and len(inner) == 1:
        ((name, inner),) = inner.items()
        key.append(name)
    return tuple(key)


#: How much of a value a message quotes, in characters.
_LONGEST_SHOWN = 60


class Wrong(ValueError):
    """Why a value cannot be used; `inside` is its key, with the number of a table from 0."""

    def __init__(self, sentence: str, *inside: Key) -> None:
        super().__init__(sentence)
        self.inside = inside

    def within(self, *outer: Key) -> Self:
        """The same of a key inside these."""
        self.inside = (*outer, *self.inside)
        return self

    def at(self, text: str, place: PurePath | None) -> Mistaken:
        """The same with its line in the text."""
        return Mistaken([Mistake(line_of(text, *self.inside), str(self))], place)


class NotTaken(Wrong):
    """A value that is not accepted, and what is."""

    def __init__(self, takes: str, value: object, *inside: Key) -> None:
        super().__init__(f"{takes}, not {_as_written(value)}", *inside)

    def __str__(self) -> str:
        key = ".".join(str(k + 1) if isinstance(k, int) else k for k in self.inside)
        return f"{key} takes {super().__str__()}"


def text_of(value: object, *inside: Key, takes: str = "a text in quotes") -> str:
    """The value as a text; raises NotTaken."""
    if not isinstance(value, str):
        raise NotTaken(takes, value, *inside)
    return value


def number_of(value: object, *inside: Key, lowest: int, highest: int) -> int:
    """The value as a whole number in these limits; raises NotTaken."""
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise NotTaken(f"a number from {lowest} to {highest}", value, *inside)
    return value


def yes_or_no(value: object, *inside: Key) -> bool:
    """The value as true or false; raises NotTaken."""
    if not isinstance(value, bool):
        raise NotTaken("true or false", value, *inside)
    return value


def word_of(value: object, *inside: Key, words: type[W]) -> W:
    """The value as one of the words; raises NotTaken."""
    if value not in list(words):
        raise NotTaken(" or ".join(f"“{word}”" for word in words), value, *inside)
    return words(str(value))


def texts_of(value: object, such_as: str, *inside: Key) -> list[str]:
    """The value as a list of texts, `such_as` this; raises NotTaken."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise NotTaken(such_as, value, *inside)
    return value


def table_of(value: object, such_as: str, *inside: Key) -> Mapping[str, object]:
    """The value as a table, `such_as` this one; raises NotTaken."""
    if not isinstance(value, dict):
        raise NotTaken(f"a table: {such_as}", value, *inside)
    return value


def _as_written(value: object) -> str:
    """The value as the file has it, a text in typographic quotes."""
    shown = f"“{value}”" if isinstance(value, str) else _inside(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def _inside(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_inside, value))}]"
    if isinstance(value, dict):
        pairs = (f"{key} = {_inside(each)}" for key, each in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return str(value)
