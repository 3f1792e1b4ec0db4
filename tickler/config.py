"""Settings: `config.toml` and the environment, read once into one frozen object."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from tickler.core.datewords import tokens
from tickler.core.language import DATE_WORDS, DateWords, Language
from tickler.core.slots import Layout
from tickler.core.when import DateOrder
from tickler.core.workdays import MONDAY_TO_FRIDAY
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.toml import fault, line_of

APP = "tickler"

_LONGEST_SHOWN = 60
_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this rep's tickler behaves. `capacity` is in contacts a working day."""

    db: str | None = None
    rep: str | None = None
    layout: Layout = Layout.NUMBERS
    months_ahead: int = 1
    capacity: int = 20
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    date_order: DateOrder | None = None
    language: Language = Language.EN
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    source: Path | None = None

    @property
    def date_words(self) -> DateWords:
        """The words that dates are shown with."""
        return DATE_WORDS[self.language]

    def database(self) -> str:
        """The path or address of the database: as set, else where the platform keeps data."""
        if self.db:
            return self.db
        return str(_data_path() / "tickler.db")


def demo_path() -> Path:
    """The sample binder's own database, apart from the rep's."""
    return _data_path() / "demo.db"


def _data_path() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing is set

    return user_data_path(APP, appauthor=False)


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
    return settings


def load_or_default(
    environment: Mapping[str, str] = os.environ,
) -> tuple[Settings, Unreadable | None]:
    """As `load`; where that fails the defaults, with the database of the environment, and why."""
    try:
        return load(environment), None
    except Unreadable as error:
        return Settings(db=environment.get("TICKLER_DB") or None), error


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """The config file: TICKLER_CONFIG, else where the platform keeps settings."""
    if named := environment.get("TICKLER_CONFIG"):
        try:
            return Path(named).expanduser()
        except RuntimeError:
            raise Unreadable(f"TICKLER_CONFIG is “{named}”, but nobody has that home") from None
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path(APP, appauthor=False) / "config.toml"


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
        text = _text_of(path)
    except FileNotFoundError:
        if required:
            raise Unreadable(f"there is no config file {path} (TICKLER_CONFIG names it)") from None
        return Settings()
    except OSError as error:
        raise Unreadable(f"cannot read the config file {path}: {error.strerror}") from error
    read: dict[str, Any] = {}
    for key, value in _parsed(path, text).items():
        reader = _READERS.get(key)
        if reader is None:
            close = get_close_matches(key.lower(), _READERS, 1)
            hint = f"did you mean “{close[0]}”?" if close else f"known: {', '.join(_READERS)}"
            raise Unreadable(f"{path}:{line_of(text, key)}: there is no setting “{key}”; {hint}")
        try:
            read[key] = reader(value)
        except _Wrong as error:
            found = ".".join((key, *error.inside))
            line = line_of(text, key, *error.inside)
            raise Unreadable(f"{path}:{line}: {found} takes {error}") from None
    return Settings(**read, source=path)


def _text_of(path: Path) -> str:
    """The file's text without the mark that Windows puts first; raises Unreadable, OSError."""
    return _decoded(path, path.read_bytes())


def _decoded(path: Path, written: bytes) -> str:
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path}:{line}: this is not UTF-8; save the file as UTF-8") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number too long is no TOMLDecodeError
        line, said = fault(text, error)
        raise Unreadable(f"{path}:{line}: {said}") from None


def place_of(path: Path | None, *key: str) -> str:
    """Where a key stands, as `config.toml:7`, for a fault that shows only once it is used."""
    if path is None:
        return ".".join(key)
    try:
        return f"{path}:{line_of(_text_of(path), *key)}"
    except (OSError, Unreadable):
        return str(path)


