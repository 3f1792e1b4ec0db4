"""Fields that a rep defines: of which type each is, and what it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tickler.core.client.answers import AnswerKind, Days, options_of, take
from tickler.core.dates.context import DateOrder
from tickler.core.dates.workdays import Calendar
from tickler.core.text import fold
from tickler.errors import Unreadable


class FieldType(StrEnum):
    """What a defined field holds."""

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
    def options(self) -> tuple[str, ...]:
        return options_of(AnswerKind(self.type), self.choices)

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
        return next((own for own in self.defined if own.name == name), None)

    def read(self, name: str, text: str) -> str:
        """What is stored for a typed text; raises Unreadable where the field does not take it."""
        own = self.called(name)
        if own is None or not text.strip():
            return text
        days = Days(self.today, self.calendar, self.order)
        try:
            return take(AnswerKind(own.type), own.choices, text, days)
        except Unreadable as error:
            raise Unreadable(f"{own.name} takes {own.takes}: {error.sentence}") from error

    def in_order(self, values: Mapping[str, str]) -> dict[str, str]:
        """The fields of a card: those that are defined first, the others in their order."""
        first = {own.name: values[own.name] for own in self.defined if own.name in values}
        return first | dict(values)


def twice(names: Sequence[str]) -> str | None:
    """The first of these names that says the same as one before it, without case and accents."""
    seen = set[str]()
    for name in names:
        if fold(name) in seen:
            return name
        seen.add(fold(name))
    return None
