"""What a search asks for: its words, and what its filters mean in SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal_column, or_, select
from sqlmodel import SQLModel

from tickler.core import seeking
from tickler.core.contacts import Kind
from tickler.core.seeking import Part, Word
from tickler.core.text import fold
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services import naming, piles
from tickler.store import search
from tickler.store.search import Long

_DOSSIER, _TAG = (SQLModel.metadata.tables[name] for name in ("dossier", "tag"))
_ENTRY = SQLModel.metadata.tables["entry"]

_at: ColumnElement[Any] = literal_column("e.at", _ENTRY.c.at.type)
_kind: ColumnElement[Any] = literal_column("e.kind", _ENTRY.c.kind.type)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: the words, and what must hold.

    `lies` are conditions on the table of dossiers, `written` on an entry `e` of a dossier.
    """

    words: tuple[Word, ...] = ()
    lies: list[ColumnElement[bool]] = field(default_factory=list)
    written: list[ColumnElement[bool]] = field(default_factory=list)

    @property
    def indexed(self) -> list[Word]:
        """The words that the index knows."""
        return [word for word in self.words if len(word.text) >= search.SHORTEST]

    @property
    def filtered(self) -> bool:
        """Whether more is asked than words of the rep's dossiers."""
        return len(self.lies) > 1 or bool(self.written)

    @property
    def texts(self) -> tuple[Long, ...]:
        """Where is looked besides the sheets; kinds and dates are those of entries."""
        return (search.ENTRY,) if self.written else search.LONG


def asked_by(work: Work, typed: str) -> Asked:
    """What was typed; what is no filter, or cannot be read as one, is text."""
    asked, words = Asked(), []
    kinds: list[Kind] = []
    slots: list[ColumnElement[bool]] = []
    for part in seeking.parts(typed):
        try:
            match part.filter:
                case "kind":
                    kinds.append(Kind(fold(part.value)))
                case "since":
                    asked.written.append(_at >= _since(work, part.value))
                case "slot":
                    slots += piles.conditions_of(work, naming.slot(part.value))
                case "tag" if fold(part.value):
                    tagged = select(_TAG.c.dossier_id).where(_TAG.c.folded == fold(part.value))
                    asked.lies.append(_DOSSIER.c.id.in_(tagged))
                case _:
                    words.append(_as_text(part))
        except (ValueError, OverflowError, Unreadable):
            words.append(_as_text(part))
    if kinds:
        asked.written.append(_kind.in_(kinds))
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
