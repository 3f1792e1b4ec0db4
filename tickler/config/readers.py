"""What each setting takes: the values of `config.toml`, checked and turned into what they mean."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tickler.config import contact_rules
from tickler.core.backups import BackupRule
from tickler.core.client.custom_fields import FieldType, OwnField, twice
from tickler.core.client.fields import is_taken
from tickler.core.contact import templates
from tickler.core.contact.kinds import PLANNED_KINDS, Kind
from tickler.core.contact.templates import Template
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import Language
from tickler.core.dates.words import tokens
from tickler.core.filing.slots import Layout
from tickler.core.planning.capacity import USUAL, Capacity, Unit
from tickler.core.review.targets import MEASURES, TAKES, Target, read_target
from tickler.core.text import one_line
from tickler.formats import toml_lines as toml
from tickler.formats.toml_lines import NotTaken

#: No name of a field is longer than this, in characters.
_LONGEST_NAME = 60


def _text(value: object) -> str:
    if not (text := toml.text_of(value)).strip():
        raise NotTaken("a text in quotes", value)
    return text


def _weekdays(value: object) -> frozenset[int]:
    """Days in either language, as they are typed everywhere."""
    takes = 'a list of days such as ["mon", "tue", "wed", "thu", "fri"]'
    named = toml.texts_of(value, takes)
    found = [re.fullmatch(r"D(\d)", tokens(day)) for day in named]
    days = frozenset(int(day[1]) for day in found if day)
    if not days or len(days) != len(named):
        raise NotTaken(takes, value)
    return days


def _keys(value: object) -> dict[str, str]:
    """Which action each key of the table remaps; the terminal face knows the actions."""
    keys = toml.table_of(value, '[keys] with move = "f6"')
    takes = 'a key such as "f6" or "ctrl+z"'
    return {action: toml.text_of(key, action, takes=takes) for action, key in keys.items()}


def _capacity(value: object) -> Capacity:
    """Contacts (20) or time (`"6h"`), for every day or a table with one for each weekday."""
    given: Mapping[str, object] = value if isinstance(value, dict) else {"usual": value}
    amounts: dict[str, tuple[int, Unit]] = {}
    for day, amount in given.items():
        if day != "usual" and not re.fullmatch(r"D\d", tokens(day)):
            raise NotTaken("days such as mon, and usual for the others", day, day)
        inside = (day,) if isinstance(value, dict) else ()
        amounts[day] = _amount(amount, *inside)
    units = {unit for _, unit in amounts.values()}
    if len(units) > 1:
        raise NotTaken('either contacts (20) or time ("6h"), not both', value)
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
    raise NotTaken('a number from 1 to 1000, or a time such as "6h" or "6h30"', value, *inside)


def _minutes(value: object) -> dict[Kind, int]:
    found: dict[Kind, int] = {}
    for kind, minutes in toml.table_of(value, "[minutes] with call = 10").items():
        if kind not in PLANNED_KINDS:
            raise NotTaken(f"kinds: {', '.join(PLANNED_KINDS)}", kind, kind)
        found[Kind(kind)] = toml.number_of(minutes, kind, lowest=1, highest=1440)
    return found


def _days_off(value: object) -> dict[date, str]:
    """Days and ranges of days, both ends included: `"2026-12-24"`, `"2026-12-24..2027-01-06"`."""
    takes = 'days and ranges such as ["2026-12-24", "2026-12-27..2027-01-06"]'
    if not isinstance(value, list):
        raise NotTaken(takes, value)
    found: dict[date, str] = {}
    for text in value:
        first, _, last = str(text).partition("..")
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            raise NotTaken(takes, text) from None
        if not timedelta() <= end - start < timedelta(days=400):
            raise NotTaken(
                f"{takes}; from {first} to {last} is not a range of a year at most", text
            )
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        found |= dict.fromkeys(days, "day off")
    return found


def _segments(value: object) -> tuple[str, ...]:
    takes = 'a list such as ["A", "B", "C"]'
    found = tuple(each.strip() for each in toml.texts_of(value, takes))
    if not all(found):
        raise NotTaken(takes, value)
    return found


def _targets(value: object) -> dict[str, Target]:
    found: dict[str, Target] = {}
    for name, text in toml.table_of(value, '[targets] with contacts = "20 a day"').items():
        measure = MEASURES.get(name)
        if measure is None:
            raise NotTaken(f"figures: {', '.join(MEASURES)}", name, name)
        target = read_target(measure, text) if isinstance(text, str) else None
        if target is None:
            raise NotTaken(TAKES[measure], text, name)
        found[name] = target
    return found


def _own_fields(value: object) -> tuple[OwnField, ...]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise NotTaken('tables such as [[field]] with name = "renewal" and type = "date"', value)
    found = [_own_field(table, number) for number, table in enumerate(value)]
    if name := twice([own.name for own in found]):
        number = max(n for n, own in enumerate(found) if own.name == name)
        raise NotTaken("a name that no field has before it", name, number, "name")
    return tuple(found)


def _own_field(table: dict[str, object], number: int) -> OwnField:
    for key, value in table.items():
        if key not in ("name", "type", "choices", "help"):
            raise NotTaken("name, type, choices and help", key, number, key)
        if key != "choices":
            toml.text_of(value, number, key)
    name, typed = str(table.get("name", "")), table.get("type", FieldType.TEXT)
    if not name.strip() or name != one_line(name) or "=" in name or len(name) > _LONGEST_NAME:
        raise NotTaken(f"one line of up to {_LONGEST_NAME} letters without =", name, number, "name")
    if is_taken(name):
        raise NotTaken("a name that no field of the card has", name, number, "name")
    kind = toml.word_of(typed, number, "type", words=FieldType)
    choices = _choices(table.get("choices"), number, wanted=kind is FieldType.CHOICE)
    return OwnField(name, kind, choices, str(table.get("help", "")))


def _choices(value: object, number: int, *, wanted: bool) -> tuple[str, ...]:
    if value is None and not wanted:
        return ()
    words = [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
    clean = [word for word in words if word.strip() and word == one_line(word)]
    if not wanted:
        raise NotTaken('nothing unless type = "choice"', value, number, "choices")
    if not clean or clean != value or twice(clean):
        given = "nothing" if value is None else value
        raise NotTaken('different words such as ["A", "B", "C"]', given, number, "choices")
    return tuple(clean)


def _addresses(value: object) -> tuple[str, ...]:
    takes = 'a list of e-mail addresses such as ["rita@example.org"]'
    found = toml.texts_of(value, takes)
    if not found or not all("@" in each for each in found):
        raise NotTaken(takes, value)
    return tuple(found)


def _templates(value: object) -> dict[str, Template]:
    tables = toml.table_of(value, "[templates.offer] with subject and body")
    return {name: _template(name, fields) for name, fields in tables.items()}


def _template(name: str, fields: object) -> Template:
    texts: dict[str, str] = {}
    for key, value in toml.table_of(fields, "subject and body", name).items():
        if key not in ("subject", "body"):
            raise NotTaken("subject and body", key, name, key)
        texts[key] = toml.text_of(value, name, key)
        if fault := templates.fault_in(texts[key]):
            known = ", ".join(f"{{{place}}}" for place in templates.PLACES)
            raise NotTaken(f"{known}, and doubled braces for braces", fault, name, key)
    return Template(**texts)


def _country(value: object) -> str:
    code = _text(value).strip()
    return code.lower() if code.lower() == "none" else code.upper()


def _backup(value: object) -> BackupRule:
    """The rule of backups; a folder is still as it was written."""
    read: dict[str, Any] = {}
    for key, given in toml.table_of(value, '[backup] with folder = "~/backups"').items():
        if key == "automatic":
            read[key] = toml.yes_or_no(given, key)
        elif key in ("days", "months"):
            read[key] = toml.number_of(given, key, lowest=1, highest=1000)
        elif key == "folder":
            if not (folder := toml.text_of(given, key)).strip():
                raise NotTaken("a folder in quotes", given, key)
            read[key] = Path(folder)
        else:
            raise NotTaken("folder, days, months and automatic", key, key)
    return BackupRule(**read)


#: The readers of the settings, by their names; each raises NotTaken.
READERS: Mapping[str, Callable[[object], Any]] = {
    "db": _text,
    "rep": _text,
    "layout": partial(toml.word_of, words=Layout),
    "months_ahead": partial(toml.number_of, lowest=1, highest=3),
    "capacity": _capacity,
    "minutes": _minutes,
    "weekdays": _weekdays,
    "country": _country,
    "region": _text,
    "days_off": _days_off,
    "segments": _segments,
    "outcomes": contact_rules.outcomes,
    "intervals": contact_rules.intervals,
    "slides_hint": partial(toml.number_of, lowest=0, highest=100),
    "remind_minutes": partial(toml.number_of, lowest=0, highest=120),
    "notify": toml.yes_or_no,
    "date_order": partial(toml.word_of, words=DateOrder),
    "language": partial(toml.word_of, words=Language),
    "theme": _text,
    "keys": _keys,
    "field": _own_fields,
    "addresses": _addresses,
    "answer_within": partial(toml.number_of, lowest=0, highest=30),
    "calendar_dir": _text,
    "backup": _backup,
    "complaint_hours": partial(toml.number_of, lowest=1, highest=720),
    "templates": _templates,
    "targets": _targets,
}
