"""The clients of the binder whose names a part of a list has, as far as its rows ask for them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.kinds import PLANNED_KINDS, Status
from tickler.core.contact.salutations import person_key
from tickler.core.text import fold
from tickler.desk import Work
from tickler.formats.lists.clients import ClientRow
from tickler.models import Card, Dossier, Entry, Slip
from tickler.services.clients import read
from tickler.services.transfer import list_history
from tickler.services.transfer.list_client import CARD_COLUMNS, Client
from tickler.services.transfer.list_reaches import held_by

_TEXTS = (*CARD_COLUMNS, "notes")


def load(work: Work, rows: Sequence[ClientRow]) -> dict[str, list[Client]]:
    """The rep's dossiers that are called as these rows are, by folded name, the oldest first."""
    known: dict[str, list[Client]] = {}
    found: dict[int, Client] = {}
    for client in _named(work, {fold(row.name) for row in rows}):
        known.setdefault(fold(client.name), []).append(client)
        found[client.id or 0] = client
    if any(row.last_contact for row in rows):
        for key, day in _contacts(work, found):
            found[key].contacts.add(day)
    if any(row.next_contact or row.slips for row in rows):
        _add_slips(work, found)
    if any(row.entries for row in rows):
        _add_entries(work, found)
    if any(row.history for row in rows):
        texts = select(col(Entry.dossier_id), col(Entry.text)).where(col(Entry.text) != "")
        for batch in read.batches(list(found)):
            for key, text in work.ask(texts.where(col(Entry.dossier_id).in_(batch))):
                found[key].lines.add(text)
    return known


def _named(work: Work, names: Collection[str]) -> Iterable[Client]:
    """The clients of these folded names; who share a card fill the same one."""
    filled: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
    for batch in read.batches(sorted(names)):
        found = sorted(
            read.rows(work, col(Dossier.folded).in_(batch), ~col(Dossier.is_note)),
            key=lambda row: row.id,
        )
        if not found:
            continue
        columns = (getattr(Card, column) for column in (*_TEXTS, "fields"))
        of_card = (
            select(col(Dossier.id), col(Card.id).label("card_id"), *columns)
            .join(Card, col(Card.id) == col(Dossier.card_id))
            .where(col(Dossier.id).in_([row.id for row in found]))
        )
        cards = {row.id: row for row in work.ask(of_card)}
        for row in found:
            card = cards[row.id]
            texts = {column: getattr(card, column) for column in _TEXTS}
            texts, free = filled.setdefault(card.card_id, (texts, dict(card.fields)))
            people = {person_key(person.name): person for person in row.people}
            yield Client(
                name=row.name,
                card=texts,
                fields=free,
                held=held_by(row.reaches, ((p.name, p.reaches) for p in row.people)),
                people={name: person.id for name, person in people.items()},
                called={name: person.name for name, person in people.items()},
                positions={name: person.position for name, person in people.items()},
                remarks={name: person.notes for name, person in people.items()},
                tags={fold(tag) for tag in row.tags},
                id=row.id,
                fresh=False,
                closed=row.status is not Status.OPEN,
                next=row.next,
                next_kind=row.kind,
                next_what=row.what,
                every=row.every,
                personal=any(person_key(p.name) == person_key(row.name) for p in row.people),
            )


def _contacts(work: Work, keys: Iterable[int]) -> Iterable[tuple[int, date]]:
    """The days on which these were contacted, in the rep's time."""
    asked = select(col(Entry.dossier_id), col(Entry.at)).where(col(Entry.kind).in_(PLANNED_KINDS))
    for batch in read.batches(list(keys)):
        for key, at in work.ask(asked.where(col(Entry.dossier_id).in_(batch))):
            yield key, at.astimezone().date()


def _add_slips(work: Work, found: dict[int, Client]) -> None:
    days = (col(Slip.due_on), col(Slip.first_due_on), col(Slip.was_due_on))
    asked = select(col(Slip.dossier_id), col(Slip.text), col(Slip.due_at), *days)
    for batch in read.batches(list(found)):
        for key, text, at, *due in work.ask(asked.where(col(Slip.dossier_id).in_(batch))):
            found[key].slips.update((day, at) for day in due if day)
            found[key].noted.update((day, at, fold(text)) for day in due if day)


def _add_entries(work: Work, found: dict[int, Client]) -> None:
    asked = select(col(Entry.dossier_id), col(Entry.kind), col(Entry.text), col(Entry.at))
    for batch in read.batches(list(found)):
        for key, kind, text, at in work.ask(asked.where(col(Entry.dossier_id).in_(batch))):
            found[key].entries.update(list_history.keys_of(kind, text, at))
