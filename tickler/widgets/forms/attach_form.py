"""The docked forms for files: attach some, save one, print one, call one something else."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tickler.core import path_words
from tickler.core.text import printable
from tickler.widgets.forms.forms import Form

_QUIET = "$foreground-muted"


class PathInput(Input):
    """An input for paths: files that are drawn onto the terminal come as lines pasted there."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        before = self.value[: self.cursor_position]
        apart = " " if before and not before.endswith((" ", "/")) else ""
        self.insert_text_at_cursor(apart + path_words.pasted(event.text))


class FileForm(Form):
    """One line to type, and Enter. `KEYS` are the form's own words on its keys."""

    KEYS: ClassVar[str] = "Enter keeps it · Esc"
    LABEL: ClassVar[str] = "name"
    HINT: ClassVar[str] = ""

    class Filed(Message):
        """Enter: this was typed; `insists` where it was doubted, and Enter was pressed again."""

        def __init__(self, text: str, *, insists: bool) -> None:
            super().__init__()
            self.text, self.insists = text, insists

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text
        self._doubted: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._title, "bold"), classes="title")
        with Horizontal(classes="line"):
            yield Static(f"{self.LABEL}  ", classes="label")
            yield self._input()
        yield Static(classes="echo")
        yield Static(Content.styled(self.KEYS, _QUIET), classes="hint")

    def show_doubt(self, sentence: str) -> None:
        """Say why it was not done; Enter once more, with nothing else typed, insists."""
        self.show_error(sentence.replace("`--force`", "Enter again"))
        self._doubted = self.query_one(Input).value

    def show_progress(self, text: str) -> None:
        """Say how far it is."""
        self._say(Content.styled(text, _QUIET))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._doubted = None
        self.clear_echo()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.post_message(self.Filed(event.value, insists=event.value == self._doubted))

    def _input(self) -> Input:
        return Input(self._text, id="text", compact=True, select_on_focus=False)


class PathForm(FileForm):
    """A line for paths: Tab completes the last one."""

    LABEL = "path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "complete", show=False, id="complete", priority=True,
                tooltip="complete the path"),
    ]  # fmt: skip

    class Completing(Message):
        """Tab: what is typed before the cursor wants to be completed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def action_complete(self) -> None:
        box = self.query_one(Input)
        self.post_message(self.Completing(box.value[: box.cursor_position]))

    def show_completed(self, text: str, names: list[str]) -> None:
        """Put the completed text there, and say which names fit where there are several."""
        box = self.query_one(Input)
        with self.prevent(Input.Changed):
            box.value = text + box.value[box.cursor_position :]
        box.cursor_position = len(text)
        if not names:
            self._say(Content.styled("nothing there begins like that", _QUIET))
        else:
            room = max(self.content_size.width, 1)
            said = Content(printable("   ".join(names))) if len(names) > 1 else Content("")
            self._say(said.truncate(room, ellipsis=True))

    def _input(self) -> Input:
        return PathInput(self._text, id="text", placeholder=self.HINT, compact=True,
                         select_on_focus=False)  # fmt: skip


class AttachForm(PathForm):
    """Files for a dossier, several at once."""

    HINT = "~/offers/offer.pdf · drag files here"
    KEYS = "Enter attaches · Tab completes · quote blanks · Esc"


class SaveForm(PathForm):
    """Where an attachment is saved."""

    KEYS = "Enter saves it there · Tab completes · Esc"


class PrintForm(PathForm):
    """Into which file a page is printed."""

    KEYS = "Enter writes it · Tab completes · evening: tickler enter · Esc"

    class Filed(FileForm.Filed):
        """As of any form for a file: this one is about no dossier."""


class RenameForm(FileForm):
    """What an attachment is called."""

    KEYS = "Enter renames it · Esc"
