"""What was: the history of the dossier in hand, opened in the binder's place."""

from __future__ import annotations

from tickler.core.views import Receipt
from tickler.screens.binder.flows.slips import SlipScreen


class PastScreen(SlipScreen):
    """Opens a history; a line corrected in it leaves the dossier in hand."""

    async def action_history(self) -> None:
        from tickler.screens.history import HistoryScreen  # noqa: PLC0415  # when first wanted

        if row := self._row():
            # Awaited until it is there, so that what is typed next goes into it already.
            await self.app.push_screen(HistoryScreen(row), self._looked_back)

    def _looked_back(self, corrected: Receipt | None) -> None:
        if corrected:
            self.post_message(self.Filed(corrected, corrected.after[0].id))
