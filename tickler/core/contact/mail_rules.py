"""Mails: which way one went, what it is about, and whether it waits for an answer."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

#: An older mail is not waiting for an answer any more.
STILL_WAITING = timedelta(days=30)

#: What mailers put before a subject that goes on: `Re:`, `AW:`, `Fwd:`, `WG:`, `Re[2]:`.
_GOES_ON = re.compile(r"(?:\s*(?:re|aw|antw|antwort|sv|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:)+", re.I)

#: The longest subject on a slip, in characters.
_LONGEST_ABOUT = 200


def came_in(
    senders: Collection[str],
    recipients: Collection[str],
    clients: Collection[str],
    own: Collection[str],
) -> bool | None:
    """Whether a mail came from the client, all addresses folded; None where that is unknown.

    The sender decides; the rep's own addresses where client and rep cannot be distinguished.
    """
    wrote, got = _meet(senders, clients), _meet(recipients, clients)
    if wrote != got:
        return wrote
    if _meet(senders, own):
        return False
    return True if _meet(recipients, own) else None


def about(subject: str) -> str:
    """What a mail is about: its subject without `Re:` and the like."""
    match = _GOES_ON.match(subject)
    return (subject[match.end() :] if match else subject).strip()


def answer_to(subject: str) -> str:
    """The text of the slip for a mail that waits: `answer: offer for two cranes`."""
    topic = about(subject)
    cut = topic if len(topic) <= _LONGEST_ABOUT else f"{topic[: _LONGEST_ABOUT - 1]}…"
    return f"{ANSWER}{cut or 'the mail without a subject'}"


#: How the text of a slip begins that a mail brought by itself.
ANSWER = "answer: "


def waits(at: datetime, last_said: datetime | None, now: datetime) -> bool:
    """Whether a mail that came `at` waits for an answer; `last_said` is when the rep last wrote."""
    return now - at <= STILL_WAITING and (last_said is None or last_said <= at)


def _meet(some: Collection[str], others: Collection[str]) -> bool:
    return any(address in others for address in some)
