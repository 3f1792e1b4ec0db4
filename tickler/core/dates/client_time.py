"""What time it is at a client, and whether somebody can be called there now."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from tickler.core.dates.words import tokens

#: Minutes after midnight, half-open.
Span = tuple[int, int]

#: When a client is there, by weekdays from Monday = 0; a missing day is unknown.
Hours = Mapping[int, Sequence[Span]]

_AN_HOUR, _A_DAY = 60, 24 * 60
_WORKDAYS, _WEEK = range(5), range(7)

#: Without opening hours: eight to six on weekdays.
USUAL: Hours = {day: [(8 * _AN_HOUR, 18 * _AN_HOUR)] if day in _WORKDAYS else [] for day in _WEEK}

#: Longer texts are not read as opening hours.
_LONGEST = 200

#: What opening hours are written with; separators have no meaning.
_PIECE = re.compile(
    r"(?P<day>D[0-6])|(?P<daily>(?:daily|taeglich)\b)|(?P<workdays>(?:weekdays|werktags)\b)"
    r"|(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?: ?(?P<half>[ap]m)\b)?(?: ?(?:h|uhr)\b)?(?!\d)"
    r"|(?P<dash>[-–—]|(?:to|bis)\b)|(?P<shut>(?:closed|geschlossen)\b)"
    r"|(?P<between>[\s,;:/&+|]|(?:and|und)\b)"
)
_DAYS = r"(?:D\d-D\d|D\d)"
_TIMES = r"(?:T\d+-T\d+)"
_CLAUSE = re.compile(rf"({_DAYS}*)({_TIMES}+|X)")
_ALL = re.compile(rf"{_TIMES}*(?:{_DAYS}+(?:{_TIMES}+|X))*")


@dataclass(frozen=True, slots=True)
class Local:
    """The time at a client; `differs` from the rep's clock, `can_be_called` None if unknown."""

    at: datetime
    differs: bool
    can_be_called: bool | None

    @property
    def text(self) -> str:
        """`their 03:02 · closed`; the time only where it is another than the rep's."""
        state = {None: "", True: "open", False: "closed"}[self.can_be_called]
        parts = (f"their {self.at:%H:%M}" if self.differs else "", state)
        return " · ".join(part for part in parts if part)

    @property
    def sign(self) -> str:
        """`◷03:02`, with a cross where nobody is there; "" where it is the rep's time."""
        shut = "✗" if self.can_be_called is False else ""
        return f"◷{self.at:%H:%M}{shut}" if self.differs else ""


def local(now: datetime, zone: str, hours: str) -> Local | None:
    """The time at a client, without a zone the rep's; None where nothing is given or known."""
    here = now.astimezone()
    if not zone.strip() and not hours.strip():
        return None
    there = _zone(zone.strip())
    if zone.strip() and there is None:
        return None
    at = now.astimezone(there) if there else here
    differs = at.utcoffset() != here.utcoffset()
    return Local(at, differs, can_be_called(at, hours))


def can_be_called(at: datetime, hours: str) -> bool | None:
    """Whether somebody is there at this local time; None where the hours do not say so."""
    known = read_hours(hours) if hours.strip() else USUAL
    spans = known.get(at.weekday()) if known else None
    if spans is None:
        return None
    minute = at.hour * _AN_HOUR + at.minute
    return any(start <= minute < end for start, end in spans)


@lru_cache(maxsize=512)
def read_hours(text: str) -> Hours | None:
    """The opening hours that are written as `Mon-Thu 8-12, 13-17, Fri 8-12`; None for all else.

    Times without days are those of Monday to Friday, the weekend is then unknown; where days
    are named, all others are closed. A span that overlaps an earlier one of its day replaces it.
    """
    written = _written(tokens(text)) if len(text) <= _LONGEST else ""
    if not written or not _ALL.fullmatch(written):
        return None
    week: dict[int, list[Span]] = {}
    for days, times in _CLAUSE.findall(written):
        spans = [(int(a), int(b)) for a, b in re.findall(r"T(\d+)-T(\d+)", times)]
        if any(start >= end for start, end in spans):
            return None
        for day in _days(days) or _WORKDAYS:
            before = week.get(day, [])
            overlaps = any(a < end and start < b for start, end in spans for a, b in before)
            week[day] = spans if overlaps or not spans else [*before, *spans]
    if written.startswith("D") and any(week.values()):
        week = {day: week.get(day, []) for day in _WEEK}
    return week


def _written(text: str) -> str:
    """The text in the few letters of the grammar: `D0-D4T480-T1020`; "" where it is in others."""
    found: list[str] = []
    place = 0
    while place < len(text):
        piece = _PIECE.match(text, place)
        letters = _letters(piece) if piece else None
        if piece is None or letters is None:
            return ""
        found.append(letters)
        place = piece.end()
    return "".join(found)


def _letters(piece: re.Match[str]) -> str | None:
    if piece["hour"]:
        minutes = _minutes(int(piece["hour"]), int(piece["minute"] or 0), piece["half"])
        return None if minutes is None else f"T{minutes}"
    if piece["day"]:
        return piece["day"]
    kinds = {"daily": "D0-D6", "workdays": "D0-D4", "dash": "-", "shut": "X", "between": ""}
    return next(letters for kind, letters in kinds.items() if piece[kind])


def _minutes(hour: int, minute: int, half: str | None) -> int | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minutes = hour * _AN_HOUR + minute
    return minutes if minute < _AN_HOUR and minutes <= _A_DAY else None


def _days(days: str) -> list[int]:
    found: list[int] = []
    for first, last in re.findall(r"D(\d)(?:-D(\d))?", days):
        span = (int(last or first) - int(first)) % 7
        found += [(int(first) + n) % 7 for n in range(span + 1)]
    return found


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # only where a client has a zone

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # names are looked up as files
        return None
