"""Who has gone without contact for too long: listed at the binder, the worst first."""

from __future__ import annotations

from textual import work
from textual.content import Content

from tickler.core.intervals import SIGNS, ContactDue, lasting
from tickler.core.text import harmless
from tickler.core.views import DossierRow
from tickler.core.when import shortly
from tickler.screens.keys import ACT
from tickler.screens.pick import Pick
from tickler.screens.slips import SlipScreen

NOBODY = "nobody has gone without contact for longer than ideal, or no interval is set: e sets one"

#: More of them are not listed: the worst come first.
_MOST = 200


class NeglectScreen(SlipScreen):
    """Turns the binder to a dossier that was chosen from that list."""

    @work(group=ACT)
    async def action_neglected(self) -> None:
        services = await self.tickler.services()
        found = await self.tickler.see(services.finding.neglected)
        if found is None:
            return
        if not found:
            self.tickler.tell(NOBODY)
            return
        lines = [(row.id, self._line(row)) for row in found[:_MOST]]
        title = f"{len(found)} without contact for longer than ideal"
        picked = await self.tickler.push_screen_wait(Pick(title, lines, {"o": "turn to it"}))
        row = next((row for row in found if picked and row.id == picked.key), None)
        if row:
            self.go(row.key, row.id)

    def go(self, slot: str | None, keep: int | None = None) -> None:
        """Turn to an insert, by its key."""
        raise NotImplementedError

    def _line(self, row: DossierRow) -> Content:
        """`◕ ACME  63 days · longest 8w · next Fri 27 Nov`."""
        over = "$text-error" if row.contact_due is ContactDue.LONGEST else "$text-warning"
        sign = SIGNS[row.contact_due] if row.contact_due else " "
        name = Content(harmless(row.name)).truncate(20, ellipsis=True, pad=True)
        limit = getattr(row.limits, row.contact_due) if row.contact_due else ""
        gone = f"{lasting(row.since_contact or 0)} · {row.contact_due} {limit}"
        onward = f" · next {shortly(row.next, self.tickler.date_words)}"
        return Content.assemble(
            (f"{sign} ", over), name, f"  {gone}", (onward, "$foreground-muted")
        )
