"""The form in which a line of history is corrected, under the lines."""

from __future__ import annotations

from tickler.core import correcting
from tickler.core.correcting import Clock, Fix, told
from tickler.core.fields import Field
from tickler.core.language import DateWords
from tickler.core.own_fields import OwnFields
from tickler.core.views import EntryView
from tickler.errors import Unreadable
from tickler.widgets.edit_form import EditForm


class CorrectForm(EditForm):
    """The fields of a line; while they are typed it says what is wrong, or what day is meant."""

    def __init__(self, title: str, entry: EntryView, clock: Clock, words: DateWords) -> None:
        none = OwnFields((), clock.now.date(), clock.calendar, clock.order)
        super().__init__(title, correcting.fields_of(entry), none)
        self._entry, self._clock, self._words = entry, clock, words

    @property
    def doing(self) -> str:
        return "correct"

    @property
    def fix(self) -> Fix:
        """What was typed, and what it is about."""
        return Fix(**{edit.spot.name: edit.text for edit in self.edits})

    def fault(self, field: Field, text: str) -> str:
        try:
            correcting.read(self._entry, field.label, text, self._clock)
        except Unreadable as error:
            return error.sentence
        return ""

    def understood(self) -> str:
        """What day was understood, where one was typed."""
        if (typed := self.fix.at) is None:
            return ""
        at = correcting.read(self._entry, "at", typed, self._clock)
        return f"→ {told('at', at, self._words, self._clock.now.date())}"
