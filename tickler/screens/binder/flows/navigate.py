"""Going about the binder: inserts, pages, the dossier in full, marks; nothing is changed."""

from textual.content import Content

from tickler.core.filing.narrow import PileColumn
from tickler.screens.binder.port import Binder
from tickler.screens.key_queue import TypedNumber
from tickler.session import Session


def open_dossier(_: Session, binder: Binder) -> None:
    """Show the dossier in full, or the pile again; unfold a folded group."""
    if not binder.pile.toggle() and binder.pile.row:
        binder.show_in_full(not binder.dock.in_full)


def step_back(_: Session, binder: Binder) -> None:
    """From the dossier in full to the pile; there, release what is dragged, marked or filtered."""
    if binder.pile.let_go():
        return
    if not binder.dock.in_full:
        if binder.pile.unmark():
            return
        if binder.dock.filter.clear():
            binder.look_again()
            return
    binder.show_in_full(False)


def filter_pile(session: Session, binder: Binder) -> None:
    """Show only what fits what is typed, as it is typed."""
    if binder.call:
        session.say("Esc goes back first: a caller is not a pile to look through")
        return
    binder.show_in_full(False)
    binder.dock.filter.begin()


async def sort(session: Session, binder: Binder) -> None:
    """Ask by what the pile is sorted; by the same again, the other way round."""
    from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

    columns = [None, *PileColumn]
    texts = ["the order of the day", *(f"by {column}" for column in PileColumn)]
    lines = [(place, Content(text)) for place, text in enumerate(texts)]
    place = columns.index(binder.dock.looking.column)
    asked = Pick("How is the pile sorted?", lines, {"o": "so"}, numbered=True, place=place)
    if picked := await session.ask(asked):
        binder.dock.looking.sort(columns[picked.key])
        binder.look_again()


def work(_: Session, binder: Binder) -> None:
    """Work through the pile, or stop."""
    binder.work_through()


def today(_: Session, binder: Binder) -> None:
    """Turn to today's pile."""
    binder.number = TypedNumber()
    binder.go(None)


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
        session.say(f"there is no day {number} soon" if number < 32 else "31 is the last day")


async def leave(_: Session, binder: Binder) -> None:
    """Leave tickler."""
    await binder.app.action_quit()
