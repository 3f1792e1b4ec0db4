"""Files to be attached: opened, checked, and read for the search before the action begins."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tickler.core.client.files import LARGEST, NewFile, file_name, too_large
from tickler.core.remark import Remark
from tickler.core.text import printable
from tickler.errors import Hint, NotFound, TicklerError, Unreadable
from tickler.formats.documents import extract
from tickler.system.files import reason


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
        raise Unreadable("what is piped in has no name yet", hint=Hint.AS_NAME)
    with tempfile.TemporaryFile() as whole:
        size = 0
        while piece := source.read(2**20):
            size += len(piece)
            if size > LARGEST:
                raise too_large(file_name(name))
            whole.write(piece)
        whole.seek(0)
        yield [looked_into(NewFile(file_name(name), whole, size), looking)]


def looked_into(file: NewFile, looking: Callable[[str], None] = lambda _name: None) -> NewFile:
    """The file with what can be searched in it, and a warning where that is not all there is."""
    looking(file.name)
    found = extract.text_of(file.name, file.source)
    file.source.seek(0)
    if not found.why:
        return replace(file, text=found.text)
    if found.lacking:
        text = f"the text of such documents cannot be searched yet: {found.why}"
    elif found.text is None:
        text = f"{printable(file.name)}: its text cannot be searched: {found.why}"
    else:
        text = f"{printable(file.name)}: {found.why}"
    unread = Remark("text-unread", text)
    return replace(file, text=found.text, warnings=(*file.warnings, unread))


def _opened(path: Path, held: contextlib.ExitStack) -> NewFile:
    """The file at a path, open. Nothing waits, and nothing but an ordinary file is read."""
    try:
        descriptor = os.open(path.expanduser(), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise TicklerError(f"cannot read the file: {reason(error)}", path=path) from error
    held.callback(os.close, descriptor)
    found = os.fstat(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable("this is a folder: name the files in it", path=path)
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("this is not an ordinary file; - reads from a pipe", path=path)
    if found.st_size > LARGEST:
        raise too_large(path.name)
    source = held.enter_context(os.fdopen(descriptor, "rb", closefd=False))
    name, warnings = _name_of(path.expanduser())
    return NewFile(name, source, found.st_size, warnings=warnings)


def _name_of(path: Path) -> tuple[str, tuple[Remark, ...]]:
    """The name of a file as text, whatever the locale is, and a warning where it is not UTF-8."""
    raw = os.fsencode(path.name)
    try:
        return raw.decode(), ()
    except UnicodeDecodeError:
        name = raw.decode("cp1252", "replace")
        said = f"the name of the file is not UTF-8: it is read as {printable(name)}"
        return name, (Remark("name-read", said),)
