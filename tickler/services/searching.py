"""Full text: the dossiers in which all words stand, and where, the best first.

Each word may stand anywhere in a dossier: in what the indexes have of the dossier itself, or in a
text that hangs on it. Texts are read from the newest on, and no further than needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select, text
from sqlmodel import SQLModel

from tickler.core import seeking
from tickler.core.contacts import Kind
from tickler.core.seeking import Sought, Word, nearness
from tickler.core.text import harmless
from tickler.core.views.found import Found
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services import dossiers, finding, naming, passages, piles
from tickler.services.passages import Hit, Hits
from tickler.store import search
from tickler.store.search import ENTRY, INDEXES, SHEET, TITLE, Index

MOST_HITS = finding.MOST_HITS

#: A word in no more dossiers than this is rare: all of them are looked through for the others.
FEW = 500

_TABLES = SQLModel.metadata.tables
_DOSSIER, _ENTRY, _TAG = _TABLES["dossier"], _TABLES["entry"], _TABLES["tag"]
_LAST = "\U0010ffff"

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: the words, and what else must hold.

    `lies` are conditions on the table of dossiers; `kinds` and `since` ask for such an entry, and
    words that are found in entries then stand in one.
    """

    words: tuple[Word, ...]
    lies: tuple[Condition, ...]
    kinds: tuple[Kind, ...]
    since: datetime | None
    filtered: bool

    @property
    def of_entries(self) -> bool:
        """Whether such an entry is asked for."""
        return bool(self.kinds or self.since)

    @property
    def indexes(self) -> Sequence[Index]:
        """Where is looked."""
        if not self.words:
            return (ENTRY,) if self.of_entries else (SHEET,)
        return (SHEET, ENTRY) if self.of_entries else INDEXES

    def entry(self, name: str) -> list[Condition]:
        """What is asked of an entry, called `name` in the statement."""
        kind: ColumnElement[Any] = literal_column(f"{name}.kind", _ENTRY.c.kind.type)
        at: ColumnElement[Any] = literal_column(f"{name}.at", _ENTRY.c.at.type)
        wanted: list[Condition] = [kind.in_(self.kinds)] if self.kinds else []
        return [*wanted, at >= self.since] if self.since else wanted


def find(work: Work, typed: str, most: int = MOST_HITS) -> list[Found]:
    """The dossiers that have all that was typed, the cabinet included.

    `kind:offer`, `since:frühjahr`, `tag:x` and `slot:overdue` say what else must hold. Raises
    Unreadable where nothing is asked for, or a filter cannot be read.
    """
    sought = seeking.read(typed)
    asked = _asked(work, sought)
    if not (asked.words or asked.filtered):
        raise Unreadable("type at least one word or number to find")
    rung = dict.fromkeys(finding.by_number(work, typed), Hit(SHEET))
    if rung and len(asked.words) > 1:
        return passages.shown(work, _ranked(work, asked, rung, rung, most), asked.words)
    exact = replace(asked, words=tuple(word.as_typed for word in asked.words))
    hits = rung | _by_name(work, asked, most)
    hits = _gathered(work, exact, most) | hits
    as_typed = set(hits)
    if len(hits) < most and exact.words != asked.words:
        hits = _gathered(work, asked, most) | hits
    return passages.shown(work, _ranked(work, asked, hits, as_typed, most), asked.words)


def _asked(work: Work, sought: Sought) -> Asked:
    """What the filters mean here; raises Unreadable."""
    lies: list[Condition] = [
        _DOSSIER.c.id.in_(select(_TAG.c.dossier_id).where(_TAG.c.folded == tag))
        for tag in sought.tags
    ]
    slots = [
        condition
        for typed in sought.slots
        for condition in piles.conditions_of(work, naming.slot(typed))
    ]
    if sought.slots:
        lies.append(or_(false(), *slots))
    since = max((_since(work, typed) for typed in sought.since), default=None)
    filtered = bool(lies or sought.kinds or since)
    mine = _DOSSIER.c.owner_id == work.rep_id
    return Asked(sought.words, (mine, *lies), sought.kinds, since, filtered)


def _since(work: Work, typed: str) -> datetime:
    now = datetime.combine(work.today, work.now.astimezone().time())
    found = seeking.since(typed, now, work.calendar, order=work.settings.date_order)
    try:
        return found.astimezone()
    except (ValueError, OverflowError):
        raise Unreadable(f"“{harmless(typed)}” is too long ago") from None


# Gathering


