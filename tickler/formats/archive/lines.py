"""A row of a table as one line of JSON, and back: each value checked, nothing guessed."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationError, create_model

from tickler.core.text import escaped, quote
from tickler.formats.json_text import Flaw, read_json

Row = dict[str, Any]


def line_of(row: Mapping[str, Any]) -> bytes:
    """A row as a line, its columns in their alphabetical order."""
    return escaped(_encode({column: row[column] for column in sorted(row)})).encode() + b"\n"


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
