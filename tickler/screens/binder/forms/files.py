"""The docked forms for files: attach, save and rename them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from tickler.core import path_words
from tickler.core.client.files import size_in_words
from tickler.core.text import printable
from tickler.core.views import AttachmentView, DossierRow, Receipt
from tickler.errors import short_path
from tickler.screens.binder import targets
from tickler.screens.binder.forms.binder_form import BinderForm
from tickler.screens.key_queue import ACT
from tickler.services import papers
from tickler.system import files, files_to_attach, typed_paths
from tickler.widgets.forms.form import box, foot, line, title
from tickler.widgets.styled import QUIET, bar_of

if TYPE_CHECKING:
    from tickler.core.client.files import NewFile
    from tickler.formats.mail.mailbox import MailBox

R = TypeVar("R")


class PathInput(Input):
    """An input for paths: files that are dragged onto the terminal are pasted as lines."""

    takes_lines = True

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        before = self.value[: self.cursor_position]
        apart = " " if before and not before.endswith((" ", "/")) else ""
        self.insert_text_at_cursor(apart + path_words.pasted(event.text))


class FileForm(BinderForm):
    """One line to type, and Enter. `KEYS` says what the form's keys do."""

    KEYS: ClassVar[str] = "Enter keeps it · Esc"
    LABEL: ClassVar[str] = "name"

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text
        self._under_way = ""

    def compose(self) -> ComposeResult:
        yield title(self._title)
        yield line(f"{self.LABEL}  ", self._input())
        yield from foot(self.KEYS)

    @property
    def text(self) -> str:
        return self.query_one(Input).value

    @on(Input.Changed)
    def _typed(self) -> None:
        self.insists = False
        self.clear_echo()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.text.strip():
            self.post_message(self.Filed())

    async def followed(self, run: Callable[[], R]) -> R | None:
        """Run something long in a thread, and show its progress; None where it failed."""
        self._under_way = ""
        glance = self.set_interval(0.1, lambda: self._whisper(self._under_way))
        faults: list[str] = []
        done = await self.session.guarded(faults.append, run)
        glance.stop()
        for fault in faults:
            self.show_doubt(fault)
        return done

    def note_bytes(self, doing: str, total: int, done: int) -> None:
        """Note the progress, in bytes; called in the thread."""
        of = f"{size_in_words(done)} of {size_in_words(total)}"
        self._under_way = f"{doing} {bar_of(done, total)} {of}"

    def note_count(self, doing: str, total: int, done: int) -> None:
        """Note the progress, by count; called in the thread."""
        self._under_way = f"{doing} {bar_of(done, total)} {done} of {total}"

    def _whisper(self, text: str) -> None:
        self._say(Content.styled(text, QUIET))

    def _input(self) -> Input:
        return box("text", text=self._text)


class PathForm(FileForm):
    """A line for paths: Tab completes the last one."""

    LABEL = "path"
    HINT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "complete", show=False, id="complete", priority=True,
                tooltip="complete the path"),
    ]  # fmt: skip

    def action_complete(self) -> None:
        # A worker of the screen, so that keys typed ahead wait for it.
        self.screen.run_worker(self._complete(), group=ACT)

    async def _complete(self) -> None:
        """Complete what is before the cursor, or show the names that fit."""
        field = self.query_one(Input)
        before, after = field.value[: field.cursor_position], field.value[field.cursor_position :]
        found = await self.session.guarded(
            self.session.tell, partial(typed_paths.completed, before)
        )
        if found is None or not field.is_attached:
            return
        text, names = found
        with self.prevent(Input.Changed):
            field.value = text + after
        field.cursor_position = len(text)
        if not names:
            self._whisper("nothing there starts with that")
        else:
            room = self.content_size.width or self.app.size.width  # laid out yet or not
            fitting = Content(printable("   ".join(names))) if len(names) > 1 else Content("")
            self._say(fitting.truncate(room, ellipsis=True))

    def _input(self) -> Input:
        return PathInput(self._text, id="text", placeholder=self.HINT, compact=True,
                         select_on_focus=False)  # fmt: skip


class AttachForm(PathForm):
    """Files for a dossier, several at once."""

    doing = "attach"
    HINT = "~/offers/offer.pdf · drag files here"
    KEYS = "Enter attaches · Tab completes · quote spaces · Esc"

    def __init__(self, row: DossierRow) -> None:
        super().__init__(f"{targets.named([row])}: attach")
        self.rows = (row,)

    async def file(self) -> Receipt | None:
        desk = await self.session.desk()
        key, text = self.rows[0].id, self.text

        def look() -> tuple[list[MailBox], list[NewFile]]:
            mails, others = papers.mail_files.split(typed_paths.paths_of(text))
            return mails, held.enter_context(files_to_attach.opened(others, looking=self._looking))

        with contextlib.ExitStack() as held:
            looked = await self.followed(look)
            if looked is None:
                return None
            mails, new = looked
            far = partial(self.note_bytes, "attaching", sum(file.size for file in new))
            receipt = await self.followed(
                lambda: desk.do(papers.mail_in.attach, key, mails, new, far)
            )
        if receipt:
            self.session.say_done(receipt)
        return receipt

    def _looking(self, name: str) -> None:
        self._under_way = f"checking {printable(name)} …"


class SaveForm(PathForm):
    """Where an attachment is saved."""

    doing = "save"
    KEYS = "Enter saves it there · Tab completes · Esc"

    def __init__(self, row: DossierRow, file: AttachmentView, folder: str) -> None:
        super().__init__(f"Save {printable(file.name)}", path_words.quoted(folder))
        self.rows = (row,)
        self._file = file

    @property
    def kept_as(self) -> str:
        return f"{self.doing} {self._file.id}"

    async def file(self) -> str | None:
        desk = await self.session.desk()
        file, text, force = self._file, self.text, self.insists
        far = partial(self.note_bytes, "saving", file.size)

        def save() -> str:
            path = files.target_of(file.name, Path(path_words.one(text)))
            files.save(path, lambda to: desk.see(papers.attach.save, file.id, to, far), force=force)
            return f"saved {short_path(path)}"

        return await self.followed(save)


class RenameForm(FileForm):
    """What an attachment is called."""

    doing = "rename"
    KEYS = "Enter renames it · Esc"

    def __init__(self, row: DossierRow, file: AttachmentView) -> None:
        super().__init__(f"Rename {printable(file.name)}", printable(file.name))
        self.rows = (row,)
        self._key = file.id

    @property
    def kept_as(self) -> str:
        return f"{self.doing} {self._key}"

    async def file(self) -> Receipt | None:
        rename = papers.attach.rename
        return await self.session.act(self.show_error, rename, self._key, self.text)
