"""What can go wrong, each with its exit code and a sentence the user can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier that a name might have meant."""

    id: int
    name: str
    slot: str


class TicklerError(Exception):
    """An expected failure: its text says what is wrong and what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, *, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.candidates = tuple(candidates)


class Unreadable(TicklerError):
    """Wrong usage, or input that cannot be read."""

    exit_code = 2


class NotFound(TicklerError):
    """Nothing has that name."""

    exit_code = 3


class Ambiguous(TicklerError):
    """Several dossiers have that name; `candidates` lists them."""

    exit_code = 4


class Refused(TicklerError):
    """Understood, and not done for a reason."""

    exit_code = 5


class Busy(TicklerError):
    """Another program is writing, or changed what was about to be changed."""

    exit_code = 6
