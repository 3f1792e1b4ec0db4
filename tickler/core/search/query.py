"""What is typed to find something, taken apart: words, phrases in quotes, and filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from difflib import get_close_matches

from tickler.core.contact.kinds import Kind, Status
from tickler.core.dates import parse
from tickler.core.dates.context import DateOrder
from tickler.core.dates.workdays import ONE_DAY, Calendar
from tickler.core.filing.slots import Month
from tickler.core.text import fold, phone_key, quote, without_written_out
from tickler.errors import Unreadable

#: The longest query, in characters.
LONGEST = 200

#: What may be in front of a colon, by what else it is called.
FILTERS = {
    "kind": "kind", "art": "kind", "since": "since", "seit": "since", "tag": "tag", "slot": "slot",
    "segment": "segment", "city": "city", "ort": "city", "stadt": "city", "status": "status",
    "owner": "owner", "neglected": "neglected",
}  # fmt: skip
#: They are named so in messages.
_NAMED = list(dict.fromkeys(FILTERS.values()))
_PART = re.compile(
    r"(?P<bare>neglected):(?=\s|$)|(?:(?P<filter>[^\W\d_]{2,20}):(?=[^\s/:]))?"
    r'(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]\S*))',
    re.IGNORECASE,
)

#: The words for a dossier that is not in the binder.
CLOSED = "closed"

#: What `neglected:` takes, and without anything.
_NEGLECTED = {"": "ideal", "yes": "ideal", "ja": "ideal", "no": "no", "nein": "no",
              "ideal": "ideal", "longest": "longest"}  # fmt: skip

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
    segments: tuple[str, ...] = ()
    cities: tuple[tuple[str, ...], ...] = ()
    statuses: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    neglected: str = ""

    @property
    def has_filters(self) -> bool:
        """Whether anything but words was typed."""
        return replace(self, words=()) != Sought()


def read(typed: str) -> Sought:
    """What was typed, taken apart.

    Raises Unreadable for a text too long, and for a filter or a value of one that there is not.
    """
    if len(typed) > LONGEST:
        raise Unreadable(f"that is too long to be found: at most {LONGEST} characters")
    values: dict[str, list[str]] = {name: [] for name in ("", *_NAMED)}
    for part in _PART.finditer(typed):
        value = part["phrase"] if part["phrase"] is not None else part["word"] or ""
        values[_filter(part["bare"] or part["filter"] or "")].append(value)
    words = dict.fromkeys(word for word in map(_word, values[""]) if word)
    neglect = [_word_of("neglected", value, _NEGLECTED) for value in values["neglected"]]
    statuses = {**{each.value: each.value for each in Status}, CLOSED: CLOSED}
    return Sought(
        tuple(words),
        tuple(map(_kind, values["kind"])),
        tuple(values["since"]),
        tuple(map(fold, values["tag"])),
        tuple(values["slot"]),
        tuple(map(fold, values["segment"])),
        tuple(spellings(value, fold(value)) for value in values["city"]),
        tuple(_word_of("status", value, statuses) for value in values["status"]),
        tuple(map(fold, values["owner"])),
        _NEGLECTED[neglect[-1]] if neglect else "",
    )


def names_filter(typed: str) -> bool:
    """Whether a text begins with a filter that there is, in place of a name."""
    found = _PART.match(typed.strip())
    return found is not None and fold(found["bare"] or found["filter"] or "") in FILTERS


def refuse_apart(typed: str) -> None:
    """Refuse `tag: crane`, where only what is typed right after the colon is a filter's value."""
    for part in _PART.finditer(typed):
        word = "" if part["filter"] else part["word"] or ""
        name = word.removesuffix(":")
        if name != word and fold(name) in FILTERS:
            raise Unreadable(f"{quote(word)} has no value: type it right after the colon")


def _filter(typed: str) -> str:
    if not typed or fold(typed) in FILTERS:
        return FILTERS.get(fold(typed), "")
    close = get_close_matches(fold(typed), FILTERS, n=1)
    meant = f"did you mean {FILTERS[close[0]]}:? " if close else ""
    raise Unreadable(
        f"there is no filter {quote(typed)}: {meant}type {': '.join(_NAMED)}: with a value, "
        "or put the text in quotes"
    )


def _word_of(name: str, typed: str, words: Mapping[str, str]) -> str:
    if fold(typed) not in words:
        listed = ", ".join(dict.fromkeys(word for word in words if word))
        raise Unreadable(f"{name}: takes one of {listed}; not {quote(typed)}")
    return fold(typed)


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
