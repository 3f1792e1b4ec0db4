"""The dates of a row: when the client is contacted next, and when that was last."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import NamedTuple

from tickler.core.dates import parse
from tickler.core.dates.happened import read_moment
from tickler.core.dates.reading import line_of, without_mark
from tickler.core.dates.repeat import kept_every
from tickler.core.filing.slots import NextContact
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.formats.lists.clients import ClientRow
from tickler.services.filing import place


class ListDates(NamedTuple):
    """The dates of a row as they were read; `next_why` and `last_why` say why one was not.

    `every` is how often, as a dossier keeps it; `words` are how a date is told.
    """

    next: NextContact | None = None
    next_why: str = ""
    last: tuple[date, datetime] | None = None
    last_why: str = ""
    every: str = ""
    every_why: str = ""
    words: Callable[[NextContact], str] = str

    @property
    def next_said(self) -> str:
        """The next contact in words."""
        return self.words(self.next) if self.next else ""

    @property
    def last_said(self) -> str:
        """The day of the last contact in words."""
        return self.words(NextContact(on=self.last[0])) if self.last else ""


NONE = ListDates()

_ISO = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d", re.ASCII)

# `Dez 26` is how spreadsheets write December 2026, and how people write a day.
_MONTH_AND_NUMBER = re.compile(
    r"(?P<month>(?:jan|feb|m[aä]r|mrz|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*\.?)"
    r"[ -]'?(?P<number>\d\d)",
    re.ASCII | re.IGNORECASE,
)
_DAYS = 31

#: An earlier last contact is none: some programs write such days where they know none.
_FIRST_YEAR = 1900


def read_dates(work: Work, row: ClientRow, *, agreed: bool) -> ListDates:
    """The dates of a row; a next one is agreed where that is said, not because it has a time."""
    if not (row.next_contact or row.last_contact or row.every):
        return NONE
    following: NextContact | None = None
    last: tuple[date, datetime] | None = None
    next_why = last_why = every = every_why = ""
    if row.planned:
        following = row.planned
    elif row.next_contact:
        try:
            following = _next(work, row.next_contact, agreed=agreed)
        except Unreadable as error:
            next_why = error.sentence
    if row.last_contact:
        typed = quote(row.last_contact)
        try:
            last = _last(work, row.last_contact)
        except Unreadable as error:
            last_why = error.sentence if typed in error.sentence else f"{typed}: {error.sentence}"
    if row.every:
        try:
            every = kept_every(row.every, (following and following.on) or work.today)
        except Unreadable as error:
            every_why = error.sentence
    words = partial(in_words, work)
    return ListDates(following, next_why, last, last_why, every, every_why, words)


def in_words(work: Work, when: NextContact) -> str:
    """A date as a report has it, with its year unless that is this one: `Tue 15 Dec 10:00`."""
    text = parse.shortly(when, work.settings.date_words)
    if when.on is None or when.on.year == work.today.year:
        return text
    day = parse.shortly(NextContact(on=when.on), work.settings.date_words)
    return f"{day} {when.on.year}{text.removeprefix(day)}"


def _next(work: Work, typed: str, *, agreed: bool) -> NextContact:
    if _ISO.fullmatch(typed):  # most are: a tenth of the time that the grammar takes
        with suppress(ValueError):
            return NextContact(on=date.fromisoformat(typed), agreed=agreed)
    _refuse_month_or_day(typed, from_year=work.today.year, to_year=work.today.year + _DAYS)
    found = place.read_date(work, typed)
    mark = without_mark(line_of(typed))[1]
    return replace(found, agreed=mark == "!" or (agreed and mark != "?"))


def _last(work: Work, typed: str) -> tuple[date, datetime]:
    now = work.now.replace(tzinfo=None)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        _refuse_month_or_day(typed, from_year=work.today.year - _DAYS, to_year=work.today.year)
        moment = read_moment(typed, now, work.calendar, order=work.settings.date_order)
        return moment.day, moment.when(now).astimezone(UTC)
    if day.year < _FIRST_YEAR:
        raise Unreadable(f"{quote(typed)} is too long ago")
    if day > work.today:
        raise Unreadable(f"{quote(typed)} is still to come")
    return day, min(datetime.combine(day, time(12)), now).astimezone(UTC)


def _refuse_month_or_day(typed: str, *, from_year: int, to_year: int) -> None:
    """Raise Unreadable for a month and a number that can be its day or a year in that time."""
    if match := _MONTH_AND_NUMBER.fullmatch(typed):
        number = int(match["number"])
        if 1 <= number <= _DAYS and from_year <= 2000 + number <= to_year:
            month = match["month"].rstrip(".")
            raise Unreadable(f"{quote(typed)} is {number} {month} or {month} {2000 + number}")
