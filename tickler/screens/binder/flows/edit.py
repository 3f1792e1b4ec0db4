"""Writing a dossier over: its card, or its people while their page is flipped to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tickler.core.client.fields import DossierPage
from tickler.core.text import printable
from tickler.core.views import Receipt
from tickler.screens.binder.flows.drag import DragScreen
from tickler.screens.key_queue import ACT
from tickler.services import clients
from tickler.widgets.dossier import DossierPane

if TYPE_CHECKING:
    from tickler.widgets.forms.edit_form import EditForm


class EditScreen(DragScreen):
    """Opens the form in the place of the dossier; the dossier stays where it lies."""

    async def action_edit(self) -> None:
        from tickler.widgets.forms.edit_form import EditForm  # noqa: PLC0415  # when first wanted

        row = self._row()
        if row is None:
            return
        sheet = await self.session.see(clients.edit.writable, row.id)
        if sheet is None:
            return
        of_people = self.query_one(DossierPane).page is DossierPage.PEOPLE
        known = sheet.people if of_people else sheet.card
        self.add_class("-editing")
        form = EditForm(printable(row.name), known, sheet.own)
        await self._open(form, [row], "#hand-pane", ".box")

    @work(group=ACT)
    async def on_edit_form_filed(self, event: EditForm.Filed) -> None:
        form, row = self._form, self.about
        if form is None or row is None:
            return
        edit = clients.edit.edit
        await self._done(await self.session.act(form.show_error, edit, row.id, event.edits))

    async def _done(self, receipt: Receipt | None) -> None:
        """Go on where the rep is: the dossier stays where it lies."""
        if receipt is None:
            return
        keep = self.about.id if self.about else None
        if self.form_is_open:
            await self._shut()
        self.post_message(self.Filed(receipt, keep))
