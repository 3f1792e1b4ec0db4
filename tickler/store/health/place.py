"""Where the file is: its rights, its folder, and the file system underneath."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from tickler.store import open_mode
from tickler.store.health.finding import Finding

#: File systems over a network: SQLite's locks and shared memory do not hold there.
_NETWORK = {
    "9p", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
    "smb3", "smbfs", "vboxsf", "virtiofs",
}  # fmt: skip

#: Where Linux says what is mounted.
MOUNTS = Path("/proc/mounts")

#: With less left on the disk the next backup or update may not find room, in bytes.
_ROOM = 50 * 1024 * 1024


def file(path: Path) -> Iterator[Finding]:
    """Whether it may be written to."""
    locked = " ".join(quote(str(each)) for each in open_mode.locked(path))
    text = f"it cannot be written to ({path})" if locked else str(path)
    todo = f"give yourself the right to write: chmod u+rwX {locked}" if locked else ""
    yield Finding("file", not locked, text, todo)


def unreachable(path: Path, error: OSError) -> Finding:
    """That it cannot even be looked for."""
    text = f"it cannot be opened: {error.strerror} ({path})"
    todo = f"give yourself the right to enter the folder: chmod u+rwx {quote(str(path.parent))}"
    return Finding("file", False, text, todo)


def private(path: Path) -> Iterator[Finding]:
    """Whether it is its owner's alone, and its folder in nobody else's hands."""
    found = {each: each.stat() for each in (path, *leftovers(path))}
    open_to_others = [quote(str(each)) for each, status in found.items() if status.st_mode & 0o077]
    foreign = [quote(str(each)) for each, status in found.items() if status.st_uid != os.getuid()]
    if open_to_others:
        named = " ".join(open_to_others)
        text = f"others can read or change it ({named})"
        yield Finding("private", False, text, f"chmod 600 {named}")
    elif foreign:
        named = " ".join(foreign)
        text = f"it belongs to another user ({named})"
        yield Finding("private", False, text, f"sudo chown $USER {named}")
    else:
        mode = stat.S_IMODE(found[path].st_mode)
        yield Finding("private", True, f"for its owner alone ({mode:04o})")
    yield from may_be_changed("folder", path.parent)


def may_be_changed(about: str, place: Path) -> Iterator[Finding]:
    """A finding where others can change what is there, or put something in its place."""
    mode = mode_of(place)
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
        text = f"others can change or replace what is there ({place})"
        yield Finding(about, False, text, f"chmod go-w {quote(str(place))}")


def mode_of(path: Path) -> int:
    """The rights of a file or folder; none where there is none, or it cannot be seen."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def beside(path: Path) -> Iterator[Finding]:
    """SQLite's files next to it must be as open to its owner, or nothing can be written."""
    needed = path.stat().st_mode & (stat.S_IRUSR | stat.S_IWUSR)
    locked = [quote(str(each)) for each in leftovers(path) if needed & ~each.stat().st_mode]
    if locked:
        named = " ".join(locked)
        text = f"what SQLite keeps there may not be written to; that locks the binder ({named})"
        yield Finding("beside", False, text, f"chmod u+rw {named}")


def leftovers(path: Path) -> list[Path]:
    """What SQLite keeps next to the file while it is open."""
    named = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    return [each for each in named if each.exists()]


def system(path: Path) -> Iterator[Finding]:
    """Whether the file system can be relied upon: local, one name for the file, and room."""
    kind = _file_system(path)
    names = path.stat().st_nlink
    left = shutil.disk_usage(path.parent).free
    if kind in _NETWORK:
        text = f"the binder is on a network drive ({kind}): two computers can destroy it together"
        todo = "keep it on this computer; tickler export and handover take it elsewhere"
        yield Finding("file system", False, text, todo)
    if names > 1:
        text = f"the file has {names} names (hard links): what is written by one, another can undo"
        todo = f"copy it and use the copy: tickler backup, or find it: find / -samefile {path}"
        yield Finding("file system", False, text, todo)
    if left < _ROOM + path.stat().st_size:
        text = (
            f"{left // 1024 // 1024} MB are left on the disk: too little for a copy of the binder"
        )
        yield Finding("file system", False, text, "make room")


def _file_system(path: Path) -> str:
    """The type of the file system that a path is on; "" where the platform does not say."""
    try:
        mounts = [line.split(" ") for line in MOUNTS.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    found = [
        (len(place), number, each[2])
        for number, each in enumerate(mounts)
        if len(each) > 2 and path.is_relative_to(place := _written_out(each[1]))
    ]
    return max(found)[2] if found else ""


def _written_out(mounted: str) -> str:
    """A path in /proc/mounts, in which blanks and the like are octal."""
    for code in ("040", "011", "012", "134"):
        mounted = mounted.replace(f"\\{code}", chr(int(code, 8)))
    return mounted
