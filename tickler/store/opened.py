"""The binder's file while it is open: what others do to it is noticed before it is used again.

Another program may put another file in its place, write over it, or take its log away. SQLite
would work on with what it has; what is confirmed would then be in no file that anybody finds.
"""

import contextlib
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from tickler.core.backups import BackupRule
from tickler.errors import Busy, Hint, TicklerError
from tickler.store import engine, gate, journal, pair, trouble
from tickler.store.pair import Log
from tickler.store.pulse import LAST, Pulse
from tickler.store.watch import State, Watch
from tickler.system import files

#: After so long without a write the log is written into the file, in seconds: a copy of the file
#: alone then has everything.
IDLE = 3.0

_HAS = "SELECT 1 FROM change WHERE id = ? AND at = ?"

#: A restore says itself what it did: in the journal, which goes on above what was seen.
_RESTORED = f"SELECT 1 FROM change WHERE id > ? AND action = '{journal.RESTORE}'"

_WRITTEN_OVER = "another program wrote over the file of the binder: you see what it holds now"
_REPLACED = "another program put another file in the place of the binder: you see what it holds now"
_NOT_KEPT = "the binder as it was could not be kept"


class OpenFile:
    """Opens the file when it is first used, and again when another one lies there."""

    def __init__(self, path: Path, owner: Callable[[], str], rule: BackupRule) -> None:
        self.path = path
        self._owner = owner
        self._rule = rule
        self._engine: Engine | None = None
        self._empty: Engine | None = None
        self._watch: Watch | None = None
        self._pulse: Pulse | None = None
        #: The last action that was seen in the file, and the beat of the pulse then.
        self._last: tuple[int, str] | None = None
        self._beat: tuple[int, ...] = ()
        self._uses = 0
        self._turn = threading.Condition()
        #: Whether what is next to the file is left to others, who can tell the rep.
        self.looks_only = False
        self._times = 0  # how often a file was opened
        #: What the rep must be told of the file, by whoever talks next.
        self.notices: list[str] = []

    @property
    def was_opened(self) -> bool:
        """Whether there was a file: where there is none any more, none is made."""
        return self._times > 0

    @contextlib.contextmanager
    def use(self) -> Iterator[Engine]:
        """The engine of the file that is there now; raises TicklerError where it has gone."""
        with self._turn:
            ready = self._ready()
            self._uses += 1
        try:
            yield ready
        finally:
            with self._turn:
                self._uses -= 1
                self._turn.notify_all()

    def exists(self) -> bool:
        """Whether there is anything in the file; raises TicklerError where that cannot be told."""
        try:
            found = self.path.stat()
            return found.st_size > 0 or not stat.S_ISREG(found.st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise TicklerError(
                f"cannot open the binder: {error.strerror}", path=self.path
            ) from error

    @contextlib.contextmanager
    def read(self) -> Iterator[Engine]:
        """The engine to read with: where there is no binder yet, that of an empty one."""
        if self.was_opened or self.exists():
            with self.use() as ready:
                yield ready
            return
        with self._turn:
            if self._empty is None:
                self._empty = engine.open_empty(self._owner())
        yield self._empty

    def refuse_other(self, connection: Connection) -> None:
        """Raise Busy, at the end of a transaction, where the file is not what it began with."""
        assert self._watch
        state = self._watch.state()
        if state is State.WRITTEN:
            found = pair.look(self._watch.file, pair.beside(self.path)[0])
            before = connection.info.get(pair.BEFORE)
            if found in (Log.OWN, Log.OWN_OF_BEFORE) or (
                found is Log.NONE and pair.first_page(self._watch.file).stamp == before
            ):
                return
        if state is not State.SAME:
            raise Busy(
                "another program changed the file of the binder at the same moment; nothing was "
                "changed: look, and do it again",
                path=self.path,
            )

    def confirm(self, change: int | None, at: datetime) -> None:
        """See after a transaction that it is in the file that lies there; raises if it is not."""
        assert self._watch
        if self._watch.state() is State.SAME:
            return
        this = (change, f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}")
        with self.use() as present, engine.reading(present) as connection:
            there = change is None or connection.exec_driver_sql(_HAS, this).first()
        if not there:
            raise TicklerError(
                "another program changed the file of the binder at the same moment: what you did "
                "is not in it; do it again",
                path=self.path,
            )

    def explain_other(self, error: Exception) -> None:
        """Raise Busy in place of a fault of SQLite, where others did something to the file."""
        if self._watch and self._watch.state() not in (State.SAME, State.WRITTEN):
            raise Busy(
                "another program changed the file of the binder at the same moment: look, and do "
                "it again",
                path=self.path,
            ) from error

    def poll(self) -> tuple[int, ...]:
        """A value that differs once another connection has written, or the file was replaced.

        Raises TicklerError while the file is not there.
        """
        with self._turn:
            self._ready()
            if self._pulse is None:
                self._pulse = Pulse(self.path)
            beat = (self._times, *self._pulse.poll())
            if beat != self._beat:
                self._beat, self._last = beat, self._pulse.last()
            self._rest(self._pulse)
            return beat

    def close(self) -> None:
        """Give the file back; whoever closes it last leaves no log."""
        with self._turn:
            if self._engine is not None and self._watch is not None:
                self._leave(self._engine, self._watch)
            self._let_go()
            if self._empty is not None:
                self._empty.dispose()
            self._empty = None

    def _leave(self, present: Engine, watch: Watch) -> None:
        """Lose nothing by what was done to the file a moment ago."""
        try:
            state = watch.state()
            if state is State.WRITTEN and watch.own_log() is not Log.FOREIGN:
                return  # SQLite closes a file whose log is its own, or empty, as it should
            if state is not State.SAME:
                self._settle(state, present, watch)
        except TicklerError as error:
            self.notices.append(error.sentence)
        except sqlite3.Error as error:
            if (said := trouble.explained(error, self.path, _NOT_KEPT)) is None:
                raise
            self.notices.append(said.sentence)

    def _ready(self) -> Engine:
        if self._engine is not None and self._watch is not None:
            state = self._watch.state()
            if state is not State.SAME:
                self._settle(state, self._engine, self._watch)
        if self._engine is None:
            self._open()
        assert self._engine
        return self._engine

    def _open(self) -> None:
        if self.was_opened:
            engine.file_at(self.path)
            if not self.path.stat().st_size:
                raise TicklerError(
                    "another program emptied the file of the binder; nothing was changed",
                    hint=Hint.DOCTOR,
                    path=self.path,
                )
        if self.looks_only and not gate.is_clean(self.path):
            raise Busy("what is next to the binder is to be seen to first", path=self.path)
        self._engine = engine.open_file(
            self.path, self._owner(), rule=self._rule, notices=self.notices
        )
        self._watch = Watch(self.path)
        self._times += 1

    def _open_again(self) -> None:
        """Open what lies there now; say so if what was seen last is not in it."""
        last = self._last
        self._let_go()
        self._open()
        assert self._engine
        with engine.reading(self._engine) as connection:
            if not last or connection.exec_driver_sql(_HAS, last).first():
                return
            if not connection.exec_driver_sql(_RESTORED, last[:1]).first():
                self.notices.append(_WRITTEN_OVER)

    def _let_go(self) -> None:
        """Close every connection, then the descriptor: the other way round would lose locks."""
        for held in (self._pulse, self._engine, self._watch):
            if held is not None:
                held.dispose()
        self._engine = self._pulse = self._watch = None

    def _rest(self, pulse: Pulse) -> None:
        """Write the log into the file, once nobody has written for a while."""
        log = pair.beside(self.path)[0]
        assert self._watch
        with contextlib.suppress(OSError):
            found = log.stat()
            if found.st_size and abs(time.time() - found.st_mtime) > IDLE:
                stamp = pulse.empty_log()
                # Else somebody wrote over the file meanwhile, which the next look sees.
                if pair.first_page(self._watch.file).stamp == stamp:
                    self._watch.note()

    def _settle(self, state: State, present: Engine, watch: Watch) -> None:
        """Leave what is not the binder's file any more; nothing of it is lost, and it is said."""
        if not self._turn.wait_for(lambda: not self._uses, gate.PATIENCE):
            raise Busy("another action is using the binder", path=self.path)
        if state is State.WRITTEN or (state is State.LOG_LOST and watch.own_log() is Log.FOREIGN):
            self._look_closer(watch)
            return
        with contextlib.closing(present.raw_connection()) as held:
            file = held.driver_connection
            assert isinstance(file, sqlite3.Connection)
            if state is State.LOG_LOST:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if watch.log_is_another:
                    self.notices += gate.move_aside(self.path)
            else:
                self._keep_what_was(state, file, watch)
        self._let_go()

    def _look_closer(self, watch: Watch) -> None:
        found = watch.own_log()
        if found in (Log.OWN, Log.OWN_OF_BEFORE):
            watch.note()
            return
        gate.wait_for_copy(self.path, watch.file)
        found = watch.own_log()
        if found is not Log.FOREIGN:
            self._open_again()
            return
        kept = gate.keep_log(self.path, watch.lost_log) if watch.lost_log is not None else []
        # SQLite would write the log into what lies there now, as it closes.
        gate.give_own_file(self.path, watch.file)
        self.notices += [_WRITTEN_OVER, *gate.move_aside(self.path), *kept]
        self._let_go()

    def _keep_what_was(self, state: State, file: sqlite3.Connection, watch: Watch) -> None:
        """Keep all that was in the file that is not there any more, unless what is there has it."""
        if watch.is_whole():
            # It has another name now, and under that name it is to be whole.
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            watch.drop_log()
            if state is State.REPLACED:
                self.notices.append(_REPLACED)
            return
        last = file.execute(LAST).fetchone()
        if state is State.REPLACED and last and _has(self.path, last):
            watch.drop_log()
            return
        kept = gate.free_name(self.path, "replaced" if state is State.REPLACED else "deleted")

        def write(part: Path) -> None:
            with contextlib.closing(sqlite3.connect(part)) as copy:
                file.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")

        files.make_folder(kept.parent)
        files.save_as(kept, write)
        watch.drop_log()
        what = _REPLACED if state is State.REPLACED else "the file of the binder was deleted"
        self.notices.append(f"{what}; the binder as it was is kept next to it as {kept.name}")


def _has(path: Path, change: tuple[int, str]) -> bool:
    """Whether a file that nobody has opened yet has this action in it."""
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as file:
            return file.execute(_HAS, change).fetchone() is not None
    except sqlite3.Error:
        return False
