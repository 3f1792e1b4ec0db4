"""What is typed to find something, taken apart: words, phrases in quotes, and filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from tickler.core.contact.kinds import Kind
from tickler.core.dates import parse
from tickler.core.dates.context import DateOrder
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month
from tickler.core.text import fold, phone_key, quote, without_written_out
from tickler.errors import Unreadable

#: The longest query, in characters.
LONGEST = 200

_FILTERS = ("kind", "since", "tag", "slot")
_PART = re.compile(
    rf'(?:(?P<filter>{"|".join(_FILTERS)}):(?=\S))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]\S*))',
    re.IGNORECASE,
)

#: Shorter digits are not a number, and a shorter word has no other spelling.
_FEWEST = 3

#: How near words are to a name that does not have all of them.
ELSEWHERE = 5

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase to match, folded: `spellings`, as typed first; `digits` of a number."""

    spellings: tuple[str, ...]
    digits: str = ""

    @property
    def text(self) -> str:
        return self.spellings[0]

    @property
    def as_typed(self) -> Word:
        return replace(self, spellings=self.spellings[:1])

    def within(self, folded: str) -> bool:
        return any(spelling in folded for spelling in self.spellings)


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed: words, and the values of filters."""

    words: tuple[Word, ...] = ()
    kinds: tuple[Kind, ...] = ()
    since: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


def read(typed: str) -> Sought:
    """What was typed, taken apart; raises Unreadable for a text too long or an unknown kind."""
    if len(typed) > LONGEST:
        raise Unreadable(f"that is too long to be found: at most {LONGEST} characters")
    values: dict[str, list[str]] = {name: [] for name in ("", *_FILTERS)}
    for part in _PART.finditer(typed):
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        values[(part["filter"] or "").lower()].append(value)
    words = dict.fromkeys(word for word in map(_word, values[""]) if word)
    kinds = tuple(map(_kind, values["kind"]))
    tags = tuple(map(fold, values["tag"]))
    return Sought(tuple(words), kinds, tuple(values["since"]), tags, tuple(values["slot"]))


def words_of(typed: str) -> list[Word]:
    """The words that are typed, filters being words like others."""
    return list(dict.fromkeys(word for word in map(_word, typed.split()) if word))


def _kind(typed: str) -> Kind:
    try:
        return Kind(fold(typed))
    except ValueError:
        raise Unreadable(f"there is no kind {quote(typed)}: type {', '.join(Kind)}") from None


def _word(typed: str) -> Word | None:
    folded = fold(typed)
    if not folded:
        return None
    digits = phone_key(folded)
    is_number = len(digits) >= _FEWEST and not re.search(r"[^\W\d_]", folded)
    return Word(spellings(typed, folded), digits if is_number else "")


def spellings(typed: str, folded: str) -> tuple[str, ...]:
    """The word, then with umlauts for ae, oe, ue, or the other way round."""
    composed = unicodedata.normalize("NFC", typed)
    others = (without_written_out(folded), fold(composed.translate(_UMLAUTS)))
    return tuple(dict.fromkeys((folded, *(each for each in others if len(each) >= _FEWEST))))


def nearness(name: str, folded: str) -> int:
    """How near a folded name is to the folded typed text; 0 is the name itself."""
    if name == folded:
        return 0
    if name.startswith(folded):
        return 1
    return 2 if re.search(rf"(?<!\w){re.escape(folded)}", name) else 3


def near(words: Sequence[Word], name: str, people: str) -> tuple[int, bool]:
    """How near the words are to a dossier's folded name, and whether they are there as typed.

    0 is the name itself, 4 that people have some of them, 5 that others are `ELSEWHERE`.
    """
    if words and all(word.within(name) for word in words):
        nearest = min(nearness(name, whole) for whole in wholes(words))
        return nearest, all(word.text in name for word in words)
    if words and all(word.within(name) or word.within(people) for word in words):
        return 4, all(word.text in name or word.text in people for word in words)
    return ELSEWHERE + (not any(word.within(name) for word in words)), False


def wholes(words: Sequence[Word]) -> list[str]:
    """The words as one text: as they were typed, and as they are spelled otherwise."""
    most = max((len(word.spellings) for word in words), default=0)
    spelled = ([word.spellings[n % len(word.spellings)] for word in words] for n in range(most))
    return [" ".join(each) for each in spelled]


def since(typed: str, now: datetime, calendar: Calendar, *, order: DateOrder | None) -> datetime:
    """The instant (naive, local) from which `yesterday`, `1.5.` or `May` counts, or Unreadable."""
    try:
        day, at = parse.read_past(typed, now, calendar, order=order)
    except Unreadable:
        if (month := _begun(typed, now.date(), calendar, order)) is None:
            raise
        return datetime.combine(month.first, time())
    return datetime.combine(day, at or time())


def _begun(typed: str, today: date, calendar: Calendar, order: DateOrder | None) -> Month | None:
    """The month that is typed, read as it would have been from a day before it."""
    running = Month.of(today)
    # From a year ago all months but the current one are ahead; from the year 1, all with a year.
    for seen_from in (running.plus(-11), running, Month(1, 2)):
        try:
            found = parse.read(typed, seen_from.first - ONE_DAY, calendar, order=order)
        except Unreadable:
            continue
        if found.month and found.month <= running:
            return found.month
    return None
