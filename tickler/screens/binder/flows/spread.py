"""Spreading at the binder: other days are proposed for a full insert, or for what has no day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tickler.core.filing.pile import Section
from tickler.screens.binder.port import Binder, carry_out
from tickler.services import filing
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.planning.proposal import Proposal
    from tickler.core.views import Receipt
    from tickler.screens.spread import SpreadScreen

#: The shell's word for what needs a day.
_NEEDS = "needs"


async def spread(session: Session, binder: Binder) -> None:
    """Propose other days for the insert that is turned to, or for what needs a day."""
    if binder.view is None:
        return
    pile = binder.view.pile
    here = binder.pile.section is Section.NEEDS_DAY
    offered = binder.view.day.turn is not None and pile.slot == binder.view.today_key
    source = pile.on.isoformat() if pile.on else pile.slot
    await propose(session, binder, _NEEDS if here or offered else source)


async def propose(session: Session, binder: Binder, source: str = _NEEDS) -> None:
    """Show a proposal, and do what the rep agreed to."""
    from tickler.core.planning.spread import lacking_room  # noqa: PLC0415  # when first wanted
    from tickler.screens.dialogs.confirm import Confirm  # noqa: PLC0415  # as above
    from tickler.screens.spread import SpreadScreen  # noqa: PLC0415  # as above

    hidden = binder.view.pile.hidden if binder.view else 0
    question = f"The filter hides {hidden} of this pile. Spread all of it?"
    if hidden and not await session.ask(Confirm(question)):
        return
    proposal = await session.see(filing.spread.offer, source)
    if proposal is None:
        return
    if not (proposal.lines or lacking_room(proposal)):
        session.say(proposal.empty)
        return
    screen = SpreadScreen(source, proposal, session.date_words)
    agreed = await session.ask(screen)
    if agreed is None:
        binder.load()  # what is half done is said under the header
        return
    keys = [line.row.id for line in agreed.moves]
    if not await carry_out(binder, keys, _applied(session, agreed, screen)):
        binder.load()


async def _applied(session: Session, agreed: Proposal, screen: SpreadScreen) -> Receipt | None:
    """Do it; its draft is dropped before the binder is read again."""
    receipt = await session.act(session.tell, filing.spread.apply, agreed)
    if receipt:
        await screen.drop_draft()
    return receipt
