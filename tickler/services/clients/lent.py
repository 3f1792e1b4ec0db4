"""Which dossiers are with a colleague who stands in, and until when."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import SQLModel

from tickler.core.dates.workdays import ONE_DAY
from tickler.core.text import fold
from tickler.desk import Work
from tickler.errors import Refused

_TABLES = SQLModel.metadata.tables
_HANDOVER, _NOTED = _TABLES["handover"], _TABLES["handover_row"]

_LENT = (
    select(_NOTED.c.dossier_id, *_HANDOVER.c)
    .join(_HANDOVER, _HANDOVER.c.id == _NOTED.c.handover_id)
    .where(_NOTED.c.of_table == "dossier", _HANDOVER.c.rep_id == bindparam("rep"))
    .order_by(_HANDOVER.c.id)
)


def out(work: Work) -> list[Row[*tuple[Any, ...]]]:
    """The dossiers that are not back yet, each with its hand-over, the last one last.

    One that was handed to the same colleague again is in the later pile alone.
    """
    last = {(row.dossier_id, fold(row.colleague)): row for row in work.ask(_LENT, rep=work.rep_id)}
    return sorted((row for row in last.values() if row.back is None), key=lambda row: int(row.id))


def words(work: Work) -> Mapping[int, str]:
    """`with Tom until Fri 18 Dec`, by the ids of the dossiers that are not back yet."""
    if not work.has_handovers:
        return {}
    if work.lent is None:
        shown = work.settings.date_words
        work.lent = {
            row.dossier_id: f"with {row.colleague or 'a colleague'} "
            f"until {shown.short(row.after - ONE_DAY)}"
            for row in out(work)
        }
    return work.lent


def refuse_here(work: Work) -> None:
    """Raise Refused where this binder is a pile handed over: its own rep decides that at home."""
    if work.standing_in_for:
        raise Refused(
            f"this is the pile of {work.standing_in_for}, in the hands of a colleague: "
            "that is done in the binder it came from"
        )
