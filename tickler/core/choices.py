"""One of a few words, such as a kind or an outcome, as it is typed."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from tickler.core.text import quote
from tickler.errors import Unreadable

Word = TypeVar("Word", bound=StrEnum)


def one_of(typed: str, words: Iterable[Word], name: str, *more: str) -> Word:
    """The word that was typed, `first call` for first-call.

    Raises Unreadable with the ones that `name` takes; `more` are others that it takes.
    """
    known = list(words)
    wanted = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    for each in known:
        if each.value == wanted:
            return each
    listed = ", ".join((*(each.value for each in known), *more))
    raise Unreadable(f"{name} takes one of {listed}; not {quote(typed)}")
