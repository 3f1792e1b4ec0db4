"""A history at a glance: how often, how long ago and by whom a client was contacted."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tickler.core.contact.kinds import CONTACT_KINDS, Kind, day_of
from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import Half, Month
from tickler.core.phrases import counted

#: The months that the bars show, the current one last.
MONTHS = 12

#: What is called recent, in days.
RECENT = 90

#: At least this many contacts in a month fill a bar.
_FULL = 4

#: By eighths of a full bar.
_BARS = "·▁▂▃▄▅▆▇█"

#: Fewer contacts have no rhythm.
_FEWEST = 3

#: Longer than this a rhythm is given in weeks, and then in months; in days.
_IN_WEEKS, _IN_MONTHS = 13, 62


@dataclass(frozen=True, slots=True)
class HistoryTally:
    """Lines of history counted together; `month` is 1 for the first shown, 0 for all before."""

    author: str
    kind: Kind
    tried: bool
    month: int
    lines: int
    recent: int
    first_on: date
    last_on: date
    last_at: datetime
    fell_through: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """A history at a glance. `attempts` are all that reached nobody.

    `every` is the usual days between two contacts of the last twelve months; None for too few.
    `months` are the contacts of the last twelve, the current one last; `kinds` counts all lines.
    `complaints` are those that were not dropped.
    """

    today: date
    contacts: int = 0
    recent: int = 0
    attempts: int = 0
    first_on: date | None = None
    last_on: date | None = None
    last_at: datetime | None = None
    last_author: str = ""
    every: int | None = None
    authors: tuple[tuple[str, int], ...] = ()
    months: tuple[int, ...] = (0,) * MONTHS
    kinds: tuple[tuple[Kind, int], ...] = ()
    complaints: int = 0
    open_complaints: int = 0

    @property
    def lines(self) -> int:
        return self.lines_of(())

    def lines_of(self, kinds: Collection[Kind]) -> int:
        """The lines of these kinds, or all where none is named."""
        return sum(lines for kind, lines in self.kinds if not kinds or kind in kinds)

    def text(self, words: DateWords) -> str:
        """`12 contacts since Mar 2025 · last 5 days ago by Rita · every 3 weeks …`."""
        return " · ".join(self.parts(words))

    def parts(self, words: DateWords) -> list[str]:
        """The parts of the summary, the most important first."""
        parts = (
            self.how_many(words),
            self.how_long_ago(words),
            self.complained,
            self.rhythm,
            self.by_whom,
            f"{self.recent} in {RECENT} days" if self.recent < self.contacts else "",
            self.tried,
        )
        return [part for part in parts if part]

    def how_many(self, words: DateWords) -> str:
        """`12 contacts since Mar 2025`."""
        if self.first_on is None:
            return "no contact yet"
        if self.contacts == 1:
            return "1 contact"
        since = f"{words.month_in_three(self.first_on)} {self.first_on.year:04d}"
        return f"{self.contacts} contacts since {since}"

    def how_long_ago(self, words: DateWords) -> str:
        """`last 5 days ago by Rita`."""
        if self.last_on is None:
            return ""
        return f"last {words.days_ago((self.today - self.last_on).days)} by {self.last_author}"

    @property
    def rhythm(self) -> str:
        return f"every {_span(self.every)}" if self.every else ""

    @property
    def by_whom(self) -> str:
        """`Rita 9, Tom 3`; nothing where it was always the same."""
        if len(self.authors) < 2:
            return ""
        return ", ".join(f"{author} {contacts}" for author, contacts in self.authors)

    @property
    def tried(self) -> str:
        return f"{self.attempts} attempt{'s' * (self.attempts != 1)}" if self.attempts else ""

    @property
    def complained(self) -> str:
        """`3 complaints, 1 open`; nothing where there was none."""
        if not self.complaints:
            return ""
        said = counted(self.complaints, "complaint")
        return f"{said}, {self.open_complaints} open" if self.open_complaints else said

    @property
    def bars(self) -> str:
        """A bar for each month, as high as its contacts: `·▂··▄·▂▂▄·▂▆`."""
        full = max(*self.months, _FULL)
        eighths = (max(round(n / full * 8), 1) if n else 0 for n in self.months)
        return "".join(_BARS[n] for n in eighths)

    def dated_bars(self, words: DateWords) -> str:
        """The bars between the months in which they begin and end: `Dec ·▂··▄·▂▂▄·▂▆ Nov`."""
        first, last = months_shown(self.today)[:: MONTHS - 1]
        return f"{words.month_in_three(first)} {self.bars} {words.month_in_three(last)}"


def glance(tallies: Iterable[HistoryTally], today: date) -> Glance:
    """What the tallies of one history come to."""
    every = list(tallies)
    worked = [t for t in every if t.kind in CONTACT_KINDS and not t.fell_through]
    reached = [tally for tally in worked if not tally.tried]
    kinds, authors = Counter[Kind](), Counter[str]()
    for tally in every:
        kinds[tally.kind] += tally.lines
    for tally in reached:
        authors[tally.author] += tally.lines
    last = max(reached, key=lambda tally: tally.last_at, default=None)
    return Glance(
        today,
        contacts=authors.total(),
        recent=sum(tally.recent for tally in reached),
        attempts=sum(tally.lines for tally in worked if tally.tried),
        first_on=min((tally.first_on for tally in reached), default=None),
        last_on=last.last_on if last else None,
        last_at=last.last_at if last else None,
        last_author=last.author if last else "",
        every=_every([tally for tally in reached if tally.month]),
        authors=tuple(sorted(authors.items(), key=lambda each: (-each[1], each[0]))),
        months=tuple(sum(t.lines for t in reached if t.month == n + 1) for n in range(MONTHS)),
        kinds=tuple((kind, kinds[kind]) for kind in Kind if kinds[kind]),
    )


def months_shown(today: date) -> list[Month]:
    """The months that the bars show, the current one last."""
    return [Month.of(today).plus(n + 1 - MONTHS) for n in range(MONTHS)]


def _every(reached: Sequence[HistoryTally]) -> int | None:
    contacts = sum(tally.lines for tally in reached)
    if contacts < _FEWEST:
        return None
    first, last = min(t.first_on for t in reached), max(t.last_on for t in reached)
    return max(round((last - first).days / (contacts - 1)), 1)


def _span(days: int) -> str:
    if days == 1:
        return "day"
    if days == 7:
        return "week"
    if days <= _IN_WEEKS:
        return f"{days} days"
    if days <= _IN_MONTHS:
        return f"{round(days / 7)} weeks"
    return f"{round(days / 30.4)} months"


def place_shortly(place: str, words: DateWords, today: date) -> str:
    """A dossier's place by a line of history as people write it: `Fri 27 Nov 14:30`."""
    day = day_of(place)
    if day is None:
        month = re.fullmatch(r"\d{4}-\d{2}", place) and Month.parse(place)
        return f"{words.month(month)} {month.year:04d}" if month else place
    clock = place[10:].lstrip("T ")
    half = next((words.half_short(half) for half in Half if half == clock), clock)
    return f"{words.with_year(words.short(day), day, today)} {half}".rstrip()


def place_text(place: str, words: DateWords) -> str:
    """A dossier's place by a line of history: `Fri 2026-11-27 14:30` for a day."""
    day = day_of(place)
    return f"{words.weekday_short(day)} {place.replace('T', ' ')}" if day else place
