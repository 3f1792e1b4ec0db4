"""Settings: `config.toml` and the environment, read once into one frozen object."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tickler.config.file import text_of
from tickler.config.places import APP, config_path, data_path
from tickler.core.backups import USUAL as USUAL_BACKUPS
from tickler.core.backups import BackupRule
from tickler.core.contact.intervals import Limits
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.contact.next_proposal import RULES, Rule
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import DATE_WORDS, DateWords, Language
from tickler.core.dates.workdays import MONDAY_TO_FRIDAY
from tickler.core.filing.slots import Layout
from tickler.core.planning.capacity import MINUTES, USUAL, Capacity
from tickler.errors import NotFound, TicklerError, Unreadable
from tickler.formats.mistakes import Mistaken
from tickler.formats.toml_lines import Wrong, keys_of, line_of, meant
from tickler.system import files

if TYPE_CHECKING:
    from tickler.core.client.custom_fields import OwnField
    from tickler.core.contact.templates import Template
    from tickler.core.review.targets import Target

#: What `country` is where the holidays of none are days off.
NO_COUNTRY = "none"

_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this rep's tickler behaves.

    `rep_is_kept` where the file names the rep, so that the only one there is gets that name.
    `intervals` go by the folded name of a segment; after `slides_hint` slides a hint is given,
    never where that is 0. `remind_minutes` before an appointment the rep is reminded, never
    where that is 0; with `notify` outside the terminal, too. `country` and `region` say whose
    holidays are no working days, `days_off` which others. `segments` are those of the clients,
    the most important first. `addresses` are the rep's own; a mail is to be answered within
    `answer_within` working days, where that is not 0, a complaint within `complaint_hours` of
    working days. The folder `calendar_dir` has the binder as a calendar. `backup` says how
    backups are made and kept.
    """

    db: str | None = None
    rep: str | None = None
    rep_is_kept: bool = False
    layout: Layout = Layout.NUMBERS
    months_ahead: int = 1
    capacity: Capacity = USUAL
    minutes: Mapping[Kind, int] = field(default_factory=lambda: MINUTES)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    country: str | None = None
    region: str | None = None
    days_off: Mapping[date, str] = field(default_factory=dict)
    segments: tuple[str, ...] = ("A", "B", "C")
    outcomes: Mapping[Outcome, Rule] = field(default_factory=lambda: RULES)
    intervals: Mapping[str, Limits] = field(default_factory=dict)
    slides_hint: int = 3
    remind_minutes: int = 5
    notify: bool = False
    date_order: DateOrder | None = None
    language: Language = Language.EN
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    answer_within: int = 1
    complaint_hours: int = 24
    templates: Mapping[str, Template] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    calendar_dir: str | None = None
    backup: BackupRule = USUAL_BACKUPS
    today: date | None = None
    source: Path | None = None
    field: tuple[OwnField, ...] = ()  # under [[field]]; hides dataclasses.field

    @property
    def date_words(self) -> DateWords:
        """The words that dates are shown with."""
        return DATE_WORDS[self.language]

    def holidays(self) -> Callable[[int], Mapping[date, str]]:
        """What gives the holidays of a year; none where no country is set."""
        if self.country in (None, NO_COUNTRY):
            return lambda _year: {}
        from platformdirs import user_cache_path  # noqa: PLC0415  # only where wanted

        from tickler.config.holidays import Almanac  # noqa: PLC0415  # as above

        cache = user_cache_path(APP, appauthor=False)
        assert self.country
        return Almanac(self.country, self.region, self.language.value, cache).of_year

    def database(self) -> str:
        """The path or address of the database: as set, else where the platform keeps data."""
        if self.db:
            return self.db
        return str(data_path() / "tickler.db")


