"""The dossier in hand as a text in the rep's own editor, while the binder makes room for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported

from tickler.core.text import printable
from tickler.errors import TicklerError
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.client.fields import Edit
    from tickler.formats.dossier_text import DossierText
    from tickler.system.editor import EditorFile

NO_ROOM = "this terminal cannot be lent to an editor: e edits here, `tickler edit` in the shell"


class TextScreen(SlipScreen):
    """Lends the terminal to an editor; what was typed there is kept as the form keeps it."""

    @work(group=ACT)
    async def action_as_text(self) -> None:
        from tickler.formats.dossier_text import DossierText  # noqa: PLC0415
        from tickler.system.editor import EditorFile  # noqa: PLC0415  # when first wanted

        row = self._row()
        if row is None:
            return
        sheet = await self.session.see(clients.edit.writable, row.id)
        if sheet is None:
            return
        text = DossierText(row.id, sheet.card, sheet.people, sheet.own)
        receipt = None
        try:
            with EditorFile(text.written) as paper:
                if edits := self._typed(paper, text):
                    edit, faults = clients.edit.edit, list[str]()
                    receipt = await self.session.act(faults.append, edit, row.id, edits)
                    if faults:
                        self.session.tell(paper.kept(faults[0]))
                else:
                    self.session.say(f"{printable(row.name)}: nothing changed")
        except SuspendNotSupported:
            self.session.tell(NO_ROOM)
        except TicklerError as error:
            self.session.tell(error.sentence)
        await self._done(receipt)

    def _typed(self, paper: EditorFile, text: DossierText) -> Sequence[Edit]:
        """What was typed into the editor; the binder stands still meanwhile."""
        fault: TicklerError | None = None
        edits: Sequence[Edit] | None = None
        with self.app.suspend():
            try:
                edits = paper.edited(text.read, os.environ)
            except TicklerError as error:
                fault = error  # raised only once the terminal is the binder's again
        self.app.refresh(layout=True)
        if fault:
            raise fault
        return edits or ()
