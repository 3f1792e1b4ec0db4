"""Encrypted files in the format of age: what leaves the machine, or comes from elsewhere.

`age` itself opens them, and its files are read: https://age-encryption.org/v1.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.system import files

if TYPE_CHECKING:
    from pyrage import ssh, x25519

R = TypeVar("R")

ENDING = ".age"

#: How the folders are called in which something lies open for a moment.
_OPEN = "tickler-open-"

_NO_PLACE = "there is no temporary folder to encrypt or decrypt in"

_MAGIC, _ARMOUR = b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----"
_BY_PASSPHRASE = b"-> scrypt "

#: With a passphrase all is in memory at once; with a key nothing is.
_MOST_IN_MEMORY = 2**29

#: No file of keys is longer.
_MOST_KEYS = 100_000


@dataclass(frozen=True, slots=True)
class Seal:
    """For whom a file is encrypted: who knows the passphrase, or has a key of one of those."""

    passphrase: str = ""
    recipients: Sequence[x25519.Recipient | ssh.Recipient] = ()


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens encrypted files: asks for the passphrase, or has keys from a file."""

    ask: Callable[[], str]
    key: Path | None = None


def named(path: Path) -> Path:
    """The name with the ending of encrypted files."""
    return path if is_named(path) else path.with_name(f"{path.name}{ENDING}")


def is_named(path: Path) -> bool:
    """Whether a file is called as encrypted ones are."""
    return path.suffix.lower() == ENDING


def is_sealed(path: Path) -> bool:
    """Whether there is a file that is encrypted, whatever it is called."""
    try:
        return path.is_file() and _first(path).startswith((_MAGIC, _ARMOUR))
    except (OSError, ValueError, RuntimeError):
        return False


def recipients(named: Sequence[str]) -> Seal:
    """Those for whom keys were named: `age1…`, the text of an ssh key, or a file that has some.

    Raises Unreadable for what is no such key, NotFound without the file.
    """
    found = [key for each in named for key in _keys_of(each)]
    if not found:
        raise Unreadable("for whom? there is no key in that file")
    return Seal(recipients=found)


def save(path: Path, write: Callable[[BinaryIO], R], seal: Seal, *, force: bool = False) -> R:
    """As `files.save`, encrypted; what `write` writes is in no file that has a name."""
    try:
        with tempfile.TemporaryFile(dir=_base()) as plain:
            written = write(plain)
            size = plain.tell()
            plain.seek(0)
            files.save(path, lambda to: _encrypt(plain, size, to, seal, path), force=force)
    except OSError as error:
        raise TicklerError(f"cannot encrypt: {files.reason(error)}", path=path) from error
    return written


def save_as(path: Path, write: Callable[[Path], R], seal: Seal, *, force: bool = False) -> R:
    """As `files.save_as`, encrypted; what `write` writes lies in a private folder until then."""
    with _folder() as folder:
        plain = folder / path.name.removesuffix(ENDING)
        written = write(plain)
        with plain.open("rb") as source:
            size = plain.stat().st_size
            files.save(path, lambda to: _encrypt(source, size, to, seal, path), force=force)
    return written


@contextlib.contextmanager
def opened(path: Path, opener: Opener) -> Iterator[Path]:
    """What an encrypted file has in it, in a private folder while it is used.

    Raises Unreadable where the passphrase or the key is wrong, or the file is damaged. A fault of
    what is in it is told of the encrypted file, which is the one that the rep knows.
    """
    with _folder() as folder:
        plain = folder / (path.name.removesuffix(ENDING) or "open")
        files.save(plain, lambda to: _decrypt(path, to, opener))
        try:
            yield plain
        except TicklerError as error:
            error.say_instead(plain, path)
            raise


