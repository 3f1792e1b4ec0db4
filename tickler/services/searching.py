"""Full text: the dossiers in which all words stand, and where, the best first.

A word may stand in the names, on the sheet (`store.search` says what that is) or in a long text,
each word in another place. Where one word is in few dossiers, these are looked through. Where
all are common, as many dossiers are taken as are wanted: those with all words on the sheet, then
those with all words in one text, the newest first, then those with some here and some there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    TextClause,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    quoted_name,
    select,
    table,
    text,
    true,
)
from sqlmodel import SQLModel

from tickler.core.seeking import Word
from tickler.core.views.found import Found
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services import finding, passages
from tickler.services.asked import Asked, asked_by
from tickler.services.passages import Hits
from tickler.store import search
from tickler.store.search import Long

MOST_HITS = finding.MOST_HITS

#: A word that is in more rows than this is common: not all of its dossiers are looked through.
FEW = 300

#: Of a common word, so many of the newest texts are looked at for words that stand elsewhere.
_LOOKED_AT = 2000

#: So many texts are read for each dossier that is wanted: one client may have said it often.
_TEXTS_EACH = 20

_DOSSIER = SQLModel.metadata.tables["dossier"]

# Joins are written out: SQLite is told to begin with the index, which it would not by itself.
_Column = ColumnElement[Any]
_key: _Column = literal_column("t.rowid")
_name: _Column = literal_column("t.name")
_numbers: _Column = literal_column("t.numbers")
_names: _Column = literal_column(f"(t.name || {search.APART} || t.people)")
_sheet: _Column = literal_column(
    f"(t.name || {search.APART} || t.people || {search.APART} || t.sheet)"
)
_of: _Column = literal_column("e.dossier_id")
_id: _Column = literal_column("e.id")
_rowid: _Column = literal_column("rowid")

_LAST = "\U0010ffff"


def find(work: Work, typed: str, most: int = MOST_HITS) -> list[Found]:
    """The dossiers that have all that was typed, the cabinet included; raises Unreadable.

    `kind:offer`, `since:frühjahr`, `tag:x` and `slot:overdue` say what else must hold: the words
    stand on the sheet of a dossier with such an entry, or in such an entry. What is no filter, or
    cannot be read as one, is text.
    """
    asked = asked_by(work, typed)
    if not (asked.words or asked.lies or asked.written):
        raise Unreadable("type at least one word or number to find")
    asked.lies.append(_DOSSIER.c.owner_id == work.rep_id)
    hits = dict(islice(_hits(work, asked, typed, most).items(), most))
    return passages.shown(work, hits, asked.words, asked.written)


def _hits(work: Work, asked: Asked, typed: str, most: int) -> Hits:
    hits = _rung(work, asked, typed)
    if hits and len(asked.words) > 1:
        return hits  # one number, written with blanks
    few = _looked_through(work, asked, most)
    if few is not None:
        said = _in_one_text(work, asked, most) if len(asked.words) > 1 else {}
        together = {key: where for key, where in said.items() if few.get(key)}
        return _with(hits, _ranked(work, asked, few | together, together))
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


def _looked_through(work: Work, asked: Asked, most: int) -> Hits | None:
    """The dossiers that have the words; None where no word is in few of them."""
    held = {word: _holders(work, asked, word) for word in asked.indexed}
    few = [holders for holders in held.values() if holders is not None]
    if not few:
        return None
    hits = min(few, key=len)
    for holders in few:
        hits = {key: where or holders[key] for key, where in hits.items() if key in holders}
    for word in asked.words:
        if hits and held.get(word) is None:
            hits = _also_with(work, asked, hits, word, most)
    return hits


def _holders(work: Work, asked: Asked, word: Word) -> Hits | None:
    """The dossiers with this word; None where it is in too many rows."""
    sheets = select(_key).select_from(_joined("dossier_text t")).where(_matched([word]))
    hits: Hits = dict.fromkeys(_keys(work, sheets.limit(FEW + 1)))
    if len(hits) > FEW:
        return None
    for long in asked.texts:
        rows = _keys(work, _indexed(long, [word]).limit(FEW + 1))
        if len(rows) > FEW:
            return None
        said = select(_of, _id).select_from(_joined(f"{long.table} e")).order_by(_id.desc())
        said = said.where(_id.in_(rows), _in_text(long, word), *asked.written)
        hits = _with(hits, _newest(long, work.ask(said)))
    return hits


def _also_with(work: Work, asked: Asked, hits: Hits, word: Word, most: int) -> Hits:
    """Those of the hits that have this word too; texts are read where sheets are too few."""
    keys = list(hits)
    sheets = select(_key).select_from(_joined("dossier_text t"))
    there = set(_keys(work, sheets.where(_key.in_(keys), _on_sheet(word))))
    found: Hits = {key: hits[key] for key in keys if key in there}
    enough = len(found) >= most and not asked.filtered
    for long in () if enough else asked.texts:
        rest = [key for key in keys if key not in found]
        said = (
            select(_of, func.max(_id))
            .select_from(_joined(f"{long.table} e"))
            .where(_of.in_(rest), _in_text(long, word), *asked.written)
            .group_by(_of)
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


def _ranked(work: Work, asked: Asked, hits: Hits, together: Collection[int] = ()) -> Hits:
    """Those of the hits that meet the filters, best first.

    `together` are those where all words stand in one text.
    """
    if not hits:
        return {}
    place = _place(asked).label("place")
    named = _placed(asked, place).where(_key.in_(list(hits)))
    rows = work.ask(named).all()
    said = {key: where[1] for key, where in hits.items() if where}

    def place_of(row: Any) -> tuple[int, bool, bool, int]:  # noqa: ANN401  # a row of columns
        key = row.rowid
        return row.place, key in said, key not in together, -said.get(key, 0)

    # The sort is stable: what is on the sheet keeps its order, what was said last comes next.
    return {row.rowid: hits[row.rowid] for row in sorted(rows, key=place_of)}


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
            others = [each for each in asked.words if each != word]
            somewhere = (or_(_on_sheet(each), _in_text(long, each)) for each in others)
            # Texts that have them all are found already: of the others few need to be folded.
            fits = case(
                (or_(*map(_on_sheet, others)), and_(_in_text(long, word), *somewhere)),
                else_=false(),
            )
            newest = _indexed(long, [word]).order_by(_rowid.desc()).limit(_LOOKED_AT)
            statement = (
                select(_of, _id)
                .select_from(
                    _joined(f"{long.table} e CROSS JOIN dossier_text t ON t.rowid = e.dossier_id")
                )
                .where(_id.in_(newest), *asked.written, fits, _lies(asked, "e.dossier_id"))
                .order_by(_id.desc())
                .limit(most * _TEXTS_EACH)
            )
            rows = work.ask(statement)
            _take(hits, long, rows, most)
    return hits


def _take(hits: Hits, long: Long, rows: Iterable[Any], most: int) -> None:
    for dossier, key in rows:
        hits.setdefault(dossier, (long, key))
        if len(hits) >= most:
            return


# What is asked


def _joined(tables: str) -> FromClause:
    """Tables as they are written in SQL, for a statement that names their columns so too."""
    return table(quoted_name(tables, quote=False))


def _indexed(long: Long, words: Sequence[Word]) -> Select[Any]:
    """The rows that may have all of these words, as far as the index knows."""
    match = search.in_text([word.text for word in words])
    matched = text(f"{long.index} MATCH :match").bindparams(match=match)
    return select(_rowid).select_from(_joined(long.index)).where(matched)


def _texts(asked: Asked, long: Long, words: Sequence[Word]) -> Select[Any]:
    """The texts with these words, newest first: dossier and key."""
    indexed = [word.text for word in words if len(word.text) >= search.SHORTEST]
    match: list[TextClause] = []
    source = f"{long.table} e"
    if indexed:
        source = f"{long.index} f CROSS JOIN {long.table} e ON e.id = f.rowid"
        match = [text(f"f.{long.index} MATCH :match").bindparams(match=search.in_text(indexed))]
    newest: _Column = literal_column("f.rowid" if indexed else "e.id").desc()
    conditions = (*(_in_text(long, word) for word in words), *asked.written)
    return (
        select(_of, _id)
        .select_from(_joined(source))
        .where(*match, *conditions, _lies(asked, "e.dossier_id"))
        .order_by(newest)
    )


def _placed(asked: Asked, place: ColumnElement[int]) -> Select[Any, int]:
    """Dossiers that meet the filters, best first."""
    wanted: Select[Any] = (
        select(literal_column("1"))
        .select_from(_joined("entry e"))
        .where(text("e.dossier_id = t.rowid"), *asked.written)
    )
    return (
        select(_key.label("rowid"), place)
        .select_from(_joined("dossier_text t CROSS JOIN dossier d ON d.id = t.rowid"))
        .where(_lies(asked, "t.rowid"), wanted.exists() if asked.written else true())
        .order_by(place, text("d.status <> 'open'"), text("d.folded"), text("d.id"))
    )


def _place(asked: Asked) -> ColumnElement[int]:
    """How well the words fit: 0 is the name itself, 6 is that none of them stands there."""
    whole = " ".join(word.text for word in asked.words)
    in_name = [func.instr(_name, word.text) > 0 for word in asked.words]
    named = (func.instr(_names, word.text) > 0 for word in asked.words)
    words = func.replace(func.replace(" " + _name, "-", " "), "(", " ")
    return case(
        (_name == whole, 0),
        (and_(_name >= whole, whole + _LAST > _name), 1),
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
    there = func.instr(_sheet, word.text) > 0
    return or_(there, func.instr(_numbers, word.digits) > 0) if word.digits else there


def _in_text(long: Long, word: Word) -> ColumnElement[bool]:
    return func.instr(func.fold(literal_column(f"e.{long.column}")), word.text) > 0


def _short(asked: Asked) -> list[Word]:
    return [word for word in asked.words if word not in asked.indexed]


def _keys(work: Work, statement: Executable) -> list[int]:
    return list(work.ask(statement).scalars())
