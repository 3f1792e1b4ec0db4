"""What the fields of a contact are typed as: its kind, how long it took, what comes next."""

import re
from dataclasses import dataclass

from tickler.core.contact import kinds
from tickler.core.contact.kinds import (
    LOGGED_KINDS,
    PLANNED_KINDS,
    WAYS,
    Direction,
    Kind,
    Outcome,
    Status,
)
from tickler.core.contact.line_words import DIRECTIONS, ENDS, KINDS, named_first
from tickler.core.contact.next_proposal import NextProposal
from tickler.core.text import fold, quote
from tickler.errors import Unreadable

#: `20`, `20 min`, `1:20`, `1h`, `1 h 20`.
_MINUTES = re.compile(
    r"(?:([0-9]{1,3}) ?(?:h|:|std) ?)?(?:([0-9]{1,5}) ?(?:m|min|minutes?|minuten)?\.?)?"
)

#: A kind before what is next: `meeting: sign for two`.
_KIND_BEFORE = re.compile(r"\s*([^:]{1,20}):(?:\s+|$)(.*)", re.DOTALL)

_CALLS = (Kind.FIRST_CALL, Kind.CALL)

#: How contacts are usually made, in the order in which a key offers them.
OFFERED: tuple[tuple[Direction | None, Kind], ...] = (
    (None, Kind.CALL),
    (Direction.IN, Kind.CALL),
    *((None, kind) for kind in LOGGED_KINDS if kind not in _CALLS),
)


def read_minutes(typed: str) -> int | None:
    """How long it took, as typed; None for nothing. Raises Unreadable."""
    line = " ".join(typed.casefold().split())
    found = _MINUTES.fullmatch(line)
    if not found:
        raise Unreadable(f"how long did it take? {quote(typed)} is not a time such as 20 min")
    if not line:
        return None
    return kinds.minutes(int(found[1] or 0) * 60 + int(found[2] or 0))


def read_kind(typed: str) -> tuple[Kind | None, Direction | None]:
    """What a contact was, and which way it went: `incoming call`. Raises Unreadable."""
    words = typed.split()
    way, count = named_first(words, DIRECTIONS)
    kind, more = named_first(words[count:], KINDS)
    if count + more != len(words):
        known = ", ".join(LOGGED_KINDS)
        raise Unreadable(f"what was it? {quote(typed)} is not one of {known}")
    return kind, way


def read_end(typed: str) -> tuple[Status | None, str]:
    """How a dossier ended and why, as typed: `lost to Demag`; None where the first word is none."""
    first, _, rest = typed.strip().partition(" ")
    status = ENDS.get(fold(first).rstrip(",;:"))
    return (status, rest.strip()) if status else (None, typed.strip())


def kind_words(kind: Kind | None, way: Direction | None) -> str:
    """As `read_kind` reads it: `incoming call`."""
    return " ".join(filter(None, (WAYS[way] if way else "", kind)))


def kind_after(kind: Kind | None, way: Direction | None) -> str:
    """What is offered after this kind of contact, in words; after the last, the first."""
    shown = (way if way is Direction.IN else None, kind)
    place = OFFERED.index(shown) if shown in OFFERED else -1
    after_way, after = OFFERED[(place + 1) % len(OFFERED)]
    return kind_words(after, after_way)


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """What was said apart of a contact; None where it was not."""

    kind: Kind | None = None
    direction: Direction | None = None
    minutes: int | None = None


def read_given(kind: str, minutes: str) -> GivenFacts:
    """The kind of a contact and how long it took, as typed; raises Unreadable."""
    return GivenFacts(*read_kind(kind), read_minutes(minutes))


@dataclass(frozen=True, slots=True)
class About:
    """What the next contact is about; None leaves it as it was."""

    kind: Kind | None = None
    what: str | None = None

    @property
    def text(self) -> str:
        """`meeting: sign for two`, as `read_about` reads it."""
        return f"{self.kind}: {self.what or ''}".rstrip() if self.kind else self.what or ""

    @property
    def shown(self) -> str:
        """As `text`; that it is a call is not said."""
        return self.what if self.what and self.kind in _CALLS else self.text


def read_about(typed: str) -> About:
    """What is typed of the next contact, a kind with a colon before it: `visit: measure`."""
    begun = _KIND_BEFORE.fullmatch(typed)
    kind = KINDS.get(fold(begun[1].strip())) if begun else None
    if begun and kind in PLANNED_KINDS:
        return About(kind, begun[2].strip() or None)
    return About(None, typed.strip() or None)


def about_next(
    typed: str, date: str, outcome: Outcome | None, kind: Kind, proposal: NextProposal
) -> About:
    """What the contact under the typed `date` is about, after one that ended so.

    What is typed counts, then what comes with a proposed date. Without either, what a talk was
    about is over, except where they want to be called back, or the date is that of a rhythm.
    """
    of_date, what = proposal.about(date)
    read = read_about(typed)
    if read.what is not None or what is not None:
        return About(read.kind or of_date, what if read.what is None else read.what)
    is_over = (
        date
        and date != proposal.regular
        and outcome is not Outcome.CALLBACK
        and kinds.is_contact(kind, outcome)
    )
    return About(read.kind or of_date, "" if is_over else None)
