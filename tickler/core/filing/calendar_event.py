"""What a calendar shows of a dossier or a slip: on which day, at what time, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tickler.core.contact.kinds import Kind, Status
from tickler.core.filing.appointments import AN_HOUR
from tickler.core.planning.capacity import MINUTES

if TYPE_CHECKING:
    from tickler.core.dates.language import DateWords
    from tickler.core.views.dossiers import DossierRow, DueSlip

#: Where these are, the rep goes to the client.
_AT_THE_CLIENTS = (Kind.MEETING, Kind.VISIT)

#: Of a dossier no more numbers than this are shown.
_NUMBERS = 4

#: The first day that counts for the number of a version.
_EPOCH = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Version:
    """When a row was changed last, and by which change of the journal, the highest so far."""

    change: int
    at: datetime

    def number(self, shown_on: date) -> int:
        """Rises with each change, an undo as well, and with each day on which it is shown late."""
        latest = max(self.at.astimezone().date(), shown_on)
        return self.change + max((latest - _EPOCH).days, 0)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `key` is `d12` for dossier 12 and `s5` for slip 5: it never changes.

    Without `at` it lasts the whole day and takes no time. `version` rises with each change, the
    last of which was at the instant `changed`.
    """

    key: str
    on: date
    title: str
    text: str
    category: str
    version: int
    changed: datetime
    at: time | None = None
    minutes: int = 0
    place: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class EventRules:
    """By what a calendar is made: today, how long a contact of a kind takes, words for dates."""

    today: date
    minutes: Mapping[Kind, int]
    words: DateWords

    def length(self, kind: Kind | None) -> int:
        """How long a contact takes, in minutes."""
        other = self.minutes.get(Kind.OTHER, MINUTES[Kind.OTHER])
        kind = kind or Kind.OTHER
        return self.minutes.get(kind, MINUTES.get(kind, other))

    def day(self, day: date) -> str:
        """`Mon 23 Nov`, with the year where it is far."""
        return self.words.with_year(self.words.short(day), day, self.today)


def of_dossier(
    row: DossierRow, version: Version, rules: EventRules, address: str = ""
) -> CalendarEvent | None:
    """The event of a next contact; None without a day, and for what is in the cabinet.

    What is late is shown today, all day, as on the pile.
    """
    if row.next.on is None or row.status is not Status.OPEN:
        return None
    late = row.next.on < rules.today
    on = rules.today if late else row.next.on
    kind = row.kind or Kind.OTHER
    at = None if late else row.next.at
    is_said = row.kind not in (None, Kind.NOTE)
    what = _said(kind.replace("-", " ") if is_said else "", row.what)
    return CalendarEvent(
        key=f"d{row.id}",
        on=on,
        title=_title(row, what, _marks(row, rules, late)),
        text="\n".join(_lines(row, rules, late)),
        category=kind,
        version=version.number(on if late else _EPOCH),
        changed=_changed(version, on, late),
        at=at,
        minutes=rules.length(row.kind) if at else 0,
        place=address if kind in _AT_THE_CLIENTS else "",
        agreed=row.next.agreed and not (late or row.is_note),
    )


def of_slip(due: DueSlip, version: Version, rules: EventRules) -> CalendarEvent:
    """The event of an open slip: a promise, a second appointment, a topic."""
    slip, row = due.slip, due.row
    late = slip.due_on < rules.today
    on = rules.today if late else slip.due_on
    at = None if late else slip.due_at
    marks = [f"due {rules.day(slip.due_on)}"] if late else []
    what = slip.text if slip.names_kind else f"{slip.kind}: {slip.text}"
    return CalendarEvent(
        key=f"s{slip.id}",
        on=on,
        title=_title(row, what, marks),
        text="\n".join(_who(row, rules)),
        category=slip.kind,
        version=version.number(on if late else _EPOCH),
        changed=_changed(version, on, late),
        at=at,
        minutes=AN_HOUR if at else 0,
        agreed=at is not None,
    )


def _changed(version: Version, on: date, late: bool) -> datetime:
    """When the event became what it is: what is late changes with each day."""
    morning = datetime.combine(on, time()).astimezone()
    return max(version.at, morning) if late else version.at


def _title(row: DossierRow, what: str, marks: list[str]) -> str:
    """`Anna Berg, ACME: call, about the offer (agreed)`."""
    person = row.decision_maker or (row.people[0].name if len(row.people) == 1 else "")
    who = f"{person}, {row.name}" if person and person != row.name else row.name
    title = f"{who}: {what}" if what else who
    return f"{title} ({', '.join(marks)})" if marks else title


def _said(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _marks(row: DossierRow, rules: EventRules, late: bool) -> list[str]:
    marks = ["agreed"] if row.next.agreed and not row.is_note else []
    if row.next.half and not late:
        marks.append(rules.words.half(row.next.half))
    if late and row.next.on:
        marks.append(f"due {rules.day(row.next.on)}")
    return marks


def _lines(row: DossierRow, rules: EventRules, late: bool) -> Iterator[str]:
    if row.what:
        yield row.what
    if late and row.next.on and row.next.at:
        yield f"was due {rules.day(row.next.on)} {row.next.at:%H:%M}"
    yield from _who(row, rules)
    for slip in row.owed:
        yield f"promised by {rules.day(slip.due_on)}: {slip.text}"


def _who(row: DossierRow, rules: EventRules) -> Iterator[str]:
    for number in row.numbers[:_NUMBERS]:
        yield f"{number.value} {number.whose}".strip()
    if row.email:
        yield row.email
    if row.last_contact:
        yield f"last contact {rules.day(row.last_contact.astimezone().date())}"
