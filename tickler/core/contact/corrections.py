"""Correcting a line of history: what each field takes, and how old values are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any, Protocol

from tickler.core.choices import one_of
from tickler.core.client.fields import Field, Spot
from tickler.core.contact import kinds
from tickler.core.contact.kinds import LOGGED_KINDS, Direction, Kind, Outcome
from tickler.core.dates.context import DateOrder
from tickler.core.dates.happened import read_moment
from tickler.core.dates.language import DateWords
from tickler.core.dates.workdays import Calendar
from tickler.core.text import LONGEST_LINE, quote
from tickler.core.views import CorrectionView, EntryView
from tickler.errors import Unreadable

#: Clears an outcome or the minutes.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Fix:
    """New values as typed; None leaves a field as it is.

    `none` clears the outcome, the minutes, the direction, or with whom it was (`person`).
    """

    kind: str | None = None
    outcome: str | None = None
    minutes: str | None = None
    at: str | None = None
    text: str | None = None
    person: str | None = None
    direction: str | None = None

    @property
    def typed(self) -> dict[str, str]:
        named = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: text for name, text in named if text is not None}


class Correctable(Protocol):
    """A line of history, as far as it says what its fields take."""

    @property
    def kind(self) -> Kind: ...
    @property
    def at(self) -> datetime: ...


def fields_of(entry: EntryView) -> tuple[Field, ...]:
    """The fields of a line as a form shows them; of a filing only its reason."""
    text = Field(Spot("text"), entry.text)
    if entry.kind in (Kind.FILED, Kind.SLIP):
        return (text,)
    own = {
        "kind": entry.kind.value,
        "outcome": entry.outcome.value if entry.outcome else "",
        "minutes": "" if entry.minutes is None else str(entry.minutes),
        "at": f"{entry.at.astimezone():%Y-%m-%d %H:%M}",
        "person": entry.person,
        "direction": entry.direction.value if entry.direction else "",
    }
    return (*(Field(Spot(name), shown) for name, shown in own.items()), text)


@dataclass(frozen=True, slots=True)
class Clock:
    """By what dates are read: the rep's present moment, naive and local, and the settings."""

    now: datetime
    calendar: Calendar = field(default_factory=Calendar)
    order: DateOrder | None = None


def read(line: Correctable, name: str, typed: str, clock: Clock) -> Any:  # noqa: ANN401  each field has its own type
    """The new value of a field; a time alone keeps the day, a day the time. Raises Unreadable."""
    kind = line.kind
    if kind is Kind.SLIP:
        raise Unreadable("a line about a slip says what was done with it: undo takes that back")
    if kind is Kind.FILED and name != "text":
        raise Unreadable("a filing can only have its reason corrected: undo takes it back whole")
    if name == "text" and kind is Kind.FILED and len(typed) > LONGEST_LINE:
        raise Unreadable(f"the reason has {len(typed)} characters; at most {LONGEST_LINE}")
    return _at(line.at, typed, clock) if name == "at" else _READ[name](typed)


def _at(present: datetime, typed: str, clock: Clock) -> datetime:
    was = present.astimezone().replace(tzinfo=None)
    moment = read_moment(typed, clock.now, clock.calendar, order=clock.order, present=was.date())
    timed = moment.at or moment.half
    found = moment.when(clock.now) if timed else datetime.combine(moment.day, was.time())
    if found in (was, was.replace(second=0, microsecond=0)):
        return present  # as it is shown, without its seconds
    if found > clock.now:
        raise Unreadable(f"{found:%H:%M} is still to come: give a time that has passed")
    return found.astimezone()


def kept(value: Any) -> Any:  # noqa: ANN401  as above
    """An old value as a correction keeps it: as JSON has it."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def value_text(name: str, value: Any, words: DateWords, today: date) -> str:  # noqa: ANN401  as above
    """A field's value in words: `reached`, `no outcome`, `5 min`, `Thu 12 Nov 10:00`."""
    if name == "at":
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        local = at.astimezone()
        return f"{_on(local.date(), words, today)} {local:%H:%M}"
    if name == "text":
        return f"“{' '.join(value.split())}”" if value else "no text"
    if name == "person":
        return f"with {value or 'nobody'}"
    if value is None:
        return f"no {name}"
    return f"{value} min" if name == "minutes" else str(value)


def correction_text(correction: CorrectionView, words: DateWords, today: date) -> str:
    """`was: no-answer, “rang twice”, corrected Wed 2 Dec by Rita`."""
    values = ", ".join(value_text(name, old, words, today) for name, old in correction.was.items())
    day = _on(correction.at.astimezone().date(), words, today)
    return f"was: {values}, corrected {day} by {correction.author}"


def _on(day: date, words: DateWords, today: date) -> str:
    return words.short(day) + (f" {day.year:04d}" if day.year != today.year else "")


def _minutes(typed: str) -> int | None:
    if _is_none(typed):
        return None
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise Unreadable(f"minutes takes a number, or none; not {quote(typed)}")
    return kinds.minutes(int(digits))


def _is_none(typed: str) -> bool:
    return typed.strip().casefold() in ("", NONE)


_READ: Mapping[str, Callable[[str], Any]] = {
    "kind": lambda typed: one_of(typed, LOGGED_KINDS, "kind"),
    "outcome": lambda typed: None if _is_none(typed) else one_of(typed, Outcome, "outcome", NONE),
    "minutes": _minutes,
    "direction": lambda typed: (
        None if _is_none(typed) else one_of(typed, (Direction.IN, Direction.OUT), "direction", NONE)
    ),
    "person": lambda typed: "" if _is_none(typed) else typed.strip(),
    "text": kinds.note,
}
