"""What is known when a contact begins: its kind, who may be spoken with, what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.contact.next_proposal import NextProposal
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.models import Entry
from tickler.services.clients import read
from tickler.services.filing import log, repeat


@dataclass(frozen=True, slots=True)
class LogStart:
    """What a contact with one client, or the same with several, begins with.

    `proposals` and `kinds` are by outcome, None is without one: what is proposed for the next
    contact, and what this one is where that is not said; None where the clients differ. `people`
    are the names, the likeliest first, `decider` who alone decides, `what` what was planned.
    """

    proposals: Mapping[Outcome | None, NextProposal]
    kinds: Mapping[Outcome | None, Kind | None]
    people: tuple[str, ...] = ()
    decider: str = ""
    what: str = ""


def begin(work: Work, keys: Sequence[int], direction: Direction | None = None) -> LogStart:
    """What a contact with these clients begins with; the client called where `direction` is in."""
    rows = read.by_ids(work, keys)
    outcomes = (None, *Outcome)
    kinds = {outcome: _kind(work, rows, outcome, direction) for outcome in outcomes}
    proposals = repeat.proposals(work, keys)
    if len(rows) != 1:
        return LogStart(proposals, kinds)
    row = rows[0]
    deciders = [person.name for person in row.people if person.decides]
    decider = deciders[0] if len(deciders) == 1 else ""
    return LogStart(proposals, kinds, _people(work, row), decider, row.what)


def _kind(
    work: Work, rows: Sequence[DossierRow], outcome: Outcome | None, direction: Direction | None
) -> Kind | None:
    found = {log.kind_of(row, outcome, direction, work.now) for row in rows}
    return found.pop() if len(found) == 1 else None


def _people(work: Work, row: DossierRow) -> tuple[str, ...]:
    """The people's names: who decides, then who was spoken with last, then the others."""
    if not row.people:
        return ()
    spoken = (
        select(col(Entry.person_id))
        .where(col(Entry.dossier_id) == row.id, col(Entry.person_id).is_not(None))
        .order_by(col(Entry.at).desc(), col(Entry.id).desc())
        .limit(1)
    )
    last = work.ask(spoken).scalar()
    ranked = sorted(row.people, key=lambda each: (not each.decides, each.id != last))
    return tuple(dict.fromkeys(person.name for person in ranked))
