"""The form in which a line of history is corrected, under the lines."""

from __future__ import annotations

from tickler.core import correcting
from tickler.core.correcting import Clock, Fix, told
from tickler.core.fields import Field
from tickler.core.language import DateWords
from tickler.core.views import EntryView
from tickler.errors import Unreadable
from tickler.widgets.edit_form import EditForm


class CorrectForm(EditForm):
    """The fields of a line; while they are typed it says what is wrong, or what day is meant."""

    def __init__(self, title: str, entry: EntryView, clock: Clock, words: DateWords) -> None:
        super().__init__(title, correcting.fields_of(entry))
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

    def clear_echo(self) -> None:
        """Nothing is wrong: say what day was understood, where one was typed."""
        super().clear_echo()
        if (typed := self.fix.at) is not None:
            at = correcting.read(self._entry, "at", typed, self._clock)
            self.show_understood(f"→ {told('at', at, self._words, self._clock.now.date())}")
