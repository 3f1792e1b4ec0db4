"""The health of the house: the settings and where they come from, the database, the platform."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from tickler.clock import system_clock
from tickler.config import settings as config
from tickler.config.file import text_of
from tickler.config.places import APP
from tickler.config.settings import Settings
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.core.review.targets import MEASURES, written
from tickler.errors import TicklerError, Unreadable
from tickler.formats.toml_lines import keys_of
from tickler.models import Dossier, Entry
from tickler.services import backups
from tickler.store import daily, doctor, engine, search, vacuum
from tickler.store.health import place
from tickler.store.health.finding import Finding

if TYPE_CHECKING:
    from tickler.desk import Work

#: A file with a fault in one of these is not rewritten.
SOUND = ("file", "database", "schema", "integrity", "references")

#: A backup that is so many days old and has not what was done since is too old.
_OLD = 7

#: How many lines of history are named.
_NAMED = 5

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENVIRONMENT = {"db": "TICKLER_DB", "today": "TICKLER_TODAY"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in force, and where it is from: flag, environment, file or default."""

    name: str
    value: str | int | list[str] | dict[str, str] | None
    origin: str


def settings_in_force(
    settings: Settings, flags: Mapping[str, object], environment: Mapping[str, str]
) -> list[Setting]:
    """Every setting, its value, and where it comes from."""
    in_file = _named_in(settings.source)
    found = []
    for name in (*config.setting_names(), "today"):
        variable = _ENVIRONMENT.get(name)
        if flags.get(name):
            origin = "flag"
        elif variable and environment.get(variable):
            origin = "environment"
        else:
            origin = "file" if name in in_file else "default"
        found.append(Setting(name, _value(settings, name), origin))
    return found


def ahead(work: Work) -> list[Finding]:
    """Lines of history that lie ahead: the clock was wrong, or a later day was rehearsed."""
    found = work.ask(
        select(col(Entry.id), col(Entry.at), col(Dossier.name))
        .join(Dossier, col(Dossier.id) == col(Entry.dossier_id))
        .where(col(Dossier.owner_id) == work.rep_id, col(Entry.at) > work.now)
        .order_by(col(Entry.at))
    ).all()
    if not found:
        return []
    words = work.settings.date_words
    lines = [
        f"{key} of {name}, {words.long(day := at.astimezone().date())} {day.year:04d}"
        for key, at, name in found
    ]
    are = counted(len(lines), "line of history lies ahead", "lines of history lie ahead")
    todo = "correct when they were; until then they count nowhere as done"
    return [Finding("clock", False, f"{are}: {'; '.join(lines[:_NAMED])}", todo)]


def words(work: Work) -> int:
    """How many texts the index of all words has: a step of `reindex` each."""
    return search.size(work.connection)


def reindex(work: Work, progress: Progress = unwatched) -> None:
    """Rebuild the index of all words."""
    search.install(work.connection, progress)


def examine(
    path: Path, settings: Settings, fault: Unreadable | None = None, progress: Progress = unwatched
) -> list[Finding]:
    """Everything that `tickler doctor` looks at; `fault` is why the settings cannot be read."""
    found = doctor.examine(path, progress)
    broken = any(not each.ok for each in found if each.about in SOUND)
    cleared = [] if broken else _cleared(path)
    if fault:
        todo = "fix that: no other verb runs until then. What follows is with the defaults"
        return [Finding("settings", False, fault.in_full({}), todo), *found, *cleared]
    source = str(settings.source) if settings.source else "no config file: the defaults apply"
    around = [*_rights(path, settings), *_backups(path, settings)]
    return [Finding("settings", True, source), _holidays(settings), *around, *found, *cleared]


def refused_by_settings(error: TicklerError) -> Finding:
    """The finding for settings that would stop other verbs, or the screen."""
    return Finding("settings", False, error.in_full({}), "fix that: what needs it is refused")


