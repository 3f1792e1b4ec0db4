"""Clients at the binder: departments linked, duplicates merged, one forgotten."""

# ruff: noqa: PLC0415  # dialogs are loaded when first wanted

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tickler.core import views
from tickler.core.phrases import named
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import Receipt

MARK_ONE = "v marks the other dossier of the client; Enter i merges it into the one in hand"


async def link(session: Session, binder: Binder) -> None:
    """Have the dossier in hand share another one's card, or give it its own again."""
    from tickler.screens.dialogs.confirm import Confirm
    from tickler.screens.dialogs.find import FindScreen

    hand = targets.row_in_hand(session, binder.pile)
    # Read whole: a row of the pile does not have what it is linked to.
    row = await session.see(clients.read.by_id, hand.id) if hand else None
    if row is None:
        return
    if not row.linked:
        other = await session.ask(FindScreen(f"Whose card does {row.name} share?"))
        if other:
            await _do(session, binder, clients.link.link, row.id, other.id)
        return
    shared = ", ".join(each.label for each in row.linked)
    question = f"Give {row.name} a card of its own again?"
    if await session.ask(Confirm(question, f"now with {shared}")):
        await _do(session, binder, clients.link.unlink, row.id)


async def merge(session: Session, binder: Binder) -> None:
    """Merge the marked dossier into the one in hand."""
    from tickler.screens.dialogs.confirm import Confirm

    pile = binder.pile
    row = targets.row_in_hand(session, pile)
    others = [key for key in pile.marked if row and key != row.id]
    if row is None or len(others) != 1:
        session.say(MARK_ONE)
        return
    plan, said = await session.see(clients.merge.plan, row.id, others[0]), ""
    while plan:
        question = f"{said}Merge {plan.gone.row.name} into {plan.kept.row.name}?"
        if not await session.ask(Confirm(question, "\n".join(plan.lines))):
            return
        # It may have been asked for long: what would be done is said again where it has changed.
        now, said = await session.see(clients.merge.plan, row.id, others[0]), "Changed meanwhile. "
        if now == plan:
            break
        plan = now
    if plan is None:
        return
    if receipt := await session.act(session.tell, clients.merge.merge, plan):
        pile.forget([row.id, *others])
        binder.filed(receipt, row.id)


async def forget(session: Session, binder: Binder) -> None:
    """Erase the client for good, once the name was typed; then clear the file, too."""
    from tickler.screens.dialogs.confirm import Confirm
    from tickler.screens.dialogs.confirm_name import ConfirmName

    row = targets.row_in_hand(session, binder.pile)
    plan = await session.see(clients.forget.plan, row.id) if row else None
    if plan is None:
        return
    name = plan.row.name
    if not await session.ask(Confirm(f"Erase {name} for good?", "\n".join(plan.lines))):
        return
    spelled = await session.ask(ConfirmName(name))
    erase = clients.forget.forget
    if spelled is None or not await session.write_unjournaled(erase, plan, spelled):
        return
    binder.pile.forget([plan.row.id])
    done = f"{name} is forgotten, for good"
    binder.filed(views.Receipt("forget", None, done, (plan.row,)), binder.pile.after(plan.row.id))
    copies = await session.vacuum(session.tell)
    if copies is not None:
        kept = named([copy.name for copy in copies], 3)
        warned = f"  ⚠ still in {kept}: delete what you do not need" if copies else ""
        session.say_done(done + warned)


async def _do(
    session: Session, binder: Binder, action: Callable[..., Receipt], key: int, *more: int
) -> None:
    if receipt := await session.act(session.tell, action, key, *more):
        binder.filed(receipt, key)
