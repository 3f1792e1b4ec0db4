"""What to say where nothing is on today's pile: what comes next, what waits, how yesterday was."""

from datetime import time

from sqlalchemy import select
from sqlmodel import col

from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.slots import NextContact
from tickler.core.views.binder import NextUp, Quiet
from tickler.desk import Work
from tickler.models import Dossier, Slip
from tickler.services.piles import load


def quiet(work: Work, waiting: int) -> Quiet:
    """Today without a pile, and with so many dossiers in the inbox."""
    before = work.calendar.on_or_before(work.today - ONE_DAY)
    return Quiet(_next_up(work), waiting, before, load.done(work, before).dossiers)


def _next_up(work: Work) -> NextUp | None:
    """The first dossier, or slip, of a day after today."""
    first = [found for found in (_dossier(work), _slip(work)) if found]
    return min(first, key=lambda up: (up.when.on, up.when.at or time.max), default=None)


def _dossier(work: Work) -> NextUp | None:
    on, at = col(Dossier.next_on), col(Dossier.next_at)
    columns = (on, at, col(Dossier.next_half), col(Dossier.name), col(Dossier.next_what))
    ahead = (
        select(*columns)
        .where(*load.mine(work), on > work.today)
        .order_by(on, at.is_(None), at, col(Dossier.folded), col(Dossier.id))
        .limit(1)
    )
    found = work.ask(ahead).first()
    if found is None:
        return None
    day, begins, half, name, what = found
    return NextUp(NextContact(on=day, at=begins, half=half), name, what)


def _slip(work: Work) -> NextUp | None:
    on, at = col(Slip.due_on), col(Slip.due_at)
    ahead = (
        select(on, at, col(Dossier.name), col(Slip.text))
        .join(Dossier, col(Dossier.id) == col(Slip.dossier_id))
        .where(col(Slip.ticked_on).is_(None), on > work.today)
        .where(col(Dossier.owner_id) == work.rep_id)
        .order_by(on, at.is_(None), at, col(Slip.id))
        .limit(1)
    )
    found = work.ask(ahead).first()
    return NextUp(NextContact(on=found[0], at=found[1]), found[2], found[3]) if found else None
