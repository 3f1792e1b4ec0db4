"""The desk: every question is one read, every action one transaction and one undo step."""

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from io import IOBase
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Executable, Result
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from tickler.clock import Clock, rehearsed, system_clock
from tickler.config.settings import Settings
from tickler.core.dates.workdays import ByYear, Calendar
from tickler.core.phrases import first
from tickler.errors import Hint, TicklerError
from tickler.store import engine as store
from tickler.store import (
    journal,
    raw,
    rehearsal,
    schema_faults,
    search,
    trouble,
    unreadable,
    vacuum,
    whose,
)
from tickler.store.covers import Covers
from tickler.store.opened import OpenFile

P = ParamSpec("P")
R = TypeVar("R")

#: Is told of each change that was kept: its number, and the dossiers that it touched. Without a
#: number it may be any of them; number 0 touched none, and a day may have begun.
Follower = Callable[["Desk", int | None, Collection[int]], None]

#: How a binder is whose file could not be cleared of what was forgotten.
_IS_GONE = "it is forgotten, but old pages of the file still have it until that is cleared"

#: The actions that take back or repeat others.
_TAKING_BACK = ("undo", "redo")


@dataclass(slots=True)
class Work:
    """The unit of work that a service is handed: what to read and write with, who and when.

    `change` is the action's number in the journal; None while only reading. An action says in
    `summary` what it did, for `changes`, and in `action` its verb, if that is not its name.
    `standing_in_for` is the rep whose pile this binder is, where it was handed to another one;
    `lent` are the dossiers that are with a colleague, once that was asked for;
    `has_handovers` says whether there can be any. `unreadable` says of a dossier what of it
    cannot be read.
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
    unreadable: Mapping[int, str] = field(default_factory=dict)

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
        self._file = OpenFile(path, partial(whose.owner, settings), settings.backup)
        self._covers = Covers(path)
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
        """Whether there is a binder yet; reading does not make one, out of an empty file neither.

        Raises TicklerError where it may not be looked for.
        """
        return self._file.exists()

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

        def ask() -> R:
            with self._file.read() as engine, store.reading(engine) as connection:
                return question(self._work(connection), *args, **kwargs)

        return self._row_by_row(ask, [each for each in args if isinstance(each, IOBase)])

    def do(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `action` in one transaction: all of it is kept, or none. One line, one undo step.

        Where the settings rename the only rep, that is written first, in a line of its own; not
        before an undo, which could then take back nothing else.
        """

        def act() -> tuple[R, Work, journal.Touched | None]:
            with self._writing() as connection, self._covers.refuse_more(connection):
                work = self._work(connection)
                if not self._covers.notes_all and (damaged := self._lacking()):
                    raise damaged
                if action.__name__ not in _TAKING_BACK:
                    self.renamed_from = (
                        whose.rename(connection, self.settings, work) or self.renamed_from
                    )
                work.action = action.__name__
                work.change = journal.begin(connection, work.rep_id, work.now)
                result = action(work, *args, **kwargs)
                work.session.flush()
                touched = journal.finish(connection, work.change, work.action, work.summary)
                if touched is None:
                    connection.rollback()
                else:
                    search.refresh(connection, work.change, touched)
                return result, work, touched

        result, work, touched = self._row_by_row(act)
        if touched:
            self._confirm(work)
        if self.follower and touched:
            self._follow(work.change, touched.dossiers)
        return result

    def write_unjournaled(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Write what undo does not know of, such as drafts: one transaction, no line."""

        def act() -> tuple[R, Work]:
            with self._writing() as connection:
                work = self._work(connection)
                result = action(work, *args, **kwargs)
                work.session.flush()
                return result, work

        result, work = self._row_by_row(act)
        self._confirm(work)
        return result

    def vacuum(self) -> tuple[Path, ...]:
        """Clear the file of what was forgotten, outside every transaction, and opened copies.

        Returns the copies that may still have it. Raises Busy while another program holds
        old pages; `tickler doctor` goes on then.
        """
        from tickler.store import backup  # noqa: PLC0415  # seldom wanted
        from tickler.system import leftovers  # noqa: PLC0415  # as above

        if self.follower:
            self._follow(None, ())
        left = leftovers.clear()
        with self._plainly(_IS_GONE), self._file.use() as engine:
            vacuum.vacuum(engine)
        return (*backup.copies_of(self.path, self.uid, self.settings.backup), *left)

    def rehearse(
        self, action: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `action` and keep nothing of it: what it would do (`--dry-run`)."""

        def act() -> R:
            with self._file.read() as engine, rehearsal.rehearsing(engine) as connection:
                work = self._work(connection)
                work.action = action.__name__
                work.change = journal.begin(connection, work.rep_id, work.now)
                result = action(work, *args, **kwargs)
                work.session.flush()
                return result

        return self._row_by_row(act)

    def pulse(self) -> tuple[int, ...]:
        """A value that differs once another process has written, or the file was replaced.

        Only what has been opened is looked at; raises TicklerError where that no longer exists.
        """
        if not self._file.was_opened:
            return (1,) if self.exists else ()
        with self._plainly():
            return self._file.poll()

    def close(self) -> None:
        """Give the files back."""
        self._file.close()

    def look_only(self) -> None:
        """Raise Busy instead of moving aside what is next to the file: nobody is told here."""
        self._file.looks_only = True

    def notices(self) -> list[str]:
        """What the rep must be told of the file, each once: to be asked when something was done."""
        found, self._file.notices = self._file.notices, []
        return found

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
    def _writing(self) -> Iterator[Connection]:
        """An immediate transaction, of which it is known whether it has begun."""
        this = object()
        self._waiting.add(this)
        try:
            with self._file.use() as engine, store.writing(engine) as connection:
                self._holding.add(this)
                self._waiting.discard(this)
                yield connection
                self._file.refuse_other(connection)
        finally:
            self._waiting.discard(this)
            self._holding.discard(this)

    def _confirm(self, work: Work) -> None:
        """Raise where what was kept is not in the file that lies there now."""
        with self._plainly():
            self._file.confirm(work.change, work.now)

    def _work(self, connection: Connection) -> Work:
        now = self.now()
        self._covers.begin(connection, now.date())
        mine = whose.read(connection, self.settings)
        self.uid = mine.uid
        return Work(
            session=Session(bind=connection, autoflush=True),
            rep_id=mine.id,
            rep=mine.name,
            now=now,
            today=now.date(),
            calendar=Calendar(self.settings.weekdays, ByYear(self._holidays, mine.away)),
            settings=self.settings,
            standing_in_for=mine.standing_in_for,
            has_handovers=mine.has_handovers,
            unreadable=self._covers.by_dossier,
        )

    @property
    def unreadable(self) -> str:
        """What was found that cannot be read, in a sentence; "" for nothing."""
        return unreadable.said(self._covers.known) if self._covers.known else ""

    def look_through(self) -> bool:
        """Look for values that cannot be read in all of the binder; whether there are new ones.

        For who has the time: where nothing changed since, or little is in it, it is known.
        """
        with self._plainly(), self._file.read() as engine:
            return self.exists and self._covers.look(engine)

    def _row_by_row(self, run: Callable[[], R], files: Sequence[IOBase] = ()) -> R:
        """Run it; where values that cannot be read stop it, once more with those covered.

        What was written to `files` by then is written again.
        """
        with self._plainly():
            try:
                return run()
            except Exception as error:
                if not self._file.was_opened:
                    raise
                with self._file.use() as engine:
                    if not self._covers.look(engine, error):
                        raise
            for file in files:
                file.seek(0)
                file.truncate()
            return run()

    @contextlib.contextmanager
    def _plainly(self, state: str = "nothing was changed") -> Iterator[None]:
        """Turn a database error into a sentence; what cannot be one is a bug and passes.

        It says in what `state` the binder is then.
        """
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            if not trouble.is_no_room(cause):
                self._file.explain_other(error)
            explained = (
                trouble.explained(cause, self.path, state) or self._lacking() or self._spoiled()
            )
            if explained is None:
                # As it is: an error that is its own cause would be told without end.
                raise
            raise explained from error
        except (LookupError, ValueError, TypeError, AttributeError, StaleDataError) as error:
            if (explained := self._spoiled()) is None:
                raise
            raise explained from error

    def _spoiled(self) -> TicklerError | None:
        """What cannot be read, where something went wrong with it and no cover helped."""
        if not self.unreadable:
            return None
        return TicklerError(f"{self.unreadable}; nothing was changed", hint=Hint.DOCTOR)

    def _lacking(self) -> TicklerError | None:
        """What the schema lacks, where it was damaged."""
        try:
            with self._file.read() as engine, store.reading(engine) as connection:
                lacks = schema_faults.lacking(raw.file_of(connection))
        except (DBAPIError, sqlite3.Error, TicklerError):
            return None
        if not lacks:
            return None
        are = "is" if len(lacks) == 1 else "are"
        sentence = f"the binder is damaged: {', '.join(first(lacks, 3))} {are} missing"
        return TicklerError(f"{sentence}; nothing was changed", hint=Hint.DOCTOR, path=self.path)
