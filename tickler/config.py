"""Settings: `config.toml` and the environment, read once into one frozen object."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from tickler import habits
from tickler.almanac import Almanac
from tickler.core import letters
from tickler.core.contacts import PLANNED_KINDS, Kind, Outcome
from tickler.core.datewords import tokens
from tickler.core.fields import is_taken
from tickler.core.intervals import Limits
from tickler.core.language import DATE_WORDS, DateWords, Language
from tickler.core.letters import Template
from tickler.core.load import MINUTES, USUAL, Capacity, Unit
from tickler.core.outcomes import RULES, Rule
from tickler.core.own_fields import FieldType, OwnField, twice
from tickler.core.slots import Layout
from tickler.core.targets import MEASURES, TAKES, Target, read_target
from tickler.core.text import one_line
from tickler.core.when import DateOrder
from tickler.core.workdays import MONDAY_TO_FRIDAY
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.toml import Wrong, fault, line_of

APP = "tickler"

#: No name of a field is longer than this, in characters.
_LONGEST_NAME = 60

_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this rep's tickler behaves.

    `intervals` go by the folded name of a segment; after `slides_hint` slides a hint is given,
    never where that is 0.

    `country` and `region` say whose holidays are no working days, `days_off` which others.
    `segments` are those of the clients, the most important first. `addresses` are the rep's own;
    a mail is to be answered within `answer_within` working days, where that is not 0.
    """

    db: str | None = None
    rep: str | None = None
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
    date_order: DateOrder | None = None
    language: Language = Language.EN
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    answer_within: int = 1
    templates: Mapping[str, Template] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    today: date | None = None
    source: Path | None = None
    field: tuple[OwnField, ...] = ()  # under [[field]]; hides dataclasses.field

    @property
    def date_words(self) -> DateWords:
        """The words that dates are shown with."""
        return DATE_WORDS[self.language]

    def holidays(self) -> Callable[[int], Mapping[date, str]]:
        """What gives the holidays of a year; none where no country is set."""
        if self.country is None:
            return lambda _year: {}
        from platformdirs import user_cache_path  # noqa: PLC0415  # only where wanted

        cache = user_cache_path(APP, appauthor=False)
        return Almanac(self.country, self.region, self.language.value, cache).of_year

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


def shipped_path() -> Path:
    """What ships beside the program: inside the installed package, or in the checkout."""
    package = Path(__file__).parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


def forms_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the rep's own forms lie: beside the config file."""
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
        except Wrong as error:
            found = ".".join(
                (key, *(str(n + 1) if isinstance(n, int) else n for n in error.inside))
            )
            line = line_of(text, key, *error.inside)
            raise Unreadable(f"{path}:{line}: {found} takes {error}") from None
    if minutes := read.get("minutes"):
        read["capacity"] = replace(read.get("capacity", USUAL), minutes=minutes)
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


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("a text", value)
    return value


