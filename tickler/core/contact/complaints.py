"""Complaints: until when one is to be answered, what settles it, and what it was about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tickler.core.contact.kinds import FELL_THROUGH, UNREACHED, Outcome
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.text import one_line

#: What a complaint is called about which nothing was said.
UNSAID = "no text"

#: The cause of a complaint of which none is named.
NO_CAUSE = "no cause named"

#: After these a complaint is as open as before: nobody was spoken to, or will only call back.
_STAYS_OPEN = (*UNREACHED, *FELL_THROUGH, Outcome.CALLBACK)

_CAUSE = re.compile(r"\s*((?:[^\s:]+\s+){0,2}[^\s:]+):\s")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Complaint:
    """The days of a complaint: when it came, by when it was to be answered, when it was.

    `dropped_on` is when it was found to be none.
    """

    came_on: date
    due_on: date
    settled_on: date | None = None
    cause: str = NO_CAUSE
    dropped_on: date | None = None

    @property
    def is_in_time(self) -> bool:
        return self.settled_on is not None and self.settled_on <= self.due_on

    def is_open_on(self, day: date) -> bool:
        """Whether it waited for its answer in the evening of that day."""
        ended = self.settled_on or self.dropped_on
        return self.came_on <= day and (ended is None or ended > day)


def settles(outcome: Outcome | None) -> bool:
    """Whether a complaint is answered by a talk about it that ended so."""
    return outcome is not None and outcome not in _STAYS_OPEN


def due_on(came: datetime, hours: int, calendar: Calendar) -> date:
    """The day by which a complaint is to be answered; only hours of working days count."""
    left = timedelta(hours=hours)
    day, begins = came.date(), came.time()
    while True:
        if calendar.is_working(day):
            rest = ONE_DAY - (datetime.combine(day, begins) - datetime.combine(day, time()))
            if left <= rest:
                return day
            left -= rest
        day, begins = calendar.on_or_after(day + ONE_DAY), time()


def text_of(said: str) -> str:
    """What was said, in the one line of a slip."""
    line = one_line(said)
    return (line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…") or UNSAID


def cause(text: str) -> str:
    """What it was about: the one to three words before its first colon, `late delivery: …`."""
    found = _CAUSE.match(f"{text} ")
    return found[1].casefold() if found else NO_CAUSE


def causes(complaints: Iterable[Complaint]) -> dict[str, int]:
    """How many complaints each cause has, the most frequent first."""
    counts: dict[str, int] = {}
    for each in complaints:
        counts[each.cause] = counts.get(each.cause, 0) + 1
    return dict(sorted(counts.items(), key=lambda of: (-of[1], of[0])))
