"""Which clients are likely one: pairs are found by what they have in common, then weighed.

Nobody is compared with everybody: only who shares a name, a number, an e-mail, or is next to
each other among the names of one town or mail domain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tickler.core.client.mail_domains import house_of
from tickler.core.text import SHORTEST_NUMBER, fold

#: From this strength on a pair is reported.
TELLING = 3

#: How many neighbours in order each one is compared with.
_WINDOW = 4

#: From this likeness on, 0 to 1, two names are spelled very much alike.
_ALIKE = 0.88

_LEGAL_FORMS = (
    "gmbh mbh gesmbh ag kg kgaa ohg gbr ug ek ev eg se co cie mbb partg ltd limited llc llp inc "
    "incorporated corp corporation plc sa sarl sas srl spa bv nv ab as asa oy oyj aps kft sro doo "
    "company und and"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())

_DOTS = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.")
_BETWEEN = re.compile(r"[^\w]+")
_NO_DIGIT = re.compile(r"\D+")
_UMLAUTS = re.compile(r"([aou])e")


@dataclass(frozen=True, slots=True)
class Known:
    """What identifies a client: `phones` are keys of `core.text.reach_key`, e-mails folded."""

    id: int
    name: str
    town: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    card: int = 0


@dataclass(frozen=True, slots=True)
class Likely:
    """Two clients that are likely one, the older first; `why`, and how much speaks for it."""

    first: int
    second: int
    strength: int
    why: tuple[str, ...]


def likely(clients: Iterable[Known]) -> list[Likely]:
    """The pairs that are likely one client, the strongest first; linked ones are none."""
    faces = [_Face(client) for client in sorted(clients, key=lambda client: client.id)]
    pairs: dict[tuple[int, int], tuple[_Face, _Face]] = {}
    for one, other in _candidates(faces):
        first, second = sorted((one, other), key=lambda face: face.client.id)
        linked = first.client.card and first.client.card == second.client.card
        if first is not second and not linked:
            pairs[first.client.id, second.client.id] = first, second
    found = (_weighed(*pair) for pair in pairs.values())
    strong = [pair for pair in found if pair.strength >= TELLING]
    return sorted(strong, key=lambda pair: (-pair.strength, pair.first, pair.second))


def bare_name(name: str) -> str:
    """The name without its legal form: `Bauer GmbH & Co. KG` → `bauer`."""
    words = _BETWEEN.split(_DOTS.sub("", fold(name)))
    kept = [word for word in words if word and word not in _LEGAL]
    return " ".join(kept) or fold(name)


class _Face:
    __slots__ = ("client", "digits", "domains", "name", "pieces", "sound", "town")

    def __init__(self, client: Known) -> None:
        self.client = client
        self.name = bare_name(client.name)
        self.sound = _UMLAUTS.sub(r"\1", self.name).replace(" ", "")
        self.digits = _NO_DIGIT.sub("", self.name)
        self.pieces = {self.sound[n : n + 2] for n in range(len(self.sound) - 1)}
        self.town = fold(client.town)
        self.domains = {house_of(email) for email in client.emails} - {""}


def _candidates(faces: Sequence[_Face]) -> Iterator[tuple[_Face, _Face]]:
    """Pairs worth weighing: as many as there are clients, times a few."""
    blocks: dict[tuple[str, str], list[_Face]] = {}
    near: dict[tuple[str, str], list[_Face]] = {}
    for face in faces:
        blocks.setdefault(("name", face.name), []).append(face)
        for email in face.client.emails:
            blocks.setdefault(("email", email), []).append(face)
        for domain in face.domains:
            near.setdefault(("domain", domain), []).append(face)
        if face.town:
            near.setdefault(("town", face.town), []).append(face)
    for block in blocks.values():
        # The first represents all: merged with it, each of them is found again with the next.
        yield from ((block[0], other) for other in block[1:])
        yield from _neighbours(block)
    for block in near.values():
        for order in (lambda face: face.sound, lambda face: face.sound[::-1]):
            yield from _neighbours(sorted(block, key=order))
    yield from _same_numbers(faces)


def _neighbours(block: Sequence[_Face]) -> Iterator[tuple[_Face, _Face]]:
    for place, face in enumerate(block):
        yield from ((face, other) for other in block[place + 1 : place + 1 + _WINDOW])


def _same_numbers(faces: Sequence[_Face]) -> Iterator[tuple[_Face, _Face]]:
    """Who shares a number, however it is written: sorted, a number follows its beginning."""
    numbers = sorted(
        ((key, face) for face in faces for key in face.client.phones if _is_number(key)),
        key=lambda each: (each[0], each[1].client.id),
    )
    begun: tuple[str, _Face] | None = None
    for key, face in numbers:
        if begun and key.startswith(begun[0]):
            yield begun[1], face
        else:
            begun = key, face


def _is_number(key: str) -> bool:
    return len(key) >= SHORTEST_NUMBER and key.isdigit()


def _weighed(one: _Face, other: _Face) -> Likely:
    reasons = list(_reasons(one, other))
    if reasons and one.town and one.town == other.town:
        reasons.append((1, f"both in {one.client.town}"))
    strength = sum(weight for weight, _ in reasons)
    if one.town and other.town and one.town != other.town:
        strength -= 2
    ids = (one.client.id, other.client.id)
    return Likely(*ids, strength, tuple(why for _, why in reasons))


def _reasons(one: _Face, other: _Face) -> Iterator[tuple[int, str]]:
    same = one.name == other.name
    alike = same or _are_alike(one, other)
    if same:
        yield 4, "the same name"
    elif alike:
        yield 2, "names spelled alike"
    if emails := one.client.emails & other.client.emails:
        yield 4, f"the same e-mail {min(emails)}"
    elif alike and (domains := one.domains & other.domains):
        yield 2, f"e-mails at {min(domains)}"
    if any(_share(a, b) for a in one.client.phones for b in other.client.phones):
        yield 3, "the same number"


def _share(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return _is_number(shorter) and longer.startswith(shorter)


def _are_alike(one: _Face, other: _Face) -> bool:
    """Whether the names differ in a letter or two; `Hall 1` and `Hall 2` are two."""
    if one.digits != other.digits:
        return False
    if 2 * len(one.pieces & other.pieces) < len(one.pieces):
        return False  # most pairs, without the slow matcher
    matcher = SequenceMatcher(None, one.sound, other.sound, autojunk=False)
    return matcher.ratio() >= _ALIKE
