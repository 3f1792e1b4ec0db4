"""The form in which a dossier is edited, field by field, in place of its page."""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tickler.core.client import fields
from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import Edit, Field
from tickler.core.text import printable
from tickler.widgets.forms.lined_form import Blank, LinedForm


class EditForm(LinedForm):
    """One line a field."""

    doing = "edit"
    folds = True

    def __init__(self, title: str, known: Sequence[Field], own: OwnFields) -> None:
        self._known, self._own = known, own
        super().__init__(f"{title}: {self.doing}", [self._blank(field) for field in known])

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The fields that were changed."""
        texts = zip(self._known, self.changed, strict=True)
        return tuple(
            Edit(f.spot, text, self.seen[f.spot.key]) for f, text in texts if text is not None
        )

    def read(self, field: Field, text: str) -> str:
        """What is stored for what was typed; raises Unreadable."""
        return fields.read(field.spot, text, self._own)

    def understood(self) -> Content:
        """What the field in hand accepts, or how it reads what is typed there."""
        if self.in_hand is None:
            return Content("")
        field, text = self._known[self.in_hand], self.changed[self.in_hand]
        read = self.read(field, text) if text is not None else ""
        if text is not None and read.strip() != text.strip():
            shown = f"→ {read}"
        else:
            shown = ": ".join(filter(None, (field.own.takes, field.own.help))) if field.own else ""
        return Content.styled(printable(shown), "bold")

    def _blank(self, field: Field) -> Blank:
        return Blank(
            field.spot.key, field.label, field.text, partial(self.read, field),
            is_long=field.is_long, options=field.own.options if field.own else (),
            head=field.head,
        )  # fmt: skip
