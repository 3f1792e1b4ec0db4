"""The words for contacts: kinds, outcomes, and what a dossier can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from tickler.core.text import LONGEST_TEXT, storable
from tickler.errors import Unreadable

#: No contact takes longer than a week, in minutes.
MOST_MINUTES = 7 * 24 * 60


class Kind(StrEnum):
    """What a next contact is, in the order in which a pile is worked; entries know four more."""

    FIRST_CALL = "first-call"
    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    OFFER = "offer"
    VISIT = "visit"
    OTHER = "other"
    NOTE = "note"
    COMPLAINT = "complaint"
    FILED = "filed"
    SLIP = "slip"


#: Kinds a next contact can have.
PLANNED_KINDS = (
    Kind.FIRST_CALL, Kind.CALL, Kind.MEETING, Kind.EMAIL, Kind.OFFER, Kind.VISIT, Kind.OTHER,
)  # fmt: skip

#: Kinds of a line that tells of a talk with the client, or of a try.
CONTACT_KINDS = (*PLANNED_KINDS, Kind.COMPLAINT)

#: Kinds the rep can write into the history; a filing writes itself.
LOGGED_KINDS = (*PLANNED_KINDS, Kind.NOTE, Kind.COMPLAINT)


class Outcome(StrEnum):
    """How a contact ended."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    DECISION_MAKER = "decision-maker"
    CALLBACK = "callback"
    OFFER_ASKED = "offer-asked"
    ORDER = "order"
    REFUSED = "refused"
    SENT = "sent"
    DONE = "done"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"
    VOICEMAIL = "voicemail"


#: Outcomes of the telephone alone.
_BY_PHONE = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.CALLBACK)

#: Outcomes that say that what was planned was done, early or not, or fell through.
_OF_THE_PLAN = (Outcome.SENT, Outcome.DONE, Outcome.NO_SHOW, Outcome.CANCELLED)

#: Outcomes of a contact that was tried and reached nobody.
UNREACHED = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)

#: Outcomes of an appointment that fell through: it is neither a contact nor an attempt.
FELL_THROUGH = (Outcome.NO_SHOW, Outcome.CANCELLED)


class Direction(StrEnum):
    """Which way a call or a mail went, seen from the rep; of others, it went past our house."""

    IN = "in"
    OUT = "out"
    OTHERS = "others"


#: How a contact of a direction is called.
WAYS = {Direction.IN: "incoming", Direction.OUT: "outgoing", Direction.OTHERS: "others'"}


class ReachKind(StrEnum):
    """The ways a client is reached from afar."""

    PHONE = "phone"
    MOBILE = "mobile"
    FAX = "fax"
    EMAIL = "email"


class Status(StrEnum):
    """Open dossiers are in the binder, all others in the cabinet."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    RESTING = "resting"


def minutes(count: int | None) -> int | None:
    """Minutes as a contact can have taken them; raises Unreadable."""
    if count is not None and not 0 <= count <= MOST_MINUTES:
        raise Unreadable(f"{count} minutes is out of range (0 to {MOST_MINUTES})")
    return count


def note(text: str) -> str:
    """A text of several lines as the history keeps it; raises Unreadable where it is too long."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"the text has {len(text)} characters; at most {LONGEST_TEXT}")
    return storable(text).strip()


def is_attempt(kind: Kind, outcome: Outcome | None) -> bool:
    """A contact tried without reaching anyone."""
    return kind in CONTACT_KINDS and outcome in UNREACHED


def is_contact(kind: Kind, outcome: Outcome | None) -> bool:
    """A contact that took place: it ends the count of attempts and slides."""
    return kind in CONTACT_KINDS and outcome not in (*UNREACHED, *FELL_THROUGH)


def is_reach(kind: Kind, outcome: Outcome | None) -> bool:
    """A contact that is known to have reached someone: one without an outcome is in no rate."""
    return outcome is not None and is_contact(kind, outcome)


def slides(*, day_had_come: bool, worked_since: bool) -> bool:
    """Whether moving a dossier on is a slide: its day had come without contact or attempt."""
    return day_had_come and not worked_since


def happened_as(planned: Kind | None, outcome: Outcome | None, *, ahead: bool) -> Kind:
    """What a contact was, where the rep does not say it.

    It is what was `planned`, if that was not still `ahead`: a call before a meeting is a call.
    """
    if outcome in FELL_THROUGH:
        return planned or Kind.MEETING
    if planned in (None, Kind.FIRST_CALL, Kind.CALL):
        return planned or Kind.CALL
    early = ahead and outcome not in _OF_THE_PLAN
    return Kind.CALL if early or outcome in _BY_PHONE else planned


class Trace(NamedTuple):
    """What counts of one line of history; `day` is the rep's, the filed ones as it is kept."""

    at: datetime
    day: date
    kind: Kind
    outcome: Outcome | None
    filed_from: str | None = None
    filed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What a dossier counts of its history; `worked_on` is the last day it was, since filed."""

    attempts: int = 0
    last_contact: datetime | None = None
    slides: int = 0
    worked_on: date | None = None

    def in_place_of(self, before: Count, stored: Count) -> Count:
        """The count of a dossier that had `stored` for `before`; what no line explains stays."""
        ended = self.last_contact and self.last_contact > (before.last_contact or _LONG_AGO)
        counted = {
            name: max(getattr(self, name) + (0 if ended else getattr(stored, name) - was), 0)
            for name, was in (("attempts", before.attempts), ("slides", before.slides))
        }
        contacted, worked = self.last_contact, self.worked_on
        return Count(
            last_contact=stored.last_contact if contacted == before.last_contact else contacted,
            worked_on=stored.worked_on if worked == before.worked_on else worked,
            **counted,
        )


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def count(newest_first: Iterable[Trace]) -> Count:
    """Count a history; nothing before the last contact counts, so no more than that is read."""
    since: list[Trace] = []
    last_contact = None
    for trace in newest_first:
        since.append(trace)
        if is_contact(trace.kind, trace.outcome):
            last_contact = trace.at
            break
    slid, worked = 0, None
    for trace in reversed(since):
        if trace.kind in PLANNED_KINDS:
            worked = max(trace.day, worked or trace.day)
        if trace.filed_to:
            slid += trace.kind not in CONTACT_KINDS and _is_slide(trace, worked)
            worked = None
    tried = sum(is_attempt(trace.kind, trace.outcome) for trace in since)
    return Count(tried, last_contact, slid, worked)


def _is_slide(trace: Trace, worked: date | None) -> bool:
    left, reached = day_of(trace.filed_from), day_of(trace.filed_to)
    if left is None or trace.filed_to in tuple(Status):
        return False
    moved_on = reached is None or reached > left
    return slides(
        day_had_come=moved_on and left <= trace.day,
        worked_since=worked is not None and worked >= left,
    )


def day_of(place: str | None) -> date | None:
    """The day that an end of a filing names; None for a month, the inbox or the cabinet."""
    try:
        return date.fromisoformat((place or "")[:10])
    except ValueError:
        return None
