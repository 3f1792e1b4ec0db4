"""The journal as the rep meets it: undo, redo, and the list of changes."""

from dataclasses import replace

from sqlmodel import col

from tickler.core.remark import Remark
from tickler.core.views import ChangeLine, DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import Busy, Hint, NotFound
from tickler.models import Dossier
from tickler.services.clients import read
from tickler.store import journal

#: As many dossiers as a receipt shows of an action that touched thousands.
MOST_SHOWN = 500

_HIGHEST = 2**63 - 1


def changes(work: Work, most: int = 50) -> list[ChangeLine]:
    """The rep's last actions, newest first."""
    return journal.lines(work.connection, work.rep_id, most)


def next_undo(work: Work, number: int | None = None) -> ChangeLine:
    """What `undo` would take back; raises Refused or NotFound where there is nothing."""
    return _next_undo(work, number)


def next_redo(work: Work) -> ChangeLine:
    """What `redo` would do again; raises Refused where there is nothing."""
    return journal.next_redo(work.connection, work.rep_id)


def undo(work: Work, number: int | None = None, *, seen: int | None = None) -> Receipt:
    """Take back the last action, or the one of that number; raises Refused with the reason.

    `seen` is the line that the last action was when it was looked at: raises Busy where another
    one has become the last meanwhile.
    """
    line = _next_undo(work, number)
    if seen is not None and line.number != seen:
        raise Busy("another program did or undid something meanwhile; nothing was undone here")
    before = _touched(work, line.number)
    past = journal.was_forgotten_since(work.connection, work.rep_id, line.number)
    journal.undo(work.connection, work.change or 0, work.rep_id, number)
    receipt = _receipt(work, "undo", f"undone: {line.summary}", line, before)
    if number is not None or not past:
        return receipt
    said = "what was forgotten since cannot be taken back: this went past it, to what was before"
    return replace(receipt, warnings=(*receipt.warnings, Remark("past-forgotten", said)))


def redo(work: Work) -> Receipt:
    """Do again what the last undo took back; raises Refused where something was done since."""
    line = journal.next_redo(work.connection, work.rep_id, work.change or 0)
    before = _touched(work, line.number)
    journal.redo(work.connection, work.change or 0, work.rep_id)
    return _receipt(work, "redo", f"done again: {line.summary}", line, before)


def _next_undo(work: Work, number: int | None) -> ChangeLine:
    if number is not None and number > _HIGHEST:  # SQLite cannot hold it
        raise NotFound(f"there is no change {number}", hint=Hint.CHANGES)
    return journal.next_undo(work.connection, work.rep_id, number, work.change or 0)


def _receipt(
    work: Work, action: str, text: str, line: ChangeLine, before: tuple[DossierRow, ...]
) -> Receipt:
    work.summary = line.summary
    return Receipt(action, work.change, text, before, _touched(work, line.number))


def _touched(work: Work, number: int) -> tuple[DossierRow, ...]:
    keys = sorted(journal.touched(work.connection, number).dossiers)[:MOST_SHOWN]
    return tuple(
        row for batch in read.batches(keys) for row in read.rows(work, col(Dossier.id).in_(batch))
    )
