"""Forgetting a client: everything about them is erased for good, from journal and search too."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import SQLModel

from tickler.core.client.duplicates import bare_name
from tickler.core.phrases import first
from tickler.core.text import fold, printable
from tickler.core.views import DossierRow, ForgetPlan, Receipt
from tickler.desk import Work
from tickler.errors import Refused
from tickler.services.clients import lent, read, seen, summary
from tickler.services.filing import place
from tickler.store import blobs, journal, journal_rows, search, vacuum

_TABLES = SQLModel.metadata.tables
_DOSSIER, _CARD, _REACH = _TABLES["dossier"], _TABLES["card"], _TABLES["reach"]
_CONTENT, _DRAFT = _TABLES["content"], _TABLES["draft"]

#: Drafts about several dossiers are about none alone: their name has the numbers, `log 3,5`.
_OF_SEVERAL = _DRAFT.c.dossier_id.is_(None) & _DRAFT.c.form.contains(",")

_FORGOTTEN = _TABLES["forgotten"]

_KEY = "dossier_id"

#: A shorter name is not redacted in what another client's line says.
_SHORTEST_NAME = 3

#: How many dossiers a sentence names.
_NAMED = 8


def plan(work: Work, key: int) -> ForgetPlan:
    """What forgetting a client would erase; nothing is changed."""
    lent.refuse_here(work)
    row = read.by_id(work, key)
    place.get_dossier(work, key)
    return ForgetPlan(row, tuple(_consequences(work, row)))


def forget(work: Work, plan: ForgetPlan, spelled: str) -> Receipt:
    """Erase the client for good: `Desk.write_unjournaled` runs it, `Desk.vacuum` clears the file.

    Raises Refused where the name was not spelled as it is, Busy where it is another one now.
    """
    if _as_shown(spelled) != _as_shown(plan.row.name):
        raise Refused(f"that is not how {plan.row.name} is spelled; nothing was changed")
    now = read.by_id(work, plan.row.id)
    was = plan.row
    seen.refuse_changed(now.name, (was.name, was.linked), (now.name, now.linked), "forgotten")
    connection = work.connection
    change = journal.begin(connection, work.rep_id, work.now)
    trace = _Trace(work, now.id)
    _hand_on(work, trace, now)
    _delete(work, trace)
    vacuum.mark(connection)
    journal_rows.erase(connection, trace.rows(), trace.redacted, change)
    drop_contents(work)
    _remember(work, trace.called)
    sharing = select(_DOSSIER.c.id).where(_DOSSIER.c.card_id.in_(trace.shared_cards))
    search.renew(connection, search.SHEET, {*trace.dossiers, *work.ask(sharing).scalars()})
    search.scrub(connection)
    work.session.expire_all()
    return Receipt("forget", change, f"{now.name} #{now.id} is forgotten, for good", (now,), ())


def forgotten(work: Work, names: Iterable[str]) -> dict[str, date]:
    """Of these folded names those of a client that was forgotten, with the day on which it was."""
    found: dict[str, date] = {}
    if work.ask(select(_FORGOTTEN.c.name_digest).limit(1)).first() is None:
        return found
    digests = {_digest(name): name for name in names}
    for batch in read.batches(list(digests)):
        known = select(_FORGOTTEN).where(_FORGOTTEN.c.name_digest.in_(batch))
        found |= {digests[row.name_digest]: row.on for row in work.ask(known)}
    return found


def _remember(work: Work, names: Iterable[str]) -> None:
    """Keep that clients of these names were forgotten: their digests and the day, no name."""
    rows = [
        {"name_digest": digest, "on": work.today}
        for digest in sorted({_digest(fold(name)) for name in names})
    ]
    added = insert(_FORGOTTEN).values(rows)
    latest = added.on_conflict_do_update(index_elements=["name_digest"], set_={"on": work.today})
    work.connection.execute(latest)


def _digest(folded: str) -> str:
    return hashlib.sha256(folded.encode()).hexdigest()


def _as_shown(name: str) -> str:
    return unicodedata.normalize("NFC", printable(name)).strip()


def _consequences(work: Work, row: DossierRow) -> Iterator[str]:
    yield f"erased for good, undo does not bring it back: {row.name} #{row.id}"
    if held := summary.holds(work, row.id):
        yield f"with it: {held}"
        yield "the reviews and piles of past days are without it from then on"
    names = {bare_name(row.name), *(person.name for person in row.people)}
    if mentioned := mentions(work, row, names):
        yield f"mentioned in other dossiers, which stay: {mentioned}"
    if row.linked:
        named = ", ".join(each.label for each in row.linked)
        yield f"the card stays, for it is also that of {named}"


def mentions(work: Work, row: DossierRow, names: Iterable[str]) -> str:
    """The other dossiers in which one of these names of a client or its people is, and where."""
    from tickler.services.clients import search as texts  # noqa: PLC0415  # only where asked

    known = {row.id, *(each.id for each in row.linked)}
    found: dict[str, None] = {}
    for name in sorted({fold(name) for name in names if len(name) >= _SHORTEST_NAME}):
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        phrase = name.replace('"', " ")
        for hit in texts.find(work, f'"{phrase}"'):
            said = hit.passage
            if hit.row.id in known or said is None or not whole.search(fold(said.text)):
                continue
            found[f"{hit.row.name} #{hit.row.id} ({said.found_in})"] = None
    return ", ".join(first([*found], _NAMED))


def _tables_of_dossiers() -> list[Table]:
    """The tables whose rows belong to a dossier, those that others refer to last."""
    return [table for table in reversed(journal.journaled()) if _KEY in table.columns]


class _Trace:
    """All rows, present and past, of a client and of those merged into it, by table."""

    def __init__(self, work: Work, key: int) -> None:
        self._work = work
        self.dossiers = {key}
        tables = _tables_of_dossiers()
        past = {
            table.name: journal_rows.pasts(work.connection, table.name, _KEY) for table in tables
        }
        while True:
            self._rows = {table.name: self._rows_of(table, past[table.name]) for table in tables}
            merged = self._merged(past)
            if not merged:
                break
            self.dossiers |= merged
        self.called: set[str] = self._ever("name")
        cards: set[int] = self._ever("card_id")
        others = select(_DOSSIER.c.card_id).where(
            _DOSSIER.c.card_id.in_(cards), _DOSSIER.c.id.not_in(self.dossiers)
        )
        self.shared_cards = cards.intersection(work.ask(others).scalars())
        self.own_cards = cards - self.shared_cards

    def rows(self) -> dict[str, set[int]]:
        """The rows of which nothing may be left, in the journal either."""
        naming = {
            card
            for card, fields in journal_rows.pasts(self._work.connection, _CARD.name, "fields")
            if card in self.shared_cards and any(map(self.is_label, json.loads(fields)))
        }
        return {**self._rows, _DOSSIER.name: self.dossiers, _CARD.name: self.own_cards | naming}

    def redacted(self, text: str) -> str:
        """The text without the client's name, or any name it ever had."""
        shown = {each for name in self.called for each in (name, printable(name))}
        for name in sorted(shown, key=len, reverse=True):
            if len(name) >= _SHORTEST_NAME and name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "(forgotten)", text)
        return text

    def is_label(self, label: str) -> bool:
        """Whether a free field of a shared card says what was on the client's own card."""
        return any(re.search(rf"\({re.escape(name)}\)( \d+)?$", label) for name in self.called)

    def _rows_of(self, table: Table, past: Iterable[tuple[int, int]]) -> set[int]:
        """The rows that belong to the client, or last did; not those that belong to another now."""
        here = select(table.c.id).where(table.c[_KEY].in_(self.dossiers))
        gone = {key for key, dossier in past if dossier in self.dossiers}
        for batch in read.batches(sorted(gone)):
            living = select(table.c.id).where(table.c.id.in_(batch))
            gone.difference_update(self._work.ask(living).scalars())
        return {*self._work.ask(here).scalars(), *gone}

    def _merged(self, past: Mapping[str, Iterable[tuple[int, int]]]) -> set[int]:
        """The dossiers that no longer exist and whose rows belong to the client."""
        before = {
            dossier
            for table, rows in past.items()
            for key, dossier in rows
            if key in self._rows[table]
        }
        living = set(self._work.ask(select(_DOSSIER.c.id)).scalars())
        return before - living - self.dossiers

    def _ever(self, column: str) -> set[Any]:
        now = select(_DOSSIER.c[column]).where(_DOSSIER.c.id.in_(self.dossiers))
        past = journal_rows.pasts(self._work.connection, _DOSSIER.name, column)
        return {*self._work.ask(now).scalars(), *(v for k, v in past if k in self.dossiers)}


