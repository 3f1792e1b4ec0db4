"""Importing a client list: who is new, who is known already, and what is added to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlmodel import SQLModel, col

from tickler.core.client.merge import keep
from tickler.core.contact.kinds import Kind, ReachKind, Status
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.progress import Progress, unwatched
from tickler.core.text import LONGEST_LINE, fold, quote, reach_key
from tickler.core.views import ImportReport, Receipt
from tickler.desk import Work
from tickler.errors import Refused, Unreadable
from tickler.formats.lists.clients import ClientRow, ClientTable, Problem
from tickler.models import Card, Dossier, Entry, Person, Tag
from tickler.services.clients import read
from tickler.services.filing import file, place
from tickler.services.transfer.first_calls import FirstCalls, plan
from tickler.services.transfer.same_client import CARD_COLUMNS, Client, is_personal, match

#: How often progress is reported, in rows.
_REPORT_EVERY = 200

#: How many dossiers a receipt shows.
_SHOWN = 500


def import_clients(
    work: Work,
    table: ClientTable,
    *,
    first_calls: FirstCalls | None = None,
    progress: Progress = unwatched,
) -> ImportReport:
    """Add the clients of a list, and to known ones what is new about them. Nothing is overwritten.

    A row is a known client if name and an e-mail or number agree, or if name and place do and
    the row tells of another person there. A dossier that exists keeps its slot.
    """
    names = {fold(item.name) for item in table.items if isinstance(item, ClientRow)}
    run = _ImportRun(work, names)
    rows = 0
    for item in table.items:
        if isinstance(item, Problem):
            run.lines.append((item.line, item.text))
            continue
        if rows % _REPORT_EVERY == 0:
            progress(rows)
        rows += 1
        run.take(item)
    dealt = plan(work, run.listed.values(), first_calls) if first_calls else None
    run.tell_known()
    changed = [client.id for client in run.changed() if client.id][:_SHOWN]
    before = read.by_ids(work, changed)
    added = run.store()
    progress(rows)
    lines = sorted(run.lines, key=lambda line: line[0])
    work.action = "import"
    work.summary = f"imported {run.added} dossiers" + (f", {run.merged} merged" * bool(run.merged))
    text = f"{run.added} added, {run.merged} merged, {run.skipped} skipped"
    text += f" · {dealt.text}" if dealt else ""
    change = work.change if run.added or run.merged else None  # a line of nothing is not kept
    receipt = Receipt(
        action="import",
        change=change,
        text=text,
        before=before,
        after=read.by_ids(work, [*changed, *added]),
        warnings=dealt.warnings if dealt else (),
    )
    return ImportReport(
        receipt=receipt,
        read=rows,
        added=run.added,
        merged=run.merged,
        skipped=run.skipped,
        first_calls=dealt.calls if dealt else 0,
        lines=tuple(lines),
        columns=dict(table.columns),
    )


class _ImportRun:
    """One import under way: the clients known by folded name, and what is told of the lines.

    `clients` are the new ones, `listed` all that the list is about, by identity and in its order.
    """

    def __init__(self, work: Work, names: set[str]) -> None:
        self.work = work
        self._words = work.settings.date_words
        self._own = read.own_fields(work)
        self.added = self.merged = self.skipped = 0
        self.lines: list[tuple[int, str]] = []
        self.clients: list[Client] = []
        self.listed: dict[int, Client] = {}
        self._met: list[tuple[ClientRow, Client, list[str]]] = []
        self._known: dict[str, list[Client]] = {}
        for client in _load_known(work, names):
            self._known.setdefault(fold(client.name), []).append(client)

    def take(self, row: ClientRow) -> None:
        """Add a row's client, or what the row adds to a known one."""
        if len(row.name) > LONGEST_LINE:
            self.skipped += 1
            self._tell(row, f"a name of {len(row.name)} characters: left out")
            return
        row = self._as_defined(row)
        namesakes = self._known.get(fold(row.name), ())
        known = match(namesakes, row)
        if known is None:
            if namesakes:
                ids = [f"#{client.id}" for client in namesakes if client.id]
                others = " and ".join(ids[:3]) if ids else "a line before"
                differs = "but another number, e-mail or place: kept apart"
                self._tell(row, f"{row.name}: has the name of {others}, {differs}")
            self._add(row)
            return
        self.listed[id(known)] = known
        self._met.append((row, known, [*known.merge(row), *self._fill_date(known, row)]))

    def _as_defined(self, row: ClientRow) -> ClientRow:
        """The row with the rep's own fields read; a value that is not accepted is kept as it is."""
        own = []
        for name, text in row.fields:
            try:
                own.append((name, self._own.read(name, text)))
            except Unreadable as error:
                self._tell(row, f"{error.sentence}: kept as it is")
                own.append((name, text))
        return replace(row, fields=tuple(own))

    def tell_known(self) -> None:
        """Say of each line about a known client what it added, once the first calls are dealt."""
        for row, known, added in self._met:
            if known.dealt and not known.fresh:
                known.dealt = False  # said with its first line
                added.append(f"a first call on {parse.shortly(known.next, self._words)}")
            if added:
                self.merged += 1
                known.changed = True
                self._tell(row, f"{row.name}: known already, added {', '.join(added)}")
                continue
            self.skipped += 1
            where = f" (#{known.id})" if known.id else ""
            closed = ", in the cabinet" if known.closed else ""
            self._tell(row, f"{row.name}: already there{where}{closed}, skipped")

    def changed(self) -> list[Client]:
        """The clients of the binder to whom something is added."""
        return [c for cs in self._known.values() for c in cs if c.changed and not c.fresh]

    def store(self) -> list[int]:
        """Write it all, in portions; returns the ids of the first dossiers that were added."""
        for portion in read.batches(self.clients):
            self._store_new(portion)
        for portion in read.batches(self.changed()):
            self._store_people(portion)
            self._store_cards(portion)
            self._store_dates(portion)
        return [client.id or 0 for client in self.clients[:_SHOWN]]

    def _store_new(self, clients: list[Client]) -> None:
        cards = [_fill(Card(), client) for client in clients]
        _insert(self.work, cards)
        files = [self._dossier(c, card) for c, card in zip(clients, cards, strict=True)]
        _insert(self.work, files)
        for client, dossier in zip(clients, files, strict=True):
            client.id = dossier.id
        self._store_people(clients)
        _insert(self.work, [self._last_contact(c) for c in clients if c.last_contact])
        self.work.session.expunge_all()  # a list of a hundred thousand would not fit into memory

    def _add(self, row: ClientRow) -> None:
        client = Client(row.name, personal=is_personal(row))
        list(client.merge(row))
        client.next = self._next_contact(row, client)
        client.last_contact = self._last_contact_at(row, client)
        self.clients.append(client)
        self.listed[id(client)] = client
        self._known.setdefault(fold(row.name), []).append(client)
        self.added += 1

    def _fill_date(self, known: Client, row: ClientRow) -> Iterable[str]:
        """A known client in the inbox takes the row's date; any other keeps its own."""
        if known.closed or not row.next_contact or known.next != place.NO_DATE:
            return
        found = self._next_contact(row, known)
        if found != place.NO_DATE:
            known.next = found
            yield f"the date {row.next_contact}"

    def _next_contact(self, row: ClientRow, client: Client) -> NextContact:
        if not row.next_contact:
            return place.NO_DATE
        try:
            return place.read_date(self.work, row.next_contact)
        except Unreadable as error:
            client.unread = True
            keep(client.fields, "Next contact", row.next_contact)
            self._tell(row, f"{row.name}: {error.sentence}; it is in the inbox")
            return place.NO_DATE

    def _last_contact_at(self, row: ClientRow, client: Client) -> datetime | None:
        if not row.last_contact:
            return None
        try:
            day = date.fromisoformat(row.last_contact)
            at = datetime.combine(day, time(12)).astimezone(UTC)
        except (ValueError, OverflowError):
            self._keep_last_contact(row, client, "is not a date")
            return None
        if day > self.work.today:
            self._keep_last_contact(row, client, "is still to come")
            return None
        return min(at, self.work.now)

    def _keep_last_contact(self, row: ClientRow, client: Client, why: str) -> None:
        keep(client.fields, "Last contact", row.last_contact)
        typed = quote(row.last_contact)
        self._tell(row, f"{row.name}: the last contact {typed} {why}: kept as a field")

    def _tell(self, row: ClientRow, text: str) -> None:
        self.lines.append((row.line, text))

    def _dossier(self, client: Client, card: Card) -> Dossier:
        dossier = Dossier(
            owner_id=self.work.rep_id,
            card_id=card.id or 0,
            name=client.name,
            folded=fold(client.name),
            next_kind=client.kind,
            last_contact=client.last_contact,
        )
        place.put(dossier, client.next)
        return dossier

    def _last_contact(self, client: Client) -> Entry:
        return Entry(
            dossier_id=client.id or 0,
            author_id=self.work.rep_id,
            at=client.last_contact or self.work.now,
            kind=Kind.OTHER,
            text="last contact, as the imported list has it",
        )

    def _store_people(self, clients: list[Client]) -> None:
        people = [
            Person(dossier_id=client.id or 0, name=p.name, folded=fold(p.name), position=p.position)
            for client in clients
            for p in client.new_people
        ]
        _insert(self.work, people)
        keys = {(person.dossier_id, person.folded): person.id for person in people}
        reaches = [
            file.reach_of(
                client.id or 0,
                ReachKind(reach.kind),
                reach.value,
                self._person_id(client, holder, keys),
                reach.label,
            )
            for client in clients
            for holder, reach in client.new_reaches
        ]
        tags = [
            Tag(dossier_id=client.id or 0, name=tag, folded=fold(tag))
            for client in clients
            for tag in client.new_tags
        ]
        _insert(self.work, [*reaches, *tags])

    def _person_id(
        self, client: Client, holder: str | None, keys: dict[tuple[int, str], int | None]
    ) -> int | None:
        if holder is None:
            return None
        return client.people.get(holder) or keys.get((client.id or 0, holder))

    def _store_dates(self, clients: list[Client]) -> None:
        for client in clients:
            dossier = place.get_dossier(self.work, client.id or 0)
            before = read.next_of(dossier)
            if client.next != before:
                place.note_filing(self.work, dossier, before, client.next, "imported")
                place.put(dossier, client.next)
                dossier.next_kind = client.kind

    def _store_cards(self, clients: list[Client]) -> None:
        for client in clients:
            card_id = select(col(Dossier.card_id)).where(col(Dossier.id) == client.id)
            card = self.work.session.get(Card, self.work.ask(card_id).scalar_one())
            if card is None:
                raise Refused(f"{client.name} has lost its card")
            self.work.session.add(_fill(card, client))


