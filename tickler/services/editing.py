"""Editing: writing over what a dossier says, field by field. Nothing here moves a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlmodel import col, select

from tickler.core import fields, intervals, repeat
from tickler.core.contacts import Kind
from tickler.core.fields import BETWEEN_REACHES, BETWEEN_TAGS, NEW_PERSON, Edit, Spot
from tickler.core.text import fold, harmless, storable
from tickler.core.views import DossierView, Receipt, Remark
from tickler.desk import Work
from tickler.errors import Busy, NotFound, Unreadable
from tickler.models import Card, Dossier, Person, Reach, ReachKind, Tag
from tickler.services import dossiers, filing, finding, placing


def edit(work: Work, key: int, edits: Sequence[Edit]) -> Receipt:
    """Write fields of a dossier over. A person whose name is emptied is taken off.

    Raises Unreadable where a field does not take its text, NotFound where there is no such
    field, Busy where it no longer says what the rep saw when writing it over.
    """
    view = dossiers.whole(work, key)
    present = {known.spot: known.text for known in fields.every(view)}
    changed = [edit for edit in edits if _is_changed(present, edit)]
    pen = _Pen(work, placing.the_dossier(work, key))
    for each in changed:
        if each.spot.person is None:
            pen.own(each.spot, each.text)
    for person in dict.fromkeys(e.spot.person for e in changed if e.spot.person is not None):
        pen.person(person, {e.spot.name: e.text for e in changed if e.spot.person == person})
    pen.check()
    said = f"{harmless(view.row.name)}: {_told(view, changed)}"
    work.summary = said
    return placing.receipt(work, said, [view.row], pen.warnings, action="edit")


def _is_changed(present: dict[Spot, str], edit: Edit) -> bool:
    """Whether it says anything new; checks that it may be written over so."""
    if edit.spot not in present:
        raise NotFound(f"there is no field “{harmless(edit.spot.name)}” on this dossier")
    now = present[edit.spot]
    if edit.text == now:
        return False
    if edit.was is not None and edit.was != now:
        raise Busy(
            f"{harmless(edit.spot.name)} was changed meanwhile, to “{harmless(now)}”; "
            "nothing was written over"
        )
    fields.check(edit.spot, edit.text)
    return True


def _told(view: DossierView, changed: Sequence[Edit]) -> str:
    """`city, Anna Berg's phone changed; Ida Ost added`."""
    names = {person.id: harmless(person.name) for person in view.row.people}
    named = [edit for edit in changed if edit.spot.name == "name"]
    new = [harmless(edit.text) for edit in named if edit.spot.person == NEW_PERSON]
    off = [edit.spot.person for edit in named if edit.spot.person and not edit.text.strip()]
    fields_of = [edit.spot for edit in changed if edit.spot.person not in (NEW_PERSON, *off)]
    written = [
        harmless(spot.name) if spot.person is None else f"{names[spot.person]}'s {spot.name}"
        for spot in fields_of
    ]
    told = [
        *([f"{', '.join(written)} changed"] if written else []),
        *(f"{name} added" for name in new),
        *(f"{names[person]} taken off" for person in off if person),
    ]
    return "; ".join(told) or "nothing changed"


@dataclass(slots=True)
class _Pen:
    """Writes fields of one dossier over, and remembers what must be warned of."""

    work: Work
    dossier: Dossier
    warnings: list[Remark] = field(default_factory=list)

    @property
    def _key(self) -> int:
        return self.dossier.id or 0

    def _line(self, text: str, name: str) -> str:
        return placing.line(text, name, self.warnings)

    def own(self, spot: Spot, text: str) -> None:
        """Write a field of the dossier itself, or of its card."""
        card = self.work.session.get_one(Card, self.dossier.card_id)
        if spot.free:
            kept = {**card.fields, spot.name: self._line(text, spot.name)}
            card.fields = {name: value for name, value in kept.items() if value}
        elif spot.name == "notes":
            card.notes = storable(text).strip()
        elif spot.name in fields.CARD_FIELDS:
            setattr(card, spot.name, self._line(text, spot.name))
        elif spot.name in fields.REACH_KINDS:
            self._reaches(None, ReachKind(spot.name), text)
        elif spot.name == "tags":
            self._tags(text)
        elif spot.name == "kind":
            self.dossier.next_kind = Kind(text.strip()) if text.strip() else None
        elif spot.name == "every":
            start = self.dossier.next_on or self.work.today
            self.dossier.every = repeat.kept(text, start) if text.strip() else ""
        elif spot.name in fields.LIMIT_FIELDS:
            interval = str(repeat.read_interval(text)) if text.strip() else ""
            setattr(self.dossier, spot.name, interval)
        elif spot.name == "what":
            self.dossier.next_what = self._line(text, "what to do")
        else:
            self.dossier.name = self._line(text, "the name")
            self.dossier.folded = fold(self.dossier.name)
            self.warnings += finding.named_like_an_id(self.dossier.name, self._key)

    def check(self) -> None:
        """Raise Unreadable where what was written does not go together."""
        intervals.check_order(intervals.read_limits(self.dossier.ideal, self.dossier.longest))

    def person(self, person_id: int, theirs: Mapping[str, str]) -> None:
        """Write a person's fields, make a new one, or take off whose name is emptied."""
        name = self._line(theirs.get("name", ""), "the name")
        if person_id == NEW_PERSON:
            if not name:
                raise Unreadable("a new person needs a name")
            person = Person(dossier_id=self._key, name=name, folded=fold(name))
            self.work.session.add(person)
            self.work.session.flush()
        else:
            person = self.work.session.get_one(Person, person_id)
            if "name" in theirs and not name:
                self._take_off(person)
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
        """Keep what is there still, with its label; take off what is not, and add what is new."""
        typed = fields.parts(text, BETWEEN_REACHES)
        wanted = [self._line(value, kind.value) for value in typed]
        here = select(Reach).where(
            col(Reach.dossier_id) == self._key,
            col(Reach.person_id) == person,
            col(Reach.kind) == kind,
        )
        for reach in self.work.session.exec(here).all():
            if reach.value in wanted:
                wanted.remove(reach.value)
            else:
                self.work.session.delete(reach)
        new = (filing.reach_of(self._key, kind, value, person) for value in wanted)
        self.work.session.add_all(new)

    def _take_off(self, person: Person) -> None:
        self.work.session.flush()
        theirs = delete(Reach).where(col(Reach.person_id) == person.id)
        self.work.connection.execute(theirs)
        self.work.session.delete(person)


def person_called(work: Work, key: int, name: str) -> int:
    """The id of a dossier's person: by whole name, else by a word of it; raises NotFound."""
    wanted = fold(name)
    people = dossiers.by_id(work, key).people
    for fits in (_is_called, _has_word):
        found = [person.id for person in people if fits(fold(person.name), wanted)]
        if len(found) == 1:
            return found[0]
    known = ", ".join(harmless(person.name) for person in people) or "nobody yet"
    raise NotFound(f"who is “{harmless(name)}”? known: {known}")


def _is_called(name: str, wanted: str) -> bool:
    return name == wanted


def _has_word(name: str, wanted: str) -> bool:
    return bool(wanted) and wanted in name.split()
