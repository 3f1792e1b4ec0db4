"""What of a row a dossier takes as `add` and `edit` do; what it does not take is kept elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tickler.core.client import fields
from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import Spot
from tickler.core.contact.kinds import MOST_MINUTES, Kind
from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, one_line, storable
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow, SlipRow
from tickler.services.transfer.list_client import CARD_COLUMNS

_COLUMNS = {column: Spot(column) for column in CARD_COLUMNS}
#: Those that take every line as it is.
_ANY_LINE = frozenset(column for column, spot in _COLUMNS.items() if fields.takes_any_line(spot))
_REACHES = {kind: Spot(kind) for kind in fields.REACH_KINDS}


@dataclass(slots=True)
class Checked:
    """A row on its way into a dossier; `said` is what was not taken as it is."""

    row: ClientRow
    own: OwnFields
    said: list[str] = field(default_factory=list)
    _left: list[tuple[str, str]] = field(default_factory=list)

    def accepted(self) -> ClientRow:
        """The row as a dossier takes it: what does not fit becomes a field, a long text a note."""
        row = self.row
        columns: dict[str, Any] = {
            column: self._text(spot, value)
            for column, spot in _COLUMNS.items()
            if (value := getattr(row, column))
            and not (len(value) <= LONGEST_LINE and column in _ANY_LINE)
        }
        for limit in fields.LIMIT_FIELDS:
            if value := getattr(row, limit):
                columns[limit] = self._text(Spot(limit), value)
        people = tuple(self._people())
        reaches = tuple(self._reaches(row.reaches, ""))
        tags = tuple([tag for tag in row.tags if self._is_short("Tag", tag)])
        next_what = one_line(row.next_what) if row.next_what else ""
        if not self._is_short("What to do", next_what):
            next_what = next_what[:LONGEST_LINE]
        own = tuple(self._fields())
        notes, more = self._notes()
        history = [
            piece for line in row.history for piece in _pieces(storable(line).strip()) if piece
        ]
        columns |= {
            "person": people[0] if people else None,
            "others": people[1:],
            "reaches": reaches,
            "tags": tags,
            "fields": own,
            "notes": notes,
            "history": (*history, *more),
            "entries": tuple(self._entries()) if row.entries else (),
            "slips": tuple(self._slips()) if row.slips else (),
            "next_what": next_what,
        }
        # Hardly any row is changed, and a new one takes long.
        changed = {
            name: new
            for name, new in columns.items()
            if new is not (old := getattr(row, name)) and new != old
        }
        return replace(row, **changed) if changed else row

    def _text(self, spot: Spot, value: str) -> str:
        try:
            return fields.read(spot, value, self.own)
        except Unreadable as error:
            self._leave(spot.label.capitalize(), value, error.sentence)
            return ""

    def _people(self) -> Iterator[PersonRow]:
        for person in self.row.people:
            if not self._is_short("Person", person.name):
                # Without a name nobody has the rest: it becomes the client's.
                self._left += [(reach.kind, reach.value) for reach in person.reaches]
                self._left += [("Position", person.position)] * bool(person.position)
                continue
            position = person.position
            if position and not self._is_short(f"Position of {person.name}", position):
                position = ""
            notes = one_line(person.notes) if person.notes else ""
            if notes and not self._is_short(f"Notes of {person.name}", notes):
                notes = ""
            reaches = tuple(self._reaches(person.reaches, f" of {person.name}"))
            if (position, reaches, notes) == (person.position, person.reaches, person.notes):
                yield person
            else:
                yield PersonRow(person.name, position, reaches, notes, person.decides)

    def _reaches(self, reaches: tuple[ReachView, ...], whose: str) -> Iterator[ReachView]:
        for reach in reaches:
            try:
                fields.check(_REACHES[reach.kind], reach.value)
            except Unreadable as error:
                self._leave(f"{reach.kind.capitalize()}{whose}", reach.value, error.sentence)
            else:
                yield reach

    def _entries(self) -> Iterator[EntryRow]:
        """The lines of history; of one that is too long the rest follows as notes."""
        for entry in self.row.entries:
            first, *more = _pieces(storable(entry.text).strip()) or [""]
            if not first and entry.kind is Kind.NOTE:
                continue
            minutes = entry.minutes
            if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
                self._say(f"{minutes} minutes of a line of history are left out")
                minutes = None
            yield replace(entry, text=first, minutes=minutes)
            yield from (EntryRow(piece, entry.at, person=entry.person) for piece in more)

    def _slips(self) -> Iterator[SlipRow]:
        for slip in self.row.slips:
            text = one_line(slip.text)
            if len(text) > LONGEST_LINE:
                self._say(f"a slip has {len(text)} characters: its end is left out")
            if text:
                yield replace(slip, text=text[:LONGEST_LINE])

    def _is_short(self, label: str, value: str) -> bool:
        if len(value) <= LONGEST_LINE:
            return True
        self._leave(label[:LONGEST_LINE], value, f"{len(value)} characters are too many for a line")
        return False

    def _fields(self) -> Iterator[tuple[str, str]]:
        """The row's fields, those that the rep has defined as they are read, and what is left."""
        long: list[tuple[str, str]] = []
        if not (self.own.defined or self._left) and all(
            len(text) <= LONGEST_LINE for _, text in self.row.fields
        ):
            yield from self.row.fields
            return
        for name, text in (*self.row.fields, *self._left):
            value = text
            if self.own.defined:
                try:
                    value = self.own.read(name, text)
                except Unreadable as error:
                    self._say(f"{error.sentence}: kept as it is")
            if len(value) > LONGEST_LINE:
                long.append((name, value))
                continue
            yield name, value
        self._left = long

    def _notes(self) -> tuple[str, tuple[str, ...]]:
        """The notes with what is too long for a field; what is too long for notes is history."""
        if not (self.row.notes or self._left):
            return "", ()
        texts = [self.row.notes, *(f"{label}: {value}" for label, value in self._left)]
        first, *more = _pieces(storable("\n".join(filter(None, texts)))) or [""]
        if more:
            self._say("the notes are longer than a dossier takes: the rest is in its history")
        return first, tuple(more)

    def _leave(self, label: str, value: str, why: str) -> None:
        self._left.append((label, value))
        where = "a field" if len(value) <= LONGEST_LINE else "a note"
        self._say(f"{why}: kept as {where}")

    def _say(self, text: str) -> None:
        self.said.append(f"{self.row.name}: {text}")


def _pieces(text: str) -> list[str]:
    if len(text) <= LONGEST_TEXT:
        return [text] if text else []
    return [text[n : n + LONGEST_TEXT] for n in range(0, len(text), LONGEST_TEXT)]
