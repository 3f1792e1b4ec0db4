"""A sheet of cells under headers → client rows, whatever the file was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tickler.core.dates.zones import zone
from tickler.core.phrases import named
from tickler.core.text import had_controls, one_line
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.lists import cells
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Problem
from tickler.formats.lists.columns import (
    ADDRESS,
    ADDRESSES,
    NAMING,
    REACHING,
    Column,
    Role,
    Whose,
    recognise,
)

_KINDS = {Role.PHONE: "phone", Role.MOBILE: "mobile", Role.FAX: "fax", Role.EMAIL: "email"}
_SHOWN_HEADERS = 12
_SHOWN_LETTERS = 40

#: What is copied from the list to the card unchanged.
_PLAIN = {
    "website": Role.WEBSITE,
    "segment": Role.SEGMENT,
    "source": Role.SOURCE,
    "language": Role.LANGUAGE,
    "hours": Role.HOURS,
    "needs": Role.NEEDS,
    "competitors": Role.COMPETITORS,
    "discount": Role.DISCOUNT,
    "terms": Role.TERMS,
}

#: What joins the lines of a cell whose place has one line only.
_JOINTS = {Role.STREET: ", ", Role.TAGS: "; ", Role.HOURS: ", "} | dict.fromkeys(REACHING, "; ")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where a sheet has what: positions of columns, counted from 0.

    `singles` lists the columns of a role in the order in which a row's value is looked for;
    `addresses` does so for each address of a row. `reaches` tells whose a number is.
    """

    headers: tuple[str, ...]
    unnamed: tuple[int, ...]
    unknown: tuple[int, ...]
    roles: Mapping[int, Role]
    singles: Mapping[Role, tuple[int, ...]]
    addresses: tuple[Mapping[Role, tuple[int, ...]], ...]
    reaches: tuple[tuple[int, Column, Whose], ...]

    def at(self, role: Role) -> tuple[int, ...]:
        return self.singles.get(role, ())

    def names(self, width: int) -> tuple[str, ...]:
        """The headers, and made-up ones for the cells of a row that is too long."""
        surplus = width - len(self.headers)
        return _unique((*self.headers, *[""] * surplus)) if surplus > 0 else self.headers


def client_table(
    header: Sequence[str], records: Iterable[tuple[int, Sequence[str]]], problems: list[Problem]
) -> ClientTable:
    """The clients of `records`, each with the line where it starts, under the columns of `header`.

    Whose a phone is: a header that says so (`Person - Phone`, `Company Phone`) decides. Else it
    is the person's in a list of people (with first and last names, or a name next to a company).
    In a list of companies with a contact person (Northwind, `Kunde; Ansprechpartner; Telefon`)
    phone and fax are the company's, which is where they ring; mobile and e-mail the person's.

    `problems` holds what was found so far and is added to, here and by whoever yields the
    records. Raises Unreadable where no column could hold a name.
    """
    sheet = _arranged(header)
    rows: list[ClientRow] = []
    filled: set[int] = set()
    for line, record in records:
        trimmed = _trimmed(record, len(sheet.headers))
        if not any(trimmed):
            if any(map(str.strip, record)):
                problems.append(Problem(line, "nothing but NULL: skipped"))
            continue
        row = _Row(sheet, line, trimmed, problems)
        filled.update(row.beyond_headers())
        if client := row.client():
            rows.append(client)
    items: list[ClientRow | Problem] = [*rows, *problems]
    items.sort(key=lambda item: item.line)
    hidden = set(sheet.unnamed) - filled
    shown = ((n, header) for n, header in enumerate(sheet.headers) if n not in hidden)
    columns = tuple((header, str(sheet.roles.get(n, ""))) for n, header in shown)
    return ClientTable(items, len(rows), columns)


def _trimmed(record: Sequence[str], width: int) -> list[str]:
    """The cells without outer blanks, `NULL` as empty, at least as many as there are headers."""
    trimmed = ["" if cell == "NULL" else cell for cell in map(str.strip, record)]
    while len(trimmed) > width and not trimmed[-1]:
        trimmed.pop()
    trimmed.extend([""] * (width - len(trimmed)))
    return trimmed


