"""Linked dossiers: departments of one client, each with buyers of its own, that share a card."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import SQLModel, col

from tickler.core.client import merge
from tickler.core.client.merge import CARD_LINES
from tickler.core.remark import Remark
from tickler.core.views import CardView, DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import Refused
from tickler.models import Card, Dossier, Reach
from tickler.services.clients import read, shared_card
from tickler.services.filing import place

_REACH: Table = SQLModel.metadata.tables["reach"]


def link(work: Work, key: int, other: int) -> Receipt:
    """Let a dossier share the card of another one; what its own said is copied or kept in a field.

    Raises Refused where both share one already, and for a note of one's own.
    """
    row, *others = (read.by_id(work, key), *group_of(work, other))
    for each in (row, *others):
        if each.is_note:
            raise Refused(f"{each.name} is a note of your own: it belongs to no client")
    if key == other:
        raise Refused(f"{row.name} cannot be linked to itself: name another dossier")
    if any(each.id == key for each in others):
        raise Refused(f"{row.name} and {others[0].name} share a card already")
    dossier = place.get_dossier(work, key)
    left = leave(work, dossier)
    remarks = take_card(work, dossier, card_of(work, other))
    work.summary = f"{row.name} shares the card of {others[0].name}"
    text = f"{row.name}: shares the card of {place.names(others)}"
    return place.receipt(work, text, [row, *left, *others], remarks, action="link")


def unlink(work: Work, key: int) -> Receipt:
    """Give a dossier a copy of the card it shared; raises Refused where it shares none."""
    row = read.by_id(work, key)
    others = leave(work, place.get_dossier(work, key))
    if not others:
        raise Refused(f"{row.name} shares its card with no other dossier")
    work.summary = f"{row.name} has a card of its own again"
    text = f"{work.summary}; it was that of {place.names(others)} too"
    return place.receipt(work, text, [row, *others], (), action="unlink")


def group_of(work: Work, key: int) -> tuple[DossierRow, ...]:
    """The dossier and all that share its card, itself first; raises NotFound."""
    row = read.by_id(work, key)
    return (row, *read.by_ids(work, [each.id for each in row.linked]))


def card_of(work: Work, key: int) -> Card:
    """The card of a dossier, as a table row."""
    return work.session.get_one(Card, place.get_dossier(work, key).card_id)


def view_of(card: Card) -> CardView:
    """What a card says."""
    return CardView(**{name: getattr(card, name) for name in CardView.NAMES})


def take_card(work: Work, dossier: Dossier, card: Card) -> list[Remark]:
    """Let the dossier have this card, and copy to it what its own said, which is deleted.

    Returns the warning about what differs on its own card, and where that is kept.
    """
    own = work.session.get_one(Card, dossier.card_id)
    remarks = fill(card, view_of(own), dossier.name)
    work.session.flush()
    dossier.card_id = card.id or 0
    work.session.flush()
    drop_doubles(work, dossier.id or 0)
    work.session.delete(own)
    return remarks


def fill(card: Card, other: CardView, name: str) -> list[Remark]:
    """Write on a card what another one, of the dossier of this name, says too."""
    both = merge.joined(view_of(card), other, name)
    for line in (*CARD_LINES, "notes"):
        setattr(card, line, getattr(both.card, line))
    card.fields = dict(both.card.fields)
    if not both.beside:
        return []
    kept = f"what differs is kept on the card, marked “({name})”: {', '.join(both.beside)}"
    return [Remark("card-differs", kept)]


def drop_doubles(work: Work, key: int) -> None:
    """Take off the dossier the card's numbers that another dossier keeps for the card already."""
    here = [*_own_reaches(work, shared_card.sharers(work, key))]
    kept = {(reach.kind, reach.key) for reach in here if reach.dossier_id != key}
    for reach in here:
        if reach.dossier_id == key and (reach.kind, reach.key) in kept:
            work.session.delete(reach)


def leave(work: Work, dossier: Dossier) -> tuple[DossierRow, ...]:
    """Give the dossier a copy of the card it shares, and both sides all numbers that it had.

    Returns the others as they were; none where it shares its card with nobody.
    """
    others = group_of(work, dossier.id or 0)[1:]
    if not others:
        return ()
    shared = work.session.get_one(Card, dossier.card_id)
    texts: dict[str, Any] = {name: getattr(shared, name) for name in CardView.NAMES}
    card = Card(**texts | {"fields": dict(shared.fields)})
    key = dossier.id or 0
    reaches = [*_own_reaches(work, [key, *(row.id for row in others)])]
    for reach in reaches:
        there = key if reach.dossier_id != key else others[0].id
        copied = reach.model_dump(exclude={"id", "dossier_id"})
        work.session.add(Reach(**copied, dossier_id=there))
    work.session.add(card)
    work.session.flush()
    dossier.card_id = card.id or 0
    work.session.flush()
    return others


def _own_reaches(work: Work, keys: Sequence[int]) -> Sequence[Reach]:
    own = col(Reach.dossier_id).in_(keys) & col(Reach.person_id).is_(None)
    found = work.ask(select(_REACH.c.id).where(own).order_by(_REACH.c.id)).scalars()
    return [work.session.get_one(Reach, key) for key in found]
