"""Texts of JSON, read so that nothing in them has two readings."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from tickler.core.text import quote

_NUL = "\\u0000"
_BLANKS = re.compile(r"[ \t\r\n]*")
#: No whole number of more characters is kept by a database.
_LONGEST_NUMBER = 20


class Flaw(ValueError):
    """What is wrong in a text, as a sentence without the place."""


def read_json(data: bytes) -> Any:  # noqa: ANN401  whatever it is
    """What a text of JSON in UTF-8 is; raises Flaw where it has two readings, or none."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Flaw(f"it is not UTF-8: {error.reason} at byte {error.start + 1}") from None
    try:
        found = _decoder.decode(text)
    except RecursionError:
        raise Flaw("it is nested too deep") from None
    except json.JSONDecodeError as error:
        raise Flaw(f"it is not JSON: {error.msg}, column {error.colno}") from None
    if _NUL in text and _has_nul(found):
        raise Flaw("a text has the character NUL, which no database keeps")
    return found


class JsonText:
    """A text of JSON in which values are found with the lines where they begin, the first being 1.

    What cannot be read raises Flaw with its line and column.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._counted, self._line = 0, 1

    @property
    def is_array(self) -> bool:
        """Whether the text is an array."""
        start = self._skip(0)
        return self._text[start : start + 1] == "["

    def values(self) -> Iterator[tuple[int, Any]]:
        """The elements of the one array that the text is, or each of the values in it."""
        start = self._skip(0)
        if self.is_array:
            yield from self.elements(start)
            return
        while start < len(self._text):
            value, end = self._value(start)
            yield self._line_of(start), value
            start = self._skip(end)

    def elements(self, start: int) -> Iterator[tuple[int, Any]]:
        """The elements of the array that begins there."""
        place = self._skip(start + 1)
        while self._text[place : place + 1] != "]":
            value, end = self._value(place)
            yield self._line_of(place), value
            place = self._after(end, "]")
        after = self._skip(place + 1)
        rest = self._text[after : after + 1]
        if rest and start == self._skip(0):
            raise self._flaw(after, f"{quote(rest)} comes after the end")

    def members(self, start: int = 0) -> Iterator[tuple[str, int, Any]]:
        """The keys of the object that begins there, where their values begin, and the values."""
        place = self._skip(self._skip(start) + 1)
        while self._text[place : place + 1] not in ("}", ""):
            key, end = self._value(place)
            place = self._skip(self._skip(end) + 1)  # a whole object was read before: a colon
            value, end = self._value(place)
            yield key, place, value
            place = self._after(end, "}")

    def _after(self, end: int, closing: str) -> int:
        """Where the next value, or the end, is after a value."""
        place = self._skip(end)
        mark = self._text[place : place + 1]
        if mark == closing:
            return place
        if mark != ",":
            raise self._flaw(place, f"a comma or {closing} is missing")
        after = self._skip(place + 1)
        if self._text[after : after + 1] == closing:
            raise self._flaw(after, "a value is missing after the comma")
        return after

    def _value(self, start: int) -> tuple[Any, int]:
        try:
            return _decoder.raw_decode(self._text, start)
        except RecursionError:
            raise self._flaw(start, "it is nested too deep") from None
        except json.JSONDecodeError as error:
            raise self._flaw(error.pos, f"this is not JSON: {error.msg}") from None
        except Flaw as flaw:
            raise self._flaw(start, str(flaw)) from None

    def _skip(self, start: int) -> int:
        found = _BLANKS.match(self._text, start)
        return found.end() if found else start

    def _line_of(self, place: int) -> int:
        if place < self._counted:
            self._counted, self._line = 0, 1
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line

    def _flaw(self, place: int, text: str) -> Flaw:
        column = place - self._text.rfind("\n", 0, place)
        return Flaw(f"line {self._line_of(place)}, column {column}: {text}")


def _has_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_nul, [*value, *value.values()]))
    return any(map(_has_nul, value)) if isinstance(value, list) else "\0" in str(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for n, key in enumerate(keys) if key in keys[:n])
        raise Flaw(f"it has {quote(doubled)} twice")
    return found


def _number(text: str) -> float:
    if math.isinf(found := float(text)):
        raise Flaw(f"{quote(text)} is too large a number")
    return found


def _whole_number(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Flaw(f"{quote(text)} is too large a number")
    return int(text)


def _no_constant(text: str) -> float:
    raise Flaw(f"{text} is not a value of JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_float=_number,
    parse_int=_whole_number,
    parse_constant=_no_constant,
)
