"""The form in which a dossier's card or people are edited."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import Field
from tickler.core.text import printable
from tickler.core.views import DossierRow, Receipt
from tickler.screens.binder.forms.binder_form import BinderForm
from tickler.services import clients
from tickler.widgets.forms.edit_form import EditForm


class CardForm(EditForm, BinderForm):
    """Opens in place of the dossier, which stays where it is."""

    KEYS = "Enter keeps it · ↑↓ · ^J line · ^O editor · Esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "in_editor", "editor", show=False, id="card_in_editor", priority=True,
                tooltip="all of it, in your editor"),
    ]  # fmt: skip

    pane, looks, first = "#hand-pane", ("-editing",), ".box"

    def __init__(self, row: DossierRow, known: Sequence[Field], own: OwnFields) -> None:
        super().__init__(printable(row.name), known, own)
        self.rows = (row,)
        self._in_editor = False

    @property
    def kept_as(self) -> str:
        of_people = any(field.spot.person is not None for field in self._known)
        return "people" if of_people else "card"

    def action_in_editor(self) -> None:
        self._in_editor = True
        self.post_message(self.Filed())

    async def file(self) -> Receipt | None:
        if self._in_editor:
            from tickler.screens.binder.editing import in_editor  # noqa: PLC0415  # when first wanted

            self._in_editor = False
            key = self.rows[0].id
            return await in_editor(self.session, self.app, self.show_error, key, self.edits)
        session, key, edit = self.session, self.rows[0].id, clients.edit.edit
        receipt = await session.act(self.show_error, edit, key, self.edits)
        if receipt is None and (sheet := await session.see(clients.edit.writable, key)):
            self.meanwhile({field.spot.key: field.text for field in sheet.every})
        return receipt