def _arranged(header: Sequence[str]) -> _Sheet:
    known = {n: c for n, text in enumerate(header) if (c := recognise(text))}
    strong = {column.role for column in known.values() if not column.weak}
    columns = {n: c for n, c in known.items() if not (c.weak and c.role in strong)}
    if not NAMING.intersection(column.role for column in columns.values()):
        seen = [one_line(text)[:_SHOWN_LETTERS] for text in header if text.strip()]
        raise Unreadable(
            "no column that could hold a name: the first line must have a header like Company, "
            f"Name, First Name or Firma, and has {named(seen, _SHOWN_HEADERS)}"
        )
    columns = _with_name(columns)
    singles = _by_role({n: c for n, c in columns.items() if c.role not in REACHING | ADDRESS})
    addresses = (
        _by_role({n: c for n, c in columns.items() if c.role in ADDRESS and c.address == group})
        for group in ADDRESSES
    )
    return _Sheet(
        headers=_unique(header),
        unnamed=tuple(n for n, text in enumerate(header) if not one_line(text)),
        unknown=tuple(n for n in range(len(header)) if n not in columns),
        roles={n: column.role for n, column in columns.items()},
        singles=singles,
        addresses=tuple(address for address in addresses if address),
        reaches=_owned(columns),
    )


def _with_name(columns: Mapping[int, Column]) -> dict[int, Column]:
    """What `Name` means next to other names: the last name, the person's, or the dossier's."""
    roles = {column.role for column in columns.values()}
    if Role.FIRST in roles and Role.LAST not in roles:
        meaning = Role.LAST
    elif Role.COMPANY in roles:
        meaning = Role.PERSON
    else:
        return dict(columns)
    return {
        n: Column(meaning, Whose.PERSON) if column.role is Role.NAME else column
        for n, column in columns.items()
    }


def _by_role(columns: Mapping[int, Column]) -> dict[Role, tuple[int, ...]]:
    roles = dict.fromkeys(column.role for column in columns.values())
    return {role: tuple(n for n, c in columns.items() if c.role is role) for role in roles}


def _owned(columns: Mapping[int, Column]) -> tuple[tuple[int, Column, Whose], ...]:
    people = any(
        column.role in (Role.FIRST, Role.LAST)
        or (column.role is Role.PERSON and column.whose is Whose.PERSON)
        for column in columns.values()
    )
    at_company = Whose.PERSON if people else Whose.COMPANY
    default = {Role.PHONE: at_company, Role.FAX: at_company}
    return tuple(
        (n, column, column.whose or default.get(column.role, Whose.PERSON))
        for n, column in columns.items()
        if column.role in REACHING
    )


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """The headers as fields are named: no two alike, and none empty."""
    taken: dict[str, int] = {}
    for number, text in enumerate(header, 1):
        name = plain = one_line(text) or f"Column {number}"
        while name in taken:
            taken[plain] += 1
            name = f"{plain} ({taken[plain]})"
        taken[name] = 1
    return tuple(taken)


