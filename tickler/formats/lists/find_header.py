"""Where the header of a list is: below titles and remarks, in one line or two, or nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickler.core.phrases import named
from tickler.core.text import one_line
from tickler.errors import Hint, Unreadable
from tickler.formats.lists.cells import is_nothing
from tickler.formats.lists.columns import (
    ADDRESS,
    NAMING,
    PERSONAL,
    REACHING,
    Column,
    key_of,
    recognise,
)
from tickler.formats.lists.headers import Role
from tickler.formats.lists.layout import names_somebody, recognised
from tickler.formats.lists.reading import said_of

#: A header is one of this many first records.
SAMPLE = 60

_SHOWN = 12
_LETTERS = 40
# Of the cells of a line that is a header at first sight, one in three is known; of a second line
# four in five.
_KNOWN_OF_HEADER = 1 / 3
_KNOWN_OF_SECOND = 4 / 5
_FEW = 2

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its cells, how many records come before the first row, and what is above it.

    `joined` is the line below or above that was read with it, where there is one.

    Without cells in it the list has no header, and its columns have a number only.
    """

    cells: tuple[str, ...]
    skipped: int
    above: tuple[tuple[int, str], ...] = ()
    joined: tuple[tuple[int, str], ...] = ()


def find(sample: Sequence[Record], columns: Mapping[str, str]) -> Header:
    """The header among the first records, where `columns` says what some of them hold.

    Raises Unreadable where there is none and nothing is said of the columns by number.
    """
    filled = [n for n, (_, record) in enumerate(sample) if any(map(str.strip, record))]
    if not filled:
        raise Unreadable("the file is empty: there is not even a line of headers")
    named_columns = {name: target for name, target in columns.items() if not name.isdecimal()}
    at = next((n for n in filled if _is_header(sample[n][1], named_columns)), None)
    if at is None:
        at = next((n for n in filled if _could_be(sample[n][1], named_columns)), None)
    if at is None:
        return _without(sample, filled[0], columns)
    cells = [text.strip() for text in sample[at][1]]
    below = sample[at + 1 : at + 2]
    if below and _is_second(sample[at][1], below[0][1]):
        cells = _joined(cells, below[0][1])
        return Header(tuple(cells), at + 2, _texts(sample[:at]), _texts(below))
    if at and _is_group(above := sample[at - 1][1]):
        cells = _joined([text.strip() for text in above], sample[at][1])
        return Header(tuple(cells), at + 1, _texts(sample[: at - 1]), _texts(sample[at - 1 : at]))
    return Header(tuple(cells), at + 1, _texts(sample[:at]))


def is_header(record: Sequence[str]) -> bool:
    """Whether a record among the rows is a header again."""
    filled = [text for text in record if text.strip()]
    return len(filled) >= _FEW and all(map(_is_word, filled)) and names_somebody(recognised(record))


def _is_word(text: str) -> bool:
    """Whether a cell is a word of headers: `Client 1` is a name, `Hauptstr. 5` an address.

    `A; B; C` is several of something, and not the word `ABC`.
    """
    column = recognise(text) if ";" not in text else None
    is_numbered = any(map(str.isdecimal, text))
    return column is not None and not (is_numbered and column.role not in REACHING | PERSONAL)


def _is_header(record: Sequence[str], columns: Mapping[str, str]) -> bool:
    known, filled = _known(record, columns), _filled(record)
    few = min(_FEW, filled)
    return bool(known) and few <= len(known) >= filled * _KNOWN_OF_HEADER and filled > 1


def _could_be(record: Sequence[str], columns: Mapping[str, str]) -> bool:
    return bool(_known(record, columns))


def _known(record: Sequence[str], columns: Mapping[str, str]) -> Mapping[int, Column | None]:
    """The columns that are known if this is the header, none where they name nobody."""
    keys = {key_of(text) for text in record}
    said = said_of(record, {n: t for n, t in columns.items() if key_of(n) in keys})
    known = recognised(record, said)
    return known | said if names_somebody(known) else {}


def _filled(record: Sequence[str]) -> int:
    return sum(1 for text in record if text.strip())


def _is_second(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the record after a header is its second line; no column has a word in both."""
    filled = [text for text in second if text.strip()]
    known = sum(map(_is_word, filled))
    above = zip(map(key_of, first), map(key_of, second), strict=False)
    again = any(upper == lower != "" for upper, lower in above)
    return not again and known >= max(_FEW, len(filled) * _KNOWN_OF_SECOND)


def _is_group(record: Sequence[str]) -> bool:
    """Whether a record names groups of columns: `Rechnungsadresse;;;Lieferadresse;;`."""
    filled = [text for text in record if text.strip()]
    return _FEW <= len(filled) < len(record) and all(
        not any(c.isdigit() or c == "@" for c in text) for text in filled
    )


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Two lines of headers as one: `Ansprechpartner` over `Telefon` is the person's phone."""
    above = [*first, *[""] * (len(second) - len(first))]
    below = [text.strip() for text in second] + [""] * (len(above) - len(second))
    is_title = sum(1 for text in above if text) < _FEW
    group, cells = "", []
    for over, text in zip(above, below, strict=True):
        group = over or group
        if not text:
            cells.append(over)
        elif is_title:
            cells.append(text)
        else:
            cells.append(_together(group, text, below))
    return cells


def _together(group: str, text: str, below: Sequence[str]) -> str:
    joint = f"{group} {text}".strip()
    alone, both = recognise(text), recognise(joint)
    if both and (alone is None or both.role == alone.role or alone.role is Role.NAME):
        return joint
    return joint if not alone and below.count(text) > 1 else text


def _texts(records: Sequence[Record]) -> tuple[tuple[int, str], ...]:
    texts = ((line, " · ".join(filter(None, map(one_line, record)))) for line, record in records)
    return tuple((line, text) for line, text in texts if text)


def _without(sample: Sequence[Record], first: int, columns: Mapping[str, str]) -> Header:
    """A list without a header that is known: its columns are those said by number."""
    record = sample[first][1]
    width = max(len(cells) for _, cells in sample)
    shown = named([one_line(t)[:_LETTERS] for t in record if t.strip()], _SHOWN)
    if not columns or not all(name.isdecimal() for name in columns):
        if columns:
            said_of(record, columns)
        raise Unreadable(
            f"no column that could hold a name: no line has a header like Company, Name, First "
            f"Name or Firma, and the first one has {shown}",
            hint=Hint.MAP,
        )
    said = said_of([""] * width, columns)
    if _looks_like_header(record, said):
        return Header(tuple(text.strip() for text in record), first + 1)
    return Header(("",) * width, first)


def _looks_like_header(record: Sequence[str], said: Mapping[int, Column | None]) -> bool:
    """Whether a first record has words where the columns hold numbers, addresses or dates."""
    told = {
        n: column.role
        for n, column in said.items()
        if column and n < len(record) and not is_nothing(record[n].strip()) and record[n].strip()
    }
    held = {
        n: role for n, role in told.items() if role not in NAMING | ADDRESS or role is Role.POSTCODE
    }
    digits = frozenset(
        {Role.PHONE, Role.MOBILE, Role.FAX, Role.EMAIL, Role.POSTCODE, Role.NEXT, Role.LAST_CONTACT}
    )
    checked = [n for n, role in held.items() if role in digits]
    return bool(checked) and not any(c.isdigit() or c == "@" for n in checked for c in record[n])
