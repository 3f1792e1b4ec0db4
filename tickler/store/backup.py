"""Backups of the database file: made while others write, checked, each one file by itself."""

import contextlib
import glob
import sqlite3
import stat
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tickler.clock import system_clock
from tickler.core.backups import BackupRule, Why, is_folder_of, kept, name_of, read_name
from tickler.core.progress import Progress, unwatched
from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.store import open_mode
from tickler.store.trouble import explained
from tickler.system import files

#: As many pages of the file are copied at once; then others have the disk for a moment.
PAGES = 500

_REPS = "SELECT CAST(name AS TEXT) FROM rep ORDER BY id"
_LAST_READABLE = "SELECT max(at) FROM change WHERE typeof(at) = 'text' AND datetime(at) NOT NULL"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is in a binder's file, as far as its schema has it.

    `uid` tells binders apart, "" in one of before there were such. `last_at` is when the last
    action was, None where there was none.
    """

    uid: str
    schema: str
    dossiers: int
    entries: int
    last_at: datetime | None
    reps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the folder; `at` is the local time when it was made."""

    path: Path
    at: datetime
    why: Why
    size: int


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was just made, and what is in it."""

    backup: Backup
    inventory: Inventory


def make(
    path: Path,
    target: Path,
    progress: Progress = unwatched,
    *,
    pause: float = 0,
    force: bool = False,
) -> Inventory:
    """Copy the binder in `path` to `target` as it is at one instant, while others write.

    The copy is checked before it has its name; it is one file that can be read anywhere. `pause`
    in seconds lets others go first. Raises Refused where the target exists, TicklerError where the
    copy cannot be made or is not what the binder is.
    """
    refuse_special(path)
    _refuse_itself(path, target)

    def copy(part: Path) -> Inventory:
        there = _copy(path, part, progress, pause)
        try:
            copied = check(part)
        except Unreadable as error:  # the copy is what the binder is, and has no name
            said = f"no backup was made: {error.bare}"
            raise Unreadable(said, hint=Hint.DOCTOR, path=path) from error
        if copied != there:
            raise TicklerError("the copy is not what the binder is; it was thrown away", path=path)
        return copied

    try:
        return files.save_as(target, copy, force=force, own=True)
    except sqlite3.Error as error:
        # What is full is where the copy goes, what is damaged is the binder.
        said = explained(error, None, "no backup was made")
        why = "there is no room for it" if _is_no_room(error) else said.sentence if said else error
        hint = said.hint if said else None
        raise TicklerError(f"cannot make a backup: {why}", hint=hint, path=target) from error


def _is_no_room(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


def check(path: Path) -> Inventory:
    """What is in a binder's file that nobody writes to.

    Raises NotFound without one, Refused where it is not a binder, Unreadable where it is damaged.
    """
    with _explained(path), looking(path) as file:
        if file.execute("PRAGMA application_id").fetchone()[0] != open_mode.APPLICATION_ID:
            raise Refused("this is not a binder of tickler", path=path)
        file.execute(open_mode.VALUES_ASIDE)
        fault = file.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise _damaged(path, fault)
        return inventory(file)


def pages_of(path: Path) -> int:
    """How many pages a binder's file has; 0 where it cannot be read."""
    with contextlib.suppress(sqlite3.Error, OSError, Refused), looking(path) as file:
        return int(file.execute("PRAGMA page_count").fetchone()[0])
    return 0


def uid_of(path: Path) -> str:
    """What tells the binder from others, "" in one of before there was such; raises as `check`."""
    return look(path).uid


def look(path: Path) -> Inventory:
    """What is in a binder, without looking whether it is sound; raises as `check`."""
    with _explained(path), looking(path) as file:
        return inventory(file)


