"""The menus of the binder: what can be done with what is in hand, and where one can go."""

from tickler.core.filing.slots import CABINET
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.screens.bindings import FLOWS, MENU, Hand, in_menu
from tickler.session import Session


async def offer(session: Session, binder: Binder, menu: str) -> None:
    """Show a menu and do what is chosen; a folded group in hand is opened instead.

    The help is the menu of all keys, where nothing is chosen.
    """
    if menu == "help":
        from tickler.screens.dialogs.help import HelpScreen  # noqa: PLC0415  # when first wanted

        await session.ask(HelpScreen())
        return
    title, hand, is_note = "Go to", Hand.OPEN, False
    if menu == MENU:
        pile = binder.pile
        if not pile.marked and (pile.toggle() or not targets.row_in_hand(session, pile)):
            return
        title, hand = await _in_hand(session, binder)
        is_note = bool(not pile.marked and pile.row and pile.row.is_note)
    from tickler.screens.dialogs.menu import MenuScreen  # noqa: PLC0415  # when first wanted

    name = await session.ask(MenuScreen(title, in_menu(menu, hand, is_note=is_note)))
    if name and (doing := FLOWS[name](session, binder)):
        await doing


async def _in_hand(session: Session, binder: Binder) -> tuple[str, Hand]:
    """What is in hand, in words, and which kind of thing it is."""
    pile = binder.pile
    if pile.marked:
        return f"{targets.named(await targets.selected_rows(session, pile))}, marked", Hand.MARKED
    if pile.slip and pile.row:
        return f"{targets.named([pile.row])}: {printable(pile.slip.label)}", Hand.SLIP
    assert pile.row is not None
    return targets.named([pile.row]), Hand.CLOSED if pile.row.slot == CABINET else Hand.OPEN
