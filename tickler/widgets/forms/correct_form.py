"""The form in which a line of history is corrected, under the lines."""

from textual.content import Content

from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.fields import Field
from tickler.core.contact import corrections
from tickler.core.contact.corrections import Clock, Fix, value_text
from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.core.views import EntryView
from tickler.widgets.forms.edit_form import EditForm


class CorrectForm(EditForm):
    """The fields of a line; while they are typed it says what is wrong, or which day is meant."""

    doing = "correct"

    def __init__(
        self, title: str, key: int, entry: EntryView, clock: Clock, words: DateWords
    ) -> None:
        """`key` is the dossier's."""
        self._key, self._entry, self._clock, self._words = key, entry, clock, words
        super().__init__(title, corrections.fields_of(entry), OwnFields())

    @property
    def kept_as(self) -> str:
        return f"correct {self._entry.id}"

    @property
    def kept_of(self) -> int:
        return self._key

    @property
    def fix(self) -> Fix:
        return Fix(**{edit.spot.name: edit.text for edit in self.edits})

    def look_again(self, entry: EntryView) -> None:
        """The line as it is by now, after it was refused to write over it."""
        self._entry = entry
        self.meanwhile({field.spot.key: field.text for field in corrections.fields_of(entry)})

    @property
    def entry(self) -> EntryView:
        """The line as it was last seen."""
        return self._entry

    def read(self, field: Field, text: str) -> str:
        corrections.read(self._entry, field.label, text, self._clock)
        return text

    def understood(self) -> Content:
        if (typed := self.fix.at) is None:
            return Content("")
        at = corrections.read(self._entry, "at", typed, self._clock)
        day = value_text("at", at, self._words, self._clock.now.date())
        return Content.styled(f"→ {printable(day)}", "bold")
