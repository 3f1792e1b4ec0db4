"""Finding at the binder: by words, who was neglected, the weeks ahead, what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

# ruff: noqa: PLC0415  # screens are loaded when first wanted
from textual.content import Content

from tickler.core.contact.intervals import SIGNS, ContactDue, lasting
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import shortly
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session
from tickler.widgets.styled import QUIET

if TYPE_CHECKING:
    from tickler.core.views import DossierRow

NOBODY = "nobody has gone too long without contact, or no interval is set: Enter e sets one"

#: More of those who were neglected than this are counted, not shown.
_WORST = 200


async def find(session: Session, binder: Binder) -> None:
    """Turn to a dossier that is found by what is written in it."""
    from tickler.screens.dialogs.find import FindScreen

    if row := await session.ask(FindScreen()):
        binder.go(row.key, row.id)


async def neglected(session: Session, binder: Binder) -> None:
    """Turn to a dossier that has gone without contact for too long."""
    listing = await session.see(clients.listing.of, neglected=True)
    if listing is None:
        return
    worst = listing.keys[:_WORST]
    found = await session.see(clients.listing.rows, worst, whole=False)
    if found is None:
        return
    if not found:
        session.say(NOBODY)
        return
    lines = [(row.id, _line(row, session.date_words)) for row in found]
    from tickler.screens.dialogs.pick import Pick

    title = f"{len(listing.keys)} without contact for longer than ideal"
    picked = await session.ask(Pick(title, lines, {"o": "turn to it"}))
    if row := next((row for row in found if picked and row.id == picked.key), None):
        binder.go(row.key, row.id)


async def load(session: Session, binder: Binder) -> None:
    """Show the weeks ahead, and turn to the day that is chosen there."""
    from tickler.screens.load import LoadScreen

    if place := await session.ask(LoadScreen()):
        binder.go(*place)
    else:
        binder.load()  # the rep may be away by now


async def history(session: Session, binder: Binder) -> None:
    """Show the history; the dossier stays in hand where a line is corrected."""
    from tickler.screens.history import HistoryScreen

    row = targets.row_in_hand(session, binder.pile)
    if row and (corrected := await session.ask(HistoryScreen(row))):
        binder.filed(corrected, corrected.after[0].id)


async def review(session: Session, _: Binder) -> None:
    """Show what was planned, done and kept."""
    from tickler.screens.review import ReviewScreen

    await session.ask(ReviewScreen())


def _line(row: DossierRow, words: DateWords) -> Content:
    """`◕ ACME  63 days · longest 8w · next Fri 27 Nov`."""
    over = "$text-error" if row.contact_due is ContactDue.LONGEST else "$text-warning"
    sign = SIGNS[row.contact_due] if row.contact_due else " "
    name = Content(printable(row.name)).truncate(20, ellipsis=True, pad=True)
    limit = getattr(row.limits, row.contact_due) if row.contact_due else ""
    since = f"  {lasting(row.since_contact or 0)} · {row.contact_due} {limit}"
    onward = f" · next {shortly(row.next, words)}"
    return Content.assemble((f"{sign} ", over), name, since, (onward, QUIET))
