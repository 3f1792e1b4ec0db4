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

#: What a label and the mark before it take, and a date at least.
_LABEL, _LEAST = 7, 16

_WAS = " (was: {})"


class NextFields(Container):
    """`next  fri 14:30    what  sign for two             (was: 3 cranes, price)`."""

    def __init__(self, hint: str, was: str) -> None:
        super().__init__(classes="next")
        self._hint, self._was = hint, was
        self._about = About()
        self._room = 0

    def compose(self) -> ComposeResult:
        yield line("next  ", DateInput(self._hint)).add_class("date")
        yield line("what  ", WhatInput(self._was), Static(id="was", classes="label"))

    @property
    def what(self) -> str:
        """What is typed of what it is about."""
        return self.query_one(WhatInput).value

    def suppose(self, about: About) -> None:
        """Say in the empty field what the next contact will be about."""
        self._about = about
        self._show_about()

    def also(self) -> str:
        """What the echo says of it, where that is not what is typed."""
        about = self._about
        if self.what.strip():
            return about.shown if about.kind else ""
        if about.what is None and not about.kind:
            return "what: as before" if self._was else ""
        return f"what: {about.shown or 'empty'}"

    def on_resize(self) -> None:
        is_narrow = self.size.width < _WIDE
        self.set_class(is_narrow, "-narrow")
        date = _LABEL + max(Content(self._hint).cell_length, _LEAST) + 1
        self.query_one(".date").styles.width = "1fr" if is_narrow else date
        self._room = self.size.width - _LABEL - (0 if is_narrow else date + 1)
        self._show_about()

    def _show_about(self) -> None:
        """What it will be about in the empty field; after it what it was, where that is another."""
        about, was = self._about, printable(self._was)
        is_other = about.what is not None and about.what != self._was
        old = (
            _WAS.format(at_word(was, self._room // 2 - len(_WAS.format(""))))
            if was and is_other
            else ""
        )
        self.query_one("#was", Static).update(Content(old))
        kept = printable(about.shown) if about.what else was if about.what is None else ""
        empty = "what next · ↑ as it was" if was else "what next"
        field = self.query_one(WhatInput)
        field.placeholder = at_word(kept or empty, self._room - Content(old).cell_length)


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
