"""Who a row of a list is, and what it adds to a client; nothing is overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.client.merge import keep
from tickler.core.contact.kinds import Kind
from tickler.core.filing.slots import NextContact
from tickler.core.text import fold, reach_key, same_reach
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, PersonRow
from tickler.services.filing import place

#: The columns of a card that a list fills; what contradicts them is kept as a free field.
CARD_COLUMNS = tuple(column for column in CARD_FIELDS if column != "notes")


@dataclass(slots=True)
class Client:
    """A client of the list or of the binder, with what the list adds.

    `held` are the numbers and addresses as they are matched, each with the folded name of the
    person who has it, None being the client itself. `dealt`: it was given a day as a first call.
    """

    name: str
    card: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    held: set[tuple[str | None, str]] = field(default_factory=set)
    people: dict[str, int | None] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    id: int | None = None
    closed: bool = False
    personal: bool = False
    next: NextContact = place.NO_DATE
    kind: Kind | None = None
    unread: bool = False
    last_contact: datetime | None = None
    changed: bool = False
    dealt: bool = False
    fresh: bool = True
    new_people: list[PersonRow] = field(default_factory=list)
    new_reaches: list[tuple[str | None, ReachView]] = field(default_factory=list)
    new_tags: list[str] = field(default_factory=list)

    def is_elsewhere(self, row: ClientRow) -> bool:
        """Whether the row names another place."""
        return any(
            fold(mine) != fold(theirs)
            for mine, theirs in (
                (self.card.get("postcode", ""), row.postcode),
                (self.card.get("city", ""), row.city),
            )
            if mine and theirs
        )

    def is_here(self, row: ClientRow) -> bool:
        """Whether the row names the same place, to the street."""
        mine = (self.card.get("city", ""), self.card.get("street", ""))
        return all(mine) and tuple(map(fold, mine)) == (fold(row.city), fold(row.street))

    def shares(self, keys: set[str]) -> bool:
        """Whether an e-mail or number is the client's too, however it is written."""
        return any(same_reach(mine, theirs) for _, mine in self.held for theirs in keys)

    def holds(self, holder: str | None, key: str) -> bool:
        """Whether the person has that number, or, for the client's own, whether anybody has.

        Colleagues share a number, and each is reached under it.
        """
        return any(same_reach(mine, key) for who, mine in self.held if holder in (None, who))

    def differs(self, keys: set[str]) -> bool:
        """Whether both have e-mails, or both have numbers: then others, for none is shared."""
        mine = {"@" in key for _, key in self.held}
        theirs = {"@" in key for key in keys}
        return not mine.isdisjoint(theirs)

    def knows(self, row: ClientRow) -> bool:
        """Whether the row tells nothing new of this client."""
        trial = replace(
            self,
            card=dict(self.card),
            fields=dict(self.fields),
            held=set(self.held),
            people=dict(self.people),
            tags=set(self.tags),
            new_people=[],
            new_reaches=[],
            new_tags=[],
        )
        return next(iter(trial.merge(row)), None) is None

    def merge(self, row: ClientRow) -> Iterable[str]:
        """Take over what is new in the row; yields the name of each thing that was new."""
        for person in row.people:
            if fold(person.name) not in self.people:
                self.people[fold(person.name)] = None
                self.new_people.append(person)
                yield person.name
        for holder, reach in reaches_of(row):
            key = _key_of(reach)
            if not self.holds(holder, key):
                self.held.add((holder, key))
                self.new_reaches.append((holder, reach))
                yield reach.value
        for tag in row.tags:
            if fold(tag) not in self.tags:
                self.tags.add(fold(tag))
                self.new_tags.append(tag)
                yield f"tag {tag}"
        yield from self._merge_card(row)

    def _merge_card(self, row: ClientRow) -> Iterable[str]:
        for column in CARD_COLUMNS:
            value = getattr(row, column)
            if value and not self.card.get(column):
                self.card[column] = value
                yield label_of(column)
            elif (
                value
                and fold(value) != fold(self.card[column])
                and keep(self.fields, label_of(column).capitalize(), value, first=2)
            ):
                yield label_of(column)
        notes = self.card.get("notes", "")
        if row.notes and f"\n{row.notes}\n" not in f"\n{notes}\n":
            self.card["notes"] = "\n".join(filter(None, [notes, row.notes]))
            yield "notes"
        for header, value in row.fields:
            if keep(self.fields, header, value):
                yield header


def match(known: Iterable[Client], row: ClientRow) -> Client | None:
    """The client of the row's name that the row is about, if there is one.

    Who knows all of it already is the one: so a list read twice adds nothing the second time.
    Then an e-mail or number in common decides. Else it is the one whom nothing distinguishes from
    the row: no other place, and no e-mails or no numbers that differ, unless the row tells of
    another person there; where that holds for several, none of them is guessed.
    """
    known = list(known)
    for client in known:
        if client.knows(row):
            return client
    keys = keys_of(row)
    for client in known:
        if client.shares(keys):
            return client
    alike = [client for client in known if _could_be(client, row, keys)]
    return alike[0] if len(alike) == 1 else None


def _could_be(client: Client, row: ClientRow, keys: set[str]) -> bool:
    if client.is_elsewhere(row):
        return False
    colleague = row.person is not None and not (is_personal(row) or client.personal)
    return colleague or client.is_here(row) or not client.differs(keys)


def is_personal(row: ClientRow) -> bool:
    """Whether the dossier is that of a person, not of a company."""
    return row.person is not None and fold(row.person.name) == fold(row.name)


def keys_of(row: ClientRow) -> set[str]:
    """What the row's numbers and addresses are matched by; many share a fax or an `ask`."""
    keys = {_key_of(reach) for _, reach in reaches_of(row) if reach.kind != "fax"}
    return {key for key in keys if "@" in key or any(c.isdigit() for c in key)}


def reaches_of(row: ClientRow) -> Iterable[tuple[str | None, ReachView]]:
    """The row's numbers and addresses, each with the folded name of the person who has it."""
    yield from ((None, reach) for reach in row.reaches)
    for person in row.people:
        yield from ((fold(person.name), reach) for reach in person.reaches)


def _key_of(reach: ReachView) -> str:
    return reach_key(reach.kind, reach.value)
