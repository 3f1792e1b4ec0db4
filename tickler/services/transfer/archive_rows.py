"""The rows of an archive: of what types their values are, and what else has to be true of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Enum, String, Table
from sqlmodel.main import default_registry

from tickler.core.dates.repeat import read_every, read_interval
from tickler.core.filing.slots import Month
from tickler.core.text import fold, quote, reach_key
from tickler.errors import TicklerError
from tickler.formats.archive.lines import Row
from tickler.formats.json_text import Flaw
from tickler.services.filing.absences import LONGEST

_ID = Annotated[int, Field(gt=0, lt=2**63)]

#: Where a line of history filed its dossier: a day with time or half, a month, a slot or status.
_PLACE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(T(?P<at>\d\d:\d\d)| am| pm)?|(?P<month>\d{4}-\d\d)|[a-z][a-z-]*"
)


def types(table: Table, columns: Iterable[str]) -> dict[str, Any]:
    """The types of the values in these columns of a table."""
    model = next(each.class_ for each in default_registry.mappers if each.local_table is table)
    return {name: _type(table, name, model.model_fields[name].annotation) for name in columns}


def _type(table: Table, name: str, annotation: Any) -> Any:  # noqa: ANN401  a type
    column = table.c[name]
    if column.primary_key:
        return _ID
    if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.type.length:
        text = Annotated[str, Field(max_length=column.type.length)]
        return text | None if column.nullable else text
    return annotation


def check(table: str, row: Row) -> None:
    """Whether texts with a grammar of their own can be read; raises Flaw with the column."""
    for column, read in _TEXTS.get(table, {}).items():
        if not row.get(column):
            continue
        try:
            read(row[column])
        except (ValueError, TicklerError) as error:
            raise Flaw(f"{column}: {error}") from error
    if table == "absence" and row["after"] - row["first"] > LONGEST:
        raise Flaw("it is more than a year: no absence is")


def derive(table: str, row: Row) -> None:
    """Compute what is kept of names and numbers for searching, whoever wrote the archive."""
    for column, (read, names) in _DERIVED.get(table, {}).items():
        row[column] = read(*(row[name] for name in names))


def _place(text: str) -> None:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"{quote(text)} is not a place in a binder")
    if found["day"]:
        date.fromisoformat(found["day"])
    if found["at"]:
        time.fromisoformat(found["at"])
    if found["month"]:
        Month.parse(found["month"])


def _was(said: Mapping[str, Any]) -> None:
    if "at" in said:
        datetime.fromisoformat(str(said["at"]))


_TEXTS: Mapping[str, Mapping[str, Callable[[Any], object]]] = {
    "dossier": {
        "next_month": Month.parse,
        "every": read_every,
        "ideal": read_interval,
        "longest": read_interval,
    },
    "entry": {"filed_from": _place, "filed_to": _place},
    "correction": {"was": _was},
}

_FOLDED = {"folded": (fold, ("name",))}
_DERIVED: Mapping[str, Mapping[str, tuple[Callable[..., str], tuple[str, ...]]]] = {
    "rep": _FOLDED,
    "dossier": _FOLDED,
    "person": _FOLDED,
    "tag": _FOLDED,
    "reach": {"key": (reach_key, ("kind", "value"))},
}
