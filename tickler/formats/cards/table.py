"""Files of cards → their client list, read again each time so that it takes little memory."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from tickler.core.phrases import counted
from tickler.core.text import one_line
from tickler.errors import Unreadable
from tickler.formats import content_lines
from tickler.formats.cards import meanings, values
from tickler.formats.cards.card import cards
from tickler.formats.cards.client import CardReading
from tickler.formats.cards.companies import Companies
from tickler.formats.cards.kept import KeptFields
from tickler.formats.content_lines import BINARY, Source, Told
from tickler.formats.lists import encoded
from tickler.formats.lists.clients import ClientRow, ClientTable, ListItems, Problem, Reason
from tickler.formats.lists.reading import AS_FOUND, Reading

_SHOWN = 12


def _items(
    sources: Sequence[tuple[str, Source]],
    encoding: str,
    groups: Mapping[str, Sequence[str]],
    before: Sequence[Problem],
) -> Iterator[ClientRow | Problem]:
    """The clients of the cards, and what is said of them, in the order of the files."""
    left_out = Counter[str]()
    companies = Companies()
    yield from before
    for name, source in sources:
        file = name if len(sources) > 1 else ""
        told = Told()
        held: ClientRow | None = None  # its people may follow, on cards of their own
        client = ""
        for card in cards(source, encoding, told):
            said: list[Problem] = []
            row = CardReading(card, KeptFields(card.line, said, left_out)).client()
            if row:
                row = companies.in_one_place(row, said)
            yield from (replace(each, file=file) for each in said)
            if row and (names := groups.get(card.uid)):
                row = replace(row, tags=tuple(dict.fromkeys((*row.tags, *names))))
            of = card.first(meanings.OWN_PART).partition(";")[2]
            if held and row and row.person and of and of == client:
                held = replace(held, others=(*held.others, row.person))
                continue
            if held:
                yield held
            held, client = row and replace(row, file=file), of
        if held:
            yield held
        for what, (line, count) in told.seen.items():
            times = f"{count} lines, this the first: " if count > 1 else ""
            yield Problem(line, f"{times}{what}", Reason.CHANGED, file)
    yield from _about(left_out)


def read_file(path: Path, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of an address book; raises Unreadable where there is no card in it."""
    return read_files([path], reading)


def read_files(paths: Sequence[Path], reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of address books, one file after another; raises Unreadable without a card."""
    return _table([(path.name, _source(path)) for path in paths], reading)


def read_cards(data: bytes, reading: Reading = AS_FOUND) -> ClientTable:
    """The clients of an address book that is in memory."""
    return _table([("", lambda: BytesIO(data))], reading)


def _source(path: Path) -> Source:
    return lambda: path.open("rb")


def _table(sources: Sequence[tuple[str, Source]], reading: Reading) -> ClientTable:
    encoding = encoded.known(reading.encoding) if reading.encoding else ""
    found = Counter[str]()
    empty: list[Problem] = []
    for name, source in sources:
        before = found["BEGIN"]
        found.update(content_lines.names(source, encoding))
        if found["BEGIN"] == before:
            empty.append(Problem(1, "there is no card in it: left out", Reason.LEFT_OUT, name))
    records = found["BEGIN"]
    if not records:
        raise Unreadable("there is no card in it, no line says BEGIN:VCARD")
    has_groups = found["MEMBER"] or found["X-ADDRESSBOOKSERVER-MEMBER"]
    groups = _groups(sources, encoding) if has_groups else {}
    items = partial(_items, sources, encoding, groups, empty)
    return ClientTable(ListItems(items, records), records, _columns(found))


def _groups(sources: Sequence[tuple[str, Source]], encoding: str) -> dict[str, list[str]]:
    """The names of the groups that cards are in, by the UID of the card."""
    groups: dict[str, list[str]] = {}
    for _, source in sources:
        for card in cards(source, encoding, Told()):
            if card.kind == "group" and (name := one_line(card.first("FN", "N"))):
                for member in card.members:
                    groups.setdefault(member, []).append(name.replace(",", " "))
    return groups


def _columns(found: Counter[str]) -> tuple[tuple[str, str], ...]:
    """What the properties of these names are read as; "" is kept as a field of the card."""
    columns: dict[str, str] = {}
    for name in found:
        if name in meanings.PLACES:
            columns[name] = meanings.PLACES[name]
        elif name in meanings.OWN:
            columns[name] = meanings.OWN[name]
        elif not (name in BINARY or name in _SILENT or meanings.is_machinery(name)):
            columns[meanings.LABELS.get(name) or values.humane(name)] = ""
    return tuple(columns.items())


_SILENT = frozenset(
    {
        "BEGIN", "OTHER", "END", "VERSION", "LABEL", "MEMBER", "X-ANDROID-CUSTOM", "KIND",
        "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-ABLABEL", "X-LABEL", meanings.OWN_PART,
        meanings.OWN_FIELD,
    }
)  # fmt: skip


def _about(left_out: Counter[str]) -> Iterator[Problem]:
    """What was left out of all cards: pictures and keys, and what only programs read."""
    binary = {name.lower() for name in BINARY} | {"picture"}
    parts = [counted(left_out.pop(name), name) for name in sorted(binary) if left_out[name]]
    if parts:
        yield Problem(1, f"{' and '.join(parts)} left out", Reason.LEFT_OUT)
    names = [f"{name} ({count})" for name, count in left_out.items() if count]
    if names:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        text = f"what only programs read: {', '.join(names[:_SHOWN])}{more}"
        yield Problem(1, text, Reason.LEFT_OUT)
