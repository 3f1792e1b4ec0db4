"""A text handed to the editor of the rep's own choice, and taken back."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tickler.core.text import printable
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.formats.mistakes import Mistaken, with_mistakes, without_mistakes
from tickler.system import files

R = TypeVar("R")

#: The folder of a text begins so, where the system keeps temporary files; the file is called so.
PREFIX, NAME = "tickler-", "text.toml"

#: No text that comes back is larger, in bytes.
LARGEST = 20_000_000

#: Where neither VISUAL nor EDITOR names one.
_USUAL = ("vi", "nano")


class EditorFile:
    """A text in a file for its owner alone, deleted at the end; kept where an error says so.

    It has a folder of its own, where nobody else can put a link in its place, and what an editor
    leaves next to it goes with it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._place: Path | None = None

    def __enter__(self) -> Self:
        try:
            self._place = Path(tempfile.mkdtemp(prefix=PREFIX)) / NAME
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            with os.fdopen(os.open(self._place, flags, 0o600), "wb") as file:
                file.write(self._text.encode("utf-8"))
        except OSError as error:
            self._remove()
            raise TicklerError(f"the text cannot be written: {error.strerror}") from error
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        if error is not None and self._holds_more:
            if isinstance(error, TicklerError):
                error.sentence = self.kept(error.sentence)
                error.args = (error.sentence,)
            return
        self._remove()

    def kept(self, sentence: str) -> str:
        """The sentence of a fault, and where what was typed is kept."""
        self._text = ""
        return f"{sentence}; what you typed is kept in {self._place}"

    def edited(self, read: Callable[[str], R], environment: Mapping[str, str]) -> R | None:
        """What `read` makes of the text once it was edited; None where nothing was changed.

        As long as `read` raises Mistaken the editor is opened again, the mistakes above the
        text; leaving that as it is stops. Raises TicklerError where there is no editor, and
        Refused where it fails.
        """
        before = self._text
        while True:
            _open(self._path, environment)
            now = self._typed()
            if not now.strip() or now == self._text:
                return None
            if now == before:
                raise Refused("nothing was changed: the mistakes are still there")
            plain = without_mistakes(now)
            if plain == self._text:
                return None
            try:
                return read(plain)
            except Mistaken as error:
                before = with_mistakes(plain, error)
                files.write(self._path, before.encode("utf-8"), force=True)

    @property
    def _path(self) -> Path:
        assert self._place
        return self._place

    @property
    def _holds_more(self) -> bool:
        """Whether something was typed that is nowhere else."""
        try:
            now = files.bytes_of(self._path, LARGEST)
        except TicklerError:
            return self._path.exists()
        return bool(now.strip()) and now != self._text.encode("utf-8")

    def _typed(self) -> str:
        try:
            typed = files.bytes_of(self._path, LARGEST)
        except NotFound:
            return ""
        except TicklerError as error:
            why = error.bare.removeprefix(files.UNREAD)
            raise TicklerError(f"the text cannot be read: {why}") from error
        try:
            return typed.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = typed[: error.start].count(b"\n") + 1
            raise Unreadable(f"line {line}: this is not UTF-8; nothing was changed") from None

    def _remove(self) -> None:
        if self._place:
            shutil.rmtree(self._place.parent, ignore_errors=True)


def _open(path: Path, environment: Mapping[str, str]) -> None:
    command = _command(environment)
    # Ctrl+C in the editor is the editor's; an own handler, for one ignored is inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        raise TicklerError(
            f"the editor “{printable(command[0])}” cannot be started: {error.strerror}; "
            "EDITOR names another"
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise Refused(f"the editor ended with {code}: nothing was changed")


def _command(environment: Mapping[str, str]) -> list[str]:
    named = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    if not named:
        named = next((each for each in _USUAL if shutil.which(each)), "")
    try:
        words = shlex.split(named)
    except ValueError:
        raise Unreadable(f"EDITOR is “{printable(named)}”: a quote is missing") from None
    if not words:
        raise TicklerError("there is no editor: EDITOR names one, such as EDITOR=nano")
    return words
