"""One file that a CRM exported: what it is about, and which of its columns join it to others."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from tickler.errors import TicklerError
from tickler.formats.crm import words
from tickler.formats.crm.words import CrmKind
from tickler.formats.lists import csv, find_header, workbook
from tickler.formats.lists.clients import Problem
from tickler.formats.lists.columns import PERSONAL, is_account_id, is_deal, is_stage, key_of
from tickler.formats.lists.file_kinds import FileKind, kind_of
from tickler.formats.lists.headers import Role
from tickler.formats.lists.layout import recognised
from tickler.formats.lists.reading import Reading
from tickler.formats.lists.table import Record, Records

#: A Salesforce id has three more letters in some exports, which say its case.
_LONG_ID, _SHORT_ID = 18, 15


@dataclass(frozen=True, slots=True)
class CrmFile:
    """A file of a CRM; places are those of its columns, from 0. `roles` as in any list."""

    name: str
    records: Records
    header: tuple[str, ...]
    skipped: int
    about: CrmKind
    roles: dict[int, Role]

    def rows(self, said: list[Problem]) -> Iterator[Record]:
        """Its records below the header, none shorter than that."""
        for line, cells in islice(self.records(said), self.skipped, None):
            if any(map(str.strip, cells)):
                yield line, [*cells, *[""] * (len(self.header) - len(cells))]

    def places(self, known: Sequence[str]) -> list[int]:
        """Where it has columns under these headers, in the order of those."""
        wanted = list(_keys(tuple(known)))
        found = [(wanted.index(key), n) for n, key in self._keyed() if key in wanted]
        return [n for _, n in sorted(found)]

    def of_role(self, role: Role) -> list[int]:
        """Where it has columns that hold this."""
        return [n for n, found in self.roles.items() if found is role]

    @property
    def own_ids(self) -> list[int]:
        return self.places(words.OWN_IDS[self.about])[:1]

    @property
    def to_company(self) -> list[int]:
        return [n for n in self.places(words.TO_COMPANY) if n not in self.own_ids]

    @property
    def to_person(self) -> list[int]:
        return [n for n in self.places(words.TO_PERSON) if n not in self.own_ids]

    @property
    def ids(self) -> list[int]:
        """Where it has ids, which mean nothing outside the CRM."""
        return [*self.own_ids, *self.to_company, *self.to_person]

    def _keyed(self) -> Iterator[tuple[int, str]]:
        return ((n, key_of(text)) for n, text in enumerate(self.header) if text)


def opened(path: Path, reading: Reading) -> CrmFile:
    """A table of a CRM; raises Unreadable, which names the file, where it has no header."""
    with _said_of(path):
        return _opened(path, reading)


def _opened(path: Path, reading: Reading) -> CrmFile:
    module = workbook if kind_of(path) is FileKind.WORKBOOK else csv
    records = _named(path, module.records_of(path, reading))
    sample = list(islice(records([]), find_header.SAMPLE))
    # Deals and activities can refer to their clients by ids alone: no column names anybody.
    line = next((n for n, (_, cells) in enumerate(sample) if _is_told(cells)), None)
    if line is None:
        header = find_header.find(sample, {})
    else:
        header = find_header.Header(tuple(map(str.strip, sample[line][1])), line + 1)
    roles = {n: column.role for n, column in recognised(header.cells).items()}
    about = _about(header.cells, set(roles.values()))
    return CrmFile(path.name, records, header.cells, header.skipped, about, roles)


def _named(path: Path, records: Records) -> Records:
    """These records; what fails as they are read is said of the file."""

    def read(said: list[Problem]) -> Iterator[Record]:
        with _said_of(path):
            yield from records(said)

    return read


@contextlib.contextmanager
def _said_of(path: Path) -> Iterator[None]:
    try:
        yield
    except TicklerError as error:
        error.say_of(path)
        raise


def is_activities(header: Sequence[str]) -> bool:
    """Whether these are the headers of a list of activities: each has a subject or type, and a day.

    A list of clients has none of both.
    """
    keys = {key_of(text) for text in header if text}

    def has(known: tuple[str, ...]) -> bool:
        return not keys.isdisjoint(_keys(known))

    named = has(words.SUBJECT) and (has(words.DAY) or has(words.TYPE))
    return (
        named
        or keys.issuperset(_keys(words.MEETING))
        or (has((*words.ACTIVITY_TYPE, *words.BODY)) and has(words.DAY))
    )


def ids_in(record: Sequence[str], places: Sequence[int]) -> list[str]:
    """The ids in these cells, as they are compared."""
    found = (part.strip() for n in places for part in record[n].replace(",", ";").split(";"))
    return [_compared(text) for text in found if text]


def first_in(record: Sequence[str], places: Sequence[int]) -> str:
    """The first of these cells with something in it."""
    return next((text for n in places if (text := record[n].strip())), "")


def _is_told(header: Sequence[str]) -> bool:
    return is_activities(header) or (any(map(is_stage, header)) and any(map(is_deal, header)))


def _compared(text: str) -> str:
    is_long = len(text) == _LONG_ID and text.isalnum()
    return text[:_SHORT_ID] if is_long else text.removesuffix(".0")


def _about(header: Sequence[str], roles: set[Role]) -> CrmKind:
    if is_activities(header):
        return CrmKind.ACTIVITIES
    is_staged = any(map(is_stage, header))
    if is_staged and (any(map(is_deal, header)) or any(map(is_account_id, header))):
        return CrmKind.DEALS
    is_of_people = roles & PERSONAL or any(key_of(text).startswith("person") for text in header)
    return CrmKind.PEOPLE if is_of_people else CrmKind.COMPANIES


@cache
def _keys(known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(key_of, known))
