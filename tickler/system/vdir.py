"""A vdir: a folder with one file for each event, as khal reads and vdirsyncer carries it.

https://vdirsyncer.pimutils.org/en/stable/vdir.html
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tickler.core.phrases import counted
from tickler.errors import NotFound, Refused, TicklerError
from tickler.system import files

#: Says whose events are in a folder, and of which day; programs ignore what begins with a dot.
_MARK = ".tickler"

#: What a folder may have that nobody has written an event to.
_METADATA = frozenset({"displayname", "color", "description", "order"})

_ENDING = ".ics"

#: No mark is longer, in bytes.
_LARGEST = 1_000


@dataclass(slots=True)
class FolderReport:
    """What was done in a folder, in files; `others` are not this binder's and were left alone."""

    written: int = 0
    removed: int = 0
    same: int = 0
    others: int = 0

    @property
    def text(self) -> str:
        """`50 events: 2 written, 1 removed, 48 as they were`."""
        said = f"{self.written} written, {self.removed} removed, {self.same} as they were"
        return f"{counted(self.written + self.same, 'event')}: {said}"


class Vdir:
    """A folder of calendar files. Those whose name begins with `prefix` are this binder's."""

    def __init__(self, path: Path, prefix: str) -> None:
        self.path = path
        self._prefix = prefix

    def make(self, name: str, color: str) -> None:
        """Make the folder, if it is not there, and mark it as this binder's.

        Raises Refused for one that has other files, or is another binder's.
        """
        files.make_folder(self.path)
        with self._plainly("use"):
            named = [entry.name for entry in os.scandir(self.path)]
        if _MARK in named:
            self.day()
            return
        foreign = [each for each in named if not each.startswith(".") and each not in _METADATA]
        if foreign:
            raise Refused("this folder has other files: name an empty one", path=self.path)
        self._write(_MARK, f"{self._prefix}\n".encode())
        for file, text in (("displayname", name), ("color", color)):
            if file not in named:
                self._write(file, text.encode())

    def day(self) -> str:
        """The day of which its events are, "" before the first; raises Refused, NotFound."""
        try:
            prefix, _, day = files.text_of(self.path / _MARK, _LARGEST).partition("\n")
        except NotFound:
            there = self.path.is_dir()
            why = "this is no calendar folder of tickler" if there else "there is no such folder"
            raise NotFound(why, path=self.path) from None
        except TicklerError as error:
            raise TicklerError(f"cannot use the folder: {error.bare}", path=self.path) from error
        if prefix != self._prefix:
            raise Refused("this folder is the calendar of another binder", path=self.path)
        return day.strip()

    def fill(self, events: Iterable[tuple[str, bytes]], day: date) -> FolderReport:
        """Let the folder have these events alone: write what is new, remove what is no longer."""
        report = FolderReport()
        with self._plainly("read"):
            named = {each.name for each in os.scandir(self.path) if each.name.endswith(_ENDING)}
        mine = {name for name in named if name.startswith(self._prefix)}
        report.others = len(named - mine)
        for key, content in events:
            mine.discard(self._name(key))
            self._put(key, content, report)
        for name in sorted(mine):
            self._remove(name, report)
        self._write(_MARK, f"{self._prefix}\n{day.isoformat()}\n".encode())
        return report

    def change(self, events: Mapping[str, bytes | None]) -> None:
        """Write these events, and remove those that are None."""
        report = FolderReport()
        for key, content in events.items():
            if content is None:
                self._remove(self._name(key), report)
            else:
                self._put(key, content, report)

    def _name(self, key: str) -> str:
        return f"{self._prefix}{key}{_ENDING}"

    def _put(self, key: str, content: bytes, report: FolderReport) -> None:
        name = self._name(key)
        with contextlib.suppress(TicklerError):  # what cannot be read is written again
            if files.bytes_of(self.path / name, len(content)) == content:
                report.same += 1
                return
        self._write(name, content)
        report.written += 1

    def _write(self, name: str, content: bytes) -> None:
        path = self.path / name
        files.save(path, lambda file: file.write(content), force=True, durable=False)

    def _remove(self, name: str, report: FolderReport) -> None:
        path = self.path / name
        try:
            path.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            why = files.reason(error)
            raise TicklerError(f"cannot remove the file: {why}", path=path) from error
        report.removed += 1

    @contextlib.contextmanager
    def _plainly(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = files.reason(error)
            raise TicklerError(f"cannot {what} the folder: {why}", path=self.path) from error