def shipped_path() -> Path:
    """What ships next to the program: inside the installed package, or in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


def forms_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the rep's own forms are: next to the config file."""
    return config_path(environment).parent / "forms"


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of the config file, with the environment's on top.

    Raises Unreadable with file and line where a key or value is wrong.
    """
    path = config_path(environment)
    settings = _read(path, required=bool(environment.get("TICKLER_CONFIG")))
    if database := environment.get("TICKLER_DB"):
        settings = replace(settings, db=database)
    if day := environment.get("TICKLER_TODAY"):
        settings = replace(settings, today=_rehearsed(day))
    if word := environment.get("TICKLER_BACKUP"):
        if word not in ("on", "off"):
            raise Unreadable(f"TICKLER_BACKUP is “{word}”; it takes on or off")
        settings = replace(settings, backup=replace(settings.backup, automatic=word == "on"))
    return settings


def load_or_default(
    environment: Mapping[str, str] = os.environ,
) -> tuple[Settings, Unreadable | None]:
    """As `load`; where that fails the defaults, with the database of the environment, and why."""
    try:
        return load(environment), None
    except Unreadable as error:
        return Settings(db=environment.get("TICKLER_DB") or None), error


def _rehearsed(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Unreadable(f"TICKLER_TODAY is “{text}”; it takes a date such as 2027-01-30") from None
    if not _EARLIEST <= day < _LATEST:
        raise Unreadable(f"TICKLER_TODAY is {day}; it takes a date from 1900 to 8999")
    return day


def _read(path: Path, *, required: bool) -> Settings:
    try:
        text = text_of(path)
    except NotFound:
        if required:
            raise Unreadable("TICKLER_CONFIG names no file that exists", path=path) from None
        return Settings()
    except Mistaken:
        raise
    except TicklerError as error:
        why = error.bare.removeprefix(files.UNREAD)
        raise Unreadable(f"cannot read the config file: {why}", path=path) from error
    from tickler.config.readers import READERS  # noqa: PLC0415  # only where there is a file

    read: dict[str, Any] = {}
    for key, value in keys_of(text, path).items():
        reader = READERS.get(key)
        if reader is None:
            said = f"there is no setting “{key}”; {meant(key, READERS)}"
            raise Wrong(said, key).at(text, path)
        try:
            read[key] = reader(value)
        except Wrong as error:
            raise error.within(key).at(text, path) from None
    if "db" in read:
        read["db"] = _database_at(read["db"], path, text)
    if "calendar_dir" in read:
        read["calendar_dir"] = _place_at("calendar_dir", read["calendar_dir"], path, text)
    if (kept := read.get("backup")) and kept.folder:
        place = _place_at("backup.folder", str(kept.folder), path, text)
        read["backup"] = replace(kept, folder=Path(place))
    if minutes := read.get("minutes"):
        read["capacity"] = replace(read.get("capacity", USUAL), minutes=minutes)
    return Settings(**read, rep_is_kept="rep" in read, source=path)


def _database_at(named: str, path: Path, text: str) -> str:
    """Where `db` is: an address as it is, else a place."""
    scheme, separator, rest = named.partition("://")
    if separator and scheme != "sqlite":
        return named
    return _place_at("db", rest.removeprefix("/") if separator else named, path, text)


def _place_at(key: str, named: str, path: Path, text: str) -> str:
    """Counted from the folder of the settings, `~` and variables being read."""
    place, inside = os.path.expandvars(named.strip()), key.split(".")
    if missing := re.search(r"\$(?:\w+|\{[^}]*\})", place):
        raise Wrong(f"{key}: there is no variable {missing[0]}", *inside).at(text, path)
    try:
        whole = path.parent / Path(place).expanduser()
    except RuntimeError:
        raise Wrong(f"{key} is “{named}”, but nobody has that home", *inside).at(
            text, path
        ) from None
    return str(whole.absolute())


def place_of(path: Path | None, *key: str) -> str:
    """Where a key stands, as `config.toml:7`, for a fault that shows only once it is used."""
    if path is None:
        return ".".join(key)
    try:
        return f"{path.name}:{line_of(text_of(path), *key)}"
    except TicklerError:
        return path.name


def setting_names() -> tuple[str, ...]:
    """The settings that the config file takes, in the order of `Settings`."""
    from tickler.config.readers import READERS  # noqa: PLC0415  # as above

    return tuple(f.name for f in fields(Settings) if f.name in READERS)
