"""What an outcome proposes for the next contact. It only proposes: the rep files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from tickler.core.contact.kinds import Kind, Outcome, is_attempt, is_contact
from tickler.core.dates.repeat import Every
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Month, NextContact

#: After this many attempts in a row the client is left in peace for a while.
ENOUGH = 3

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an outcome proposes: dates as they are typed, the obvious one first.

    `other_half` adds the other half of the day to the first one. `third` goes before all of them
    at the third attempt in a row. `kind` and `what` are for the next contact, where they are set.
    """

    dates: tuple[str, ...] = ()
    other_half: bool = False
    third: str = ""
    kind: Kind | None = None
    what: str = ""

    @property
    def text(self) -> str:
        """`+1b, +1w, other half, third +10b`."""
        half = "other half" if self.other_half else ""
        third = f"third {self.third}" if self.third else ""
        parts = (*self.dates, half, third, self.kind, self.what)
        return ", ".join(part for part in parts if part) or "–"


#: The rules that the settings change, outcome by outcome.
RULES: Mapping[Outcome, Rule] = {
    Outcome.NO_ANSWER: Rule(("+1b", "+1w"), other_half=True, third="+10b"),
    Outcome.ORDER: Rule(("+2w",), kind=Kind.CALL, what="thank-you call"),
}


@dataclass(frozen=True, slots=True)
class NextProposal:
    """Dates as they are typed, the obvious one first, and what the next contact is about."""

    dates: tuple[str, ...] = ()
    kind: Kind | None = None
    what: str = ""
    regular: str = ""

    def about(self, typed: str) -> tuple[Kind | None, str | None]:
        """Kind and what of the next contact filed under `typed`; None leaves them, as `regular`."""
        if typed == self.regular or typed not in self.dates:
            return None, None
        return self.kind, self.what or None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a proposal depends on.

    `attempts` are those in a row before this contact; `every` is how often the client is
    contacted, if that is set; `fixed`, that the next contact is `is_fixed`; `filed` is its day.
    """

    today: date
    now: time
    calendar: Calendar = field(default_factory=Calendar)
    attempts: int = 0
    every: Every | None = None
    fixed: bool = False
    filed: date | None = None


def is_fixed(when: NextContact, today: date) -> bool:
    """Whether the client counts on the next contact, and it is still to come."""
    ahead = when.on > today if when.on else bool(when.month and when.month > Month.of(today))
    return ahead and when.is_bound


def proposed(
    kind: Kind, outcome: Outcome | None, at: Situation, rules: Mapping[Outcome, Rule] = RULES
) -> NextProposal:
    """What is proposed after such a contact; nothing without a rule, or for a fixed date."""
    if at.fixed:
        return NextProposal()
    rule = rules.get(outcome, Rule()) if outcome else Rule()
    tried = is_attempt(kind, outcome)
    first, *others = rule.dates or ("",)
    if first and rule.other_half:
        first = f"{first} {'pm' if at.now < _NOON else 'am'}"
    dates = [first, *others]
    if rule.third and tried and at.attempts + 1 >= ENOUGH:
        dates.insert(0, rule.third)
    regular = ""
    if at.every and is_contact(kind, outcome):
        # What the rep set for this client goes before what holds for all.
        following = at.every.after(at.today, at.calendar)
        regular = following.isoformat()
        dates.insert(0, regular)
        if at.every.is_of_calendar and following == at.filed:
            # Contacted early: the same date again, or the one after it where this one counts.
            dates.insert(1, at.every.after(following, at.calendar).isoformat())
    return NextProposal(tuple(dict.fromkeys(filter(None, dates))), rule.kind, rule.what, regular)


def is_enough(attempts: int) -> bool:
    """Whether these attempts in a row ask for a mark."""
    return attempts >= ENOUGH


def attempts_sign(attempts: int) -> str:
    """`✆2`, marked where they are enough: `✆3!`; "" for none."""
    return f"✆{attempts}{'!' if is_enough(attempts) else ''}" if attempts else ""


def has_slid_often(slides: int, enough: int) -> bool:
    """Whether a dossier has slid `enough` times; where that is 0, none has."""
    return 0 < enough <= slides
