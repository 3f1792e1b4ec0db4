"""Full text: the dossiers in which all words stand, and where, the best first.

A word may stand in the names, on the sheet (`store.search` says what that is) or in a long text,
each word in another place. Where one word is in few dossiers, these are looked through. Where
all are common, as many dossiers are taken as are wanted: those with all words on the sheet, then
those with all words in one text, the newest first, then those with some here and some there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TextClause,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlmodel import SQLModel

from tickler.core import seeking
from tickler.core.contacts import Kind
from tickler.core.seeking import Part, Word
from tickler.core.text import fold
from tickler.core.views.found import Found
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services import finding, naming, passages, piles
from tickler.services.passages import Hits
from tickler.store import search
from tickler.store.search import Long

MOST_HITS = finding.MOST_HITS

#: A word that is in more rows than this is common: not all of its dossiers are looked through.
FEW = 300

#: Of a common word, so many of the newest texts are looked at for words that stand elsewhere.
_LOOKED_AT = 5000

#: So many texts are read for each dossier that is wanted: one client may have said it often.
_TEXTS_EACH = 20

_DOSSIER, _TAG = (SQLModel.metadata.tables[name] for name in ("dossier", "tag"))
_ENTRY = SQLModel.metadata.tables["entry"]

# Joins are written out: SQLite is told to begin with the index, which it would not by itself.
_KEY, _NAME, _PEOPLE = (literal_column(f"t.{each}") for each in ("rowid", "name", "people"))
_NUMBERS = literal_column("t.numbers")
_SHEET = literal_column("(t.name || ' | ' || t.people || ' | ' || t.sheet)")
_AT, _KIND = (literal_column(f"e.{n}", _ENTRY.c[n].type) for n in ("at", "kind"))
_OF, _ID = literal_column("e.dossier_id"), literal_column("e.id")

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: the words, and what must hold of a dossier and of an entry of it."""

    words: tuple[Word, ...] = ()
    lies: list[ColumnElement[bool]] = field(default_factory=list)
    written: list[ColumnElement[bool]] = field(default_factory=list)

    @property
    def indexed(self) -> list[Word]:
        """The words that the index knows."""
        return [word for word in self.words if len(word.text) >= search.SHORTEST]

    @property
    def texts(self) -> tuple[Long, ...]:
        """Where is looked besides the sheets; kinds and dates are those of entries."""
        return (search.ENTRY,) if self.written else search.LONG


def find(work: Work, typed: str, most: int = MOST_HITS) -> list[Found]:
    """The dossiers that have all that was typed, the cabinet included; raises Unreadable.

    `kind:offer`, `since:frühjahr`, `tag:x` and `slot:overdue` say what else must hold: the words
    stand on the sheet of a dossier with such an entry, or in such an entry. What is no filter, or
    cannot be read as one, is text.
    """
    asked = _asked(work, typed)
    if not (asked.words or asked.lies or asked.written):
        raise Unreadable("type at least one word or number to find")
    asked.lies.append(_DOSSIER.c.owner_id == work.rep_id)
    hits = dict(islice(_hits(work, asked, typed, most).items(), most))
    return passages.shown(work, hits, asked.words, asked.written)


def _asked(work: Work, typed: str) -> Asked:
    asked, words = Asked(), []
    kinds: list[Kind] = []
    slots: list[ColumnElement[bool]] = []
    for part in seeking.parts(typed):
        try:
            match part.filter:
                case "kind":
                    kinds.append(Kind(fold(part.value)))
                case "since":
                    asked.written.append(_AT >= _since(work, part.value))
                case "slot":
                    slots += piles.conditions_of(work, naming.slot(part.value))
                case "tag" if fold(part.value):
                    tagged = select(_TAG.c.dossier_id).where(_TAG.c.folded == fold(part.value))
                    asked.lies.append(_DOSSIER.c.id.in_(tagged))
                case _:
                    words.append(_as_text(part))
        except (ValueError, Unreadable):
            words.append(_as_text(part))
    if kinds:
        asked.written.append(_KIND.in_(kinds))
    if slots:
        asked.lies.append(or_(*slots))
    found = dict.fromkeys(word for word in map(seeking.word, words) if word)
    return Asked(tuple(found), asked.lies, asked.written)


def _as_text(part: Part) -> str:
    return part.typed if part.filter else part.value


def _since(work: Work, typed: str) -> datetime:
    now = datetime.combine(work.today, work.now.astimezone().time())
    order = work.settings.date_order
    return seeking.since(typed, now, work.calendar, order=order).astimezone()


