"""Texts of JSON, read so that nothing in them has two readings."""

import json
import math
import re
from collections import deque
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
        #: After the array or the value that was read last.
        self._end = 0

    def values(self) -> Iterator[tuple[int, Any]]:
        """The elements of the one array that the text is, or each of the values in it."""
        start = self._skip(0)
        if self._text[start : start + 1] == "[":
            yield from self.elements(start)
            self._refuse_more()
            return
        while start < len(self._text):
            value, end = self._value(start)
            yield self._line_of(start), value
            start = self._skip(end)

    def elements(self, start: int) -> Iterator[tuple[int, Any]]:
        """The elements of the array that begins there, one at a time."""
        place = self._skip(start + 1)
        while self._text[place : place + 1] != "]":
            value, end = self._value(place)
            yield self._line_of(place), value
            place = self._after(end, "]")
        self._end = place + 1

    def members(self) -> dict[str, int] | None:
        """The keys of the object that the text is, each with where its value begins.

        Where that is an array, its elements are looked at one at a time: there may be many. None
        where the text is something else, or has more after the object.
        """
        place = self._skip(0)
        if self._text[place : place + 1] != "{":
            return None
        found: dict[str, int] = {}
        place = self._skip(place + 1)
        while self._text[place : place + 1] != "}":
            key, end = self._value(place)
            colon = self._skip(end)
            if not isinstance(key, str) or self._text[colon : colon + 1] != ":":
                raise self._flaw(place, "this is not JSON: a key and a colon are missing")
            if key in found:
                raise self._flaw(place, f"it has {quote(key)} twice")
            found[key] = start = self._skip(colon + 1)
            if self._text[start : start + 1] == "[":
                deque(self.elements(start), maxlen=0)
            else:
                _, self._end = self._value(start)
            place = self._after(self._end, "}")
        return None if self._skip(place + 1) < len(self._text) else found

    def has_objects(self, start: int) -> bool:
        """Whether an array with an object in it begins there."""
        if self._text[start : start + 1] != "[":
            return False
        return any(isinstance(each, dict) for _, each in self.elements(start))

    def _refuse_more(self) -> None:
        after = self._skip(self._end)
        if rest := self._text[after : after + 1]:
            raise self._flaw(after, f"{quote(rest)} comes after the end")

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
