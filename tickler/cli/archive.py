"""Importing a whole binder: what is in the archive is shown first, and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tickler import services
from tickler.cli import say
from tickler.core.backups import Why
from tickler.errors import Unreadable
from tickler.services import transfer

if TYPE_CHECKING:
    from tickler.desk import Desk


def archive_in(files: Sequence[Path], *, with_options: bool) -> Path | None:
    """The archive among files to import, if one is; raises Unreadable for what goes with none."""
    found = transfer.sources.archive_among(files)
    if found is not None and with_options:
        raise Unreadable("a whole binder is imported as it is: the options for lists and mails "
                         "do not go with it", path=found)  # fmt: skip
    return found


def take_in(desk: Desk, path: Path, *, yes: bool, dry_run: bool, json: bool) -> None:
    """Import an archive into the binder, which has to be empty."""
    seen = transfer.archive.look(path)
    desk.see(transfer.archive.refuse_unless_empty)
    bring = transfer.archive.import_archive
    ask = not (yes or dry_run) and say.can_ask()
    if not json:
        (say.talk if ask else say.data)(seen.text)
    if ask:
        say.agree("Import it?", yes=False, refusal="the binder would be imported")
    title = "looking" if dry_run else "importing"
    with say.bar_of(title, seen.manifest.steps) as step:
        if dry_run:
            done = desk.rehearse(bring, path, progress=step)
        else:
            done = services.backups.do(desk, Why.IMPORT, bring, path, progress=step)
    read = {name: table.rows for name, table in seen.manifest.tables.items()}
    say.done(done, json=json, kept=not dry_run, read=read)
