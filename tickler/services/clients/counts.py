"""What a dossier counts of its history as of now: a line that lies ahead counts nowhere.

Lines lie ahead where the clock was wrong when they were written, or a later day was rehearsed.
"""

from contextlib import closing
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from tickler.core.contact import kinds
from tickler.desk import Work
from tickler.models import Dossier, Entry


def has_come(work: Work) -> ColumnElement[bool]:
    """Whether a line of history does not lie ahead."""
    return col(Entry.at) <= work.now


def counted(work: Work, key: int) -> kinds.Count:
    """What counts of a dossier's history as it now is; read back to the last contact alone."""
    counts = (Entry.at, Entry.kind, Entry.outcome, Entry.filed_from, Entry.filed_to)
    newest_first = (col(Entry.at).desc(), col(Entry.id).desc())
    here = (col(Entry.dossier_id) == key, has_come(work))
    statement = select(*map(col, counts)).where(*here).order_by(*newest_first)
    with closing(work.ask(statement)) as found:
        return kinds.count(
            kinds.Trace(at, at.astimezone().date(), kind, outcome, left, reached)
            for at, kind, outcome, left, reached in found
        )


def worked_on(work: Work, dossier: Dossier) -> date | None:
    """The last day on which the dossier was worked, since it was filed; none that lies ahead."""
    day = dossier.worked_on
    return day if day and day <= work.today else None
