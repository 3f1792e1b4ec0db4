"""Paper at the binder: the pile that is turned to, numbered, into a file to print."""

from tickler.screens.binder.port import Binder
from tickler.session import Session


async def print_pile(session: Session, binder: Binder) -> None:
    """Ask for the file; nothing of the binder is changed by it."""
    from tickler.screens.binder.forms.files import PrintForm, page_of  # noqa: PLC0415  # when first wanted

    slot = binder.view.pile.slot if binder.view else ""
    page = await page_of(session, slot) if slot else None
    if page:
        if binder.view and binder.view.pile.hidden:
            binder.say("all of the pile is printed, also what the filter hides")
        await binder.dock.open(PrintForm(slot, page))
