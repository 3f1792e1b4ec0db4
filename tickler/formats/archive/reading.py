"""Reading an archive: what is in it is checked first, then read line by line and piece by piece."""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from tickler.core.phrases import counted
from tickler.core.text import quote
from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.archive import layout
from tickler.formats.archive.lines import LineReader, Row
from tickler.formats.json_text import Flaw

#: No row is longer, in bytes: a text has at most a million characters.
LONGEST_LINE = 64 * 2**20

#: What unpacks to more bytes than this, and to more times its size, was made to fill a disk.
_LARGE = 2**30
_DENSEST = 100

#: How many bytes are read at once.
PIECE = 1024 * 1024

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = "it is damaged: nothing in it can be trusted"

#: What the zip library raises where a file is damaged or not a zip at all.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    UnicodeError,
)  # fmt: skip


class ArchiveReader:
    """An archive that is read: `manifest` is what it says is in it."""

    def __init__(self, path: Path) -> None:
        """Open an archive; raises Unreadable for what is not one, NotFound without the file."""
        self._path = path
        self._file = _opened(path)
        try:
            self._zip = _zip_of(self._file, path)
            self._members = self._checked()
            with self._reading(layout.MANIFEST):
                self.manifest = layout.read_manifest(self._bytes(layout.MANIFEST))
            self._compare()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def rows(self, table: str, reader: LineReader) -> Iterator[tuple[int, Row]]:
        """The rows of a table with the numbers of their lines; raises Unreadable."""
        name = f"{table}{layout.TABLE}"
        line = 0
        with self._open(name) as member:
            while True:
                with self._reading(name, line + 1):
                    if not (text := member.readline(LONGEST_LINE + 1)):
                        break
                    if len(text) > LONGEST_LINE:
                        raise Flaw("it is longer than a row can be")
                    row = reader.read(text)
                line += 1
                yield line, row
        with self._reading(name):
            said = self.manifest.rows(table)
            if line != said:
                raise Flaw(f"it has {counted(line, 'row')}, and {layout.MANIFEST} says {said}")

    def pieces(self, digest: str, size: int) -> Iterator[bytes]:
        """A content, piece by piece; raises Unreadable where it is not what its name says."""
        name = f"{layout.FILES}{digest}"
        found, length = sha256(), 0
        with self._open(name) as member:
            while True:
                with self._reading(name):
                    # A piece must be whole: a read may give less.
                    piece = member.read(PIECE)
                if not piece:
                    break
                found.update(piece)
                length += len(piece)
                yield piece
        with self._reading(name):
            if length != size:
                raise Flaw(f"it has {length} bytes, and content{layout.TABLE} says {size}")
            if found.hexdigest() != digest:
                raise Flaw("its bytes are not those that its name says: they were changed")

    def fault(self, table: str, line: int, text: str) -> Unreadable:
        """What is wrong with a row, with its place."""
        return Unreadable(f"{table}{layout.TABLE}, line {line}: {text}", path=self._path)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """The members by name; raises Unreadable for one that no archive has."""
        found: dict[str, zipfile.ZipInfo] = {}
        if layout.MANIFEST not in self._zip.namelist():
            raise self.refused(
                f"there is no {layout.MANIFEST} in it, so this is no binder: unpack it first, and "
                "import what is in it"
            )
        for info in self._zip.infolist():
            if info.filename == layout.FILES:
                continue
            self._check(info)
            if info.filename in found:
                raise self.refused(f"{quote(info.filename)} is in it twice")
            found[info.filename] = info
        unpacked = sum(info.file_size for info in found.values())
        packed = self._path.stat().st_size
        if unpacked > _LARGE and unpacked > packed * _DENSEST:
            raise self.refused(f"its {packed:,} bytes would unpack to {unpacked:,}: it is not read")
        if found[layout.MANIFEST].file_size > layout.LONGEST_MANIFEST:
            raise self.refused(f"{layout.MANIFEST} is too long")
        return found

    def _check(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        digest = name.removeprefix(layout.FILES)
        table = name.removesuffix(layout.TABLE)
        is_file = digest != name and layout.DIGEST.fullmatch(digest)
        is_table = table != name and table.isidentifier() and table.isascii()
        if not (is_file or is_table or name in (layout.MANIFEST, layout.README)):
            raise self.refused(f"a binder has no {quote(name)}")
        if info.flag_bits & 1:
            raise self.refused("it is locked with a password: unpack it, and pack it without one")
        if info.compress_type not in _METHODS:
            raise self.refused(f"{name} is compressed in a way that is not read: use deflate")

    def _compare(self) -> None:
        """Whether the members are those that the manifest names; raises Unreadable."""
        for name in self.manifest.tables:
            if f"{name}{layout.TABLE}" not in self._members:
                raise self.refused(f"{name}{layout.TABLE} is missing")
        for name in self._members:
            table = name.removesuffix(layout.TABLE)
            if table != name and table not in self.manifest.tables:
                raise self.refused(f"{layout.MANIFEST} does not name {name}")
        files = [info for name, info in self._members.items() if name.startswith(layout.FILES)]
        there = (len(files), sum(info.file_size for info in files))
        said = (self.manifest.files.count, self.manifest.files.bytes)
        if there != said:
            raise self.refused(
                f"{layout.FILES} has {there[0]} files with {there[1]:,} bytes, and "
                f"{layout.MANIFEST} says {said[0]} with {said[1]:,}"
            )
        if layout.README in self._members:
            with self._reading(layout.README):
                self._bytes(layout.README)

    @contextlib.contextmanager
    def _open(self, name: str) -> Iterator[BinaryIO]:
        with self._reading(name):
            if name not in self._members:
                raise Flaw("it is missing")
            member = io.BufferedReader(
                cast("io.RawIOBase", self._zip.open(self._members[name])), PIECE
            )
        with member:
            yield member

    def _bytes(self, name: str) -> bytes:
        with self._open(name) as member:
            return member.read()

    @contextlib.contextmanager
    def _reading(self, name: str, line: int = 0) -> Iterator[None]:
        """Say of what goes wrong in here where that is."""
        where = f"{name}, line {line}" if line else name
        try:
            yield
        except Flaw as flaw:
            raise self.refused(f"{where}: {flaw}") from None
        except OSError as error:
            sentence = f"cannot read the archive: {error.strerror or error}"
            raise TicklerError(sentence, path=self._path) from error
        except _BROKEN as error:
            raise self.refused(f"{where}: {_DAMAGED} ({error or type(error).__name__})") from error

    def refused(self, text: str) -> Unreadable:
        """That the archive is not read, and why."""
        return Unreadable(text, path=self._path)


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise Unreadable("this is a folder, not an archive", path=path)
        if path.exists() and not path.is_file():
            raise Unreadable("this is not an ordinary file", path=path)
        return path.open("rb")
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror}", path=path) from error


def _zip_of(file: BinaryIO, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        sentence = f"this is not a whole zip file: {_DAMAGED}" if _begins_zip(file) else (
            "this is not a zip file")  # fmt: skip
        raise Unreadable(sentence, path=path) from error
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror or error}", path=path) from error


def _begins_zip(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(2) == b"PK"
