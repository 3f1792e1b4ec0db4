"""The desk: every question is one read, every action one transaction and one undo step."""

import contextlib
import getpass
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, Executable, Result, Row, exists, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from tickler.clock import Clock, rehearsed, system_clock
from tickler.config.settings import Settings
from tickler.core.dates.workdays import ONE_DAY, ByYear, Calendar
from tickler.core.text import fold, one_line
from tickler.errors import Busy, Hint, NotFound, Refused, TicklerError
from tickler.store import engine as store
from tickler.store import journal, search, vacuum
from tickler.store.pulse import Pulse

_REP = SQLModel.metadata.tables["rep"]
_ABSENCE = SQLModel.metadata.tables["absence"]
_HANDOVER = SQLModel.metadata.tables["handover"]
_UID = select(SQLModel.metadata.tables["identity"].c.uid).scalar_subquery().label("uid")
_HAS_HANDOVERS = select(exists(select(_HANDOVER.c.id))).scalar_subquery().label("has_handovers")
#: Every rep, once for each of their absences; those who have a binder here first.
_REPS = (
    select(*_REP.c, _ABSENCE.c.first, _ABSENCE.c.after, _ABSENCE.c.why, _HAS_HANDOVERS, _UID)
    .outerjoin(_ABSENCE, _ABSENCE.c.rep_id == _REP.c.id)
    .order_by(_REP.c.is_guest, _REP.c.id, _ABSENCE.c.id)
)
#: Whose pile this binder is, where it was handed over: that rep is a guest in it.
_AWAY = select(_REP.c.name).join(_HANDOVER, _HANDOVER.c.rep_id == _REP.c.id).where(_REP.c.is_guest)

P = ParamSpec("P")
R = TypeVar("R")

#: Is told of each change that was kept: its number, and the dossiers that it touched. Without a
#: number it may be any of them; number 0 touched none, and a day may have begun.
Follower = Callable[["Desk", int | None, Collection[int]], None]

#: The actions that take back or repeat others.
_TAKING_BACK = ("undo", "redo")


@dataclass(slots=True)
class Work:
    """The unit of work that a service is handed: what to read and write with, who and when.

    `change` is the action's number in the journal; None while only reading. An action says in
    `summary` what it did, for `changes`, and in `action` its verb, if that is not its name.
    `standing_in_for` is the rep whose pile this binder is, where it was handed to another one;
    `lent` are the dossiers that are with a colleague, once that was asked for;
    `has_handovers` says whether there can be any.
    """

    session: Session
    rep_id: int
    rep: str
    now: datetime
    today: date
    calendar: Calendar
    settings: Settings
    change: int | None = None
    action: str = ""
    summary: str = ""
    standing_in_for: str = ""
    lent: Mapping[int, str] | None = None
    has_handovers: bool = False

    @property
    def connection(self) -> Connection:
        """The transaction, for what is written and read in bulk."""
        return self.session.connection()

    def ask(self, statement: Executable, **values: object) -> Result[*tuple[Any, ...]]:
        """Read columns; what the action has written so far is seen.

        A statement made once, with names for its `values`, costs a third of one made each time.
        """
        self.session.flush()
        return self.connection.execute(statement, values)