class _Wrong(ValueError):
    """A value that a setting does not take: says what it takes; `inside` which table entry."""

    def __init__(self, takes: str, value: object, *inside: str) -> None:
        super().__init__(f"{takes}, not {_as_written(value)}")
        self.inside = inside


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    shown = f"“{value}”" if isinstance(value, str) else str(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("a text", value)
    return value


def _number(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise _Wrong(f"a number from {lowest} to {highest}", value)
        return value

    return read


def _word(words: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read(value: object) -> StrEnum:
        try:
            return words(str(value))
        except ValueError:
            raise _Wrong(" or ".join(f"“{word}”" for word in words), value) from None

    return read


def _weekdays(value: object) -> frozenset[int]:
    """Days in either language, as they are typed everywhere."""
    named = value if isinstance(value, list) else []
    found = [re.fullmatch(r"D(\d)", tokens(day)) for day in named if isinstance(day, str)]
    days = frozenset(int(day[1]) for day in found if day)
    if not days or len(days) != len(named):
        raise _Wrong('a list of days such as ["mon", "tue", "wed", "thu", "fri"]', value)
    return days


def _keys(value: object) -> dict[str, str]:
    """Which action each key of the table remaps; the terminal face knows the actions."""
    if not isinstance(value, dict):
        raise _Wrong('a table such as [keys] with move = "f6"', value)
    for action, key in value.items():
        if not isinstance(key, str):
            raise _Wrong('a key such as "M" or "ctrl+z"', key, action)
    return dict(value)


#: What `tickler config init` writes: every setting with its default, to be uncommented.
TEMPLATE = """\
# tickler's settings. A line counts once the “# ” before it is taken away.
# Flags and the environment (TICKLER_DB, TICKLER_TODAY) come before this file.

# Where the binder lies; without this, where the platform keeps data.
# db = "~/binder.db"

# Whose binder it is, where a database holds several.
# rep = "Robin"

# How the inserts are labelled: "numbers" (1–31 and the months) or "dates" (one a working day,
# to the end of the month `months_ahead` after this one, 1 to 3).
# layout = "numbers"
# months_ahead = 1

# How many contacts you can make on a working day, and which days you work.
# capacity = 20
# weekdays = ["mon", "tue", "wed", "thu", "fri"]

# How 7/5 is read: "dmy" is 7 May, "mdy" July 5. Without this both are named and you choose.
# date_order = "dmy"

# In which language dates are shown, "en" or "de". Typed ones are read in both.
# language = "en"

# The colours of the terminal face; Ctrl+P there lists them.
# theme = "tickler-dark"

# Other keys for the terminal face, by the names that `?` there shows.
# [keys]
# move = "f6"
"""


def write_template(path: Path) -> None:
    """Write the settings with their explanations; raises Refused where the file is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise Refused(f"{path} is there already; it was not touched") from None
    except OSError as error:
        raise TicklerError(f"cannot write {path}: {error.strerror}") from error


def _private(path: str, flags: int) -> int:
    """Opens a new file for its owner alone."""
    return os.open(path, flags, 0o600)


def remember_theme(path: Path, name: str) -> None:
    """Write the theme into the settings, and leave every other line of the file as it is.

    Raises TicklerError where the file cannot be written, or another line would come to mean
    something else.
    """
    path = path.resolve()  # a link to where somebody keeps their settings stays a link
    try:
        if not path.exists():
            write_template(path)
        written = path.read_bytes()
        before = _decoded(path, written)
        after = _with_theme(before, f'theme = "{name}"')
        if _parsed(path, after) != {**_parsed(path, before), "theme": name}:
            raise Refused(f'{path} was not touched; write theme = "{name}" there to keep it')
        mark = codecs.BOM_UTF8 if written.startswith(codecs.BOM_UTF8) else b""
        _replace(path, mark + after.encode("utf-8"))
    except OSError as error:
        raise TicklerError(f"cannot write {path}: {error.strerror}") from error


def _with_theme(text: str, setting: str) -> str:
    """`text` with this line: in place of the one it has, of its comment, or before the tables."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    head, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    for line in (_THEME, _THEME_COMMENT):
        changed, found = line.subn(lambda match: f"{setting}{match['rest']}", head, count=1)
        if found:
            return changed + rest
    above = _COMMENTS_AT_END.search(head) if rest else None
    place = above.start() if above else len(head)
    start = line_end if head[:place] and not head[:place].endswith("\n") else ""
    return f"{head[:place]}{start}{setting}{line_end}{head[place:]}{rest}"


_THEME = re.compile(
    r"""^[ \t]*(?:theme|"theme")[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*')(?P<rest>.*)""", re.MULTILINE
)
_THEME_COMMENT = re.compile(
    r"""^[ \t]*#[ \t]*theme[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*')(?P<rest>[ \t]*(?:#.*)?\r?)$""",
    re.MULTILINE,
)

#: What stands right above the first table belongs to it.
_COMMENTS_AT_END = re.compile(r"(?:^[ \t]*#.*\n)+\Z", re.MULTILINE)


def _replace(path: Path, written: bytes) -> None:
    """Put `written` there whole or not at all: a power cut leaves the old file."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(new, "xb", opener=_private) as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "db": _text,
    "rep": _text,
    "layout": _word(Layout),
    "months_ahead": _number(1, 3),
    "capacity": _number(1, 1000),
    "weekdays": _weekdays,
    "date_order": _word(DateOrder),
    "language": _word(Language),
    "theme": _text,
    "keys": _keys,
}

SETTING_NAMES = tuple(f.name for f in fields(Settings) if f.name in _READERS)
