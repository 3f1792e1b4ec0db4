"""What each setting takes: the values of `config.toml`, checked and turned into what they mean."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tickler.config import contact_rules
from tickler.config.contact_rules import table
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
from tickler.formats.toml_lines import NotTaken

#: No name of a field is longer than this, in characters.
_LONGEST_NAME = 60


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise NotTaken("a text", value)
    return value


def _number(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise NotTaken(f"a number from {lowest} to {highest}", value)
        return value

    return read


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise NotTaken("true or false", value)
    return value


def _word(words: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read(value: object) -> StrEnum:
        try:
            return words(str(value))
        except ValueError:
            raise NotTaken(" or ".join(f"“{word}”" for word in words), value) from None

    return read


def _weekdays(value: object) -> frozenset[int]:
    """Days in either language, as they are typed everywhere."""
    named = value if isinstance(value, list) else []
    found = [re.fullmatch(r"D(\d)", tokens(day)) for day in named if isinstance(day, str)]
    days = frozenset(int(day[1]) for day in found if day)
    if not days or len(days) != len(named):
        raise NotTaken('a list of days such as ["mon", "tue", "wed", "thu", "fri"]', value)
    return days


def _keys(value: object) -> dict[str, str]:
    """Which action each key of the table remaps; the terminal face knows the actions."""
    if not isinstance(value, dict):
        raise NotTaken('a table such as [keys] with move = "f6"', value)
    for action, key in value.items():
        if not isinstance(key, str):
            raise NotTaken('a key such as "f6" or "ctrl+z"', key, action)
    return dict(value)


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
    for kind, minutes in table(value, "[minutes] with call = 10").items():
        if kind not in PLANNED_KINDS:
            raise NotTaken(f"kinds: {', '.join(PLANNED_KINDS)}", kind, kind)
        try:
            found[Kind(kind)] = _number(1, 1440)(minutes)
        except NotTaken as error:
            raise NotTaken("minutes from 1 to 1440", minutes, kind) from error
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
    named = value if isinstance(value, list) else [value]
    found = tuple(each.strip() for each in named if isinstance(each, str) and each.strip())
    if not isinstance(value, list) or len(found) != len(named):
        raise NotTaken('a list such as ["A", "B", "C"]', value)
    return found


def _targets(value: object) -> dict[str, Target]:
    found: dict[str, Target] = {}
    for name, text in table(value, '[targets] with contacts = "20 a day"').items():
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
        if key != "choices" and not isinstance(value, str):
            raise NotTaken("a text", value, number, key)
    name, typed = str(table.get("name", "")), table.get("type", FieldType.TEXT)
    if not name.strip() or name != one_line(name) or "=" in name or len(name) > _LONGEST_NAME:
        raise NotTaken(f"one line of up to {_LONGEST_NAME} letters without =", name, number, "name")
    if is_taken(name):
        raise NotTaken("a name that no field of the card has", name, number, "name")
    if typed not in list(FieldType):
        kinds = ", ".join(f"“{word}”" for word in FieldType)
        raise NotTaken(f"one of {kinds}", typed, number, "type")
    choices = _choices(table.get("choices"), number, wanted=typed == FieldType.CHOICE)
    return OwnField(name, FieldType(str(typed)), choices, str(table.get("help", "")))


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
    named = value if isinstance(value, list) else []
    found = tuple(each for each in named if isinstance(each, str) and "@" in each)
    if not found or len(found) != len(named):
        raise NotTaken('a list of e-mail addresses such as ["rita@example.org"]', value)
    return found


def _templates(value: object) -> dict[str, Template]:
    if not isinstance(value, dict):
        raise NotTaken("tables such as [templates.offer]", value)
    return {name: _template(name, fields) for name, fields in value.items()}


def _template(name: str, fields: object) -> Template:
    if not isinstance(fields, dict):
        raise NotTaken("a table with subject and body", fields, name)
    for key, text in fields.items():
        if key not in ("subject", "body"):
            raise NotTaken("subject and body", key, name, key)
        if not isinstance(text, str):
            raise NotTaken("a text", text, name, key)
        if fault := templates.fault_in(text):
            known = ", ".join(f"{{{place}}}" for place in templates.PLACES)
            raise NotTaken(f"{known}, and doubled braces for braces", fault, name, key)
    return Template(**fields)


#: The readers of the settings, by their names; each raises NotTaken.
READERS: Mapping[str, Callable[[object], Any]] = {
    "db": _text,
    "rep": _text,
    "layout": _word(Layout),
    "months_ahead": _number(1, 3),
    "capacity": _capacity,
    "minutes": _minutes,
    "weekdays": _weekdays,
    "country": lambda value: _text(value).strip().upper(),
    "region": _text,
    "days_off": _days_off,
    "segments": _segments,
    "outcomes": contact_rules.outcomes,
    "intervals": contact_rules.intervals,
    "slides_hint": _number(0, 100),
    "remind_minutes": _number(0, 120),
    "notify": _yes_or_no,
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
