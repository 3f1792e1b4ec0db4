"""Letters between us and a terminal that is not set to UTF-8: none is changed without a word."""

import codecs
import os
from collections.abc import Mapping

from tickler.core.phrases import named
from tickler.core.text import is_whole, quote
from tickler.errors import Unreadable

#: What a stream is to do with a letter that its encoding lacks.
INSTEAD = "tickler.instead"

#: Our own signs have others that say the same, and are not worth a warning.
_OURS: Mapping[str, str] = {
    "→": "->", "←": "<-", "…": "...", "“": '"', "”": '"', "’": "'", "–": "-", "—": "-",
    "·": "-", "×": "x", "✓": "ok", "★": "*", "●": "*", "✎": "*", "↻": "@", "□": "[]", "☎": "tel",
}  # fmt: skip

#: So many of the letters are named.
_NAMED = 8


class Letters:
    """The letters that a run could not print; they became “?”."""

    def __init__(self) -> None:
        self._lacking: dict[str, None] = {}
        codecs.register_error(INSTEAD, self._instead)

    @property
    def sentence(self) -> str:
        """What to say of the letters that were not printed; "" where all were."""
        if not self._lacking:
            return ""
        letters = named([f"U+{ord(each):04X}" for each in self._lacking], _NAMED)
        return (
            f"printed as ?, as the terminal has no such letter: {letters}; "
            "PYTHONIOENCODING=utf-8 before the command prints every letter"
        )

    def _instead(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        letters = error.object[error.start : error.end]
        self._lacking |= dict.fromkeys(each for each in letters if each not in _OURS)
        return "".join(_OURS.get(each, "?") for each in letters), error.end


def typed(text: str) -> str:
    """A word of the command line as text; raises Unreadable where it is not UTF-8.

    Python keeps what it cannot decode, in a plain locale all but ASCII, as lone surrogates.
    """
    if is_whole(text):
        return text
    try:
        return os.fsencode(text).decode()
    except UnicodeError:
        shown = "".join(letter if is_whole(letter) else "?" for letter in text)
        raise Unreadable(
            f"{quote(shown)} is not UTF-8 where it has a ?: set the terminal to UTF-8, and "
            "type it again"
        ) from None