def _by_name(work: Work, asked: Asked, most: int) -> Hits:
    """Dossiers whose names begin with what was typed, then those with the words in their names."""
    if not asked.words:
        return {}
    begun: ColumnElement[str] = literal_column("e.folded")
    ways = [and_(begun >= whole, begun < whole + _LAST) for whole in _wholes(asked.words)]
    statement = _standing(asked, TITLE, "dossier e", (), or_(*ways)).limit(most)
    hits: Hits = dict(_read(work, TITLE, statement))
    return hits | _first(_with_words(work, asked, TITLE, asked.words), FEW)


def _gathered(work: Work, asked: Asked, most: int) -> Hits:
    """Dossiers with all words; as many as are wanted, if there are."""
    if asked.filtered and (lying := _lying(work, asked)) is not None:
        return _looked_through(work, asked, lying)
    hits: Hits = {}
    for index in asked.indexes:
        hits = _first(_with_words(work, asked, index, asked.words), most) | hits
    if len(hits) < most and len(asked.words) > 1:
        keys = _with_a_rare_word(work, asked)
        keys = _with_every_word(work, asked) if keys is None else keys
        hits = _looked_through(work, asked, keys) | hits
    return hits


def _first(rows: Iterator[tuple[int, Hit]], most: int) -> Hits:
    """The dossiers of the first rows, no more than `most`, each with the first of its rows."""
    hits: Hits = {}
    for key, hit in rows:
        hits.setdefault(key, hit)
        if len(hits) >= most:
            break
    return hits


def _lying(work: Work, asked: Asked) -> list[int] | None:
    """The dossiers that lie where is asked for; None where these are many."""
    found = work.ask(select(_DOSSIER.c.id).where(*asked.lies).limit(FEW + 1)).scalars().all()
    return None if len(found) > FEW else list(found)


def _with_a_rare_word(work: Work, asked: Asked) -> Collection[int] | None:
    """The dossiers that have a word which few have; None where all words are common."""
    for word in sorted(asked.words, key=lambda word: -len(word.text)):
        hits: Hits = {}
        for index in asked.indexes if _is_indexed(word) else ():
            hits |= _first(_with_words(work, asked, index, [word]), FEW + 1 - len(hits))
            if len(hits) > FEW:
                break
        else:
            return hits
    return None


def _with_every_word(work: Work, asked: Asked) -> list[int]:
    """The dossiers that have all words; where these are many, the newest."""
    having: list[set[int]] = []
    for word in asked.words:
        rows = (row for index in asked.indexes for row in _with_words(work, asked, index, [word]))
        having.append({key for key, _ in rows})
    return sorted(set.intersection(*having), reverse=True)[:FEW]


def _looked_through(work: Work, asked: Asked, keys: Collection[int]) -> Hits:
    """Those of these dossiers that have all words, each with the row that has most of them.

    What stands in a name is read there: such a word chooses no row.
    """
    chosen: dict[int, Counter[Hit]] = {}
    named: Counter[int] = Counter()
    for words in [[word] for word in asked.words] or [[]]:
        in_name = {key for key, _ in _among(work, asked, TITLE, keys, words)} if words else set()
        named.update(in_name)
        found: dict[int, Counter[Hit]] = {}
        for index in asked.indexes:
            for key, hit in _among(work, asked, index, keys, words):
                rows = found.setdefault(key, chosen.get(key, Counter()))
                rows[hit] += key not in in_name
        chosen, keys = found, list(found)
    hits: Hits = {}
    for key, rows in chosen.items():
        hit = max(rows, key=lambda hit: (rows[hit], hit.at))
        hits[key] = replace(hit, together=rows[hit] + named[key] == len(asked.words))
    return hits


# What is asked of the database. Joins are written out: SQLite is told to begin with the index.


def _with_words(
    work: Work, asked: Asked, index: Index, words: Sequence[Word]
) -> Iterator[tuple[int, Hit]]:
    """The rows with all of these words, the newest first."""
    indexed = [word for word in words if _is_indexed(word)]
    asks = (f"({search.matching(index, word.spellings, word.digits)})" for word in indexed)
    whole: ColumnElement[str] = literal_column(f"f.{index.name}")
    matched = [whole.op("MATCH", is_comparison=True)(" AND ".join(asks))] if indexed else []
    source = f"{index.name} f CROSS JOIN {index.table} e ON e.{index.link} = f.rowid"
    statement = _standing(asked, index, source, words, *matched)
    return _read(work, index, statement.order_by(literal_column("f.rowid").desc()))


