"""What can go wrong, each with its exit code and a sentence the user can act on.

A sentence says first what is wrong: the path that it is about comes last, and shortened.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

#: A path is shown in no more letters than this.
LONGEST_PATH = 60


def short_path(path: PurePath | str) -> str:
    """A path to be read: `~` for the home, and “…” for the middle of a long one, not its name."""
    text, home = str(path), os.path.expanduser("~")  # noqa: PTH111  # Path.home() may raise
    if text == home or text.startswith(f"{home}/"):
        text = f"~{text[len(home) :]}"
    if len(text) <= LONGEST_PATH:
        return text
    name = f"/{text.rpartition('/')[2]}"
    if len(name) > LONGEST_PATH // 2:
        name = name[-LONGEST_PATH // 2 :]
    return f"{text[: LONGEST_PATH - len(name) - 1]}…{name}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier that a name might have meant."""

    id: int
    name: str
    slot: str


class TicklerError(Exception):
    """An expected failure: its text says what is wrong and what to do.

    `path` is the file or folder it is about; the sentence then ends with it, shortened.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        sentence: str,
        *,
        candidates: Sequence[Candidate] = (),
        path: PurePath | None = None,
    ) -> None:
        self.sentence = sentence if path is None else f"{sentence} ({short_path(path)})"
        super().__init__(self.sentence)
        self.candidates = tuple(candidates)
        self._path = path

    @property
    def sentence_in_full(self) -> str:
        """The sentence with its path as it is, for programs to read."""
        if self._path is None:
            return self.sentence
        return self.sentence.replace(short_path(self._path), str(self._path))


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
