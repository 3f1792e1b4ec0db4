"""Repairing a binder where it is, in one transaction: rows, indexes, triggers, words, rights."""

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tickler.errors import Busy, TicklerError
from tickler.store import engine, journal, repair, search
from tickler.store.health import place, schema, words
from tickler.store.repair import Aside, Repaired
from tickler.system import files


def inside(path: Path, *, give_back: bool = False) -> Repaired:
    """Repair what is in the file: all of it or nothing. Raises Busy and TicklerError.

    `give_back` is whether the file has pages that nothing uses: it is written again without.
    """
    bound = engine.single(str(path))
    try:
        with bound.connect() as connection:
            file = connection.connection.dbapi_connection
            assert isinstance(file, sqlite3.Connection)
            file.execute(f"PRAGMA busy_timeout = {engine.PATIENCE * 1000}")
            file.execute("PRAGMA synchronous = FULL")
            file.execute("PRAGMA foreign_keys = OFF")
            with connection.execution_options(**{engine.IMMEDIATE: True}).begin():
                done = _all(file, connection)
            if give_back:
                file.execute("VACUUM")
                done.done["the file was written again without pages that nothing used"] += 1
            return done
    except (sqlite3.Error, DBAPIError) as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error)
        if "locked" in why or "busy" in why:
            raise Busy("another program is writing to the binder; try again in a moment") from error
        raise TicklerError(
            f"it could not be repaired: {why}; nothing was changed", path=path
        ) from error
    finally:
        bound.dispose()


def _all(file: sqlite3.Connection, connection: Connection) -> Repaired:
    found = schema.differences(file)
    foreign = _without_triggers(file, found)
    done = repair.rows(file)
    done.aside += foreign
    if foreign:
        done.done["triggers that are not tickler's were put aside"] += len(foreign)
    for each in found.of("index"):
        file.execute(f'DROP INDEX IF EXISTS "{each.name}"')
        file.execute(each.sql)
        done.done["indexes were made again"] += 1
    file.execute("REINDEX")
    if not file.execute("SELECT 1 FROM alembic_version").fetchone():
        file.execute("INSERT INTO alembic_version VALUES (?)", (engine.HEAD,))
        done.done["the file says again which schema it has"] += 1
    journal.install(connection)
    if lacking := len(found.of("trigger")):
        done.done["triggers of the journal were made again"] += lacking
    if not _finds_all(file):
        search.install(connection)
        done.done["the index of all words was built again"] += 1
    return done


def _without_triggers(file: sqlite3.Connection, found: schema.Differences) -> list[Aside]:
    """Take the triggers away, ours to be made again; the others are put aside."""
    names = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        file.execute(f'DROP TRIGGER "{name}"')
    why = "this trigger is not tickler's: it changed what was written"
    return [
        Aside("sqlite_master", 0, why, {"name": each.name, "sql": each.sql})
        for each in found.foreign_triggers
    ]


def _finds_all(file: sqlite3.Connection) -> bool:
    """Whether the index of all words has all texts, and nothing else."""
    try:
        return not words.stale_dossiers(file)
    except sqlite3.Error:
        return False


def make_private(path: Path) -> list[Path]:
    """Take from others what they may do with the binder; returns what was changed."""
    changed = []
    for each in (path, *place.leftovers(path)):
        mode = each.stat().st_mode & 0o777
        if mode & 0o077 or mode & 0o600 != path.stat().st_mode & 0o600:
            with contextlib.suppress(PermissionError):
                each.chmod(0o600)
                changed.append(each)
    return changed


def copy_of(path: Path, target: Path) -> Path:
    """A copy of the file and of what SQLite has next to it, as they are."""
    for each in (path, *place.leftovers(path)):
        if not each.name.endswith("-shm"):
            files.copy(each, target.with_name(f"{target.name}{each.name.removeprefix(path.name)}"))
    return target
