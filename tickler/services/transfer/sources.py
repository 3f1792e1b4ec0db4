"""Reading clients from files of any kind: what is in them says which reader is loaded.

A new kind is a line in `READERS`, once `formats.lists.file_kinds` tells it from the others. Its
reader is a module, imported when such a file is read, with

- `read_file(path, reading) -> ClientTable` for one file;
- where the kind `is_table`: `first_records(path, reading)`, the first lines as they are, so that
  the rep can say what its columns hold. It hands its records to `formats.lists.table`;
- where several files make one list: a module `together` with
  `read_files(paths, reading) -> ClientTable`, which says of a line in which `file` it is.

All of them raise Unreadable with a sentence; the path is added here, where several are read that
of the one it is about by `together`. `reading.today` is the rep's
day. What needs the binder is a service's: `import_list` matches and writes the rows.
"""

import contextlib
import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tickler.core.views import ImportReport
from tickler.desk import Work
from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.lists import file_kinds
from tickler.formats.lists.clients import ClientTable, Reason
from tickler.formats.lists.file_kinds import FileKind
from tickler.formats.lists.reading import AS_FOUND, Reading
from tickler.formats.mail.endings import MANY, ONE
from tickler.services.transfer import column_maps

#: A file larger than this is refused, in bytes.
LARGEST = 200 * 2**20


@dataclass(frozen=True, slots=True)
class ListReader:
    """What reads a kind of file; `together` reads several as one list, "" where nothing does."""

    module: str
    is_table: bool = False
    together: str = ""
    largest: int = LARGEST


_CRM = "tickler.formats.crm.joined"

READERS: Mapping[FileKind, ListReader] = {
    FileKind.TEXT: ListReader("tickler.formats.lists.csv", is_table=True, together=_CRM),
    FileKind.CARDS: ListReader(
        "tickler.formats.cards.table", together="tickler.formats.cards.table"
    ),
    FileKind.JSON: ListReader("tickler.formats.lists.json", is_table=True, largest=50 * 2**20),
    FileKind.WORKBOOK: ListReader("tickler.formats.lists.workbook", is_table=True, together=_CRM),
    FileKind.CALENDAR: ListReader(
        "tickler.formats.calendar.read",
        together="tickler.formats.calendar.read",
        largest=60 * 2**20,
    ),
}


def read(paths: Sequence[Path], reading: Reading = AS_FOUND) -> ClientTable:
    """The clients in these files, as `reading` says; a folder stands for the lists in it.

    Raises Unreadable for what is no list, with the way out; NotFound without the file.
    """
    files, reader = _looked_at(paths, reading)
    first, *more = files
    if reading.columns and not reader.is_table:
        raise Unreadable("this has no columns of which to say what they hold", path=first)
    if more and not reader.together:
        raise Unreadable("these are lists of their own: import one after another", path=more[0])
    with _said_of(first.parent if more else first):
        if more or _has_activities(first, reader, reading):
            table: ClientTable = _module(reader.together).read_files(files, reading)
        else:
            table = _module(reader.module).read_file(first, reading)
    return table


def _has_activities(path: Path, reader: ListReader, reading: Reading) -> bool:
    """Whether a table is one of activities: then it is read as a CRM's other files are."""
    if reader.together != _CRM or reading.columns:
        return False
    from tickler.formats.crm import files  # noqa: PLC0415  # for tables alone

    lines = _module(reader.module).first_records(path, reading)
    return any(map(files.is_activities, lines))


def first_lines(paths: Sequence[Path], reading: Reading = AS_FOUND) -> tuple[tuple[str, ...], ...]:
    """The first lines of a table, one of which is its header; of others none. Raises as `read`."""
    files, reader = _looked_at(paths, reading)
    if len(files) > 1 or not reader.is_table:
        return ()
    with _said_of(files[0]):
        lines: tuple[tuple[str, ...], ...] = _module(reader.module).first_records(files[0], reading)
        return lines


def sheets(paths: Sequence[Path]) -> tuple[str, ...]:
    """The sheets of a workbook with something in them, the likeliest first; none of other files."""
    files, _ = _looked_at(paths, AS_FOUND)
    if len(files) > 1 or file_kinds.kind_of(files[0]) is not FileKind.WORKBOOK:
        return ()
    from tickler.formats.lists import workbook  # noqa: PLC0415  # for workbooks alone

    with _said_of(files[0]):
        return workbook.sheets(files[0])


