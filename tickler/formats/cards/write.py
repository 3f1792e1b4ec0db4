"""A dossier → vCards 3.0 or 4.0: one for the client, one for each of its people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid5

from tickler.core.text import fold
from tickler.core.views import CardView, DossierRow, PersonView, ReachView
from tickler.formats.cards.meanings import FAMILY_FIRST, OWN, OWN_FIELD, OWN_PART


class CardVersion(StrEnum):
    """The versions that are written."""

    THREE = "3.0"
    FOUR = "4.0"


#: A line has no more bytes than this.
_LONGEST = 75

_TO_ESCAPE = re.compile(r"[\\;,\n]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_TYPES = {"mobile": ["cell"], "fax": ["fax"], "phone": ["voice"], "email": ["internet"]}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass
class _Lines:
    """The lines of one card under way."""

    version: CardVersion
    lines: list[str] = field(default_factory=list)
    groups: int = 0

    def add(self, name: str, *parts: str) -> None:
        """A property of these parts, left out where all are empty."""
        if any(parts):
            self.lines.append(f"{name}:{';'.join(map(_escaped, parts))}")

    def reach(self, reach: ReachView) -> None:
        """A number or address, with what it is called."""
        types = list(_TYPES[reach.kind])
        if reach.kind == "email" and self.version is CardVersion.FOUR:
            types = []
        own = reach.label
        if fold(own) in ("work", "home", "pager"):
            types.append(fold(own))
            own = ""
        name = "EMAIL" if reach.kind == "email" else "TEL"
        typed = f"{name};TYPE={','.join(types)}" if types else name
        if not own:
            self.add(typed, reach.value)
            return
        self.groups += 1
        self.add(f"item{self.groups}.{typed}", reach.value)
        self.add(f"item{self.groups}.X-ABLabel", own)

    def birthday(self, text: str) -> None:
        """A birthday, where a field has one that a telephone understands."""
        if _DAY.fullmatch(text):
            self.add("BDAY", text)

    def text(self) -> str:
        """The whole card."""
        return "".join(map(_folded, ("BEGIN:VCARD", *self.lines, "END:VCARD")))


def cards(row: DossierRow, card: CardView, binder: str, version: CardVersion) -> Iterator[str]:
    """The cards of a dossier; `binder` is the identity of its binder, in 32 hex digits.

    A client who is the only person there, with all of its numbers and no notes apart, has one
    card. A UID stays the same as long as the dossier or person is in this binder.
    """
    namespace = UUID(hex=binder)
    client = str(uuid5(namespace, f"dossier {row.id}"))
    alone = next(iter(row.people), None)
    apart = row.reaches or len(row.people) > 1 or (alone and alone.notes)
    if apart or (alone and fold(alone.name) != fold(row.name)):
        alone = None
    lines = _begun(version, client, "person" if alone else "client", client)
    yield _client(lines, row, card, alone)
    if alone is None:
        for person in row.people:
            own = str(uuid5(namespace, f"person {person.id}"))
            yield _person(_begun(version, own, "person", client), person, row, card)


def _begun(version: CardVersion, uid: str, part: str, client: str) -> _Lines:
    lines = _Lines(version)
    lines.add("VERSION", version)
    lines.add("PRODID", "-//tickler//EN")
    lines.add("UID", f"urn:uuid:{uid}" if version is CardVersion.FOUR else uid)
    lines.add(OWN_PART, part, client)
    return lines


def _client(lines: _Lines, row: DossierRow, card: CardView, alone: PersonView | None) -> str:
    if lines.version is CardVersion.FOUR:
        lines.add("KIND", "individual" if alone else "org")
    lines.add("FN", row.name)
    if alone:
        lines.lines.append(f"N:{';'.join(map(_escaped, _name_parts(row.name)))}")
        lines.add("TITLE", alone.position)
    else:
        lines.lines.append("N:;;;;")
        lines.add("ORG", row.name)
        if lines.version is CardVersion.THREE:
            lines.add("X-ABShowAs", "COMPANY")
    for reach in alone.reaches if alone else row.reaches:
        lines.reach(reach)
    home = "" if alone else ";TYPE=work"
    address = (card.street, card.city, card.region, card.postcode, card.country)
    if any(address):
        lines.add(f"ADR{home}", "", "", *address)
    lines.add("URL", card.website)
    lines.add("TZ", card.time_zone)
    lines.add("NOTE", card.notes)
    _tags(lines, row)
    for name, column in OWN.items():
        lines.add(name, getattr(card, column))
    for label, text in card.fields.items():
        lines.add(OWN_FIELD, label, text)
    if alone:
        lines.birthday(card.fields.get("Birthday", ""))
    return lines.text()


def _person(lines: _Lines, person: PersonView, row: DossierRow, card: CardView) -> str:
    lines.add("FN", person.name)
    lines.lines.append(f"N:{';'.join(map(_escaped, _name_parts(person.name)))}")
    lines.add("ORG", row.name)
    lines.add("TITLE", person.position)
    for reach in person.reaches:
        lines.reach(reach)
    lines.add("NOTE", person.notes)
    _tags(lines, row)
    lines.birthday(card.fields.get(f"Birthday of {person.name}", ""))
    return lines.text()


def _tags(lines: _Lines, row: DossierRow) -> None:
    if row.tags:
        lines.lines.append(f"CATEGORIES:{','.join(map(_escaped, row.tags))}")


def _name_parts(name: str) -> tuple[str, ...]:
    """Family name and given ones, as far as a name shows which is which."""
    words = name.split()
    if len(words) < 2:  # one name alone
        return name, "", "", "", ""
    if all(ord(letter) in FAMILY_FIRST for letter in words[0]):
        return words[0], " ".join(words[1:]), "", "", ""
    return words[-1], " ".join(words[:-1]), "", "", ""


def _escaped(text: str) -> str:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _TO_ESCAPE.sub(lambda hit: _ESCAPED[hit[0]], _CONTROL.sub(" ", unix))


def _folded(line: str) -> str:
    """The line and its end; broken where it is too long, never inside a letter."""
    if len(line) <= _LONGEST and line.isascii():
        return f"{line}\r\n"
    pieces: list[str] = []
    start = size = 0
    for place, letter in enumerate(line):
        width = len(letter.encode())
        if size + width > _LONGEST:
            pieces.append(line[start:place])
            start, size = place, 1  # the blank that a broken line goes on with
        size += width
    return "\r\n ".join((*pieces, line[start:])) + "\r\n"
