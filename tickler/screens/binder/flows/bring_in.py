"""Bringing in at the binder: a client list or mails from files, and the evening's paper."""

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened

from tickler.screens.binder.port import Binder
from tickler.session import Session


async def import_(_: Session, binder: Binder) -> None:
    """Ask for the file."""
    from tickler.screens.binder.forms.import_form import ImportForm

    await binder.dock.open(ImportForm())


async def enter(_: Session, binder: Binder) -> None:
    """Type what was written on the printed pile: that which is turned to, else today's."""
    from tickler.screens.binder.forms.enter_form import EnterForm

    day = binder.view.pile.on if binder.view and not binder.at_today else None
    await binder.dock.open(EnterForm(day.isoformat() if day else ""))
