"""The SQLite file: made for its owner alone, brought to the present schema, opened safely."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from tickler.core.backups import USUAL, BackupRule
from tickler.core.text import folded_all
from tickler.errors import Hint, Refused, TicklerError
from tickler.store import gate, open_mode, pair, tables, trouble
from tickler.store.tables import MIGRATIONS
from tickler.system import files

#: Marks a file as tickler's in SQLite's own header.
APPLICATION_ID = open_mode.APPLICATION_ID

#: How long a writer waits for another one, in seconds.
PATIENCE = open_mode.PATIENCE

#: The schema this program works with; a test holds that it is the last migration.
HEAD = "0006"

#: Between two tries at what SQLite does not wait for itself, in seconds.
_MOMENT = 0.01

#: Pages that are held in memory, in KB: a long list is written at once, and not page by page.
_CACHE = 32_768

_NOT_OURS = "this is not a tickler database; it was not changed"

IMMEDIATE = "tickler_immediate"


@dataclass(frozen=True, slots=True)
class Schema:
    """Where the migrations are, and the last of them."""

    head: str = HEAD
    migrations: Path = MIGRATIONS


def open_file(
    path: Path,
    owner: str,
    schema: Schema = Schema(),
    rule: BackupRule | None = USUAL,
    *,
    notices: list[str] | None = None,
) -> Engine:
    """The database in `path`: made (for `owner`) if missing, migrated (after a backup) if older.

    Without a `rule` no backup is made: then the file is one.

    Raises Refused, and touches nothing, where the file is not a tickler database or a newer one.
    `notices` gets what the rep must be told of what was next to it.
    """
    notices = [] if notices is None else notices
    if (ready := _open_ready(path, schema, notices)) is not None:
        return ready
    found = inspect(path)
    if found is None:
        notices += gate.secure_nothing(path)
        create_private(path)
    elif found not in ("", schema.head):
        _refuse_newer(path, found, schema, rule)
    _mend_leftovers(path)
    engine = _engine(path)
    if found != schema.head:
        try:
            _bring_up_to_date(engine, path, owner, schema, rule)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _open_ready(path: Path, schema: Schema, notices: list[str]) -> Engine | None:
    """The database, where its first bytes say that it is ours and its schema is the present one.

    The connection that asks is the one to work with: SQLite reads the whole schema for each.
    """
    first = gate.prepare(path, notices)
    if first is None or first.mark != APPLICATION_ID:
        return None  # `inspect` says why
    if not first.in_wal:
        if not gate.has_journal(path) or open_mode.locked(path):
            return None
        connect(path).close()  # takes back what was broken off, which no reader may
    _mend_leftovers(path)
    engine = _engine(path)
    # What goes wrong here `inspect` meets again, and says it.
    with (
        contextlib.suppress(sqlite3.Error, DBAPIError),
        contextlib.closing(engine.raw_connection()) as held,
    ):
        asked = held.cursor()
        asked.execute("SELECT version_num FROM alembic_version")
        if asked.fetchone() == (schema.head,):
            return engine
    engine.dispose()
    return None


def open_empty(owner: str) -> Engine:
    """An empty binder, for reading where there is no file yet.

    It is in memory, and what is too much for that SQLite puts into a file that nobody sees.
    """
    engine = single("")
    with engine.begin() as connection:
        tables.make(connection, owner)
    return engine


def single(place: str) -> Engine:
    """An engine of one connection, to a file that nobody else opens: who comes second waits."""
    connect = partial(sqlite3.connect, place, check_same_thread=False)
    one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_engine("sqlite://", creator=connect, **one)
    _listen(engine)
    return engine


def inspect(path: Path) -> str | None:
    """The schema version of the file, None where there is none yet, "" where it was left unmade.

    Raises Refused where the file is something else.
    """
    try:
        if not path.exists():
            return None
        if path.is_dir():
            raise Refused("this is a folder, not a database", path=path)
        if not path.is_file():
            raise Refused("this is not an ordinary file, so it is no database", path=path)
        if path.stat().st_size == 0:
            return ""
        # SQLite itself takes a file of one byte for an empty database and writes over it.
        with path.open("rb") as begun:
            if not pair.FirstPage(begun.read(pair.HEAD)).is_sqlite:
                from tickler.system import sealed  # noqa: PLC0415  # only for what is no binder

                if sealed.is_sealed(path):
                    raise Refused("this file is encrypted", hint=Hint.SEALED, path=path)
                raise Refused(_NOT_OURS, path=path)
        with contextlib.closing(sqlite3.connect(open_mode.looking(path), uri=True)) as file:
            file.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
            (mark,) = file.execute("PRAGMA application_id").fetchone()
            (tables,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not mark and not tables:
                return ""
            if mark != APPLICATION_ID:
                raise Refused(
                    "this is a database of another program; it was not changed", path=path
                )
            row = file.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is None:
                sentence = "the binder is damaged: it does not say which schema it has"
                raise TicklerError(sentence, hint=Hint.DOCTOR, path=path)
            return str(row[0])
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # as Python tells of some damage
        if "not a database" in str(error):
            raise Refused(_NOT_OURS, path=path) from error
        sentence = f"cannot open the binder: {error}"
        unknown = TicklerError(sentence, hint=Hint.DOCTOR, path=path)
        raise trouble.explained(error, path) or unknown from error
    except OSError as error:
        raise TicklerError(f"cannot open the binder: {error.strerror}", path=path) from error


def _mend_leftovers(path: Path) -> None:
    """Give `-wal` and `-shm` the file's own mode.

    Reading a read-only file leaves them read-only, and they would lock writers out.
    """
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode & 0o600
        for suffix in ("-wal", "-shm"):
            beside = path.with_name(f"{path.name}{suffix}")
            if beside.exists() and beside.stat().st_mode & 0o600 != mode:
                beside.chmod(mode)


def create_private(path: Path) -> None:
    """Make an empty file for its owner alone, and its folder, unless it is there."""
    try:
        files.make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return  # another process was quicker; it makes the tables or we do, under the lock
    except TicklerError as error:
        raise TicklerError(f"cannot create the binder: {error.bare}", path=path) from error
    except OSError as error:
        raise TicklerError(f"cannot create the binder: {error.strerror}", path=path) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path),
        # The default pool of this address closes connections that other threads still use.
        poolclass=QueuePool,
        pool_size=4,
        pool_reset_on_return="rollback",
    )
    _listen(engine)
    return engine


def connect(path: Path) -> sqlite3.Connection:
    """A connection of our own kind: WAL, each statement by itself; to read, where it is locked."""
    writable = not open_mode.locked(path.resolve())
    connection = sqlite3.connect(
        open_mode.writing(path) if writable else open_mode.reading(path),
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    if writable:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Set WAL, once in a file's life. SQLite does not wait while another sets it: we do."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_MOMENT)
        else:
            return


def _listen(engine: Engine) -> None:
    """SQLAlchemy begins transactions through these; without them SQLite loses updates."""

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        # Else INSERT OR REPLACE would delete rows without the journal's triggers seeing it.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.create_function("fold", -1, folded_all, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN DEFERRED")
        if immediate:
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)
            connection.info[pair.BEFORE] = pair.renew(raw)


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A deferred transaction: sees one state, blocks no writer, keeps nothing."""
    with engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """An immediate transaction: all of it is kept, or none."""
    with engine.connect().execution_options(**{IMMEDIATE: True}) as connection, connection.begin():
        yield connection


