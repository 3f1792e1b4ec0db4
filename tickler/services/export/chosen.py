"""Which dossiers are exported: all, those that are named, or those that filters mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import SQLModel, col

from tickler.core.views import CardView, DossierRow
from tickler.desk import Work
from tickler.models import Dossier
from tickler.services.clients import filters, read

_CARD = SQLModel.metadata.tables["card"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids of the dossiers to export, by name; `is_all`: nothing of the binder was left out."""

    keys: tuple[int, ...]
    is_all: bool = False


def chosen(work: Work, typed: Sequence[str] = ()) -> Selection:
    """What is meant by names, ids and filters; all of the binder by nothing.

    The cabinet is included. Raises as `filters.chosen` does.
    """
    if not typed:
        mine = col(Dossier.owner_id) == work.rep_id
        found = work.ask(select(col(Dossier.id), col(Dossier.folded)).where(mine)).all()
        by_name = sorted(found, key=lambda row: (row[1], row[0]))
        return Selection(tuple(key for key, _ in by_name), is_all=True)
    return Selection(tuple(filters.chosen(work, typed, open_only=False)))


def dossiers(work: Work, keys: Sequence[int]) -> Iterator[tuple[DossierRow, CardView]]:
    """These dossiers with their cards, in this order, some hundred at a time.

    The memory for them does not grow with their number. One that no longer exists is passed over.
    """
    own = read.own_fields(work)
    for batch in read.batches(keys):
        rows = {row.id: row for row in read.rows(work, col(Dossier.id).in_(batch))}
        cards = (
            select(col(Dossier.id), *(_CARD.c[name] for name in CardView.NAMES))
            .join(_CARD, _CARD.c.id == col(Dossier.card_id))
            .where(col(Dossier.id).in_(batch))
        )
        views: dict[int, CardView] = {}
        for key, *values in work.ask(cards):
            named = dict(zip(CardView.NAMES, values, strict=True))
            views[key] = CardView(**named | {"fields": own.in_order(named["fields"])})
        for key in batch:
            if key in rows:
                yield rows[key], views[key]
