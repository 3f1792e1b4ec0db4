"""What can go wrong, each with its exit code and a sentence the user can act on.

A sentence says first what is wrong: the path that it is about comes last, and shortened.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
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


class Hint(Enum):
    """What to do about a failure. Each face has words of its own for it: a verb, or a key."""

    ABSENCES = auto()
    ANOTHER = auto()
    ANSWER = auto()
    AS_NAME = auto()
    ATTACHMENTS = auto()
    BACKUPS = auto()
    CHANGES = auto()
    DOCTOR = auto()
    DROP_ABSENCE = auto()
    EDIT = auto()
    FORCE = auto()
    HISTORY = auto()
    KEY = auto()
    MAP = auto()
    MOVE = auto()
    NEW_BINDER = auto()
    OPEN_BINDER = auto()
    OTHER_BINDER = auto()
    PILE = auto()
    PILE_OF = auto()
    PRINT = auto()
    REOPEN = auto()
    RESTORE = auto()
    SAVE_ANYWAY = auto()
    SEALED = auto()
    SHEET = auto()
    SLIPS = auto()
    SPREAD_LATE = auto()
    TO = auto()
    TURN = auto()
    WHO = auto()


class TicklerError(Exception):
    """An expected failure: its text says what is wrong and what to do.

    `path` is the file or folder it is about; the sentence then ends with it, shortened. `hint` is
    what to do, in words of the face that tells it; `about` is the id that goes into them.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        sentence: str,
        *,
        candidates: Sequence[Candidate] = (),
        path: PurePath | None = None,
        hint: Hint | None = None,
        about: int | None = None,
    ) -> None:
        self.sentence = sentence if path is None else f"{sentence} ({short_path(path)})"
        super().__init__(self.sentence)
        self.candidates = tuple(candidates)
        self.hint = hint
        self.about = about
        self._path = path

    @property
    def bare(self) -> str:
        """The sentence without the path."""
        return self.sentence.removesuffix(self._ending)

    @property
    def _ending(self) -> str:
        return "" if self._path is None else f" ({short_path(self._path)})"

    def say_of(self, path: PurePath) -> None:
        """Say which file or folder it is about, where it does not say so yet."""
        if self._path is None:
            self._path = path
            self.sentence = f"{self.sentence} ({short_path(path)})"
            self.args = (self.sentence,)

    def say_instead(self, path: PurePath, other: PurePath) -> None:
        """Where it is about `path`, say that it is about the other one."""
        if self._path == path:
            self.sentence = f"{self.bare} ({short_path(other)})"
            self._path = other
            self.args = (self.sentence,)

    def with_hint(self, words: Mapping[Hint, str]) -> str:
        """The sentence, and what to do in these words; a path stays at the end."""
        if self.hint is None or self.hint not in words:
            return self.sentence
        hint = words[self.hint].format(self.about)
        return f"{self.bare}; {hint}{self._ending}"

    def in_full(self, words: Mapping[Hint, str]) -> str:
        """As `with_hint`, with the whole path, for programs to read."""
        said = self.with_hint(words)
        return said if self._path is None else said.replace(short_path(self._path), str(self._path))


class Unreadable(TicklerError):
    """Wrong usage, or input that cannot be read."""

    exit_code = 2


class NotADate(Unreadable):
    """A text that is nothing like a date."""


class NearlyADate(NotADate):
    """A text that would be a date with one word spelled better."""


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