def as_before(work: Work, lines: Sequence[Sequence[str]], reading: Reading = AS_FOUND) -> Reading:
    """How files with these first lines are read: their columns as was said of an earlier list."""
    columns = reading.columns or column_maps.remembered(work, lines)
    return replace(reading, columns=columns, today=work.today)


def names_none(table: ClientTable) -> bool:
    """Whether what was read names no clients itself, as a calendar does not."""
    from tickler.formats.calendar.rows import CalendarTable  # noqa: PLC0415  # seldom asked

    return isinstance(table, CalendarTable)


def leaves_nameless(report: ImportReport) -> bool:
    """Whether something of a calendar was left out because it names no client."""
    return any(line.reason == Reason.NAMELESS for line in report.lines)


def archive_among(paths: Sequence[Path]) -> Path | None:
    """The archive among files to import; raises Unreadable where it is not the only file."""
    found = next((path for path in paths if _is_archive(path)), None)
    if found is not None and len(paths) > 1:
        raise Unreadable("a whole binder is imported alone: name no other file", path=found)
    return found


def _is_archive(path: Path) -> bool:
    try:  # a pipe would be waited for
        return path.is_file() and file_kinds.kind_of(path) is FileKind.ARCHIVE
    except (OSError, Unreadable):
        return False  # what it is, and what is wrong with it, is said when it is read as a list


def endings() -> str:
    """The endings of the files that are read, in words."""
    return ", ".join(ending for ending, kind in file_kinds.ENDINGS.items() if kind in READERS)


def named(paths: Sequence[Path]) -> tuple[str, ...]:
    """The files that are meant where a folder stands for those in it, else nothing."""
    if not any(path.is_dir() for path in paths):
        return ()
    files, _ = _looked_at(paths, AS_FOUND)
    return tuple(file.name for file in files)


def _looked_at(paths: Sequence[Path], reading: Reading) -> tuple[list[Path], ListReader]:
    """The files that are meant, and what reads all of them."""
    files: list[Path] = []
    for path in paths:
        with _said_of(path):
            files += _files_at(path)
    kinds: dict[FileKind, Path] = {}
    for file in files:
        with _said_of(file):
            kinds.setdefault(_kind_of(file), file)
    kind, first = next(iter(kinds.items()))
    if len(kinds) > 1:
        other = list(kinds)[1]
        raise Unreadable(
            f"this is {other}, and {first.name} is {kind}: import one after another",
            path=kinds[other],
        )
    if reading.sheet and kind is not FileKind.WORKBOOK:
        raise Unreadable("only a workbook has sheets", path=first)
    return files, READERS[kind]


def _files_at(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = file_kinds.in_folder(path)
    if not files:
        lists = f"lists are read from {endings()} files"
        raise Unreadable(
            f"there is no list in this folder: {lists}, mails from a Maildir", path=path
        )
    return files


def _kind_of(path: Path) -> FileKind:
    lists = f"lists are read from {endings()} files"
    if path.exists() and not path.is_file():
        raise Unreadable(f"this is not an ordinary file: {lists}", path=path)
    kind = file_kinds.kind_of(path)
    if path.suffix.casefold() in ONE | MANY:
        raise Unreadable("mails and client lists are imported one after another", path=path)
    if kind is None:
        ending = f"not “{path.suffix}”" if path.suffix else "and this name has no ending"
        raise Unreadable(f"{lists}, {ending}", path=path)
    if kind not in READERS:
        raise Unreadable(f"{kind} is not read: {lists}", path=path)
    if path.stat().st_size > READERS[kind].largest:
        most = READERS[kind].largest // 2**20
        raise Unreadable(f"the file is larger than {most} MB: split it", path=path)
    return kind


@contextlib.contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Read in here: what fails is said of the file."""
    try:
        yield
    except TicklerError as error:
        error.say_of(path)
        raise
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except OSError as error:
        raise TicklerError(f"cannot read the file: {error.strerror}", path=path) from error


def _module(name: str) -> Any:  # noqa: ANN401  # as `READERS` says
    return importlib.import_module(name)
