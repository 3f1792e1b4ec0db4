"""Repairing a binder in place, and bringing what is readable in a damaged one into a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tickler.clock import system_clock
from tickler.config.settings import Settings
from tickler.core.backups import Why
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.errors import TicklerError
from tickler.services import backups
from tickler.store import doctor, repairing, salvage
from tickler.store.health.finding import REPAIR, Finding
from tickler.store.health.finding import salvage as to_salvage
from tickler.store.repair import Aside
from tickler.store.salvage import Salvaged
from tickler.system import files


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was repaired, where what was put aside is kept, and what remains to be done.

    `backup` is the copy of the binder from before; None where nothing was changed. Where the file
    is too damaged it stays as it is, and `salvaged` is what was brought into a new one.
    """

    done: Sequence[str]
    backup: Path | None
    aside: Path | None
    left: Sequence[Finding]
    salvaged: SalvagedBinder | None = None


@dataclass(frozen=True, slots=True)
class SalvagedBinder:
    """What came into the new binder in `path`; `listing` is the file that says what did not."""

    path: Path
    salvaged: Salvaged
    listing: Path | None
    findings: Sequence[Finding]


def repairable(found: Iterable[Finding]) -> list[Finding]:
    """What `repair` does something about."""
    rights = ("private", "folder", "beside", "cache", "config", "backups")
    return [
        each
        for each in found
        if not each.ok and (each.todo == REPAIR or each.about in (*rights, "search"))
    ]


def repair_in_place(
    path: Path, settings: Settings, found: Sequence[Finding], progress: Progress = unwatched
) -> Repairs:
    """Repair what these findings name and can be repaired, after a backup. Nothing is deleted.

    Raises TicklerError where no backup can be made, or another program is writing.
    """
    wanted = repairable(found)
    done = [f"{each} is for its owner alone" for each in repairing.make_private(path)]
    if any(each.todo.endswith(to_salvage(path)) for each in found):
        new = _named(path, "salvaged", path.suffix)
        brought = salvage_into(path, new, settings.rep or "rep", progress)
        return Repairs(done, None, brought.listing, _left(path, progress), brought)
    inside = [each for each in wanted if each.todo == REPAIR or each.about == "search"]
    if not inside:
        return Repairs(done, None, None, _left(path, progress))
    kept = _kept(path, settings)
    give_back = any("never used" in each.text for each in inside)
    repaired = repairing.inside(path, give_back=give_back)
    aside = _write(path, "put aside", repaired.aside)
    return Repairs([*done, *repaired.sentences()], kept, aside, _left(path, progress))


def salvage_into(
    damaged: Path, new: Path, owner: str, progress: Progress = unwatched, *, force: bool = False
) -> SalvagedBinder:
    """Bring what is readable into a new binder, check that, and write down what was not."""
    done = salvage.salvage(damaged, new, owner, progress, force=force)
    listing = _write(new, "not salvaged", done.repaired.aside)
    return SalvagedBinder(new, done, listing, doctor.examine(new))


#: What to do about a file that was not read, by its end.
_NOT_READ = {
    "-journal": "{} was not read: it has what was there before another program broke off; "
    "open the file if that is still possible, which puts it back, and salvage it again",
    "-wal": "{} was not read, and may have more: copy the damaged file and this one, give the "
    "copy of this one the name of the other copy with -wal after it, and salvage that",
    "": "{} was not read, and may have more: open or salvage it itself",
}


def told(done: Salvaged) -> list[str]:
    """What was salvaged, in sentences."""
    rows = ", ".join(
        counted(done.saved.get(table, 0), one, many)
        for table, one, many in (
            ("dossier", "dossier", "dossiers"),
            ("entry", "line of history", "lines of history"),
            ("person", "person", "people"),
            ("slip", "slip", "slips"),
            ("attachment", "file", "files"),
        )
    )
    said = [f"salvaged {done.log}".strip() + f": {rows}"]
    if done.unreadable:
        named = counted(done.unreadable, "page or row", "pages or rows")
        said.append(f"{named} of {done.pages} pages cannot be read")
    if done.loose:
        found = counted(done.loose, "row was", "rows were")
        said.append(f"{found} found on pages that nothing names any more")
    if done.lost:
        lost = ", ".join(f"{table} {count}" for table, count in sorted(done.lost.items()))
        said.append(f"rows of which only indexes have something, or nothing: {lost}")
    return (
        said
        + done.repaired.sentences()
        + [_NOT_READ[_end(each)].format(each.name) for each in done.beside]
    )


def _end(path: Path) -> str:
    return next((end for end in ("-journal", "-wal") if path.name.endswith(end)), "")


def _kept(path: Path, settings: Settings) -> Path:
    """A backup of the binder; where its faults forbid a checked one, a copy of its files."""
    try:
        return backups.make(path, settings.backup, Why.REPAIR).backup.path
    except TicklerError:
        return repairing.copy_of(path, _named(path, "before repair", path.suffix))


def _left(path: Path, progress: Progress) -> list[Finding]:
    return [each for each in doctor.examine(path, progress) if not each.ok]


def _write(path: Path, what: str, aside: Sequence[Aside]) -> Path | None:
    """Write what could not stay into a file next to the binder; None where there is nothing."""
    if not aside:
        return None
    target = _named(path, what, ".jsonl")
    files.save(target, lambda file: file.writelines(each.line() for each in aside))
    return target


def _named(path: Path, what: str, ending: str) -> Path:
    now = system_clock().astimezone()
    stem = f"{path.stem} {what} {now:%Y-%m-%d %H-%M-%S}"
    names = (f"{stem}{' ' * bool(n)}{n or ''}{ending}" for n in range(1000))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())
