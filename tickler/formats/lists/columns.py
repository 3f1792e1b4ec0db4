"""What a column of a client list holds, recognised by its header in English or German."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tickler.core.text import fold
from tickler.formats.lists import address_headers, headers
from tickler.formats.lists.headers import Role, Whose

NAMING = frozenset({Role.COMPANY, Role.NAME, Role.PERSON, Role.FIRST, Role.LAST})
PERSONAL = frozenset({Role.PERSON, Role.FIRST, Role.LAST})
REACHING = frozenset({Role.PHONE, Role.MOBILE, Role.FAX, Role.EMAIL})
ADDRESS = frozenset(
    {
        Role.STREET, Role.STREET_MORE, Role.HOUSE, Role.POSTCODE, Role.CITY,
        Role.PLACE, Role.REGION, Role.COUNTRY,
    }
)  # fmt: skip

_CLIENT = frozenset({Role.COMPANY, Role.PERSON})
#: What is in a column of its own and belongs to a person's name.
OF_NAME = (Role.SALUTATION, Role.TITLE)
_SECOND_OF = PERSONAL | {Role.POSITION, *OF_NAME}
_DIGIT = re.compile(r"\d+", re.ASCII)

# `Address 1: Street 2`
_NUMBERED_STREET = re.compile(r"address(?P<number>[1-9])(?:street|line|addressline)(?P<line>[1-9])")

#: A header is not longer than this, in characters.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Column:
    """What one header says.

    A `weak` column counts only where no other has its role. `label` is that of a `Reach`.
    `address` tells one address of a row from the other: `business`, `home`, `billing` …
    `number` is that in the header, 0 where it has none: `Telefon 2`, `2. Ansprechpartner`.
    """

    role: Role
    whose: Whose = Whose.OPEN
    label: str = ""
    weak: bool = False
    address: str = ""
    number: int = 0


@lru_cache(maxsize=4096)
def key_of(header: str) -> str:
    """`header` without case, accents, blanks and punctuation; `ae oe ue` as `ä ö ü`."""
    bare = "".join(c for c in fold(header) if c.isalnum())
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(maxsize=4096)
def recognise(header: str) -> Column | None:
    """What `header` says its column holds; None where it is a field of the card."""
    if len(header) > _LONGEST:
        return None
    key = key_of(header)
    for noise in _keys(headers.NOISE):
        key = key.removesuffix(noise)
    return _company_or_person(header) or _whole(key) or _numbered(key) or _second(key)


def _company_or_person(header: str) -> Column | None:
    """`Firma/Kontakt`: the company, or who is there; a person's name alone is a client, too."""
    first, stroke, second = header.partition("/")
    if not stroke or key_of(header) in _by_key():
        return None
    columns = _by_key().get(key_of(first)), _by_key().get(key_of(second))
    roles = {column.role for column in columns if column}
    return Column(Role.COMPANY) if roles == {Role.COMPANY, Role.PERSON} else None


def is_deal(header: str) -> bool:
    """Whether the column says what a deal is called."""
    return key_of(header) in _keys(headers.DEALS)


def is_house_number(header: str) -> bool:
    """Whether the column after a street has the house number."""
    return key_of(header) in _keys(address_headers.HOUSE_NUMBERS)


def is_stage(header: str) -> bool:
    """Whether the column says how far a deal is."""
    return key_of(header) in _keys(headers.STAGES)


def is_account_id(header: str) -> bool:
    """Whether the column names the account of a deal by its number."""
    return key_of(header) in _keys(headers.ACCOUNT_IDS)


@cache
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key_of, words))


def _whole(key: str) -> Column | None:
    return _unprefixed(key) or _prefixed(key) or _suffixed(key)


def _numbered(key: str) -> Column | None:
    """A header with one number in it: that of the person, phone or address it is about."""
    if match := _NUMBERED_STREET.fullmatch(key):
        role = Role.STREET if match["line"] == "1" else Role.STREET_MORE
        return Column(role, number=int(match["number"]))
    found = _DIGIT.findall(key)
    if found == ["0"]:  # Cobra counts from there
        return _whole(_DIGIT.sub("", key))
    if len(found) != 1 or found[0] not in "123456789":
        return None
    column = _whole(_DIGIT.sub("", key))
    if column is None:
        return None
    number = int(found[0])
    if column.role is Role.STREET and number > 1:
        return replace(column, role=Role.STREET_MORE, number=number)
    return replace(column, number=number)


def _second(key: str) -> Column | None:
    for word in _keys(headers.SECOND):
        rest = key.removeprefix(word)
        column = _whole(rest) if rest not in (key, "") else None
        if column and column.role in _SECOND_OF:
            return replace(column, number=2)
    return None


