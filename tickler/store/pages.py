"""The pages of an SQLite file, read without SQLite: what is whole in a file that is not.

The format is that of https://sqlite.org/fileformat2.html and of its log,
https://sqlite.org/walformat.html. Nothing that is read is believed: each number is looked at
before it is used, and no page is read twice in a walk.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

#: The kinds of pages by their first byte: of tables and indexes, inner ones and leaves.
INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF = 0x02, 0x05, 0x0A, 0x0D

#: The size of a page as SQLite makes it, and what it may be.
USUAL = 4096
_SECTOR = 512
_SIZES = frozenset(2**n for n in range(9, 17))

_MAGIC = b"SQLite format 3\0"
_LARGEST_ROWID = 2**53
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

#: What a row has in its columns; a text that is not UTF-8 has surrogates in it.
Values = list[object]


class Damaged(Exception):
    """What was to be read here is not what SQLite writes."""


@dataclass(slots=True)
class Walk:
    """A tree that is walked through: what was read, and the pages that could not be."""

    visited: set[int] = field(default_factory=set)
    unreadable: set[int] = field(default_factory=set)
    #: Rows that a page names, and that are not whole.
    broken: int = 0

    @property
    def is_whole(self) -> bool:
        return not (self.unreadable or self.broken)


class Pages:
    """The pages of a file, counted from 1; those of the log go before those of the file."""

    def __init__(self, content: memoryview, log: memoryview | None = None) -> None:
        self.size = _size_of(content)
        self._content = content if content[:16] == _MAGIC else _from_a_page(content, self.size)
        self._log = _committed(log, self.size) if log is not None else {}
        self.has_log = bool(self._log)
        self.pages = max([-(-len(self._content) // self.size), *self._log])
        first = self[1] or b""
        self._header = first[:100] if first.startswith(_MAGIC) else b""
        reserved = self._header[20] if self._header else 0
        self.usable = self.size - (reserved if reserved < 100 else 0)

    @property
    def has_header(self) -> bool:
        return bool(self._header)

    def __getitem__(self, number: int) -> bytes:
        """A page; what is missing of it is zero. Raises Damaged where there is none."""
        if number in self._log:
            return bytes(self._log[number])
        start = (number - 1) * self.size
        if not 0 <= start < len(self._content):
            raise Damaged
        return bytes(self._content[start : start + self.size]).ljust(self.size, b"\0")

    def kind(self, number: int) -> int:
        """The first byte of a page of a tree."""
        return self[number][100 if number == 1 else 0]

    def free(self) -> set[int] | None:
        """The pages that hold nothing any more; None where that cannot be known."""
        if not self._header:
            return None
        found: set[int] = set()
        trunk = int.from_bytes(self._header[32:36])
        while trunk:
            if trunk in found or trunk > self.pages:
                return None
            page = self[trunk]
            many = int.from_bytes(page[4:8])
            if many > self.usable // 4 - 2:
                return None
            found |= {trunk, *struct.unpack_from(f">{many}I", page, 8)}
            trunk = int.from_bytes(page[:4])
        return found

    def rows(self, root: int, walk: Walk) -> Iterator[tuple[int, Values]]:
        """The rows of the table whose tree begins with this page: their ids and values.

        A row whose id is not where the tree has it is broken; if most of a page are, the tree is.
        """
        for number, low, high in self.leaves(root, walk):
            found = [*self.rows_of_leaf(number, walk)]
            fit = [row for row in found if low < row[0] <= high]
            walk.broken += len(found) - len(fit)
            yield from fit if 2 * len(fit) > len(found) else found

    def leaves(self, root: int, walk: Walk) -> Iterator[tuple[int, int, int]]:
        """The pages with rows of a table, each with the ids between which those must be."""
        pending = [(root, 0, _LARGEST_ROWID)]
        while pending:
            number, low, high = pending.pop()
            try:
                self._enter(number, walk)
                kind = self.kind(number)
                if kind == TABLE_INNER:
                    pending += reversed(self._below(number, low, high))
                elif kind == TABLE_LEAF:
                    yield number, low, high
                else:
                    raise Damaged
            except (Damaged, IndexError, struct.error):
                walk.unreadable.add(number)

    def entries(self, root: int, walk: Walk) -> Iterator[Values]:
        """The entries of the index whose tree begins with this page; the row's id comes last."""
        pending = [root]
        while pending:
            number = pending.pop()
            try:
                self._enter(number, walk)
                kind = self.kind(number)
                if kind not in (INDEX_INNER, INDEX_LEAF):
                    raise Damaged
                page = self[number]
                cells = self._cells(number)
                if kind == INDEX_INNER:
                    pending += [int.from_bytes(page[at : at + 4]) for at in cells]
                    pending.append(int.from_bytes(page[8:12]))
            except (Damaged, IndexError, struct.error):
                walk.unreadable.add(number)
                continue
            for at in cells:
                try:
                    yield self._record(page, at + 4 * (kind == INDEX_INNER), of_index=True)[1]
                except (Damaged, IndexError, struct.error):
                    walk.broken += 1

    def entries_in(self, root: int) -> int:
        """How many entries an index has, as far as its pages can be read."""
        pending, seen, found = [root], set[int](), 0
        while pending:
            number = pending.pop()
            with suppress(Damaged, IndexError, struct.error):
                if number in seen or self.kind(number) not in (INDEX_INNER, INDEX_LEAF):
                    continue
                seen.add(number)
                cells, page = self._cells(number), self[number]
                found += len(cells)
                if self.kind(number) == INDEX_INNER:
                    pending += [int.from_bytes(page[at : at + 4]) for at in cells]
                    pending.append(int.from_bytes(page[8:12]))
        return found

    def rows_of_leaf(self, number: int, walk: Walk) -> Iterator[tuple[int, Values]]:
        """The rows on a page of a table."""
        try:
            if self.kind(number) != TABLE_LEAF:
                raise Damaged
            page, cells = self[number], self._cells(number)
        except Damaged:
            walk.unreadable.add(number)
            return
        for at in cells:
            try:
                yield self._record(page, at)
            except (Damaged, IndexError, struct.error):
                walk.broken += 1

    def _enter(self, number: int, walk: Walk) -> None:
        if not 0 < number <= self.pages or number in walk.visited:
            raise Damaged
        walk.visited.add(number)

    def _below(self, number: int, low: int, high: int) -> list[tuple[int, int, int]]:
        """The pages below an inner page, each with the ids that its rows have."""
        page, head = self[number], 100 if number == 1 else 0
        found = []
        for at in self._cells(number):
            key, _ = _varint(page, at + 4)
            key = min(max(key, low), high)
            found.append((int.from_bytes(page[at : at + 4]), low, key))
            low = key
        return [*found, (int.from_bytes(page[head + 8 : head + 12]), low, high)]

    def _cells(self, number: int) -> tuple[int, ...]:
        """Where the cells of a page begin."""
        page, head = self[number], 100 if number == 1 else 0
        many = int.from_bytes(page[head + 3 : head + 5])
        first = head + (12 if page[head] in (TABLE_INNER, INDEX_INNER) else 8)
        if first + 2 * many > self.usable:
            raise Damaged
        return struct.unpack_from(f">{many}H", page, first)

    def _record(self, page: bytes, at: int, *, of_index: bool = False) -> tuple[int, Values]:
        """The id and the values of a row, or 0 and the values of an entry of an index."""
        length, at = _varint(page, at)
        key = 0
        if not of_index:
            key, at = _varint(page, at)
            if not 0 < key < _LARGEST_ROWID:
                raise Damaged
        return key, _values(self._payload(page, at, length, of_index=of_index))

    def _payload(self, page: bytes, at: int, length: int, *, of_index: bool) -> bytes:
        """What belongs to a row: on its page, and on those that go on from it."""
        room = self.usable
        most = ((room - 12) * 64 // 255) - 23 if of_index else room - 35
        if length <= most:
            found = page[at : at + length]
            if len(found) < length or at + length > room:
                raise Damaged
            return found
        least = ((room - 12) * 32 // 255) - 23
        here = least + (length - least) % (room - 4)
        here = here if here <= most else least
        if length > self.pages * self.size or at + here + 4 > room:
            raise Damaged
        parts, missing = [page[at : at + here]], length - here
        following = int.from_bytes(page[at + here : at + here + 4])
        seen: set[int] = set()
        while missing > 0:
            if following in seen or not 0 < following <= self.pages:
                raise Damaged
            seen.add(following)
            more = self[following]
            parts.append(more[4 : 4 + min(missing, room - 4)])
            missing -= len(parts[-1])
            following = int.from_bytes(more[:4])
        return b"".join(parts)


def _values(payload: bytes) -> list[object]:
    """The values of a record; raises Damaged where it is not as long as it says."""
    head, at = _varint(payload, 0)
    kinds = []
    if head > len(payload):
        raise Damaged
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != head:
        raise Damaged
    found: list[object] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        found.append(value)
    if at != len(payload):
        raise Damaged
    return found


def _value(payload: bytes, at: int, kind: int) -> tuple[object, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in (10, 11):
        raise Damaged
    size = _INTEGERS.get(kind, 8) if kind < 12 else (kind - 12) // 2
    content = payload[at : at + size]
    if len(content) < size:
        raise Damaged
    if kind == 7:
        return struct.unpack(">d", content)[0], at + size
    if kind < 12:
        return int.from_bytes(content, signed=True), at + size
    return (content.decode("utf-8", "surrogateescape") if kind % 2 else content), at + size


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for _ in range(8):
        if at >= len(content):
            raise Damaged
        byte = content[at]
        at += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    if at >= len(content):
        raise Damaged
    return number << 8 | content[at], at + 1


def is_utf8(text: str) -> bool:
    """Whether a text that was read has no bytes in it that are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _size_of(content: memoryview) -> int:
    """The size of a page: as the file says, unless its pages say otherwise."""
    said = int.from_bytes(content[16:18])
    said = 65536 if said == 1 else said
    if said in _SIZES and said != USUAL:
        return max((USUAL, said), key=lambda size: _looks_right(content, size))
    return USUAL


def _from_a_page(content: memoryview, size: int) -> memoryview:
    """A file without its beginning, from where a page begins: a disk loses whole sectors."""
    parts = (content[start:] for start in range(0, min(size, len(content)), _SECTOR))
    return max(parts, key=lambda part: _looks_right(part, size), default=content)


def _looks_right(content: memoryview, size: int) -> float:
    """Which part of the pages of this size begin as pages of trees do."""
    starts = range(size, min(len(content), size * 1000), size)
    kinds = (INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF)
    right = sum(
        content[at] in kinds and int.from_bytes(content[at + 5 : at + 7]) in range(8, size + 1)
        for at in starts
    )
    return right / max(len(starts), 1)


def _committed(log: memoryview, size: int) -> dict[int, memoryview]:
    """The pages of a log that belong to whole transactions, by number, the last of each."""
    order = {0x377F0682: "<", 0x377F0683: ">"}.get(int.from_bytes(log[:4]))
    if order is None or len(log) < 32 or int.from_bytes(log[8:12]) != size:
        return {}
    salts, sums = bytes(log[16:24]), _sum(order, log[:24], (0, 0))
    if sums != struct.unpack_from(">II", log, 24):
        return {}
    found: dict[int, memoryview] = {}
    begun: dict[int, memoryview] = {}
    for at in range(32, len(log) - 24 - size + 1, 24 + size):
        number, committed = struct.unpack_from(">II", log, at)
        page = log[at + 24 : at + 24 + size]
        sums = _sum(order, page, _sum(order, log[at : at + 8], sums))
        if bytes(log[at + 8 : at + 16]) != salts or sums != struct.unpack_from(">II", log, at + 16):
            break
        begun[number] = page
        if committed:
            found |= begun
            found = {key: kept for key, kept in found.items() if key <= committed}
            begun = {}
    return found


def _sum(order: str, content: memoryview, sums: tuple[int, int]) -> tuple[int, int]:
    """The checksum of a log, continued."""
    one, two = sums
    for first, second in struct.iter_unpack(f"{order}II", content):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
