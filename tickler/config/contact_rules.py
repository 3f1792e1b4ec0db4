"""The settings of how clients are contacted: what outcomes propose, intervals by segment."""

from dataclasses import replace
from datetime import date

from tickler.core.contact.intervals import Limits, check_order, read_limits
from tickler.core.contact.kinds import PLANNED_KINDS, Kind, Outcome
from tickler.core.contact.next_proposal import RULES, Rule
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.text import LONGEST_LINE, fold
from tickler.errors import Unreadable
from tickler.formats.toml_lines import NotTaken, table_of, text_of, yes_or_no

#: Proposals are read as of this day to check that they are dates.
_ANY_DAY = date(2026, 1, 15)


def outcomes(value: object) -> dict[Outcome, Rule]:
    """`[outcomes.no-answer] next = ["+1b", "+1w"]`: what is not set stays as without it."""
    rules = dict(RULES)
    for word, keys in table_of(value, '[outcomes.no-answer] with next = "+1b"').items():
        if word not in list(Outcome):
            raise NotTaken(f"outcomes: {', '.join(Outcome)}", word, word)
        outcome = Outcome(word)
        rule = rules.get(outcome, Rule())
        for key, text in table_of(keys, 'a rule such as next = "+1b"', word).items():
            rule = _with(rule, key, text, word)
        rules[outcome] = rule
        if rule.other_half and rule.dates:
            _date(f"{rule.dates[0]} pm", rule.dates[0], word, "next")
    return rules


def intervals(value: object) -> dict[str, Limits]:
    """`[intervals.A] ideal = "4w", longest = "8w"`: by the folded name of a segment."""
    found: dict[str, Limits] = {}
    for segment, keys in table_of(value, '[intervals.A] with longest = "8w"').items():
        texts = {"ideal": "", "longest": ""}
        for key, text in table_of(keys, 'intervals such as longest = "8w"', segment).items():
            if key not in texts:
                raise NotTaken("the keys ideal, longest", key, segment, key)
            texts[key] = _interval(text, segment, key)
        limits = read_limits(**texts)
        try:
            check_order(limits)
        except Unreadable as error:
            takes = f"an ideal interval that is not longer than the longest: {error.sentence}"
            raise NotTaken(takes, texts["ideal"], segment, "ideal") from error
        found[fold(segment)] = limits
    return found


def _with(rule: Rule, key: str, value: object, word: str) -> Rule:
    """The rule with one key of its table; raises NotTaken."""
    if key == "next":
        texts = value if isinstance(value, list) else [value] if value != "" else []
        return replace(rule, dates=tuple(_date(text, text, word, key) for text in texts))
    if key == "other_half":
        return replace(rule, other_half=yes_or_no(value, word, key))
    if key == "third":
        return replace(rule, third=_date(value, value, word, key) if value != "" else "")
    if key == "kind":
        if value not in PLANNED_KINDS:
            raise NotTaken(f"a kind: {', '.join(PLANNED_KINDS)}", value, word, key)
        return replace(rule, kind=Kind(str(value)))
    if key == "what":
        if not isinstance(value, str) or len(value) > LONGEST_LINE or "\n" in value:
            raise NotTaken("a line of text", value, word, key)
        return replace(rule, what=value)
    raise NotTaken("the keys next, other_half, third, kind, what", key, word, key)


def _date(text: object, value: object, *inside: str) -> str:
    takes = 'a date as it is typed, such as "+1b"'
    typed = text_of(text, *inside, takes=takes)
    try:
        parse.read(typed, _ANY_DAY, present=NextContact(on=_ANY_DAY))
    except Unreadable as error:
        raise NotTaken(f"{takes}; {error.sentence}", value, *inside) from error
    return typed


def _interval(value: object, *inside: str) -> str:
    takes = "an interval such as 10d, 6w, 3m or 1y"
    try:
        limits = read_limits(text_of(value, *inside, takes=takes), "")
    except Unreadable as error:
        raise NotTaken(takes, value, *inside) from error
    if limits.ideal is None:
        raise NotTaken(takes, value, *inside)
    return str(limits.ideal)
