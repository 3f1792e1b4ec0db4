"""The table that an export writes of dossiers, and how it is read again: to the letter.

Its headers are words that any list may have, so that other programs know them as well. Where all
of it is there, cells are read by their header alone, and nothing in them is guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tickler.core.contact.kinds import Kind, Status
from tickler.core.filing.slots import Half, Month, NextContact
from tickler.core.phrases import counted
from tickler.core.text import one_line
from tickler.core.views import ReachView
from tickler.formats.lists import dates
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Problem, Reason

Record = tuple[int, list[str]]
Records = Callable[[list[Problem]], Iterator[Record]]

ID, NAME, NEXT, AT, AGREED = "Dossier", "Company", "Next contact", "Time of day", "Agreed"
KIND, WHAT, EVERY, STATUS, LAST = "Next kind", "Next what", "Every", "Status", "Last contact"
TAGS = "Tags"

#: What the columns of a card are called.
CARD: Mapping[str, str] = {
    "segment": "Segment", "street": "Street", "postcode": "Postcode", "city": "City",
    "region": "Region", "country": "Country", "website": "Website", "source": "Source",
    "language": "Language", "time_zone": "Time zone", "hours": "Opening hours", "needs": "Needs",
    "competitors": "Competitors", "discount": "Discount", "terms": "Payment terms",
    "notes": "Notes",
}  # fmt: skip
#: How long the client may go without contact.
LIMITS: Mapping[str, str] = {"ideal": "Ideal interval", "longest": "Longest interval"}
#: What comes before the numbers, the people and the fields.
FIRST = (ID, NAME, NEXT, AT, AGREED, KIND, WHAT, EVERY, STATUS, LAST, TAGS, *CARD.values(),
         *LIMITS.values())  # fmt: skip

REACHES: Mapping[str, str] = {
    "phone": "phone", "mobile": "mobile", "fax": "fax", "email": "e-mail",
}  # fmt: skip
POSITION, DECIDES, NOTES = "position", "decides", "notes"

#: More people of a client have no columns.
MOST_PEOPLE = 9

YES, NO = "yes", "no"

_MONTH = re.compile(r"\d{4}-\d\d")
_FIELD = "Field: "
_MARKS = frozenset({ID, NAME, NEXT, STATUS})
_KINDS = {word: kind for kind, word in REACHES.items()}
_PERSON = r"Person(?: (?P<number>[2-9]))?"
_REACHED = re.compile(
    rf"(?:Client|{_PERSON}) (?P<kind>{'|'.join(_KINDS)})(?: \((?P<label>.*)\))?", re.DOTALL
)
_ABOUT = re.compile(rf"{_PERSON}(?: (?P<what>{POSITION}|{DECIDES}|{NOTES}))?")

#: What begins a formula, as OWASP has it, after apostrophes of ours; `full width` ones, too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
#: A number as people write it is no formula that could do anything, and programs dial it.
_HARMLESS = re.compile(r"[+-]?[\d\s()/.,:-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reached:
    """A column of numbers: of the client (0) or a person (from 1), of which kind and label."""

    person: int
    kind: str
    label: str = ""

    @property
    def header(self) -> str:
        """`Client phone (Work)`, `Person 2 mobile`."""
        label = f" ({self.label})" if self.label else ""
        return f"{person(self.person) if self.person else 'Client'} {REACHES[self.kind]}{label}"


def person(number: int, what: str = "") -> str:
    """The header of a person's name, or of what else is known of that person."""
    name = "Person" if number == 1 else f"Person {number}"
    return f"{name} {what}" if what else name


def field(name: str) -> str:
    """The header of a field of the card, which no other column has."""
    is_taken = name in FIRST or name.startswith(_FIELD) or _REACHED.fullmatch(name)
    return f"{_FIELD}{name}" if is_taken or _ABOUT.fullmatch(name) else name


def listed(values: Sequence[str], between: str = "\n") -> str:
    """Several one-line values in a cell, so that they come apart again."""
    if between != "\n" and not any(re.search(r"[,;]|^\s|\s$", value) for value in values):
        return between.join(values)
    return "\n".join(values) + "\n" * (between != "\n")


def apart(cell: str) -> list[str]:
    """The values of a cell, as `listed` joins them."""
    if "\n" in cell:
        return [text for text in cell.split("\n") if text]
    return [text for part in re.split(r"[,;]", cell) if (text := part.strip())]


