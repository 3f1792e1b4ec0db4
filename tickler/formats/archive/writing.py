"""Writing an archive: the same binder gives the same bytes, and none of it is held in memory."""

import contextlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Self, cast

from tickler.formats.archive import layout
from tickler.formats.archive.layout import Manifest
from tickler.formats.archive.lines import line_of
from tickler.formats.archive.readme import readme

#: The first day that a zip can say, for all that is in it; for the owner alone, an ordinary file.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o100600 << 16
_UNIX = 3

#: How many bytes of rows are compressed at once.
_BUFFER = 256 * 1024


class ArchiveWriter:
    """Writes an archive into a file: first what is in it, then the tables, then the contents.

    Leaving it writes the table of contents.
    """

    def __init__(self, file: BinaryIO, manifest: Manifest) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._text(layout.README, readme())
        self._text(layout.MANIFEST, layout.manifest_text(manifest))

    def add_table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows of a table."""
        info = _info(f"{name}{layout.TABLE}", zipfile.ZIP_DEFLATED)
        # How long it gets is not known before: it may be more than 4 GB.
        member = cast("io.RawIOBase", self._zip.open(info, "w", force_zip64=True))
        with member, io.BufferedWriter(member, _BUFFER) as lines:
            for row in rows:
                lines.write(line_of(row))

    def add_file(self, digest: str, size: int, pieces: Iterable[bytes]) -> None:
        """Write a content; most files are compressed already."""
        info = _info(f"{layout.FILES}{digest}", zipfile.ZIP_STORED)
        info.file_size = size
        with self._zip.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What failed half way is not kept: only the first error matters.
        with contextlib.suppress(*((OSError, ValueError) if kind else ())):
            self._zip.close()

    def _text(self, name: str, text: str) -> None:
        self._zip.writestr(_info(name, zipfile.ZIP_DEFLATED), text.encode())


def _info(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ALWAYS)
    info.compress_type = method
    info.external_attr = _RIGHTS
    info.create_system = _UNIX
    return info
