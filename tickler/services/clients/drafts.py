"""Drafts: what is half typed into a form, kept per rep until it is filed or thrown away.

Each is kept under the name of its form and the dossier that it is about; some are about none.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import col

from tickler.core.text import storable
from tickler.core.views.drafts import DraftView, has_passed
from tickler.desk import Work
from tickler.models import Draft


def of(work: Work, key: int | None, form: str) -> DraftView:
    """What the rep left in a form, about a dossier or none; an empty one where there is none."""
    columns = (col(Draft.fields), col(Draft.was), col(Draft.in_hand))
    row = work.ask(select(*columns).where(*_about(work, key), col(Draft.form) == form)).first()
    return DraftView(row.fields, row.was, row.in_hand) if row else DraftView()


def all_of(work: Work, key: int | None) -> dict[str, DraftView]:
    """What the rep left about a dossier, or about none, by form, oldest first."""
    columns = (col(Draft.form), col(Draft.fields), col(Draft.was), col(Draft.in_hand))
    rows = work.ask(select(*columns).where(*_about(work, key)).order_by(col(Draft.id)))
    return {
        row.form: DraftView(row.fields, row.was, row.in_hand)
        for row in rows
        if not has_passed(row.form, work.today)
    }


def keep(work: Work, key: int | None, form: str, draft: DraftView) -> None:
    """Keep what was typed so far; an empty draft is thrown away.

    To be run by `Desk.write_unjournaled`.
    """
    work.session.flush()
    old = delete(Draft).where(*_about(work, key), col(Draft.form) == form)
    work.connection.execute(old)
    if draft:
        work.session.add(
            Draft(
                rep_id=work.rep_id,
                dossier_id=key,
                form=form,
                fields=_storable(draft.fields),
                was=_storable(draft.was),
                in_hand=draft.in_hand,
            )
        )


def drop(work: Work, key: int, forms: Collection[str], texts: Collection[str] = ()) -> None:
    """Throw away, of all reps, what was half typed about a part of a dossier that is done with.

    Those are drafts of these forms, and those that have one of the `texts`.
    """
    columns = (col(Draft.id), col(Draft.form), col(Draft.fields), col(Draft.was))
    of_dossier = work.ask(select(*columns).where(col(Draft.dossier_id) == key)).all()
    gone = [
        draft
        for draft, form, fields, was in of_dossier
        if form in forms or {*fields.values(), *was.values()} & {*texts}
    ]
    work.connection.execute(delete(Draft).where(col(Draft.id).in_(gone)))


def _about(work: Work, key: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Draft.rep_id) == work.rep_id, col(Draft.dossier_id) == key


def _storable(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: storable(text) for name, text in texts.items()}
