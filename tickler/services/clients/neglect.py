"""Who has gone without contact for longer than the intervals allow, by a few columns of each."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import SQLModel

from tickler.core.contact.intervals import ContactDue
from tickler.core.contact.kinds import Status
from tickler.desk import Work
from tickler.services.clients import read

_TABLES = SQLModel.metadata.tables
_DOSSIER, _CARD = _TABLES["dossier"], _TABLES["card"]

#: Open clients for whom an interval may hold: one of their own, or that of their segment.
_MEASURED = (
    select(_DOSSIER.c.id, _DOSSIER.c.folded, _DOSSIER.c.last_contact, _DOSSIER.c.added_on)
    .add_columns(_DOSSIER.c.attempts, _DOSSIER.c.ideal, _DOSSIER.c.longest, _CARD.c.segment)
    .join(_CARD, _CARD.c.id == _DOSSIER.c.card_id)
    .where(_DOSSIER.c.owner_id == bindparam("rep"), _DOSSIER.c.status == Status.OPEN)
    .where(~_DOSSIER.c.is_note)
)


class Neglected(NamedTuple):
    """A dossier without contact for `days`, and the interval that is over."""

    key: int
    folded: str
    over: ContactDue
    days: int


def neglected(work: Work) -> Iterator[Neglected]:
    """Those without contact for longer than their intervals allow."""
    measured = [_DOSSIER.c.ideal != "", _DOSSIER.c.longest != ""]
    if segments := [*work.settings.intervals]:
        measured.append(func.fold(_CARD.c.segment).in_(segments))
    for row in work.ask(_MEASURED.where(or_(*measured)), rep=work.rep_id).all():
        _, last_contact = read.counted(work, row)
        _, over, days = read.waited(work, row, last_contact)
        if over:
            yield Neglected(row.id, row.folded, over, days or 0)


def worst_first(each: Neglected) -> tuple[bool, int, str, int]:
    """By this they are in order: the longest interval first, then who waits longest."""
    return each.over is not ContactDue.LONGEST, -each.days, each.folded, each.key
