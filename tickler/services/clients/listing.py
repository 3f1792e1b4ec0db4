"""Lists of dossiers: which ones first, then a portion of their rows at a time.

SQL says which ones there are, so that a row is read only where it is shown.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import ColumnElement, Row, func, select
from sqlmodel import SQLModel, col

from tickler.core.search import query
from tickler.core.text import fold
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.models import Tag
from tickler.services.clients import filters, find, neglect, read
from tickler.services.piles import pile
from tickler.store import search_sql

_DOSSIER = SQLModel.metadata.tables["dossier"]

#: The first portion is read at once; each of the others is worth a question of its own.
FIRST, EACH = 250, 2_000

#: So many rows from all over a list show how wide its columns are.
_SAMPLE = 250

_NAMED = select(
    _DOSSIER.c.folded,
    _DOSSIER.c.id,
    func.length(_DOSSIER.c.name).label("name"),
    func.length(_DOSSIER.c.next_what).label("what"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids of the dossiers of a list in its order; `wide` are those that need most room."""

    keys: Sequence[int]
    wide: Sequence[int]

    def portions(self) -> Iterator[Sequence[int]]:
        """The ids in portions, to be read one after the other."""
        for start in (0, *range(FIRST, len(self.keys), EACH)):
            yield self.keys[start : start + EACH if start else FIRST]


def of(
    work: Work,
    typed: str = "",
    *,
    slot: str | None = None,
    tag: str | None = None,
    neglected: bool = False,
) -> Listing:
    """All dossiers, or those in a slot, with a tag, and with the words and filters typed; by name.

    `neglected`: those without contact for longer than their intervals allow, the worst first.
    """
    query.refuse_apart(typed)
    sought = query.read(typed)
    words = " ".join(word.text for word in sought.words) if sought.has_filters else typed
    among = find.having(work, words) if fold(words) else None
    worst = sorted(neglect.neglected(work), key=neglect.worst_first) if neglected else ()
    if neglected:
        waiting = {each.key for each in worst}
        among = waiting if among is None else among & waiting
    found = _named(work, among, slot=slot, tag=tag)
    if sought.has_filters:
        fit = {*search_sql.lying_by_name(work.connection, filters.conditions(work, sought))}
        found = [row for row in found if row.id in fit]
    keys = [row.id for row in found]
    if neglected:
        having = {*keys}
        keys = [each.key for each in worst if each.key in having]
    return Listing(keys, _wide(found, keys))


def rows(work: Work, keys: Sequence[int], *, whole: bool = True) -> list[DossierRow]:
    """The dossiers of these ids, in this order; those that are gone by now are left out."""
    found = {
        row.id: row
        for batch in read.batches(keys)
        for row in read.rows(work, _DOSSIER.c.id.in_(batch), whole=whole)
    }
    return [found[key] for key in keys if key in found]


def listed(
    work: Work,
    typed: str = "",
    *,
    slot: str | None = None,
    tag: str | None = None,
    neglected: bool = False,
) -> list[DossierRow]:
    """All rows of such a list at once."""
    return rows(work, of(work, typed, slot=slot, tag=tag, neglected=neglected).keys)


def _named(
    work: Work, among: Collection[int] | None, *, slot: str | None, tag: str | None
) -> list[Row[tuple[str, int, int, int]]]:
    """The folded name, id and lengths of what is to be listed, by name; `among` these, if given."""
    conditions = [_DOSSIER.c.owner_id == work.rep_id]
    if tag is not None:
        tagged = select(col(Tag.dossier_id)).where(col(Tag.folded) == fold(tag))
        conditions.append(_DOSSIER.c.id.in_(tagged))
    # Each range of a slot is asked by itself: together they would make SQLite read every dossier.
    ranges: list[list[ColumnElement[bool]]] = [[]]
    if slot is not None:
        ranges = [[each] for each in pile.conditions_of(work, slot)]
    if among is not None:
        batches = [*read.batches(sorted(among))]
        ranges = [[*each, _DOSSIER.c.id.in_(batch)] for each in ranges for batch in batches]
    found = [row for each in ranges for row in work.ask(_NAMED.where(*conditions, *each))]
    return sorted(found, key=itemgetter(0, 1))


def _wide(found: Sequence[Row[tuple[str, int, int, int]]], keys: Sequence[int]) -> list[int]:
    """The ids of some from all over a list, and of those with the longest texts."""
    if len(keys) <= FIRST:
        return []
    longest = [max(found, key=itemgetter(n)).id for n in (1, 2, 3)]
    return list(dict.fromkeys([*keys[:: len(keys) // _SAMPLE + 1], *longest]))
