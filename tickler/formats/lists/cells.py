"""What the text of one cell says: phone numbers, e-mail addresses, tags, dates, a place."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Day 0 of Excel's serial dates, which count a 29 February 1900 that never was.
_EPOCH = datetime(1899, 12, 30)
_MINUTES_A_DAY = 24 * 60
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,](?P<fraction>\d+))?", re.ASCII)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_WITH_TIME = re.compile(
    r"(?P<day>\d+[-/.]\d+[-/.]\d+)(?:T|,?\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?::\d\d(?:[.,]\d+)?)?\s*(?P<half>[ap]m)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)

_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.ASCII | re.IGNORECASE)
_FLOAT = re.compile(r"\d{6,}\.0", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r";|,|:::|\s/\s")
_BETWEEN_MAILS = re.compile(r"[\s;,/|]+|:::")
_BETWEEN_TAGS = re.compile(r"[;,]")
_DIGITS_OF_A_NUMBER = 6

_PLACE = re.compile(r"((?:[A-Z]{1,3}-)?\d{4,5})\s+(\D.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as it was read, and a remark on what was changed or left out."""

    text: str
    remark: str = ""


def next_contact(cell: str) -> Read:
    """A date for the date parser: serial numbers and full dates in ISO, else as typed.

    Midnight is no time: programs write it where they know the day only. A time that names its
    zone is left out, since which hour that is here cannot be told from the file.
    """
    if instant := _serial(cell):
        return Read(_day_and_time(instant.date().isoformat(), instant.hour, instant.minute))
    match = _WITH_TIME.fullmatch(cell)
    if match is None:
        return Read(_iso(cell) or cell)
    day = _iso(match["day"]) or match["day"]
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    if match["zone"] and (hour or minute):
        return Read(day, f"the time in {cell} is that of another zone: only the day was taken")
    return Read(_day_and_time(day, hour, minute))


def last_contact(cell: str) -> str:
    """The ISO date of `cell` where that is clear, else `cell` as typed."""
    if instant := _serial(cell):
        return instant.date().isoformat()
    match = _WITH_TIME.fullmatch(cell)
    return _iso(match["day"] if match else cell) or cell


def _serial(cell: str) -> datetime | None:
    match = _SERIAL.fullmatch(cell)
    if match is None:
        return None
    minutes = round(float(f"0.{match['fraction'] or 0}") * _MINUTES_A_DAY)
    return _EPOCH + timedelta(days=int(match["days"]), minutes=minutes)


def _day_and_time(day: str, hour: int, minute: int) -> str:
    return f"{day} {hour:02}:{minute:02}" if hour or minute else day


def _iso(day: str) -> str:
    """`day` in ISO where year, month and day are distinguished by their form, else ""."""
    if match := _YEAR_FIRST.fullmatch(day):
        numbers = match[1], match[3], match[4]
    elif match := _DAY_FIRST.fullmatch(day):
        numbers = match[3], match[2], match[1]
    else:
        return ""
    try:
        return date(*map(int, numbers)).isoformat()
    except ValueError:
        return ""


def numbers(cell: str) -> tuple[Read, ...]:
    """The phone numbers of a cell as typed; one that a spreadsheet destroyed has no text.

    A cell is split only where each part is long enough for a number of its own: what follows
    the stroke of `030 123456 / 78` is an extension.
    """
    if not _BETWEEN_NUMBERS.search(cell):
        return (_number(cell),)
    parts = _parts(_BETWEEN_NUMBERS, cell)
    if parts and all(sum(c.isdigit() for c in part) >= _DIGITS_OF_A_NUMBER for part in parts):
        return tuple(map(_number, parts))
    return (_number(cell),)


def _parts(between: re.Pattern[str], cell: str) -> list[str]:
    return [part.strip() for part in between.split(cell) if part.strip()]


def _number(text: str) -> Read:
    if _POWER.fullmatch(text):
        return Read("", f"{text} is not a phone number any more: a spreadsheet rounded it")
    if _FLOAT.fullmatch(text):
        return Read(text[:-2], f"{text} is a phone number that a spreadsheet wrote with .0")
    return Read(text)


def mails(cell: str) -> tuple[Read, ...]:
    """The e-mail addresses of a cell as typed; one that is not an address has no text."""
    if "@" not in cell:
        return (Read("", f"{cell} is not an e-mail address"),)
    if not _BETWEEN_MAILS.search(cell):
        return (Read(cell),)
    parts = _parts(_BETWEEN_MAILS, cell)
    return tuple(map(Read, parts)) if all("@" in part for part in parts) else (Read(cell),)


def tags(cell: str) -> tuple[str, ...]:
    """The tags of a cell, each once."""
    return tuple(dict.fromkeys(_parts(_BETWEEN_TAGS, cell)))


def place(cell: str) -> tuple[str, str]:
    """Postcode and city of a cell that has both; all of it is the city where it has not."""
    match = _PLACE.fullmatch(cell)
    return (match[1], match[2]) if match else ("", cell)
