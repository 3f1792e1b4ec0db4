"""Which column of a list holds what, as its headers say or as the rep said."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tickler.core.phrases import named
from tickler.core.text import one_line
from tickler.errors import Hint, Unreadable
from tickler.formats.lists.address_headers import ADDRESSES
from tickler.formats.lists.columns import (
    ADDRESS,
    NAMING,
    OF_NAME,
    PERSONAL,
    REACHING,
    Column,
    is_account_id,
    is_deal,
    is_house_number,
    is_stage,
    key_of,
    recognise,
)
from tickler.formats.lists.headers import Role, Whose

_SHOWN_HEADERS = 12
_SHOWN_LETTERS = 40
_OF_PEOPLE = PERSONAL | {Role.POSITION, *OF_NAME}
_NUMBERED = _OF_PEOPLE | REACHING
# `Phone 1 - Label` is about `Phone 1 - Value`, `Address 1 - Label` about `Address 1 - City`.
_LABEL = re.compile(r"(?P<stem>.*\S)\s+-\s+(?:Label|Type)", re.IGNORECASE)

#: What says who a deal's client is, and where.
_OF_CLIENT = frozenset({Role.COMPANY, Role.WEBSITE}) | PERSONAL | REACHING | ADDRESS

#: By what somebody is found or reached: a country alone is no place to go to.
_REACHED = REACHING | ADDRESS - {Role.COUNTRY}

#: What is copied from the list to the card unchanged.
_PLAIN = {
    "segment": Role.SEGMENT,
    "source": Role.SOURCE,
    "language": Role.LANGUAGE,
    "needs": Role.NEEDS,
    "competitors": Role.COMPETITORS,
    "discount": Role.DISCOUNT,
    "terms": Role.TERMS,
}

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListLayout:
    """Where a list has what: positions of columns, counted from 0.

    `singles` lists the columns of a role in the order in which a row's value is looked for;
    `plain` are the columns of the card that are copied from one of them as they are;
    `people` does so for each person of a row, `addresses` for each address, with its group.
    `reaches` tells whose a number is, and of which person. `labels` are the columns that say what
    is in another one; `deal` are those about a deal, which make a line of history. `reaching` are
    those where one finds or reaches somebody, `spare` those that are fields unless something more
    takes them.
    """

    headers: tuple[str, ...]
    unnamed: Places
    unknown: Places
    roles: Mapping[int, Role]
    singles: Mapping[Role, Places]
    plain: Mapping[str, Role]
    people: tuple[Mapping[Role, Places], ...]
    addresses: tuple[tuple[str, Mapping[Role, Places]], ...]
    reaches: tuple[tuple[int, Column, Whose, int], ...]
    labels: Mapping[int, int]
    deal: Places
    reaching: Places
    spare: Places

    def at(self, role: Role) -> Places:
        return self.singles.get(role, ())

    def names(self, width: int) -> tuple[str, ...]:
        """The headers, and made-up ones for the cells of a row that is too long."""
        surplus = width - len(self.headers)
        return _unique((*self.headers, *[""] * surplus)) if surplus > 0 else self.headers

    def dates(self) -> Places:
        """The columns of dates."""
        return (*self.at(Role.NEXT), *self.at(Role.LAST_CONTACT))


def recognised(
    header: Sequence[str], said: Mapping[int, Column | None] | None = None
) -> dict[int, Column]:
    """The columns that are known by their header, or because the rep `said` what they hold."""
    known = {n: c for n, text in enumerate(header) if (c := recognise(text))}
    for n, text in enumerate(header):
        street = known.get(n - 1)
        if n not in known and street and street.role is Role.STREET and is_house_number(text):
            known[n] = replace(street, role=Role.HOUSE)
    for n, column in (said or {}).items():
        known.pop(n, None)
        if column:
            known[n] = column
    strong = {c.role for n, c in known.items() if not c.weak or n in (said or {})}
    if Role.POSITION in strong:  # the `Title` next to a `Job Title` is in front of the name
        titles = (n for n, c in known.items() if c.weak and key_of(header[n]) == Role.TITLE)
        known |= dict.fromkeys(titles, Column(Role.TITLE, Whose.PERSON))
    return {n: c for n, c in known.items() if not (c.weak and c.role in strong)}


def names_somebody(known: Mapping[int, Column]) -> bool:
    """Whether these columns could name a client: an e-mail address does where nothing else is."""
    return any(column.role in NAMING or column.role is Role.EMAIL for column in known.values())


def arranged(header: Sequence[str], said: Mapping[int, Column | None] | None = None) -> ListLayout:
    """The layout under `header`; raises Unreadable where no column could hold a name."""
    known = recognised(header, said)
    deal = _deal(header, known)
    if deal and not {Role.COMPANY, Role.PERSON} & {c.role for c in known.values()}:
        raise Unreadable(_deals_without_clients(header))
    known = {n: column for n, column in known.items() if n not in deal}
    if not names_somebody(known):
        raise Unreadable(
            f"no column that could hold a name: there is {_shown(header)}", hint=Hint.MAP
        )
    known = _occurring(header, _with_name(known))
    labels = _labels(header, known)
    several = _several(known)
    of_people = {n for n, column in known.items() if column.role in _OF_PEOPLE}
    unknown = tuple(
        n for n in range(len(header)) if not (n in known or n in labels.values() or n in deal)
    )
    beside = tuple(n for n, column in known.items() if column.role in (Role.AREA, Role.AT))
    singles = _by_role({n: c for n, c in known.items() if c.role not in REACHING | ADDRESS})
    return ListLayout(
        headers=_unique(header),
        unnamed=tuple(n for n, text in enumerate(header) if not one_line(text)),
        unknown=unknown,
        roles={n: column.role for n, column in known.items()} | dict.fromkeys(deal, Role.HISTORY),
        singles=singles,
        plain={column: role for column, role in _PLAIN.items() if role in singles},
        people=_people({n: known[n] for n in sorted(of_people)}, several),
        addresses=_addresses(known),
        reaches=_owned(known, several),
        labels=labels,
        deal=tuple(deal),
        reaching=tuple(n for n, column in known.items() if column.role in _REACHED),
        spare=unknown + beside,
    )


def _shown(header: Sequence[str]) -> str:
    return named(
        [one_line(text)[:_SHOWN_LETTERS] for text in header if text.strip()], _SHOWN_HEADERS
    )


def _deal(header: Sequence[str], known: Mapping[int, Column]) -> list[int]:
    """The columns about a deal, if it is a list of deals: each has a title and a stage.

    A list of leads has a stage as well, and people who can be reached.
    """
    if not any(map(is_stage, header)):
        return []
    titled = any(map(is_deal, header))
    roles = {column.role for column in known.values()}
    accounts = Role.COMPANY in roles or any(map(is_account_id, header))
    is_named = Role.NAME in roles and accounts and not roles & (REACHING | PERSONAL)
    if not (titled or is_named):
        return []
    own = {n for n, column in known.items() if column.role in _OF_CLIENT}
    return [n for n, text in enumerate(header) if n not in own and text.strip()]


def _deals_without_clients(header: Sequence[str]) -> str:
    ids = next((one_line(text) for text in header if is_account_id(text)), "")
    by_id = f", only {ids}" if ids else ""
    return (
        f"this is a list of deals, and no column has the name of their client{by_id}: "
        "import it together with the file of the accounts, or export it with the account's name"
    )


def _with_name(known: Mapping[int, Column]) -> dict[int, Column]:
    """What `Name` means next to other names: the last name, the person's, or the dossier's."""
    roles = {column.role for column in known.values()}
    if Role.FIRST in roles and Role.LAST not in roles:
        meaning = Role.LAST
    elif Role.COMPANY in roles:
        meaning = Role.PERSON
    else:
        return dict(known)
    return {
        n: replace(column, role=meaning, whose=Whose.PERSON) if column.role is Role.NAME else column
        for n, column in known.items()
    }


def _occurring(header: Sequence[str], known: Mapping[int, Column]) -> dict[int, Column]:
    """The columns, the second `Ansprechpartner; Telefon` of a row numbered as such."""
    met: dict[str, int] = {}
    counted: dict[int, Column] = {}
    for n, column in known.items():
        if column.role in _NUMBERED and not column.number:
            key = key_of(header[n])
            met[key] = met.get(key, 0) + 1
            counted[n] = replace(column, number=met[key]) if met[key] > 1 else column
        else:
            counted[n] = column
    again = any(c.role in PERSONAL and c.number > known[n].number for n, c in counted.items())
    return counted if again else _around_person(counted, known)


def _around_person(counted: Mapping[int, Column], known: Mapping[int, Column]) -> dict[int, Column]:
    """The columns, of two equal ones the one before the person being the company's."""
    people = [n for n, column in known.items() if column.role in PERSONAL]
    found = dict(known)
    for n, column in counted.items():
        if not people or column.role not in REACHING or column.number == known[n].number:
            continue
        first = next(m for m in known if known[m] == known[n])
        if first < people[0] < n:
            found[first] = replace(known[first], whose=known[first].whose or Whose.COMPANY)
            found[n] = replace(known[n], whose=known[n].whose or Whose.PERSON)
    return found


