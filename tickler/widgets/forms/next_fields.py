"""The next contact in a form: its date, and what it is about."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.contact.contact_words import About
from tickler.core.text import printable
from tickler.widgets.forms.form import DateInput, line
from tickler.widgets.styled import at_word

#: From this width on, date and what are on one line.
_WIDE = 70

_DATE = 24  # what the date takes then

_WAS = " (was: {})"


class NextFields(Container):
    """`next  fri 14:30    what  sign for two             (was: 3 cranes, price)`."""

    def __init__(self, hint: str, was: str) -> None:
        super().__init__(classes="next")
        self._hint, self._was = hint, was
        self._about = About()

    def compose(self) -> ComposeResult:
        yield line("next  ", DateInput(self._hint))
        yield line("what  ", WhatInput(self._was), Static(id="was", classes="label"))

    @property
    def what(self) -> str:
        """What is typed of what it is about."""
        return self.query_one(WhatInput).value

    def suppose(self, about: About) -> None:
        """Say in the empty field what the next contact will be about."""
        self._about = about
        was = self._was
        kept = about.shown if about.what else was if about.what is None else ""
        empty = "what next · ↑ as it was" if was else "what next"
        self.query_one(WhatInput).placeholder = printable(kept) or empty
        self._show_was()

    def also(self) -> str:
        """What the echo says of it, where that is not what is typed."""
        about = self._about
        if self.what.strip():
            return about.shown if about.kind else ""
        if about.what is None and not about.kind:
            return "what: as before" if self._was else ""
        return f"what: {about.shown or 'empty'}"

    def on_resize(self) -> None:
        self.set_class(self.size.width < _WIDE, "-narrow")
        self._show_was()

    def _show_was(self) -> None:
        """Name what it was about, where it will be about something else."""
        is_other = self._about.what is not None and self._about.what != self._was
        whole = self.size.width - (0 if self.has_class("-narrow") else _DATE)
        room = (whole - len(_WAS)) // 2
        shown = at_word(printable(self._was), room) if is_other else ""
        self.query_one("#was", Static).update(Content(_WAS.format(shown) if shown else ""))


class WhatInput(Input):
    """What to do next. Up takes what was to be done before, to be changed."""

    def __init__(self, was: str) -> None:
        super().__init__(id="what", compact=True, select_on_focus=False)
        self._was = was

    async def _on_key(self, event: events.Key) -> None:
        if event.key != "up" or not self._was:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.value = self._was
        self.cursor_position = len(self._was)
