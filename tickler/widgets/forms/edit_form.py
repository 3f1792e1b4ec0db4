"""The form in which a dossier is written over, field by field, in the place of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tickler.core.client import fields
from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import Edit, Field
from tickler.core.text import printable
from tickler.widgets.forms.lined_form import Blank, LinedForm, text_of


class EditForm(LinedForm):
    """One line a field."""

    doing = "edit"

    def __init__(self, title: str, known: Sequence[Field], own: OwnFields) -> None:
        self._known, self._own = known, own
        super().__init__(f"{title}: {self.doing}", [self._blank(field) for field in known])

    @property
    def is_unkept(self) -> bool:
        return bool(self.edits)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The fields that say something else now."""
        filled = zip(self._known, self._filled, strict=True)
        texts = ((field, blank.shown, text_of(box)) for field, (blank, box) in filled)
        return tuple(Edit(f.spot, text, f.text) for f, shown, text in texts if text != shown)

    def read(self, field: Field, text: str) -> str:
        """What is stored for what was typed; raises Unreadable."""
        return fields.read(field.spot, text, self._own)

    def understood(self) -> Content:
        """What the field with the cursor takes, or how it reads what is typed there."""
        for field, (blank, box) in zip(self._known, self._filled, strict=True):
            if box.has_focus:
                return Content.styled(printable(self._said(field, blank, text_of(box))), "bold")
        return Content("")

    def _said(self, field: Field, blank: Blank, text: str) -> str:
        read = text if text == blank.shown else self.read(field, text)
        if read.strip() != text.strip():
            return f"→ {read}"
        return ": ".join(filter(None, (field.own.takes, field.own.help))) if field.own else ""

    def _blank(self, field: Field) -> Blank:
        check = partial(self.read, field)
        options = field.own.options if field.own else ()
        return Blank(
            field.label,
            field.text,
            check,
            is_long=field.is_long,
            options=options,
            whose=field.whose,
        )
