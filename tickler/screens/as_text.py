"""The dossier in hand as a text in the rep's own editor, while the binder makes room for it."""

from __future__ import annotations

import os

from textual import work
from textual.app import SuspendNotSupported

from tickler.core.text import harmless
from tickler.errors import TicklerError
from tickler.screens.keys import ACT
from tickler.screens.slips import SlipScreen

NO_ROOM = "this terminal cannot be lent to an editor: e edits here, `tickler edit` in the shell"


class TextScreen(SlipScreen):
    """Lends the terminal to an editor; what was typed there is kept as the form keeps it."""

    @work(group=ACT)
    async def action_as_text(self) -> None:
        from tickler.editor import Paper  # noqa: PLC0415  # when first wanted
        from tickler.formats.dossier_text import DossierText  # noqa: PLC0415

        row = self._row()
        if row is None:
            return
        services = await self.tickler.services()
        sheet = await self.tickler.see(services.editing.writable, row.id)
        if sheet is None:
            return
        text = DossierText(row.id, sheet.card, sheet.people, sheet.own)
        faults: list[str] = []
        receipt = None
        try:
            with Paper(text.written) as paper:
                # Nothing else may run meanwhile: the terminal is the editor's.
                with self.app.suspend():
                    edits = paper.edited(text.read, os.environ)
                self.app.refresh(layout=True)
                if not edits:
                    self.tickler.say(f"{harmless(row.name)}: nothing changed")
                    return
                edit = services.editing.edit
                receipt = await self.tickler.act(faults.append, edit, row.id, edits)
                for fault in faults:
                    self.tickler.tell(paper.kept(fault))
        except SuspendNotSupported:
            self.tickler.tell(NO_ROOM)
        except TicklerError as error:
            self.tickler.tell(error.sentence)
        if receipt:
            self.post_message(self.Filed(receipt, row.id))
