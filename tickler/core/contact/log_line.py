"""The line in which a contact is written down: `no-answer +1b -- rings out`, `wants 5 %`.

Words at its beginning say how the contact ended, what it was, with whom and which way it went;
then the next date may follow, and two dashes before the text. The shell, the log form and the
evening's paper read the same line.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

from tickler.core.contact import late_outcome
from tickler.core.contact.kinds import WAYS, Direction, Kind, Outcome
from tickler.core.contact.late_outcome import DASHES
from tickler.core.contact.line_words import (
    DIRECTIONS,
    ENDS,
    KINDS,
    LONGEST_NAME,
    OUTCOMES,
    name_after_with,
    named_first,
)
from tickler.core.dates.words import tokens
from tickler.core.search.names import Worth, best_person
from tickler.core.text import fold, quote
from tickler.errors import NearlyADate, NotADate, Unreadable

#: Reads a typed date; raises Unreadable.
ReadDate = Callable[[str], object]

#: Asked only where somebody is named: the names that are known of the dossier.
People = Callable[[], Sequence[str]]

#: What a line may say of a contact in a word.
Fact: TypeAlias = Outcome | Kind | Direction

#: No date has more words, no name of a person.
_LONGEST_DATE, _LONGEST_PERSON = 8, 4

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)?")
#: No sentence begins so: `+2b`, an ISO day or week, `5.7.`, `05.07.2026`.
_ONLY_A_DATE = re.compile(
    r"\+{1,2}[0-9]+[a-z]*|[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|W[0-9]{1,2})"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:[ap]m|uhr|h)?|uhr|um|at", re.IGNORECASE)
_IS_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}(?:[ap]m|uhr|h)|uhr", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"[0-9]{1,2}(?:\.|st|nd|rd|th)?")
#: What is measured, and so no date: `12.5 % Rabatt`, `3.5 t Kran`.
_MEASURED = re.compile(r"[0-9]+[.,][0-9]+")
_UNITS = re.compile(
    "[%‰€$£]|eur|euro|chf|usd|tons?|tonnen|t|to|kg|g|c?m|[mk]m|qm|m[23]|met(?:er|re)s?|l|liter|h|std"
    "|stk|stuck|pcs|x|mal|k|tsd|mio|mrd|million(?:en)?|kwh?"
)

#: Dates that may also begin a sentence.
_ALSO_WORDS = frozenset(
    ["so", "do", "may", "mai", "march", "sun", "sat", "am", "mi", "di", "fall", "spring", "morgen"]
)
_WITH = ("with", "mit")

#: What moves a dossier on paper, without a contact.
ARROW = re.compile(r"(?:-+>|→|➔|>)\s*(.*)", re.DOTALL)


class Unclear(Unreadable):
    """What may be the next date, or begin the text; `date` and `text` are the line read both ways.

    Whoever is asked the `question` which is meant reads the one of them again.
    """

    def __init__(self, sentence: str, question: str, date: str, text: str) -> None:
        super().__init__(sentence)
        self.question, self.date, self.text = question, date, text


@dataclass(frozen=True, slots=True)
class LogLine:
    """What a line says: `typed` is the next date, "" for none, `person` the name of with whom.

    `unknown` is whom the text seems to be with, where nobody of the dossier is called so.
    """

    text: str = ""
    typed: str = ""
    kind: Kind | None = None
    outcome: Outcome | None = None
    person: str = ""
    direction: Direction | None = None
    unknown: str = ""

    @property
    def facts(self) -> str:
        """What it says besides the text: `incoming call, reached, with Anna Berg, next fri`."""
        facts = (
            WAYS[self.direction] if self.direction else "",
            self.kind or "",
            self.outcome or "",
            f"with {self.person}" if self.person else "",
            f"next {self.typed}" if self.typed else "",
        )
        return ", ".join(fact for fact in facts if fact)


def nobody() -> Sequence[str]:
    """The people of a dossier that has none."""
    return ()


def read(
    line: str,
    read_date: ReadDate,
    people: People = nobody,
    *,
    plain: bool = True,
    given: Collection[Fact] = (),
) -> LogLine:
    """What the line says; `people` are the names known of the dossier.

    A `plain` line that begins with nothing known is a text; else it is refused. What is `given`
    apart is not looked for: another outcome, kind or direction is text. Raises Unclear where a
    date may as well begin the text, Unreadable with what is wrong.
    """
    said_apart = {type(each) for each in given}
    if Kind.NOTE in given:  # a note has no outcome
        said_apart.add(Outcome)
    return _Reading(line, read_date, people, plain, said_apart).line()


def no_date(typed: str) -> object:
    """Reads no date: where it is given apart, the line has none."""
    raise NotADate(f"{quote(typed)} is not a date here: the next date is given already")


@dataclass(slots=True)
class _Reading:
    """A line while it is read, from its first word on."""

    written: str
    read_date: ReadDate
    people: People
    plain: bool
    given: Collection[type]
    words: list[str] = field(init=False)
    starts: list[int] = field(init=False)
    place: int = 0
    found: dict[type, object] = field(default_factory=dict)
    person: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        found = list(_WORD.finditer(self.written))
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found]

    def line(self) -> LogLine:
        if self.plain and not self.given:
            self._refuse_no_contact()
        while self.place < len(self.words) and self._takes_one():
            pass
        if not (self._has_ended or Outcome in self.given or self.found.get(Kind) is Kind.NOTE):
            after = bool(self.found or self.person)
            late_outcome.refuse_late(self.words[self.place :], self.people, begun=after)
        typed, text = self._date_and_text()
        late_outcome.refuse_length(typed)
        if not (typed or self._dash(self.place) < len(self.words) or self._objection("+1d")):
            late_outcome.refuse_text(text, self.found.get(Outcome))
        begun = self.words[self.place - 1][-1:] if self.place else ""
        said_apart = typed or self._is_dash(self.place) or not text or begun in (":", ",", ".")
        is_complaint = self.found.get(Kind) is Kind.COMPLAINT  # `complaint about the crane` is one
        if not (self._has_ended or self.person or said_apart or is_complaint):
            # `Angebot zu teuer` is no offer: a kind with text right after it is a sentence.
            if not self.plain:
                raise Unreadable(self._not_known())
            return LogLine(self.written.strip(), unknown=self.unknown)
        kind, outcome = self.found.get(Kind), self.found.get(Outcome)
        way = self.found.get(Direction)
        assert kind is None or isinstance(kind, Kind)
        assert outcome is None or isinstance(outcome, Outcome)
        assert way is None or isinstance(way, Direction)
        return LogLine(text, typed, kind, outcome, self.person, way, self.unknown)

    def _refuse_no_contact(self) -> None:
        """Refuse what closes or moves a dossier on paper: it is no contact, and hardly a text."""
        written = self.written.strip()
        if fold(written) in ENDS:
            raise Unreadable(f"{quote(written)} closes a dossier; a contact has an outcome or text")
        if ARROW.fullmatch(written):
            raise Unreadable(f"{quote(written)} moves a dossier; a contact has an outcome or text")

    def _takes_one(self) -> bool:
        """Take what the next words name, if that was not named before."""
        for sort, known in ((Outcome, OUTCOMES), (Kind, KINDS), (Direction, DIRECTIONS)):
            if sort in self.found or sort in self.given:
                continue
            if sort is Outcome and self.found.get(Kind) is Kind.NOTE:
                continue
            value, count = named_first(self.words[self.place :], known)
            aside = sort is not Outcome and Outcome in self.found
            if count and not (self._is_sentence(count) or (aside and self._text_begins(count))):
                self.found[sort] = value
                self.place += count
                return True
        return not self.person and fold(self.words[self.place]) in _WITH and self._takes_person()

    def _is_sentence(self, count: int) -> bool:
        """Whether a single letter begins a text: it is an outcome only where that is all."""
        name = self.words[self.place].rstrip(",;:.")
        if not self.plain or count > 1 or len(name) > 1 or self.place:
            return False
        after = self.place + count
        ended = after == len(self.words) or self._is_dash(after)
        return not (ended or self._objection(self._typed(after, self._dash(after))) is None)

    def _text_begins(self, count: int) -> bool:
        """Whether a kind after an outcome begins the text: `reached call center, wants two`."""
        after = self.place + count
        if after == len(self.words) or self._is_dash(after):
            return False
        if self.words[after - 1][-1:] in (":", ",", ".") or fold(self.words[after]) in _WITH:
            return False
        rest = self._typed(after, self._dash(after))
        return not (_ONLY_A_DATE.fullmatch(self.words[after]) or self._objection(rest) is None)

    def _takes_person(self) -> bool:
        """Take whom `with` names; a `with` before anybody else begins a text."""
        after = self.place + 1
        people = list(dict.fromkeys(self.people()))
        for end in range(min(after + _LONGEST_PERSON, len(self.words)), after, -1):
            name = " ".join(self.words[after:end])
            # Beginnings are not enough: `with an offer` is not with Anna.
            if found := best_person(name, people, str, Worth.WORDS):
                if len(found) > 1:
                    several = " or ".join(found)
                    raise Unreadable(f"{quote(name)} could be {several}: type more of the name")
                self.person = found[0]
                self.place = end
                return True
        for end in range(after + 1, min(after + _LONGEST_PERSON, len(self.words)) + 1):
            rest = self.words[end:]
            if self._is_dash(end) or any(named_first(rest, k)[1] for k in (OUTCOMES, KINDS)):
                name = " ".join(self.words[after:end])
                raise Unreadable(f"nobody called {quote(name)} is known here; before a text put --")
        self.unknown = name_after_with(self.words[after:])
        return False

    def _date_and_text(self) -> tuple[str, str]:
        """The date as typed, and the text after it or after two dashes."""
        first, last = self.place, len(self.words)
        if first == last:
            return "", ""
        dash = self._dash(first)
        if dash < last and (text := self._after_dash(first, dash)) is not None:
            return self._typed(first, dash), text
        objection = self._objection(self._typed(first, last))
        if not objection:
            return self._typed(first, last), ""
        is_fault = isinstance(objection, NearlyADate) or not isinstance(objection, NotADate)
        if is_fault and (self._has_ended or last - first <= LONGEST_NAME):
            raise objection
        most = min(first + _LONGEST_DATE, last - 1)
        ends = [n for n in range(first + 1, most + 1) if not self._objection(self._typed(first, n))]
        if self._is_measure(first):
            return "", self._text(first)
        if ends:
            return self._split(first, ends)
        if self._has_ended or not self.plain:
            self._refuse_near(first)
        if not self._has_ended:
            self._refuse_near_outcome()
            if not self.plain:
                raise Unreadable(self._not_known())
        return "", self._text(first)

    def _after_dash(self, first: int, dash: int) -> str | None:
        """The text after a dash; None where that dash only belongs to the text."""
        text = self._text(dash + 1)
        if dash == first:
            return text
        objection = self._objection(self._typed(first, dash))
        if not objection:
            return text
        if self.words[dash] != DASHES[0] or (self.plain and dash - first > _LONGEST_PERSON):
            return None
        if type(objection) is not NotADate:
            raise objection
        before = quote(self._typed(first, dash))
        raise Unreadable(f"{before} is not an outcome, kind or date, and nothing else is before --")

    def _split(self, first: int, ends: Sequence[int]) -> tuple[str, str]:
        """Date and text where both follow each other; raises Unclear."""
        end = ends[-1]
        doubt = self._doubt(first, ends)
        if not doubt and self._is_only_a_date(first, end):
            return self._typed(first, end), self._text(end)
        if self.plain and not self.found and not self.person:
            return "", self.written.strip()
        typed = self._typed(first, end)
        doubt = doubt or f"{quote(typed)} is a date, or begins the text"
        before = self.written[: self.starts[first]]
        raise Unclear(
            f"{doubt}: put -- between date and text, or before the text",
            question=f"Is {quote(typed)} the next date?",
            date=f"{before}{typed} -- {self._text(end)}",
            text=f"{before}-- {self._text(first)}",
        )

    def _doubt(self, first: int, ends: Sequence[int]) -> str:
        """Why it is not clear where the date ends and the text begins; "" if it is."""
        end = ends[-1]
        longer = self._typed(first, end + 1)
        if type(self._objection(longer)) is not NotADate:
            return f"the date may be {quote(self._typed(first, end))} or {quote(longer)}"
        last = self.words[end - 1]
        if not (_NUMBER.fullmatch(last) or fold(last) in _ALSO_WORDS):
            return ""
        if end - first == 1:
            return f"{quote(last)} is a date, or begins the text"
        if end - 1 in ends:
            whole, short = self._typed(first, end), self._typed(first, end - 1)
            return f"the date may be {quote(short)} or {quote(whole)}"
        return ""

    def _is_only_a_date(self, first: int, end: int) -> bool:
        """Whether no sentence begins with these words: `+2b`, `5.7.`, `fri 14:30`, `5 July`."""
        words = self.words[first:end]
        if _ONLY_A_DATE.fullmatch(words[0].rstrip("!?,;")):
            return True
        has_day = not _CLOCK.fullmatch(words[0])
        if has_day and any(_IS_CLOCK.fullmatch(word.rstrip("!?,;")) for word in words[1:]):
            return True
        numbers = [bool(_DAY_NUMBER.fullmatch(word)) for word in words[:2]]
        return len(words) > 1 and any(numbers) and not all(numbers) and _has_month(words)

    def _is_measure(self, first: int) -> bool:
        here, after = self.words[first], self.words[first + 1 : first + 2]
        return bool(
            _MEASURED.fullmatch(here) and after and _UNITS.fullmatch(fold(after[0]).rstrip(".,;"))
        )

    def _refuse_near(self, first: int) -> None:
        """Refuse what has a fault as a date, and is not merely none; raises Unreadable."""
        for count in range(min(3, len(self.words) - first), 0, -1):
            objection = self._objection(self._typed(first, first + count))
            if objection and not isinstance(objection, NotADate):
                raise objection

    def _refuse_near_outcome(self) -> None:
        """Refuse a misspelled outcome with a date or nothing after it; raises Unreadable."""
        if self.given:
            return
        for count in range(min(LONGEST_NAME, len(self.words)), 0, -1):
            name = fold(" ".join(self.words[:count]))
            near = get_close_matches(name, [n for n in OUTCOMES if len(n) > 4], 1, 0.8)
            whole = self._typed(count, self._dash(count))
            ended = count == len(self.words) or self._is_dash(count)
            if near and (ended or not self._objection(whole)):
                typed = self._typed(0, count)
                raise Unreadable(f"{quote(typed)} is not an outcome; did you mean {near[0]}?")
        late_outcome.refuse_counted_end(self.words)

    @property
    def _has_ended(self) -> bool:
        """Whether an outcome was named: then the next words are a date, or the text."""
        return Outcome in self.found

    def _is_dash(self, place: int) -> bool:
        return place < len(self.words) and self.words[place] in DASHES

    def _dash(self, first: int) -> int:
        """The place of the next dash, or the end."""
        found = (n for n in range(first, len(self.words)) if self._is_dash(n))
        return next(found, len(self.words))

    def _typed(self, first: int, end: int) -> str:
        return " ".join(self.words[first:end])

    def _text(self, first: int) -> str:
        return self.written[self.starts[first] :].rstrip() if first < len(self.words) else ""

    def _objection(self, typed: str) -> Unreadable | None:
        """Why it is not a date; None if it is one."""
        try:
            self.read_date(typed)
        except Unreadable as error:
            return error
        return None

    def _not_known(self) -> str:
        word = self.words[min(self.place, len(self.words) - 1)]
        return f"{quote(word)} is not an outcome, kind or date; before a text put --"


def _has_month(words: Sequence[str]) -> bool:
    return any(re.search(r"\bM[01][0-9]\b", tokens(word)) for word in words[:2])
