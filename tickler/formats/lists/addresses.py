"""Which address of a row is the one to go to, and its parts, however they are spread."""

from collections.abc import Iterable, Mapping, Sequence

from tickler.core.text import fold
from tickler.formats.lists import cells
from tickler.formats.lists.columns import recognise
from tickler.formats.lists.headers import Role
from tickler.formats.lists.layout import ListLayout, Places

_TOWN = frozenset({Role.CITY, Role.POSTCODE, Role.PLACE})

_Parts = Mapping[Role, Places]


def address_of(
    layout: ListLayout, record: Sequence[str], left: dict[int, str]
) -> cells.PostalAddress:
    """The address to go to: one with a street, that is not somebody's home, the fullest.

    What the row has of others is put into `left`.
    """
    if len(layout.addresses) == 1:
        return _parts(layout.addresses[0][1], record, left)
    filled = [
        (group, address)
        for group, address in layout.addresses
        if any(record[n] for places in address.values() for n in places)
    ]
    if not filled:
        return cells.PostalAddress("")
    if len(filled) == 1:
        return _parts(filled[0][1], record, left)
    _, chosen = min(filled, key=lambda each: _rank(layout, record, *each))
    others = [address for _, address in filled if address is not chosen]
    if len(others) == 1 and _is_split(chosen, others[0]):
        return _parts({**others.pop(), **chosen}, record, left)
    for address in others:
        _leave(record, left, (n for places in address.values() for n in places))
    return _parts(chosen, record, left)


def first_of(record: Sequence[str], left: dict[int, str], places: Sequence[int]) -> str:
    """The first filled cell of `places`; a later one that says something else is left."""
    value = ""
    for n in places:
        cell = record[n]
        if not value:
            value = cell
        elif cell not in ("", value):
            left[n] = cell
    return value


def _leave(record: Sequence[str], left: dict[int, str], places: Iterable[int]) -> None:
    left.update((n, record[n]) for n in places if record[n])


def _rank(
    layout: ListLayout, record: Sequence[str], group: str, address: _Parts
) -> tuple[bool, bool, int]:
    labelled = layout.labels.get(next(iter(address.values()))[0])
    label = "" if labelled is None else record[labelled]
    named = recognise(f"{label} street") if label else None
    held = {role for role, places in address.items() if any(record[n] for n in places)}
    is_home = "home" in (group, named.address if named else "")
    return is_home, Role.STREET not in held, -len(held & (_TOWN | {Role.STREET}))


def _parts(chosen: _Parts, record: Sequence[str], left: dict[int, str]) -> cells.PostalAddress:
    def first(role: Role) -> str:
        return first_of(record, left, chosen[role]) if role in chosen else ""

    postcode, city = _town(chosen, record, left)
    region, country, street = first(Role.REGION), first(Role.COUNTRY), first(Role.STREET)
    read = cells.address(street) if street and not postcode else None
    if read and read.postcode and fold(city) in ("", fold(read.city)):
        street, postcode, city = read.street, read.postcode, read.city
        region, country = region or read.region, country or read.country
        if (read.region not in ("", region)) or (read.country not in ("", country)):
            _leave(record, left, chosen[Role.STREET])
    if "\n" in street:
        street = ", ".join(filter(None, map(str.strip, street.split("\n"))))
    if Role.HOUSE in chosen:
        street = " ".join(filter(None, (street, cells.whole(first(Role.HOUSE)))))
    if Role.STREET_MORE in chosen:
        more = (record[n] for n in chosen[Role.STREET_MORE] if record[n])
        street = ", ".join(filter(None, (street, *more)))
    return cells.PostalAddress(street, postcode, city, region, country)


def _town(chosen: _Parts, record: Sequence[str], left: dict[int, str]) -> tuple[str, str]:
    """Postcode and city, also where one column has both."""
    postcode = cells.whole(first_of(record, left, chosen.get(Role.POSTCODE, ())))
    city = first_of(record, left, chosen.get(Role.CITY, ()))
    both = first_of(record, left, chosen.get(Role.PLACE, ()))
    if not both and not (postcode and city):
        both, postcode, city = postcode or city, "", ""
    if both:
        code, town = cells.place(both)
        if (postcode and code != postcode) or (city and town != city):
            _leave(record, left, chosen[Role.PLACE])
        if town == both and Role.CITY not in chosen and Role.PLACE not in chosen:
            return town, ""  # a postcode alone
        postcode, city = postcode or code, city or town
    return postcode, city


def _is_split(one: Mapping[Role, Places], other: Mapping[Role, Places]) -> bool:
    """Whether a list has the street under one heading and the town under another."""
    return one.keys().isdisjoint(other) and _TOWN.isdisjoint(one) and Role.STREET not in other
