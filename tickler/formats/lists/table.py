"""The records of a file → its client list, read again each time so that it takes little memory."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from tickler.core.dates.context import DateOrder
from tickler.core.phrases import named
from tickler.core.text import one_line
from tickler.formats.lists import beside, cells, dates, find_header, own_table
from tickler.formats.lists.clients import ClientRow, ClientTable, ListItems, Problem, Reason
from tickler.formats.lists.columns import NAMING, PERSONAL, Column, is_account_id
from tickler.formats.lists.contents import against_header
from tickler.formats.lists.headers import Role
from tickler.formats.lists.layout import ListLayout, arranged
from tickler.formats.lists.reading import AS_FOUND, Reading, said_of
from tickler.formats.lists.rows import Row

Record = tuple[int, list[str]]
#: Reads the records of a file from its start; what it has to say goes into the list.
Records = Callable[[list[Problem]], Iterator[Record]]
#: Puts a record right that has more cells than headers.
Mend = Callable[[int, list[str], int, list[Problem]], list[str]]

# Letters that are right in the encoding of another system only: MŸller, K”ln, MÃ¼ller.
_WRONG = re.compile(
    r"[a-zA-Z]Ÿ[a-z]|[a-z][†‡‰‹™]|[a-zA-Z][„”‚…\x81\x8d\x8f\x90\x9d]|Ã[\u0080-¿Ÿ]|â€|\ufffd"
    r"|£[a-zà-ÿ]|[a-zà-ÿ]Ÿ|[a-z][³¿][a-z]"
)
_SUSPECT = frozenset("Ÿ†‡‰‹™„”‚…\x81\x8d\x8f\x90\x9dÃâ\ufffd£³¿")
#: No word of western lands has so many accents in a row: Cyrillic or Greek was read as if it were.
_ACCENTS = re.compile("[À-ÿ]{4}")
_SHOWN = 12
#: In a list of so many columns a line of one cell below a remark names no client.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Section:
    """A header and what is below it, up to the next one that differs."""

    layout: ListLayout
    cells: tuple[str, ...]
    orders: dict[int, DateOrder | None] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """One walk through the records under their headers."""

    records: Records
    header: find_header.Header
    sections: dict[tuple[str, ...], _Section]
    mend: Mend

    def steps(self, said: list[Problem]) -> Iterator[tuple[_Section, int, list[str]]]:
        """Each filled record with its line and section; a header again is said, and no record."""
        section = self.sections[self.header.cells]
        texts = {text for text in section.cells if text}
        for line, raw in islice(self.records(said), self.header.skipped, None):
            record = self.mend(line, raw, len(section.cells), said)
            if not texts.isdisjoint(record) and find_header.is_header(record):
                section = self._again(line, record, section, said)
                texts = {text for text in section.cells if text}
                continue
            trimmed = cells.cleaned(record)
            if "#" in "".join(record):
                for n, cell in enumerate(record):
                    if cell[:1] == "#" and cells.is_error(cell.strip()):
                        header = section.layout.names(len(record))[n]
                        text = f"{cell.strip()} under {header}, a formula that failed: left empty"
                        said.append(Problem(line, text))
            if any(trimmed):
                yield section, line, _fitted(trimmed, len(section.cells))
            elif any(map(str.strip, record)):
                text = "nothing but signs for no value: left out"
                said.append(Problem(line, text, Reason.LEFT_OUT))

    def _again(
        self, line: int, record: list[str], section: _Section, said: list[Problem]
    ) -> _Section:
        texts = tuple(map(str.strip, record))
        while len(texts) > len(section.cells) and not texts[-1]:
            texts = texts[:-1]
        if texts == section.cells:
            said.append(Problem(line, "the header again: left out", Reason.LEFT_OUT))
            return section
        said.append(
            Problem(line, f"another header from here on: {', '.join(texts)}", Reason.CHANGED)
        )
        if texts not in self.sections:
            self.sections[texts] = _Section(arranged(texts), texts)
        return self.sections[texts]


def _items(walk: _Walk, before: Sequence[Problem]) -> Iterator[ClientRow | Problem]:
    """The rows of a list, and what is said of its lines, in the order of the file."""
    said = list(before)
    wrong = above = ""
    ended = False
    for section, line, record in walk.steps(said):
        if not wrong and (wrong := _wrong_letters(record)):
            said.append(_wrongly_read(line, wrong))
        alone = record.count("") == len(record) - 1 and len(record) >= _FEWEST
        if ended and alone:
            text = f"after a remark, not a client: left out: {one_line(max(record))}"
            said.append(Problem(line, text, Reason.LEFT_OUT))
            continue
        row = Row(section.layout, line, record, section.orders, said, above).client()
        ended = alone and row is None
        above = row.name if row and row.name != (row.person and row.person.name) else above
        yield from said
        said.clear()
        if row:
            yield row
    yield from said


def client_table(
    records: Records, reading: Reading = AS_FOUND, mend: Mend | None = None, *, padded: bool = True
) -> ClientTable:
    """The clients of `records`, under the header that is found among the first ones.

    Whose a phone is: a header that says so (`Person - Phone`, `Company Phone`) decides. Else it
    is the person's in a list of people (with first and last names, or a name next to a company).
    In a list of companies with a contact person (Northwind, `Kunde; Ansprechpartner; Telefon`)
    phone and fax are the company's, which is where they ring; mobile and e-mail the person's.

    The whole file is read once to see whether it can be, which way round its dates are, and how
    many records there are. Raises Unreadable where no column could hold a name.
    """
    sample = list(islice(records([]), find_header.SAMPLE))
    header = find_header.find(sample, reading.columns)
    if own_table.is_own(header.cells) and not reading.columns:
        return own_table.client_table(records, header.cells, header.skipped)
    said = said_of(header.cells, reading.columns)
    apart = beside.columns(header, sample, padded=padded) - {*said}
    if apart:
        records, header = beside.without(records, header, apart)
    other = against_header(header.cells, said, [cells for _, cells in sample[header.skipped :]])
    layout = arranged(header.cells, {**said, **other})
    walk = _Walk(
        records,
        header,
        {header.cells: _Section(layout, header.cells)},
        mend or (lambda _line, record, _width, _said: record),
    )
    survey = _surveyed(walk)
    before = [
        Problem(line, f"above the header, left out: {text}", Reason.LEFT_OUT)
        for line, text in header.above
    ]
    before += [
        Problem(line, f"read as part of the header: {text}", Reason.CHANGED)
        for line, text in header.joined
    ]
    for place, found in survey.evidence.items():
        section, n = walk.sections[place[0]], place[1]
        section.orders[n] = found.order or reading.date_order
        if text := _about_dates(section.layout.headers[n], found, reading.date_order):
            before.append(Problem(survey.first, text, Reason.CHANGED))
    before += [Problem(survey.first, text) for text in _about_names(layout, other)]
    hidden = set(layout.unnamed) - survey.filled
    shown = [(n, text) for n, text in enumerate(layout.headers) if n not in hidden]
    meanings = {**dict.fromkeys(layout.labels.values(), "label"), **layout.roles}
    columns = tuple((text, str(meanings.get(n, ""))) for n, text in shown)
    return ClientTable(
        ListItems(partial(_items, walk, tuple(before)), survey.records),
        survey.records,
        columns,
        header.cells,
        tuple(n for n, _ in shown),
    )


@dataclass(slots=True)
class _Survey:
    """What the whole file says: how many records, what its dates look like, which columns."""

    records: int = 0
    first: int = 1
    filled: set[int] = field(default_factory=set)
    evidence: dict[tuple[tuple[str, ...], int], dates.Evidence] = field(default_factory=dict)


def _surveyed(walk: _Walk) -> _Survey:
    survey = _Survey()
    for section, line, record in walk.steps([]):
        survey.records += 1
        survey.first = line if survey.records == 1 else survey.first
        survey.filled.update(n for n in section.layout.unnamed if record[n])
        for n in section.layout.dates():
            key = section.cells, n
            known = survey.evidence.get(key) or dates.Evidence()
            survey.evidence[key] = known.with_cell(record[n]) if record[n] else known
    return survey


def _about_dates(header: str, found: dates.Evidence, order: DateOrder | None) -> str:
    """What to say of a column in which a date has two readings."""
    words = {DateOrder.DMY: "the day comes first", DateOrder.MDY: "the month comes first"}
    if found.is_mixed:
        return (
            f"{header} has dates both ways round, such as {found.day_first} and "
            f"{found.month_first}: check the others"
        )
    if found.either and found.order:
        because = found.day_first or found.month_first
        return f"{header}: {words[found.order]} in {found.either}, as {because} shows"
    if found.either and order:
        return f"{header}: {words[order]} in {found.either}, as was said"
    return ""


def _about_names(layout: ListLayout, other: Mapping[int, Column | None]) -> list[str]:
    """What to say of columns of names that have none, and of a list that has none at all."""
    said = [
        f"{layout.headers[n]} holds something else: read as {column.role if column else 'a field'}"
        for n, column in other.items()
    ]
    roles = {*layout.roles.values()}
    if PERSONAL & roles and not {Role.COMPANY, Role.NAME} & roles:
        said += [
            f"{layout.headers[n]} says whose people these are, and no column names a company: each "
            "is a client of its own; import this file together with that of the companies"
            for n in layout.unknown
            if is_account_id(layout.headers[n])
        ][:1]
    unnamed = frozenset(layout.unnamed)  # a list may have thousands of columns without a header
    fields = [layout.headers[n] for n in layout.unknown if n not in unnamed]
    if fields and not NAMING.intersection(layout.roles.values()):
        said.append(
            "no column with a name is known: clients are called by their address, and "
            f"{named(fields, _SHOWN)} are kept as fields"
        )
    return said


def _fitted(record: list[str], width: int) -> list[str]:
    """The cells, at least as many as there are headers, no empty ones after them."""
    while len(record) > width and not record[-1]:
        record.pop()
    record.extend([""] * (width - len(record)))
    return record


def _wrong_letters(record: Sequence[str]) -> str:
    """What is around the first letters that are right in another encoding only, "" without any."""
    text = "\n".join(record)
    if text.isascii():
        return ""
    found = None if _SUSPECT.isdisjoint(text) else _WRONG.search(text)
    match = found or _ACCENTS.search(text)
    if match is None:
        return ""
    start = max(0, match.start() - _SHOWN)
    before = re.split(r"\s", text[start : match.start()])[-1]
    return before + re.split(r"\s", text[match.start() : match.end() + _SHOWN])[0]


def _wrongly_read(line: int, word: str) -> Problem:
    text = f"letters look wrong, as in “{word}”: the list has another encoding"
    return Problem(line, text, Reason.CHECK)
