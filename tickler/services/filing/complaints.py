"""Complaints: one that is written down stays open, by a slip, until an outcome settles it."""

from collections.abc import Mapping
from typing import Any

from tickler.core.contact import complaints
from tickler.core.contact.kinds import Kind
from tickler.core.dates import parse
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.core.views import DossierRow, SlipView
from tickler.desk import Work
from tickler.errors import Ambiguous, Refused
from tickler.models import Entry, Slip


def written(work: Work, row: DossierRow, entry: Entry) -> str:
    """Open a complaint, or settle the one that is open, by a line of that kind; says which.

    Raises Ambiguous where several are open, and the line does not say which one it settles.
    """
    if row.is_note:
        raise Refused(f"{row.name} is a note of your own: there is nobody to complain")
    waiting = row.complaints
    if entry.outcome is not None and waiting:
        if not complaints.settles(entry.outcome):
            return f"still open: {_named(work, waiting[0])}"
        if len(waiting) > 1:
            which = ", ".join(f"s{slip.id} {quote(slip.text)}" for slip in waiting)
            raise Ambiguous(f"which complaint is settled? {which}; tick the one by its number")
        settled = work.session.get_one(Slip, waiting[0].id)
        settled.ticked_on = work.today
        return f"settled: {_named(work, waiting[0])}"
    slip = _open(work, entry)
    if complaints.settles(entry.outcome):
        slip.ticked_on = work.today
        return "settled at once"
    return f"open, to be answered by {_day(work, slip)}"


def corrected(work: Work, entry: Entry, was: Mapping[str, Any]) -> str:
    """Open, settle or delete the complaint of a corrected line as it now says; says which."""
    of_line = _slips(work, entry)
    if entry.kind is not Kind.COMPLAINT:
        for slip in of_line:
            work.session.delete(slip)
        return "no complaint any more" if of_line else ""
    if "kind" in was and not of_line:
        return f"a complaint, to be answered by {_day(work, _open(work, entry))}"
    said = ""
    for slip in of_line:
        slip.text = complaints.text_of(entry.text)
        if "outcome" in was and complaints.settles(entry.outcome) and not slip.ticked_on:
            slip.ticked_on = work.today
            said = "settled"
    return said


def still_open(work: Work, row: DossierRow) -> list[Remark]:
    """The warnings that complaints of a client wait for an answer."""
    waiting = (_named(work, slip) for slip in row.complaints)
    return [Remark("open-complaint", f"still open: {each}") for each in waiting]


def _open(work: Work, entry: Entry) -> Slip:
    came = entry.at.astimezone()
    day = complaints.due_on(came.replace(tzinfo=None), work.settings.complaint_hours, work.calendar)
    slip = Slip(
        dossier_id=entry.dossier_id,
        author_id=work.rep_id,
        entry_id=entry.id,
        kind=SlipKind.COMPLAINT,
        text=complaints.text_of(entry.text),
        due_on=day,
        first_due_on=day,
        made_at=entry.at,
    )
    work.session.add(slip)
    work.session.flush()
    return slip


def _slips(work: Work, entry: Entry) -> list[Slip]:
    from sqlmodel import col, select  # noqa: PLC0415  # only where a line is corrected

    of_line = (col(Slip.entry_id) == entry.id) & (col(Slip.kind) == SlipKind.COMPLAINT)
    return list(work.session.exec(select(Slip).where(of_line)))


def _named(work: Work, slip: SlipView) -> str:
    return f"{slip.label} by {_day(work, slip)}"


def _day(work: Work, slip: Slip | SlipView) -> str:
    return parse.spoken(NextContact(on=slip.due_on), work.settings.date_words)
