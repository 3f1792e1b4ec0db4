"""Two changed copies of a row made one: what it was when it was handed out decides.

A row is its columns as the database has them. What only one side changed is taken, what both
changed alike is fine, and what both changed differently is a clash: nothing guesses there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: A row by its columns, as the database has them.
Columns = Mapping[str, Any]

#: The columns that say when and whether a dossier is contacted next.
PLACE = ("status", "next_on", "next_month", "next_at", "next_half", "agreed")

#: By table, the columns that mean something only together.
_TOGETHER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "dossier": {
        "next contact": PLACE,
        "name": ("name", "folded"),
        "how often": ("ideal", "longest"),
    },
    "person": {"name": ("name", "folded")},
    "tag": {"tag": ("name", "folded")},
    "reach": {"number": ("kind", "value", "key")},
    "slip": {
        "due": ("due_on", "due_at", "first_due_on"),
        "state": ("ticked_on", "told_on", "was_due_on", "dropped_on"),
    },
}

#: By table, what follows from other rows or belongs to one side alone.
_APART: Mapping[str, tuple[str, ...]] = {
    "dossier": (
        "owner_id", "attempts", "slides", "worked_on", "put_off", "last_contact", "added_on",
    ),
}  # fmt: skip

#: By table, columns with several texts by their names: each is a value of its own.
_MANY: Mapping[str, str] = {"card": "fields", "sheet": "answers"}

#: What columns are called where that is not their name.
_CALLED = {
    "next_kind": "kind", "next_what": "what to do", "person_id": "with whom", "card_id": "card",
    "every": "repeats", "dead_on": "dead since", "due_on": "due", "time_zone": "time zone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowPart:
    """Columns of a row that are changed together, or one text of a column that has several."""

    label: str
    columns: tuple[str, ...]
    key: str | None = None

    def of(self, row: Columns) -> tuple[Any, ...]:
        """What a row has there."""
        if self.key is not None:
            return (_texts(row[self.columns[0]]).get(self.key, ""),)
        return tuple(row[column] for column in self.columns)

    def written(self, row: Columns, values: tuple[Any, ...]) -> dict[str, Any]:
        """The columns of the row with these values there."""
        if self.key is None:
            return dict(zip(self.columns, values, strict=True))
        texts = {**_texts(row[self.columns[0]]), self.key: values[0]}
        kept = {name: text for name, text in texts.items() if text}
        return {self.columns[0]: json.dumps(kept)}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two sides have in a part of a row; `ours` and `theirs` differ."""

    part: RowPart
    base: tuple[Any, ...]
    theirs: tuple[Any, ...]
    ours: tuple[Any, ...]

    @property
    def is_clash(self) -> bool:
        """Whether both sides changed it."""
        return self.ours != self.base


def changed(table: str, base: Columns, theirs: Columns, ours: Columns) -> Iterator[Difference]:
    """The parts that they changed, and in which we do not have the same; the clashes among them."""
    for part in _parts(table, base, theirs, ours):
        was, new, have = part.of(base), part.of(theirs), part.of(ours)
        if new not in (was, have):
            yield Difference(part, was, new, have)


def breaks_agreed(difference: Difference, today: str) -> bool:
    """Whether they filed a date away that the client was told and that lies ahead.

    Closing the dossier, and another agreed date, stand for themselves.
    """
    if difference.part.columns != PLACE:
        return False
    was = dict(zip(PLACE, difference.base, strict=True))
    new = dict(zip(PLACE, difference.theirs, strict=True))
    kept = was["agreed"] and was["next_on"] is not None and was["next_on"] >= today
    return bool(kept and new["status"] == "open" and not new["agreed"])


def counted(base: Columns, theirs: Columns, ours: Columns, *, filed: bool) -> dict[str, Any]:
    """What a dossier counts since it was filed; they filed it, or the two counts are one.

    Where both went on counting, the one that reached the client last is right.
    """
    found: dict[str, Any] = {}
    for column in ("slides", "worked_on"):
        was, new, have = (row[column] for row in (base, theirs, ours))
        if filed or have == was:
            found[column] = new
        elif new != was and column == "worked_on":
            found[column] = max(filter(None, (new, have)), default=None)
        elif new != was:
            later = (theirs["last_contact"] or "") > (ours["last_contact"] or "")
            same = theirs["last_contact"] == ours["last_contact"]
            found[column] = max(new, have) if same else new if later else have
    return {column: value for column, value in found.items() if value != ours[column]}


def _parts(table: str, *rows: Columns) -> Iterator[RowPart]:
    together = _TOGETHER.get(table, {})
    grouped = {column for columns in together.values() for column in columns}
    many = _MANY.get(table)
    for label, columns in together.items():
        yield RowPart(label, columns)
    for column in rows[0]:
        if column == many:
            for key in dict.fromkeys(key for row in rows for key in _texts(row[column])):
                yield RowPart(key, (column,), key)
        elif column not in grouped and column not in ("id", "dossier_id", *_APART.get(table, ())):
            yield RowPart(_CALLED.get(column, column.removesuffix("_id")), (column,))


def _texts(value: str | None) -> dict[str, str]:
    found: dict[str, str] = json.loads(value or "{}")
    return found
