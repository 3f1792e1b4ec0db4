"""What the rep says about a list that its file does not say: what its columns hold, and how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tickler.core.dates.context import DateOrder
from tickler.core.phrases import named
from tickler.core.text import one_line, quote
from tickler.errors import Unreadable
from tickler.formats.lists.columns import Column, key_of, recognise
from tickler.formats.lists.headers import Role

#: No map is longer.
_LONGEST = 10_000

#: What is said of a column that is to be kept as a field of the card.
KEPT = "-"

_PAIR = re.compile(r"\s*(?P<column>.+?)\s*=\s*(?P<target>[^=,;]+?)\s*(?:[,;]|$)")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """How a list is to be read.

    `columns` are our fields by the column's header or number: `{"Kunde": "company"}`. Without
    `encoding` it is found by rule. `date_order` is for columns of dates that do not say. `today`
    is the rep's day, for what repeats. `sheet` is the one of a workbook, `to` names the dossier of
    what names no client, in a calendar.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    date_order: DateOrder | None = None
    today: date | None = None
    sheet: str = ""
    to: str = ""


AS_FOUND = Reading()


def read_map(text: str) -> dict[str, str]:
    """The columns of `Kunde=company,Tel=phone`; raises Unreadable, naming what there is."""
    if len(text) > _LONGEST:
        raise Unreadable(f"{quote(text)} is too long: a map has {_LONGEST:,} characters at most")
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        match = _PAIR.match(text, place)
        if match is None:
            raise Unreadable(
                f"{quote(text[place:])} does not say what a column holds: write it as "
                "Kunde=company,Tel=phone or 1=company,3=phone"
            )
        target_of(match["target"])
        if match["column"] in found:
            raise Unreadable(f"{quote(match['column'])} is given twice: say once what it holds")
        found[match["column"]] = match["target"]
        place = match.end()
    if not found:
        raise Unreadable("what do the columns hold? Write it as Kunde=company,Tel=phone")
    return found


def target_of(text: str) -> Column | None:
    """What a column is said to hold, None for a field of the card; raises Unreadable."""
    if text.strip() == KEPT:
        return None
    if found := recognise(text):
        return found
    known = ", ".join(role for role in Role)
    raise Unreadable(
        f"{quote(text)} is not a field that a list fills: there are {known}, and - to keep"
    )


def said_of(header: Sequence[str], columns: Mapping[str, str]) -> dict[int, Column | None]:
    """What is said of the columns under `header`, by their place; raises Unreadable."""
    return {n: target_of(target) for n, target in _placed(header, columns).items()}


def numbered(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """What is said of the columns under `header`, by their number; raises Unreadable."""
    return {str(n + 1): target for n, target in _placed(header, columns).items()}


def _placed(header: Sequence[str], columns: Mapping[str, str]) -> dict[int, str]:
    keys = [key_of(text) for text in header]
    placed: dict[int, str] = {}
    for name, target in columns.items():
        places = [n for n, key in enumerate(keys) if key and key == key_of(name)]
        if not places and name.isdecimal() and 1 <= int(name) <= len(header):
            places = [int(name) - 1]
        if not places:
            shown = [one_line(text) for text in header if text.strip()]
            there = f"there are {named(shown, _SHOWN)}" if shown else f"there are {len(header)}"
            raise Unreadable(f"no column is called {quote(name)}: {there}")
        placed.update(dict.fromkeys(places, target))
    return placed
