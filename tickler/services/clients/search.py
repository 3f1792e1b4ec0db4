"""Full text: the dossiers that have all words, and where, the best first.

Each word may be anywhere in a dossier: in what the indexes have of the dossier itself, or in a
text attached to it. Texts are read from the newest on, and no further than needed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tickler.core.search import query
from tickler.core.search.query import Sought, Word
from tickler.core.views.found import Found
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services.clients import excerpts, filters, read
from tickler.services.clients.find import MOST_HITS, by_number
from tickler.store import search_sql
from tickler.store.search import SHEET, TITLE
from tickler.store.search_sql import Conditions, Hit, Row

#: A word in no more texts than this is rare: their dossiers are looked through for the others.
FEW = 100

#: So are those that a filter leaves, where they are no more than this.
LEFT = 500

#: How many texts of a common word are counted.
COUNTED = 10_000

#: Looking through a dossier is as much work as reading this many texts that have a word.
_EACH = 5

Words = Sequence[Word]
Hits = dict[int, Hit]


def find(work: Work, typed: str, most: int = MOST_HITS) -> list[Found]:
    """The dossiers that have all that was typed, the cabinet included.

    `kind:offer`, `tag:x` and other filters say what else must hold. Raises Unreadable where
    nothing is asked for, or a filter cannot be read.
    """
    sought = query.read(typed)
    asked = filters.conditions(work, sought)
    if sought == Sought():
        raise Unreadable("type at least one word or number to find")
    words, exact = sought.words, [word.as_typed for word in sought.words]
    hits: Hits = dict.fromkeys(by_number(work, typed), Hit(SHEET))
    hits |= _by_name(work, asked, words, most)
    hits = _gathered(work, asked, exact, most) | hits
    as_typed = set(hits)
    if len(hits) < most and [*words] != exact:
        hits = _gathered(work, asked, words, most) | hits
    best = {key: hits[key] for key in _ranked(work, asked, words, hits, as_typed)[:most]}
    return excerpts.shown(work, _with_entries(work, asked, best), words)


# Gathering


def _by_name(work: Work, asked: Conditions, words: Words, most: int) -> Hits:
    """Dossiers whose names begin with what was typed, then those with the words in their names."""
    hits: Hits = {}
    for whole in query.wholes(words):
        hits |= _first(search_sql.named(work.connection, asked, whole), most)
    named = search_sql.newest(work.connection, asked, TITLE, words)
    return hits | _first(named, MOST_HITS if words else 0)


def _gathered(work: Work, asked: Conditions, words: Words, most: int) -> Hits:
    """Dossiers with all words; as many as are wanted, if there are."""
    few = _few(work, asked, words)
    if few is not None:
        return _looked_through(work, asked, words, few, len(few))
    hits: Hits = {}
    for index in asked.indexes(words):
        hits = _first(search_sql.newest(work.connection, asked, index, words), most) | hits
    if len(hits) < most and len(words) > 1:
        hits = _looked_through(work, asked, words, _candidates(work, words), most) | hits
    return hits


def _first(rows: Iterator[Row], most: int) -> Hits:
    """The dossiers of the first rows, no more than `most`, each with the first of its rows."""
    hits: Hits = {}
    for key, hit in rows:
        if len(hits) >= most:
            break
        hits.setdefault(key, hit)
    return hits


def _few(work: Work, asked: Conditions, words: Words) -> Collection[int] | None:
    """All candidates, where a filter or a rare word leaves few of them."""
    if len(asked.lies) > 1:
        lying = search_sql.lying(work.connection, asked, LEFT + 1)
        if len(lying) <= LEFT:
            return lying
    if len(words) < 2:
        return None
    indexed = filter(search_sql.is_indexed, words)
    found = (search_sql.owners(work.connection, word, FEW + 1) for word in indexed)
    rarest = min(found, key=len, default=None)
    return None if rarest is None or len(rarest) > FEW else set(rarest)


def _candidates(work: Work, words: Words) -> list[int]:
    """Dossiers among which are all that have the words, the newest first."""
    counted = [(search_sql.owners(work.connection, word, COUNTED), word) for word in words]
    found: set[int] | None = None
    for owners, word in sorted(counted, key=lambda each: len(each[0])):
        if found is not None and len(owners) > len(found) * _EACH:
            break
        some = len(owners) == COUNTED
        having = set(search_sql.owners(work.connection, word) if some else owners)
        found = having if found is None else found & having
    return sorted(found or (), reverse=True)


def _looked_through(
    work: Work, asked: Conditions, words: Words, keys: Iterable[int], most: int
) -> Hits:
    """Those of these dossiers that have all words; no more are read than are wanted."""
    hits: Hits = {}
    for batch in read.batches(keys):
        hits |= _with_all(work, asked, words, batch)
        if len(hits) >= most:
            break
    return hits


def _with_all(work: Work, asked: Conditions, words: Words, keys: Collection[int]) -> Hits:
    """Those of these dossiers that have all words, each with the row that has most of them.

    A word that is in the name chooses no row.
    """
    # Short words first: where they are asked for, others have been found already.
    groups: list[Words] = [[word] for word in sorted(words, key=search_sql.is_indexed)] or [[]]
    rows: list[tuple[Words, list[Row]]] = []
    for group in groups:
        rows.append((group, list(search_sql.among(work.connection, asked, keys, group))))
        keys = {key for key, _ in rows[-1][1]}
    unnamed = {
        key: [word for word in words if not word.within(name)]
        for key, name, *_ in search_sql.names(work.connection, asked, keys)
    }
    chosen: dict[int, Counter[Hit]] = {key: Counter() for key in keys}
    for group, found in rows:
        for key, hit in found:
            if key in chosen:
                chosen[key][hit] += all(word in unnamed[key] for word in group)
    hits: Hits = {}
    for key, counted in chosen.items():
        hit = max(counted, key=lambda hit: (counted[hit], hit.at))
        hits[key] = replace(hit, together=counted[hit] == len(unnamed[key]))
    return hits


def _ranked(
    work: Work, asked: Conditions, words: Words, hits: Hits, as_typed: Collection[int]
) -> list[int]:
    """The hits, best first: by name, as it was typed, open, newest."""
    places: dict[int, tuple[Any, ...]] = {}
    for batch in read.batches(hits):
        for key, name, people, closed in search_sql.names(work.connection, asked, batch):
            place, exact = query.near(words, name, people)
            if place >= query.ELSEWHERE:
                exact = key in as_typed
            hit = hits[key]
            in_text = bool(hit.at)
            last = "" if in_text else name
            places[key] = (place, not exact, closed, in_text, not hit.together, last)
    newest = sorted(places, key=lambda key: (hits[key].at, hits[key].key), reverse=True)
    return sorted(newest, key=places.__getitem__)


def _with_entries(work: Work, asked: Conditions, hits: Hits) -> Hits:
    """The hits; where entries are asked for, one without gets the newest of these."""
    keys = [key for key, hit in hits.items() if not hit.at] if asked.written else []
    entries = search_sql.among(work.connection, asked, keys, [])
    return hits | dict(sorted(entries, key=lambda row: row[1].at)) if keys else hits
