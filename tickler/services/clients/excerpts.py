"""Where the words of a search are in the dossiers that it found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlmodel import SQLModel

from tickler.core.contact.kinds import ReachKind
from tickler.core.search.excerpt import held, line_with, passage
from tickler.core.search.query import Word
from tickler.core.text import phone_key
from tickler.core.views import CardView, DossierRow
from tickler.core.views.found import Found, Passage
from tickler.desk import Work
from tickler.services.clients import read
from tickler.store import search
from tickler.store.search import Index
from tickler.store.search_sql import Hit

_TABLES = SQLModel.metadata.tables
_DOSSIER, _CARD, _SLIP = _TABLES["dossier"], _TABLES["card"], _TABLES["slip"]
_ENTRY, _MAIL, _SHEET = _TABLES["entry"], _TABLES["mail"], _TABLES["sheet"]
_ATTACHMENT, _CONTENT = _TABLES["attachment"], _TABLES["content"]


class _Piece(NamedTuple):
    """A text of a dossier and what it is; `number` is one that is matched by its digits."""

    found_in: str
    text: str
    title: str = ""
    at: datetime | None = None
    number: bool = False


_ADDRESS = ("street", "postcode", "city", "region", "country", "fields")


def shown(work: Work, hits: Mapping[int, Hit], words: Sequence[Word]) -> list[Found]:
    """The hits as dossiers, each with the passage that has most of the words not in its name."""
    rows = read.by_ids(work, list(hits))
    others = {row.id: [word for word in words if not held(row.name, [word])] for row in rows}
    texts = _texts(work, hits, words)
    pieces = {row.id: [*texts.get(row.id, ()), *_of_row(row)] for row in rows}
    unseen = [
        row.id
        for row in rows
        if (words_left := others[row.id])
        and all(_held(piece, words_left) < len(words_left) for piece in pieces[row.id])
    ]
    for batch in read.batches(unseen):
        for key, *card in work.ask(_CARDS, keys=batch):
            pieces[key] += _of_card(CardView(**dict(zip(CardView.NAMES, card, strict=True))))
    for row in rows:
        if words and not others[row.id] and row.id not in texts:
            pieces[row.id], others[row.id] = [_Piece("name", row.name)], [*words]
    return [Found(row, _passage(pieces[row.id], others[row.id])) for row in rows]


def _passage(pieces: Sequence[_Piece], words: Sequence[Word]) -> Passage | None:
    """The first of the pieces with most of the words; without words one that was written."""
    best = max(pieces, key=lambda piece: _held(piece, words))
    if not (best.at or _held(best, words)):
        return None
    if best.number:
        return Passage(best.found_in, best.text, ((0, len(best.text)),))
    return Passage(best.found_in, *passage(best.text, words), best.title, best.at)


def _held(piece: _Piece, words: Sequence[Word]) -> int:
    if piece.number:
        digits = phone_key(piece.text)
        return sum(bool(word.digits) and word.digits in digits for word in words)
    return held(piece.text, words)


def _of_row(row: DossierRow) -> Iterator[_Piece]:
    yield from (_Piece("tag", tag) for tag in row.tags)
    yield _Piece("what", row.what)
    reaches = [*row.reaches]
    for person in row.people:
        yield _Piece("person", ", ".join(filter(None, (person.name, person.position))))
        yield _Piece("person", person.notes, person.name)
        reaches += person.reaches
    yield from (_Piece(r.kind, r.value, number=r.kind != ReachKind.EMAIL) for r in reaches)


def _of_card(card: CardView) -> Iterator[_Piece]:
    place = f"{card.postcode} {card.city}".strip()
    address = (card.street, place, card.region, card.country)
    yield _Piece("address", ", ".join(filter(None, address)))
    for name in CardView.NAMES:
        if name not in _ADDRESS:
            yield _Piece(name, getattr(card, name))
    for name, value in card.fields.items():
        yield _Piece("field", f"{name} {value}")


def _texts(work: Work, hits: Mapping[int, Hit], words: Sequence[Word]) -> dict[int, list[_Piece]]:
    found: dict[int, list[_Piece]] = {}
    for index, (statement, pieces_of) in _WRITTEN.items():
        keys = [hit.key for hit in hits.values() if hit.index is index]
        for batch in read.batches(keys):
            for row in work.ask(statement, keys=batch):
                found[row.dossier_id] = [
                    piece._replace(text=line_with(piece.text, words)) for piece in pieces_of(row)
                ]
    return found


def _of_entry(row: Any) -> Iterator[_Piece]:  # noqa: ANN401  # a row of columns, as below
    for text in (row.text, row.subject, row.sender):
        yield _Piece(row.kind.value, text or "", at=row.at)


def _of_sheet(row: Any) -> Iterator[_Piece]:  # noqa: ANN401
    yield _Piece("sheet", row.title, at=row.at)
    yield from (_Piece("sheet", answer, row.title, row.at) for answer in row.answers.values())


def _of_slip(row: Any) -> Iterator[_Piece]:  # noqa: ANN401
    yield _Piece("slip", row.text, at=row.made_at)


def _of_file(row: Any) -> Iterator[_Piece]:  # noqa: ANN401
    yield _Piece("attachment", row.name, at=row.at)
    yield _Piece("attachment", row.text or "", row.name, row.at)


_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_CARDS = (
    select(_DOSSIER.c.id, *(_CARD.c[name] for name in CardView.NAMES))
    .join(_DOSSIER, _CARD.c.id == _DOSSIER.c.card_id)
    .where(_DOSSIER.c.id.in_(_KEYS))
)
_FILES = (
    select(_ATTACHMENT.c.dossier_id, _ATTACHMENT.c.name, _ATTACHMENT.c.at, _CONTENT.c.text)
    .join(_CONTENT, _CONTENT.c.id == _ATTACHMENT.c.content_id)
    .where(_ATTACHMENT.c.id.in_(_KEYS))
)
_ENTRIES = (
    select(_ENTRY.c.dossier_id, _ENTRY.c.kind, _ENTRY.c.at, _ENTRY.c.text)
    .add_columns(_MAIL.c.subject, _MAIL.c.sender)
    .outerjoin(_MAIL, _MAIL.c.entry_id == _ENTRY.c.id)
    .where(_ENTRY.c.id.in_(_KEYS))
)

#: How the rows of an index's table are read: those of these `keys`, and the pieces of one.
_WRITTEN: dict[Index, tuple[Select[Any], Callable[[Any], Iterator[_Piece]]]] = {
    search.ENTRY: (_ENTRIES, _of_entry),
    search.FORM: (select(*_SHEET.c).where(_SHEET.c.id.in_(_KEYS)), _of_sheet),
    search.SLIP: (select(*_SLIP.c).where(_SLIP.c.id.in_(_KEYS)), _of_slip),
    search.NAME: (_FILES, _of_file),
    search.CONTENT: (_FILES, _of_file),
}
