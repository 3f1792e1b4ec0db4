"""Files at the binder: attached to the dossier in hand, opened, saved, renamed, removed."""

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.content import Content

from tickler.core import path_words
from tickler.core.client.files import size_in_words
from tickler.core.text import printable
from tickler.core.views import AttachmentView, DossierRow, Receipt
from tickler.errors import short_path
from tickler.screens.binder import targets
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import papers
from tickler.system import files, new_files, programs, typed_paths

if TYPE_CHECKING:
    from tickler.core.client.files import NewFile
    from tickler.formats.mail.mailbox import MailBox
    from tickler.widgets.forms.attach_form import FileForm, PathForm

R = TypeVar("R")

#: What each letter does with the file that is picked; Enter opens it.
VERBS = {"o": "open", "s": "save", "n": "rename", "x": "remove"}

#: Between two looks at how far it is, in seconds.
_GLANCE = 0.1

#: A bar is so many cells long.
_BAR = 20


class AttachScreen(SlipScreen):
    """Attaches files, and does with one of them what is wanted. None of it moves a dossier."""

    def __init__(self) -> None:
        super().__init__()
        self._paper: AttachmentView | None = None  # the one that the open form is about
        self._under_way = ""

    async def action_attach(self) -> None:
        from tickler.widgets.forms.attach_form import AttachForm

        if row := self._row():
            form = AttachForm(f"{targets.named([row])}: attach")
            await self._open(form, [row], "#pile-pane", "#text")

    @work(group=ACT)
    async def action_attachments(self) -> None:
        if row := self._row():
            await self._pick(row)

    @work(group=ACT)
    async def on_path_form_completing(self, event: PathForm.Completing) -> None:
        from tickler.widgets.forms.attach_form import PathForm

        run = partial(typed_paths.completed, event.text)
        found = await self.session.guarded(self.session.tell, run)
        if found and isinstance(self._form, PathForm):
            self._form.show_completed(*found)

    @work(group=ACT)
    async def on_file_form_filed(self, event: FileForm.Filed) -> None:
        from tickler.widgets.forms import attach_form

        form, row = self._form, self.about
        if row is None:
            return
        if isinstance(form, attach_form.AttachForm):
            await self._done(await self._take_in(form, row, event.text))
        elif isinstance(form, attach_form.SaveForm) and self._paper:
            await self._save(form, self._paper, event.text, force=event.insists)
        elif isinstance(form, attach_form.RenameForm) and self._paper:
            rename, key = papers.attach.rename, self._paper.id
            await self._done(await self.session.act(form.show_error, rename, key, event.text))

    async def _take_in(self, form: FileForm, row: DossierRow, text: str) -> Receipt | None:
        """Look into the files, then attach them; how far it is is said in the form."""
        desk = await self.session.desk()
        mailing = papers.mail_in

        def look() -> tuple[list[MailBox], list[NewFile]]:
            mails, others = mailing.told_apart(typed_paths.paths_of(text))
            opened = new_files.opened(others, looking=self._looking)
            return mails, held.enter_context(opened)

        with contextlib.ExitStack() as held:
            looked = await self._followed(form, look)
            if looked is None:
                return None
            mails, new = looked
            told = partial(self._told, "attaching", sum(file.size for file in new))
            receipt: Receipt | None = await self._followed(
                form, lambda: desk.do(mailing.attach, row.id, mails, new, told)
            )
        if receipt:
            self.session.say_done(receipt)
        return receipt

    async def _save(self, form: FileForm, file: AttachmentView, text: str, *, force: bool) -> None:
        desk = await self.session.desk()
        told = partial(self._told, "saving", file.size)

        def save() -> str:
            path = files.target_of(file.name, Path(path_words.one(text)))
            files.save(
                path, lambda to: desk.see(papers.attach.save, file.id, to, told), force=force
            )
            return short_path(path)

        if path := await self._followed(form, save):
            await self._shut()
            self.session.say(f"✓ saved {printable(path)}")

    async def _pick(self, row: DossierRow) -> None:
        """Ask which of the dossier's files is meant and what for, and do it."""
        from tickler.screens.dialogs.pick import Pick

        attached = await self.session.see(papers.attach.attachments, row.id)
        if attached is None:
            return
        if not attached:
            self.session.tell(f"nothing is attached to {row.name}: a attaches a file")
            return
        mails = await self.session.see(papers.attach.subjects, row.id) or {}
        lines = [(file.id, self._file_line(file, mails)) for file in attached]
        title = f"{targets.named([row])}: attachments"
        picked = await self.session.ask(Pick(title, lines, VERBS))
        if picked:
            does: dict[str, Callable[[DossierRow, AttachmentView], Awaitable[None]]] = {
                "open": self._look_at,
                "save": self._ask_where,
                "rename": self._ask_name,
                "remove": self._remove,
            }
            file = next(file for file in attached if file.id == picked.key)
            await does[picked.verb](row, file)

    async def _look_at(self, row: DossierRow, file: AttachmentView) -> None:
        del row
        desk = await self.session.desk()

        def run() -> object:
            save = papers.attach.save
            return programs.open_copy(file.name, lambda to: desk.see(save, file.id, to))

        if await self.session.guarded(self.session.tell, run):
            self.session.say(f"✓ opened a copy of {printable(file.name)}")

    async def _ask_where(self, row: DossierRow, file: AttachmentView) -> None:
        from tickler.widgets.forms.attach_form import SaveForm

        folder = await self.session.guarded(self.session.tell, typed_paths.usual_folder)
        self._paper = file
        form = SaveForm(f"Save {printable(file.name)}", path_words.quoted(folder or ""))
        await self._open(form, [row], "#pile-pane", "#text")

    async def _ask_name(self, row: DossierRow, file: AttachmentView) -> None:
        from tickler.widgets.forms.attach_form import RenameForm

        self._paper = file
        form = RenameForm(f"Rename {printable(file.name)}", printable(file.name))
        await self._open(form, [row], "#pile-pane", "#text")

    async def _remove(self, row: DossierRow, file: AttachmentView) -> None:
        tell = self.session.tell
        receipt = await self.session.act(tell, papers.attach.remove, [file.id])
        if receipt:
            self.post_message(self.Filed(receipt, row.id))

    async def _shut(self) -> None:
        self._paper = None
        await super()._shut()

    async def _followed(self, form: FileForm, run: Callable[[], R]) -> R | None:
        """Run something long in a thread, and say in the form how far it is."""
        self._under_way = ""
        glance = form.set_interval(_GLANCE, lambda: form.show_progress(self._under_way))
        faults: list[str] = []
        done = await self.session.guarded(faults.append, run)
        glance.stop()
        for fault in faults:
            form.show_doubt(fault)
        return done

    def _looking(self, name: str) -> None:
        self._under_way = f"looking into {printable(name)} …"

    def _told(self, doing: str, total: int, done: int) -> None:
        filled = _BAR * done // max(total, 1)
        bar = f"{'█' * filled}{'░' * (_BAR - filled)}"
        self._under_way = f"{doing} {bar} {size_in_words(done)} of {size_in_words(total)}"

    def _file_line(self, file: AttachmentView, mails: Mapping[int, str]) -> Content:
        day = file.at.astimezone().date()
        written = f"{self.session.date_words.day_and_month(day)} {day.year}"
        facts = [size_in_words(file.size), written]
        if file.entry_id:
            facts.append(f"✉ {printable(mails.get(file.entry_id, ''))}".rstrip())
        return Content.assemble(
            printable(file.name), "  ", (" · ".join(facts), "$foreground-muted")
        )
