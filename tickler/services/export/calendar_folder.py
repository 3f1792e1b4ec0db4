"""The folder of calendar files: written whole, and kept true after each change."""

from collections.abc import Collection
from pathlib import Path

from tickler.desk import Work
from tickler.services.export import calendar
from tickler.system.vdir import FolderReport, Vdir

#: The colour of the calendar where none is chosen yet.
_COLOR = "#E07A1F"


def write(work: Work, path: Path) -> FolderReport:
    """Let a folder have the events of the binder, one file each; it is made if it is not there.

    Raises Refused for a folder that has other files, or is another binder's.
    """
    folder = Vdir(path, calendar.writer(work).prefix)
    folder.make(calendar.NAME, _COLOR)
    return folder.fill(calendar.files(work), work.today)


def keep(work: Work, path: Path, change: int | None, dossiers: Collection[int]) -> None:
    """Bring a folder up to date after a change: what was touched, once a day all of it.

    Without a `change` it is all of it as well. Raises as the folder's methods do; a folder that
    is not there is not made.
    """
    folder = Vdir(path, calendar.writer(work).prefix)
    day = folder.day()
    if change is None or day != work.today.isoformat():
        folder.fill(calendar.files(work), work.today)
    else:
        folder.change(calendar.touched(work, change, dossiers))
