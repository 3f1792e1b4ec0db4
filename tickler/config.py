"""Settings: `config.toml` and the environment, read once into one frozen object."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tickler.core.slots import Layout
from tickler.core.when import DateOrder
from tickler.core.workdays import MONDAY_TO_FRIDAY
from tickler.errors import Refused, TicklerError, Unreadable

APP = "tickler"

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
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
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    source: Path | None = None

    def database(self) -> str:
        """The path or address of the database: as set, else where the platform keeps data."""
        if self.db:
            return self.db
        from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing is set

        return str(user_data_path(APP, appauthor=False) / "tickler.db")


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


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """The config file: TICKLER_CONFIG, else where the platform keeps settings."""
    if named := environment.get("TICKLER_CONFIG"):
        return Path(named).expanduser()
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
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if required:
            raise Unreadable(f"there is no config file {path} (TICKLER_CONFIG names it)") from None
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise TicklerError(f"cannot read {path}: {error}") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path}: {error}") from None
    read: dict[str, Any] = {}
    for key, value in values.items():
        where = f"{path}:{_line_of(key, text)}"
        reader = _READERS.get(key)
        if reader is None:
            close = get_close_matches(key, _READERS, 1)
            hint = f"; did you mean “{close[0]}”?" if close else ""
            raise Unreadable(f"{where}: there is no setting “{key}”{hint}")
        try:
            read[key] = reader(value)
        except (TypeError, ValueError) as error:
            raise Unreadable(f"{where}: {key} takes {error}, not {value!r}") from None
    return Settings(**read, source=path)


def place_of(path: Path | None, key: str) -> str:
    """Where a key stands, as `config.toml:7`, for a fault that shows only once it is used."""
    if path is None:
        return key
    try:
        return f"{path}:{_line_of(key, path.read_text('utf-8'))}"
    except (OSError, UnicodeDecodeError):
        return str(path)


def _line_of(key: str, text: str) -> int:
    lines = enumerate(text.splitlines(), 1)
    starts = (
        n for n, line in lines if line.replace('"', "").strip().partition("=")[0].strip() == key
    )
    return next(starts, 1)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text")
    return value


def _number(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise ValueError(f"a number from {lowest} to {highest}")
        return value

    return read


def _word(words: type[Layout] | type[DateOrder]) -> Callable[[object], Layout | DateOrder]:
    def read(value: object) -> Layout | DateOrder:
        try:
            return words(str(value))
        except ValueError:
            raise ValueError(" or ".join(f"“{word}”" for word in words)) from None

    return read


def _weekdays(value: object) -> frozenset[int]:
    named = value if isinstance(value, list) else []
    days = frozenset(_DAYS.index(d[:3].lower()) for d in named if _is_day(d))
    if not days or len(days) != len(named):
        raise ValueError('a list of days such as ["mon", "tue", "wed", "thu", "fri"]')
    return days


def _keys(value: object) -> dict[str, str]:
    """Which action each key of the table remaps; the terminal face knows the actions."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value.values()):
        raise ValueError('a table such as [keys] with move = "M"')
    return dict(value)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and value[:3].lower() in _DAYS


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

# The colours of the terminal face; Ctrl+P there lists them.
# theme = "tickler-dark"

# Other keys for the terminal face, by the names that `?` there shows.
# [keys]
# move = "M"
"""


def write_template(path: Path) -> None:
    """Write the settings with their explanations; raises Refused where the file is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise Refused(f"{path} is there already; it was not touched") from None
    except OSError as error:
        raise TicklerError(f"cannot write {path}: {error.strerror}") from error


def remember_theme(path: Path, name: str) -> None:
    """Write the theme into the settings, and leave every other line of the file as it is.

    Raises TicklerError where the file cannot be written, or another line would come to mean
    something else.
    """
    path = path.resolve()  # a link to where somebody keeps their settings stays a link
    try:
        if not path.exists():
            write_template(path)
        before = path.read_bytes().decode("utf-8")
        after = _with_theme(before, f'theme = "{name}"')
        if tomllib.loads(after) != {**tomllib.loads(before), "theme": name}:
            raise Refused(f'{path} was not touched; write theme = "{name}" there to keep it')
        _replace(path, after)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from None
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


def _replace(path: Path, text: str) -> None:
    """Put `text` there whole or not at all: a power cut leaves the old file."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new.open("xb") as file:
            file.write(text.encode("utf-8"))
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
    "theme": _text,
    "keys": _keys,
}

SETTING_NAMES = tuple(f.name for f in fields(Settings) if f.name in _READERS)
