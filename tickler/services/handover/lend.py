"""Handing a pile over: what goes along, the file with whole dossiers, and that they are lent."""

import json
import shutil
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col

from tickler.core.contact.kinds import Status
from tickler.core.dates import ranges
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.slots import Month
from tickler.core.phrases import counted, named
from tickler.core.progress import Progress, unwatched
from tickler.core.remark import Remark
from tickler.core.text import fold, is_seen, one_line, quote
from tickler.core.views import DossierRow, LendPlan, Receipt
from tickler.desk import Work
from tickler.errors import Hint, Refused, TicklerError, Unreadable
from tickler.lent import Handover, HandoverRow
from tickler.models import Dossier, Identity
from tickler.services.clients import lent, listing, read
from tickler.services.export import whole
from tickler.store import blobs, bulk, counters, journal, raw, search
from tickler.store import engine as store
from tickler.system import files, sealed
from tickler.system.sealed import Seal

_TABLES = SQLModel.metadata.tables
_DOSSIER, _REP, _CONTENT = _TABLES["dossier"], _TABLES["rep"], _TABLES["content"]
_HANDOVER, _HANDOVER_ROW = _TABLES["handover"], _TABLES["handover_row"]

#: How the name of a binder may end.
_ENDINGS = ("", ".tickler", ".db")

#: What SQLite says of a file that cannot grow.
_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC")

#: How many dossiers a remark names.
_NAMED = 3


def goes_along() -> list[Any]:
    """The tables whose rows are a dossier's, each after those that it refers to.

    Not contents, which are taken by their digests, nor who wrote what, taken by name.
    """
    apart = (_REP, _HANDOVER, _HANDOVER_ROW)
    found = (table for table in whole.of_dossiers() if table not in apart)
    return [table for table in found if table.name not in ("content", *whole.PIECES)]


def plan(
    work: Work, days: str, typed: str = "", *, tag: str | None = None, to: str = ""
) -> LendPlan:
    """The pile that is planned for the days, of the dossiers that the filters mean.

    What has its next contact or an open slip then; what is late, too, where today is among the
    days. Raises Unreadable, and Refused in a pile that was handed over itself.
    """
    lent.refuse_here(work)
    first, after = ranges.read_stretch(
        days, work.today, work.calendar, order=work.settings.date_order, spaced=True
    )
    if to.strip() and not is_seen(to):
        raise Unreadable("the colleague's name has no letter that can be seen")
    colleague = one_line(to)
    if fold(colleague) == fold(work.rep):
        raise Refused(f"{colleague} is whose pile it is: name the colleague")
    rows = {row.id: row for row in read.rows_of_any(work, _planned(work, first, after))}
    begun = date.min if first <= work.today < after else first
    slips = read.due_slips(work, (begun, after), complaints=begun == date.min)
    rows |= {due.row.id: due.row for due in slips}
    if typed or tag is not None:
        fit = {*listing.of(work, typed, tag=tag).keys}
        if rows and not rows.keys() & fit:
            shown = work.settings.date_words.stretch_of_year(first, after - ONE_DAY)
            sought = " ".join(filter(None, (typed, f"tag:{tag}" if tag else "")))
            raise Refused(f"of what is planned for {shown}, nothing fits {quote(sought)}")
        rows = {key: row for key, row in rows.items() if key in fit}
    notes = [row for row in rows.values() if row.is_note]
    found = sorted((row for row in rows.values() if not row.is_note), key=_by_day)
    remarks = list(_remarks(work, found, notes, late=begun == date.min))
    shown = work.settings.date_words.stretch_of_year(first, after - ONE_DAY)
    return LendPlan(first, after, shown, tuple(found), colleague, tuple(remarks))


