"""Lines of history and slips that a list brings: as the binder keeps them, each of them once."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from tickler.core.contact.kinds import CONTACT_KINDS, WAYS, Direction, Kind, Outcome
from tickler.core.contact.salutations import person_key
from tickler.core.filing.slips import SlipKind
from tickler.core.text import fold
from tickler.formats.lists.clients import EntryRow, SlipRow

#: By what a line is known: its kind, its text, and its instant, its day, or neither.
EntryKey = tuple[Kind, str, datetime | date | None]
#: By what a slip is known: its day and time, and its folded text.
SlipKey = tuple[date, time | None, str]


class NewSlip(NamedTuple):
    """A date of the list that is not the client's next contact."""

    kind: SlipKind
    text: str
    on: date
    at: time | None

    @property
    def key(self) -> SlipKey:
        """By what it is known."""
        return self.on, self.at, fold(self.text)


class NewEntry(NamedTuple):
    """A line of history that the list brings; `person` is the folded name of with whom."""

    kind: Kind
    text: str
    at: datetime | None = None
    person: str | None = None
    outcome: Outcome | None = None
    direction: Direction | None = None
    minutes: int | None = None


def slip_of(row: SlipRow) -> NewSlip:
    """The slip of a row."""
    return NewSlip(row.kind, row.text, row.on, row.at)


def entry_of(row: EntryRow, people: Collection[str]) -> NewEntry:
    """A row as a line of history of a client with these people, by their keys.

    What the rep did not do is of others. What has no place is named in the text: somebody whom the
    client does not have, which way a contact of others went, and of a contact without a date, which
    would count as one of today, what it was.
    """
    person = person_key(row.person)
    kind, text, direction, outcome = row.kind, row.text, row.direction, row.outcome
    if person and person not in people:
        text = _before(text, f"with {row.person}")
    if row.at is None and kind in CONTACT_KINDS:
        text = _before(text, ", ".join(filter(None, (kind, outcome))))
        kind, direction, outcome = Kind.NOTE, None, None
    if kind in CONTACT_KINDS and not row.is_own:
        if direction in (Direction.IN, Direction.OUT):
            text = _before(text, WAYS[direction])
        direction = Direction.OTHERS
    known = person if person in people else None
    return NewEntry(kind, text, _instant(row), known, outcome, direction, row.minutes)


def key_of(row: EntryRow, entry: NewEntry) -> EntryKey:
    """By what the line of a row is looked for: its day, where that alone is known."""
    return entry.kind, entry.text, row.at if row.day_only else entry.at


def keys_of(kind: Kind, text: str, at: datetime | None) -> Iterator[EntryKey]:
    """By what a line is found."""
    yield kind, text, None
    if at:
        yield kind, text, at
        yield kind, text, at.astimezone().date()


def _instant(row: EntryRow) -> datetime | None:
    """When it was; noon, where the day alone is known."""
    if row.at is None:
        return None
    at = row.at if isinstance(row.at, datetime) else datetime.combine(row.at, time(12))
    return at.astimezone(UTC)


def _before(text: str, said: str) -> str:
    return f"{said}: {text}" if text else said