def _several(known: Mapping[int, Column]) -> tuple[int, ...]:
    """The numbers of the people of a row."""
    return tuple(sorted({c.number for c in known.values() if c.role in PERSONAL})) or (0,)


def _people(
    known: Mapping[int, Column], several: Sequence[int]
) -> tuple[Mapping[Role, Places], ...]:
    first = several[0]
    groups: dict[int, dict[int, Column]] = {number: {} for number in several}
    for n, column in known.items():
        groups[column.number if column.number in several else first][n] = column
    return tuple(map(_by_role, groups.values()))


def _labels(header: Sequence[str], known: Mapping[int, Column]) -> dict[int, int]:
    """The columns that another one labels → the one that does so."""
    stems = {
        f"{match['stem']} - ".casefold(): n
        for n, text in enumerate(header)
        if n not in known and (match := _LABEL.fullmatch(text.strip()))
    }
    return {
        n: by
        for n, text in enumerate(header)
        for stem, by in stems.items()
        if n != by and text.strip().casefold().startswith(stem)
    }


def _by_role(known: Mapping[int, Column]) -> dict[Role, Places]:
    roles = dict.fromkeys(column.role for column in known.values())
    return {role: tuple(n for n, c in known.items() if c.role is role) for role in roles}


def _addresses(known: Mapping[int, Column]) -> tuple[tuple[str, Mapping[Role, Places]], ...]:
    """The addresses of a row: by their group, and by their number where a city has one."""
    towns = (Role.CITY, Role.POSTCODE, Role.PLACE)
    numbers = {c.number for c in known.values() if c.role in towns and c.number > 1}
    found: dict[tuple[str, int], dict[int, Column]] = {}
    for n, column in known.items():
        if column.role not in ADDRESS:
            continue
        number = column.number if column.number in numbers else 0
        is_street = number and column.role is Role.STREET_MORE
        own = replace(column, role=Role.STREET) if is_street else column
        found.setdefault((column.address, number), {})[n] = own
    order = sorted(found, key=lambda key: (key[1], ADDRESSES.index(key[0])))
    return tuple((key[0], _by_role(found[key])) for key in order)


