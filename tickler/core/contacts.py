"""The words for contacts: kinds, outcomes, and what a dossier can be."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a next contact is, in the order in which a pile is worked; entries know three more."""

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


#: Kinds a next contact can have.
PLANNED_KINDS = (
    Kind.FIRST_CALL, Kind.CALL, Kind.MEETING, Kind.EMAIL, Kind.OFFER, Kind.VISIT, Kind.OTHER,
)  # fmt: skip

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


class Status(StrEnum):
    """Open dossiers lie in the binder, all others in the cabinet."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    RESTING = "resting"


def is_attempt(kind: Kind, outcome: Outcome | None) -> bool:
    """A contact tried without reaching anyone."""
    return kind in PLANNED_KINDS and outcome is Outcome.NO_ANSWER


def is_contact(kind: Kind, outcome: Outcome | None) -> bool:
    """A contact that took place: it ends the count of attempts and slides."""
    return kind in PLANNED_KINDS and outcome is not Outcome.NO_ANSWER


def slides(*, day_had_come: bool, worked_since: bool) -> bool:
    """Whether moving a dossier on is a slide: its day had come without contact or attempt."""
    return day_had_come and not worked_since
