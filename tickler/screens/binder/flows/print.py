"""Paper at the binder: dossiers, the pile that is turned to, the inserts, into a file or shown."""

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import filing, printing
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.desk import Work
    from tickler.formats.printing.document import Document
    from tickler.services.filing.paper_page import PrintedPile


async def print_pile(session: Session, binder: Binder) -> None:
    """Ask for the file; nothing of the binder is changed by it."""
    from tickler.screens.binder.forms.print_form import PrintPileForm

    slot = binder.view.pile.slot if binder.view else ""
    page = await _page_of(session, slot) if slot else None
    if page:
        if binder.view and binder.view.pile.hidden:
            binder.say("all of the pile is printed, also what the filter hides")
        about = f"the pile of {page.title}"
        await binder.dock.open(
            PrintPileForm(about, page.file_name, lambda: _page_of(session, slot))
        )


async def _page_of(session: Session, slot: str) -> PrintedPile | None:
    """The page of an insert; where it is empty, say so."""
    page = await session.see(filing.paper_page.of_key, slot)
    if page and not page.lines:
        session.say("nothing is here to print")
        return None
    return page


async def print_dossiers(session: Session, binder: Binder) -> None:
    """Ask for the file of the dossier in hand, or of the marked ones."""
    rows = await targets.selected_rows(session, binder.pile)
    if rows:
        keys = [row.id for row in rows]
        made = partial(printing.dossiers.document, keys=keys)
        await _ask(session, binder, targets.named(rows), made)


async def print_slots(session: Session, binder: Binder) -> None:
    """Ask for the file of the list of all inserts."""
    await _ask(session, binder, "all inserts", printing.binder.slots)


async def print_inserts(session: Session, binder: Binder) -> None:
    """Ask for the file of the sheets for a binder of paper."""
    await _ask(session, binder, "insert sheets", printing.binder.inserts)


async def _ask(
    session: Session, binder: Binder, about: str, made: Callable[[Work], Document]
) -> None:
    from tickler.formats.printing import kinds
    from tickler.screens.binder.forms.print_form import PrintForm

    document = await session.see(made)
    if document:
        name = f"{document.name}.{kinds.usual()}"
        await binder.dock.open(PrintForm(about, name, lambda: session.see(made)))
