"""Files on a dossier: the name of one there and on a disk, and its size in words."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from tickler.core.remark import Remark
from tickler.core.text import one_line
from tickler.errors import Refused

#: No file is larger than this, in bytes.
LARGEST = 100 * 2**20

#: No name is longer, in characters.
LONGEST_NAME = 255

_SLASHES = re.compile(r"[/\\]+")
_DOTS_ALONE = re.compile(r"\.*")

#: What some disk or program does not take in a name, and what reverses its reading direction.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069<>:"|?*/\\]')


#: What is a device on Windows, with any ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)


@dataclass(slots=True)
class NewFile:
    """An open file to be attached; `text` is what can be searched in it, `size` its bytes."""

    name: str
    source: BinaryIO
    size: int
    media_type: str = ""
    text: str | None = None
    warnings: tuple[Remark, ...] = ()


def file_name(text: str) -> str:
    """The name of a file on one line, without folders; one too long keeps its ending."""
    last = one_line(_SLASHES.split(one_line(text).rstrip("/\\"))[-1])
    return "" if _DOTS_ALONE.fullmatch(last) else _shortened(last, LONGEST_NAME)


def safe_name(name: str) -> str:
    """The name under which a file can be written on any disk, at most 200 bytes long.

    It is no option of a program, hides nothing, and is neither a folder nor a device.
    """
    clean = _UNSAFE.sub("_", name).strip(" ")
    most = 200
    while len(clean.encode()) > 200:
        clean, most = _shortened(clean, most), most - 1
    clean = re.sub(r"^[.~ -]", "_", clean.rstrip(" ."))
    return f"_{clean}" if _DEVICE.match(clean) else clean or "file"


def size_in_words(size: int) -> str:
    """`812 B`, `14 kB`, `1.2 MB`: bytes as a person reads them, by 1024."""
    if size < 1000:
        return f"{size} B"
    if size < 1000 * 1024:
        return f"{size / 1024:.0f} kB"
    return f"{size / 2**20:.1f} MB"


def too_large(name: str) -> Refused:
    """The sentence for a file that is too large."""
    return Refused(f"{name} is larger than {LARGEST // 2**20} MB, the most for one file")


def ending_of(name: str) -> str:
    """The ending of a name with its dot, in lower case; "" where there is none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.casefold()}" if dot and stem and ending.isalnum() else ""


def _shortened(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    ending = name[len(name) - len(ending_of(name)) :] if ending_of(name) else ""
    ending = ending if len(ending) < most // 2 else ""
    return name[: most - len(ending) - 1].rstrip() + "…" + ending
