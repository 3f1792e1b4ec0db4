"""What stands too late in its line: an outcome (`heute nicht erreicht`, `anna reached`), a date.

As plain text it would be lost without a word, so the line is refused with what to type.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tickler.core.contact.kinds import Outcome
from tickler.core.contact.line_words import DIRECTIONS, LONGEST_NAME, OUTCOMES, named_first
from tickler.core.dates.context import View
from tickler.core.dates.reading import take_apart, without_mark
from tickler.core.dates.soon import is_length
from tickler.core.dates.words import tokens
from tickler.core.dates.workdays import Calendar
from tickler.core.search.names import Worth, best_person
from tickler.core.text import fold, quote
from tickler.errors import NotADate, Unreadable

#: What is put between date and text, or before a text.
DASHES = ("--", "–", "—")

#: No more words are looked at before an outcome.
_MOST_BEFORE = 4

#: What ends a sentence only where a date is meant: `+1b`.
_COUNTED = re.compile(r"\+{1,2}[0-9]+[dwmyb]", re.IGNORECASE)
#: Before a date that may be the next one, or only what was said.
_BY = re.compile(r"(?:from|ab|by|bis|until|till|til) +(.+)", re.IGNORECASE)
_NO_ORDER = re.compile(
    r"(?:leider |doch |was |wurde |wieder |noch )*(?:nicht|not|no|nein|kein|storniert|cancell?ed|"
    r"abgesagt|lost|verloren|refused|abgelehnt|geplatzt|withdrawn|verschoben|postponed)\b"
)
_DENIED = re.compile(r"(?:leider |doch |noch |wieder )?(?:nicht|not|no|nein)(?: yet)?")
_AN_ORDER = re.compile(r"(?:\w+ )?(?:order|contract|auftrag|bestellung|vertrag)\b")
#: What begins a line, and is lost further on: outcomes, and who called.
_NAMES: Mapping[str, object] = {
    **{name: way for name, way in DIRECTIONS.items() if " " in name}, **OUTCOMES
}  # fmt: skip
_SOME_DAY = datetime(2024, 7, 1, 12)  # the rep's clock has no zone


def refuse_late(
    words: Sequence[str], people: Callable[[], Sequence[str]], *, begun: bool = False
) -> None:
    """Raise Unreadable where a date, a person or a few words stand before an outcome.

    After a sentence of more words an outcome is text, and so is one word that a text goes on
    after: `anna sent the papers`. `begun` where something was named before: `with anna and Kurt`.
    """
    for count in range(1, min(_MOST_BEFORE, len(words) - 1) + 1):
        if words[count - 1] in DASHES:
            return
        outcome, length = named_first(words[count:], _NAMES)
        if outcome is None:
            continue
        after = count + length
        before, named = " ".join(words[:count]).rstrip(",;:"), " ".join(words[count:after])
        name = fold(named).rstrip(",;:.")
        if len(name) > 1 and _is_late(
            before, name, people, closed=_ends(words, after), begun=begun
        ):
            first = "the outcome" if name in OUTCOMES else "who called"
            raise Unreadable(
                f"{quote(named)} comes after {quote(before)}, and would be text: {first} comes "
                "first, then the next date; before a text put --"
            )


def _refuse_denied(text: str, outcome: Outcome) -> None:
    """Refuse a text that takes its outcome back: `order cancelled`, `erreicht leider nicht`."""
    folded = fold(text)
    denied = _NO_ORDER.match(folded) if outcome is Outcome.ORDER else _DENIED.fullmatch(folded)
    if denied or (outcome is Outcome.CANCELLED and _AN_ORDER.match(folded)):
        raise Unreadable(
            f"the outcome would be {outcome}, and {quote(text)} says something else: type what "
            "it was, or put -- before the text"
        )


def refuse_counted_end(words: Sequence[str]) -> None:
    """Raise Unreadable for a line without outcome or date that ends with one: `… erreicht +1b`."""
    end = next((n for n, word in enumerate(words) if word in DASHES), len(words))
    if end > 1 and _COUNTED.fullmatch(words[end - 1]):
        begun = " ".join(words[: end - 1])
        raise Unreadable(f"{quote(begun)} is not an outcome or kind; before a text put --")


def refuse_text(text: str, outcome: object = None) -> None:
    """Raise Unreadable for a text that is or ends with a date, or takes back its outcome.

    `reached until friday`, `reached wants two +1w`, `order cancelled`.
    """
    if isinstance(outcome, Outcome):
        _refuse_denied(text, outcome)
    if (by := _BY.fullmatch(text.strip())) and is_moment(by[1]):
        raise Unreadable(
            f"{quote(text)} is a date, or text: for the next date type {quote(by[1])}; before a "
            "text put --"
        )
    *said, last = text.split() or [""]
    if said and _COUNTED.fullmatch(last.rstrip("!?.")):
        raise Unreadable(
            f"{quote(last)} comes after the text, and would be text: the next date comes before "
            "it; before a text put --"
        )


def _is_late(
    before: str, name: str, people: Callable[[], Sequence[str]], *, closed: bool, begun: bool
) -> bool:
    whole = " " in name or "-" in name
    if is_moment(before):
        return closed or whole
    if not closed:
        return False
    few = len(before.split()) <= LONGEST_NAME
    return ((whole or begun) and few) or bool(best_person(before, people(), str, Worth.WORDS))


def _ends(words: Sequence[str], after: int) -> bool:
    """Whether what was said of the outcome ends there: no sentence goes on after it."""
    if after == len(words) or words[after] in DASHES or words[after - 1][-1:] in (",", ";", ":"):
        return True
    dash = next((n for n in range(after, len(words)) if words[n] in DASHES), len(words))
    return is_moment(" ".join(words[after:dash]))


def is_moment(typed: str) -> bool:
    """Whether this says when something was or is to be: `fri`, `um 9`, `gestern`, `12 min`."""
    line = without_mark(tokens(typed))[0]
    view = View(_SOME_DAY.date(), Calendar(), back=True, now=_SOME_DAY)
    try:
        take_apart(line, view, typed)
    except Unreadable as error:
        return type(error) is not NotADate
    return True


def refuse_length(typed: str) -> None:
    """Raise Unreadable for `12 min` as a next date: it may be how long the contact took."""
    if is_length(without_mark(tokens(typed))[0]):
        raise Unreadable(
            f"{quote(typed)} is how long it took, or when to call again: for the next date type "
            f"{quote(f'in {typed}')}"
        )