def _hits(work: Work, asked: Asked, typed: str, most: int) -> Hits:
    hits = _rung(work, asked, typed)
    if hits and len(asked.words) > 1:
        return hits  # one number, written with blanks
    few = _looked_through(work, asked)
    if few is not None:
        return _with(hits, _ranked(work, asked, few))
    for way in (_on_sheets, _in_one_text, _here_and_there):
        if len(hits) < most:
            hits = _with(hits, way(work, asked, most))
    return hits


def _with(hits: Hits, more: Hits) -> Hits:
    return hits | {key: where for key, where in more.items() if key not in hits}


def _rung(work: Work, asked: Asked, typed: str) -> Hits:
    """The dossiers with the number that was typed, if it was one."""
    return _ranked(work, asked, dict.fromkeys(finding.by_number(work, typed)))


# A word that is in few dossiers


def _looked_through(work: Work, asked: Asked) -> Hits | None:
    """All dossiers that have the words; None where no word is in few of them."""
    best: tuple[Word, Hits] | None = None
    for word in asked.indexed:
        holders = _holders(work, asked, word)
        if holders is not None and (best is None or len(holders) < len(best[1])):
            best = word, holders
    if best is None:
        return None
    rarest, hits = best
    for word in asked.words:
        if word != rarest and hits:
            hits = _also_with(work, asked, hits, word)
    return hits


def _holders(work: Work, asked: Asked, word: Word) -> Hits | None:
    """The dossiers with this word; None where it is in too many rows."""
    sheets = select(_KEY).select_from(text("dossier_text t")).where(_matched([word]))
    hits: Hits = dict.fromkeys(_keys(work, sheets.limit(FEW + 1)))
    if len(hits) > FEW:
        return None
    for long in asked.texts:
        rows = work.ask(_texts(asked, long, [word]).limit(FEW + 1)).all()
        if len(rows) > FEW:
            return None
        hits = _with(hits, _newest(long, rows))
    return hits


def _also_with(work: Work, asked: Asked, hits: Hits, word: Word) -> Hits:
    """Those of the hits that have this word too."""
    keys = list(hits)
    sheets = select(_KEY).select_from(text("dossier_text t"))
    there = set(_keys(work, sheets.where(_KEY.in_(keys), _on_sheet(word))))
    found: Hits = {key: hits[key] for key in keys if key in there}
    for long in asked.texts:
        rest = [key for key in keys if key not in found]
        said = (
            select(_OF, func.max(_ID))
            .select_from(text(f"{long.table} e"))
            .where(_OF.in_(rest), _in_text(long, word), *asked.written)
            .group_by(_OF)
        )
        more = _newest(long, work.ask(said)) if rest else {}
        found |= {key: hits[key] or where for key, where in more.items()}
    return found


def _newest(long: Long, rows: Iterable[Any]) -> Hits:
    """The dossiers of these texts, newest first, each with the first of its texts."""
    hits: Hits = {}
    for dossier, key in rows:
        hits.setdefault(dossier, (long, key))
    return hits


def _ranked(work: Work, asked: Asked, hits: Hits) -> Hits:
    """Those of the hits that meet the filters, best first."""
    if not hits:
        return {}
    place = _place(asked).label("place")
    named = _placed(asked, place).where(_KEY.in_(list(hits)))
    rows = work.ask(named).all()
    said = {key: where[1] for key, where in hits.items() if where}
    # The sort is stable: what is on the sheet keeps its order, what was said last comes next.
    ranked = sorted(rows, key=lambda row: (row.place, row.rowid in said, -said.get(row.rowid, 0)))
    return {row.rowid: hits[row.rowid] for row in ranked}


# Words that are common


def _on_sheets(work: Work, asked: Asked, most: int) -> Hits:
    """Dossiers that have all words in names and on the sheet."""
    if asked.written and not asked.words:
        return {}
    statement = _placed(asked, _place(asked).label("place"))
    conditions = [_matched(asked.indexed), *map(_on_sheet, _short(asked))]
    return dict.fromkeys(_keys(work, statement.where(*conditions).limit(most)))


def _in_one_text(work: Work, asked: Asked, most: int) -> Hits:
    """Dossiers with a text that has all words; without words, with an entry as is asked for."""
    hits: Hits = {}
    if asked.words and not asked.indexed:
        return hits  # two letters would be looked for in every text there is
    for long in asked.texts if asked.words or asked.written else ():
        rows = work.ask(_texts(asked, long, asked.words).limit(most * _TEXTS_EACH))
        _take(hits, long, rows, most)
    return hits


