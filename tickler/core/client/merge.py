"""Two dossiers made one: which next contact decides, who is the same person, what the card says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from tickler.core.contact.intervals import fit, read_limits
from tickler.core.contact.kinds import Status
from tickler.core.filing.slots import Half, NextContact
from tickler.core.text import fold, reach_key, same_reach
from tickler.core.views.dossiers import CardFields, CardView, DossierRow, PersonView

#: The one-line fields of a card.
CARD_LINES = tuple(name for name in CardFields.__slots__ if name != "notes")

#: What says how often a client is contacted, each with its word.
_RHYTHM = {"every": "every", "ideal": "ideal", "longest": "longest"}

_HALF = {Half.AM: time(8), Half.PM: time(13)}


@dataclass(frozen=True, slots=True)
class JoinedCard:
    """Two cards as one. `filled` were empty on the first; `beside` differ on the second."""

    card: CardView
    filled: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def joined(first: CardView, second: CardView, name: str) -> JoinedCard:
    """The first card with all that the second says too; nothing of either is lost.

    What differs becomes a free field that says whose it was: `city (Bauer GmbH)`.
    """
    lines: dict[str, str] = {}
    fields = dict(first.fields)
    filled, beside = [], []
    for column in CARD_LINES:
        mine, theirs = getattr(first, column), getattr(second, column)
        if theirs and not mine:
            lines[column] = theirs
            filled.append(column)
        elif theirs and fold(theirs) != fold(mine):
            beside += [column] * keep(fields, f"{column} ({name})", theirs)
    for label, value in second.fields.items():
        if label not in fields:
            fields[label] = value
            filled.append(label)
        elif fields[label] != value:
            beside += [label] * keep(fields, f"{label} ({name})", value)
    notes = first.notes
    if second.notes and f"\n{second.notes}\n" not in f"\n{notes}\n":
        notes = "\n".join(filter(None, (notes, second.notes)))
        filled.append("notes")
    card = replace(first, **lines, notes=notes, fields=fields)
    return JoinedCard(card, tuple(filled), tuple(beside))


def keep(fields: dict[str, str], header: str, value: str) -> bool:
    """Keep a value under its header, or under the header with a number; False if it is there."""
    label = free_label(fields, header, value)
    if label is not None:
        fields[label] = value
    return label is not None


def free_label(fields: Mapping[str, str], header: str, value: str, first: int = 1) -> str | None:
    """What a value can be kept under: its header, or that with a number; None if it is there."""
    number = first
    while True:
        name = header if number == 1 else f"{header} {number}"
        if name not in fields:
            return name
        if fields[name] == value:
            return None
        number += 1


def decides(first: DossierRow, second: DossierRow) -> bool:
    """Whether both have the next contact of the first one from now on.

    An open dossier comes before a closed one, a date before none, an agreed date before one
    that is not, then the earlier; of equal ones the first.
    """
    return _urgency(first) <= _urgency(second)


def _urgency(row: DossierRow) -> tuple[bool, bool, bool, date, time]:
    when = row.next
    day = when.on or (when.month.last if when.month else date.max)
    clock = when.at or (_HALF[when.half] if when.half else time.max)
    undated = when.on is None and when.month is None
    return row.status is not Status.OPEN, undated, not when.agreed, day, clock


def is_second_appointment(other: DossierRow, decided: NextContact) -> bool:
    """Whether the next contact that does not decide was promised all the same: a slip keeps it."""
    when = other.next
    there = (when.on, when.at) == (decided.on, decided.at)
    bound = when.on is not None and when.is_bound
    return bound and not there and other.status is Status.OPEN


@dataclass(frozen=True, slots=True)
class JoinedRhythm:
    """How often the one dossier is contacted. `filled` came from the second; `left` is dropped."""

    every: str
    ideal: str
    longest: str
    filled: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def rhythm_of(first: DossierRow, second: DossierRow) -> JoinedRhythm:
    """The rhythm and limits of the first, filled from the second; what goes together stays."""
    values = {name: getattr(first, name) for name in _RHYTHM}
    filled, left = [], []
    for name, word in _RHYTHM.items():
        mine, theirs = values[name], getattr(second, name)
        if not theirs or theirs == mine:
            continue
        taken = {**values, name: theirs}
        if not mine and fit(read_limits(taken["ideal"], taken["longest"])):
            values = taken
            filled.append(f"{word} {theirs}")
        else:
            left.append(f"{word} {theirs}")
    return JoinedRhythm(**values, filled=tuple(filled), left=tuple(left))


def slides_of(first: DossierRow, second: DossierRow) -> int:
    """How often the two slid since the client was last reached, as far as known."""
    rows = (first, second)
    latest = max((row.last_contact for row in rows if row.last_contact), default=None)
    return max((row.slides for row in rows if row.last_contact == latest), default=0)


def same_people(mine: Sequence[PersonView], theirs: Sequence[PersonView]) -> dict[int, int]:
    """Their people by id → mine: the same name, and a number or address in common or lacking."""
    found: dict[int, int] = {}
    for person in theirs:
        free = (each for each in mine if each.id not in found.values())
        match = next((each for each in free if _is_same(each, person)), None)
        if match:
            found[person.id] = match.id
    return found


def _is_same(one: PersonView, other: PersonView) -> bool:
    if fold(one.name) != fold(other.name):
        return False
    keys = [{reach_key(r.kind, r.value) for r in person.reaches} for person in (one, other)]
    return not all(keys) or any(same_reach(a, b) for a in keys[0] for b in keys[1])


def joined_drafts(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """What was half typed into one form about both; of what was said, the one below the other."""
    both = {**second, **first}
    if "said" in first and "said" in second:
        both["said"] = "\n".join(dict.fromkeys((first["said"], second["said"])))
    return both
