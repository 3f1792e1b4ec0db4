"""What a rep saw before saying yes: nothing is done where it is no longer so."""

from collections.abc import Sequence

from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.errors import Busy
from tickler.services.clients import read


def refuse_changed(what: str, seen: object, now: object, done: str, *, to: str = "") -> None:
    """Raise Busy where `what` is not as it was `seen`: nothing was `done`; `to` says how it is."""
    if seen != now:
        is_now = f", to {to}" if to else ""
        raise Busy(f"{what} was changed meanwhile{is_now}; nothing was {done}. Try again")


def again(work: Work, shown: Sequence[DossierRow], done: str) -> tuple[DossierRow, ...]:
    """The dossiers that were shown, as they are now; raises Busy where one was filed or worked."""
    found = read.by_ids(work, [row.id for row in shown])
    for row, now in zip(shown, found, strict=True):
        refuse_changed(now.name, _standing(row), _standing(now), done)
    return found


def _standing(row: DossierRow) -> tuple[object, ...]:
    """What a filing or a contact changes in a dossier."""
    return row.next, row.status, row.attempts, row.last_contact
