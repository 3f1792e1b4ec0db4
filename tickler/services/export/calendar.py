"""The binder as events of a calendar: the next contacts and the open slips."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import BinaryIO

from sqlalchemy import func, or_, select
from sqlmodel import SQLModel

from tickler.core.contact.kinds import Status
from tickler.core.filing import calendar_event
from tickler.core.filing.calendar_event import CalendarEvent, EventRules, Version
from tickler.core.phrases import counted, plural
from tickler.core.progress import Progress
from tickler.core.remark import Remark
from tickler.core.views import DueSlip, ExportReport
from tickler.desk import Work
from tickler.formats.calendar.write import EventWriter
from tickler.services.clients import read
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import Options
from tickler.store import journal_rows
from tickler.system.local_zone import local_zone

_TABLES = SQLModel.metadata.tables
_DOSSIER, _CARD, _SLIP = _TABLES["dossier"], _TABLES["card"], _TABLES["slip"]
_OPEN = _DOSSIER.c.status == Status.OPEN

#: What calendar programs call the calendar.
NAME = "tickler"

#: Of a row whose changes are no longer noted.
_NEVER = (0, datetime(2020, 1, 1, tzinfo=UTC))


def writer(work: Work) -> EventWriter:
    """What writes this binder's events, in the zone of this machine."""
    uid: str = work.ask(select(_TABLES["identity"].c.uid)).scalar_one()
    name, zone = local_zone() or ("", None)
    return EventWriter(uid, zone, name, work.settings.remind_minutes)


def write(
    work: Work, which: Selection, to: BinaryIO, options: Options, progress: Progress
) -> ExportReport:
    """Write one calendar of the events of these dossiers."""
    count = 0

    def watched() -> Iterator[CalendarEvent]:
        nonlocal count
        done = 0
        for batch in read.batches(which.keys):
            for event in events(work, batch):
                count += 1
                yield event
            done += len(batch)
            progress(done)

    for piece in writer(work).pieces(watched(), NAME, years=_years(work)):
        to.write(piece)
    left = without_day(work, which)
    said = f"{counted(left, 'dossier')} without a day {plural(left, 'has', 'have')} no event"
    warnings = (Remark("without-day", said),) if left else ()
    return ExportReport(len(which.keys), {"events": count}, warnings)


def whole(work: Work) -> bytes:
    """One calendar of everything."""
    return b"".join(writer(work).pieces(events(work, dated(work)), NAME, years=_years(work)))


def files(work: Work) -> Iterator[tuple[str, bytes]]:
    """One calendar a contact, each with the key of its event."""
    write = writer(work)
    for event in events(work, dated(work)):
        yield event.key, write.single(event)


def touched(work: Work, change: int, dossiers: Collection[int]) -> Mapping[str, bytes | None]:
    """The calendars of what a change touched, by the keys of the events; None for what is over."""
    write = writer(work)
    slips = journal_rows.rows_of(work.connection, change, "slip")
    over = chain((f"d{key}" for key in dossiers), (f"s{key}" for key in slips))
    found: dict[str, bytes | None] = dict.fromkeys(over)
    return found | {event.key: write.single(event) for event in events(work, dossiers)}


def without_day(work: Work, which: Selection | None = None) -> int:
    """How many open dossiers have no event: those in the inbox, and with a month only."""
    mine = (_DOSSIER.c.owner_id == work.rep_id) & _OPEN & _DOSSIER.c.next_on.is_(None)
    found = set(work.ask(select(_DOSSIER.c.id).where(mine)).scalars())
    return len(found if which is None or which.is_all else found.intersection(which.keys))


def dated(work: Work) -> list[int]:
    """The dossiers that have an event, or a slip that has one."""
    with_slips = select(_SLIP.c.dossier_id).where(_SLIP.c.ticked_on.is_(None))
    has_event = or_(_OPEN & _DOSSIER.c.next_on.is_not(None), _DOSSIER.c.id.in_(with_slips))
    mine = select(_DOSSIER.c.id).where(_DOSSIER.c.owner_id == work.rep_id, has_event)
    return list(work.ask(mine.order_by(_DOSSIER.c.id)).scalars())


def events(work: Work, keys: Collection[int]) -> Iterator[CalendarEvent]:
    """The events of these dossiers and of their open slips."""
    settings = work.settings
    rules = EventRules(work.today, settings.minutes, settings.date_words)
    for batch in read.batches(keys):
        rows = read.rows(work, _DOSSIER.c.id.in_(batch))
        slips = [DueSlip(slip, row) for row in rows for slip in row.slips]
        of_rows = journal_rows.last_changes(work.connection, "dossier", batch)
        of_slips: dict[int, tuple[int, datetime]] = {}
        for some in read.batches(due.slip.id for due in slips):
            of_slips |= journal_rows.last_changes(work.connection, "slip", some)
        addresses = _addresses(work, batch)
        for row in rows:
            version = Version(*of_rows.get(row.id, _NEVER))
            if event := calendar_event.of_dossier(row, version, rules, addresses.get(row.id, "")):
                yield event
        for due in slips:
            version = Version(*of_slips.get(due.slip.id, _NEVER))
            yield calendar_event.of_slip(due, version, rules)


def _addresses(work: Work, keys: Collection[int]) -> dict[int, str]:
    """Where these clients are, in one line each."""
    columns = (_CARD.c.street, _CARD.c.postcode, _CARD.c.city, _CARD.c.country)
    joined = select(_DOSSIER.c.id, *columns).join(_CARD, _CARD.c.id == _DOSSIER.c.card_id)
    found = {}
    for key, street, postcode, city, country in work.ask(joined.where(_DOSSIER.c.id.in_(keys))):
        parts = (" ".join(street.split()), f"{postcode} {city}".strip(), country)
        found[key] = ", ".join(part for part in parts if part)
    return found


def _years(work: Work) -> range:
    """The years in which something has a time."""
    years: list[int] = []
    for day, at in ((_DOSSIER.c.next_on, _DOSSIER.c.next_at), (_SLIP.c.due_on, _SLIP.c.due_at)):
        ahead = select(func.min(day), func.max(day)).where(at.is_not(None), day >= work.today)
        years += [each.year for each in work.ask(ahead).one() if each]
    return range(min(years), max(years) + 1) if years else range(0)
