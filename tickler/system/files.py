"""Files outside the binder: opened and looked into before they are attached, and written again."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from tickler.core import path_words
from tickler.core.client.files import LARGEST, NewFile, file_name, safe_name, too_large
from tickler.core.remark import Remark
from tickler.core.text import printable
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.formats.documents import extract

T = TypeVar("T")

#: Copies made for looking at are cleared away after so long, in seconds.
_DAY = 24 * 60 * 60

#: A program that cannot open a file says so within this time, in seconds.
_SOON = 0.7

#: Writes a file to what it is given.
Write = Callable[[BinaryIO], T]


@contextlib.contextmanager
def opened(
    named: Sequence[Path],
    as_name: str | None = None,
    looking: Callable[[str], None] = lambda _name: None,
) -> Iterator[list[NewFile]]:
    """The files of these paths, all checked and then looked into; they are closed in the end.

    `as_name` is what one is called on the dossier; `looking` is told the name of each before it
    is looked into. Raises NotFound, Unreadable, Refused where
    one is too large, TicklerError where one may not be read.
    """
    with contextlib.ExitStack() as held:
        files = [_opened(path, held) for path in named]
        if as_name is not None:
            files = [replace(file, name=as_name) for file in files]
        yield [looked_into(file, looking) for file in files]


@contextlib.contextmanager
def piped(
    source: BinaryIO, name: str, looking: Callable[[str], None] = lambda _name: None
) -> Iterator[list[NewFile]]:
    """What comes out of a pipe, as a file of this name; it is read to its end before.

    Raises Unreadable without a name, Refused where it is too large.
    """
    if not file_name(name):
        raise Unreadable("what comes in has no name yet: --as-name offer.pdf gives it one")
    with tempfile.TemporaryFile() as whole:
        size = 0
        while piece := source.read(2**20):
            size += len(piece)
            if size > LARGEST:
                raise too_large(file_name(name))
            whole.write(piece)
        whole.seek(0)
        yield [looked_into(NewFile(file_name(name), whole, size), looking)]


def text_of(path: Path, most: int) -> str:
    """The text of a file in UTF-8; raises NotFound, Unreadable and TicklerError."""
    try:
        path = path.expanduser()
        if path.exists() and not path.is_file():
            raise Unreadable(f"{path} is no ordinary file")
        if path.stat().st_size > most:
            raise Unreadable(f"{path} has more than {most:,} bytes")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not UTF-8: save it as UTF-8") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise TicklerError(f"cannot read {path}: {_reason(error)}") from error


def paths_of(text: str) -> list[Path]:
    """The files that a text names; a file that is there may have blanks in its path unquoted.

    Raises Unreadable where it names none.
    """
    named = [text.strip()] if _is_there(text.strip()) else path_words.split(text)
    if not named:
        raise Unreadable("name a file: type its path, or draw it here")
    return [Path(name) for name in named]


def completed(text: str) -> tuple[str, list[str]]:
    """The text with its last path completed as far as it is clear, and the names that fit."""
    for before, begun in (path_words.last(text), ("", text)):
        folder, names = _fitting(begun)
        if not names:
            continue
        same = folder + path_words.common(names)
        if len(same) >= len(begun):
            return before + path_words.quoted(same), names
        return text, names
    return text, []


def usual_folder() -> str:
    """Where what is saved goes if nothing else is said: the folder for downloads, or this one."""
    return "~/Downloads/" if _is_there("~/Downloads") else f"{Path.cwd()}/"


def looked_into(file: NewFile, looking: Callable[[str], None] = lambda _name: None) -> NewFile:
    """The file with what can be searched in it, and a warning where that is not all there is."""
    looking(file.name)
    found = extract.text_of(file.name, file.source)
    file.source.seek(0)
    if not found.why:
        return replace(file, text=found.text)
    if found.lacking:
        said = f"the text of such documents cannot be searched yet: {found.why}"
    elif found.text is None:
        said = f"{printable(file.name)}: its text cannot be searched: {found.why}"
    else:
        said = f"{printable(file.name)}: {found.why}"
    return replace(file, text=found.text, warnings=(Remark("text-unread", said),))


def target_of(name: str, to: Path | None, *, force: bool = False) -> Path:
    """Where a file of this name is saved: in a folder or under another name, else right here.

    Raises Refused where something is there already and nothing may be overwritten by `force`,
    NotFound where there is no such folder.
    """
    path = to or Path()
    try:
        path = path.expanduser()
        path = path / safe_name(name) if path.is_dir() else path
        if not path.parent.is_dir():
            raise NotFound(f"there is no folder {path.parent}")
        if path.is_dir():
            raise Refused(f"{path} is a folder: name another file")
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is no ordinary file: nothing is written over it")
        if not force and os.path.lexists(path):
            raise Refused(f"{path.name} is there already; `--force` writes over it: {path}")
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise _unsaved(path, error) from error


def save(path: Path, write: Write[T]) -> T:
    """Write a file whole, or not at all, for its owner alone. Raises TicklerError."""
    try:
        descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=".tickler-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                done = write(file)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink()
            raise
    except OSError as error:
        raise _unsaved(path, error) from error
    return done


def open_copy(name: str, write: Write[object]) -> Path:
    """Open a copy of a file with the program that the system has for it; returns where it lies.

    The copy is private, and cleared away with the first one that is made a day later. Raises
    TicklerError where there is no such program: then the copy is there all the same.
    """
    path = _copy(name, write)
    start(str(path), printable(name), beside=f"; a copy lies at {path}")
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


def _fitting(begun: str) -> tuple[str, list[str]]:
    """The folder of a path that is begun, as typed, and what in it begins like the rest."""
    if begun == "~":
        return "", ["~/"]
    folder, slash, stem = begun.rpartition("/")
    try:
        with os.scandir(Path(folder + slash).expanduser()) as found:
            names = [each.name + "/" * each.is_dir() for each in found]
    except (OSError, RuntimeError, ValueError):
        return "", []
    # A name that a field cannot show as it is has to be named in the shell.
    plain = [name for name in names if printable(name) == name]
    shown = [name for name in plain if stem.startswith(".") or not name.startswith(".")]
    exact = [name for name in shown if name.startswith(stem)]
    alike = [name for name in shown if name.casefold().startswith(stem.casefold())]
    return folder + slash, sorted(exact or alike, key=str.casefold)


def _is_there(path: str) -> bool:
    try:
        return bool(path) and Path(path).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def _opened(path: Path, held: contextlib.ExitStack) -> NewFile:
    """The file at a path, open. Nothing waits, and nothing but an ordinary file is read."""
    try:
        descriptor = os.open(path.expanduser(), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise TicklerError(f"cannot read {path}: {_reason(error)}") from error
    held.callback(os.close, descriptor)
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable(f"{path} is a folder: name the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(f"{path} is no ordinary file; what comes out of a pipe is taken by -")
    if found.st_size > LARGEST:
        raise too_large(path.name)
    source = held.enter_context(os.fdopen(descriptor, "rb", closefd=False))
    return NewFile(path.expanduser().name, source, found.st_size)


def _copy(name: str, write: Write[object]) -> Path:
    """A private copy, in a folder of its own; what lies there since yesterday goes."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # only where one is made

    try:
        folder = user_cache_path("tickler", appauthor=False) / "opened"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for old in folder.iterdir():
            if time.time() - old.stat().st_mtime > _DAY:
                shutil.rmtree(old, ignore_errors=True)
        path = Path(tempfile.mkdtemp(dir=folder)) / safe_name(name)
    except OSError as error:
        raise TicklerError(f"cannot make a copy to open: {_reason(error)}") from error
    save(path, write)
    return path


def _unsaved(path: Path, error: Exception) -> TicklerError:
    return TicklerError(f"cannot write {path}: {_reason(error)}")


def _reason(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)
