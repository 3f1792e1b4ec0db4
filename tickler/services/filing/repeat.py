"""How often a client is contacted: what is set, the date that follows from it, what is proposed."""

from collections.abc import Mapping, Sequence
from datetime import date

from tickler.core.contact import kinds, next_proposal
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.contact.next_proposal import NextProposal, Situation
from tickler.core.dates import parse
from tickler.core.dates.repeat import every_in_words, kept_every, read_every
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import named
from tickler.core.remark import Remark
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.models import Dossier
from tickler.services.clients import read
from tickler.services.filing import place

#: A hint about many names at most this many.
_NAMED = 3

#: What to think about instead of moving once more.
_INSTEAD = "close, a longer interval, hand over?"


def set_every(work: Work, dossier: Dossier, typed: str | None, target: NextContact) -> str:
    """Set how often the client is contacted, where that was typed; what is to be said of it.

    A fixed rhythm begins on the `target`, or today. Raises Unreadable.
    """
    if typed is None:
        return ""
    dossier.every = kept_every(typed, target.on or work.today)
    return f" · {every_in_words(dossier.every) or 'no longer repeated'}"


def date_after(
    work: Work,
    row: DossierRow,
    every: str,
    kind: Kind,
    outcome: Outcome | None,
    *,
    day: date,
    counts: bool = False,
) -> str:
    """The date after a contact on `day`, as it is typed; "" where none follows from `every`.

    None does from an attempt, from a contact before the last one, and none moves what is fixed. A
    contact that was written down late does not pull in what is filed ahead. `counts` where a
    contact before its date takes that date's place.
    """
    if not every or not kinds.is_contact(kind, outcome) or row.status is not Status.OPEN:
        return ""
    if kind is Kind.COMPLAINT:  # its answer is still to come
        return ""
    if next_proposal.is_fixed(row.next, work.today):
        return ""
    if row.last_contact and day < row.last_contact.astimezone().date():
        return ""
    rhythm = read_every(every)
    found = rhythm.after(day, work.calendar)
    if counts and (early := early_dates(work, row, every, day)):
        found = early[1]
    # What was written down late does not make the dossier late.
    found = max(found, work.calendar.on_or_after(work.today))
    ahead = row.next.on and row.next.on > work.today
    if day < work.today and ahead and row.next.on and found < row.next.on:
        return ""
    return found.isoformat()


def early_dates(work: Work, row: DossierRow, every: str, day: date) -> tuple[date, date] | None:
    """The date of a rhythm for which a contact on `day` came early, and the one after it.

    None where the contact came on its date or later: only then the same date would come again.
    """
    if not every or row.next.on is None:
        return None
    rhythm = read_every(every)
    if not rhythm.is_of_calendar or rhythm.after(day, work.calendar) != row.next.on:
        return None
    return row.next.on, rhythm.after(row.next.on, work.calendar)


def early_text(work: Work, row: DossierRow, every: str, day: date) -> str:
    """What to ask after a contact that came early in a rhythm; "" where nothing is."""
    dates = early_dates(work, row, every, day)
    if dates is None:
        return ""
    words = work.settings.date_words
    same, following = (parse.spoken(NextContact(on=each), words) for each in dates)
    return f"{same} comes again; if this contact counts for it, the next is {following}"


def proposals(work: Work, keys: Sequence[int]) -> Mapping[Outcome | None, NextProposal]:
    """What each outcome of a contact with these clients proposes; None is without outcome.

    Of several, only what holds for all of them is proposed.
    """
    rows = read.by_ids(work, keys)
    return {outcome: _proposed(work, rows, None, outcome) for outcome in (None, *Outcome)}


def _proposed(
    work: Work, rows: Sequence[DossierRow], kind: Kind | None, outcome: Outcome | None
) -> NextProposal:
    every = {row.every for row in rows}
    situation = Situation(
        today=work.today,
        now=work.now.time(),
        calendar=work.calendar,
        attempts=min((row.attempts for row in rows), default=0),
        every=read_every(every.pop()) if len(every) == 1 and all(every) else None,
        fixed=any(next_proposal.is_fixed(row.next, work.today) for row in rows),
        filed=rows[0].next.on if len(rows) == 1 else None,
    )
    planned = next((row.kind for row in rows if row.kind), Kind.CALL)
    return next_proposal.proposed(kind or planned, outcome, situation, work.settings.outcomes)


def proposal_after(
    work: Work, key: int, kind: Kind | None, outcome: Outcome | None
) -> NextProposal:
    """What a contact that is about to be written down proposes.

    Nothing for a closed dossier, nor for a complaint, which has a day of its own.
    """
    row = read.by_id(work, key)
    if row.status is not Status.OPEN or kind is Kind.COMPLAINT:
        return NextProposal()
    return _proposed(work, [row], kind, outcome)


def hint(work: Work, slid: Sequence[tuple[DossierRow, int]]) -> list[Remark]:
    """The one hint about dossiers with so many slides each, where some have slid too often."""
    enough = work.settings.slides_hint
    often = [(row, n) for row, n in slid if next_proposal.has_slid_often(n, enough)]
    if not often:
        return []
    if len(slid) == 1:
        return [Remark("slides", f"slid {often[0][1]} times: {_INSTEAD}")]
    names = named([row.name for row, _ in often], _NAMED)
    return [Remark("slides", f"{names} slid {enough} times or more: {_INSTEAD}")]


def slides_with(work: Work, row: DossierRow, target: NextContact) -> int:
    """How often the dossier has slid once it is moved there."""
    dossier = place.get_dossier(work, row.id)
    return dossier.slides + place.slides(work, dossier, row.next, target)
