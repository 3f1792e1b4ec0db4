"""Drafts: what is half typed about a dossier, kept per rep until it is filed or thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import col

from tickler.core.contacts import Outcome
from tickler.core.text import storable
from tickler.desk import Work
from tickler.models import Draft


@dataclass(frozen=True, slots=True)
class DraftView:
    """A log form as it was left: what was said and promised, the date as typed, the outcome."""

    said: str = ""
    typed: str = ""
    outcome: Outcome | None = None
    owe: str = ""


def of(work: Work, key: int) -> DraftView:
    """The rep's draft about a dossier; an empty one where there is none."""
    columns = (col(Draft.said), col(Draft.typed), col(Draft.outcome), col(Draft.owe))
    row = work.ask(select(*columns).where(*_mine(work, key))).first()
    return DraftView(*row) if row else DraftView()


def keep(work: Work, key: int, draft: DraftView) -> None:
    """Keep what was typed so far; an empty draft is thrown away. To be run by `Desk.jot`."""
    drop(work, key)
    if draft != DraftView():
        work.session.add(
            Draft(
                rep_id=work.rep_id,
                dossier_id=key,
                said=storable(draft.said),
                typed=storable(draft.typed),
                outcome=draft.outcome,
                owe=storable(draft.owe),
            )
        )


def drop(work: Work, key: int) -> None:
    """Throw the rep's draft about a dossier away."""
    work.session.flush()
    work.connection.execute(delete(Draft).where(*_mine(work, key)))


def _mine(work: Work, key: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Draft.rep_id) == work.rep_id, col(Draft.dossier_id) == key
