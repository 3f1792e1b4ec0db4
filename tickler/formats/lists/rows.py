"""A record under the headers of its list → a client row: every cell has a place, or is said."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tickler.core.contact.salutations import is_title, titles_of
from tickler.core.dates.context import DateOrder
from tickler.core.dates.zones import zone
from tickler.core.text import LONGEST_LINE, fold, had_controls, is_seen, one_line
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.lists import cells, dates, footers
from tickler.formats.lists.addresses import address_of, first_of
from tickler.formats.lists.clients import ClientRow, PersonRow, Problem, Reason
from tickler.formats.lists.columns import ADDRESS, NAMING, OF_NAME, REACHING, is_deal, recognise
from tickler.formats.lists.headers import Role, Whose
from tickler.formats.lists.layout import ListLayout, Places, column_of

_KINDS = {Role.PHONE: "phone", Role.MOBILE: "mobile", Role.FAX: "fax", Role.EMAIL: "email"}

_WORDS = {"email": "an e-mail address", "phone": "a phone number"}

#: What joins the lines of a cell whose place has one line only.
_JOINTS = {Role.TAGS: "; ", Role.HOURS: ", "} | dict.fromkeys(REACHING, "; ")
#: Cells that are read line by line.
_LINES = frozenset({Role.NOTES, Role.STREET, Role.PERSON})

#: Labels of a web address that say nothing of it.
_LABELS_OF_NOTHING = ("", "*", "Profile", "Home Page", "HomePage", "Website", "Blog", "Other")


@dataclass(slots=True)
class Row:
    """One record on its way to a client row; what has no place is put into `left`, by column.

    `above` is the company of the record before, `bare` the first person without titles of columns
    of their own.
    """

    layout: ListLayout
    line: int
    record: list[str]
    orders: Mapping[int, DateOrder | None]
    problems: list[Problem]
    above: str = ""
    left: dict[int, str] = field(default_factory=dict)
    hours: list[str] = field(default_factory=list)
    beside: list[ReachView] = field(default_factory=list)
    bare: str = ""

    def client(self) -> ClientRow | None:
        """The client, or None where the record names nobody: then its cells are said."""
        width = len(self.layout.headers)
        if len(self.record) > width:
            self._say(
                f"{len(self.record)} cells under {width} headers: the rest kept as fields",
                Reason.KEPT,
            )
        whole = "".join(self.record)
        if not whole.isascii():
            self.record = [cell if is_seen(cell) else "" for cell in self.record]
        if not whole.isprintable():
            self._make_one_line()
        if "E+" in whole:
            self._say_rounded()
        company, people = self._names()
        if self._is_no_client(company, people):
            self._say(
                f"a total or a remark, not a client: left out: {self._whole()}", Reason.LEFT_OUT
            )
            return None
        self._leave_at(self.layout.spare)
        if len(self.record) > width:
            self._leave_at(range(width, len(self.record)))
        own, persons = self._reaches(len(people))
        own += self.beside
        name = company or self.bare or self._address_as_name(own)
        if not name:
            naming = (n for n, role in self.layout.roles.items() if role in NAMING)
            headers = ", ".join(self.layout.headers[n] for n in naming)
            under = f" under {headers}" if headers else ""
            self._say(f"no name{under}: left out: {self._whole()}")
            return None
        if people and not company and self.above and self._has_contact_persons():
            self._say(f"{name} is a client of its own: no company here, and {self.above} above")
        rows = [
            PersonRow(*each, tuple(reaches)) for each, reaches in zip(people, persons, strict=True)
        ]
        return self._filled(name, rows, own)

    def _filled(self, name: str, people: list[PersonRow], own: list[ReachView]) -> ClientRow:
        place = address_of(self.layout, self.record, self.left)
        self._hours()
        tags = self._first(Role.TAGS)
        plain: dict[str, Any] = {
            column: self._first(role) for column, role in self.layout.plain.items()
        }
        next_contact = self._date(Role.NEXT)
        if not next_contact:  # of a step without a day nobody knows whether it was done
            self._leave_at(self.layout.at(Role.WHAT))
        return ClientRow(
            line=self.line,
            name=name,
            person=people[0] if people else None,
            others=tuple(people[1:]),
            reaches=tuple(own),
            street=place.street.removeprefix(f"{name}, "),
            postcode=place.postcode,
            city=place.city,
            region=place.region,
            country=place.country,
            website=self._website(),
            time_zone=self._zone(),
            **plain,
            tags=cells.tags(tags) if tags else (),
            next_contact=next_contact,
            next_what=self._first(Role.WHAT) if next_contact else "",
            last_contact=self._date(Role.LAST_CONTACT),
            history=self._history(),
            hours="; ".join(self.hours),
            **self._notes_and_fields(),
        )

    def _names(self) -> tuple[str, list[tuple[str, str]]]:
        """The company, and the people of the row with their positions."""
        company = self._first(Role.COMPANY) or self._first(Role.NAME)
        people: list[tuple[str, str]] = []
        for columns in self.layout.people:
            people += self._people(columns)
        return company, people

    def _people(self, columns: Mapping[Role, Places]) -> list[tuple[str, str]]:
        full = self._first_of(columns.get(Role.PERSON, ()))
        if full and (kind := cells.reach_kind(full)):
            self.beside.append(ReachView(kind, full))
            self._say(f"{full} is not a name: read as {_WORDS[kind]}", Reason.CHANGED)
            full = ""
        if full and cells.is_nobody(full):
            self._leave_at(columns[Role.PERSON])
            full = ""
        names = cells.people(full) if full else ()
        parts = [
            n for role in (Role.FIRST, Role.LAST) if (n := self._first_of(columns.get(role, ())))
        ]
        spelled = " ".join(parts)
        if names and spelled not in ("", *names):
            self._leave_at(n for role in (Role.FIRST, Role.LAST) for n in columns.get(role, ()))
        names = names or ((spelled,) if spelled else ())
        positions = columns.get(Role.POSITION, ())
        if not names:
            self._leave_at((*positions, *_titles(columns)))
            return []
        if full and names != (full,) and fold(full) != fold(names[0]):
            self._say(f"{one_line(full)} was read as {' and '.join(names)}", Reason.CHANGED)
        position = self._first_of(positions)
        first, *others = names
        return [(self._titled(first, columns), position), *((name, "") for name in others)]

    def _titled(self, name: str, columns: Mapping[Role, Places]) -> str:
        """The name with the salutation and titles that have columns of their own, in front."""
        self.bare = self.bare or name
        words: list[str] = []
        for n in _titles(columns):
            said = self.record[n].split()
            if all(map(is_title, said)):
                there = titles_of(name) if said else ()
                words += [word for word in said if fold(word) not in there]
            else:
                self._leave_at([n])
        return " ".join((*words, name))

    def _is_no_client(self, company: str, people: list[tuple[str, str]]) -> bool:
        """Whether the record is a total or a footer, which have nothing to reach somebody by."""
        if any(self.record[n] for n in self.layout.reaching):
            return False
        first = next((cell for cell in self.record if cell), "")
        said = fold(company or (people[0][0] if people else "") or first)
        return footers.is_footer(said, filled=sum(map(bool, self.record)), of=len(self.record))

    def _has_contact_persons(self) -> bool:
        """Whether it is a list of companies, whose people have one column for their name."""
        roles = set(self.layout.roles.values())
        return {Role.COMPANY, Role.PERSON} <= roles and not roles & {Role.FIRST, Role.LAST}

    def _whole(self) -> str:
        return " · ".join(one_line(cell) for cell in self.record if cell)

    def _address_as_name(self, own: list[ReachView]) -> str:
        """A client without a name is called by its e-mail address."""
        address = next((reach.value for reach in own if reach.kind == "email"), "")
        if address and any(role in NAMING for role in self.layout.roles.values()):
            self._say(f"no name: called {address}", Reason.CHANGED)
        return address

    def _reaches(self, people: int) -> tuple[list[ReachView], list[list[ReachView]]]:
        own: list[ReachView] = []
        persons: list[list[ReachView]] = [[] for _ in range(people)]
        for n, column, whose, which in self.layout.reaches:
            if not (cell := self.record[n]):
                continue
            meant = column_of(label, column) if (label := self._label(n)) else column
            split = cells.mails if meant.role is Role.EMAIL else cells.numbers
            to = persons[which] if which < people and whose is Whose.PERSON else own
            if column.role is not Role.EMAIL:
                cell = self._with_area(n, cell)
            for read in split(cell):
                if read.beside:
                    self.hours.append(read.beside)
                if self._taken(read):
                    to.append(ReachView(_KINDS[meant.role], read.text, meant.label))
                else:
                    self.left[n] = cell
        return own, persons

    def _with_area(self, n: int, number: str) -> str:
        """The number with its area code, where that has a column of its own before it."""
        if n - 1 not in self.layout.at(Role.AREA):
            return number
        area = self.record[n - 1]
        self.left.pop(n - 1, None)
        return number if not area or number.startswith(("+", "0")) else f"{area} {number}"

    def _label(self, n: int) -> str:
        by = self.layout.labels.get(n)
        return "" if by is None else self.record[by]

    def _hours(self) -> None:
        if typed := self._first(Role.HOURS):
            self.hours.insert(0, typed)

    def _website(self) -> str:
        """The web address; what is none, or a page about a person elsewhere, becomes a field."""
        typed = self._first(Role.WEBSITE)
        if not typed:
            return ""
        if " " in typed or cells.is_profile(typed):
            if " " in typed:
                self._say(f"{typed} is not a web address: kept as a field", Reason.CHECK)
            self._leave_at(self.layout.at(Role.WEBSITE))
            return ""
        return typed

    def _zone(self) -> str:
        """The time zone; an unknown one becomes a field of the card."""
        typed = self._first(Role.TIME_ZONE)
        try:
            return zone(typed) if typed else ""
        except Unreadable:
            self._leave_at(self.layout.at(Role.TIME_ZONE))
            return ""

    def _date(self, role: Role) -> str:
        for n in self.layout.at(role):
            if (cell := self.record[n]) and (read := dates.read(cell, self.orders.get(n))).text:
                self._leave_others(role, n, read.text)
                return self._at(n, self._taken(read))
        return ""

    def _at(self, n: int, day: str) -> str:
        """The day with its time, where that has a column of its own after it."""
        typed = self.record[n + 1] if n + 1 in self.layout.at(Role.AT) else ""
        clock = dates.clock(typed)
        if not clock or ":" in day:
            return day
        self.left.pop(n + 1, None)
        return f"{day} {clock}"

    def _leave_others(self, role: Role, taken: int, text: str) -> None:
        for n in self.layout.at(role):
            cell = self.record[n]
            if n != taken and cell and dates.read(cell, self.orders.get(n)).text not in ("", text):
                self.left[n] = cell

    def _history(self) -> tuple[str, ...]:
        if not (self.layout.deal or Role.HISTORY in self.layout.singles):
            return ()
        lines = [self.record[n] for n in self.layout.at(Role.HISTORY) if self.record[n]]
        told = [
            self.record[n] if is_deal(header) else f"{header}: {self.record[n]}"
            for n in sorted(self.layout.deal, key=lambda n: not is_deal(self.layout.headers[n]))
            if self.record[n]
            for header in [self.layout.headers[n]]
        ]
        if told:
            lines.append(one_line(f"deal {' · '.join(told)}"))
        return tuple(lines)

    def _first(self, role: Role) -> str:
        places = self.layout.singles.get(role)
        return self._first_of(places) if places else ""

    def _first_of(self, places: Sequence[int]) -> str:
        return first_of(self.record, self.left, places)

    def _leave_at(self, places: Iterable[int]) -> None:
        for n in places:
            if cell := self.record[n]:
                self.left[n] = cell

    def _notes_and_fields(self) -> dict[str, Any]:
        """The notes, and the cells without a place under their headers; a long one is a note."""
        notes = [self._first(Role.NOTES)]
        if not (self.left or self.layout.labels):
            return {"notes": notes[0], "fields": ()}
        headers = self.layout.names(len(self.record))
        fields: dict[str, str] = {}
        for n in sorted(self.left):
            if self._is_all_placed(n):
                continue
            name = one_line(self._label(n)) if n in self.layout.unknown else ""
            name = name.removeprefix("* ") or headers[n]
            name = headers[n] if name in fields else name
            if len(self.left[n]) > LONGEST_LINE:
                self._say(
                    f"{name} has {len(self.left[n])} characters: kept in the notes", Reason.KEPT
                )
                notes.append(f"{name}: {self.left[n]}")
            else:
                fields[name] = self.left[n]
        for n in dict.fromkeys(self.layout.labels.values()):
            if (label := self.record[n]) and not self._is_said(n, label):
                fields[headers[n]] = label
        return {"notes": "\n".join(filter(None, notes)), "fields": tuple(fields.items())}

    def _is_all_placed(self, n: int) -> bool:
        """Whether it is an address as a whole, whose parts have columns of their own."""
        if n not in self.layout.unknown or not self.layout.headers[n].endswith("Formatted"):
            return False
        parts = (self.record[place] for place, role in self.layout.roles.items() if role in ADDRESS)
        words = {word for part in parts for word in re.split(r"[\s,]+", fold(part))}
        return set(re.split(r"[\s,]+", fold(self.left[n]))) <= words

    def _is_said(self, n: int, label: str) -> bool:
        """Whether a label is in what it labels: of a number, a field, or where an address is."""
        labelled = [place for place, by in self.layout.labels.items() if by == n]
        kinds = {self.layout.roles.get(place) for place in labelled if self.record[place]}
        if None in kinds or kinds & REACHING:
            return True
        said = label.removeprefix("* ").strip()
        return said in _LABELS_OF_NOTHING or recognise(f"{said} street") is not None

    def _make_one_line(self) -> None:
        """Make every cell but notes and fields one line; says where that took a character away."""
        for n, role in self.layout.roles.items():
            if role in _LINES or self.record[n].isprintable():
                if role in _LINES and role is not Role.NOTES:
                    self._clean(n, "\n")
                continue
            if joint := _JOINTS.get(role):
                self.record[n] = joint.join(
                    filter(None, map(str.strip, self.record[n].split("\n")))
                )
            self._clean(n)

    def _clean(self, n: int, between: str = "") -> None:
        cell = self.record[n]
        parts = cell.replace("\r\n", "\n").split(between) if between else [cell]
        if any(map(had_controls, parts)):
            self._say(
                f"control characters under {self.layout.headers[n]} became spaces", Reason.CHANGED
            )
            self.record[n] = between.join(map(one_line, parts))
        elif between:
            self.record[n] = between.join(parts)

    def _say_rounded(self) -> None:
        """Say which numbers lost their digits; of a phone number that is said where it is read."""
        for n, cell in enumerate(self.record):
            if cells.is_rounded(cell) and self.layout.roles.get(n) not in REACHING:
                header = self.layout.names(len(self.record))[n]
                self._say(f"{cell} under {header}: a spreadsheet rounded this number")

    def _taken(self, read: cells.Read) -> str:
        if read.remark:
            self._say(read.remark, Reason.CHANGED if read.text else Reason.CHECK)
        return read.text

    def _say(self, text: str, reason: Reason = Reason.CHECK) -> None:
        self.problems.append(Problem(self.line, text, reason))


def _titles(columns: Mapping[Role, Places]) -> list[int]:
    """Where a person's salutation and titles are."""
    return [n for role in OF_NAME for n in columns.get(role, ())]
