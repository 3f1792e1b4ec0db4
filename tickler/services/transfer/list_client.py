"""A client of a list or of the binder, and what a list adds to it; nothing is overwritten."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tickler.core.client.fields import CARD_FIELDS
from tickler.core.contact.kinds import Direction, Kind, Status
from tickler.core.contact.salutations import person_key
from tickler.core.filing.slots import NextContact
from tickler.core.text import fold, same_reach
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, PersonRow
from tickler.services.filing import place
from tickler.services.transfer.list_history import EntryKey, NewEntry, NewSlip, SlipKey
from tickler.services.transfer.list_reaches import HeldReach

#: The columns of a card that a list fills; what contradicts them is kept as a free field.
CARD_COLUMNS = tuple(column for column in CARD_FIELDS if column != "notes")

_LAST_CONTACT = "last contact, as the imported list has it"


@dataclass(slots=True)
class Client:
    """A client of the list or of the binder, with what the list adds.

    `fresh`: the list itself brought it. `dated_by`: of whom the row was that gave it its date in
    this import. `unread`: a date of the list could not be read. `contacts` are the days on which
    it was contacted, `lines` what its history says, `entries` and `noted` by what its history and
    slips are known, `slips` when they are or were due; of a client of the binder only as far as the
    rows at hand ask for them. People are known by their `person_key`;
    `called` are their names, `remarks` their notes.
    """

    name: str
    card: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    held: set[HeldReach] = field(default_factory=set)
    people: dict[str, int | None] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    positions: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    contacts: set[date] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    slips: set[tuple[date, time | None]] = field(default_factory=set)
    entries: set[EntryKey] = field(default_factory=set)
    noted: set[SlipKey] = field(default_factory=set)
    id: int | None = None
    closed: bool = False
    personal: bool = False
    next: NextContact = place.NO_DATE
    next_kind: Kind | None = None
    next_what: str = ""
    every: str = ""
    status: Status = Status.OPEN
    ideal: str = ""
    longest: str = ""
    dated_by: frozenset[str] | None = None
    unread: bool = False
    changed: bool = False
    fresh: bool = True
    new_people: list[PersonRow] = field(default_factory=list)
    new_reaches: list[tuple[str | None, ReachView]] = field(default_factory=list)
    new_tags: list[str] = field(default_factory=list)
    new_positions: dict[str, str] = field(default_factory=dict)
    new_remarks: dict[str, str] = field(default_factory=dict)
    new_slips: list[NewSlip] = field(default_factory=list)
    new_entries: list[NewEntry] = field(default_factory=list)

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

    def shares(self, keys: Collection[str]) -> bool:
        """Whether an e-mail or number is the client's too, however it is written."""
        return any(same_reach(mine.key, theirs) for mine in self.held for theirs in keys)

    def holds(self, wanted: HeldReach) -> bool:
        """Whether the person has that number, or, for the client's own, whether anybody has.

        Colleagues share a number, and each is reached under it. A fax and an extension of one's
        own are other numbers.
        """
        if not self.held:
            return False
        if wanted in self.held:
            return True
        return any(
            mine.is_fax == wanted.is_fax
            and wanted.holder in (None, mine.holder)
            and wanted.extension in ("", mine.extension)
            and same_reach(mine.key, wanted.key)
            for mine in self.held
        )

    def differs(self, keys: Collection[str], *, of_company: bool) -> bool:
        """Whether both have e-mails, or both have numbers: then others, for none is shared.

        The numbers `of_company` are no others than those of its people.
        """
        whose = (held for held in self.held if held.holder is None or not of_company)
        mine = {"@" in held.key for held in whose}
        theirs = {"@" in key for key in keys}
        return not mine.isdisjoint(theirs)

    def is_taken(self, found: NextContact) -> bool:
        """Whether a date of the list lies here: as the next contact, or on a slip.

        The next contact can say more than the list: the time.
        """
        return self.is_next(found) or bool(found.on and (found.on, found.at) in self.slips)

    def is_next(self, found: NextContact) -> bool:
        """Whether a date of the list is the next contact."""
        mine = self.next
        return (found.on, found.month) == (mine.on, mine.month) and (
            (found.at, found.half) in ((None, None), (mine.at, mine.half))
        )

    def take_person(self, person: PersonRow) -> None:
        key = person_key(person.name)
        self.people[key], self.called[key] = None, person.name
        self.personal = self.personal or key == person_key(self.name)
        self.positions[key] = person.position
        self.remarks[key] = person.notes
        self.new_people.append(person)

    def take_reach(self, held: HeldReach, reach: ReachView) -> None:
        self.held.add(held)
        self.new_reaches.append((held.holder, reach))

    def take_tag(self, tag: str) -> None:
        self.tags.add(fold(tag))
        self.new_tags.append(tag)

    def take_line(self, line: str) -> None:
        self.lines.add(line)
        self.new_entries.append(NewEntry(Kind.NOTE, line))

    def take_next(self, found: NextContact, people: frozenset[str]) -> None:
        self.next, self.dated_by = found, people

    def take_next_slip(self, slip: NewSlip) -> None:
        self.slips.add((slip.on, slip.at))
        self.take_slip(slip)

    def take_slip(self, slip: NewSlip) -> None:
        self.noted.add(slip.key)
        self.new_slips.append(slip)

    def take_entries(self, known: set[EntryKey], new: list[NewEntry]) -> None:
        self.entries = known
        self.new_entries += new

    def take_last(self, day: date, at: datetime, person: str | None) -> None:
        self.contacts.add(day)
        # A contact that a list tells of is no work of the rep's in any review.
        way = Direction.OTHERS
        self.new_entries.append(NewEntry(Kind.OTHER, _LAST_CONTACT, at, person, direction=way))


def is_personal(row: ClientRow) -> bool:
    """Whether the dossier is that of a person, not of a company."""
    people = row.people
    return bool(people) and person_key(row.name) in [person_key(each.name) for each in people]
