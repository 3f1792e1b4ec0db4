"""A row of a table as one line of JSON, and back: each value checked, nothing guessed."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationError, create_model

from tickler.core.text import quote

Row = dict[str, Any]

#: What some programs take for the end of a line, and what a terminal takes for a command.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")

_NUL = "\\u0000"


class Flaw(ValueError):
    """What is wrong in a file of an archive, as a sentence without the place."""


def line_of(row: Mapping[str, Any]) -> bytes:
    """A row as a line, its columns in their alphabetical order."""
    line = _encode({column: row[column] for column in sorted(row)})
    if not line.isascii():
        line = _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line.encode() + b"\n"


def _plain(value: object) -> str:
    """Days, times and instants as ISO 8601 has them, instants in UTC: `2026-11-23T08:02:00Z`."""
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
        case date() | time():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an archive")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain).encode


class LineReader:
    """Reads the lines of one table: `columns` are the types of the values, by column."""

    def __init__(self, name: str, columns: Mapping[str, Any]) -> None:
        fields: Any = {column: (_checked(kind), ...) for column, kind in columns.items()}
        config = ConfigDict(strict=True, extra="forbid")
        self._row = create_model(name.title(), __config__=config, **fields)

    def read(self, line: bytes) -> Row:
        """The row of a line; raises Flaw for what is not one."""
        read_json(line)
        try:
            row: Row = vars(self._row.model_validate_json(line))
        except ValidationError as error:
            raise flaw_of(error) from None
        return row


def read_json(data: bytes) -> Any:  # noqa: ANN401  whatever it is
    """What a text of JSON is; raises Flaw where it has two readings, or none."""
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
    if len(text) > 20:
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


def flaw_of(error: ValidationError) -> Flaw:
    """The first thing that is wrong with a value, in words."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return Flaw(f"there is no column {quote(where)}")
    if first["type"] == "missing":
        return Flaw(f"it lacks {quote(where)}")
    shown = "" if isinstance(first["input"], dict | list) else f", not {quote(str(first['input']))}"
    message = message[:1].lower() + message[1:]
    return Flaw(f"{where}: {message}{shown}" if where else f"it is not a row: {message}")


def _instant(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("no calendar has this instant in UTC") from None


def _wall_clock(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time of day has no zone")
    return value


#: How the types of columns are checked beyond what they are.
_CHECKS: Mapping[Any, Any] = {
    datetime: Annotated[AwareDatetime, AfterValidator(_instant)],
    time: Annotated[time, AfterValidator(_wall_clock)],
    int: Annotated[int, Field(ge=-(2**63), lt=2**63)],
}


def _checked(kind: Any) -> Any:  # noqa: ANN401  a type
    """The type of a column with its checks; `int | None` is checked as `int`."""
    for plain, checked in _CHECKS.items():
        if kind == plain:
            return checked
        if kind == (plain | None):
            return checked | None
    return kind
