"""Writing what a part of a list brings: new clients, and what is added to known ones."""

from collections.abc import Sequence

from sqlmodel import SQLModel

from tickler.core.contact.kinds import ReachKind
from tickler.core.text import fold
from tickler.desk import Work
from tickler.errors import Refused
from tickler.models import Card, Dossier, Entry, Person, Slip, Tag
from tickler.services.clients import read
from tickler.services.filing import file, log, place
from tickler.services.transfer.same_client import Client


def add(work: Work, clients: Sequence[Client]) -> None:
    """Write new clients, and give each its id."""
    cards = [_fill(Card(), client) for client in clients]
    _insert(work, cards)
    files = [_dossier(work, c, card) for c, card in zip(clients, cards, strict=True)]
    _insert(work, files)
    for client, dossier in zip(clients, files, strict=True):
        client.id = dossier.id
    _add_parts(work, clients)


def change(work: Work, clients: Sequence[Client]) -> None:
    """Write what is added to clients of the binder."""
    _add_parts(work, clients)
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
        if any(entry.at for entry in client.new_entries):
            log.recount(work, dossier)
        for name, position in client.new_positions.items():
            if key := client.people.get(name):
                work.session.get_one(Person, key).position = position


def _dossier(work: Work, client: Client, card: Card) -> Dossier:
    dossier = Dossier(
        owner_id=work.rep_id,
        card_id=card.id or 0,
        name=client.name,
        folded=fold(client.name),
        last_contact=client.last_contact,
    )
    place.put(dossier, client.next)
    return dossier


def _fill(card: Card, client: Client) -> Card:
    for column, value in client.card.items():
        if getattr(card, column) != value:
            setattr(card, column, value)
    card.fields = dict(client.fields)
    return card


def _add_parts(work: Work, clients: Sequence[Client]) -> None:
    """Write the people, numbers, tags, slips and lines of history that the list brings."""
    people = [
        Person(
            dossier_id=client.id or 0,
            name=person.name,
            folded=(name := fold(person.name)),
            position=client.positions.get(name, ""),
        )
        for client in clients
        for person in client.new_people
    ]
    _insert(work, people)
    keys = {(person.dossier_id, person.folded): person.id for person in people}

    def person_id(client: Client, name: str | None) -> int | None:
        if name is None:
            return None
        return client.people.get(name) or keys.get((client.id or 0, name))

    reaches = [
        file.reach_of(
            client.id or 0,
            ReachKind(reach.kind),
            reach.value,
            person_id(client, holder),
            reach.label,
        )
        for client in clients
        for holder, reach in client.new_reaches
    ]
    tags = [
        Tag(dossier_id=client.id or 0, name=tag, folded=fold(tag))
        for client in clients
        for tag in client.new_tags
    ]
    slips = [
        Slip(
            dossier_id=client.id or 0,
            author_id=work.rep_id,
            kind=slip.kind,
            text=slip.text,
            due_on=slip.on,
            due_at=slip.at,
            made_at=work.now,
        )
        for client in clients
        for slip in client.new_slips
    ]
    entries = [
        Entry(
            dossier_id=client.id or 0,
            author_id=work.rep_id,
            at=entry.at or work.now,
            kind=entry.kind,
            text=entry.text,
            person_id=person_id(client, entry.person),
        )
        for client in clients
        for entry in client.new_entries
    ]
    _insert(work, [*reaches, *tags, *slips, *entries])


def _insert(work: Work, rows: Sequence[SQLModel]) -> None:
    if rows:
        work.session.add_all(rows)
        work.session.flush()
