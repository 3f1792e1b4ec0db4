"""The formats of an export, by the ending of its file; each is loaded when it is first wanted."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from tickler.core.progress import Progress, unwatched
from tickler.core.text import quote
from tickler.errors import Unreadable

if TYPE_CHECKING:
    from tickler.core.views import ExportReport
    from tickler.desk import Work
    from tickler.services.export.chosen import Selection


class Writer(Protocol):
    """Writes dossiers in one format to a file, a part at a time; says what is not in it.

    What it writes is for its file alone until it returns: whatever it raises, nothing is kept.
    """

    def __call__(
        self, work: Work, which: Selection, to: BinaryIO, options: Options, progress: Progress
    ) -> ExportReport:
        """Write it; `progress` is told of the dossiers done."""


@dataclass(frozen=True, slots=True)
class Options:
    """What only some formats can be told: each names it in `Format.takes`."""

    sheet: str = ""
    vcard: str = ""


AS_IS = Options()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its ending, the module here that has its `write`, and what it can be told.

    `is_text`: a person can read it as it is.
    """

    ending: str
    module: str
    is_text: bool = False
    takes: frozenset[str] = frozenset()

    @property
    def write(self) -> Writer:
        write: Writer = importlib.import_module(f"{__package__}.{self.module}").write
        return write


_ALL = (
    Format("csv", "csv", is_text=True, takes=frozenset({"sheet"})),
    Format("xlsx", "xlsx"),
    Format("vcf", "cards", is_text=True, takes=frozenset({"vcard"})),
    Format("md", "markdown", is_text=True),
    Format("ics", "calendar", is_text=True),
    Format("zip", "archive"),
)  # fmt: skip

FORMATS: Mapping[str, Format] = {each.ending: each for each in _ALL}


def format_of(path: PurePath, named: str = "") -> Format:
    """The format that a file's ending says, or that is `named`; raises Unreadable with all."""
    ending = _bare(path.suffix)
    if named and ending in FORMATS and ending != _bare(named):
        raise Unreadable(f"the file's name says {path.suffix}, and not {quote(named)}")
    typed = named or path.suffix
    found = FORMATS.get(_bare(typed))
    if found is None:
        endings = ", ".join(f".{each}" for each in FORMATS)
        if not typed:
            raise Unreadable(f"which format? the file's ending says it: {endings}")
        if _bare(typed) == "age":
            raise Unreadable("an encrypted file is written in the shell, for it asks for the key")
        raise Unreadable(f"there is no format {quote(typed)} to export to: type one of {endings}")
    return found


def _bare(ending: str) -> str:
    return ending.lower().removeprefix(".")


def write(
    work: Work,
    format_: Format,
    which: Selection,
    to: BinaryIO,
    *,
    options: Options = AS_IS,
    progress: Progress = unwatched,
) -> ExportReport:
    """Write dossiers in a format. Raises Unreadable for an option that it does not take."""
    refuse_others(format_, options)
    return format_.write(work, which, to, options, progress)


def refuse_others(format_: Format, options: Options) -> None:
    """Raise Unreadable for an option of another format."""
    for name in Options.__slots__:
        if getattr(options, name) and name not in format_.takes:
            having: Sequence[str] = [f".{each.ending}" for each in _ALL if name in each.takes]
            raise Unreadable(f"only {', '.join(having)} has a choice of {name}")
