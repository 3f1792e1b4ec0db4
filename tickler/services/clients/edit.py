"""Editing: changing what a dossier says, field by field. Nothing here moves a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import delete, update
from sqlmodel import col, select

from tickler.core.client import fields
from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import BETWEEN_REACHES, BETWEEN_TAGS, NEW_PERSON, Edit, Field, Spot
from tickler.core.contact import intervals
from tickler.core.contact.kinds import Kind, ReachKind
from tickler.core.dates.repeat import kept_every, read_interval
from tickler.core.remark import Remark
from tickler.core.text import fold, quote, storable
from tickler.core.views import DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import NotFound, Refused, Unreadable
from tickler.models import Card, Dossier, Entry, Person, Reach, Tag
from tickler.services.clients import find, read, seen, shared_card
from tickler.services.filing import file, place

#: No more of a text is quoted in a sentence.
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Writable:
    """What can be edited on a dossier: its card's fields and its people's; `own` reads them."""

    row: DossierRow
    card: tuple[Field, ...]
    people: tuple[Field, ...]
    own: OwnFields

    @property
    def every(self) -> tuple[Field, ...]:
        """All fields of the dossier."""
        return (*self.card, *self.people)


def writable(work: Work, key: int) -> Writable:
    """The fields of a dossier, those that are defined included; raises NotFound."""
    view = read.whole(work, key, most_entries=0)
    own = read.own_fields(work)
    card, people = fields.of_card(view, own.defined), fields.of_people(view)
    return Writable(view.row, card, people, own)


def edit(work: Work, key: int, edits: Sequence[Edit]) -> Receipt:
    """Edit fields of a dossier. A person whose name is emptied is deleted.

    Raises Unreadable where a field does not take its text, NotFound where there is no such
    field, Busy where it no longer says what the rep saw when editing it, Refused for people of a
    note of one's own.
    """
    sheet = writable(work, key)
    if sheet.row.is_note and any(each.spot.is_new and each.text.strip() for each in edits):
        raise Refused(f"{sheet.row.name} is a note of your own: it has no people")
    present = {known.spot: known.text for known in sheet.every}
    typed = [(each, _read(present, each, sheet.own)) for each in edits]
    changed = [(each, new) for each, new in typed if new.text != present.get(new.spot, "")]
    writer = _FieldWriter(work, place.get_dossier(work, key))
    written = [new for _, new in changed]
    for each in written:
        if each.spot.person is None:
            writer.own(each.spot, each.text)
    for person in dict.fromkeys(e.spot.person for e in written if e.spot.person is not None):
        writer.person(person, {e.spot.name: e.text for e in written if e.spot.person == person})
    writer.check()
    before = [sheet.row]
    text = f"{sheet.row.name}: {_summary(sheet.row, changed)}"
    if sheet.row.linked and any(fields.is_of_card(each.spot) for each in written):
        before += read.by_ids(work, [each.id for each in sheet.row.linked])
        text += f", on {place.names(before[1:])} too"
    work.summary = text
    return place.receipt(work, text, before, writer.warnings, action="edit")


def _read(present: Mapping[Spot, str], edit: Edit, own: OwnFields) -> Edit:
    """The edit with its text as it is stored; checks that it may be made."""
    spot = edit.spot
    one_more = spot.is_new and spot.name in fields.PERSON_FIELDS
    if spot not in present and not one_more:
        raise NotFound(f"there is no field “{spot.label}” on this dossier")
    now = present.get(spot, "")
    if edit.text == now:
        return edit
    if edit.was is not None:
        shown = quote(now, _LONGEST_QUOTE)
        seen.refuse_changed(spot.label, edit.was, now, "overwritten", to=shown)
    return replace(edit, text=fields.read(spot, edit.text, own))


def _summary(row: DossierRow, changed: Sequence[tuple[Edit, Edit]]) -> str:
    """`city, Anna Berg's phone changed; Ida Ost added`."""
    names = {person.id: person.name for person in row.people}
    named = [new for _, new in changed if new.spot.name == "name" and new.spot.person is not None]
    added = [new.text for new in named if new.spot.is_new]
    off = [new.spot.person for new in named if not (new.spot.is_new or new.text.strip())]
    written = [
        _written(typed, new, names)
        for typed, new in changed
        if not new.spot.is_new and (new.spot.person is None or new.spot.person not in off)
    ]
    parts = [
        *([f"{', '.join(written)} changed"] if written else []),
        *(f"{name} added" for name in added),
        *(f"{names[person]} removed" for person in off if person),
    ]
    return "; ".join(parts) or "nothing changed"


def _written(typed: Edit, new: Edit, names: Mapping[int, str]) -> str:
    """Which field; in brackets what it was read as, where that is not what was typed."""
    whose = "" if new.spot.person is None else f"{names[new.spot.person]}'s "
    meant = fields.meaning(new.spot, new.text).strip()
    taken = f" ({meant})" if meant != typed.text.strip() else ""
    return f"{whose}{new.spot.label}{taken}"


@dataclass(slots=True)
class _FieldWriter:
    work: Work
    dossier: Dossier
    warnings: list[Remark] = field(default_factory=list)

    @property
    def _key(self) -> int:
        return self.dossier.id or 0

    def _line(self, text: str, name: str) -> str:
        return place.line(text, name, self.warnings)

    def own(self, spot: Spot, text: str) -> None:
        """Write a field of the dossier itself, or of its card."""
        card = self.work.session.get_one(Card, self.dossier.card_id)
        if spot.free:
            kept = {**card.fields, spot.name: self._line(text, spot.label)}
            card.fields = {name: value for name, value in kept.items() if value}
        elif spot.name == "notes":
            card.notes = storable(text).strip()
        elif spot.name in fields.CARD_FIELDS:
            setattr(card, spot.name, self._line(text, spot.label))
        elif spot.name in fields.REACH_KINDS:
            self._reaches(None, ReachKind(spot.name), text)
        elif spot.name == "tags":
            self._tags(text)
        elif spot.name == "kind":
            place.plan_kind(self.dossier, Kind(text.strip()) if text.strip() else None, chosen=True)
        elif spot.name == "every":
            start = self.dossier.next_on or self.work.today
            self.dossier.every = kept_every(text, start) if text.strip() else ""
        elif spot.name in fields.LIMIT_FIELDS:
            interval = str(read_interval(text)) if text.strip() else ""
            setattr(self.dossier, spot.name, interval)
        elif spot.name == "what":
            self.dossier.next_what = self._line(text, "what to do")
        else:
            name = self._line(text, "the name")
            if not name:
                raise Unreadable("a dossier needs a name")
            if fold(name) != self.dossier.folded:
                find.refuse_taken(self.work, name, own=self._key)
            self.dossier.name = name
            self.dossier.folded = fold(self.dossier.name)
            self.warnings += find.named_like_an_id(self.dossier.name, self._key)
            same = find.namesakes(self.work, name)
            self.warnings += find.alike([each for each in same if each[0] != self._key])

    def check(self) -> None:
        """Raise Unreadable where what was written does not go together."""
        intervals.check_order(intervals.read_limits(self.dossier.ideal, self.dossier.longest))

    def person(self, person_id: int, theirs: Mapping[str, str]) -> None:
        """Write a person's fields, make a new one, or take off whose name is emptied."""
        name = self._line(theirs.get("name", ""), "the name")
        if person_id <= NEW_PERSON:
            if not name:
                raise Unreadable("a new person needs a name")
            person = Person(dossier_id=self._key, name=name, folded=fold(name))
            self.work.session.add(person)
            self.work.session.flush()
        else:
            person = self.work.session.get_one(Person, person_id)
            if "name" in theirs and not name:
                self.work.session.flush()
                theirs_too = delete(Reach).where(col(Reach.person_id) == person.id)
                self.work.connection.execute(theirs_too)
                with_them = update(Entry).where(col(Entry.person_id) == person.id)
                self.work.connection.execute(with_them.values(person_id=None))
                self.work.session.delete(person)
                return
        if name:
            person.name, person.folded = name, fold(name)
        for field_name, text in theirs.items():
            if field_name in fields.REACH_KINDS:
                self._reaches(person.id, ReachKind(field_name), text)
            elif field_name == "decides":
                person.decides = fields.decides(text)
            elif field_name != "name":
                setattr(person, field_name, self._line(text, field_name))

    def _tags(self, text: str) -> None:
        wanted = [self._line(tag, "the tag") for tag in fields.parts(text, BETWEEN_TAGS)]
        here = select(Tag).where(col(Tag.dossier_id) == self._key)
        for tag in self.work.session.exec(here).all():
            if tag.name in wanted:
                wanted.remove(tag.name)
            else:
                self.work.session.delete(tag)
        new = (Tag(dossier_id=self._key, name=tag, folded=fold(tag)) for tag in wanted)
        self.work.session.add_all(new)

    def _reaches(self, person: int | None, kind: ReachKind, text: str) -> None:
        """Keep what is still there, with its label; delete what is not, and add what is new."""
        typed = fields.parts(text, BETWEEN_REACHES)
        wanted = [self._line(value, kind.value) for value in typed]
        # The card's own are kept on any of the dossiers that share it.
        holders = [self._key] if person else shared_card.sharers(self.work, self._key)
        here = select(Reach).where(
            col(Reach.dossier_id).in_(holders),
            col(Reach.person_id) == person,
            col(Reach.kind) == kind,
        )
        for reach in self.work.session.exec(here).all():
            if reach.value in wanted:
                wanted.remove(reach.value)
            else:
                self.work.session.delete(reach)
        new = (file.reach_of(self._key, kind, value, person) for value in wanted)
        self.work.session.add_all(new)
