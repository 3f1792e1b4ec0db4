"""The appointments of today: dossiers and slips with a time that nobody has worked yet."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col

from tickler.core.contact.kinds import Status
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.reminders import Appointment, Held
from tickler.core.filing.slots import NextContact
from tickler.core.views import DossierRow, DueSlip
from tickler.desk import Work
from tickler.models import Dossier
from tickler.services.clients import read


def appointments(work: Work, *, whole: bool = False) -> tuple[Appointment, ...]:
    """What has a time today, in its order; `whole` with the number to call."""
    not_worked = or_(col(Dossier.worked_on).is_(None), col(Dossier.worked_on) != work.today)
    timed = read.rows(
        work,
        col(Dossier.status) == Status.OPEN,
        col(Dossier.next_on) == work.today,
        col(Dossier.next_at).is_not(None),
        not_worked,
        whole=whole,
    )
    slips = read.due_slips(work, (work.today, work.today + ONE_DAY), whole=whole)
    found = (*map(_of_dossier, timed), *map(_of_slip, (d for d in slips if d.slip.due_at)))
    return tuple(sorted(found, key=lambda each: (each.at, each.name)))


def _of_dossier(row: DossierRow) -> Appointment:
    what = ": ".join(part for part in (row.kind, row.what) if part)
    number = row.number_at_hand or ""
    return Appointment(_begins(row.next), row.name, what, Held.DOSSIER, row.id, number)


def _of_slip(due: DueSlip) -> Appointment:
    slip = due.slip
    what = slip.text if slip.names_kind else f"{slip.kind}: {slip.text}"
    number = due.row.number_at_hand or ""
    return Appointment(_begins(slip.due), due.row.name, what, Held.SLIP, slip.id, number)


def _begins(when: NextContact) -> datetime:
    assert when.on
    assert when.at
    return datetime.combine(when.on, when.at).astimezone()
