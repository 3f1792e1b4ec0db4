"""Backups of the binder: made by hand and by themselves, listed, and put in its place."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from tickler.clock import system_clock
from tickler.config.settings import Settings
from tickler.core.backups import BackupRule, Why, of_day
from tickler.core.dates.happened import read_moment
from tickler.core.dates.language import DateWords
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.core.text import quote
from tickler.desk import Desk, Work
from tickler.errors import Busy, Hint, NotFound, Refused, TicklerError, Unreadable, short_path
from tickler.store import backup, daily, engine, gate, journal
from tickler.store import restore as restoring
from tickler.store.backup import Backup, Inventory, MadeBackup
from tickler.store.trouble import explained
from tickler.system import files, sealed
from tickler.system.sealed import Seal

P = ParamSpec("P")
R = TypeVar("R")

#: What stands for the newest backup.
LAST = "last"


@dataclass(frozen=True, slots=True)
class CheckedBackup:
    """A backup, what is in it, or why it cannot be used."""

    backup: Backup
    inventory: Inventory | None
    fault: str


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do, shown before it is done: the binder now, and as it would be.

    `named` is the file as the rep knows it: an encrypted one lies open in `source` for a moment.
    `now` is None where there is no binder, or none that can be read: then `fault` says why.
    """

    source: Path
    named: Path
    path: Path
    there: Inventory
    now: Inventory | None
    fault: str
    lines: tuple[str, ...]
    is_other: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """That a backup is in the binder's place, and where what it replaced is kept."""

    text: str
    kept: Path | None


def make(
    path: Path, rule: BackupRule, why: Why = Why.BY_HAND, progress: Progress = unwatched
) -> MadeBackup:
    """Make a backup of the binder among the others. Raises TicklerError where it cannot be."""
    folder = rule.folder_of(path, backup.uid_of(path))
    return backup.add(path, folder, why, system_clock(), rule, progress=progress)


def write(
    path: Path, target: Path, seal: Seal | None, progress: Progress = unwatched, *, force: bool
) -> Inventory:
    """Write a backup to a file, encrypted where that is asked for; raises as `backup.make`."""
    if seal is None:
        return backup.make(path, target, progress, force=force)
    return sealed.save_as(
        target, lambda plain: backup.make(path, plain, progress), seal, force=force
    )


def before(path: Path, settings: Settings, why: Why, progress: Progress = unwatched) -> None:
    """Make a backup before something that changes much; none where nothing has changed since one.

    Raises TicklerError where it cannot be made: then nothing is to be changed either.
    """
    if not path.exists():
        return
    if not daily.is_wanted(path, backup.uid_of(path), settings):
        return
    now = system_clock().astimezone().replace(tzinfo=None)
    newest = next((each for each in listed(path, settings.backup) if each.at <= now), None)
    if newest is None or is_behind(path, newest):
        make(path, settings.backup, why, progress)


