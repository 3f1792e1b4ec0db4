"""What can be searched in a file: its bytes → text, within limits of size and time.

Plain text is read here. A document that could keep a program busy is read in a process of its
own, which is ended where it takes too long.
"""

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from typing import BinaryIO

from tickler.core.client.files import ending_of
from tickler.core.text import storable
from tickler.formats import encodings

#: How many characters of a file can be searched.
LONGEST = 1_000_000

#: A file that takes longer is not read, in seconds.
PATIENCE = 10.0

#: The most bytes of a letter, in any encoding.
_WIDEST = 4

_PLAIN = (".txt", ".md", ".csv")

#: The library that a kind of file is read with; "" where the standard library does.
LIBRARIES = {".html": "", ".htm": "", ".eml": "", ".pdf": "pypdf", ".docx": "docx",
             ".xlsx": "openpyxl"}  # fmt: skip

#: The command that installs them all.
EXTRA = "pip install 'tickler[texts]'"

#: The exit code of the reading process for a file that is locked.
LOCKED = 3

_READER = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from tickler.formats.documents import office; office.main(sys.argv[1])"
)


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a file, None where it was not read, and why not or not all of it."""

    text: str | None
    why: str = ""
    lacking: bool = False


def text_of(name: str, source: BinaryIO) -> ExtractedText:
    """What can be searched in a file, by its name's ending; a damaged file says why there is none.

    It never takes much longer than `PATIENCE`. Raises OSError where reading fails.
    """
    ending = ending_of(name)
    if ending in _PLAIN:
        return _cut(encodings.text_of(_beginning(source)))
    library = LIBRARIES.get(ending)
    if library is None:
        return ExtractedText(None)
    if library and importlib.util.find_spec(library) is None:
        return ExtractedText(None, f"run {EXTRA} to make it searchable", lacking=True)
    return _read_apart(ending, source)


def _beginning(source: BinaryIO) -> bytes:
    """As much as may be needed, cut at the end of a line so that no letter is torn."""
    data = source.read(LONGEST * _WIDEST)
    if len(data) < LONGEST * _WIDEST:
        return data
    return data[: data.rfind(b"\n") + 1] or data[: -len(data) % _WIDEST or None]


def _read_apart(ending: str, source: BinaryIO) -> ExtractedText:
    # It imports from where we do: nothing in the current directory is ever loaded.
    words = [sys.executable, "-I", "-c", _READER, ending, *sys.path]
    try:
        done = subprocess.run(
            words, input=source.read(), capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return ExtractedText(None, f"reading it took longer than {PATIENCE:.0f} seconds")
    if done.returncode == LOCKED:
        return ExtractedText(None, "it is locked with a password")
    if done.returncode:
        return ExtractedText(None, f"it is damaged, or not a {ending.removeprefix('.')} file")
    return _cut(done.stdout.decode("utf-8", "replace"))


def _cut(text: str) -> ExtractedText:
    clean = storable(text.removeprefix("\ufeff"))
    if len(clean) <= LONGEST:
        return ExtractedText(clean)
    return ExtractedText(clean[:LONGEST], f"only its first {LONGEST:,} characters can be searched")
