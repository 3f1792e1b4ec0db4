"""Finding at the binder: by words, and who has gone without contact for too long."""

from __future__ import annotations

from textual import work
from textual.content import Content

from tickler.core.contact.intervals import SIGNS, ContactDue, lasting
from tickler.core.dates.parse import shortly
from tickler.core.text import printable
from tickler.core.views import DossierRow
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.dialogs.pick import Pick
from tickler.screens.key_queue import ACT
from tickler.services import clients

NOBODY = "nobody has gone without contact for longer than ideal, or no interval is set: e sets one"

#: More of them are not listed: the worst come first.
_MOST = 200


class FindingScreen(SlipScreen):
    """Turns the binder to a dossier that was found."""

    async def action_find(self) -> None:
        from tickler.screens.dialogs.find import FindScreen  # noqa: PLC0415  # loaded when first wanted

        # Awaited until it is there, so that what is typed next goes into it already.
        await self.app.push_screen(FindScreen(), self._found)

    def _found(self, row: DossierRow | None) -> None:
        if row:
            self.go(row.key, row.id)

    @work(group=ACT)
    async def action_neglected(self) -> None:
        found = await self.session.see(clients.find.neglected)
        if found is None:
            return
        if not found:
            self.session.tell(NOBODY)
            return
        lines = [(row.id, self._line(row)) for row in found[:_MOST]]
        title = f"{len(found)} without contact for longer than ideal"
        picked = await self.session.ask(Pick(title, lines, {"o": "turn to it"}))
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
        name = Content(printable(row.name)).truncate(20, ellipsis=True, pad=True)
        limit = getattr(row.limits, row.contact_due) if row.contact_due else ""
        gone = f"{lasting(row.since_contact or 0)} · {row.contact_due} {limit}"
        onward = f" · next {shortly(row.next, self.session.date_words)}"
        return Content.assemble(
            (f"{sign} ", over), name, f"  {gone}", (onward, "$foreground-muted")
        )
