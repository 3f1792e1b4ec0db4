"""What is attached to a dossier: its history with corrections and mails, its files, its sheets."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    exists,
    select,
    tuple_,
)
from sqlmodel import SQLModel

from tickler.core.contact.kinds import Kind
from tickler.core.views import AttachmentView, CorrectionView, EntryView, MailView, SheetView
from tickler.desk import Work

Columns = Row[*tuple[Any, ...]]

_TABLES = SQLModel.metadata.tables
_DOSSIER, _REP, _ENTRY = _TABLES["dossier"], _TABLES["rep"], _TABLES["entry"]
_PERSON = _TABLES["person"]
_MAIL, _CORRECTION, _SHEET = _TABLES["mail"], _TABLES["correction"], _TABLES["sheet"]
_ATTACHMENT, _CONTENT = _TABLES["attachment"], _TABLES["content"]

#: SQLite takes no more parameters than this at once, with room to spare.
_BATCH = 500

# Statements that are asked all day are made once: making one takes longer than asking it.

_KEY: BindParameter[Any] = bindparam("key")
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_CORRECTED = exists().where(_CORRECTION.c.entry_id == _ENTRY.c.id)
_HISTORY: Select[*tuple[Any, ...]] = (
    select(
        *_ENTRY.c,
        _REP.c.name.label("author"),
        _CORRECTED.label("corrected"),
        _PERSON.c.name.label("person"),
    )
    .join(_PERSON, _PERSON.c.id == _ENTRY.c.person_id, isouter=True)
    .join(_REP, _REP.c.id == _ENTRY.c.author_id)
    .where(_ENTRY.c.dossier_id == _KEY)
    .order_by(_ENTRY.c.at.desc(), _ENTRY.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_CORRECTIONS = (
    select(*_CORRECTION.c, _REP.c.name.label("author"))
    .join(_REP, _REP.c.id == _CORRECTION.c.author_id)
    .where(_CORRECTION.c.entry_id.in_(_KEYS))
    .order_by(_CORRECTION.c.id.desc())
)
_MAILS = select(*_MAIL.c).where(_MAIL.c.dossier_id == _KEY)
_FILES = (
    select(_ATTACHMENT.c.id, _ATTACHMENT.c.name, _CONTENT.c.size, _ATTACHMENT.c.media_type)
    .add_columns(_ATTACHMENT.c.at, _REP.c.name.label("author"), _ATTACHMENT.c.entry_id)
    .join(_CONTENT, _CONTENT.c.id == _ATTACHMENT.c.content_id)
    .join(_REP, _REP.c.id == _ATTACHMENT.c.author_id)
    .where(_ATTACHMENT.c.dossier_id == _KEY)
    .order_by(_ATTACHMENT.c.at.desc(), _ATTACHMENT.c.id.desc())
)
_SHEETS: Select[*tuple[Any, ...]] = (
    select(*_SHEET.c, _DOSSIER.c.name, _REP.c.name.label("author"))
    .join(_DOSSIER, _DOSSIER.c.id == _SHEET.c.dossier_id)
    .join(_REP, _REP.c.id == _SHEET.c.author_id)
    .order_by(_SHEET.c.at.desc(), _SHEET.c.id.desc())
)
_SHEETS_OF = _SHEETS.where(_SHEET.c.dossier_id == _KEY)
_ENDLESS = -1
_LINE = (
    "id", "at", "kind", "outcome", "minutes", "text", "author", "filed_from", "filed_to",
    "direction",
)  # fmt: skip


def entries(
    work: Work,
    key: int,
    *,
    kinds: Collection[Kind] | None = None,
    most: int | None = None,
    before: EntryView | None = None,
) -> tuple[EntryView, ...]:
    """A dossier's history, newest first: of these kinds, and from the line `before` on back."""
    statement = _HISTORY
    if kinds is not None:
        statement = statement.where(_ENTRY.c.kind.in_(kinds))
    if before is not None:
        older = tuple_(_ENTRY.c.at, _ENTRY.c.id) < tuple_(before.at, before.id)
        statement = statement.where(older)
    found = work.ask(statement, key=key, most=_ENDLESS if most is None else most).all()
    corrections = _corrections(work, [row.id for row in found if row.corrected])
    mails: dict[int, MailView] = {}
    if any(row.kind is Kind.EMAIL or row.direction for row in found):
        for m in work.ask(_MAILS, key=key):
            mails[m.entry_id] = MailView(
                m.direction, m.subject, m.sender, m.recipients, m.of_colleague
            )
    return tuple(
        EntryView(
            **{name: getattr(row, name) for name in _LINE},
            person=row.person or "",
            mail=mails.get(row.id),
            corrections=tuple(corrections.get(row.id, ())),
        )
        for row in found
    )


def attachments(work: Work, key: int) -> tuple[AttachmentView, ...]:
    """The files on a dossier, newest first; what is in them is not read."""
    return tuple(AttachmentView(*row) for row in work.ask(_FILES, key=key))


def sheets(work: Work, key: int) -> tuple[SheetView, ...]:
    """A dossier's filled forms, newest first."""
    return tuple(_sheet(row) for row in work.ask(_SHEETS_OF, key=key))


def sheets_where(work: Work, *conditions: ColumnElement[bool]) -> list[tuple[Columns, SheetView]]:
    """The sheets that meet the conditions, newest first, each with its dossier's id and name."""
    return [(row, _sheet(row)) for row in work.ask(_SHEETS.where(*conditions))]


def _corrections(work: Work, ids: Sequence[int]) -> dict[int, list[CorrectionView]]:
    found: dict[int, list[CorrectionView]] = {}
    for start in range(0, len(ids), _BATCH):
        for row in work.ask(_CORRECTIONS, keys=ids[start : start + _BATCH]):
            view = CorrectionView(row.at, row.author, row.was)
            found.setdefault(row.entry_id, []).append(view)
    return found


def _sheet(row: Columns) -> SheetView:
    return SheetView(
        row.id, row.form, row.version, row.title, row.at, row.author, tuple(row.asked), row.answers
    )