def _bring_up_to_date(
    engine: Engine, path: Path, owner: str, schema: Schema, rule: BackupRule | None
) -> None:
    """Make or migrate the tables, in one transaction; another process may have been quicker."""
    with engine.connect() as plain:
        # Altering tables in batch mode with foreign keys on would delete their children.
        plain.detach()
        raw = plain.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(open_mode.VALUES_ASIDE)
        with plain.execution_options(**{IMMEDIATE: True}).begin():
            version = _version(plain)
            if version == schema.head:
                return
            if version:
                _refuse_newer(path, version, schema, rule)
            from tickler.store import backup  # noqa: PLC0415  # loaded only to migrate

            kept = backup.before_update(path, rule) if version and rule else None
            broken = _lost_references(plain)
            try:
                tables.make(plain, owner, schema.migrations)
                if _lost_references(plain) > broken:
                    raise TicklerError("the update would lose rows; it was not made", path=path)
            except (DBAPIError, TicklerError) as error:
                if kept is None:
                    raise
                raise _not_updated(error, kept) from error


def _not_updated(error: DBAPIError | TicklerError, kept: Path) -> TicklerError:
    """The sentence for an update that failed: nothing of it is in the file."""
    why = error.sentence if isinstance(error, TicklerError) else str(error.orig)
    return TicklerError(
        f"the binder could not be updated, and is as it was: {why.partition(chr(10))[0]}; "
        "a copy of it was made before",
        path=kept,
    )


def _lost_references(connection: Connection) -> int:
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def _version(connection: Connection) -> str:
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).first()
    if not known:
        return ""
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return str(row[0]) if row else ""


def schemas(schema: Schema = Schema()) -> set[str]:
    """The schemas that this program knows, by the names of their migrations."""
    files = (schema.migrations / "versions").glob("[0-9]*_*.py")
    return {file.name.partition("_")[0] for file in files}


def _refuse_newer(path: Path, version: str, schema: Schema, rule: BackupRule | None) -> None:
    from tickler.store import backup  # noqa: PLC0415  # seldom wanted

    if version in (known := schemas(schema)):
        return
    said = f"a newer tickler wrote this binder (schema {version}): update tickler to open it"
    if rule and (before := backup.newest_of(path, rule, known)):
        of = f"or go back to the backup of {before.at:%Y-%m-%d %H:%M}, from before"
        raise Refused(f"{said}, {of}", hint=Hint.RESTORE, path=before.path)
    raise Refused(said, path=path)


def file_at(path: Path) -> tuple[int, int]:
    """Which file lies there now: a path can come to mean another one.

    Raises TicklerError where none does.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise TicklerError(
            f"the binder no longer exists: {error.strerror}; nothing was changed", path=path
        ) from error
    return found.st_dev, found.st_ino
