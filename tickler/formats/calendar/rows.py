"""The frozen rows that a calendar gives: what is planned, what was, and with whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from tickler.formats.lists.clients import ClientTable, Problem


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of an event: the address, the name if one is given, and the answer, `ACCEPTED`."""

    address: str
    name: str = ""
    answer: str = ""
    invited: bool = True  # else it is who invites


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One event, to-do or note; `on` is an aware instant or a whole day, None where it has none.

    `until` is its last day. `is_done`: a to-do that is over, a note, or an event whose day has
    passed: a line of history. `is_sure`: nothing in it says that it is only tentative. `every` is
    as it is typed.
    """

    line: int
    what: str
    text: str = ""
    place: str = ""
    on: datetime | date | None = None
    minutes: int | None = None
    until: date | None = None
    guests: tuple[Guest, ...] = ()
    kind: str = "VEVENT"
    is_done: bool = False
    is_sure: bool = True
    every: str = ""
    uid: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class CalendarTable(ClientTable):
    """What a calendar holds: its events name no client yet, that is found in the binder.

    `to` names the dossier of those that name none, as it was typed.
    """

    events: Iterable[CalendarRow | Problem] = field(default=())
    to: str = ""
