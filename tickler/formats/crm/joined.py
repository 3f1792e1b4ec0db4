"""Several files of one CRM → one client list, in which people, deals and activities find theirs.

Companies come first, then people, deals and activities. What an id refers to is looked up in the
other files; a name in a cell of its own goes before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tickler.core.text import fold, one_line
from tickler.errors import Unreadable
from tickler.formats.crm import activities, words
from tickler.formats.crm.files import CrmFile, first_in, ids_in, opened
from tickler.formats.crm.words import CrmKind
from tickler.formats.lists.clients import ClientRow, ClientTable, Problem, Reason
from tickler.formats.lists.headers import Role
from tickler.formats.lists.reading import AS_FOUND, Reading
from tickler.formats.lists.table import Record, Records, client_table

_NAMED_BY = "Company Name"


def read_files(paths: Sequence[Path], reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of these exports; raises Unreadable where one is no table with a header."""
    if reading.columns:
        raise Unreadable("of several files nobody can say what the columns hold: name one alone")
    order = list(CrmKind)
    files = [opened(path, reading) for path in paths]
    files.sort(key=lambda file: order.index(file.about))
    joined = _Joined(files, _Ids.of(files), reading)
    columns = [
        (f"{header} ({file.name})", meaning)
        for file, table in joined.tables
        for header, meaning in table.columns
        if header in file.header and file.header.index(header) not in file.ids
    ]
    return ClientTable(
        joined,
        joined.records,
        tuple(columns),
        tuple(header for header, _ in columns),
        tuple(range(len(columns))),
    )


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of a list of activities alone, by the names in it."""
    return read_files([path], reading)


@dataclass(frozen=True, slots=True)
class _Ids:
    """What the ids of the files are: a company's name, a person's, and whose person that is."""

    companies: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Sequence[CrmFile]) -> "_Ids":
        """The ids in these files, which are in the order of their kinds."""
        known = cls()
        for file in files:
            if file.about is CrmKind.COMPANIES:
                names = [*file.of_role(Role.COMPANY), *file.of_role(Role.NAME)]
                for _, record in file.rows([]):
                    for key in ids_in(record, file.own_ids):
                        known.companies[key] = one_line(first_in(record, names))
            elif file.about is CrmKind.PEOPLE:
                for _, record in file.rows([]):
                    for key in ids_in(record, file.own_ids):
                        known.people[key] = (known.company(file, record), _person(file, record))
        return known

    def company(self, file: CrmFile, record: Sequence[str]) -> str:
        """The company that a record is about, "" where it names none that is known."""
        own = [] if file.about is CrmKind.COMPANIES else file.of_role(Role.COMPANY)
        if written := first_in(record, own):
            return one_line(written)
        of_ids = (self.companies.get(key, "") for key in ids_in(record, file.to_company))
        found = next(filter(None, of_ids), "") or self.of_person(file, record)[0]
        if not found and file.about is CrmKind.ACTIVITIES:
            found = one_line(first_in(record, file.places(words.RELATED)))
        return found

    def of_person(self, file: CrmFile, record: Sequence[str]) -> tuple[str, str]:
        """The company and the name of the person that a record refers to by an id."""
        found = (self.people[key] for key in ids_in(record, file.to_person) if key in self.people)
        return next(found, ("", ""))


@dataclass(slots=True)
class _Joined:
    """The rows of all files, and what is said of them; read again each time."""

    files: Sequence[CrmFile]
    known: _Ids
    reading: Reading
    tables: list[tuple[CrmFile, ClientTable]] = field(init=False)

    def __post_init__(self) -> None:
        lists = [file for file in self.files if file.about is not CrmKind.ACTIVITIES]
        self.tables = [(file, client_table(self._named(file), self.reading)) for file in lists]

    @property
    def records(self) -> int:
        """How many there are at most."""
        listed = sum(table.records for _, table in self.tables)
        told = [file for file in self.files if file.about is CrmKind.ACTIVITIES]
        return listed + sum(1 for file in told for _ in file.rows([]))

    def __iter__(self) -> Iterator[ClientRow | Problem]:
        several = len(self.files) > 1
        placed: set[str] = set()
        for file, table in self.tables:
            for item in table.items:
                if isinstance(item, ClientRow):
                    if file.about is CrmKind.COMPANIES and item.city:
                        placed.add(fold(item.name))
                    elif fold(item.name) in placed:
                        item = _without_address(item)  # noqa: PLW2901  # it has that of its company
                yield replace(item, file=file.name) if several else item
        for file in self.files:
            if file.about is CrmKind.ACTIVITIES:
                said: list[Problem] = []
                whose = partial(self._whose, file)
                yield from activities.rows(file, whose, self.reading, said)
                yield from said

    def _whose(self, file: CrmFile, record: Sequence[str]) -> tuple[str, str]:
        person = self.known.of_person(file, record)[1] or _person(file, record)
        return self.known.company(file, record), person

    def _named(self, file: CrmFile) -> Records:
        """The records of a file with the names of the companies that they refer to by ids.

        The ids themselves are left out: they mean nothing outside the CRM.
        """
        if file.about is CrmKind.COMPANIES or not (file.to_company or file.to_person):
            blank = file.own_ids if len(self.files) > 1 else []
            return lambda said: (_blanked(record, blank) for record in file.records(said))
        own = file.of_role(Role.COMPANY)[:1]

        def records(said: list[Problem]) -> Iterator[Record]:
            for n, (line, cells) in enumerate(file.records(said)):
                whole = [*cells, *[""] * (len(file.header) - len(cells))]
                if n < file.skipped:
                    is_header = n == file.skipped - 1
                    yield line, whole if own else [*whole, _NAMED_BY * is_header]
                    continue
                company = self.known.company(file, whole)
                if not company and (lost := ids_in(whole, file.to_company)):
                    text = f"no company of these files has the id {lost[0]}"
                    said.append(Problem(line, text, Reason.CHECK))
                if not company and file.about is CrmKind.DEALS:
                    company = self.known.of_person(file, whole)[1]
                _, record = _blanked((line, whole), file.ids)
                for place in file.of_role(Role.PERSON)[:1]:  # `Anna Meier (anna@meier.de)`
                    record[place] = self.known.of_person(file, whole)[1] or record[place]
                if own:
                    record[own[0]] = record[own[0]] or company
                    yield line, record
                else:
                    yield line, [*record, company]

        return records


def _blanked(record: Record, places: Sequence[int]) -> Record:
    line, cells = record
    return line, ["" if n in places and line > 1 else text for n, text in enumerate(cells)]


def _person(file: CrmFile, record: Sequence[str]) -> str:
    names = (Role.FIRST, Role.LAST)
    parts = [first_in(record, file.of_role(role)) for role in names]
    whole = first_in(record, file.of_role(Role.PERSON))
    if file.about is CrmKind.PEOPLE:
        whole = whole or first_in(record, file.of_role(Role.NAME))
    return one_line(whole or " ".join(filter(None, parts)))


def _without_address(row: ClientRow) -> ClientRow:
    """The row of a person whose company has an address: this one is kept as a field."""
    place = " ".join(filter(None, (row.postcode, row.city)))
    text = ", ".join(filter(None, (row.street, place, row.region, row.country)))
    if not text:
        return row
    whose = row.people[0].name if row.people else row.name
    fields = (*row.fields, (f"Address of {whose}", text))
    return replace(row, fields=fields, street="", postcode="", city="", region="", country="")
