"""Files that something has broken: the same bytes with a few changes, as a seed says."""

import random
from collections.abc import Callable

#: A file is changed in at most so many places.
_MOST = 4
#: At most so many bytes are cut, doubled or moved at once.
_STRETCH = 200

#: What readers of texts, of archives and of numbers trip over.
_INSERTED = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd8\x00", b"\x80", b'"', b"'", b"\n", b"\r", b";", b",",
    b"\t", b":", b"=", b"{", b"]", b"<", b"PK\x03\x04", b"\x1b[31m", b"-1", b"9" * 40, b"1e999",
    b"%s", b"&amp;", b"\xe2\x80\xae", b"A" * 70_000,
)  # fmt: skip


def mutated(data: bytes, seed: int) -> bytes:
    """The data with one to four changes: bits turned, bytes cut, doubled, inserted, moved."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, _MOST)):
        data = chance.choice(_CHANGES)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8) if broken else 0):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random) -> bytes:
    """Without its end, as after a download that broke off."""
    return data[: chance.randrange(len(data) + 1)]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.randint(1, 50) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(_INSERTED) + data[place:]


def _splice(data: bytes, chance: random.Random) -> bytes:
    """With a piece of itself somewhere else."""
    start, end = _stretch(data, chance)
    place = chance.randrange(len(data) + 1)
    return data[:place] + data[start:end] + data[place:]


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, _STRETCH))


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _end, _double, _insert, _splice,
)  # fmt: skip
