"""How a person is greeted: salutation, titles, first and last name, taken from one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tickler.core.text import fold

#: How a salutation is written in a letter, by what may be in front of a name, without a dot.
_SALUTATIONS = {
    "herr": "Herr", "herrn": "Herr", "hr": "Herr", "hrn": "Herr", "frau": "Frau", "fr": "Frau",
    "mr": "Mr", "mister": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss", "mx": "Mx",
    "madame": "Madame", "mme": "Mme", "monsieur": "Monsieur", "mlle": "Mlle",
    "signor": "Signor", "signora": "Signora", "sig": "Sig.", "señor": "Señor", "señora": "Señora",
    "sr": "Sr.", "sra": "Sra.", "dhr": "Dhr.", "mevr": "Mevr.", "pan": "Pan", "pani": "Pani",
}  # fmt: skip
_TITLE = re.compile(
    r"(?:Prof|Dr|Doktor|Professor|Mag|PD|Priv|Doz|Dipl|Ing|DI|h\.?c|habil|med|dent|vet|rer|nat|jur"
    r"|iur|phil|theol|oec|pol|techn|mult|univ|Rev|Sir|Lord|Lady)(?:[.-].*|\.?)",
    re.IGNORECASE,
)
#: Of a title one says these, in front of the last name.
_SAID = re.compile(r"(?:Prof|Dr)\.?|Professor|Sir|Lord|Lady", re.IGNORECASE)
_PARTICLES = {
    "von", "vom", "van", "zu", "zum", "zur", "de", "del", "della", "der", "den", "di", "da", "do",
    "dos", "du", "la", "le", "ter", "ten", "al", "el", "bin", "ibn", "mac", "st.", "o'",
}  # fmt: skip
_AFTER = re.compile(
    r"(?:MBA|M\.?Sc|B\.?Sc|M\.?A|B\.?A|Ph\.?D|Jr|Sr|LL\.?M|CPA|II|III)\.?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Called:
    """A person's name in its parts. `salutation` has the titles that are said, too."""

    salutation: str = ""
    first: str = ""
    last: str = ""

    @property
    def greeted(self) -> str:
        """What follows “Hello”: `Frau Dr. Süß` where there is a salutation, else `Käthe`."""
        if self.salutation and self.last:
            return f"{self.salutation} {self.last}"
        # Nobody is greeted with an initial.
        if self.first and not re.fullmatch(r"\w\.?(?:-\w\.?)?", self.first):
            return self.first
        return f"{self.first} {self.last}".strip()


def called(name: str) -> Called:
    """The parts of a name as it is on the card: `Frau Dr. Käthe Süß`, `Süß, Käthe`, `Käthe Süß`."""
    before, comma, after = re.sub(r"\([^)]*\)", " ", name).strip(" ,").partition(",")
    words, given = before.split(), after.split()
    said: list[str] = []
    while words and len(words) > 1 and (found := _before_name(words[0])) is not None:
        said += found
        del words[0]
        if words[0].casefold() in ("und", "and", "&", "+") and len(words) > 2:
            said.append(words.pop(0))
    while comma and given and (found := _before_name(given[0])) is not None:
        said += found
        del given[0]
    while len(words) > 2 and _AFTER.fullmatch(words[-1]):
        words.pop()
    salutation = " ".join(said)
    if given and not words[1:] and words and not _AFTER.fullmatch(given[0]):
        return Called(salutation, given[0], words[0])
    if len(words) < 2:
        return Called(salutation, "", " ".join(words)) if said else Called("", " ".join(words), "")
    if words[0].casefold() in _PARTICLES:
        return Called(salutation, "", " ".join(words))
    particles = (n for n, word in enumerate(words[1:-1], 1) if word.casefold() in _PARTICLES)
    start = next(particles, len(words) - 1)
    return Called(salutation, words[0], " ".join(words[start:]))


@lru_cache(maxsize=1024)
def is_title(word: str) -> bool:
    """Whether a word is said or written in front of a name: `Frau`, `Dr.`, `Madame`."""
    return _before_name(word) is not None


def titles_of(name: str) -> frozenset[str]:
    """What is in front of a name, folded: `frau` and `dr.` of `Frau Dr. Käthe Süß`."""
    return frozenset(map(fold, name.split()[: _many_titles(name.split())]))


@lru_cache(maxsize=4096)
@lru_cache(maxsize=4096)  # a list that is imported asks for each person several times
def person_key(name: str) -> str:
    """By what a person at a client is known: the folded name, without what is in front of it.

    Of a last name alone that stays: Frau Süß is not Herr Süß.
    """
    words = name.split()
    many = _many_titles(words)
    return fold(" ".join(words[many:])) if many and len(words) - many > 1 else fold(name)


def _many_titles(words: Sequence[str]) -> int:
    for n, word in enumerate(words):
        if not is_title(word):
            return n
    return 0


def _before_name(word: str) -> list[str] | None:
    """What is said of a word in front of a name; None where it is of the name."""
    if known := _SALUTATIONS.get(word.casefold().removesuffix(".")):
        return [known]
    if _TITLE.fullmatch(word):
        return [word] if _SAID.fullmatch(word) else []
    return None
