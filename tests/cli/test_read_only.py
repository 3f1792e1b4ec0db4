"""A binder that may be read and not written to is read, and says why nothing is written."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from shlex import quote

import pytest

NOBODY = 65534

READING = ("list", "doctor --json")
WRITING = ("add Bauer", "move acme mon", "undo")


@pytest.fixture
def path(shell, monkeypatch):
    """A binder in a folder that others may reach, with ACME on Friday."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    kept = folder / "tickler.db"
    # Nobody may not load what the verbs need, so they run once before; undo leaves ACME alone.
    for line in ("add ACME fri", *READING, *WRITING, "undo"):
        shell(f"--db {quote(str(kept))} {line}")
    yield kept
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def lock(path):
    """Locks the binder, file and folder by their modes; root, who may all, is nobody then."""
    user = os.geteuid()

    def lock_it(of_file, of_folder):
        if user == 0:
            for each in (path.parent, *path.parent.iterdir()):
                os.chown(each, NOBODY, NOBODY)
        path.chmod(of_file)
        path.parent.chmod(of_folder)
        if user == 0:
            os.seteuid(NOBODY)

    yield lock_it
    os.seteuid(user)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("of_file", "of_folder", "locked"),
    [
        pytest.param(0o400, 0o700, lambda path: [path], id="file"),
        pytest.param(0o600, 0o500, lambda path: [path.parent], id="folder"),
        pytest.param(0o400, 0o500, lambda path: [path, path.parent], id="both"),
    ],
)
def test_what_may_not_be_written_to_is_read(shell, path, lock, of_file, of_folder, locked):
    lock(of_file, of_folder)
    for _ in range(2):  # the first look may leave files next to it
        listed = shell(f"--db {quote(str(path))} list")
        assert (listed.out, listed.err, listed.code) == ("Fri 2026-11-27  ACME  1\n", "", 0)
    tried = shell(f"--db {quote(str(path))} move acme mon --dry-run")
    assert tried.out.startswith("would: ACME → Mon 30 November")
    for line in WRITING:
        answer = shell(f"--db {quote(str(path))} {line}")
        assert (answer.out, answer.code) == ("", 5)
        assert answer.err.startswith(
            "tickler: the binder may not be written to; nothing was changed; "
            "run `tickler doctor` to check the file ("
        )
        assert answer.err.endswith(f"/{path.name})\n")  # a long path is shortened
    checks = {
        check["about"]: check
        for check in shell(f"--db {quote(str(path))} doctor --json").json["checks"]
    }
    named = " ".join(quote(str(each)) for each in locked(path))
    todo = f"give yourself the right to write: chmod u+rwX {named}"
    assert (checks["file"]["ok"], checks["file"]["todo"]) == (False, todo)
    assert checks["search"]["ok"]


@pytest.mark.slow
def test_what_still_waits_beside_the_file_is_read_too(shell, path, lock):
    with contextlib.closing(sqlite3.connect(path)) as other:
        with other:
            other.execute("UPDATE dossier SET next_on = '2026-11-30'")
        lock(0o400, 0o500)
        assert shell(f"--db {quote(str(path))} list").out == "Mon 2026-11-30  ACME  1\n"
