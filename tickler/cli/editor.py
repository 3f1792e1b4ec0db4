"""A text written in the editor that the person is used to."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tickler.cli import say
from tickler.errors import TicklerError, Unreadable


def edited(text: str, suffix: str, check: Callable[[str], object]) -> str | None:
    """What `text` was written over with in EDITOR; None where it was emptied.

    `check` raises Unreadable for a text that cannot be used: that is said, and the editor opened
    again with what was written. Raises TicklerError where there is no editor, or it failed, and
    the fault itself where the person gives up; what was written then stays in a file.
    """
    path = _kept(text, suffix)
    fault = _written_well(path, text, check)
    if fault is not None:
        raise type(fault)(f"{fault.sentence}; what you wrote is in {path}")
    written = _read(path)
    path.unlink()
    return written if written.strip() else None


def _written_well(path: Path, text: str, check: Callable[[str], object]) -> TicklerError | None:
    """Open the editor until the text can be used; the fault with which the person gave up."""
    while True:
        try:
            _open(path)
        except TicklerError as error:
            if _read_or(path, text) == text:
                path.unlink()
                raise
            return error
        try:
            written = _read(path)
            if written.strip():
                check(written)
        except Unreadable as fault:
            say.talk(f"tickler: {fault.sentence}")
            if not say.confirmed("Open it again?"):
                return fault
        else:
            return None


def _open(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(editor)
        code = subprocess.run([*words, str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise TicklerError(
            f"cannot start the editor “{editor}” (EDITOR names it): {error}"
        ) from error
    if code:
        raise TicklerError(f"the editor “{editor}” ended with {code}; nothing was changed")


def _kept(text: str, suffix: str) -> Path:
    """A file for its owner alone, to be written over."""
    try:
        number, name = tempfile.mkstemp(suffix, "tickler-")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise TicklerError(f"cannot write a file to edit: {error.strerror}") from error
    return Path(name)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("this is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise TicklerError(f"cannot read {path} again: {error.strerror}") from error


def _read_or(path: Path, text: str) -> str:
    try:
        return _read(path)
    except TicklerError:
        return text
