"""Bringing in at the binder: a client list or mails from files, and the evening's paper."""

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened

from tickler.screens.binder.port import Binder
from tickler.session import Session


async def import_(_: Session, binder: Binder) -> None:
    """Ask for the file."""
    from tickler.screens.binder.forms.import_form import ImportForm

    await binder.dock.open(ImportForm())
