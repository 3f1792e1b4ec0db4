"""The number that is called: whose it is, and how a telephone takes it."""

from dataclasses import dataclass

from tickler.core.text import extension_of, quote, without_extension
from tickler.errors import Unreadable

#: No number of the world has more digits than this, with its country.
_MOST = 15

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a dossier as it is written; without `whose` it is the client's own."""

    value: str
    whose: str = ""
    label: str = ""
    decides: bool = False

    @property
    def extension(self) -> str:
        """What is dialled once somebody answers: `12` of `030 1234 ext. 12`."""
        return extension_of(self.value)

    @property
    def address(self) -> str:
        """`tel:+49301234`, of digits alone; raises Unreadable for what cannot be dialled."""
        bare = without_extension(self.value).strip()
        if bare.startswith(("+", "00")):  # the zero is for calls within the country
            bare = bare.replace("(0)", "")
        digits = "".join(c for c in bare if c in "0123456789")
        if len(digits) < _FEWEST:
            raise Unreadable(f"{quote(self.value)} is no number to dial")
        if len(digits) > _MOST:
            raise Unreadable(f"{quote(self.value)} is more than one number: part them on the card")
        return f"tel:{'+' * bare.startswith('+')}{digits}"
