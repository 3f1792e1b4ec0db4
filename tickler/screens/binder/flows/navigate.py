"""Going about the binder: inserts, pages, the dossier in full, marks; nothing is changed."""

from tickler.core.filing.slots import INBOX
from tickler.screens.binder.flows import bring_in
from tickler.screens.binder.port import Binder
from tickler.screens.key_queue import TypedNumber
from tickler.session import Session


def open_dossier(_: Session, binder: Binder) -> None:
    """Show the dossier in full, or the pile again; unfold a folded group."""
    if not binder.pile.toggle() and binder.pile.row:
        binder.show_in_full(not binder.dock.in_full)


def step_back(_: Session, binder: Binder) -> None:
    """From the dossier in full to the pile; on the pile, release what is dragged or marked."""
    if not binder.pile.let_go() and (binder.dock.in_full or not binder.pile.unmark()):
        binder.show_in_full(False)


def work(_: Session, binder: Binder) -> None:
    """Work through the pile, or stop."""
    binder.work_through()


def today(_: Session, binder: Binder) -> None:
    """Turn to today's pile."""
    binder.number = TypedNumber()
    binder.go(None)


async def inbox(session: Session, binder: Binder) -> None:
    """Turn to what has no date yet; in an empty binder nothing has, and all is to be imported."""
    if binder.view and binder.view.empty:
        await bring_in.import_(session, binder)
    else:
        binder.go(INBOX)


def insert(_: Session, binder: Binder, by: int) -> None:
    """Turn to the insert after this one, or before it."""
    slots = binder.rail.in_order()
    here = binder.view.pile.slot if binder.view else ""
    if here in slots:
        place = min(max(slots.index(here) + by, 0), len(slots) - 1)
        binder.go(slots[place])


def digit(session: Session, binder: Binder, typed: int) -> None:
    """Turn to the insert of the number that is being typed."""
    number = binder.number.after(typed)
    if binder.view and (found := binder.view.by_number(number)):
        binder.go(found.key)
    elif binder.view and number:
        session.tell(f"insert {number} is not in use" if number < 32 else "31 is the last insert")


async def leave(_: Session, binder: Binder) -> None:
    """Leave tickler."""
    await binder.app.action_quit()
