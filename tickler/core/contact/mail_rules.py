"""Mails: who wrote one, what it is about, what it answers, and whether it waits for an answer."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tickler.core.contact.mail_text import forwards, only_acknowledges

#: An older mail is not waiting for an answer any more.
STILL_WAITING = timedelta(days=30)

#: What mailers put before a subject that goes on: `Re:`, `AW:`, `Fwd:`, `WG:`, `Re[2]:`.
_GOES_ON = re.compile(
    r"(?:\s*(?:re|aw|antw|antwort|sv|vs|odp|rif|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE
)

#: The longest subject on a slip, in characters.
_LONGEST_ABOUT = 200


class Author(StrEnum):
    """Who wrote a mail, seen from the rep."""

    REP = "rep"
    COLLEAGUE = "colleague"
    CLIENT = "client"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail that came in and waits: who wrote it, its Message-ID, and when it came."""

    message_id: str
    sender: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail that went out. `answers` are Message-IDs, `readers` to whom it went, folded.

    `in_thread`: whether it names mails that the dossier has; `has_files`: whether it brings some.
    """

    answers: Collection[str]
    readers: Collection[str]
    subject: str
    text: str
    at: datetime
    in_thread: bool
    has_files: bool = False


def about(subject: str) -> str:
    """What a mail is about: its subject without `Re:` and the like."""
    match = _GOES_ON.match(subject)
    return (subject[match.end() :] if match else subject).strip()


def same_topic(one: str, other: str) -> bool:
    """Whether two subjects are about the same; of two without one, that is unknown."""
    topic = about(one).casefold()
    return bool(topic) and topic == about(other).casefold()


def is_answered(asked: Asked, reply: Reply) -> bool:
    """Whether a mail of the rep's answers one that came in.

    The thread says which it answers; without one the subject and to whom it went. What is passed
    on answers nobody but who reads it, and what only says that a mail came answers nothing.
    """
    reaches = asked.sender in reply.readers
    if reply.at < asked.at or (forwards(reply.subject) and not reaches):
        return False
    if asked.message_id in reply.answers:
        is_meant = True
    elif reply.in_thread:
        is_meant = False
    else:
        is_meant = reaches and same_topic(asked.subject, reply.subject)
    return is_meant and (reply.has_files or not only_acknowledges(reply.text))


def answer_to(subject: str) -> str:
    """The text of the slip for a mail that waits: `answer: offer for two cranes`."""
    topic = about(subject)
    cut = topic if len(topic) <= _LONGEST_ABOUT else f"{topic[: _LONGEST_ABOUT - 1]}…"
    return f"{ANSWER}{cut or 'the mail without a subject'}"


#: How the text of a slip begins that a mail brought by itself.
ANSWER = "answer: "


def waits(at: datetime, last_said: datetime | None, now: datetime) -> bool:
    """Whether a mail that came `at` waits for an answer; `last_said`: when the rep last talked."""
    return now - at <= STILL_WAITING and (last_said is None or last_said <= at)
