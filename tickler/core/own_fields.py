"""Fields that a rep defines: of which type each is, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tickler.core import when
from tickler.core.text import fold, harmless
from tickler.core.when import DateOrder
from tickler.core.workdays import Calendar
from tickler.errors import Unreadable

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_YES_NO = {"yes": "yes", "ja": "yes", "no": "no", "nein": "no"}


class FieldType(StrEnum):
    """What stands in a defined field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field as `config.toml` defines it; only a choice has `choices`."""

    name: str
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    help: str = ""

    @property
    def takes(self) -> str:
        """What it takes, in a few words: `a date`, `yes or no`, `one of A, B`."""
        if self.type is FieldType.CHOICE:
            return f"one of {', '.join(self.choices)}"
        return _TAKEN[self.type]


_TAKEN = {
    FieldType.TEXT: "a text",
    FieldType.NUMBER: "a number such as 12 or 12.5",
    FieldType.DATE: "a day such as 2027-03-01",
    FieldType.YES_NO: "yes or no",
}


@dataclass(frozen=True, slots=True)
class OwnFields:
    """The defined fields in their order, and the day on which dates for them are typed."""

    defined: tuple[OwnField, ...] = ()
    today: date = date.min
    calendar: Calendar = field(default_factory=Calendar)
    order: DateOrder | None = None

    def called(self, name: str) -> OwnField | None:
        """The field of exactly this name."""
        return next((own for own in self.defined if own.name == name), None)

    def read(self, name: str, text: str) -> str:
        """What is stored for what was typed: a day as 2027-03-01, a number with a point.

        Raises Unreadable where the field does not take it. Fields that are not defined, and
        empty ones, take anything.
        """
        own = self.called(name)
        if own is None or not text.strip():
            return text
        return _READERS[own.type](self, own, text.strip())

    def in_order(self, values: Mapping[str, str]) -> dict[str, str]:
        """The fields of a card: those that are defined first, the others as they stand."""
        first = {own.name: values[own.name] for own in self.defined if own.name in values}
        return first | dict(values)

    def _text(self, own: OwnField, text: str) -> str:
        del own
        return text

    def _number(self, own: OwnField, text: str) -> str:
        if not _NUMBER.fullmatch(text):
            raise Unreadable(f"{_not(own, text)}; a thousand is 1000")
        return text.removeprefix("+").replace(",", ".")

    def _date(self, own: OwnField, text: str) -> str:
        read = when.read(text, self.today, self.calendar, order=self.order)
        if read.month:
            raise Unreadable(f"{own.name} takes a day: {read.month.label} is a month")
        if read.on is None or read.at or read.half or read.agreed:
            raise Unreadable(f"{_not(own, text)}, without a time")
        return read.on.isoformat()

    def _yes_no(self, own: OwnField, text: str) -> str:
        if said := _YES_NO.get(text.casefold()):
            return said
        raise Unreadable(_not(own, text))

    def _choice(self, own: OwnField, text: str) -> str:
        for choice in own.choices:
            if fold(choice) == fold(text):
                return choice
        raise Unreadable(_not(own, text))


def _not(own: OwnField, text: str) -> str:
    return f"“{harmless(text)}”: {own.name} takes {own.takes}"


_READERS: Mapping[FieldType, Callable[[OwnFields, OwnField, str], str]] = {
    FieldType.TEXT: OwnFields._text,
    FieldType.NUMBER: OwnFields._number,
    FieldType.DATE: OwnFields._date,
    FieldType.YES_NO: OwnFields._yes_no,
    FieldType.CHOICE: OwnFields._choice,
}


def twice(names: Sequence[str]) -> str | None:
    """The first of these names that says the same as one before it, without case and accents."""
    seen = set[str]()
    for name in names:
        if fold(name) in seen:
            return name
        seen.add(fold(name))
    return None
