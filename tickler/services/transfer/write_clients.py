"""Writing what a part of a list brings: new clients, and what is added to known ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlmodel import SQLModel

from tickler.core.contact.kinds import Count, ReachKind, Trace, count
from tickler.core.text import fold, reach_key
from tickler.desk import Work
from tickler.errors import Refused
from tickler.models import Card, Dossier, Person
from tickler.services.clients import read
from tickler.services.filing import log, place
from tickler.services.transfer.same_client import Client

_TABLES = SQLModel.metadata.tables

#: A card without anything on it, as columns.
_EMPTY_CARD = Card().model_dump(exclude={"id"})

Columns = Mapping[str, Any]


def add(work: Work, clients: Sequence[Client]) -> None:
    """Write new clients, and give each its id."""
    cards = [{**_EMPTY_CARD, **client.card, "fields": client.fields} for client in clients]
    keys = _insert(work, _TABLES["card"], cards)
    files = [_dossier(work, client, card) for client, card in zip(clients, keys, strict=True)]
    for client, key in zip(clients, _insert(work, _TABLES["dossier"], files), strict=True):
        client.id = key
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
        dossier.next_kind, dossier.next_what = client.next_kind, client.next_what
        dossier.every = client.every
        if any(entry.at for entry in client.new_entries):
            log.recount(work, dossier)
        for name, position in client.new_positions.items():
            if key := client.people.get(name):
                work.session.get_one(Person, key).position = position
        for name, notes in client.new_remarks.items():
            if key := client.people.get(name):
                work.session.get_one(Person, key).notes = notes


def _dossier(work: Work, client: Client, card: int) -> Columns:
    counted = _counted(work, client)
    dossier = Dossier(
        added_on=work.today,
        owner_id=work.rep_id,
        card_id=card,
        name=client.name,
        folded=fold(client.name),
        next_kind=client.next_kind,
        next_what=client.next_what,
        every=client.every,
        attempts=counted.attempts,
        last_contact=counted.last_contact,
    )
    place.put(dossier, client.next)
    return dossier.model_dump(exclude={"id"})


def _counted(work: Work, client: Client) -> Count:
    """What counts of the history that the list brings, as `counts.counted` says of a dossier."""
    dated = [entry for entry in client.new_entries if entry.at and entry.at <= work.now]
    newest_first = sorted(dated, key=lambda entry: entry.at or work.now, reverse=True)
    return count(
        Trace(at, at.astimezone().date(), entry.kind, entry.outcome)
        for entry in newest_first
        if (at := entry.at)
    )


def _fill(card: Card, client: Client) -> Card:
    for column, value in client.card.items():
        setattr(card, column, value)
    card.fields = dict(client.fields)
    return card


def _add_parts(work: Work, clients: Sequence[Client]) -> None:
    """Write the people, numbers, tags, slips and lines of history that the list brings."""
    people = [
        {
            "dossier_id": client.id,
            "name": person.name,
            "folded": (name := fold(person.name)),
            "position": client.positions.get(name, ""),
            "notes": client.remarks.get(name, ""),
        }
        for client in clients
        for person in client.new_people
    ]
    ids = _insert(work, _TABLES["person"], people)
    keys = {(p["dossier_id"], p["folded"]): key for p, key in zip(people, ids, strict=True)}

    def person_id(client: Client, name: str | None) -> int | None:
        if name is None:
            return None
        return client.people.get(name) or keys.get((client.id, name))

    reaches = [
        {
            "dossier_id": client.id,
            "person_id": person_id(client, holder),
            "kind": ReachKind(reach.kind),
            "value": reach.value,
            "label": reach.label,
            "key": reach_key(reach.kind, reach.value),
        }
        for client in clients
        for holder, reach in client.new_reaches
    ]
    tags = [
        {"dossier_id": client.id, "name": tag, "folded": fold(tag)}
        for client in clients
        for tag in client.new_tags
    ]
    slips = [
        {
            "dossier_id": client.id,
            "author_id": work.rep_id,
            "kind": slip.kind,
            "text": slip.text,
            "due_on": slip.on,
            "due_at": slip.at,
            "made_at": work.now,
        }
        for client in clients
        for slip in client.new_slips
    ]
    entries = [
        {
            "dossier_id": client.id,
            "author_id": work.rep_id,
            "at": entry.at or work.now,
            "kind": entry.kind,
            "text": entry.text,
            "person_id": person_id(client, entry.person),
            "direction": entry.direction,
            "outcome": entry.outcome,
            "minutes": entry.minutes,
        }
        for client in clients
        for entry in client.new_entries
    ]
    for name, rows in (("reach", reaches), ("tag", tags), ("slip", slips), ("entry", entries)):
        if rows:
            work.connection.execute(insert(_TABLES[name]), rows)


def _insert(work: Work, table: Table, rows: Sequence[Columns]) -> list[int]:
    """Insert rows, and return their ids."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(work.connection.execute(statement, rows).scalars())
