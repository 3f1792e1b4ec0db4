"""The name of a card's person: in its parts, as it is spelled, or that of a company."""

from tickler.core.text import fold, one_line
from tickler.formats.cards import meanings, values
from tickler.formats.cards.card import VCard

_FAMILY, _GIVEN, _MIDDLE, _BEFORE, _AFTER = range(5)


def parts_of(card: VCard) -> list[str]:
    """Family name, given name, further ones, what is before and what after the name."""
    found = next(card.all("N"), None)
    parts = [one_line(part) for part in values.parts(found, ";")] if found else []
    return [*parts, *[""] * (_AFTER + 1 - len(parts))]


def spelled(card: VCard) -> str:
    """The name of its parts, in the order of its language."""
    parts = parts_of(card)
    order = [_BEFORE, _GIVEN, _MIDDLE, _FAMILY, _AFTER]
    family = parts[_FAMILY]
    if family and all(ord(letter) in meanings.FAMILY_FIRST for letter in family):
        order = [_FAMILY, _GIVEN, _MIDDLE]
    return " ".join(filter(None, (parts[n] for n in order)))


def is_turned(card: VCard, full: str) -> bool:
    """Whether a full name is `Berg, Anna`."""
    parts = parts_of(card)
    return "," in full and fold(full) == fold(f"{parts[_FAMILY]}, {parts[_GIVEN]}")


def is_like_a_company(card: VCard, full: str) -> bool:
    """Whether a name without a company is one: a single name, and a number at work or a fax."""
    parts = parts_of(card)
    at_work = any({"work", "fax"} & {*each.types} for each in card.all("TEL"))
    return at_work and bool(full) and fold(full) == fold(parts[_FAMILY]) and not any(parts[1:])
