"""A private copy is opened with the program that the system has for it."""

import os
import stat
import time

import pytest

from tickler.errors import TicklerError
from tickler.system import programs


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A folder that alone is looked through for programs, and a home."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")

    def have(script):
        program = folder / "xdg-open"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)

    return have


def write(to):
    to.write(b"content")


def test_a_private_copy_is_opened_with_the_systems_program(system, tmp_path):
    system(f'echo "$1" > {tmp_path}/asked')
    path = programs.open_copy("a/[b]:.txt", write)
    assert (tmp_path / "asked").read_text() == f"{path}\n"
    assert (path.name, path.read_bytes()) == ("a_[b]_.txt", b"content")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_without_a_program_it_says_where_the_copy_lies(system, tmp_path):
    with pytest.raises(TicklerError, match="no program here that opens files; a copy is in "):
        programs.open_copy("a.txt", write)
    system("exit 4")
    with pytest.raises(TicklerError, match=r"no program opens a\.txt here; a copy is in "):
        programs.open_copy("a.txt", write)
    assert len(list((tmp_path / "cache" / "tickler" / "opened").glob("*/a.txt"))) == 2


def test_old_copies_are_cleared_away(system):
    system("exit 0")
    old, new = (programs.open_copy("a.txt", write) for _ in range(2))
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old.parent, (long_ago, long_ago))
    programs.open_copy("a.txt", write)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_program_that_stays_is_not_waited_for(system, monkeypatch):
    monkeypatch.setattr(programs, "_SOON", 0.05)
    system("exec /bin/sleep 3")
    started = time.monotonic()
    programs.open_copy("a.txt", write)
    assert time.monotonic() - started < 2
