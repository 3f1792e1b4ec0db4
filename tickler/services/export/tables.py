"""The tables of an export: dossiers, people, history and slips, each with its columns and rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby

from sqlalchemy import func, select
from sqlmodel import SQLModel

from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.views import CardView, DossierRow, PersonView, ReachView
from tickler.desk import Work
from tickler.formats.lists import own_table
from tickler.formats.lists.own_table import NO, REACHES, YES, Reached
from tickler.services.clients import read
from tickler.services.export import whole
from tickler.services.export.chosen import Selection, dossiers

#: What a cell holds.
Value = str | int | date | time | None

_TABLES = SQLModel.metadata.tables
_PERSON, _REACH, _CARD = _TABLES["person"], _TABLES["reach"], _TABLES["card"]
_DOSSIER, _ENTRY, _SLIP = _TABLES["dossier"], _TABLES["entry"], _TABLES["slip"]
_REP, _MAIL = _TABLES["rep"], _TABLES["mail"]


class TableName(StrEnum):
    """The tables of an export."""

    DOSSIERS = "dossiers"
    PEOPLE = "people"
    HISTORY = "history"
    SLIPS = "slips"


#: More columns than this are no table: fields that few clients have are left out, and said.
_MOST_COLUMNS = 2_000

_PEOPLE = ("Dossier", "Company", "Person", "Position", "Decides", "Phone", "Mobile", "Fax",
           "E-mail", "Notes")  # fmt: skip
_HISTORY = ("Dossier", "Company", "Date", "Time", "Kind", "Outcome", "Direction", "With", "Minutes",
            "Text", "Author", "Filed from", "Filed to")  # fmt: skip
_SLIPS = ("Dossier", "Company", "Kind", "Text", "Due", "Time", "Made", "Done", "Told", "Dropped")


@dataclass(frozen=True, slots=True)
class ExportTables:
    """The columns of each table, and what is not in them."""

    columns: Mapping[TableName, tuple[str, ...]]
    keys: tuple[int, ...]
    fields: tuple[str, ...]
    reached: tuple[Reached, ...]
    people: int
    warnings: tuple[Remark, ...]

    def rows(
        self, work: Work, names: Collection[TableName]
    ) -> Iterator[tuple[TableName, Sequence[Value]]]:
        """The rows of these tables with the name of the table, dossier after dossier."""
        about = [name for name in (TableName.HISTORY, TableName.SLIPS) if name in names]
        for batch in read.batches(self.keys):
            further = {name: _FURTHER[name](work, batch) for name in about}
            for row, card in dossiers(work, batch):
                if TableName.DOSSIERS in names:
                    yield TableName.DOSSIERS, self._dossier(row, card)
                if TableName.PEOPLE in names:
                    yield from ((TableName.PEOPLE, _person(row, each)) for each in row.people)
                for name, found in further.items():
                    yield from ((name, each) for each in found.get(row.id, ()))

    def _dossier(self, row: DossierRow, card: CardView) -> list[Value]:
        last = row.last_contact.astimezone() if row.last_contact else None
        cells: list[Value] = [row.id, row.name, *_next(row.next)]
        cells += [row.kind, row.what, row.every, row.status, last.date() if last else None]
        cells.append(own_table.listed(row.tags, ", "))
        cells += [getattr(card, column) for column in own_table.CARD]
        cells += [row.ideal, row.longest]
        cells += [_reached(row, each) for each in self.reached if not each.person]
        for number, person in enumerate(row.people[: self.people], 1):
            cells += [person.name, person.position, _decides(person), person.notes]
            cells += [_reached(row, each) for each in self.reached if each.person == number]
        width = len(self.columns[TableName.DOSSIERS]) - len(self.fields)
        cells += [None] * (width - len(cells))
        return cells + [card.fields.get(name) for name in self.fields]


def tables(work: Work, which: Selection) -> ExportTables:
    """The tables of these dossiers: whatever any of them has gets a column."""
    with whole.chosen(work, which.keys) as ids:
        mine = _DOSSIER.c.id.in_(ids)
        notes = set(work.ask(select(_DOSSIER.c.id).where(mine, _DOSSIER.c.is_note)).scalars())
        per_dossier = func.count().over(partition_by=_PERSON.c.dossier_id)
        place = func.row_number().over(partition_by=_PERSON.c.dossier_id, order_by=_PERSON.c.id)
        numbered = select(_PERSON.c.id, place.label("n"), per_dossier.label("of")).where(
            _PERSON.c.dossier_id.in_(ids)
        ).subquery()  # fmt: skip
        most = work.ask(select(func.max(numbered.c.of))).scalar_one() or 0
        crowded = work.ask(
            select(func.count()).where(numbered.c.n == own_table.MOST_PEOPLE + 1)
        ).scalar_one()
        theirs = (
            select(numbered.c.n, _REACH.c.kind, _REACH.c.label)
            .join(_REACH, _REACH.c.person_id == numbered.c.id)
            .where(numbered.c.n <= own_table.MOST_PEOPLE)
        )
        found = {Reached(n, kind.value, label) for n, kind, label in work.ask(theirs.distinct())}
        # A card's numbers are those of all the dossiers that share it.
        sharing = select(_DOSSIER.c.id).where(
            _DOSSIER.c.card_id.in_(select(_DOSSIER.c.card_id).where(mine))
        )
        own = select(_REACH.c.kind, _REACH.c.label).where(
            _REACH.c.person_id.is_(None), _REACH.c.dossier_id.in_(sharing)
        )
        found |= {Reached(0, kind.value, label) for kind, label in work.ask(own.distinct())}
        fields: dict[str, None] = {}
        cards = select(_CARD.c.fields).join(_DOSSIER, _DOSSIER.c.card_id == _CARD.c.id).where(mine)
        for each in work.ask(cards).scalars():
            fields.update(dict.fromkeys(name for name, value in each.items() if value))
    order = list(REACHES)
    reached = sorted(found, key=lambda each: (each.person, order.index(each.kind), each.label))
    people = min(most, own_table.MOST_PEOPLE)
    columns = _columns(reached, people)
    kept = tuple(fields)[: max(0, _MOST_COLUMNS - len(columns))]
    columns += [own_table.field(name) for name in kept]
    left_out = [*fields][len(kept) :]
    return ExportTables(
        {
            TableName.DOSSIERS: tuple(columns),
            TableName.PEOPLE: _PEOPLE,
            TableName.HISTORY: _HISTORY,
            TableName.SLIPS: _SLIPS,
        },
        tuple(key for key in which.keys if key not in notes),
        kept,
        tuple(reached),
        people,
        tuple(_warnings(len(notes), crowded, left_out)),
    )


def _columns(reached: Sequence[Reached], people: int) -> list[str]:
    headers = [*own_table.FIRST, *(each.header for each in reached if not each.person)]
    for number in range(1, people + 1):
        headers += [own_table.person(number, what) for what in ("", "position", "decides", "notes")]
        headers += [each.header for each in reached if each.person == number]
    return headers


def _warnings(notes: int, crowded: int, left_out: Sequence[str]) -> Iterator[Remark]:
    if notes:
        pages = counted(notes, "page of notes is no client", "pages of notes are no clients")
        yield Remark("notes", f"{pages} and in no table: .zip has all")
    if crowded:
        yield Remark(
            "people",
            f"{counted(crowded, 'dossier has', 'dossiers have')} more than "
            f"{own_table.MOST_PEOPLE} people: the others are in the table of people only",
        )
    if left_out:
        yield Remark("fields", f"too many columns: left out are {', '.join(left_out[:8])} …")


def _next(when: NextContact) -> tuple[Value, Value, Value]:
    """Day or month, time or half of the day, and whether it is agreed."""
    day: Value = when.on or (f"{when.month.year:04}-{when.month.month:02}" if when.month else None)
    return day, when.at or (when.half.value if when.half else None), YES if when.agreed else None


def _decides(person: PersonView) -> Value:
    return None if person.decides is None else YES if person.decides else NO


def _reached(row: DossierRow, column: Reached) -> Value:
    theirs: Sequence[ReachView] = row.reaches
    if column.person:
        theirs = row.people[column.person - 1].reaches
    same = (column.kind, column.label)
    return own_table.listed([each.value for each in theirs if (each.kind, each.label) == same])


def _person(row: DossierRow, person: PersonView) -> list[Value]:
    reaches = [
        "\n".join(
            f"{each.value} ({each.label})" if each.label else each.value
            for each in person.reaches
            if each.kind == kind
        )
        for kind in REACHES
    ]
    about = (row.id, row.name, person.name, person.position, _decides(person))
    return [*about, *reaches, person.notes]


def _history(work: Work, keys: Sequence[int]) -> dict[int, list[list[Value]]]:
    """The lines of history of these dossiers, newest first."""
    found = (
        select(
            _ENTRY.c.dossier_id, _DOSSIER.c.name, _ENTRY.c.at, _ENTRY.c.kind, _ENTRY.c.outcome,
            _ENTRY.c.direction, _PERSON.c.name.label("person"), _ENTRY.c.minutes, _ENTRY.c.text,
            _REP.c.name.label("author"), _ENTRY.c.filed_from, _ENTRY.c.filed_to,
            _MAIL.c.subject,
        )
        .join(_DOSSIER, _DOSSIER.c.id == _ENTRY.c.dossier_id)
        .join(_REP, _REP.c.id == _ENTRY.c.author_id)
        .join(_PERSON, _PERSON.c.id == _ENTRY.c.person_id, isouter=True)
        .join(_MAIL, _MAIL.c.entry_id == _ENTRY.c.id, isouter=True)
        .where(_ENTRY.c.dossier_id.in_(keys))
        .order_by(_ENTRY.c.dossier_id, _ENTRY.c.at.desc(), _ENTRY.c.id.desc())
    )  # fmt: skip
    lines: dict[int, list[list[Value]]] = {}
    for key, theirs in groupby(work.ask(found), key=lambda row: row.dossier_id):
        lines[key] = []
        for row in theirs:
            at = row.at.astimezone()
            text = "\n".join(filter(None, (row.subject, row.text)))
            about = (row.kind, row.outcome, row.direction, row.person, row.minutes, text)
            filed = (row.author, row.filed_from, row.filed_to)
            lines[key].append([key, row.name, *_moment(at), *about, *filed])
    return lines


def _slips(work: Work, keys: Sequence[int]) -> dict[int, list[list[Value]]]:
    """The slips of these dossiers, also those that are done, by the day they are due."""
    found = (
        select(*_SLIP.c, _DOSSIER.c.name)
        .join(_DOSSIER, _DOSSIER.c.id == _SLIP.c.dossier_id)
        .where(_SLIP.c.dossier_id.in_(keys))
        .order_by(_SLIP.c.dossier_id, _SLIP.c.due_on, _SLIP.c.id)
    )
    lines: dict[int, list[list[Value]]] = {}
    for row in work.ask(found):
        made = row.made_at.astimezone().date()
        done = None if row.dropped_on else row.ticked_on
        about = (row.kind, row.text, row.due_on, row.due_at, made, done)
        lines.setdefault(row.dossier_id, []).append(
            [row.dossier_id, row.name, *about, row.told_on, row.dropped_on]
        )
    return lines


def _moment(at: datetime) -> tuple[date, time]:
    return at.date(), at.time().replace(second=0, microsecond=0)


_Further = Callable[[Work, Sequence[int]], dict[int, list[list[Value]]]]
_FURTHER: Mapping[TableName, _Further] = {TableName.HISTORY: _history, TableName.SLIPS: _slips}
