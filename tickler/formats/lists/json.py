"""A file of JSON → client rows: dossiers as tickler prints them, or objects of other programs."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tickler.errors import Unreadable
from tickler.formats import encodings
from tickler.formats.json_text import Flaw, JsonText
from tickler.formats.lists import own_json
from tickler.formats.lists.clients import ClientRow, ClientTable, Problem, Reason
from tickler.formats.lists.columns import ADDRESS, NAMING, REACHING, recognise
from tickler.formats.lists.find_header import SAMPLE
from tickler.formats.lists.reading import AS_FOUND, Reading
from tickler.formats.lists.table import client_table

#: A table has no more columns.
_MOST_COLUMNS = 1_000

#: In an object of a list of them: what is the value, which of several it is, and what says nothing.
_VALUES = ("value", "email", "phone", "number")
_LABELS = ("label", "type")
_NOTHING = frozenset({"primary", "isprimary", "metadata", "formattedtype", "canonicalform"})

#: What an object calls the array that it is around: receipts of tickler, and other programs.
_AROUND = frozenset(
    ("after", "results", "result", "data", "items", "records", "value", "values", "rows", "list",
     "contacts", "companies", "organizations", "persons", "people", "clients", "customers",
     "accounts", "leads", "connections", "elements", "entries", "nodes", "klienci", "clientes",
     "kontakte", "kunden", "firmen")
)  # fmt: skip

_NEITHER = "there are no clients in it: neither an array of objects, nor an object a line"

Objects = Callable[[], Iterator[tuple[int, Any]]]


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients in a file of JSON: an array of objects, one object, or an object a line.

    Dossiers as tickler prints them are taken as they are. Objects of other programs are read as a
    table, whose columns are their keys. Raises Unreadable with line and column.
    """
    objects = _objects_of(path, reading)
    if _is_own(objects):
        return ClientTable(_Dossiers(objects), sum(1 for _ in objects()))
    return client_table(_table(objects), reading)


def first_records(path: Path, reading: Reading = AS_FOUND) -> tuple[tuple[str, ...], ...]:
    """The keys and first values of objects of other programs; nothing of dossiers."""
    objects = _objects_of(path, reading)
    if _is_own(objects):
        return ()
    return tuple(tuple(cells) for _, cells in islice(_table(objects)([]), SAMPLE))


@dataclass(frozen=True, slots=True)
class _Dossiers:
    """The rows of dossiers, and what is said of them; read again each time."""

    objects: Objects

    def __iter__(self) -> Iterator[ClientRow | Problem]:
        for line, found in self.objects():
            if own_json.is_dossier(found):
                yield from own_json.read(line, found)
            else:
                yield Problem(line, "this is not a dossier: left out", Reason.LEFT_OUT)


def _objects_of(path: Path, reading: Reading) -> Objects:
    """The objects of a file, each with a line of its own: of several on one they are counted on.

    They are read again each time. Raises Unreadable with line and column.
    """

    def objects() -> Iterator[tuple[int, Any]]:
        last = 0
        try:
            for line, found in _found_in(_text_of(path, reading.encoding)):
                last = max(line, last + 1)
                yield last, found
        except Flaw as flaw:
            raise Unreadable(str(flaw), path=path) from None

    return objects


def _found_in(text: str) -> Iterator[tuple[int, Any]]:
    """The values that a text has, or those in the array that its only object is around."""
    whole = JsonText(text)
    start = _array_in(whole)
    return whole.elements(start) if start else whole.values()


def _array_in(text: JsonText) -> int:
    """Where the array begins that an object is around: `after`, `results`; 0 for none."""
    members = text.members()
    if members is None or own_json.has_its_keys(members):
        return 0
    arrays = {key: start for key, start in members.items() if text.has_objects(start)}
    around = [key for key in arrays if key.casefold() in _AROUND or len(members) == 1]
    roles = {found.role for key in members.keys() - arrays if (found := recognise(key))}
    is_client = roles & NAMING and roles & (REACHING | ADDRESS)  # these are its own contacts
    return arrays[around[0]] if around and not is_client else 0


def _text_of(path: Path, encoding: str) -> str:
    data = path.read_bytes()
    marked, data = encodings.marked(data) or ("", data)
    name = encoding or marked or encodings.wide(data) or "utf-8"
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        line = data[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else 1
        raise Flaw(f"line {line}: this is not {encoding or 'UTF-8'}") from None


def _is_own(objects: Objects) -> bool:
    first = next(objects(), None)
    if first is None:
        raise Unreadable(_NEITHER)
    return own_json.is_dossier(first[1])


def _table(objects: Objects) -> Callable[[list[Problem]], Iterator[tuple[int, list[str]]]]:
    """The objects as records: the first one is the header."""
    columns: dict[str, None] = {}
    first = 0
    for line, found in objects():
        if isinstance(found, dict):
            first = first or line
            columns |= dict.fromkeys(_flat(found))
        if len(columns) > _MOST_COLUMNS:
            raise Unreadable(f"line {line}: there are more than {_MOST_COLUMNS} different keys")
    if not columns:
        raise Unreadable(_NEITHER)
    header = _headers(columns)

    def records(said: list[Problem]) -> Iterator[tuple[int, list[str]]]:
        yield first, header
        for line, found in objects():
            if isinstance(found, dict):
                cells = _flat(found)
                yield line, [cells.get(column, "") for column in columns]
            else:
                said.append(Problem(line, "this is not an object: left out", Reason.LEFT_OUT))

    return records


def _headers(columns: Mapping[str, None]) -> list[str]:
    """The keys as headers: `properties.firstname` is `firstname` where no other key is."""
    bare = [column.rpartition(".")[2] for column in columns]
    return [
        last if bare.count(last) == 1 else column.replace(".", " ")
        for column, last in zip(columns, bare, strict=True)
    ]


def _flat(found: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an object by key, those of an object in it by both keys."""
    cells: dict[str, str] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            cells |= {f"{key}.{inner}": _text(each) for inner, each in value.items()}
        elif isinstance(value, list):
            for n, each in enumerate(filter(None, value), 1):
                numbered = f"{key} {n}" if n > 1 else key
                cells |= (
                    _one_of(each, key, n) if isinstance(each, dict) else {numbered: _text(each)}
                )
        else:
            cells[key] = _text(value)
    return cells


def _one_of(found: Mapping[str, Any], key: str, n: int) -> dict[str, str]:
    """One of several: `{"value": "030 1", "label": "work"}` is `030 1`, and `work` says which.

    Whatever else is in it has a key of its own.
    """
    texts = {
        inner: text
        for inner, each in found.items()
        if inner.casefold() not in _NOTHING and (text := _text(each))
    }
    values = [inner for inner in _VALUES if inner in texts]
    values += [inner for inner, text in texts.items() if inner == "address" and "@" in text]
    if not values and {*texts} <= {"name", "id", *_LABELS}:
        values = [inner for inner in ("name",) if inner in texts]
    numbered = f"{key} {n}" if n > 1 else key
    if not values:
        return {f"{numbered}.{inner}": text for inner, text in texts.items()}
    value = texts.pop(values[0])
    label = next((inner for inner in _LABELS if inner in texts), "")
    if not label:
        cells = {numbered: value}
    else:
        cells = {f"{key} {n} - Value": value, f"{key} {n} - Type": texts.pop(label)}
    others = {inner: text for inner, text in texts.items() if inner != "id" and text != value}
    return cells | {f"{numbered} {inner}": text for inner, text in others.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
