"""How a typed name is compared with the names there are: as a whole, by words, by beginnings."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from tickler.core.contact.salutations import is_title
from tickler.core.search.query import spellings
from tickler.core.text import fold, without_written_out

T = TypeVar("T")

#: All that is typed for one: none of them parts a name from the same name with another.
_APOSTROPHES = re.compile("['’‘`´ʼʻ′‛＇\u02b9]")
#: What is left of a longer word without a letter can be looked for.
_SHORT = 3
_WORDS = re.compile(r"[^\W_]+")
#: `mit dem Berg` is with Berg.
_ARTICLES = ("dem", "der")


class Worth(IntEnum):
    """How well a typed name fits; the least value is the best."""

    EXACT = 0
    WORDS = 1
    BEGINNINGS = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A typed name, to be compared: without case and accents, `ue` as `ü`, apostrophes left out."""

    plain: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> "Name":
        whole = plain(typed)
        return cls(whole, tuple(dict.fromkeys(_WORDS.findall(whole))))

    def worth(self, name: str) -> Worth | None:
        """How well a name fits, its words in any order; None where it does not."""
        if not self.plain:
            return None
        whole = plain(name)
        if whole == self.plain:
            return Worth.EXACT
        if not self.words:
            return Worth.BEGINNINGS if self.plain in whole else None
        there = {*_WORDS.findall(whole), *_WORDS.findall(plain(_APOSTROPHES.sub(" ", name)))}
        if there.issuperset(self.words):
            return Worth.WORDS
        begun = all(any(each.startswith(word) for each in there) for word in self.words)
        return Worth.BEGINNINGS if begun else None


def goes_on(typed: str, name: str, word: str) -> bool:
    """Whether a word is one more of a name than was typed for it: `süd` after `kranbau`."""
    begun, more = Name.of(typed), Name.of(word)
    if len(more.words) != 1 or begun.worth(name) is None:
        return False
    is_typed = any(more.words[0].startswith(each) for each in begun.words)
    return not is_typed and more.worth(name) in (Worth.EXACT, Worth.WORDS)


def same_key(name: str) -> str:
    """What names have in common that differ only in spelling, or in the order of their words."""
    whole = plain(name)
    return " ".join(sorted(_WORDS.findall(whole))) or whole


def plain(text: str) -> str:
    """A text as names are compared: `O’Brien` and `obrien`, `Müller` and `mueller` are alike."""
    return without_written_out(fold(_APOSTROPHES.sub("", text)))


def indexed_words(typed: str) -> list[tuple[str, ...]]:
    """The words of a typed name, each with its spellings, as a search index has them."""
    parts = _WORDS.findall(_APOSTROPHES.sub(" ", typed))
    return [spellings(each, folded) for each in parts if (folded := fold(each))]


def without_apostrophe(words: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What an index has of the words if an apostrophe was left out after the first or before the
    last letter: `brien` of `obrien`."""
    return [(each[0][1:], each[0][:-1]) for each in words if len(each[0]) > _SHORT]


def best(
    typed: str, among: Iterable[T], name_of: Callable[[T], str], least: Worth = Worth.BEGINNINGS
) -> Sequence[T]:
    """Those whose names fit a typed one best: several are of equal worth, so none is meant.

    What fits less than `least` is left out.
    """
    wanted = Name.of(typed)
    found: dict[Worth, list[T]] = {}
    for each in among:
        worth = wanted.worth(name_of(each))
        if worth is not None and worth <= least:
            found.setdefault(worth, []).append(each)
    return found[min(found)] if found else ()


def says_nobody(word: str) -> bool:
    """Whether a word in front of a name says nothing of who it is: `Frau`, `Dr.`, `dem`."""
    return is_title(word) or fold(word) in _ARTICLES


def best_person(
    typed: str, among: Iterable[T], name_of: Callable[[T], str], least: Worth = Worth.BEGINNINGS
) -> Sequence[T]:
    """The people whose names fit a typed one best; a title (`Frau Berg`) need not be in the name.

    A title alone names nobody.
    """
    people = list(among)
    words = [word.rstrip(".,;:") for word in typed.split()]
    untitled = " ".join(word for word in words if not says_nobody(word))
    ways = (
        (typed, Worth.EXACT),
        (" ".join(words), Worth.WORDS if untitled else Worth.EXACT),
        (untitled, least),
    )
    found = (best(text, people, name_of, worth) for text, worth in ways)
    return next(filter(None, found), ())