@contextlib.contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads a binder's file, whoever writes to it.

    It leaves nothing next to the file: what is there already it does not touch.
    """
    if path.stat().st_size == 0:
        # SQLite would take it for a new database, and delete the log next to it.
        raise Refused("this is an empty file, not a binder of tickler", path=path)
    is_alone = not path.with_name(f"{path.name}-wal").exists() and not open_mode.locked(path)
    address = open_mode.writing(path) if is_alone else open_mode.reading(path)
    with contextlib.closing(sqlite3.connect(address, uri=True)) as file:
        file.text_factory = _as_text
        file.execute("PRAGMA query_only = ON")
        file.execute(f"PRAGMA busy_timeout = {open_mode.PATIENCE * 1000}")
        yield file


def inventory(file: sqlite3.Connection) -> Inventory:
    """What is in a binder's file, by a connection to it."""
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
    (schema,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
    uid = file.execute("SELECT uid FROM identity").fetchone() if "identity" in tables else None
    return Inventory(
        uid=uid[0] if uid else "",
        schema=str(schema),
        dossiers=file.execute("SELECT count(*) FROM dossier").fetchone()[0],
        entries=file.execute("SELECT count(*) FROM entry").fetchone()[0],
        last_at=_last_at(file),
        reps=tuple(name for (name,) in file.execute(_REPS)),
    )


def _as_text(raw: bytes) -> str:
    """One text that is not UTF-8 must not be the end of all backups."""
    return raw.decode(errors="replace")


def _last_at(file: sqlite3.Connection) -> datetime | None:
    """When the last action was, of those whose time can be read."""
    for asked in ("SELECT max(at) FROM change", _LAST_READABLE):
        (last,) = file.execute(asked).fetchone()
        with contextlib.suppress(ValueError, TypeError):
            return datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None
    return None


def _copy(path: Path, part: Path, progress: Progress, pause: float) -> Inventory:
    def step(status: int, remaining: int, total: int) -> None:
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE) and time.monotonic() > end:
            raise TicklerError("another program holds the binder: no backup was made", path=path)
        progress(total - remaining)
        if pause and remaining:
            time.sleep(pause)

    end = time.monotonic() + open_mode.PATIENCE
    with (
        looking(path) as source,
        contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        # Within one transaction, else the copy would begin again after each write of others.
        source.execute("BEGIN")
        there = inventory(source)
        # What is not whole is thrown away, and what is whole goes to the disk once, at the end.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=PAGES, progress=step)
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")
        return there


def _refuse_itself(path: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        if target.exists() and target.samefile(path):
            raise Refused("this is the binder itself: name another file", path=target)


def refuse_special(path: Path) -> None:
    """Raise NotFound where there is no file, Refused for a folder, a pipe and the like."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise NotFound("there is no such file", path=path) from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot read the file: {files.reason(error)}", path=path) from error
    if stat.S_ISDIR(mode):
        raise Refused("this is a folder, not a binder", path=path)
    if not stat.S_ISREG(mode):
        raise Refused("this is not an ordinary file", path=path)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a sentence."""
    refuse_special(path)
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError) as error:
        broken = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code not in broken and (said := explained(error, path)):
            raise said from error  # busy, or without room: not damaged
        if "not a database" in str(error):
            raise Refused("this is not a binder of tickler", path=path) from error
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> Unreadable:
    return Unreadable(f"the file is damaged: {why.partition(chr(10))[0]}", path=path)


def folders_of(path: Path, uid: str | None, rule: BackupRule) -> list[Path]:
    """Where there may be backups of the binder in `path`; of each of that name if `uid` is None.

    That of before binders had a `uid` is among them.
    """
    if uid is not None:
        return list(dict.fromkeys((rule.folder_of(path, uid), rule.folder_of(path, ""))))
    try:
        return sorted(each for each in rule.shelf(path).iterdir() if is_folder_of(path, each.name))
    except OSError:
        return []


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; other files in it are not looked at."""
    found = [*_found(folder)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _found(folder: Path) -> Iterator[Backup]:
    try:
        named = [(path, read_name(path.name)) for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise TicklerError(f"cannot read the folder: {files.reason(error)}", path=folder) from error
    for path, read in named:
        with contextlib.suppress(FileNotFoundError):
            if read and stat.S_ISREG((status := path.lstat()).st_mode):
                yield Backup(path, *read, status.st_size)


def copies_of(path: Path, uid: str | None, rule: BackupRule) -> list[Path]:
    """All copies of a binder that tickler made, those next to it of earlier versions, too."""
    folders = folders_of(path, uid, rule)
    old = path.parent.glob(f"{glob.escape(path.stem)}.before-update-from-*{path.suffix}")
    return [*sorted(old), *(each.path for folder in folders for each in reversed(listed(folder)))]


def add(
    path: Path,
    folder: Path,
    why: Why,
    now: datetime,
    rule: BackupRule,
    *,
    progress: Progress = unwatched,
    pause: float = 0,
) -> MadeBackup:
    """Make a backup in the folder, and remove those that are no longer to be kept."""
    files.make_folder(folder)
    while True:
        at = _free(folder, now.astimezone().replace(tzinfo=None, microsecond=0))
        target = folder / name_of(at, why)
        try:
            found = make(path, target, progress, pause=pause)
            break
        except Refused:
            if not target.exists():
                raise  # else another program was quicker with that name
    made = Backup(target, at, why, target.stat().st_size)
    prune(folder, rule, made)
    files.sweep(path.parent, made.path.stat().st_mtime)
    return MadeBackup(made, found)


def _free(folder: Path, at: datetime) -> datetime:
    """The time itself, or the next microsecond of this second that no backup has."""
    same = [each.at for each in listed(folder) if each.at.replace(microsecond=0) == at]
    return max(same) + timedelta(microseconds=1) if same else at


def before_update(path: Path, rule: BackupRule) -> Path:
    """Make a backup before the tables are changed; returns where it is."""
    folder = rule.folder_of(path, uid_of(path))
    return add(path, folder, Why.UPDATE, system_clock(), rule).backup.path


def newest_of(path: Path, rule: BackupRule, schemas: Collection[str]) -> Backup | None:
    """The newest backup of a binder that has one of these schemas, if there is one."""
    found = [each for folder in folders_of(path, uid_of(path), rule) for each in listed(folder)]
    for each in sorted(found, key=lambda one: one.at, reverse=True):
        with contextlib.suppress(TicklerError):
            if look(each.path).schema in schemas:
                return each
    return None


def prune(folder: Path, rule: BackupRule, made: Backup) -> None:
    """Remove what was broken off, and what the rule does not keep; never the one just `made`."""
    files.sweep(folder, made.path.stat().st_mtime)
    there = listed(folder)
    keep = {*kept(there, rule), made}
    for each in there:
        if each not in keep:
            each.path.unlink(missing_ok=True)
