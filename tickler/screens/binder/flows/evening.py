"""The evening at the binder: one key turns the page, and the next day's stands there."""

from __future__ import annotations

from datetime import date

from textual import work

from tickler.core.text import printable
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.widgets.pile import Pile


class TurningScreen(SlipScreen):
    """Shows what today leaves open, does with it as was answered, and shows the next page."""

    @work(group=ACT)
    async def action_turn(self) -> None:
        session = self.session
        turning = filing.evening
        evening = await session.see(turning.evening)
        if evening is None:
            return
        if not evening.open:
            await self._show_page("The day is done.", evening.onto)
            return
        from tickler.screens.evening import TurnScreen  # noqa: PLC0415  # when first wanted

        answers = await session.ask(TurnScreen(evening, session.date_words))
        if answers is None:
            return
        receipt = await session.act(session.tell, turning.turn, evening, answers)
        if receipt is None:
            self.post_message(self.Shut())
            return
        self.query_one(Pile).forget([row.id for row in receipt.before])
        self.post_message(self.Filed(receipt, None))
        await self._show_page("The page is turned.", evening.onto)

    async def _show_page(self, said: str, day: date) -> None:
        session = self.session
        page = await session.see(filing.evening.page, day)
        if page is None:
            return
        from tickler.screens.dialogs.summary import SummaryScreen  # noqa: PLC0415  # when first wanted

        # Awaited until it is there, so that what is typed ahead does not go into the pile.
        lines = [printable(line) for line in page.lines(session.date_words)]
        await self.app.push_screen(SummaryScreen([f"{said} {lines[0]}", *lines[1:]]))