def write(
    work: Work,
    plan: LendPlan,
    path: Path,
    *,
    seal: Seal | None = None,
    force: bool = False,
    progress: Progress = unwatched,
) -> Handover:
    """Write the pile into a binder of its own; returns what `lend` notes at home.

    With a `seal` it is encrypted.
    Raises Refused for a file that exists, unless `force`, and where there is nothing to hand over;
    Unreadable as `target_of`.
    """
    if not plan.rows:
        raise Refused(f"nothing is planned for {plan.days}: there is nothing to hand over")
    given = Handover(
        uid=uuid.uuid4().hex,
        home=work.ask(select(col(Identity.uid))).scalar_one(),
        rep_id=work.rep_id,
        colleague=plan.colleague,
        first=plan.first,
        after=plan.after,
        at=work.now,
    )
    if seal:
        sealed.save_as(
            path, lambda plain: _fill(work, plan, given, plain, progress), seal, force=force
        )
        return given
    target = target_of(path)

    def make(file: BinaryIO) -> None:
        with tempfile.TemporaryDirectory(prefix=".tickler-", dir=target.parent) as folder:
            made = Path(folder) / "made.tickler"
            try:
                _fill(work, plan, given, made, progress)
            except DBAPIError as error:
                # The binder itself is only read: what is full is where the pile goes.
                if getattr(error.orig, "sqlite_errorname", "") in _NO_ROOM:
                    why = "there is no room for it"
                    raise TicklerError(f"cannot write the file: {why}", path=target) from error
                raise
            with made.open("rb") as whole_file:
                shutil.copyfileobj(whole_file, file)

    files.save(target, make, force=force, own=True)
    return given


def target_of(path: Path) -> Path:
    """Where the binder goes; raises Unreadable where the name asks for another kind of file."""
    target = files.target_of("handover.tickler", path)
    if target.name == "-" or target.suffix.lower() not in _ENDINGS:
        kinds = "a pile to work is a .tickler file, a page to read .html or .pdf"
        raise Unreadable(f"{kinds}; not {quote(target.name)}")
    return target


def lend(work: Work, plan: LendPlan, given: Handover) -> Receipt:
    """Note at home that the pile is with a colleague: undo takes that back, not the file."""
    work.session.add(given)
    work.session.flush()
    work.session.add_all(
        HandoverRow(
            handover_id=given.id or 0,
            dossier_id=row.id,
            of_table=_DOSSIER.name,
            their_id=row.id,
            home_id=row.id,
            base="",
        )
        for row in plan.rows
    )
    work.lent, work.has_handovers = None, True
    work.action = "handover"
    to = plan.colleague or "a colleague"
    work.summary = f"handed to {to}: {counted(len(plan.rows), 'dossier')} of {plan.days}"
    return Receipt("handover", work.change, work.summary, plan.rows, plan.rows, plan.remarks)


def _planned(work: Work, first: date, after: date) -> list[ColumnElement[bool]]:
    """What is filed on these days or wholly in them; what is late, and the running month, too."""
    on, month = col(Dossier.next_on), col(Dossier.next_month)
    is_open = col(Dossier.status) == Status.OPEN
    in_months: ColumnElement[bool]
    begun, ends = Month.of(first), Month.of(after)
    begun = begun if first == begun.first else begun.plus(1)
    in_months = (month >= str(begun)) & (month < str(ends))
    if first <= work.today < after:
        in_months = or_(in_months, month <= str(Month.of(work.today)))
        return [and_(is_open, on < after), and_(is_open, in_months)]
    return [and_(is_open, on >= first, on < after), and_(is_open, in_months)]


def _by_day(row: DossierRow) -> tuple[date, str, int]:
    day = row.next.on or (row.next.month.first if row.next.month else date.max)
    return day, fold(row.name), row.id


def _remarks(
    work: Work, rows: Sequence[DossierRow], notes: Sequence[DossierRow], *, late: bool
) -> list[Remark]:
    found = []
    if late and (count := sum(bool(row.overdue_days) for row in rows)):
        found.append(Remark("late", f"today is among the days: {count} of them are late"))
    if notes:
        names = named([row.name for row in notes], _NAMED)
        found.append(Remark("own-notes", f"your own notes stay here: {names}"))
    if gone := [row for row in rows if row.lent]:
        names = named([f"{row.name} {row.lent}" for row in gone], _NAMED)
        found.append(Remark("lent", f"handed over already: {names}"))
    return found