def _here_and_there(work: Work, asked: Asked, most: int) -> Hits:
    """Dossiers with a word in one of its newest texts, and the others there or on the sheet."""
    hits: Hits = {}
    if len(asked.words) < 2:
        return hits
    for long in asked.texts:
        for word in asked.indexed:
            others = [
                or_(_in_text(long, each), _on_sheet(each)) for each in asked.words if each != word
            ]
            newest = (
                f"(SELECT rowid FROM {long.index} WHERE {long.index} MATCH :match "
                f"ORDER BY rowid DESC LIMIT {_LOOKED_AT}) f"
            )
            statement = (
                select(_OF, _ID)
                .select_from(
                    text(
                        f"{newest} CROSS JOIN {long.table} e ON e.id = f.rowid "
                        "CROSS JOIN dossier_text t ON t.rowid = e.dossier_id"
                    )
                )
                .where(_in_text(long, word), *others, *asked.written, _lies(asked, "e.dossier_id"))
                .limit(most * _TEXTS_EACH)
            )
            rows = work.ask(statement.params(match=search.in_text([word.text])))
            _take(hits, long, rows, most)
    return hits


def _take(hits: Hits, long: Long, rows: Iterable[Any], most: int) -> None:
    for dossier, key in rows:
        hits.setdefault(dossier, (long, key))
        if len(hits) >= most:
            return


# What is asked


def _texts(asked: Asked, long: Long, words: Sequence[Word]) -> Select[Any]:
    """The texts with these words, newest first: dossier and key."""
    indexed = [word.text for word in words if len(word.text) >= search.SHORTEST]
    match: list[TextClause] = []
    source = f"{long.table} e"
    if indexed:
        source = f"{long.index} f CROSS JOIN {long.table} e ON e.id = f.rowid"
        match = [text(f"f.{long.index} MATCH :match").bindparams(match=search.in_text(indexed))]
    newest = literal_column("f.rowid" if indexed else "e.id").desc()
    conditions = (*(_in_text(long, word) for word in words), *asked.written)
    return (
        select(_OF, _ID)
        .select_from(text(source))
        .where(*match, *conditions, _lies(asked, "e.dossier_id"))
        .order_by(newest)
    )


def _placed(asked: Asked, place: ColumnElement[int]) -> Select[Any]:
    """Dossiers that meet the filters, best first."""
    wanted = (
        select(literal_column("1"))
        .select_from(text("entry e"))
        .where(text("e.dossier_id = t.rowid"), *asked.written)
    )
    return (
        select(_KEY.label("rowid"), place)
        .select_from(text("dossier_text t CROSS JOIN dossier d ON d.id = t.rowid"))
        .where(_lies(asked, "t.rowid"), wanted.exists() if asked.written else true())
        .order_by(place, text("d.status <> 'open'"), text("d.folded"), text("d.id"))
    )


def _place(asked: Asked) -> ColumnElement[int]:
    """How well the words fit: 0 is the name itself, 6 is that none of them stands there."""
    whole = " ".join(word.text for word in asked.words)
    in_name = [func.instr(_NAME, word.text) > 0 for word in asked.words]
    named = (func.instr(_NAME + " | " + _PEOPLE, word.text) > 0 for word in asked.words)
    words = func.replace(func.replace(" " + _NAME, "-", " "), "(", " ")
    return case(
        (_NAME == whole, 0),
        (and_(_NAME >= whole, whole + _LAST > _NAME), 1),
        (and_(true(), *in_name, func.instr(words, f" {whole}") > 0), 2),
        (and_(true(), *in_name), 3),
        (and_(true(), *named), 4),
        (or_(false(), *in_name), 5),
        else_=6,
    )


def _lies(asked: Asked, key: str) -> ColumnElement[bool]:
    """That the dossier of this key meets the filters."""
    return select(_DOSSIER.c.id).where(_DOSSIER.c.id == literal_column(key), *asked.lies).exists()


def _matched(words: Sequence[Word]) -> ColumnElement[bool] | TextClause:
    """That the index has these words of a dossier `t`."""
    if not words:
        return true()
    match = " AND ".join(search.on_sheet(word.text, word.digits) for word in words)
    return text("t.dossier_text MATCH :sheet").bindparams(sheet=match)


def _on_sheet(word: Word) -> ColumnElement[bool]:
    there = func.instr(_SHEET, word.text) > 0
    return or_(there, func.instr(_NUMBERS, word.digits) > 0) if word.digits else there


def _in_text(long: Long, word: Word) -> ColumnElement[bool]:
    return func.instr(func.fold(literal_column(f"e.{long.column}")), word.text) > 0


def _short(asked: Asked) -> list[Word]:
    return [word for word in asked.words if word not in asked.indexed]


def _keys(work: Work, statement: Select[Any]) -> list[int]:
    return list(work.ask(statement).scalars())
