"""Editing a dossier: its card or its people in a form, or all of it in the rep's editor."""

# ruff: noqa: PLC0415  # loaded when first wanted

from tickler.core.client.dossier_pages import DossierPage
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session


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
    from tickler.screens.binder.editing import in_editor

    row = targets.row_in_hand(session, binder.pile)
    if row and (receipt := await in_editor(session, binder.app, session.tell, row.id)):
        binder.filed(receipt, None)
