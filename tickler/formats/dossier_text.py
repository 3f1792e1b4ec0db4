"""A dossier's fields as a TOML text to be edited, and the edited text as changes.

A deleted line empties its field, a deleted table removes the person, one without an id adds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tickler.core.client import fields
from tickler.core.client.custom_fields import FieldType, OwnFields
from tickler.core.client.fields import BETWEEN_REACHES, BETWEEN_TAGS, NEW_PERSON, Edit, Field, Spot
from tickler.core.contact.kinds import PLANNED_KINDS
from tickler.core.text import printable, quote
from tickler.errors import Unreadable
from tickler.formats.mistakes import Mistake, Mistaken
from tickler.formats.toml_lines import Key, keys_of, line_of

if TYPE_CHECKING:
    from tomlkit.items import String, Table

_FREE, _PEOPLE, _ID = "fields", "person", "id"

_HEAD = """\
{name}, dossier #{id}
Edit the values, save, and close the editor. A line that you delete empties its field; a
[[person]] that you delete is removed, one without an id is added. Saved unchanged, or
completely empty, this changes nothing. Undo takes it back."""

_ONE_MORE = """
# To add a person, remove the “# ” from these lines.
# [[person]]
# name = ""
# position = ""
# decides = ""
# phone = ""
# mobile = ""
# email = ""
"""

#: Characters that a terminal would not show as letters; they are written as `\\u…`.
_UNSEEN = re.compile(r"[\r\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class DossierText:
    """The text of a dossier of this id, made of the fields of its card and its people."""

    id: int
    card: Sequence[Field]
    people: Sequence[Field]
    own: OwnFields

    @cached_property
    def written(self) -> str:
        """The text; what a field takes is in a comment next to it."""
        import tomlkit  # noqa: PLC0415  # only where a dossier is opened in an editor
        from tomlkit.items import AoT  # noqa: PLC0415

        text = tomlkit.document()
        name = next(each.text for each in self.card if each.spot == Spot("name"))
        for line in _HEAD.format(id=self.id, name=printable(name)).splitlines():
            text.add(tomlkit.comment(line))
        text.add(tomlkit.nl())
        free = tomlkit.table()
        for each in self.card:
            if each.is_long:
                text.add(tomlkit.nl())
                text.add(_key(each), tomlkit.string(f"{each.text}\n", multiline=True))
            else:
                (free if each.spot.free else text).add(_key(each), _value(each))
        if free:
            text.add(tomlkit.nl())
            text.add(_FREE, free)
        tables = AoT([_person(*theirs) for theirs in _by_person(self.people).items() if theirs[0]])
        if tables:
            text.add(tomlkit.nl())
            text.add(_PEOPLE, tables)
        return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", tomlkit.dumps(text)) + _ONE_MORE

    def read(self, text: str) -> tuple[Edit, ...]:
        """What the edited `text` changes; raises Mistaken for a wrong value, or invalid TOML."""
        reading = _TextReading(text, self.own)
        typed, was = (keys_of(each, decimals_as_text=True) for each in (text, self.written))
        edits = reading.edits(typed, was, self.card, self.people)
        if reading.mistakes:
            raise Mistaken(reading.mistakes)
        return edits


def _person(key: int, theirs: Sequence[Field]) -> Table:
    import tomlkit  # noqa: PLC0415  # see above

    table = tomlkit.table()
    table.add(_ID, tomlkit.item(key).comment("the person's id: leave it"))
    for each in theirs:
        table.add(_key(each), _value(each))
    return table


def _value(field: Field) -> String:
    import tomlkit  # noqa: PLC0415  # see above

    value = tomlkit.string(field.text)
    hint = _HINTS.get(field.spot.name, "") if not field.spot.free else ""
    if field.own:
        hint = printable(": ".join(filter(None, (field.own.takes, field.own.help))))
    if hint:
        value.comment(hint)
    return value


_HINTS = {
    "kind": ", ".join(PLANNED_KINDS),
    "tags": f"with {BETWEEN_TAGS} between",
    "phone": f"several with {BETWEEN_REACHES} between",
    "decides": "yes, no, or nothing where it is not known",
}


def _key(field: Field) -> str:
    """How a field is called in the text: a label as one word, a free field by its name."""
    return field.spot.name if field.spot.free else field.label.replace(" ", "_")


def _by_person(people: Sequence[Field]) -> dict[int, list[Field]]:
    found: dict[int, list[Field]] = {}
    for each in people:
        found.setdefault(each.spot.person or NEW_PERSON, []).append(each)
    return found


@dataclass(slots=True)
class _TextReading:
    """Compares an edited text with the original, and collects all its mistakes."""

    text: str
    own: OwnFields
    mistakes: list[Mistake] = field(default_factory=list)

    def edits(
        self,
        now: Mapping[str, Any],
        before: Mapping[str, Any],
        card: Sequence[Field],
        people: Sequence[Field],
    ) -> tuple[Edit, ...]:
        """The changes: those of the dossier first, then person by person."""
        tables = (_FREE, _PEOPLE)
        plain = [each for each in card if not each.spot.free]
        free = [each for each in card if each.spot.free]
        return (
            *self._of_table(_without(now, tables), _without(before, tables), plain, ()),
            *self._of_table(
                self._table(now.get(_FREE, {}), _FREE), before.get(_FREE, {}), free, (_FREE,)
            ),
            *self._of_people(now.get(_PEOPLE, []), before.get(_PEOPLE, []), people),
        )

    def _table(self, found: object, *place: Key) -> Mapping[str, Any]:
        if isinstance(found, dict):
            return found
        self._wrong(f"{place[0]} is a table: [{place[0]}] with a line for each field", *place)
        return {}

    def _of_table(
        self,
        now: Mapping[str, Any],
        before: Mapping[str, Any],
        known: Sequence[Field],
        place: tuple[Key, ...],
    ) -> Iterator[Edit]:
        called = {_key(each): each for each in known}
        for key in now:
            if key not in called:
                self._wrong(_unknown(key, called), *place, key)
        for key, each in called.items():
            value = now.get(key, "")
            if value == before.get(key, ""):
                continue
            text = self._text(each, value, *place, key)
            if text is not None and text != each.text:
                try:
                    fields.read(each.spot, text, self.own)
                except Unreadable as error:
                    self._wrong(error.sentence, *place, key)
                yield Edit(each.spot, text, each.text)

    def _of_people(
        self, now: object, before: Sequence[Mapping[str, Any]], people: Sequence[Field]
    ) -> Iterator[Edit]:
        if not isinstance(now, list) or not all(isinstance(table, dict) for table in now):
            self._wrong("put each person under its own [[person]]", _PEOPLE)
            return
        known = _by_person(people)
        blank = known.pop(NEW_PERSON, [])
        were = {table[_ID]: table for table in before}
        new = NEW_PERSON
        for number, table in enumerate(now):
            person, place = table.get(_ID), (_PEOPLE, number)
            rest = _without(table, (_ID,))
            if person is None:
                fresh = [Field(Spot(each.spot.name, new), "") for each in blank]
                new -= 1
                yield from self._one_more(rest, fresh, place)
            elif type(person) is int and person in known:
                yield from self._of_table(
                    rest, _without(were.pop(person), (_ID,)), known.pop(person), place
                )
            else:
                self._wrong(
                    f"no person here has the id {str(person)[:20]}, or it is used twice; "
                    "leave the id out to add a person",
                    *place,
                    _ID,
                )
        for theirs in known.values():
            # Every field is an edit, so that what was changed meanwhile is not lost unnoticed.
            yield from (Edit(each.spot, "", each.text) for each in theirs)

    def _one_more(
        self, table: Mapping[str, Any], fresh: Sequence[Field], place: tuple[Key, ...]
    ) -> Iterator[Edit]:
        edits = list(self._of_table(table, {}, fresh, place))
        if any(edit.spot.name == "name" and edit.text.strip() for edit in edits):
            yield from edits
        elif edits:
            self._wrong("a new person needs a name", *place)

    def _text(self, field: Field, value: object, *place: Key) -> str | None:
        """The text of a field, however it is written; None where that is wrong."""
        if isinstance(value, str):
            return value.removesuffix("\n") if field.is_long else value
        is_decides = field.spot.name == "decides" and field.spot.person is not None
        is_yes_no = field.own.type is FieldType.YES_NO if field.own else is_decides
        if isinstance(value, bool) and is_yes_no:
            return "yes" if value else "no"
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            between = BETWEEN_TAGS if field.spot.name == "tags" else BETWEEN_REACHES
            if field.spot.name in ("tags", *fields.REACH_KINDS) and not field.spot.free:
                return f"{between} ".join(value)
        self._wrong(f'{field.label} takes a text in quotes: "…"', *place)
        return None

    def _wrong(self, sentence: str, *place: Key) -> None:
        self.mistakes.append(Mistake(line_of(self.text, *place), sentence))


def _without(table: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _unknown(key: str, known: Mapping[str, Field]) -> str:
    close = get_close_matches(key, known, 1)
    hint = f"did you mean {close[0]}?" if close else "fields are defined in config.toml"
    return f"there is no field {quote(key)}; {hint}"