def _rights(path: Path, settings: Settings) -> Iterator[Finding]:
    """Whether others can change the settings, or see what tickler keeps outside the binder.

    Of a folder for backups that the settings name only the rep knows who may see it.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415  # loaded only for this

    if settings.source:
        yield from place.may_be_changed("config", settings.source)
    own = [user_cache_path(APP, appauthor=False)]
    if settings.backup.folder is None:
        own += backups.folders(path, settings.backup)
    for folder in own:
        if place.mode_of(folder) & 0o077:
            text = f"others can see what is in it ({folder})"
            yield Finding("private", False, text, f"chmod 700 {quote(str(folder))}")


def _holidays(settings: Settings) -> Finding:
    """Whose holidays are days off: without a country, dates are proposed on them."""
    if settings.country == config.NO_COUNTRY:
        return Finding("holidays", True, "those of no country are days off")
    if settings.country:
        place = "-".join(filter(None, (settings.country, settings.region)))
        try:
            settings.holidays()(system_clock().year)
        except Unreadable as error:
            return Finding("holidays", False, str(error), "fix that: no date is read until then")
        return Finding("holidays", True, f"those of {place} are days off")
    text = "no country is set: holidays such as 25 December are proposed as working days"
    return Finding("holidays", True, text, 'set country = "DE", or "none"')


def _backups(path: Path, settings: Settings) -> list[Finding]:
    """Whether there are backups, and the newest is sound and not old."""
    if not path.exists():
        return []
    try:
        there = backups.listed(path, settings.backup)
    except TicklerError as error:
        return [Finding("backups", False, error.in_full({}), "give yourself the right to read it")]
    make, again = "tickler backup makes one", "tickler backup tries it again"
    for fault in (daily.fault_of(folder) for folder in backups.folders(path, settings.backup)):
        if fault:
            return [Finding("backups", False, f"the last one could not be made: {fault}", again)]
    if not there:
        waits = "the first command of a day makes one" if settings.backup.automatic else make
        return [Finding("backups", True, f"there is none yet; {waits}")]
    newest = next(backups.checked(there[:1]))
    text = f"{counted(len(there), 'backup')}, the newest of {there[0].at:%Y-%m-%d %H:%M}"
    if newest.fault:
        return [Finding("backups", False, f"{text}: {newest.fault}", make)]
    old = (system_clock().astimezone().replace(tzinfo=None) - there[0].at).days
    if old > _OLD and settings.today is None and backups.is_behind(path, there[0]):
        return [Finding("backups", False, f"{text}: it is {old} days old", make)]
    return [Finding("backups", True, text)]


def _cleared(path: Path) -> list[Finding]:
    """Whether pages of a forgotten client were left in the file; if so they are cleared now."""
    try:
        if engine.inspect(path) != engine.HEAD or not vacuum.complete(path):
            return []
    except (TicklerError, sqlite3.Error) as error:
        todo = "close tickler everywhere, then run `tickler doctor` again"
        return [Finding("forgotten", False, str(error), todo)]
    text = "the last pages of who was forgotten have been cleared from the file"
    return [Finding("forgotten", True, text)]


def _named_in(source: Path | None) -> frozenset[str]:
    with contextlib.suppress(TicklerError, ValueError):
        return frozenset(keys_of(text_of(source))) if source else frozenset()
    return frozenset()


def _value(settings: Settings, name: str) -> str | int | list[str] | dict[str, str] | None:
    if name == "db":
        return settings.database()
    value = getattr(settings, name)
    if name == "weekdays":
        return [_WEEKDAYS[day] for day in sorted(value)]
    if name == "days_off":
        return [day.isoformat() for day in sorted(value)]
    if name == "minutes":
        return {kind.value: str(minutes) for kind, minutes in value.items()}
    if name in ("outcomes", "intervals"):
        return {str(key): each.text for key, each in value.items()}
    if name == "capacity":
        return settings.capacity.amounts
    if name == "backup":
        rule = settings.backup
        kept = {"days": str(rule.days), "months": str(rule.months)}
        where = {"folder": str(rule.folder)} if rule.folder else {}
        return where | kept if rule.automatic else {"automatic": "false"} | where | kept
    if name == "field":
        return {own.name: own.takes for own in value}
    if name in ("segments", "addresses"):
        return [*value]
    if name == "targets":
        return {figure: written(MEASURES[figure], target) for figure, target in value.items()}
    if name == "templates":
        return {title: template.subject for title, template in value.items()}
    return value if value is None or isinstance(value, int | dict) else str(value)
