"""Importing a whole binder: what is in the archive is shown first, and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tickler.cli import say
from tickler.core.client.files import size_in_words
from tickler.core.phrases import counted
from tickler.errors import Unreadable
from tickler.services import transfer

if TYPE_CHECKING:
    from tickler.desk import Desk
    from tickler.formats.archive.layout import Manifest


def archive_in(files: Sequence[Path], *, with_options: bool) -> Path | None:
    """The archive among files to import, if one is; raises Unreadable for more beside it."""
    found = next((file for file in files if transfer.archive.is_archive(file)), None)
    if found is not None and len(files) > 1:
        raise Unreadable("a whole binder is imported alone: name no other file", path=found)
    if found is not None and with_options:
        raise Unreadable("a whole binder is imported as it is: the options for lists and mails "
                         "do not go with it", path=found)  # fmt: skip
    return found


def take_in(desk: Desk, path: Path, *, yes: bool, dry_run: bool, json: bool) -> None:
    """Import an archive into the binder, which has to be empty."""
    manifest = transfer.archive.look(path)
    desk.see(transfer.archive.refuse_unless_empty)
    bring = transfer.archive.import_archive
    ask = not (yes or dry_run) and say.can_ask()
    if not json:
        (say.talk if ask else say.data)(_told(manifest))
    if ask:
        say.agree("Import it?", yes=False, refusal="the binder would be imported")
    title, do = ("looking", desk.rehearse) if dry_run else ("importing", desk.do)
    with say.bar_of(title, manifest.steps) as step:
        done = do(bring, path, progress=step)
    read = {name: table.rows for name, table in manifest.tables.items()}
    say.done(done, json=json, kept=not dry_run, read=read)


def _told(manifest: Manifest) -> str:
    """`a binder: 412 dossiers with 3,100 lines of history, 12 files (3.4 MB)`."""
    what = "a binder" if manifest.whole else "a part of a binder"
    lines = manifest.rows("entry")
    history = f"{lines:,} {'line' if lines == 1 else 'lines'} of history"
    files = manifest.files
    held = f", {counted(files.count, 'file')} ({size_in_words(files.bytes)})" if files.count else ""
    return f"{what}: {counted(manifest.dossiers, 'dossier')} with {history}{held}"