def do(
    desk: Desk,
    why: Why,
    action: Callable[Concatenate[Work, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Do at the desk what changes much, after a backup."""
    before(desk.path, desk.settings, why)
    return desk.do(action, *args, **kwargs)


def listed(path: Path, rule: BackupRule) -> list[Backup]:
    """The backups of the binder, the newest first; of each of its name where it is not there."""
    found = [each for folder in folders(path, rule) for each in backup.listed(folder)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def folders(path: Path, rule: BackupRule) -> list[Path]:
    """Where the backups of the binder are; of each of its name where it cannot be read."""
    try:
        uid = backup.uid_of(path)
    except TicklerError:
        uid = None
    return backup.folders_of(path, uid, rule)


def is_behind(path: Path, newest: Backup) -> bool:
    """Whether anything was done in the binder since this backup."""
    last = backup.look(path).last_at
    return last is not None and last.astimezone().replace(tzinfo=None) >= newest.at


def checked(backups: Iterable[Backup], progress: Progress = unwatched) -> Iterator[CheckedBackup]:
    """Each of them, looked through; `progress` in bytes."""
    done = 0
    for each in backups:
        done += each.size
        progress(done)
        try:
            yield CheckedBackup(each, backup.check(each.path), "")
        except TicklerError as error:
            yield CheckedBackup(
                each, None, error.sentence.removesuffix(f" ({short_path(each.path)})")
            )


def _exists(path: Path) -> bool:
    """Whether there is such a file; there is none where no file can be called so."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def find(path: Path, settings: Settings, typed: str) -> Path:
    """The backup that is meant: a file, `last`, or the newest of a day. Raises NotFound."""
    if "/" in typed or _exists(Path(typed)):
        return files.expanded(Path(typed))
    there = listed(path, settings.backup)
    if named := next((each for each in there if each.path.name == typed), None):
        return named.path
    if typed.casefold() == LAST:
        found = max(there, key=lambda each: each.at, default=None)
        if found is None:
            raise NotFound("there is no backup of this binder yet", path=path)
        return found.path
    try:
        day = read_moment(
            typed, system_clock().astimezone().replace(tzinfo=None), order=settings.date_order
        ).day
    except Unreadable as error:
        raise NotFound(
            f"{quote(typed)} is neither a file nor a day of a backup", hint=Hint.BACKUPS
        ) from error
    if found := of_day(there, day):
        return found.path
    words = settings.date_words
    raise NotFound(f"there is no backup of {words.long(day)} {day.year:04d}", hint=Hint.BACKUPS)


def plan_restore(
    source: Path, path: Path, words: DateWords, named: Path | None = None
) -> RestorePlan:
    """What putting this backup in the binder's place would do; checks it first.

    Raises as `backup.check`, and Refused for the binder itself and for a newer schema.
    """
    there = backup.check(source)
    if path.exists() and source.samefile(path):
        raise Refused("this is the binder itself, not a backup of it", path=source)
    if there.schema not in engine.schemas():
        raise Refused(
            f"a newer tickler wrote this backup (schema {there.schema}): update tickler first",
            path=source,
        )
    now, fault = _checked_binder(path)
    lines = [f"backup: {told(there, words)}"]
    if now:
        lines.append(f"binder: {told(now, words)}")
    elif path.exists():
        lines.append(f"binder: {fault}; it is kept as it is")
    else:
        lines.append("binder: there is none")
    is_other = now is not None and bool(now.dossiers) and now.uid != there.uid != ""
    if is_other:
        lines.append(f"it is another binder: that of {', '.join(there.reps)}")
    return RestorePlan(source, named or source, path, there, now, fault, tuple(lines), is_other)


def restore(plan: RestorePlan, settings: Settings, progress: Progress = unwatched) -> Restored:
    """Put the backup in the binder's place; what was there becomes a backup, which is returned.

    Whoever has the binder open goes on with the restored one.
    """
    try:
        return _restored(plan, settings, progress)
    except (DBAPIError, sqlite3.Error) as error:
        said = explained(error.orig if isinstance(error, DBAPIError) else error, plan.path)
        if said is None:
            raise
        raise said from error


def _restored(plan: RestorePlan, settings: Settings, progress: Progress) -> Restored:
    now, path = system_clock(), plan.path
    kept: list[Path] = []
    summary = f"restored from {plan.named.name}: {told(plan.there, settings.date_words)}"

    def keep() -> None:
        made = make(path, settings.backup, Why.RESTORE)
        kept.append(made.backup.path)

    fresh = restoring.prepare(plan.source, path, summary, now)
    try:
        if plan.now:
            restoring.write_over(fresh, path, keep, progress)
        else:
            at = now.astimezone().replace(tzinfo=None)
            folder = settings.backup.folder_of(path, plan.there.uid)
            aside = folder / f"{at:%Y-%m-%d %H-%M-%S} damaged.db"
            if path.exists():
                kept.append(aside)
            restoring.move_in(fresh, path, aside)
    finally:
        restoring.discard(fresh)
    return Restored(summary, next(iter(kept), None))


def last_restore(work: Work) -> tuple[int, str]:
    """The number and the summary of the last change that was a restore, 0 without any."""
    return journal.last_restore(work.connection)


def _checked_binder(path: Path) -> tuple[Inventory | None, str]:
    """What is in the binder as it is now, or why that cannot be said; raises Busy."""
    if path.exists() and not gate.is_clean(path):
        return None, "what is next to it may be the log of another version of it"
    try:
        return backup.check(path), ""
    except Busy:
        raise
    except TicklerError as error:
        return None, error.sentence


def told(found: Inventory, words: DateWords) -> str:
    """What is in a binder, in a line."""
    dossiers = counted(found.dossiers, "dossier")
    lines = counted(found.entries, "line of history", "lines of history")
    if found.last_at is None:
        return f"{dossiers}, {lines}"
    at = found.last_at.astimezone()
    when = f"{words.long(at.date())} {at.year:04d} {at:%H:%M}"
    return f"{dossiers}, {lines}, last action {when}"