def _number(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise Wrong(f"a number from {lowest} to {highest}", value)
        return value

    return read


def _word(words: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read(value: object) -> StrEnum:
        try:
            return words(str(value))
        except ValueError:
            raise Wrong(" or ".join(f"“{word}”" for word in words), value) from None

    return read


def _weekdays(value: object) -> frozenset[int]:
    """Days in either language, as they are typed everywhere."""
    named = value if isinstance(value, list) else []
    found = [re.fullmatch(r"D(\d)", tokens(day)) for day in named if isinstance(day, str)]
    days = frozenset(int(day[1]) for day in found if day)
    if not days or len(days) != len(named):
        raise Wrong('a list of days such as ["mon", "tue", "wed", "thu", "fri"]', value)
    return days


def _keys(value: object) -> dict[str, str]:
    """Which action each key of the table remaps; the terminal face knows the actions."""
    if not isinstance(value, dict):
        raise Wrong('a table such as [keys] with move = "M"', value)
    for action, key in value.items():
        if not isinstance(key, str):
            raise Wrong('a key such as "M" or "ctrl+z"', key, action)
    return dict(value)


def _capacity(value: object) -> Capacity:
    """Contacts (20) or time (`"6h"`), for every day or a table with one for each weekday."""
    given: Mapping[str, object] = value if isinstance(value, dict) else {"usual": value}
    amounts: dict[str, tuple[int, Unit]] = {}
    for day, amount in given.items():
        if day != "usual" and not re.fullmatch(r"D\d", tokens(day)):
            raise Wrong("days such as mon, and usual for the others", day, day)
        inside = (day,) if isinstance(value, dict) else ()
        amounts[day] = _amount(amount, *inside)
    units = {unit for _, unit in amounts.values()}
    if len(units) > 1:
        raise Wrong('either contacts (20) or time ("6h"), not both', value)
    usual = amounts.pop("usual", (USUAL.usual if Unit.CONTACTS in units else 6 * 60, None))[0]
    by_weekday = {int(tokens(day)[1:]): amount for day, (amount, _) in amounts.items()}
    return Capacity(usual, next(iter(units), Unit.CONTACTS), by_weekday)


def _amount(value: object, *inside: str) -> tuple[int, Unit]:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1000:
        return value, Unit.CONTACTS
    time = re.fullmatch(r"(?:(\d{1,2}) ?h)? ?(?:(\d{1,3}) ?(?:min)?)?", str(value).strip())
    if isinstance(value, str) and time and any(time.groups()):
        minutes = int(time[1] or 0) * 60 + int(time[2] or 0)
        if 0 < minutes <= 24 * 60:
            return minutes, Unit.MINUTES
    raise Wrong('a number from 1 to 1000, or a time such as "6h" or "6h30"', value, *inside)


def _minutes(value: object) -> dict[Kind, int]:
    if not isinstance(value, dict):
        raise Wrong("a table such as [minutes] with call = 10", value)
    found: dict[Kind, int] = {}
    for kind, minutes in value.items():
        if kind not in PLANNED_KINDS:
            raise Wrong(f"kinds: {', '.join(PLANNED_KINDS)}", kind, kind)
        try:
            found[Kind(kind)] = _number(1, 1440)(minutes)
        except Wrong as error:
            raise Wrong("minutes from 1 to 1440", minutes, kind) from error
    return found


def _days_off(value: object) -> dict[date, str]:
    """Days and ranges of days, both ends included: `"2026-12-24"`, `"2026-12-24..2027-01-06"`."""
    takes = 'days and ranges such as ["2026-12-24", "2026-12-27..2027-01-06"]'
    if not isinstance(value, list):
        raise Wrong(takes, value)
    found: dict[date, str] = {}
    for text in value:
        first, _, last = str(text).partition("..")
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            raise Wrong(takes, text) from None
        if not timedelta() <= end - start < timedelta(days=400):
            raise Wrong(f"{takes}; from {first} to {last} is no range of a year at most", text)
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        found |= dict.fromkeys(days, "day off")
    return found


def _segments(value: object) -> tuple[str, ...]:
    """Texts in their order; the cards say them in any case."""
    named = value if isinstance(value, list) else [value]
    found = tuple(each.strip() for each in named if isinstance(each, str) and each.strip())
    if not isinstance(value, list) or len(found) != len(named):
        raise Wrong('a list such as ["A", "B", "C"]', value)
    return found


def _targets(value: object) -> dict[str, Target]:
    if not isinstance(value, dict):
        raise Wrong('a table such as [targets] with contacts = "20 a day"', value)
    found: dict[str, Target] = {}
    for name, text in value.items():
        measure = MEASURES.get(name)
        if measure is None:
            raise Wrong(f"figures: {', '.join(MEASURES)}", name, name)
        target = read_target(measure, text) if isinstance(text, str) else None
        if target is None:
            raise Wrong(TAKES[measure], text, name)
        found[name] = target
    return found


def _country(value: object) -> str:
    return _text(value).strip().upper()


def _own_fields(value: object) -> tuple[OwnField, ...]:
    """The fields that the rep defines, each in a table of its own, in their order."""
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise Wrong('tables such as [[field]] with name = "renewal" and type = "date"', value)
    found = [_own_field(table, number) for number, table in enumerate(value)]
    if name := twice([own.name for own in found]):
        number = max(n for n, own in enumerate(found) if own.name == name)
        raise Wrong("a name that no field has before it", name, number, "name")
    return tuple(found)


def _own_field(table: dict[str, object], number: int) -> OwnField:
    for key, value in table.items():
        if key not in ("name", "type", "choices", "help"):
            raise Wrong("name, type, choices and help", key, number, key)
        if key != "choices" and not isinstance(value, str):
            raise Wrong("a text", value, number, key)
    name, typed = str(table.get("name", "")), table.get("type", FieldType.TEXT)
    if not name.strip() or name != one_line(name) or "=" in name or len(name) > _LONGEST_NAME:
        raise Wrong(f"one line of up to {_LONGEST_NAME} letters without =", name, number, "name")
    if is_taken(name):
        raise Wrong("a name that no field of the card has", name, number, "name")
    if typed not in list(FieldType):
        kinds = ", ".join(f"“{word}”" for word in FieldType)
        raise Wrong(f"one of {kinds}", typed, number, "type")
    choices = _choices(table.get("choices"), number, wanted=typed == FieldType.CHOICE)
    return OwnField(name, FieldType(str(typed)), choices, str(table.get("help", "")))


def _choices(value: object, number: int, *, wanted: bool) -> tuple[str, ...]:
    if value is None and not wanted:
        return ()
    words = [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
    clean = [word for word in words if word.strip() and word == one_line(word)]
    if not wanted:
        raise Wrong('nothing unless type = "choice"', value, number, "choices")
    if not clean or clean != value or twice(clean):
        given = "nothing" if value is None else value
        raise Wrong('different words such as ["A", "B", "C"]', given, number, "choices")
    return tuple(clean)


def _addresses(value: object) -> tuple[str, ...]:
    named = value if isinstance(value, list) else []
    found = tuple(each for each in named if isinstance(each, str) and "@" in each)
    if not found or len(found) != len(named):
        raise Wrong('a list of e-mail addresses such as ["rita@example.org"]', value)
    return found


def _templates(value: object) -> dict[str, Template]:
    """Templates for mails by their names."""
    if not isinstance(value, dict):
        raise Wrong("tables such as [templates.offer]", value)
    return {name: _template(name, fields) for name, fields in value.items()}


def _template(name: str, fields: object) -> Template:
    if not isinstance(fields, dict):
        raise Wrong("a table with subject and body", fields, name)
    for key, text in fields.items():
        if key not in ("subject", "body"):
            raise Wrong("subject and body", key, name, key)
        if not isinstance(text, str):
            raise Wrong("a text", text, name, key)
        if fault := letters.fault_in(text):
            known = ", ".join(f"{{{place}}}" for place in letters.PLACES)
            raise Wrong(f"{known}, and doubled braces for braces", fault, name, key)
    return Template(**fields)


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

# How much you can do on a working day: contacts (20), or time ("6h") of which each kind takes
# its minutes; a table such as {usual=20, fri=10} says it for each weekday.
# capacity = 20

# Which days you work. The holidays of a country (and region) and own days off are none.
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
# country = "DE"
# region = "BY"
# days_off = ["2026-12-24", "2026-12-27..2027-01-06"]

# The segments of your clients, the most important first: proposals move those last.
# segments = ["A", "B", "C"]

# How 7/5 is read: "dmy" is 7 May, "mdy" July 5. Without this both are named and you choose.
# date_order = "dmy"

# After how many slides moving a dossier gives a hint; 0 for never.
# slides_hint = 3

# In which language dates are shown, "en" or "de". Typed ones are read in both.
# language = "en"

# Your own e-mail addresses: by them an imported mail is known to have come in or gone out.
# addresses = ["rita@example.org"]

# Within how many working days a mail that came in is to be answered; 0 puts no slip on it.
# answer_within = 1

# The colours of the terminal face; Ctrl+P there lists them.
# theme = "tickler-dark"

# How many minutes a contact takes, by its kind, where capacity is a time.
# [minutes]
# call = 10
# first-call = 15
# meeting = 60
# visit = 120
# Fields of your own on every card, in this order: "text", "number", "date", "yes/no", or
# "choice" with its choices.
# [[field]]
# name = "renewal"
# type = "date"
# help = "when the contract ends"
# [[field]]
# name = "class"
# type = "choice"
# choices = ["A", "B", "C"]

# What is proposed as the next date after a contact that ended so: dates as they are typed, the
# obvious one first. other_half adds the other half of the day to it, third goes first at the
# third attempt in a row; kind and what are for the next contact.
# [outcomes.no-answer]
# next = ["+1b", "+1w"]
# other_half = true
# third = "+10b"
# [outcomes.order]
# next = "+2w"
# kind = "call"
# what = "thank-you call"

# How long clients of a segment may go without contact: over the ideal interval they are marked,
# over the longest one they stand out. A dossier's own intervals go before these.
# [intervals.A]
# ideal = "4w"
# longest = "8w"

# What you want to reach; `tickler review` and r in the terminal face stand it beside what you did.
# Numbers are for a day, a week or a month; holidays and absences take their part from them.
# [targets]
# contacts = "20 a day"
# meetings = "3 a week"
# orders = "2 a month"
# reach = "40%"
# kept = "95%"
# answer = "4h"

# Other keys for the terminal face, by the names that `?` there shows.
# [keys]
# move = "M"

# Templates for `tickler mail NAME --template offer`, and for the key E.
# [templates.offer]
# subject = "Our offer for {company}"
# body = "Hello {first},\\n\\nas promised: {promise}. Until {next}!\\n\\n{rep}"
"""


def write_template(path: Path) -> None:
    """Write the settings with their explanations; raises Refused where the file is there."""
    write_new(path, TEMPLATE)


def write_new(path: Path, text: str) -> None:
    """Write a file for its owner alone; raises Refused where it is there, else TicklerError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            file.write(text)
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
        replace_file(path, mark + after.encode("utf-8"))
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


def replace_file(path: Path, written: bytes) -> None:
    """Put `written` there whole or not at all: a power cut leaves the old file.

    A new file is for its owner alone. Raises OSError.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(new, "xb", opener=_private) as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "db": _text,
    "rep": _text,
    "layout": _word(Layout),
    "months_ahead": _number(1, 3),
    "capacity": _capacity,
    "minutes": _minutes,
    "weekdays": _weekdays,
    "country": _country,
    "region": _text,
    "days_off": _days_off,
    "segments": _segments,
    "outcomes": habits.outcomes,
    "intervals": habits.intervals,
    "slides_hint": _number(0, 100),
    "date_order": _word(DateOrder),
    "language": _word(Language),
    "theme": _text,
    "keys": _keys,
    "field": _own_fields,
    "addresses": _addresses,
    "answer_within": _number(0, 30),
    "templates": _templates,
    "targets": _targets,
}

SETTING_NAMES = tuple(f.name for f in fields(Settings) if f.name in _READERS)
