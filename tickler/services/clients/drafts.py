"""Drafts: what is half typed about a dossier, kept per rep until it is filed or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import col

from tickler.core.contact.kinds import Outcome
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


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """A form as it was left: its name, or `#3` for that sheet, and the answers as typed."""

    form: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def of(work: Work, key: int) -> DraftView:
    """The rep's draft of a contact; an empty one where there is none."""
    columns = (col(Draft.said), col(Draft.typed), col(Draft.outcome), col(Draft.owe))
    row = work.ask(select(*columns).where(*_mine(work, key))).first()
    return DraftView(*row) if row else DraftView()


def sheet_of(work: Work, key: int) -> SheetDraft:
    """The rep's draft of a sheet; an empty one where there is none."""
    columns = (col(Draft.form), col(Draft.answers))
    row = work.ask(select(*columns).where(*_mine(work, key))).first()
    return SheetDraft(row.form, row.answers or {}) if row else SheetDraft()


def keep(work: Work, key: int, draft: DraftView | SheetDraft) -> None:
    """Keep what was typed so far; an empty draft is thrown away. Run by `Desk.write_unjournaled`.

    A contact and a sheet are kept beside each other.
    """
    if isinstance(draft, SheetDraft):
        contact, sheet = of(work, key), draft
    else:
        contact, sheet = draft, sheet_of(work, key)
    drop(work, key)
    if contact != DraftView() or sheet != SheetDraft():
        work.session.add(
            Draft(
                rep_id=work.rep_id,
                dossier_id=key,
                said=storable(contact.said),
                typed=storable(contact.typed),
                outcome=contact.outcome,
                owe=storable(contact.owe),
                form=sheet.form,
                answers={name: storable(text) for name, text in sheet.answers.items()},
            )
        )


def drop(work: Work, key: int) -> None:
    """Throw the rep's drafts about a dossier away."""
    work.session.flush()
    work.connection.execute(delete(Draft).where(*_mine(work, key)))


def _mine(work: Work, key: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Draft.rep_id) == work.rep_id, col(Draft.dossier_id) == key
