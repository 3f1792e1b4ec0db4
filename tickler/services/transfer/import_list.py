"""Importing a client list: who is new, who is known already, and what is added to whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.contact.salutations import person_key
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.core.search import names
from tickler.core.text import LONGEST_LINE, fold, quote
from tickler.core.views import DossierRow, ImportLine, ImportReport, Receipt
from tickler.desk import Work
from tickler.formats.lists.clients import ClientRow, ClientTable, Problem, Reason
from tickler.models import Dossier
from tickler.services.clients import find, forget, read
from tickler.services.filing import place
from tickler.services.transfer import known_clients, list_news, write_clients
from tickler.services.transfer.accepted import Checked
from tickler.services.transfer.first_calls import NEW, Dealt, FirstCalls, Undated, Where, deal
from tickler.services.transfer.list_client import Client
from tickler.services.transfer.list_dates import ListDates, in_words, read_dates
from tickler.services.transfer.same_client import match, says_who

#: How often progress is reported, in rows.
_REPORT_EVERY = 200

#: How many rows are matched and written at once: the memory for a list does not grow with it.
_AT_ONCE = 500

#: How many dossiers a receipt shows.
_SHOWN = 500

_ORDER = {reason: n for n, reason in enumerate(Reason)}


def import_clients(
    work: Work,
    table: ClientTable,
    *,
    first_calls: FirstCalls | None = None,
    agreed: bool = False,
    progress: Progress = unwatched,
) -> ImportReport:
    """Add the clients of a list, and to known ones what is new about them. Nothing is overwritten.

    A row is a known client if name and an e-mail or number agree, or if name and place do and
    the row tells of another person there. A dossier that exists keeps its slot. `agreed`: the
    clients know the next dates of the list; else no date is agreed because it has a time.
    """
    run = _ImportRun(work, agreed=agreed, with_first_calls=first_calls is not None)
    for portion in _portions(_named(work, table)):
        run.take(portion, progress)
    dealt = run.deal(first_calls) if first_calls else None
    progress(run.rows)
    work.action = "import"
    merged = f", {run.merged} merged" * bool(run.merged)
    work.summary = f"imported {counted(run.added, 'dossier')}{merged}"
    text = f"{run.added} added, {run.merged} merged, {run.skipped} skipped"
    text += f" · {dealt.text}" if dealt else ""
    receipt = Receipt(
        action="import",
        change=work.change if run.added or run.merged else None,  # a line of nothing is not kept
        text=text,
        before=tuple(run.before.values()),
        after=read.by_ids(work, [*run.before, *run.ids]),
        warnings=dealt.warnings if dealt else (),
    )
    return ImportReport(
        receipt=receipt,
        read=run.rows,
        added=run.added,
        merged=run.merged,
        skipped=run.skipped,
        first_calls=dealt.calls if dealt else 0,
        lines=run.told(),
        columns=dict(table.columns),
    )


def _named(work: Work, table: ClientTable) -> Iterable[ClientRow | Problem]:
    """The rows of a list; those of a calendar as rows of the clients whose events they are."""
    from tickler.formats.calendar.rows import CalendarTable  # noqa: PLC0415  # lists do without

    if not isinstance(table, CalendarTable):
        return table.items
    from tickler.services.transfer import calendar_clients  # noqa: PLC0415  # as above

    return calendar_clients.clients(work, table)


def _portions(items: Iterable[ClientRow | Problem]) -> Iterator[list[ClientRow | Problem]]:
    portion: list[ClientRow | Problem] = []
    for item in items:
        portion.append(item)
        if len(portion) == _AT_ONCE:
            yield portion
            portion = []
    yield portion


class _Met(NamedTuple):
    """A client that rows are about, the line of the first one, and whether that added nothing."""

    client: Client
    where: Where
    was_skipped: bool


class _ImportRun:
    """One import under way. Rows are matched and written some at a time.

    `before` are the first dossiers of the binder that are added to, as they were, and `ids` the
    first new ones. `undated` are the open ones of the list that have no date, in its order, `alike`
    the first dossier of each name however it is spelled: hashes, as there may be many.
    """

    def __init__(self, work: Work, *, agreed: bool, with_first_calls: bool) -> None:
        self.work = work
        self.rows = self.added = self.merged = self.skipped = 0
        self.before: dict[int, DossierRow] = {}
        self.ids: list[int] = []
        self._agreed, self._with_first_calls = agreed, with_first_calls
        self._words = work.settings.date_words
        self._own = read.own_fields(work)
        self._lines: list[tuple[Reason, Where, str]] = []
        self._undated: dict[int, Undated] = {}
        self._unread: set[int] = set()
        self._dated_by: dict[int, frozenset[str]] = {}
        last = work.ask(select(func.max(col(Dossier.id)))).scalar_one()
        self._last_known: int = last or 0
        self._alike: dict[int, int] = {}
        mine = col(Dossier.owner_id) == work.rep_id
        known = (
            select(col(Dossier.id), col(Dossier.name))
            .where(mine, ~col(Dossier.is_note))
            .order_by(col(Dossier.id))
        )
        for key, name in work.ask(known):
            self._alike.setdefault(hash(names.same_key(name)), key)

    def take(self, portion: Sequence[ClientRow | Problem], progress: Progress) -> None:
        """Add the clients of some rows, or what the rows add to known ones."""
        rows = [self._checked(item) for item in portion if isinstance(item, ClientRow)]
        problems = (item for item in portion if isinstance(item, Problem))
        self._lines += [(each.reason, (each.file, each.line), each.text) for each in problems]
        self._known = known_clients.load(self.work, rows)
        for client in (client for namesakes in self._known.values() for client in namesakes):
            key = client.id or 0
            client.fresh = key > self._last_known
            client.unread = key in self._unread
            client.dated_by = self._dated_by.get(key)
        self._forgotten = forget.forgotten(self.work, {fold(row.name) for row in rows})
        self._added: list[Client] = []
        met: dict[int, _Met] = {}
        for row in rows:
            if self.rows % _REPORT_EVERY == 0:
                progress(self.rows)
            self.rows += 1
            before = self.skipped
            taken = self._take(row)
            if taken is not None:
                met.setdefault(id(taken), _Met(taken, (row.file, row.line), self.skipped > before))
        self._store(list(met.values()))

    def deal(self, wanted: FirstCalls) -> Dealt:
        """Give who has no date a day for a first call, and say so of those known already."""
        self._remember([key for key, undated in self._undated.items() if not undated.is_new])
        dealt = deal(self.work, self._undated, wanted)
        lines = set[Where]()
        for key, day in dealt.known.items():
            undated = self._undated[key]
            when = in_words(self.work, NextContact(on=day))
            text = f"{undated.name}: known already, added a first call on {when}"
            self._lines.append((Reason.ADDED, undated.where, text))
            self.skipped -= undated.was_skipped
            self.merged += undated.was_skipped
            lines.add(undated.where)
        self._lines = [
            told for told in self._lines if not (told[0] is Reason.KNOWN and told[1] in lines)
        ]
        return dealt

    def told(self) -> tuple[ImportLine, ...]:
        """What is said of the lines: by reason, first what needs the rep's hand."""
        ordered = sorted(self._lines, key=lambda told: (_ORDER[told[0]], told[1]))
        return tuple(
            ImportLine(line, f"{file}: {text}" if file else text, reason)
            for reason, (file, line), text in ordered
        )

    def _checked(self, row: ClientRow) -> ClientRow:
        checked = Checked(row, self._own)
        accepted = checked.accepted()
        for text in checked.said:
            self._tell(row, text, Reason.KEPT)
        return accepted

    def _take(self, row: ClientRow) -> Client | None:
        folded = fold(row.name)
        if not folded or len(row.name) > LONGEST_LINE:
            self._leave_out(row, f"a name of {len(row.name)} characters: left out")
            return None
        namesakes = self._known.get(folded, [])
        dates = read_dates(self.work, row, agreed=self._agreed)
        known = match(namesakes, row, dates)
        if known is not None:
            self._add_to(known, row, dates)
            self._tell_dates(known, row, dates)
            return known
        if day := self._forgotten.get(folded):
            when = self._words.short(day)
            self._leave_out(
                row,
                f"{row.name}: was forgotten on {when}, so it is left out: "
                "add it by hand if it may come back",
                Reason.CHECK,
            )
            return None
        if namesakes:
            ids = [f"#{client.id}" for client in namesakes if not client.fresh]
            others = " and ".join(ids[:3]) if ids else "a line before"
            if row.history and not says_who(row):
                told = " · ".join(row.history)
                self._leave_out(row, f"{row.name}: could be {others}: left out: {told}")
                return None
            differs = "but another number, e-mail or place: kept apart"
            self._tell(row, f"{row.name}: has the name of {others}, {differs}", Reason.CHECK)
        client = self._add(row, dates)
        self._tell_dates(client, row, dates)
        return client

    def _add(self, row: ClientRow, dates: ListDates) -> Client:
        client = list_news.new_client(row, dates)
        self.added += 1
        self._added.append(client)
        self._known.setdefault(fold(row.name), []).append(client)
        return client

    def _add_to(self, client: Client, row: ClientRow, dates: ListDates) -> None:
        news = list_news.merge(client, row, dates)
        if news:
            self.merged += 1
            client.changed = True
            added = ", ".join(each.said for each in news if not each.kept)
            kept = ", ".join(each.said for each in news if each.kept)
            parts = [f"added {added}"] * bool(added)
            parts += [f"kept as a field: {kept}"] * bool(kept)
            text = f"{row.name}: known already, {'; '.join(parts)}"
            self._tell(row, text, Reason.KEPT if kept else Reason.ADDED)
            return
        self.skipped += 1
        where = "" if client.fresh else f" (#{client.id})"
        closed = ", in the cabinet" if client.closed else ""
        self._tell(row, f"{row.name}: already there{where}{closed}, skipped", Reason.KNOWN)

    def _tell_dates(self, client: Client, row: ClientRow, dates: ListDates) -> None:
        """Say which dates of the row the client has not, and what it has instead."""
        if dates.last_why:
            text = f"{row.name}: the last contact {dates.last_why}: kept as a field"
            self._tell(row, text, Reason.CHECK)
        if dates.every_why:
            self._tell(row, f"{row.name}: {dates.every_why}: kept as a field", Reason.CHECK)
        if dates.next_why:
            client.unread = True
            lies = "; it is in the inbox" * (client.next == place.NO_DATE and not client.closed)
            self._tell(row, f"{row.name}: {dates.next_why}: kept as a field{lies}", Reason.CHECK)
        found = dates.next
        if found is None:
            return
        if client.is_taken(found) and not client.closed:
            if client.dated_by is None:
                client.dated_by = frozenset(person_key(person.name) for person in row.people)
            return
        said = " ".join(filter(None, (dates.next_said, row.next_what and quote(row.next_what))))
        if client.closed:
            text = f"{row.name}: is in the cabinet, so {said} was not taken"
            self._tell(row, text, Reason.CHECK)
        else:
            there = in_words(self.work, client.next)
            text = f"{row.name}: stays on {there}, {said} of the list was not taken"
            self._tell(row, text, Reason.CHECK)

    def _store(self, met: list[_Met]) -> None:
        write_clients.add(self.work, self._added)
        self.ids += [client.id or 0 for client in self._added[: _SHOWN - len(self.ids)]]
        added = set(map(id, self._added))
        changed = [c for c, *_ in met if c.changed and id(c) not in added]
        self._remember([client.id or 0 for client in changed if not client.fresh])
        write_clients.change(self.work, changed)
        self.work.session.flush()
        self.work.session.expunge_all()  # a list of a hundred thousand would not fit into memory
        for each in met:
            self._note(each, is_added=id(each.client) in added)

    def _remember(self, keys: Sequence[int]) -> None:
        """Keep the first dossiers that are changed as they were, for the receipt."""
        shown = [key for key in keys if key not in self.before][: _SHOWN - len(self.before)]
        self.before |= {row.id: row for row in read.by_ids(self.work, shown)}

    def _note(self, met: _Met, *, is_added: bool) -> None:
        """Keep of a client what later rows of the list depend on."""
        client, where, was_skipped = met
        key = client.id or 0
        for warning in find.named_like_an_id(client.name, key) if is_added else ():
            self._lines.append((Reason.CHECK, where, f"{client.name}: {warning.text}"))
        if is_added and (other := self._alike_one(client)):
            text = f"{client.name}: added, but {other} may be the same client: merge them if so"
            self._lines.append((Reason.CHECK, where, text))
        if client.unread:
            self._unread.add(key)
        if client.dated_by is not None:
            self._dated_by[key] = client.dated_by
        if not self._with_first_calls:
            return
        if client.next != place.NO_DATE or client.unread or client.closed:
            self._undated.pop(key, None)
        elif client.fresh:
            self._undated.setdefault(key, NEW)
        else:
            self._undated.setdefault(key, Undated(client.name, where, was_skipped))

    def _alike_one(self, client: Client) -> str:
        """The first one of that name in another spelling, `Müller GmbH (#7)`; "" for none."""
        key = client.id or 0
        wanted = names.same_key(client.name)
        first = self._alike.setdefault(hash(wanted), key)
        if first == key:
            return ""
        asked = select(col(Dossier.name)).where(col(Dossier.id) == first)
        name: str = self.work.ask(asked).scalar_one()
        is_other = names.same_key(name) == wanted and fold(name) != fold(client.name)
        return f"{name} (#{first})" if is_other else ""

    def _leave_out(self, row: ClientRow, text: str, reason: Reason = Reason.LEFT_OUT) -> None:
        self.skipped += 1
        self._tell(row, text, reason)

    def _tell(self, row: ClientRow, text: str, reason: Reason) -> None:
        self._lines.append((reason, (row.file, row.line), text))
