"""Where the words of a search stand in the dossiers that it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, literal_column, select, text
from sqlmodel import SQLModel

from tickler.core.passages import held, passage
from tickler.core.seeking import Word
from tickler.core.text import dialled
from tickler.core.views import CardView, DossierRow
from tickler.core.views.found import Found, Passage
from tickler.desk import Work
from tickler.services import dossiers
from tickler.store import search
from tickler.store.search import Long

_TABLES = SQLModel.metadata.tables
_DOSSIER, _ENTRY = _TABLES["dossier"], _TABLES["entry"]
_CARD, _SLIP = _TABLES["card"], _TABLES["slip"]

#: Dossiers, the best first, each with the long text in which words were found, if any.
Hits = dict[int, tuple[Long, int] | None]


class _Piece(NamedTuple):
    """A text of a dossier and what it is; `number` is one that is matched by its digits."""

    where: str
    text: str
    at: datetime | None = None
    number: bool = False


def shown(
    work: Work, hits: Hits, words: Sequence[Word], written: Sequence[ColumnElement[bool]]
) -> list[Found]:
    """The hits as dossiers, each with the passage in which most of its words stand.

    What stands in the name is read there, so the other words choose. Where entries were asked
    for (`written`, of an entry `e`), a dossier shows one of them.
    """
    if written:
        hits = _with_entries(work, hits, written)
    rows = dossiers.by_ids(work, list(hits))
    said = _said(work, hits)
    found = {row.id: _best(row, words, said.get(row.id)) for row in rows}
    sheets = _on_sheets(work, [key for key, best in found.items() if words and not best])
    for key, pieces in sheets.items():
        found[key] = _of_pieces(pieces, words) or (_cut(said[key], words) if key in said else None)
    return [Found(row, found[row.id]) for row in rows]


def _best(row: DossierRow, words: Sequence[Word], said: _Piece | None) -> Passage | None:
    """The passage, where the dossier's row and the text tell it; else the sheet will."""
    others = [word for word in words if not held(row.name, [word.text])]
    if said and (not others or _held(said, others)):
        return _cut(said, others or words)
    if words and not others:
        return _cut(_Piece("name", row.name), words)
    return _of_pieces(_of_row(row), others)


def _of_pieces(pieces: Sequence[_Piece], words: Sequence[Word]) -> Passage | None:
    """The first of the pieces with most of the words; None where none of them has any."""
    best = max(pieces, key=lambda piece: _held(piece, words), default=None)
    return _cut(best, words) if best and _held(best, words) else None


def _held(piece: _Piece, words: Sequence[Word]) -> int:
    if piece.number:
        digits = dialled(piece.text)
        return sum(bool(word.digits) and word.digits in digits for word in words)
    return held(piece.text, [word.text for word in words])


def _cut(piece: _Piece, words: Sequence[Word]) -> Passage:
    if piece.number:
        return Passage(piece.where, piece.text, ((0, len(piece.text)),))
    cut = passage(piece.text, [word.text for word in words])
    return Passage(piece.where, *cut, piece.at)


def _of_row(row: DossierRow) -> list[_Piece]:
    pieces = [*(_Piece("tag", tag) for tag in row.tags), _Piece("what", row.what)]
    reaches = [*row.reaches]
    for person in row.people:
        pieces.append(_Piece("person", ", ".join(filter(None, (person.name, person.position)))))
        pieces.append(_Piece(person.name, person.notes))
        reaches += person.reaches
    pieces += (_Piece(r.kind, r.value, number=r.kind != "email") for r in reaches)
    return pieces


def _on_sheets(work: Work, keys: Sequence[int]) -> Mapping[int, list[_Piece]]:
    """The pieces that a dossier's row does not have."""
    found: dict[int, list[_Piece]] = {}
    for batch in dossiers.batches(keys):
        columns = [_CARD.c[name] for name in CardView.__slots__]
        of_dossier = _CARD.c.id == _DOSSIER.c.card_id
        cards = select(_DOSSIER.c.id, *columns).join(_DOSSIER, of_dossier)
        for key, *card in work.ask(cards.where(_DOSSIER.c.id.in_(batch))):
            found[key] = list(_of_card(CardView(*card)))
        slips = select(_SLIP.c.dossier_id, _SLIP.c.text).where(_SLIP.c.dossier_id.in_(batch))
        for key, said in work.ask(slips):
            found[key].append(_Piece("slip", said))
    return found


def _of_card(card: CardView) -> Iterator[_Piece]:
    place = f"{card.postcode} {card.city}".strip()
    address = (card.street, place, card.region, card.country)
    yield _Piece("address", ", ".join(filter(None, address)))
    for name in ("website", "segment", "source", "notes"):
        yield _Piece(name, getattr(card, name))
    for name, value in card.fields.items():
        yield _Piece("field", f"{name} {value}")


def _said(work: Work, hits: Hits) -> dict[int, _Piece]:
    """The long texts of the hits, by dossier."""
    found: dict[int, _Piece] = {}
    entries = [where[1] for where in hits.values() if where and where[0] is search.ENTRY]
    columns = (_ENTRY.c.dossier_id, _ENTRY.c.kind, _ENTRY.c.at, _ENTRY.c.text)
    for batch in dossiers.batches(entries):
        for key, kind, at, said in work.ask(select(*columns).where(_ENTRY.c.id.in_(batch))):
            found[key] = _Piece(kind.value, said, at)
    return found


def _with_entries(work: Work, hits: Hits, written: Sequence[ColumnElement[bool]]) -> Hits:
    """The hits, those without a text with the newest entry that was asked for."""
    found = dict(hits)
    of: ColumnElement[int] = literal_column("e.dossier_id")
    newest: ColumnElement[int] = literal_column("e.id")
    for batch in dossiers.batches(key for key, where in hits.items() if where is None):
        entries = (
            select(of, func.max(newest)).select_from(text("entry e")).where(of.in_(batch), *written)
        )
        found |= {key: (search.ENTRY, entry) for key, entry in work.ask(entries.group_by(of))}
    return found