def _hand_on(work: Work, trace: _Trace, row: DossierRow) -> None:
    """Give the shared card's numbers to another dossier; delete the client's own fields from it."""
    for heir in row.linked[:1]:
        numbers = (_REACH.c.dossier_id == row.id) & _REACH.c.person_id.is_(None)
        work.connection.execute(update(_REACH).where(numbers).values(dossier_id=heir.id))
    for key in trace.shared_cards:
        here = _CARD.c.id == key
        fields = work.ask(select(_CARD.c.fields).where(here)).scalar_one()
        kept = {label: text for label, text in fields.items() if not trace.is_label(label)}
        if kept != fields:
            work.connection.execute(update(_CARD).where(here).values(fields=kept))


def _delete(work: Work, trace: _Trace) -> None:
    for table in _tables_of_dossiers():
        work.connection.execute(delete(table).where(table.c[_KEY].in_(trace.dossiers)))
    work.connection.execute(delete(_DRAFT).where(_DRAFT.c.dossier_id.in_(trace.dossiers)))
    for key, form in work.ask(select(_DRAFT.c.id, _DRAFT.c.form).where(_OF_SEVERAL)).all():
        if {*form.partition(" ")[2].split(",")} & {str(each) for each in trace.dossiers}:
            work.connection.execute(delete(_DRAFT).where(_DRAFT.c.id == key))
    work.connection.execute(delete(_DOSSIER).where(_DOSSIER.c.id.in_(trace.dossiers)))
    work.connection.execute(delete(_CARD).where(_CARD.c.id.in_(trace.own_cards)))


def drop_contents(work: Work) -> None:
    """Delete the contents that no dossier has any more, nor would have after an undo."""
    held: set[int] = set()
    for table in journal.journaled():
        for column in table.columns:
            if any(key.column is _CONTENT.c.id for key in column.foreign_keys):
                held.update(work.ask(select(column)).scalars())
                past = journal_rows.pasts(work.connection, table.name, column.name)
                held.update(value for _, value in past)
    for key in work.ask(select(_CONTENT.c.id)).scalars().all():
        if key not in held:
            blobs.erase(work.connection, key)
