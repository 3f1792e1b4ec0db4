"""Handing a pile to a colleague at the binder, and bringing it home."""

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened

from tickler.screens.binder.port import Binder
from tickler.session import Session


async def hand_over(_: Session, binder: Binder) -> None:
    """Ask for the days, the colleague and the file."""
    from tickler.screens.binder.forms.handover_forms import HandOverForm

    await binder.dock.open(HandOverForm())


async def bring_home(_: Session, binder: Binder) -> None:
    """Ask for the file of a pile that comes back."""
    from tickler.screens.binder.forms.handover_forms import BringHomeForm

    await binder.dock.open(BringHomeForm())