def _owned(
    known: Mapping[int, Column], several: Sequence[int]
) -> tuple[tuple[int, Column, Whose, int], ...]:
    people = any(
        column.role in (Role.FIRST, Role.LAST)
        or (column.role is Role.PERSON and column.whose is Whose.PERSON)
        for column in known.values()
    )
    at_company = Whose.PERSON if people else Whose.COMPANY
    default = {Role.PHONE: at_company, Role.FAX: at_company}
    numbered = {
        column.role
        for column in known.values()
        if column.role in REACHING and column.number in several[1:]
    }
    owned = []
    for n, column in known.items():
        if column.role not in REACHING:
            continue
        whose = column.whose or default.get(column.role, Whose.PERSON)
        which = 0
        is_numbered = column.role in numbered and column.number in several
        if is_numbered and column.whose is not Whose.COMPANY:
            whose, which = Whose.PERSON, several.index(column.number)
        owned.append((n, column, whose, which))
    return tuple(owned)


def _unique(header: Iterable[str]) -> tuple[str, ...]:
    """The headers as fields are named: no two alike, and none empty."""
    taken: dict[str, int] = {}
    for number, text in enumerate(header, 1):
        name = plain = one_line(text) or f"Column {number}"
        while name in taken:
            taken[plain] += 1
            name = f"{plain} ({taken[plain]})"
        taken[name] = 1
    return tuple(taken)


def column_of(label: str, base: Column) -> Column:
    """The column of a number whose label is in the row: `Work Fax`, `Mobile`, `Home`."""
    words = " ".join(label.removeprefix("* ").split())
    kind = "email" if base.role is Role.EMAIL else "phone"
    for text in (words, f"{words} {kind}"):
        found = recognise(text)
        if (
            found
            and found.role in REACHING
            and (base.role is not Role.EMAIL or found.role is base.role)
        ):
            return replace(base, role=found.role, label=found.label)
    return replace(base, label=words)
