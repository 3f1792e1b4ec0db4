"""Files at the binder: attached to the dossier in hand, opened, saved, renamed, removed."""

from __future__ import annotations

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.client.files import size_in_words
from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import papers
from tickler.session import Session
from tickler.system import programs, typed_paths
from tickler.widgets.styled import HEAD, QUIET

if TYPE_CHECKING:
    from tickler.core.views import AttachmentView

ATTACH = "attach"

#: What each letter does with the file that is picked; Enter opens it.
VERBS = {"o": "open", "s": "save", "n": "rename", "x": "remove", "a": ATTACH}

#: The place of the line that attaches: files are counted from 1.
_NEW = 0


async def attachments(session: Session, binder: Binder) -> None:
    """Ask for files to attach, or which of the dossier's is meant and what for, and do it."""
    from tickler.screens.binder.forms.files import AttachForm, RenameForm, SaveForm
    from tickler.screens.dialogs.pick import Pick

    row = targets.row_in_hand(session, binder.pile)
    files = await session.see(papers.attach.attachments, row.id) if row else None
    if row is None or files is None:
        return
    if not files:
        await binder.dock.open(AttachForm(row))
        return
    mails = await session.see(papers.attach.subjects, row.id) or {}
    lines = [(file.id, _line(file, mails, session.date_words)) for file in files]
    lines.insert(0, (_NEW, Content.styled("attach files …", HEAD)))
    picked = await session.ask(Pick(f"{targets.named([row])}: files", lines, VERBS, place=1))
    if picked is None:
        return
    if picked.key == _NEW or picked.verb == ATTACH:
        await binder.dock.open(AttachForm(row))
        return
    file = next(file for file in files if file.id == picked.key)
    if picked.verb == "open":
        await _open_copy(session, file)
    elif picked.verb == "save":
        folder = await session.guarded(session.tell, typed_paths.usual_folder)
        await binder.dock.open(SaveForm(row, file, folder or ""))
    elif picked.verb == "rename":
        await binder.dock.open(RenameForm(row, file))
    elif receipt := await session.act(session.tell, papers.attach.remove, [file.id]):
        binder.filed(receipt, row.id)


async def _open_copy(session: Session, file: AttachmentView) -> None:
    desk = await session.desk()
    save = papers.attach.save
    run = partial(programs.open_copy, file.name, lambda to: desk.see(save, file.id, to))
    if await session.guarded(session.tell, run):
        session.say_done(f"opened a copy of {file.name}")


def _line(file: AttachmentView, mails: Mapping[int, str], words: DateWords) -> Content:
    day = file.at.astimezone().date()
    facts = [size_in_words(file.size), f"{words.day_and_month(day)} {day.year}"]
    if file.entry_id:
        facts.append(f"✉ {printable(mails.get(file.entry_id, ''))}".rstrip())
    return Content.assemble(printable(file.name), "  ", (" · ".join(facts), QUIET))
