"""Export at the binder: the whole of it, or what is in hand or marked, to a file; a backup."""

from functools import partial
from pathlib import Path

from tickler import services
from tickler.errors import short_path
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import export as exports
from tickler.session import Session


async def export_all(_: Session, binder: Binder) -> None:
    """Ask for the file into which everything goes."""
    from tickler.screens.binder.forms.export_form import ExportForm  # noqa: PLC0415  # when first wanted

    await binder.dock.open(ExportForm())


async def export(session: Session, binder: Binder) -> None:
    """Ask for the file into which the dossier in hand goes, or those that are marked."""
    from tickler.screens.binder.forms.export_form import ExportForm  # noqa: PLC0415  # when first wanted

    rows = await targets.selected_rows(session, binder.pile)
    if rows:
        await binder.dock.open(ExportForm(rows))


async def calendar(session: Session, _: Binder) -> None:
    """Write the folder of the settings that is a calendar; one file is an export as others are."""
    folder = session.settings.calendar_dir
    if folder is None:
        session.tell("which folder? name one as calendar_dir in the settings; g e writes one .ics")
        return
    done = await session.see(exports.calendar_folder.write, Path(folder))
    if done:
        session.say_done(f"calendar: {done.text}")


async def back_up(session: Session, _: Binder) -> None:
    """Make a backup of the binder among the others."""
    desk = await session.desk()
    make = partial(services.backups.make, desk.path, session.settings.backup)
    if made := await session.guarded(session.tell, make):
        told = services.backups.told(made.inventory, session.date_words)
        session.say_done(f"backup: {told} → {short_path(made.backup.path)}")