def _fill(work: Work, plan: LendPlan, given: Handover, path: Path, progress: Progress) -> None:
    """Make the binder: the same rows with the same ids, and what they were when they went."""
    engine = store.open_file(path, work.rep)
    try:
        with store.writing(engine) as there:
            # The triggers want a line of the journal; it is of a rep who is not there afterwards.
            there.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            journal.begin(there, 1, work.now)
            there.execute(delete(_REP))
            with whole.chosen(work, (row.id for row in plan.rows)) as wanted:
                _write_reps(work, there, wanted, plan.colleague)
                _write_contents(work, there, wanted)
                row = given.model_dump(exclude={"id"})
                (key,) = bulk.insert(there, _HANDOVER.name, tuple(row), [tuple(row.values())])
                _write_rows(work, there, wanted, key, progress)
            _go_on_counting(work, there)
            for table in ("change_row", "change"):
                there.execute(delete(_TABLES[table]))
            search.install(there)
        with engine.connect() as there:
            there.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _write_reps(work: Work, there: Connection, wanted: whole.Ids, colleague: str) -> None:
    """Write who wrote what as guests, and the one who stands in and has the binder."""
    keys = {work.rep_id}
    for table in goes_along():
        if "author_id" in table.columns:
            authors = (
                whole.rows_of(table, wanted).with_only_columns(table.c.author_id).order_by(None)
            )
            keys.update(work.ask(authors.distinct()).scalars())
    known = list(raw.rows(work.connection, select(_REP)))
    guests = [{**row, "is_guest": 1} for row in known if row["id"] in keys]
    stand_in = {
        "id": max(row["id"] for row in known) + 1,
        "name": colleague,
        "folded": fold(colleague),
        "is_guest": 0,
    }
    for row in guests:
        if row["folded"] == stand_in["folded"]:
            stand_in["id"] = row["id"]
    guests = [row for row in guests if row["id"] != stand_in["id"]]
    raw.add(there, _REP, [*guests, stand_in])


def _write_contents(work: Work, there: Connection, wanted: whole.Ids) -> None:
    for row in raw.rows(work.connection, whole.rows_of(_CONTENT, wanted)):
        raw.add(there, _CONTENT, [row])
        try:
            blobs.copy(work.connection, row["id"], there, row["id"])
        except blobs.ChangedBytes as error:
            known = select(_TABLES["attachment"].c.name).where(
                _TABLES["attachment"].c.content_id == row["id"]
            )
            name = work.ask(known).scalars().first() or "a mail"
            raise TicklerError(
                f"{name} is not what was attached: its bytes have changed in the binder; attach "
                "the good file again, or take it off",
                hint=Hint.ATTACHMENTS,
            ) from error


def _write_rows(
    work: Work, there: Connection, wanted: whole.Ids, handover: int, progress: Progress
) -> None:
    """Write the rows of the dossiers, and what they were when they went."""
    owner = there.execute(select(_REP.c.id).where(~_REP.c.is_guest)).scalar_one()
    of_card: dict[int, int] = {}
    dossiers = 0
    for row in raw.rows(work.connection, whole.rows_of(_DOSSIER, wanted)):
        of_card.setdefault(row["card_id"], row["id"])
        dossiers += 1
    bases, tables = [], goes_along()
    for n, table in enumerate(tables, 1):
        rows = list(raw.rows(work.connection, whole.rows_of(table, wanted)))
        if table is _DOSSIER:
            rows = [{**row, "owner_id": owner, "put_off": None} for row in rows]
        for row in rows:
            key = of_card[row["id"]] if table.name == "card" else dossier_of(table.name, row)
            base = {"base": json.dumps(row), "news": ""}
            bases.append(noted(handover, key, table.name, row["id"], row["id"]) | base)
        raw.add(there, table, rows)
        progress(dossiers * n // len(tables))
    raw.add(there, _HANDOVER_ROW, bases)


def noted(handover: int, dossier: int, table: str, theirs: int, home: int) -> dict[str, Any]:
    """A row of `handover_row`, less what it was and what is new."""
    return {
        "handover_id": handover,
        "dossier_id": dossier,
        "of_table": table,
        "their_id": theirs,
        "home_id": home,
    }


def dossier_of(table: str, row: Mapping[str, Any]) -> int:
    """The dossier that a row, which is not a card, belongs to."""
    return int(row["id"] if table == "dossier" else row["dossier_id"])


def _go_on_counting(work: Work, there: Connection) -> None:
    """Let new rows there have ids that no row here has yet: a `#12` means one dossier alone."""
    own = {"change", "change_row", "handover", "handover_row"}
    known = counters.last_ids(work.connection)
    counters.raise_to(there, {name: last for name, last in known.items() if name not in own})
