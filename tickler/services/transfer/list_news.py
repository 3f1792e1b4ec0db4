"""What a row of a list tells of a client that is not known yet, and taking that over."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from tickler.core.client.fields import label_of
from tickler.core.client.merge import free_label
from tickler.core.contact.kinds import Status
from tickler.core.contact.salutations import person_key, titles_of
from tickler.core.dates.repeat import every_in_words
from tickler.core.filing.slips import SlipKind
from tickler.core.text import LONGEST_LINE, fold, quote
from tickler.formats.lists.clients import ClientRow, PersonRow
from tickler.services.filing import place
from tickler.services.transfer import list_history, list_reaches
from tickler.services.transfer.list_client import CARD_COLUMNS, Client, is_personal
from tickler.services.transfer.list_dates import NONE, ListDates
from tickler.services.transfer.list_history import NewSlip

_TEXTS = (*CARD_COLUMNS, "notes")
_COLUMN_LABELS = {column: label_of(column) for column in CARD_COLUMNS}


class News(NamedTuple):
    """Something that a row tells of a client; `take` takes it over, `kept` beside what differs."""

    said: str
    take: Callable[[], None]
    kept: bool = False


def new_client(row: ClientRow, dates: ListDates) -> Client:
    """A new client with all that the row tells, as `merge` has it, without words for each."""
    client = Client(
        row.name,
        personal=is_personal(row),
        closed=row.status is not Status.OPEN,
        status=row.status,
        ideal=row.ideal,
        longest=row.longest,
    )
    people = row.people
    if len(people) > 1 or len(dict(row.fields)) < len(row.fields):
        merge(client, row, dates)
        return client
    for person in people:
        client.take_person(person)
    for holder, reach in list_reaches.reaches_of(row):
        if not client.holds(held := list_reaches.held(holder, reach)):
            client.take_reach(held, reach)
    for tag in row.tags:
        if fold(tag) not in client.tags:
            client.take_tag(tag)
    client.card = {name: value for name in _TEXTS if (value := getattr(row, name))}
    client.fields = dict(row.fields)
    if dates.next and not client.closed:
        client.take_next(dates.next, frozenset(client.people))
    if dates.last:
        client.take_last(*dates.last, _with_whom(row))
    if _has_more(row, dates):
        for news in _news_of_time(client, row, dates):
            news.take()
    return client


def _has_more(row: ClientRow, dates: ListDates) -> bool:
    """Whether a row tells more of time than two days."""
    unread = dates.next_why or dates.last_why or dates.every_why
    plan = row.next_what or row.next_kind or dates.every
    return bool(unread or plan or row.history or row.entries or row.slips)


def knows(client: Client, row: ClientRow, dates: ListDates) -> bool:
    """Whether the row tells nothing new of this client."""
    return next(_news(client, row, dates), None) is None


def merge(client: Client, row: ClientRow, dates: ListDates) -> list[News]:
    """Take over what is new in the row, and return what that was."""
    taken: list[News] = []
    for news in _news(client, row, dates):
        news.take()
        taken.append(news)
    return taken


def _news(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    """What is new, one after another: each has to be taken before the next is looked for."""
    for person in row.people:
        yield from _news_of_person(client, person)
    for holder, reach in list_reaches.reaches_of(row):
        held = list_reaches.held(holder, reach)
        if not client.holds(held):
            yield News(reach.value, partial(client.take_reach, held, reach))
    for tag in row.tags:
        if fold(tag) not in client.tags:
            yield News(f"tag {tag}", partial(client.take_tag, tag))
    yield from _news_of_card(client, row)
    yield from _news_of_time(client, row, dates)


def _news_of_time(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    """What is new of its dates, its history and its slips."""
    if dates is not NONE:
        yield from _news_of_next(client, row, dates)
        yield from _news_of_last(client, row, dates)
    if row.next_what or row.next_kind or dates.every or dates.every_why:
        yield from _news_of_plan(client, row, dates)
    for line in row.history:
        if line not in client.lines:
            yield News(f"the line “{line}”", partial(client.take_line, line))
    if row.entries:
        yield from _news_of_entries(client, row)
    for slip in map(list_history.slip_of, row.slips):
        if slip.key not in client.noted:
            yield News(f"the slip “{slip.text}”", partial(client.take_slip, slip))


def _news_of_person(client: Client, person: PersonRow) -> Iterator[News]:
    key = person_key(person.name)
    if key not in client.people:
        yield News(person.name, partial(client.take_person, person))
        return
    known = client.called.get(key, person.name)
    is_longer = not titles_of(person.name) <= titles_of(known)
    if is_longer and (label := free_label(client.fields, f"Name of {known}", person.name)):
        yield _kept(client, label, person.name)
    for what, theirs, mine, new in (
        ("position", person.position, client.positions, client.new_positions),
        ("notes", person.notes, client.remarks, client.new_remarks),
    ):
        if not theirs or fold(theirs) == fold(mine.get(key, "")):
            continue
        if not mine.get(key):
            take = partial(_take_text, (mine, new), key, theirs)
            yield News(f"{person.name}'s {what} {theirs}", take)
        elif label := free_label(client.fields, f"{what.capitalize()} of {person.name}", theirs):
            yield _kept(client, label, theirs)


def _news_of_card(client: Client, row: ClientRow) -> Iterator[News]:
    for column, label in _COLUMN_LABELS.items():
        value = getattr(row, column)
        if not value:
            continue
        if not (mine := client.card.get(column)):
            yield News(f"{label} {value}", partial(client.card.__setitem__, column, value))
        elif (
            mine != value
            and fold(mine) != fold(value)
            and (name := free_label(client.fields, label.capitalize(), value, first=2))
        ):
            yield _kept(client, name, value)
    notes = client.card.get("notes", "")
    if row.notes and f"\n{row.notes}\n" not in f"\n{notes}\n":
        both = "\n".join(filter(None, [notes, row.notes]))
        yield News("notes", partial(client.card.__setitem__, "notes", both))
    for header, value in row.fields:
        if name := free_label(client.fields, header, value):
            if name == header:
                yield News(header, partial(client.fields.__setitem__, name, value))
            else:
                yield _kept(client, name, value)


def _news_of_next(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    if dates.next_why:
        if label := free_label(client.fields, "Next contact", row.next_contact):
            yield _kept(client, label, row.next_contact)
        return
    found = dates.next
    if found is None or client.closed or client.is_taken(found):
        return
    people = frozenset(person_key(person.name) for person in row.people)
    if client.next == place.NO_DATE:
        take = partial(client.take_next, found, people)
        yield News(f"the date {dates.next_said}", take)
    elif found.on and (
        (is_others := _is_of_another(client, people, row))
        or (client.dated_by is not None and row.next_what not in ("", client.next_what))
    ):
        whose = " and ".join(person.name for person in row.people if is_others)
        parts = (whose, row.next_what or "next contact of the list")
        text = ": ".join(filter(None, parts))[:LONGEST_LINE]
        kind = SlipKind.APPOINTMENT if found.at and found.agreed else SlipKind.TOPIC
        slip = NewSlip(kind, text, found.on, found.at)
        yield News(f"a slip, {dates.next_said}: {text}", partial(client.take_next_slip, slip))


def _is_of_another(client: Client, people: frozenset[str], row: ClientRow) -> bool:
    """Whether the row's date is another person's than the client's next contact."""
    if client.dated_by is not None:
        return bool(people) and people.isdisjoint(client.dated_by)
    return any(person in client.new_people for person in row.people)