def _among(
    work: Work, asked: Asked, index: Index, keys: Collection[int], words: Sequence[Word]
) -> Iterator[tuple[int, Hit]]:
    """The rows with all of these words that belong to these dossiers."""
    among = literal_column(f"e.{index.dossier}").in_(keys)
    source = f"{index.table} e CROSS JOIN {index.name} f ON f.rowid = e.{index.link}"
    return _read(work, index, _standing(asked, index, source, words, among))


def _standing(
    asked: Asked, index: Index, source: str, words: Iterable[Word], *conditions: Condition
) -> Select[Any]:
    """The rows of `source` with these words: a dossier, a key of the index's table `e`, when."""
    dossier: ColumnElement[int] = literal_column(f"e.{index.dossier}")
    columns: list[ColumnElement[Any]] = [dossier, literal_column("e.id"), literal_column(index.at)]
    stands = (_stands(index, word) for word in words)
    columns: Select[Any] = select(dossier, key, at)
    return columns.select_from(text(source)).where(
        *conditions, *stands, *_written(asked, index), _lies(asked, dossier)
    )


def _lies(asked: Asked, dossier: ColumnElement[int]) -> Condition:
    return select(_DOSSIER.c.id).where(_DOSSIER.c.id == dossier, *asked.lies).exists()


def _written(asked: Asked, index: Index) -> list[Condition]:
    """That the entry, or one of the dossier, is such as is asked for."""
    if index is ENTRY or not asked.of_entries:
        return asked.entry("e")
    here = literal_column("w.dossier_id") == literal_column(f"e.{index.dossier}")
    entries: Select[Any] = select(literal_column("w.id")).select_from(text("entry w"))
    return [entries.where(here, *asked.entry("w")).exists()]


def _stands(index: Index, word: Word) -> Condition:
    """That a row `f` of the index has the word."""
    said: ColumnElement[str] = literal_column(
        f"({search.APART.join(f'f.{column}' for column in index.words)})"
    )
    there = [func.instr(said, spelling) > 0 for spelling in word.spellings]
    if word.digits and "numbers" in index.columns:
        there.append(func.instr(literal_column("f.numbers"), word.digits) > 0)
    return or_(*there)


def _read(work: Work, index: Index, statement: Select[Any]) -> Iterator[tuple[int, Hit]]:
    """What a statement finds, no further than it is asked for."""
    with closing(work.ask(statement)) as rows:
        for dossier, key, at in rows:
            yield dossier, Hit(index, key, at)


def _is_indexed(word: Word) -> bool:
    return len(word.text) >= search.SHORTEST


# Ranking


def _ranked(work: Work, asked: Asked, hits: Hits, as_typed: Collection[int], most: int) -> Hits:
    """The best of the hits, best first: by name, as it was typed, open, newest."""
    places: dict[int, tuple[Any, ...]] = {}
    for batch in dossiers.batches(hits):
        listed = ",".join(map(str, batch))
        rows = work.connection.exec_driver_sql(
            "SELECT d.id, f.name, f.people, d.status <> 'open' FROM dossier d "
            "CROSS JOIN dossier_text f ON f.rowid = d.id "
            f"WHERE d.owner_id = {work.rep_id} AND d.id IN ({listed})"
        )
        for key, name, people, closed in rows:
            hit = hits[key]
            place, exact = _place(asked.words, name, people, key in as_typed)
            places[key] = (place, not exact, closed, bool(hit.at), not hit.together, name)
    newest = sorted(places, key=lambda key: hits[key].at, reverse=True)
    return {key: hits[key] for key in sorted(newest, key=places.__getitem__)[:most]}


def _place(words: Sequence[Word], name: str, people: str, as_typed: bool) -> tuple[int, bool]:
    """How near the words are to a name: 0 is the name itself, 6 is elsewhere; and if as typed."""
    if all(word.within(name) for word in words):
        near = min(nearness(name, whole) for whole in _wholes(words))
        return near, all(word.text in name for word in words)
    if all(word.within(name) or word.within(people) for word in words):
        return 4, all(word.text in name or word.text in people for word in words)
    return (5 if any(word.within(name) for word in words) else 6), as_typed


def _wholes(words: Sequence[Word]) -> list[str]:
    """The words as one text, as they were typed, and spelled otherwise."""
    most = max((len(word.spellings) for word in words), default=0)
    return [
        " ".join(word.spellings[n % len(word.spellings)] for word in words) for n in range(most)
    ]
