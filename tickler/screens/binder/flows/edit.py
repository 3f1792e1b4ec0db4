"""Editing a dossier: its card or its people in a form, or all of it in the rep's editor."""

# ruff: noqa: PLC0415  # loaded when first wanted

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from tickler.core.client.fields import DossierPage
from tickler.errors import TicklerError
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session, in_words

if TYPE_CHECKING:
    from tickler.core.client.fields import Edit
    from tickler.formats.dossier_text import DossierText
    from tickler.system.editor import EditorFile

NO_ROOM = "no editor can be run in this terminal: Enter e edits here, `tickler edit` in the shell"


async def edit(session: Session, binder: Binder) -> None:
    """Open the card in place of the dossier; its people while their page is shown."""
    from tickler.screens.binder.forms.card import CardForm

    row = targets.row_in_hand(session, binder.pile)
    sheet = await session.see(clients.edit.writable, row.id) if row else None
    if row and sheet:
        of_people = binder.dock.dossier.page is DossierPage.PEOPLE
        known = sheet.people if of_people else sheet.card
        await binder.dock.open(CardForm(row, known, sheet.own))


async def as_text(session: Session, binder: Binder) -> None:
    """Edit the dossier as text in an editor; what was typed is kept as by the form."""
    from tickler.formats.dossier_text import DossierText
    from tickler.system.editor import EditorFile

    row = targets.row_in_hand(session, binder.pile)
    sheet = await session.see(clients.edit.writable, row.id) if row else None
    if row is None or sheet is None:
        return
    text = DossierText(row.id, sheet.card, sheet.people, sheet.own)
    receipt = None
    try:
        with EditorFile(text.written) as paper:
            if edits := _typed(binder.app, paper, text):
                write, faults = clients.edit.edit, list[str]()
                receipt = await session.act(faults.append, write, row.id, edits)
                if faults:
                    session.tell(paper.kept(faults[0]))
            else:
                session.say(f"{row.name}: nothing changed")
    except SuspendNotSupported:
        session.tell(NO_ROOM)
    except TicklerError as error:
        session.tell(in_words(error))
    if receipt:
        binder.filed(receipt, None)


def _typed(app: App[object], paper: EditorFile, text: DossierText) -> Sequence[Edit]:
    """What was typed into the editor; the binder is suspended meanwhile."""
    fault: TicklerError | None = None
    edits: Sequence[Edit] | None = None
    with app.suspend():
        try:
            edits = paper.edited(text.read, os.environ)
        except TicklerError as error:
            fault = error  # raised only once the terminal is the binder's again
    app.refresh(layout=True)
    if fault:
        raise fault
    return edits or ()
