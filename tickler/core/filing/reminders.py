"""What the rep is reminded of: appointments of today that begin soon, until they are answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tickler.core.phrases import counted

#: A reminder that was put off comes back after this time.
PUT_OFF = timedelta(minutes=5)

#: What began longer ago is not shown: the machine slept, or the rep was away.
_JUST_BEGUN = timedelta(minutes=5)


class Held(StrEnum):
    """What has the time: the next contact of a dossier, or a slip on it."""

    DOSSIER = "dossier"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment of today; `at` is an instant, `key` the id of what has it."""

    at: datetime
    name: str
    what: str
    held: Held
    key: int
    number: str = field(default="", compare=False)

    @property
    def known_by(self) -> tuple[Held, int, datetime]:
        """What identifies a reminder: another time is shown again, the same one is not."""
        return (self.held, self.key, self.at)

    @property
    def text(self) -> str:
        """`09:30 ACME · call: talk it through · 030 23125 117`; the user's text as it is."""
        return " · ".join(p for p in (f"{self.at:%H:%M} {self.name}", self.what, self.number) if p)


def at_hand(
    now: datetime,
    appointments: Iterable[Appointment],
    shown: Collection[tuple[Held, int, datetime]],
    minutes: int,
) -> tuple[Appointment, ...]:
    """What begins within `minutes`, or began just now, and was not shown yet; none where 0."""
    if not minutes:
        return ()
    soon = now + timedelta(minutes=minutes)
    found = (
        each
        for each in appointments
        if now - _JUST_BEGUN < each.at <= soon and each.known_by not in shown
    )
    return tuple(sorted(found, key=lambda each: (each.at, each.held, each.key)))


def heading(now: datetime, found: Collection[Appointment]) -> str:
    """`in 5 minutes`, `now`, `3 minutes ago`; for several, their number."""
    if len(found) > 1:
        return f"{len(found)} appointments"
    minutes = max(-((now - each.at) // timedelta(minutes=1)) for each in found)
    if minutes < 0:
        return f"{counted(-minutes, 'minute')} ago"
    return f"in {counted(minutes, 'minute')}" if minutes else "now"


class Unanswered:
    """The reminders that have no answer yet, those that were put off among them."""

    def __init__(self) -> None:
        self._until: dict[Appointment, datetime | None] = {}

    def add(self, found: Iterable[Appointment]) -> None:
        self._until |= dict.fromkeys(found)

    def shown(self, now: datetime) -> tuple[Appointment, ...]:
        """Those that ask for an answer now, the earliest first."""
        due = (each for each, until in self._until.items() if until is None or until <= now)
        return tuple(sorted(due, key=lambda each: (each.at, each.held, each.key)))

    def returning(self, now: datetime) -> bool:
        """Whether one that was put off is back, which is said once."""
        back = [each for each, until in self._until.items() if until and until <= now]
        self.add(back)
        return bool(back)

    def done(self, now: datetime) -> bool:
        """Answer the earliest; False where none is shown."""
        for each in self.shown(now)[:1]:
            del self._until[each]
            return True
        return False

    def put_off(self, now: datetime) -> bool:
        """Have the earliest come back in a while; False where none is shown."""
        for each in self.shown(now)[:1]:
            self._until[each] = now + PUT_OFF
            return True
        return False

    def keep(self, known: Collection[tuple[Held, int, datetime]]) -> None:
        """Drop those that were worked or moved meanwhile: they are not among the `known`."""
        self._until = {each: at for each, at in self._until.items() if each.known_by in known}
