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
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.formats.mistakes import Mistaken, with_mistakes, without_mistakes
from tickler.system import files

R = TypeVar("R")

#: Where neither VISUAL nor EDITOR names one.
_USUAL = ("vi", "nano")


class EditorFile:
    """A text in a file for its owner alone, deleted at the end; kept where an error says so."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place: Path | None = None

    def __enter__(self) -> Self:
        try:
            handle, name = tempfile.mkstemp(prefix="tickler-", suffix=".toml")
            self._place = Path(name)
            with os.fdopen(handle, "wb") as file:
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
            now = self._path.read_bytes()
        except OSError:
            return False
        return bool(now.strip()) and now != self._text.encode("utf-8")

    def _typed(self) -> str:
        try:
            typed = self._path.read_bytes()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise TicklerError(f"the text cannot be read: {error.strerror}") from error
        try:
            return typed.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = typed[: error.start].count(b"\n") + 1
            raise Unreadable(f"line {line}: this is not UTF-8; nothing was changed") from None

    def _remove(self) -> None:
        if self._place:
            self._place.unlink(missing_ok=True)


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