def _unprefixed(key: str) -> Column | None:
    return _by_key().get(key) or _reach(key) or _address(key)


def _prefixed(key: str) -> Column | None:
    for prefix, whose in _owners("before"):
        rest = key.removeprefix(prefix)
        if rest in (key, "") or (found := _unprefixed(rest) or _suffixed(rest)) is None:
            continue
        if found.weak and (not whose or found.role in NAMING):
            return None
        if prefix in _keys(headers.ONLY_CLIENT) and found.role not in _CLIENT:
            return None
        return _of(found, whose)
    return None


def _suffixed(key: str) -> Column | None:
    for suffix, whose in _owners("after"):
        rest = key.removesuffix(suffix)
        if rest not in (key, "") and (found := _unprefixed(rest)) is not None:
            return _of(found, whose)
    return None


def _of(found: Column, whose: Whose) -> Column:
    if found.role is Role.NAME:
        owners = {Whose.PERSON: Role.PERSON, Whose.COMPANY: Role.COMPANY}
        return replace(found, role=owners.get(whose, Role.NAME))
    if found.role in ADDRESS and whose is Whose.PERSON:
        return replace(found, address=found.address or "home")
    return replace(found, whose=whose or found.whose)


@cache
def _owners(side: str) -> tuple[tuple[str, Whose], ...]:
    words = headers.PREFIXES if side == "before" else headers.SUFFIXES
    keyed = {key_of(word): whose for word, whose in words.items()}
    return tuple(sorted(keyed.items(), key=lambda pair: -len(pair[0])))


@cache
def _by_key() -> Mapping[str, Column]:
    strong = {key_of(h): Column(role) for role, known in headers.HEADERS.items() for h in known}
    pairs = ((role, header) for role, known in headers.WEAK_HEADERS.items() for header in known)
    weak = {key_of(header): Column(role, weak=True) for role, header in pairs}
    people = {key_of(header): Column(Role.PERSON, Whose.PERSON) for header in headers.FULL_NAMES}
    alone = {key_of(header): Column(Role.PHONE, label="Direct") for header in headers.ALONE}
    codes = {key_of(f"{g} code"): Column(Role.POSTCODE, address=g) for g in address_headers.CODED}
    named = {key_of(role): Column(role) for role in Role}
    named[key_of("Address Formatted")] = Column(Role.STREET, weak=True)
    return named | weak | strong | people | alone | codes


def _reach(key: str) -> Column | None:
    any_label = _any_of(_labels())
    for role, pattern in _reach_patterns().items():
        if match := pattern.fullmatch(key):
            labels = match.group("before", "after", "last")
            words = [word for part in labels for word in re.findall(any_label, part)]
            companies = _keys(headers.COMPANY_LABELS)
            whose = Whose.COMPANY if companies.intersection(words) else Whose.OPEN
            return Column(role, whose, label=_labels()[words[-1]] if words else "")
    return None


@cache
def _labels() -> Mapping[str, str]:
    return {key_of(word): label for label, words in headers.LABELS.items() for word in words}


@cache
def _reach_patterns() -> Mapping[Role, re.Pattern[str]]:
    label = _any_of(_labels())
    endings = ("address", "Adresse", "value", "number", "Nummer", "Nr", "No", "addresses")
    ending = _any_of(map(key_of, endings))
    return {
        role: re.compile(
            rf"(?P<before>(?:{label})*)(?:{_any_of(map(key_of, words))})(?P<after>(?:{label})*)"
            rf"(?:{ending}){{0,2}}(?P<last>(?:{label})*)"
        )
        for role, words in headers.REACH_WORDS.items()
    }


def _address(key: str) -> Column | None:
    for role, pattern in _address_patterns().items():
        if match := pattern.fullmatch(key):
            which = match["before"] or match["after"]
            return Column(role, address=_address_groups()[which] if which else "")
    return None


@cache
def _address_groups() -> Mapping[str, str]:
    known = address_headers.ADDRESS_GROUPS.items()
    return {key_of(word): group for group, words in known for word in words}


@cache
def _address_patterns() -> Mapping[Role, re.Pattern[str]]:
    group = _any_of(_address_groups())
    address = _any_of(map(key_of, ("address", "adresse", "adress", "anschrift")))
    return {
        role: re.compile(
            rf"(?P<before>(?:{group})?)(?:{address})?(?:{_any_of(map(key_of, words))})"
            rf"(?P<after>(?:{group})?)(?:(?<=[a-z])(?:{address}))?"
        )
        for role, words in address_headers.ADDRESS_WORDS.items()
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
