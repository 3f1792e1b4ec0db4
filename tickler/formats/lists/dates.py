"""The dates of a list: serial numbers, zeros, and whether a day or a month comes first."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from tickler.core.dates.context import DateOrder
from tickler.formats.lists.cells import Read

# Day 0 of Excel's serial dates, which count a 29 February 1900 that never was.
_EPOCH = datetime(1899, 12, 30)
_MINUTES_A_DAY = 24 * 60
# Days from 1954 to 2119: `01067` is a postcode in the wrong column.
_SERIAL = re.compile(r"(?P<days>[2-7]\d{4})(?:[.,](?P<fraction>\d+))?", re.ASCII)
# What is written where there is no date: day 0, and the first day of some programs.
_ZERO = re.compile(
    r"(?:0|0?0[./-]0?[01][./-](?:0000|1900)|0?1[./-]0?0[./-]1900|1900-0?1-0?0|0000-00-00"
    r"|1899-12-3[01]|3[01]\.12\.1899|12/3[01]/1899|(?:0?1[./-]0?1[./-]|)0001(?:-01-01)?"
    r"|0?1[./-]0?1[./-]1900|(?:1900|1970)-01-01|0?1[./-]0?1[./-]1970)"
    r"(?:[T ]0?0:00(?::00)?(?:\.0+)?Z?)?",
    re.ASCII,
)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)()(\d\d)(\d\d)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?::\d\d)?(?:\s?Uhr)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
# `1/12`: the month of a year that is to be found. `12/26` may be December of a year.
_NO_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/?", re.ASCII)
_WITH_TIME = re.compile(
    r"(?P<day>\d+[-/.]\d+[-/.]\d+|\d+/\d+)(?:T|,?\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?::\d\d(?:[.,]\d+)?)?\s*(?P<half>[ap]m)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
# A year of two digits is of this century up to here, as spreadsheets read it.
_LAST_OF_THIS_CENTURY = 69
_MONTHS = 12
_HOURS = 24
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column of dates says of its order.

    `day_first` and `month_first` are cells that have one reading, `either` one that has two.
    """

    day_first: str = ""
    month_first: str = ""
    either: str = ""

    @property
    def order(self) -> DateOrder | None:
        """The order of the column; None where it does not say, or says both."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return DateOrder.DMY if self.day_first else DateOrder.MDY

    @property
    def is_mixed(self) -> bool:
        """Whether some dates begin with the day and some with the month."""
        return bool(self.day_first and self.month_first)

    def with_cell(self, cell: str) -> "Evidence":
        """The same with one more cell. Points are between day, month and year in that order."""
        numbers = _numbers(cell)
        if numbers is None:
            return self
        first, second = numbers
        if first > _MONTHS >= second and not self.day_first:
            return Evidence(cell, self.month_first, self.either)
        if second > _MONTHS >= first and not self.month_first:
            return Evidence(self.day_first, cell, self.either)
        if first != second and max(first, second) <= _MONTHS and not self.either:
            return Evidence(self.day_first, self.month_first, cell)
        return self


@lru_cache(maxsize=4096)  # a list has few days, and each of them many times
def read(cell: str, order: DateOrder | None = None) -> Read:
    """A date for the date parser: in ISO where it is clear which day it is, else as typed.

    `order` is that of the column. Midnight is not a time: programs write it where they know the day
    only. What a program writes for no date is empty.
    """
    if day := _iso(cell, order):
        return Read("" if _ZERO.fullmatch(cell) else day)
    if order and (short := _NO_YEAR.fullmatch(cell)):
        return Read(_short(short, order) or cell)
    if _ZERO.fullmatch(cell):
        return Read("")
    if instant := _serial(cell):
        return Read(_day_and_time(instant.date().isoformat(), instant.hour, instant.minute))
    match = _WITH_TIME.fullmatch(cell)
    if match is None:
        return Read(cell)
    short = _NO_YEAR.fullmatch(match["day"]) if order else None
    day = (_short(short, order) if short and order else _iso(match["day"], order)) or match["day"]
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    if match["zone"] and (hour or minute):
        zone = "Z" if match["zone"].isalpha() else match["zone"]
        return Read(f"{day} {hour:02}:{minute:02}{zone}")
    return Read(_day_and_time(day, hour, minute))


def clock(cell: str) -> str:
    """A time of day as the date parser reads it, "" where it is none, or midnight."""
    match = _CLOCK.fullmatch(cell)
    hour, minute = (int(match[1]), int(match[2])) if match else (0, 0)
    is_one = hour < _HOURS and minute < _MINUTES and (hour or minute)
    return f"{hour:02}:{minute:02}" if is_one else ""


def _numbers(cell: str) -> tuple[int, int] | None:
    """The first two numbers of a date with strokes or dashes."""
    match = _YEAR_LAST.match(cell)
    if match and match[2] != ".":
        return int(match[1]), int(match[3])
    short = _NO_YEAR.match(cell)
    if short is None or (match is None and "/" in cell[short.end() :]):
        return None
    first, second = int(short[1]), int(short[2])
    return (first, second) if second <= _MONTHS else None


def _serial(cell: str) -> datetime | None:
    match = _SERIAL.fullmatch(cell)
    if match is None:
        return None
    minutes = round(float(f"0.{match['fraction'] or 0}") * _MINUTES_A_DAY)
    return _EPOCH + timedelta(days=int(match["days"]), minutes=minutes)


def _day_and_time(day: str, hour: int, minute: int) -> str:
    return f"{day} {hour:02}:{minute:02}" if hour or minute else day


def _short(match: re.Match[str], order: DateOrder) -> str:
    """A date without a year, the day first and with points, "" where it is none."""
    first, second = int(match[1]), int(match[2])
    day, month = (second, first) if order is DateOrder.MDY else (first, second)
    return f"{day}.{month}." if 1 <= month <= _MONTHS else ""


def _iso(day: str, order: DateOrder | None) -> str:
    """`day` in ISO where it is clear which number is which, else ""."""
    if match := _YEAR_FIRST.fullmatch(day) or _COMPACT.fullmatch(day):
        year, month, number = int(match[1]), int(match[3]), int(match[4])
    elif match := _YEAR_LAST.fullmatch(day):
        first, second = int(match[1]), int(match[3])
        turned = _has_month_first(first, second, match[2], order)
        if turned is None:
            return ""
        year, month, number = _year(match[4]), *((first, second) if turned else (second, first))
    else:
        return ""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def _has_month_first(first: int, second: int, between: str, order: DateOrder | None) -> bool | None:
    """Whether the month comes first; None where that is not known."""
    if between == "." or first > _MONTHS:
        return False
    if second > _MONTHS:
        return True
    if first == second:
        return False
    return None if order is None else order is DateOrder.MDY


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > len("26"):
        return year
    return year + (2000 if year <= _LAST_OF_THIS_CENTURY else 1900)
