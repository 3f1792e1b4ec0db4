"""A mail taken apart: its parts in their order, as deep and as many as are reasonable.

The body is divided here, line by line as the standard has it: the standard library's parser
calls itself for every level, and looks at each line once for every boundary that is open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tickler.formats.mail.charset import transferred
from tickler.formats.mail.headers import Head, header, parameter, split_head, written

#: How deep parts are searched inside others.
DEEPEST = 20

#: No mail is divided into more parts than this.
MOST_PARTS = 500

_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)

#: A broken type of these is text all the same, as the standard has it.
_TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail, not divided any further.

    `alternative` is the number of the multipart/alternative it is in: only one part of each number
    is to be read. `related` is whether it belongs to a page next to it.
    """

    head: Head
    body: bytes
    media_type: str
    alternative: int | None = None
    related: bool = False

    @property
    def content(self) -> bytes:
        """The part without its transfer encoding."""
        return transferred(self.body, written(self.head, "Content-Transfer-Encoding"))

    @property
    def name(self) -> str:
        """The file's name, "" where it has none."""
        return parameter(self.head, "Content-Disposition", "filename") or parameter(
            self.head, "Content-Type", "name"
        )

    @property
    def disposition(self) -> str:
        return written(self.head, "Content-Disposition").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        return parameter(self.head, "Content-Type", "charset")

    @property
    def is_embedded(self) -> bool:
        """Whether a page shows it in its midst."""
        return bool(header(self.head, "Content-ID")) and self.disposition != "attachment"


class Taken:
    """The parts of a mail; `is_cut` where it is deeper, or has more, than is read."""

    def __init__(self, head: Head, body: bytes) -> None:
        self.is_cut = False
        self._alternatives = 0
        self._count = 0
        self.parts = tuple(self._divided(head, body, 0, "", None, related=False))

    def _divided(
        self,
        head: Head,
        body: bytes,
        depth: int,
        default: str,
        alternative: int | None,
        *,
        related: bool,
    ) -> Iterator[Part]:
        kind = _type_of(head, default)
        boundary = parameter(head, "Content-Type", "boundary")
        if not kind.startswith("multipart/") or not boundary:
            kind = _TEXT if kind.startswith("multipart/") else kind
            yield Part(head, body, kind, alternative, related)
            return
        if depth >= DEEPEST:
            self.is_cut = True
            return
        if kind == "multipart/alternative" and alternative is None:
            self._alternatives += 1
            alternative = self._alternatives
        inner = "message/rfc822" if kind == "multipart/digest" else _TEXT
        for n, piece in enumerate(_pieces(body, boundary)):
            if self._count >= MOST_PARTS:
                self.is_cut = True
                return
            self._count += 1
            is_related = related or (kind == "multipart/related" and n > 0)
            yield from self._divided(
                *split_head(piece), depth + 1, inner, alternative, related=is_related
            )


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """The pieces between the lines of a boundary, the last to the end; else one text."""
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    line = re.compile(rb"^--" + mark + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)", re.MULTILINE)
    start = None
    for match in line.finditer(body):
        if start is not None:
            # The line end before a boundary belongs to the boundary.
            yield body[start : match.start()].removesuffix(b"\n").removesuffix(b"\r")
        start = match.end()
        if match[1]:
            return
    if start is None:
        yield b"\n" + body
    elif body[start:].strip():
        yield body[start:]


def _type_of(head: Head, default: str) -> str:
    named = written(head, "Content-Type").partition(";")[0].strip().lower()
    return named if _TYPE.fullmatch(named) else default or _TEXT
