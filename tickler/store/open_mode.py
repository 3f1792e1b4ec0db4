"""How a database file may be opened: to write, or, where the rights are missing, to read alone."""

import os
import stat
from pathlib import Path

#: Marks a file as tickler's in SQLite's own header (`PRAGMA application_id`): "tkl1".
APPLICATION_ID = 0x746B6C31

#: How long a writer waits for another one, in seconds.
PATIENCE = 20

#: Has SQLite's own check ask for a sound file alone: one value that cannot be read is the rep's to
#: repair, and takes no backup away.
VALUES_ASIDE = "PRAGMA ignore_check_constraints = ON"


def locked(path: Path) -> list[Path]:
    """The file and its folder, where this user may not write to them: SQLite has to, to both."""
    needed = {path: os.R_OK | os.W_OK, path.parent: os.W_OK | os.X_OK}
    return [each for each, what in needed.items() if not _may(each, what)]


def exposed(path: Path) -> str:
    """What to say of a binder that others can read or change, "" where it is its owner's alone."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""  # who opens it says why it cannot be
    if not stat.S_ISREG(mode) or not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return ""
    from shlex import quote  # noqa: PLC0415  # hardly ever wanted

    return f"others can read or change your binder: type chmod 600 {quote(str(path))}"


def writing(path: Path) -> str:
    """The address for SQLite to write to a file that is there."""
    return f"{path.resolve().as_uri()}?mode=rw"


def reading(path: Path) -> str:
    """The address for SQLite to read a file that is there.

    Reading needs the files next to it, too. Where they are missing and cannot be made, the file
    is read as one that nobody writes to: with all its changes in it, for none wait next to it.
    """
    real = path.resolve()
    alone = not real.with_name(f"{real.name}-wal").exists() and not _may(real.parent, os.W_OK)
    return f"{real.as_uri()}?mode=ro{'&immutable=1' * alone}"


def looking(path: Path) -> str:
    """The address to look into a file for a moment, which leaves nothing behind next to it."""
    real = path.resolve()
    beside = (real.with_name(f"{real.name}{end}") for end in ("-wal", "-shm", "-journal"))
    in_use = any(each.exists() for each in beside)
    return reading(path) if in_use else f"{real.as_uri()}?mode=ro&immutable=1"


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def path_of(address: str) -> Path:
    """The file that `--db` or TICKLER_DB names, behind all links: a path, or an sqlite URL."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return _behind_links(Path(address))
    if scheme == "sqlite":
        return _behind_links(Path(rest.removeprefix("/")))
    from tickler.errors import Unreadable  # noqa: PLC0415  # Tab does without

    raise Unreadable(f"a database of type “{scheme}” is not supported yet: give the path of a file")


def _behind_links(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        from tickler.errors import TicklerError  # noqa: PLC0415  # Tab does without

        raise TicklerError(f"cannot open the binder: {error}", path=path) from error