class Desk:
    """Opens the binder of one rep. The only place that knows the clock and opens sessions.

    Without a `clock` it is the machine's, on the day that the settings rehearse.
    """

    def __init__(self, path: Path, settings: Settings, *, clock: Clock | None = None) -> None:
        self.path = path
        self.settings = settings
        self._clock = clock or rehearsed(system_clock, settings.today)
        self._engine: Engine | None = None
        self._empty: Engine | None = None
        self._pulse: Pulse | None = None
        self._opened: tuple[int, int] | None = None  # the file that was opened
        self._opening = threading.Lock()
        #: The writes of this program that wait for the file's lock, and those that have it.
        self._waiting: set[object] = set()
        self._holding: set[object] = set()
        self.uid = ""  # tells the binder from any other, once it was read
        #: What the rep was called before the settings gave another name; "" if they did not.
        self.renamed_from = ""
        self._holidays = settings.holidays()
        #: Keeps something outside the binder true to it, such as a calendar.
        self.follower: Follower | None = None
        #: Why the follower could not, said once by whoever shows what an action did.
        self.unfollowed = ""

    @property
    def exists(self) -> bool:
        """Whether there is a binder yet; reading does not make one.

        Raises TicklerError where it may not be looked for.
        """
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise TicklerError(
                f"cannot open the binder: {error.strerror}", path=self.path
            ) from error
        return True

    def now(self) -> datetime:
        """The present instant, in local time."""
        return self._clock().astimezone()

    def today(self) -> date:
        """The rep's day: the clock's, or the one rehearsed."""
        return self.now().date()

    def see(
        self, question: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Ask `question` of the binder as it is; never blocks a writer, never writes."""
        with self._plainly(), store.reading(self._reader()) as connection:
            return question(self._work(connection), *args, **kwargs)

    def do(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `action` in one transaction: all of it is kept, or none. One line, one undo step.

        Where the settings rename the only rep, that is written first, in a line of its own; not
        before an undo, which could then take back nothing else.
        """
        with self._plainly(), self._writing(self._writer()) as connection:
            work = self._work(connection)
            if action.__name__ not in _TAKING_BACK:
                self._rename(connection, work)
            work.action = action.__name__
            work.change = journal.begin(connection, work.rep_id, work.now)
            result = action(work, *args, **kwargs)
            work.session.flush()
            touched = journal.finish(connection, work.change, work.action, work.summary)
            if touched is None:
                connection.rollback()
            else:
                search.refresh(connection, work.change, touched)
        if self.follower and touched:
            self._follow(work.change, touched.dossiers)
        return result

    def write_unjournaled(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Write what undo does not know of, such as drafts: one transaction, no line."""
        with self._plainly(), self._writing(self._writer()) as connection:
            work = self._work(connection)
            result = action(work, *args, **kwargs)
            work.session.flush()
            return result

    def vacuum(self) -> tuple[Path, ...]:
        """Clear the file of what was forgotten, outside every transaction.

        Returns the copies beside it that still have it. Raises Busy while another program holds
        old pages; `tickler doctor` goes on then.
        """
        from tickler.store import backup  # noqa: PLC0415  # seldom wanted

        if self.follower:
            self._follow(None, ())
        with self._plainly():
            vacuum.vacuum(self._writer())
        return tuple(backup.copies_of(self.path, self.uid, self.settings.backup))

    def rehearse(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `action` and keep nothing of it: what it would do (`--dry-run`)."""
        with self._plainly(), store.writing(self._reader()) as connection:
            work = self._work(connection)
            work.action = action.__name__
            work.change = journal.begin(connection, work.rep_id, work.now)
            result = action(work, *args, **kwargs)
            work.session.flush()
            connection.rollback()
            return result

    def pulse(self) -> tuple[int, ...]:
        """A value that differs once another process has written, or the file was replaced.

        Only what has been opened is looked at; raises TicklerError where that no longer exists.
        """
        if self._engine is None:
            return (1,) if self.exists else ()
        with self._plainly():
            if self._pulse is None:
                self._pulse = Pulse(self.path)
            return self._pulse.poll()

    def close(self) -> None:
        """Give the files back."""
        for held in (self._engine, self._empty, self._pulse):
            if held is not None:
                held.dispose()
        self._engine = self._empty = self._pulse = self._opened = None

    @property
    def waits_for_another(self) -> bool:
        """Whether a write of this program waits for another program's; not for a slow one of ours.

        To be asked in any thread.
        """
        return bool(self._waiting) and not self._holding

    def follow_day(self) -> None:
        """Let the follower know that a day may have begun."""
        if self.follower and self.exists:
            self._follow(0, ())

    def _follow(self, change: int | None, dossiers: Collection[int]) -> None:
        """Tell the follower. Its fault is no fault of the action, which is done."""
        assert self.follower
        self.unfollowed = ""
        try:
            self.follower(self, change, dossiers)
        except TicklerError as error:
            self.unfollowed = error.sentence

    @contextlib.contextmanager
    def _writing(self, engine: Engine) -> Iterator[Connection]:
        """An immediate transaction, of which it is known whether it has begun."""
        this = object()
        self._waiting.add(this)
        try:
            with store.writing(engine) as connection:
                self._holding.add(this)
                self._waiting.discard(this)
                yield connection
        finally:
            self._waiting.discard(this)
            self._holding.discard(this)

    def _reader(self) -> Engine:
        if self._opened is None and not self.exists:
            with self._opening:
                if self._empty is None:
                    self._empty = store.open_empty(self._owner())
                return self._empty
        return self._writer()

    def _writer(self) -> Engine:
        """The engine of the file that is there now; raises TicklerError where it has gone."""
        with self._opening:
            if self._opened and store.file_at(self.path) != self._opened and self._engine:
                # Else what is confirmed would go into a file that nobody finds again.
                self._engine.dispose()
                self._engine = None
            if self._engine is None:
                self._engine = store.open_file(self.path, self._owner(), rule=self.settings.backup)
                self._opened = store.file_at(self.path)
            return self._engine

    def _work(self, connection: Connection) -> Work:
        now = self.now()
        every = connection.execute(_REPS).all()
        rep_id, rep, away = self._rep([row for row in every if not row.is_guest])
        self.uid = every[0].uid
        has_handovers = any(row.has_handovers for row in every)
        return Work(
            session=Session(bind=connection, autoflush=True),
            rep_id=rep_id,
            rep=rep,
            now=now,
            today=now.date(),
            calendar=Calendar(self.settings.weekdays, ByYear(self._holidays, away)),
            settings=self.settings,
            standing_in_for=(connection.scalar(_AWAY) or "") if has_handovers else "",
            has_handovers=has_handovers,
        )

    def _rep(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[int, str, Mapping[date, str]]:
        """Whose binder: the one named in the settings, else the only one there is; and days off.

        The pile of an absent rep has one without a name: who works it first has it.
        """
        named = None if self.settings.rep is None else fold(self.settings.rep)
        mine = next((row for row in rows if named in (None, row.folded)), None)
        only_one = len({row.id for row in rows}) == 1
        if mine is None and only_one and (self.settings.rep_is_kept or not rows[0].folded):
            mine = rows[0]
        if mine is None:
            known = ", ".join(dict.fromkeys(row.name for row in rows))
            raise NotFound(f"there is no rep “{self.settings.rep}” here; known: {known}")
        away = dict(self.settings.days_off)
        for row in rows:
            if row.id == mine.id and row.first is not None:
                days = (row.first + ONE_DAY * n for n in range((row.after - row.first).days))
                away |= dict.fromkeys(days, row.why or "away")
        if not mine.folded:
            return mine.id, self._owner(), away
        kept = self.settings.rep if self.settings.rep_is_kept and named != mine.folded else None
        return mine.id, one_line(kept or mine.name), away

    def _rename(self, connection: Connection, work: Work) -> None:
        """Write the rep's name into the binder where it has none, or the settings say another."""
        if not (self.settings.rep_is_kept or work.standing_in_for):
            return
        mine = _REP.c.id == work.rep_id
        was = connection.execute(select(_REP.c.name).where(mine)).scalar_one()
        if fold(was) == fold(work.rep) or (was and not self.settings.rep_is_kept):
            return
        change = journal.begin(connection, work.rep_id, work.now)
        if work.standing_in_for:
            _give_way(connection, work)
        connection.execute(_REP.update().where(mine).values(name=work.rep, folded=fold(work.rep)))
        said = f"{was} is called {work.rep}" if was else f"{work.rep} works this pile"
        journal.finish(connection, change, "rename", said)
        self.renamed_from = was

    def _owner(self) -> str:
        return one_line(self.settings.rep or _login())

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn a database error into a sentence; what cannot be one is a bug and passes."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            explained = self._explained(error.orig if isinstance(error, DBAPIError) else error)
            if explained is None:
                # As it is: an error that is its own cause would be told without end.
                raise
            raise explained from error

    def _explained(self, error: BaseException | None) -> TicklerError | None:
        """The sentence; None for a bug."""
        text = str(error)
        if not isinstance(error, sqlite3.DatabaseError) or isinstance(
            error, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            return None
        if "locked" in text or "busy" in text:
            return Busy(
                "another program is writing to the binder; try again in a moment", path=self.path
            )
        if "readonly" in text or "read-only" in text:
            return Refused(
                "the binder may not be written to; nothing was changed",
                hint=Hint.DOCTOR,
                path=self.path,
            )
        if "no such table" in text or "no such column" in text:
            return None
        return TicklerError(
            f"the binder cannot be used: {text}; nothing was changed",
            hint=Hint.DOCTOR,
            path=self.path,
        )


def _give_way(connection: Connection, work: Work) -> None:
    """Let who works here have a name that a guest has; raises Refused for that of who is away."""
    name = fold(work.rep)
    if name == fold(work.standing_in_for):
        raise Refused(
            f"this is the pile of {work.standing_in_for}, in the hands of a colleague: "
            "nothing was changed",
            hint=Hint.WHO,
        )
    guest = _REP.update().where(_REP.c.folded == name, _REP.c.id != work.rep_id)
    connection.execute(guest.values(folded=_REP.c.folded + " ·"))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "rep"
