"""Which dossiers share a card: departments of one client, each with buyers of its own.

The card's own numbers and addresses belong to all of them, whichever of them they are kept on.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlmodel import SQLModel

from tickler.desk import Work

_DOSSIER, _REACH = SQLModel.metadata.tables["dossier"], SQLModel.metadata.tables["reach"]

_OTHER = _DOSSIER.alias("other")


def is_shared() -> ColumnElement[bool]:
    """Whether another dossier has the card of the one that is read."""
    another = (_OTHER.c.card_id == _DOSSIER.c.card_id) & (_OTHER.c.id != _DOSSIER.c.id)
    return exists().where(another).label("is_shared")


def holders(work: Work, cards: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The id and name of the rep's dossiers that have these cards, by card, in their order."""
    columns = (_DOSSIER.c.card_id, _DOSSIER.c.id, _DOSSIER.c.name)
    having = _DOSSIER.c.card_id.in_(sorted(cards)) & (_DOSSIER.c.owner_id == work.rep_id)
    found: dict[int, list[tuple[int, str]]] = {}
    for card, key, name in work.ask(select(*columns).where(having).order_by(_DOSSIER.c.id)):
        found.setdefault(card, []).append((key, name))
    return found


def sharers(work: Work, key: int) -> list[int]:
    """The ids of all dossiers that have the card of this one, itself included."""
    card = select(_DOSSIER.c.card_id).where(_DOSSIER.c.id == key).scalar_subquery()
    having = select(_DOSSIER.c.id).where(_DOSSIER.c.card_id == card)
    return list(work.ask(having.order_by(_DOSSIER.c.id)).scalars())


def having_reach(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  as `select` takes it
    """Numbers and addresses beside each dossier that has them: the card's own beside all of it."""
    is_own = _REACH.c.person_id.is_(None) & (_DOSSIER.c.card_id == _OTHER.c.card_id)
    return (
        select(*columns)
        .select_from(_REACH)
        .join(_OTHER, _OTHER.c.id == _REACH.c.dossier_id)
        .join(_DOSSIER, (_DOSSIER.c.id == _OTHER.c.id) | is_own)
    )