@dataclass(slots=True)
class _Row:
    """One record on its way to a client row; what has no place is put into `left`, by column."""

    sheet: _Sheet
    line: int
    record: list[str]
    problems: list[Problem]
    left: dict[int, str] = field(default_factory=dict)

    def beyond_headers(self) -> list[int]:
        """The columns with a cell and without a header; says so where the row is too long."""
        width = len(self.sheet.headers)
        if len(self.record) > width:
            self._say(f"{len(self.record)} cells under {width} headers: the rest kept as fields")
        return [n for n in self.sheet.unnamed if self.record[n]]

    def client(self) -> ClientRow | None:
        self._make_one_line()
        company, name, position = self._names()
        if not (company or name):
            naming = (n for n, role in self.sheet.roles.items() if role in NAMING)
            headers = ", ".join(self.sheet.headers[n] for n in naming)
            self._say(f"no name under {headers}: skipped")
            return None
        self._leave_at(self.sheet.unknown)
        self._leave_at(range(len(self.sheet.headers), len(self.record)))
        own, persons = self._reaches(bool(name))
        person = PersonRow(name, position, persons) if name else None
        return self._filled(company or name, person, own)

    def _filled(self, name: str, person: PersonRow | None, own: tuple[ReachView, ...]) -> ClientRow:
        street, postcode, city, region, country = self._address()
        notes, tags, following, last = (
            self._first(role) for role in (Role.NOTES, Role.TAGS, Role.NEXT, Role.LAST_CONTACT)
        )
        plain: dict[str, Any] = {column: self._first(role) for column, role in _PLAIN.items()}
        return ClientRow(
            line=self.line,
            name=name,
            person=person,
            reaches=own,
            street=street,
            postcode=postcode,
            city=city,
            region=region,
            country=country,
            notes=notes,
            time_zone=self._zone(),
            **plain,
            tags=cells.tags(tags) if tags else (),
            next_contact=self._taken(cells.next_contact(following)) if following else "",
            last_contact=cells.last_contact(last) if last else "",
            fields=self._fields(),
        )

    def _names(self) -> tuple[str, str, str]:
        """The company, the person and the person's position; "" for what the row has not."""
        company = self._first(Role.COMPANY) or self._first(Role.NAME)
        full = self._first(Role.PERSON)
        parts = [n for role in (Role.FIRST, Role.LAST) if (n := self._first(role))]
        spelled = " ".join(parts)
        if full and spelled not in ("", full):
            self._leave(Role.FIRST, Role.LAST)
        name = full or spelled
        if not name:
            self._leave(Role.POSITION)
            return company, "", ""
        return company, name, self._first(Role.POSITION)

    def _reaches(self, has_person: bool) -> tuple[tuple[ReachView, ...], tuple[ReachView, ...]]:
        own: list[ReachView] = []
        persons: list[ReachView] = []
        for n, column, whose in self.sheet.reaches:
            if not (cell := self.record[n]):
                continue
            split = cells.mails if column.role is Role.EMAIL else cells.numbers
            to = persons if has_person and whose is Whose.PERSON else own
            for read in split(cell):
                if self._taken(read):
                    to.append(ReachView(_KINDS[column.role], read.text, column.label))
                else:
                    self.left[n] = cell
        return tuple(own), tuple(persons)

    def _address(self) -> tuple[str, str, str, str, str]:
        """Street, postcode, city, region and country of the first address with anything in it."""
        filled = [
            address
            for address in self.sheet.addresses
            if any(self.record[n] for places in address.values() for n in places)
        ]
        for address in filled[1:]:
            self._leave_at(n for places in address.values() for n in places)
        if not filled:
            return "", "", "", "", ""
        chosen = filled[0]

        def first(role: Role) -> str:
            return self._first_of(chosen.get(role, ()))

        more = (self.record[n] for n in chosen.get(Role.STREET_MORE, ()) if self.record[n])
        street = " ".join(filter(None, (first(Role.STREET), first(Role.HOUSE))))
        postcode, city = first(Role.POSTCODE), first(Role.CITY)
        if both := first(Role.PLACE):
            code, town = cells.place(both)
            postcode, city = postcode or code, city or town
        street = ", ".join(filter(None, (street, *more)))
        return street, postcode, city, first(Role.REGION), first(Role.COUNTRY)

    def _zone(self) -> str:
        """The time zone; an unknown one becomes a field of the card."""
        try:
            return zone(self._first(Role.TIME_ZONE))
        except Unreadable:
            self._leave(Role.TIME_ZONE)
            return ""

    def _first(self, role: Role) -> str:
        places = self.sheet.singles.get(role)
        return self._first_of(places) if places else ""

    def _first_of(self, places: Sequence[int]) -> str:
        """The first filled cell of `places`; a later one that says something else is left."""
        value = ""
        for n in places:
            cell = self.record[n]
            if not value:
                value = cell
            elif cell not in ("", value):
                self.left[n] = cell
        return value

    def _leave(self, *roles: Role) -> None:
        self._leave_at(n for role in roles for n in self.sheet.at(role))

    def _leave_at(self, places: Iterable[int]) -> None:
        self.left.update((n, self.record[n]) for n in places if self.record[n])

    def _fields(self) -> tuple[tuple[str, str], ...]:
        headers = self.sheet.names(len(self.record))
        return tuple((headers[n], self.left[n]) for n in sorted(self.left))

    def _make_one_line(self) -> None:
        """Make every cell but notes and fields one line; says where that took a character away."""
        if "".join(self.record).isprintable():
            return
        for n, role in self.sheet.roles.items():
            if role is Role.NOTES or self.record[n].isprintable():
                continue
            cell = self.record[n]
            if joint := _JOINTS.get(role):
                cell = joint.join(filter(None, map(str.strip, cell.split("\n"))))
            if had_controls(cell):
                self._say(f"control characters under {self.sheet.headers[n]} became spaces")
                cell = one_line(cell)
            self.record[n] = cell

    def _taken(self, read: cells.Read) -> str:
        if read.remark:
            self._say(read.remark)
        return read.text

    def _say(self, text: str) -> None:
        self.problems.append(Problem(self.line, text))