def sweep() -> None:
    """Remove what was left open by who was killed."""
    for folder in _base().glob(f"{_OPEN}*"):
        with contextlib.suppress(OSError):
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if os.fstat(held).st_uid == os.getuid():
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
            finally:
                os.close(held)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for its owner alone, in memory where there is such a place; gone afterwards."""
    sweep()
    while True:
        try:
            folder = Path(tempfile.mkdtemp(prefix=_OPEN, dir=_base()))
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise TicklerError(f"{_NO_PLACE}: {files.reason(error)}") from error
        fcntl.flock(held, fcntl.LOCK_EX)
        if folder.exists():
            break
        os.close(held)  # before it was locked, another program took it for one that was left
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _base() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:  # not one of its places can be written to
        raise TicklerError(f"{_NO_PLACE}: {files.reason(error)}") from error


def _encrypt(source: BinaryIO, size: int, to: BinaryIO, seal: Seal, path: Path) -> None:
    import pyrage  # noqa: PLC0415  # only where something is encrypted

    try:
        if seal.recipients:
            pyrage.encrypt_io(source, to, seal.recipients)
            return
        _refuse_huge(size, path)
        to.write(pyrage.passphrase.encrypt(source.read(), seal.passphrase))
    except pyrage.EncryptError as error:
        raise TicklerError(f"cannot write the file: {error}", path=path) from error


def _decrypt(path: Path, to: BinaryIO, opener: Opener) -> None:
    import pyrage  # noqa: PLC0415  # as above

    by_passphrase = _is_by_passphrase(path)
    if by_passphrase and opener.key:
        raise Unreadable("this file is not encrypted for a key: it has a passphrase", path=path)
    try:
        with path.open("rb") as source:
            if by_passphrase:
                _refuse_huge(path.stat().st_size, path)
                typed = opener.ask()
                to.write(pyrage.passphrase.decrypt(source.read(), typed))
            elif opener.key is None:
                raise Unreadable("this file is encrypted for a key", hint=Hint.KEY, path=path)
            else:
                pyrage.decrypt_io(source, to, _identities(opener.key))
    except pyrage.DecryptError as error:
        said = str(error)
        if by_passphrase and "Decryption failed" in said:
            raise Unreadable("the passphrase is wrong", path=path) from error
        if "No matching keys" in said:
            raise Unreadable("the key does not open this file", path=path) from error
        raise Unreadable(f"the encrypted file is damaged: {said}", path=path) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Unreadable(f"the encrypted file is damaged: {error}", path=path) from error


def _refuse_huge(size: int, path: Path) -> None:
    if size > _MOST_IN_MEMORY:
        raise Refused("the file is too large for a passphrase; for a key it is not", path=path)


def _first(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(500)


def _is_by_passphrase(path: Path) -> bool:
    first = _first(path)
    if first.startswith(_ARMOUR):
        body = b"".join(first.splitlines()[1:4])
        first = base64.b64decode(body[: len(body) // 4 * 4] + b"====")
    return first.removeprefix(_MAGIC).startswith(_BY_PASSPHRASE)


def _keys_of(named: str) -> Iterator[x25519.Recipient | ssh.Recipient]:
    from pyrage import RecipientError, ssh, x25519  # noqa: PLC0415  # as above

    is_key = named.strip().startswith(("age1", "ssh-"))
    text = named if is_key else files.text_of(Path(named), _MOST_KEYS)
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        kind = x25519 if line.startswith("age1") else ssh
        try:
            yield kind.Recipient.from_str(line)
        except RecipientError as error:
            said = "this is not a key to encrypt for: age1… or an ssh key of type ed25519 or rsa"
            raise Unreadable(said, path=None if is_key else Path(named)) from error


def _identities(path: Path) -> list[x25519.Identity | ssh.Identity]:
    from pyrage import IdentityError, ssh, x25519  # noqa: PLC0415  # as above

    text = files.text_of(path, _MOST_KEYS)
    try:
        if "PRIVATE KEY-----" in text:
            return [ssh.Identity.from_buffer(text.encode())]
        lines = [line.strip() for line in text.splitlines()]
        if any(line.startswith(("age1", "ssh-")) for line in lines):
            said = "this is a key to encrypt for; what opens a file is the secret key to it"
            raise Unreadable(said, path=path)
        found = [x25519.Identity.from_str(each) for each in lines if each and each[0] != "#"]
    except IdentityError as error:
        said = f"this key cannot be used: {error}"
        raise Unreadable(said, path=path) from error
    if not found:
        raise NotFound("there is no key in this file", path=path)
    return list(found)
