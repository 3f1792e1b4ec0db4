"""Writing what a part of a list brings: new clients, and what is added to known ones.

New rows are written as plain values: as objects of the tables they took most of the time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import SQLModel, col, select

from tickler.core.contact.kinds import Count, ReachKind, Trace, count
from tickler.core.contact.salutations import person_key
from tickler.core.text import fold, reach_key
from tickler.desk import Work
from tickler.errors import Refused
from tickler.models import Card, Dossier, Person
from tickler.services.clients import counts, read
from tickler.services.filing import place
from tickler.services.transfer.list_client import Client
from tickler.services.transfer.list_history import NewEntry
from tickler.store import bulk

#: A card and a dossier without anything on them, as columns.
_EMPTY_CARD: Mapping[str, Any] = Card().model_dump(exclude={"id"})
_EMPTY_DOSSIER: Mapping[str, Any] = Dossier(owner_id=0, card_id=0, name="", folded="").model_dump(
    exclude={"id"}
)

_NOT_COUNTED = Count()


def add(work: Work, clients: Sequence[Client]) -> None:
    """Write new clients, and give each its id."""
    cards = [
        tuple({**_EMPTY_CARD, **client.card, "fields": client.fields}.values())
        for client in clients
    ]
    keys = bulk.insert(work.connection, "card", tuple(_EMPTY_CARD), cards)
    files = [
        tuple({**_EMPTY_DOSSIER, **_dossier(work, client, card)}.values())
        for client, card in zip(clients, keys, strict=True)
    ]
    ids = bulk.insert(work.connection, "dossier", tuple(_EMPTY_DOSSIER), files)
    for client, key in zip(clients, ids, strict=True):
        client.id = key
    _add_parts(work, clients)


def change(work: Work, clients: Sequence[Client]) -> None:
    """Write what is added to clients of the binder."""
    _add_parts(work, clients)
    held = _loaded(work, clients)
    recounted: list[Dossier] = []
    for client in clients:
        dossier = place.get_dossier(work, client.id or 0)
        card = work.session.get(Card, dossier.card_id)
        if card is None:
            raise Refused(f"{client.name} has lost its card")
        work.session.add(_fill(card, client))
        before = read.next_of(dossier)
        if client.next != before:
            place.note_filing(work, dossier, before, client.next, "imported")
            place.put(dossier, client.next)
        dossier.next_kind, dossier.next_what = client.next_kind, client.next_what
        dossier.every = client.every
        if any(entry.at for entry in client.new_entries):
            recounted.append(dossier)
        for name, position in client.new_positions.items():
            if key := client.people.get(name):
                work.session.get_one(Person, key).position = position
        for name, notes in client.new_remarks.items():
            if key := client.people.get(name):
                work.session.get_one(Person, key).notes = notes
    # All are counted before one is changed: each question writes down what was changed until then.
    for dossier, now in [(each, counts.counted(work, each.id or 0)) for each in recounted]:
        dossier.attempts, dossier.last_contact = now.attempts, now.last_contact
    held.clear()


def _loaded(work: Work, clients: Sequence[Client]) -> list[SQLModel]:
    """Their dossiers and cards, read at once: as long as they are held the session has them."""
    dossiers: list[Dossier] = []
    for batch in read.batches([client.id or 0 for client in clients]):
        dossiers += work.session.exec(select(Dossier).where(col(Dossier.id).in_(batch)))
    cards: list[Card] = []
    for batch in read.batches({dossier.card_id for dossier in dossiers}):
        cards += work.session.exec(select(Card).where(col(Card.id).in_(batch)))
    return [*dossiers, *cards]


def _dossier(work: Work, client: Client, card: int) -> Mapping[str, Any]:
    """The columns of a new dossier that are not those of an empty one."""
    counted = _counted(work, client.new_entries) if client.new_entries else _NOT_COUNTED
    return {
        "added_on": work.today,
        "owner_id": work.rep_id,
        "card_id": card,
        "name": client.name,
        "folded": fold(client.name),
        **place.columns(client.next),
        "next_kind": client.next_kind,
        "next_what": client.next_what,
        "every": client.every,
        "status": client.status,
        "ideal": client.ideal,
        "longest": client.longest,
        "attempts": counted.attempts,
        "last_contact": counted.last_contact,
    }


def _counted(work: Work, entries: Iterable[NewEntry]) -> Count:
    """What counts of the history that the list brings, as `counts.counted` says of a dossier."""
    dated = [(entry.at, entry) for entry in entries if entry.at and entry.at <= work.now]
    newest_first = sorted(dated, key=lambda pair: pair[0], reverse=True)
    return count(
        Trace(at, at.astimezone().date(), entry.kind, entry.outcome) for at, entry in newest_first
    )


def _fill(card: Card, client: Client) -> Card:
    for column, value in client.card.items():
        setattr(card, column, value)
    card.fields = dict(client.fields)
    return card


def _add_parts(work: Work, clients: Sequence[Client]) -> None:
    """Write the people, numbers, tags, slips and lines of history that the list brings."""
    people = [
        (
            client.id,
            person.name,
            fold(person.name),
            client.positions.get(key, ""),
            client.remarks.get(key, ""),
            person.decides,
        )
        for client in clients
        for person in client.new_people
        for key in [person_key(person.name)]
    ]
    columns = ("dossier_id", "name", "folded", "position", "notes", "decides")
    ids = bulk.insert(work.connection, "person", columns, people)
    keys = {
        (person[0], person_key(person[1])): key for person, key in zip(people, ids, strict=True)
    }

    def person_id(client: Client, name: str | None) -> int | None:
        if name is None:
            return None
        return client.people.get(name) or keys.get((client.id, name))

    bulk.insert(
        work.connection,
        "reach",
        ("dossier_id", "person_id", "kind", "value", "label", "key"),
        (
            (
                client.id,
                person_id(client, holder),
                ReachKind(reach.kind),
                reach.value,
                reach.label,
                reach_key(reach.kind, reach.value),
            )
            for client in clients
            for holder, reach in client.new_reaches
        ),
    )
    tags = ((client.id, tag, fold(tag)) for client in clients for tag in client.new_tags)
    bulk.insert(work.connection, "tag", ("dossier_id", "name", "folded"), tags)
    bulk.insert(
        work.connection,
        "slip",
        ("dossier_id", "author_id", "kind", "text", "due_on", "due_at", "made_at"),
        (
            (client.id, work.rep_id, slip.kind, slip.text, slip.on, slip.at, work.now)
            for client in clients
            for slip in client.new_slips
        ),
    )
    bulk.insert(
        work.connection,
        "entry",
        (
            *("dossier_id", "author_id", "at", "kind", "text", "person_id", "direction"),
            *("outcome", "minutes"),
        ),
        (
            (
                client.id,
                work.rep_id,
                entry.at or work.now,
                entry.kind,
                entry.text,
                person_id(client, entry.person),
                entry.direction,
                entry.outcome,
                entry.minutes,
            )
            for client in clients
            for entry in client.new_entries
        ),
    )
