"""Which backups of a binder are kept, and which is meant: rules of their names and times."""

import re
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

#: As many of one day that were made for the same are kept.
MOST_A_DAY = 5

#: So many letters of its `uid` tell a binder from others of that name.
_UID = 8

_NAME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d) ([a-z-]+)(?: (\d{1,5}))?\.db")


class Why(StrEnum):
    """What a backup was made for."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    UPDATE = "before-update"
    IMPORT = "before-import"
    HANDOVER = "before-handover"
    RESTORE = "before-restore"
    REPAIR = "before-repair"


@dataclass(frozen=True, slots=True)
class BackupRule:
    """Where backups are (None: next to the binder), for how many days and months they are kept.

    `automatic` is whether one is made each day, and before what changes much.
    """

    automatic: bool = True
    folder: Path | None = None
    days: int = 10
    months: int = 12

    def shelf(self, path: Path) -> Path:
        """Where the folders are that have the backups of binders such as that in `path`."""
        return self.folder or path.parent / "tickler backups"

    def folder_of(self, path: Path, uid: str) -> Path:
        """The folder of the binder in `path`; `uid` tells it from others of that name."""
        return self.shelf(path) / f"{path.name} {uid[:_UID]}".strip()


#: How backups are kept where nothing is set.
USUAL = BackupRule()


class _Dated(Hashable, Protocol):
    @property
    def at(self) -> datetime: ...

    @property
    def why(self) -> Why: ...


D = TypeVar("D", bound=_Dated)


def name_of(at: datetime, why: Why) -> str:
    """The name of a backup made at this local time; microseconds number those of a second."""
    again = f" {at.microsecond + 1}" if at.microsecond else ""
    return f"{at:%Y-%m-%d %H-%M-%S} {why}{again}.db"


def read_name(name: str) -> tuple[datetime, Why] | None:
    """When a backup of this name was made, in local time, and for what; None for another file."""
    found = _NAME.fullmatch(name)
    try:
        if found and found[5] in [*Why]:
            day, hour, minute, second, why, number = found.groups()
            at = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}")
            return at.replace(microsecond=int(number or 1) - 1), Why(why)
    except ValueError:
        pass
    return None


def is_folder_of(path: Path, name: str) -> bool:
    """Whether a folder of this name may have backups of the binder in `path`."""
    return bool(re.fullmatch(f"{re.escape(path.name)}( [0-9a-f]{{{_UID}}})?", name))


def kept(backups: Iterable[D], rule: BackupRule) -> set[D]:
    """Those that are kept: the newest of each of the last days and months that have any.

    Of those days also what was made by hand, or before an import, an update and the like: the
    newest of a day need not have what was in these.
    """
    newest_first = sorted(backups, key=lambda each: each.at, reverse=True)
    days: list[date] = []
    months: list[tuple[int, int]] = []
    alike: dict[tuple[date, Why], int] = {}
    keep: set[D] = set()
    for each in newest_first:
        day, month = each.at.date(), (each.at.year, each.at.month)
        if month not in months:
            months.append(month)
            if len(months) <= rule.months:
                keep.add(each)
        if day not in days:
            days.append(day)
            if len(days) <= rule.days:
                keep.add(each)
        alike[day, each.why] = alike.get((day, each.why), 0) + 1
        if len(days) <= rule.days and alike[day, each.why] <= MOST_A_DAY:
            keep.add(each)
    return keep


def of_day(backups: Collection[D], day: date) -> D | None:
    """The newest backup of a day, None where there is none."""
    found = [each for each in backups if each.at.date() == day]
    return max(found, key=lambda each: each.at, default=None)
