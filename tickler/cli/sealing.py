"""Encrypted files at the shell: for whom one is written, and what opens one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import say
from tickler.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tickler.system.sealed import Seal

WithPassphrase = Annotated[
    bool, typer.Option("--passphrase", help="Encrypt it with a passphrase, which is asked for.")
]
ForKeys = Annotated[
    list[str] | None,
    typer.Option(
        "--for", metavar="KEY|FILE", help="Encrypt it for this key: age1…, ssh-…, or a file of it."
    ),
]
WithKey = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The key that opens it, where it is encrypted."),
]

#: Where a script has the passphrase: the variable itself, or the number of a file to read.
_VARIABLE, _DESCRIPTOR = "TICKLER_PASSPHRASE", "TICKLER_PASSPHRASE_FD"

#: No passphrase is longer, in bytes.
_LONGEST = 10_000


def seal_of(path: Path, *, passphrase: bool, keys: Sequence[str] | None) -> Seal | None:
    """How a file is to be encrypted; None where neither an option nor its name asks for that.

    Raises Unreadable where both do, and where no passphrase can be had.
    """
    if passphrase and keys:
        raise Unreadable("--passphrase and --for: give one of them")
    if keys:
        return system.sealed.recipients(keys)
    if passphrase or system.sealed.is_named(path):
        return system.sealed.Seal(passphrase=_new_passphrase())
    return None


def opened(ctx: typer.Context, path: Path, key: Path | None) -> Path:
    """The file, or what an encrypted one has in it, as long as the command runs.

    It is opened by the key of that file, or by a passphrase that is asked for.
    """
    if not system.sealed.is_sealed(path):
        return path
    opener = system.sealed.Opener(lambda: _given() or _asked("Passphrase:"), key)
    return ctx.with_resource(system.sealed.opened(path, opener))


def _new_passphrase() -> str:
    if given := _given():
        return given
    typed = _asked("Passphrase, which nobody can recover:")
    if _asked("The same again:") != typed:
        raise Unreadable("the two passphrases differ; nothing was written")
    return typed


def _asked(question: str) -> str:
    if not say.can_ask():
        raise Unreadable(
            f"a passphrase is needed: {_VARIABLE} has it, or {_DESCRIPTOR} names an open file"
        )
    return _checked(say.hidden_answer(question), "the passphrase")


def _given() -> str:
    """The passphrase of a script, "" where none is set."""
    if (given := os.environ.get(_VARIABLE)) is not None:
        return _checked(given, _VARIABLE)
    if (number := os.environ.get(_DESCRIPTOR)) is None:
        return ""
    try:
        with open(int(number), "rb", closefd=False) as file:  # it has no path
            line = file.readline(_LONGEST)
        return _checked(line.decode().rstrip("\r\n"), _DESCRIPTOR)
    except UnicodeDecodeError as error:
        raise Unreadable(f"what {_DESCRIPTOR} names is not UTF-8") from error
    except (ValueError, OSError) as error:
        raise Unreadable(f"{_DESCRIPTOR} is “{number}”; it takes the number of an open file") from (
            error
        )


def _checked(typed: str, where: str) -> str:
    if not typed:
        raise Unreadable(f"{where} is empty")
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(f"{where} is not UTF-8") from error
    return typed
