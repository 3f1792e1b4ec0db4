"""Spreading at the binder: what is too much on an insert, or has no day, is proposed other days."""

from __future__ import annotations

from textual import work

from tickler.core.filing.pile import Section
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.widgets.pile import Pile

#: What the shell calls the same.
_NEEDS = "needs"


class SpreadingScreen(SlipScreen):
    """Shows a proposal for the insert that is turned to, and does what the rep left of it."""

    @work(group=ACT)
    async def action_spread(self) -> None:
        if self.view is None:
            return
        slot = self.view.pile.slot
        here = self.query_one(Pile).section is Section.NEEDS_DAY
        offered = self.view.day.turn is not None and slot == self.view.today_key
        await self._propose(_NEEDS if here or offered else slot)

    @work(group=ACT)
    async def on_pile_spread(self) -> None:
        await self._propose(_NEEDS)

    async def _propose(self, source: str) -> None:
        from tickler.screens.spread import SpreadScreen  # noqa: PLC0415  # when first wanted

        session = self.session
        proposal = await session.see(filing.spread.offer, source)
        if proposal is None:
            return
        if not proposal.lines:
            session.say(proposal.empty)
            return
        agreed = await session.ask(SpreadScreen(proposal, session.date_words))
        if agreed is None:
            return
        pile = self.query_one(Pile)
        keys = [line.row.id for line in agreed.moves]
        follower = pile.after(*keys)
        receipt = await session.act(session.tell, filing.spread.apply, agreed)
        if receipt:
            pile.forget(keys)
            self.post_message(self.Filed(receipt, follower))
        else:
            self.post_message(self.Shut())
