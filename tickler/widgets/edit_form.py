"""The form in which a dossier is written over, field by field, in the place of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.message import Message

from tickler.core import fields
from tickler.core.fields import Edit, Field
from tickler.widgets.lined_form import Blank, LinedForm, text_of


class EditForm(LinedForm):
    """One line a field."""

    class Filed(Message):
        """Enter: these fields are to be written over."""

        def __init__(self, edits: tuple[Edit, ...]) -> None:
            super().__init__()
            self.edits = edits

    def __init__(self, title: str, known: Sequence[Field]) -> None:
        super().__init__(f"{title}: edit", [_blank(field) for field in known])
        self._known = known

    @property
    def doing(self) -> str:
        return "edit"

    @property
    def is_unkept(self) -> bool:
        return bool(self.edits)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The fields that say something else now."""
        filled = zip(self._known, self._filled, strict=True)
        texts = ((field, blank.shown, text_of(box)) for field, (blank, box) in filled)
        return tuple(Edit(f.spot, text, f.text) for f, shown, text in texts if text != shown)

    def file(self) -> None:
        self.post_message(self.Filed(self.edits))


def _blank(field: Field) -> Blank:
    check = partial(fields.check, field.spot)
    return Blank(field.label, field.text, check, is_long=field.is_long, whose=field.whose)
