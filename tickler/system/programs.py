"""Files and addresses opened with the program that the system has for them."""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tickler.core.client.files import safe_name
from tickler.core.text import printable
from tickler.errors import TicklerError
from tickler.system import files

#: Copies made for looking at are cleared away after so long, in seconds.
_DAY = 24 * 60 * 60

#: A program that cannot open a file says so within this time, in seconds.
_SOON = 0.7


def open_copy(name: str, write: files.Write) -> Path:
    """Open a copy of a file with the program that the system has for it; returns where it is.

    The copy is private, and cleared away with the first one that is made a day later. Raises
    TicklerError where there is no such program: then the copy is there all the same.
    """
    path = _copy(name, write)
    start(str(path), printable(name), beside=f"; a copy is in {path}")
    return path


def start(what: str, about: str, *, kind: str = "files", beside: str = "") -> None:
    """Open a file or an address with the program that the system has for it, and go on at once.

    Raises TicklerError where there is none for this `kind`: what it was `about`, and `beside`.
    """
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        raise TicklerError(f"there is no program here that opens {kind}{beside}")
    try:
        started = subprocess.Popen(
            [program, what],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise TicklerError(f"{program} cannot be started: {error.strerror}{beside}") from error
    try:
        failed = started.wait(_SOON)
    except subprocess.TimeoutExpired:
        # Else it would stay behind as a zombie for as long as the binder is open.
        threading.Thread(target=started.wait, daemon=True).start()
        return
    if failed:
        raise TicklerError(f"no program opens {about} here{beside}")


def copies() -> Path:
    """The folder of the copies that were opened."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # only where one is made

    return user_cache_path("tickler", appauthor=False) / "opened"


def _copy(name: str, write: files.Write) -> Path:
    """A private copy, in a folder of its own; those of yesterday are deleted."""
    folder = copies()
    files.make_folder(folder)
    try:
        folder.chmod(0o700)
        for old in folder.iterdir():
            if time.time() - old.stat().st_mtime > _DAY:
                shutil.rmtree(old, ignore_errors=True)
        path = Path(tempfile.mkdtemp(dir=folder)) / safe_name(name)
    except OSError as error:
        raise TicklerError(f"cannot make a copy to open: {files.reason(error)}") from error
    files.save(path, write)
    return path