def defused(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet could take it for a formula."""
    if not _FORMULA.match(cell) or _HARMLESS.fullmatch(cell):
        return cell
    return f"'{cell}"


def as_written(cell: str) -> str:
    """The cell without the apostrophe that `defused` has put there."""
    if cell[:1] == "'" and _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell[1:]):
        return cell[1:]
    return cell


def is_own(header: Sequence[str]) -> bool:
    """Whether this is the header of our own table."""
    return bool(header) and header[0] == ID and {*header} >= _MARKS


def undoing(records: Records) -> Records:
    """The records of our own table, its cells as they were before they were defused."""

    def undone(said: list[Problem]) -> Iterator[Record]:
        return ((line, [as_written(cell) for cell in cells]) for line, cells in records(said))

    return undone


def client_table(records: Records, header: Sequence[str], skipped: int) -> ClientTable:
    """The clients of our own table, under this header, after so many records."""
    own = _OwnTable(records, tuple(header), skipped)
    count = sum(1 for _ in own)
    columns = tuple((text, _meaning(text)) for text in header if text)
    places = tuple(n for n, text in enumerate(header) if text)
    return ClientTable(own, count, columns, tuple(header), places)


def _meaning(header: str) -> str:
    if header == ID:
        return "the number of the dossier it was"
    is_known = header in FIRST or _REACHED.fullmatch(header) or _ABOUT.fullmatch(header)
    return header.casefold() if is_known else ""


@dataclass(frozen=True, slots=True)
class _OwnTable:
    records: Records
    header: tuple[str, ...]
    skipped: int

    def __iter__(self) -> Iterator[ClientRow | Problem]:
        said: list[Problem] = []
        for n, (line, cells) in enumerate(self.records(said)):
            yield from said
            said.clear()
            if n < self.skipped or not any(map(str.strip, cells)):
                continue
            named = dict(zip(self.header, cells, strict=False))
            if len(cells) > len(self.header) and any(cells[len(self.header) :]):
                headers = counted(len(self.header), "header")
                text = f"{len(cells)} cells under {headers}: the rest left out"
                yield Problem(line, text, Reason.LEFT_OUT)
            if named.get(NAME, "").strip():
                yield _client(line, named)
            else:
                text = f"no name under {NAME}: left out: {' · '.join(filter(None, cells))}"
                yield Problem(line, one_line(text))
        yield from said


def _client(line: int, named: Mapping[str, str]) -> ClientRow:
    reaches: dict[int, list[ReachView]] = {}
    about: dict[int, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for header, cell in named.items():
        if not cell or not header or header in FIRST:
            continue
        if match := _REACHED.fullmatch(header):
            number = 0 if header.startswith("Client") else int(match["number"] or 1)
            kind, label = _KINDS[match["kind"]], match["label"] or ""
            found = (ReachView(kind, value, label) for value in _lines(cell))
            reaches.setdefault(number, []).extend(found)
        elif match := _ABOUT.fullmatch(header):
            about.setdefault(int(match["number"] or 1), {})[match["what"] or ""] = cell
        else:
            fields[header.removeprefix(_FIELD)] = cell
    people = [_person(about[n], reaches.get(n, [])) for n in sorted(about) if about[n].get("")]
    status = named.get(STATUS, "")
    plain: dict[str, Any] = {
        column: named.get(header, "") for column, header in (*CARD.items(), *LIMITS.items())
    }
    return ClientRow(
        line=line,
        name=named[NAME],
        person=people[0] if people else None,
        others=tuple(people[1:]),
        reaches=tuple(reaches.get(0, ())),
        tags=tuple(apart(named.get(TAGS, ""))),
        next_contact=_next(named),
        planned=_planned(named),
        next_kind=next((kind for kind in Kind if kind == named.get(KIND)), None),
        next_what=named.get(WHAT, ""),
        every=named.get(EVERY, ""),
        last_contact=named.get(LAST, ""),
        status=next((each for each in Status if each == status), Status.OPEN),
        fields=tuple(fields.items()),
        **plain,
    )


def _person(about: Mapping[str, str], reaches: Iterable[ReachView]) -> PersonRow:
    decides = {YES: True, NO: False}.get(about.get(DECIDES, ""))
    notes = about.get(NOTES, "")
    return PersonRow(about[""], about.get(POSITION, ""), tuple(reaches), notes, decides)


def _lines(cell: str) -> list[str]:
    return [text for text in cell.split("\n") if text]


def _planned(named: Mapping[str, str]) -> NextContact | None:
    """The next contact as it was written; None where somebody has written another one."""
    day, at = named.get(NEXT, ""), named.get(AT, "")
    agreed = named.get(AGREED) == YES
    half = next((each for each in Half if each.value == at), None)
    try:
        clock = time.fromisoformat(at) if at and not half else None
        if _MONTH.fullmatch(day):
            return NextContact(month=Month.parse(day), half=half, at=clock, agreed=agreed)
        return NextContact(on=date.fromisoformat(day), half=half, at=clock, agreed=agreed)
    except ValueError:
        return None


def _next(named: Mapping[str, str]) -> str:
    """The next contact as somebody has written it over ours, for the date parser."""
    day, at = named.get(NEXT, ""), named.get(AT, "")
    if not day.strip():
        return ""
    mark = " !" if named.get(AGREED) == YES else ""
    return f"{dates.read(f'{day} {at}'.strip()).text}{mark}"
