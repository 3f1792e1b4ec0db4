"""A pile that is on the screen already: what was done since is read again, and no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlmodel import col

from tickler.core.filing import pile
from tickler.core.filing.pile import PileView
from tickler.core.views import DossierRow, DueSlip
from tickler.core.views.binder import BinderView
from tickler.desk import Work
from tickler.models import Change, Dossier, Draft
from tickler.services.clients import read
from tickler.store import journal

#: Of more dossiers the pile is read whole.
MOST = 500

#: After more actions, too.
MOST_ACTIONS = 50

#: What an action may touch so that its dossiers are all whose rows it changed. Another rep, an
#: absence or a hand-over changes what is said of others, too.
_OF_DOSSIERS = frozenset(
    (
        "dossier", "card", "person", "reach", "tag", "entry", "correction", "mail", "slip",
        "attachment", "content", "content_part", "sheet",
    )
)  # fmt: skip

_SINCE = (
    select(col(Change.id), col(Change.at))
    .where(col(Change.id) >= bindparam("first"))
    .order_by(col(Change.id))
)
_LAST = select(col(Change.id), col(Change.at)).where(
    col(Change.id) == select(func.max(col(Change.id))).scalar_subquery()
)
_HALF_TYPED = select(col(Draft.dossier_id)).where(
    col(Draft.rep_id) == bindparam("rep"), col(Draft.dossier_id) > 0
)


@dataclass(frozen=True, slots=True)
class KnownViews:
    """The binder as it was read, with this pile or that; and what was done here: action numbers."""

    views: Sequence[BinderView]
    own: Collection[int]


def last_action(work: Work) -> tuple[int, datetime] | None:
    """The number and the moment of the last action in the binder, whoever did it."""
    found = work.ask(_LAST).first()
    return (found[0], found[1]) if found else None


def patched(
    work: Work,
    known: KnownViews,
    key: str,
    conditions: Sequence[ColumnElement[bool]],
    due: Sequence[DueSlip],
) -> PileView | None:
    """The pile of an insert as it is now; None where what is known, and was done, is too little.

    It is of the dossiers that meet any of the `conditions`, and of the slips that are `due`.
    """
    view = next((view for view in known.views if view.pile.slot == key), None)
    touched = _touched(work, view, known.own) if view else None
    if view is None or touched is None:
        return None
    # Drafts are in no journal.
    half_typed = set(work.ask(_HALF_TYPED, rep=work.rep_id).scalars())
    touched |= half_typed.symmetric_difference(row.id for row in view.pile.rows if row.draft)
    if len(touched) > MOST:
        return None
    come = [row for each in conditions for row in _rows(work, touched, each)]
    groups = pile.arrange_again(view.pile.groups, touched, come, work.today, due)
    return replace(view.pile, groups=groups)


def _touched(work: Work, view: BinderView, own: Collection[int]) -> set[int] | None:
    """The dossiers that the rep's own actions since touched; None where that does not tell all."""
    if view.day.today != work.today or view.last is None or work.unreadable:
        return None
    lines = work.ask(_SINCE, first=view.last[0]).all()
    if not 0 < len(lines) <= MOST_ACTIONS or tuple(lines[0]) != view.last:
        return None
    found: set[int] = set()
    for number, _ in lines[1:]:
        if number not in own:
            return None
        tables, dossiers = journal.touched(work.connection, number)
        if not tables <= _OF_DOSSIERS or len(dossiers) > MOST:
            return None
        found |= dossiers
    return found


def _rows(work: Work, keys: Collection[int], condition: ColumnElement[bool]) -> list[DossierRow]:
    """Those of these dossiers that meet the condition, as a long pile shows them."""
    if not keys:
        return []
    both = (col(Dossier.id).in_(sorted(keys)), condition)
    return read.with_tags(work, read.rows(work, *both, whole=False), *both)