def _fill(card: Card, client: Client) -> Card:
    for column, value in client.card.items():
        setattr(card, column, value)
    card.fields = dict(client.fields)
    return card


def _insert(work: Work, rows: Sequence[SQLModel]) -> None:
    work.session.add_all(rows)
    work.session.flush()


def _load_known(work: Work, names: set[str]) -> Iterable[Client]:
    """The rep's dossiers of these folded names, as clients; who share a card fill the same one."""
    filled: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
    for batch in read.batches(sorted(names)):
        found = sorted(read.rows(work, col(Dossier.folded).in_(batch)), key=lambda row: row.id)
        cards = {
            row.id: row
            for row in work.ask(
                select(col(Dossier.id), *(getattr(Card, c) for c in (*CARD_COLUMNS, "notes")))
                .add_columns(col(Card.fields), col(Card.id).label("card_id"))
                .join(Card, col(Card.id) == col(Dossier.card_id))
                .where(col(Dossier.id).in_([row.id for row in found]))
            )
        }
        for row in found:
            card = cards[row.id]
            texts = {c: getattr(card, c) for c in (*CARD_COLUMNS, "notes")}
            texts, free = filled.setdefault(card.card_id, (texts, dict(card.fields)))
            yield Client(
                name=row.name,
                card=texts,
                fields=free,
                held={
                    (holder, reach_key(reach.kind, reach.value))
                    for holder, reaches in (
                        (None, row.reaches),
                        *((fold(person.name), person.reaches) for person in row.people),
                    )
                    for reach in reaches
                },
                people={fold(person.name): person.id for person in row.people},
                tags={fold(tag) for tag in row.tags},
                id=row.id,
                fresh=False,
                closed=row.status is not Status.OPEN,
                next=row.next,
                kind=row.kind,
                personal=any(fold(p.name) == fold(row.name) for p in row.people),
            )