def _news_of_plan(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    """What to do, in which way and how often: of the date that is taken, or without a date."""
    if dates.every_why and (label := free_label(client.fields, "Every", row.every)):
        yield _kept(client, label, row.every)
    if client.closed or dates.next_why:
        return
    if client.next != place.NO_DATE and not (dates.next and client.is_next(dates.next)):
        if dates.next is None:
            yield from _plan_kept(client, row, dates)
        return
    if row.next_what and not client.next_what:
        take = partial(setattr, client, "next_what", row.next_what)
        yield News(f"what to do, “{row.next_what}”", take)
    if row.next_kind and not client.next_kind:
        yield News(
            f"the kind {row.next_kind}", partial(setattr, client, "next_kind", row.next_kind)
        )
    if dates.every and not client.every:
        yield News(every_in_words(dates.every), partial(setattr, client, "every", dates.every))


def _plan_kept(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    """What a row without a date plans for a client that has one: as fields."""
    for label, value, mine in (
        ("What to do", row.next_what, client.next_what),
        ("Every", dates.every and row.every, client.every and row.every),
    ):
        if value and value != mine and (free := free_label(client.fields, label, value)):
            yield _kept(client, free, value)


def _news_of_entries(client: Client, row: ClientRow) -> Iterator[News]:
    """The lines that the history has not, as one piece of news: there can be hundreds."""
    known, new = set(client.entries), []
    for each in row.entries:
        entry = list_history.entry_of(each, client.people)
        if list_history.key_of(each, entry) not in known:
            known.update(list_history.keys_of(entry.kind, entry.text, entry.at))
            new.append(entry)
    if new:
        said = f"the line {quote(new[0].text)}" if len(new) == 1 else f"{len(new)} lines of history"
        yield News(said, partial(client.take_entries, known, new))


def _news_of_last(client: Client, row: ClientRow, dates: ListDates) -> Iterator[News]:
    if dates.last_why:
        if label := free_label(client.fields, "Last contact", row.last_contact):
            yield _kept(client, label, row.last_contact)
    elif dates.last and dates.last[0] not in client.contacts:
        take = partial(client.take_last, *dates.last, _with_whom(row))
        yield News(f"the contact of {dates.last_said}", take)


def _kept(client: Client, label: str, value: str) -> News:
    return News(f"{label}: {value}", partial(client.fields.__setitem__, label, value), kept=True)


def _take_text(kept: tuple[dict[str, str], ...], key: str, text: str) -> None:
    for each in kept:
        each[key] = text


def _with_whom(row: ClientRow) -> str | None:
    """The folded name of the one person of a row."""
    return person_key(row.people[0].name) if len(row.people) == 1 else None
