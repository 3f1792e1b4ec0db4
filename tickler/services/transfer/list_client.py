"""A client of a list or of the binder, and what a row adds to it; nothing is overwritten."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import NamedTuple

from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.client.merge import free_label
from tickler.core.contact.kinds import Direction, Kind, Status
from tickler.core.dates.repeat import every_in_words
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.text import LONGEST_LINE, fold, quote, same_reach
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, PersonRow
from tickler.services.filing import place
from tickler.services.transfer import list_history, list_reaches
from tickler.services.transfer.list_dates import NONE, ListDates
from tickler.services.transfer.list_history import EntryKey, NewEntry, NewSlip, SlipKey
from tickler.services.transfer.list_reaches import HeldReach

#: The columns of a card that a list fills; what contradicts them is kept as a free field.
CARD_COLUMNS = tuple(column for column in CARD_FIELDS if column != "notes")

_LAST_CONTACT = "last contact, as the imported list has it"

_COLUMN_LABELS = {column: label_of(column) for column in CARD_COLUMNS}


class News(NamedTuple):
    """Something that a row tells of a client; `take` takes it over, `kept` beside what differs."""

    said: str
    take: Callable[[], None]
    kept: bool = False


@dataclass(slots=True)
class Client:
    """A client of the list or of the binder, with what the list adds.

    `fresh`: the list itself brought it. `dated_by`: of whom the row was that gave it its date in
    this import. `unread`: a date of the list could not be read. `contacts` are the days on which
    it was contacted, `lines` what its history says, `entries` and `noted` by what its history and
    slips are known, `slips` when they are or were due; of a client of the binder only as far as the
    rows at hand ask for them. `remarks` are the notes of its people.
    """

    name: str
    card: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    held: set[HeldReach] = field(default_factory=set)
    people: dict[str, int | None] = field(default_factory=dict)
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

    @classmethod
    def of(cls, row: ClientRow, dates: ListDates) -> "Client":
        """A new client with all that the row tells, as `merge` takes it with words for each."""
        client = cls(
            row.name,
            personal=is_personal(row),
            closed=row.status is not Status.OPEN,
            status=row.status,
            ideal=row.ideal,
            longest=row.longest,
        )
        if len(row.people) > 1 or len(dict(row.fields)) < len(row.fields):
            client.merge(row, dates)
            return client
        for person in row.people:
            client._take_person(person)
        for holder, reach in list_reaches.reaches_of(row):
            if not client.holds(held := list_reaches.held(holder, reach)):
                client._take_reach(held, reach)
        for tag in row.tags:
            if fold(tag) not in client.tags:
                client._take_tag(tag)
        columns = (*CARD_COLUMNS, "notes")
        client.card = {name: value for name in columns if (value := getattr(row, name))}
        client.fields = dict(row.fields)
        if dates.next and not client.closed:
            client._take_next(dates.next, frozenset(fold(each.name) for each in row.people))
        if dates.last:
            client._take_last(*dates.last, _with_whom(row))
        for news in client._news_of_time(row, dates):
            news.take()
        return client

    def knows(self, row: ClientRow, dates: ListDates) -> bool:
        """Whether the row tells nothing new of this client."""
        return next(self._news(row, dates), None) is None

    def merge(self, row: ClientRow, dates: ListDates) -> list[News]:
        """Take over what is new in the row, and return what that was."""
        taken: list[News] = []
        for news in self._news(row, dates):
            news.take()
            taken.append(news)
        return taken

    def is_taken(self, found: NextContact) -> bool:
        """Whether a date of the list lies here: as the next contact, or on a slip.

        The next contact can say more than the list: the time.
        """
        return self._is_next(found) or bool(found.on and (found.on, found.at) in self.slips)

    def _is_next(self, found: NextContact) -> bool:
        mine = self.next
        return (found.on, found.month) == (mine.on, mine.month) and (
            (found.at, found.half) in ((None, None), (mine.at, mine.half))
        )

    def _news(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        """What is new, one after another: each has to be taken before the next is looked for."""
        for person in row.people:
            yield from self._news_of_person(person)
        for holder, reach in list_reaches.reaches_of(row):
            held = list_reaches.held(holder, reach)
            if not self.holds(held):
                yield News(reach.value, partial(self._take_reach, held, reach))
        for tag in row.tags:
            if fold(tag) not in self.tags:
                yield News(f"tag {tag}", partial(self._take_tag, tag))
        yield from self._news_of_card(row)
        yield from self._news_of_time(row, dates)

    def _news_of_time(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        """What is new of its dates, its history and its slips."""
        if dates is not NONE:
            yield from self._news_of_next(row, dates)
            yield from self._news_of_last(row, dates)
        if row.next_what or row.next_kind or dates.every or dates.every_why:
            yield from self._news_of_plan(row, dates)
        for line in row.history:
            if line not in self.lines:
                yield News(f"the line “{line}”", partial(self._take_line, line))
        if row.entries:
            yield from self._news_of_entries(row)
        for slip in map(list_history.slip_of, row.slips):
            if slip.key not in self.noted:
                yield News(f"the slip “{slip.text}”", partial(self._take_slip, slip))

    def _news_of_person(self, person: PersonRow) -> Iterator[News]:
        key = fold(person.name)
        if key not in self.people:
            yield News(person.name, partial(self._take_person, person))
            return
        for what, theirs, mine, new in (
            ("position", person.position, self.positions, self.new_positions),
            ("notes", person.notes, self.remarks, self.new_remarks),
        ):
            if not theirs or fold(theirs) == fold(mine.get(key, "")):
                continue
            if not mine.get(key):
                take = partial(_take_text, (mine, new), key, theirs)
                yield News(f"{person.name}'s {what} {theirs}", take)
            elif label := free_label(self.fields, f"{what.capitalize()} of {person.name}", theirs):
                yield self._kept(label, theirs)

    def _news_of_card(self, row: ClientRow) -> Iterator[News]:
        for column, label in _COLUMN_LABELS.items():
            value = getattr(row, column)
            if not value:
                continue
            if not (mine := self.card.get(column)):
                yield News(f"{label} {value}", partial(self.card.__setitem__, column, value))
            elif (
                mine != value
                and fold(mine) != fold(value)
                and (name := free_label(self.fields, label.capitalize(), value, first=2))
            ):
                yield self._kept(name, value)
        notes = self.card.get("notes", "")
        if row.notes and f"\n{row.notes}\n" not in f"\n{notes}\n":
            both = "\n".join(filter(None, [notes, row.notes]))
            yield News("notes", partial(self.card.__setitem__, "notes", both))
        for header, value in row.fields:
            if name := free_label(self.fields, header, value):
                if name == header:
                    yield News(header, partial(self.fields.__setitem__, name, value))
                else:
                    yield self._kept(name, value)

    def _news_of_next(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        if dates.next_why:
            if label := free_label(self.fields, "Next contact", row.next_contact):
                yield self._kept(label, row.next_contact)
            return
        found = dates.next
        if found is None or self.closed or self.is_taken(found):
            return
        people = frozenset(fold(person.name) for person in row.people)
        if self.next == place.NO_DATE:
            take = partial(self._take_next, found, people)
            yield News(f"the date {dates.next_said}", take)
        elif found.on and (
            (is_others := self._is_of_another(people, row))
            or (self.dated_by is not None and row.next_what not in ("", self.next_what))
        ):
            whose = " and ".join(person.name for person in row.people if is_others)
            parts = (whose, row.next_what or "next contact of the list")
            text = ": ".join(filter(None, parts))[:LONGEST_LINE]
            kind = SlipKind.APPOINTMENT if found.at and found.agreed else SlipKind.TOPIC
            slip = NewSlip(kind, text, found.on, found.at)
            yield News(f"a slip, {dates.next_said}: {text}", partial(self._take_next_slip, slip))

    def _is_of_another(self, people: frozenset[str], row: ClientRow) -> bool:
        """Whether the row's date is another person's than the client's next contact."""
        if self.dated_by is not None:
            return bool(people) and people.isdisjoint(self.dated_by)
        return any(person in self.new_people for person in row.people)

    def _news_of_plan(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        """What to do, in which way and how often: of the date that is taken, or without a date."""
        if dates.every_why and (label := free_label(self.fields, "Every", row.every)):
            yield self._kept(label, row.every)
        if self.closed or dates.next_why:
            return
        if self.next != place.NO_DATE and not (dates.next and self._is_next(dates.next)):
            if dates.next is None:
                yield from self._plan_kept(row, dates)
            return
        if row.next_what and not self.next_what:
            take = partial(setattr, self, "next_what", row.next_what)
            yield News(f"what to do, “{row.next_what}”", take)
        if row.next_kind and not self.next_kind:
            yield News(
                f"the kind {row.next_kind}", partial(setattr, self, "next_kind", row.next_kind)
            )
        if dates.every and not self.every:
            yield News(every_in_words(dates.every), partial(setattr, self, "every", dates.every))

    def _plan_kept(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        """What a row without a date plans for a client that has one: as fields."""
        for label, value, mine in (
            ("What to do", row.next_what, self.next_what),
            ("Every", dates.every and row.every, self.every and row.every),
        ):
            if value and value != mine and (free := free_label(self.fields, label, value)):
                yield self._kept(free, value)

    def _news_of_entries(self, row: ClientRow) -> Iterator[News]:
        """The lines that the history has not, as one piece of news: there can be hundreds."""
        known, new = set(self.entries), []
        for each in row.entries:
            entry = list_history.entry_of(each, self.people)
            if list_history.key_of(each, entry) not in known:
                known.update(list_history.keys_of(entry.kind, entry.text, entry.at))
                new.append(entry)
        if new:
            said = (
                f"the line {quote(new[0].text)}"
                if len(new) == 1
                else f"{len(new)} lines of history"
            )
            yield News(said, partial(self._take_entries, known, new))

    def _news_of_last(self, row: ClientRow, dates: ListDates) -> Iterator[News]:
        if dates.last_why:
            if label := free_label(self.fields, "Last contact", row.last_contact):
                yield self._kept(label, row.last_contact)
        elif dates.last and dates.last[0] not in self.contacts:
            take = partial(self._take_last, *dates.last, _with_whom(row))
            yield News(f"the contact of {dates.last_said}", take)

    def _kept(self, label: str, value: str) -> News:
        return News(f"{label}: {value}", partial(self.fields.__setitem__, label, value), kept=True)

    def _take_person(self, person: PersonRow) -> None:
        key = fold(person.name)
        self.people[key] = None
        self.positions[key] = person.position
        self.remarks[key] = person.notes
        self.new_people.append(person)

    def _take_reach(self, held: HeldReach, reach: ReachView) -> None:
        self.held.add(held)
        self.new_reaches.append((held.holder, reach))

    def _take_tag(self, tag: str) -> None:
        self.tags.add(fold(tag))
        self.new_tags.append(tag)

    def _take_line(self, line: str) -> None:
        self.lines.add(line)
        self.new_entries.append(NewEntry(Kind.NOTE, line))

    def _take_next(self, found: NextContact, people: frozenset[str]) -> None:
        self.next, self.dated_by = found, people

    def _take_next_slip(self, slip: NewSlip) -> None:
        self.slips.add((slip.on, slip.at))
        self._take_slip(slip)

    def _take_slip(self, slip: NewSlip) -> None:
        self.noted.add(slip.key)
        self.new_slips.append(slip)

    def _take_entries(self, known: set[EntryKey], new: list[NewEntry]) -> None:
        self.entries = known
        self.new_entries += new

    def _take_last(self, day: date, at: datetime, person: str | None) -> None:
        self.contacts.add(day)
        # A contact that a list tells of is no work of the rep's in any review.
        way = Direction.OTHERS
        self.new_entries.append(NewEntry(Kind.OTHER, _LAST_CONTACT, at, person, direction=way))


def _take_text(kept: tuple[dict[str, str], ...], key: str, text: str) -> None:
    for each in kept:
        each[key] = text


def _with_whom(row: ClientRow) -> str | None:
    """The folded name of the one person of a row."""
    return fold(row.people[0].name) if len(row.people) == 1 else None


def is_personal(row: ClientRow) -> bool:
    """Whether the dossier is that of a person, not of a company."""
    return any(fold(person.name) == fold(row.name) for person in row.people)
