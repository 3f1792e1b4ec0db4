"""Commands as real processes on real files, and what a binder has in it, read without tickler."""

import contextlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tests.faults import binder

ROOT = Path(__file__).parents[2]

#: What undo does not take back: the journal itself, numbers once given, and the bytes of files,
#: which stay for redo.
BESIDE = {"change", "change_row", "sqlite_sequence", "content", "content_part"}


@dataclass(frozen=True)
class Ended:
    """What a process said, its exit code (below zero: the signal that ended it) and its seconds."""

    code: int
    out: str
    err: str
    lived: float


class Server:
    """The process that forks the others."""

    def __init__(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        environment = inherited | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "tests.faults.server"]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environment)
        assert self._answer() == "ready"

    def _answer(self):
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def run(self, order):
        """The exit code of a command, and how many seconds it took."""
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self._process.communicate(timeout=20) == ("", None)
        assert self._process.returncode == 0


class Machine:
    """Runs commands of tickler on one binder, each in a process of its own."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.path = folder / "binder" / "tickler.db"
        self.environment = {
            "HOME": str(folder / "home"),
            "TICKLER_CONFIG": "",
            "TICKLER_DB": str(self.path),
            "TICKLER_TODAY": "2026-11-23",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        (folder / "home").mkdir()
        #: What is said goes elsewhere: the folder may be on a disk that is full.
        self.said = Path(tempfile.mkdtemp())
        self._server = server

    def __call__(
        self, *words, kill_after=None, typed="", limits=(), stdout=None, **environment
    ) -> Ended:
        """Run one command; `kill_after` so many seconds with SIGKILL."""
        said = {name: self.said / name for name in ("stdin", "stdout", "stderr")}
        for path in said.values():
            path.write_bytes(b"")
        said["stdin"].write_text(typed, "utf-8")
        if stdout is not None:
            said["stdout"] = stdout
        order = {
            "words": [*map(str, words)],
            "folder": str(self.folder),
            "kill_after": kill_after,
            "limits": dict(limits),
            "environment": self.environment | environment,
        }
        paths = {name: str(path) for name, path in said.items()}
        code, lived = self._server.run(order | paths)
        said["stdout"] = self.said / "stdout"
        out, err = (said[n].read_text("utf-8", "replace") for n in ("stdout", "stderr"))
        assert "Traceback" not in err, f"{words}: {err}"
        return Ended(code, out, err, lived)

    def does(self, *words, **options) -> Ended:
        """Run a command that must do what it says."""
        ended = self(*words, **options)
        assert ended.code == 0, f"{words}: {ended.err}"
        return ended

    def take(self, other: "Machine") -> None:
        """Put the binder of another machine in the place of this one's."""
        shutil.rmtree(self.path.parent, ignore_errors=True)
        shutil.copytree(other.path.parent, self.path.parent)
        binder.write_files(self.folder)

    @contextlib.contextmanager
    def _copied(self):
        """The binder with its log, copied: looking at it must not mend it."""
        copy = self.said / "looked-at"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.path.parent, copy)
        with contextlib.closing(sqlite3.connect(copy / self.path.name)) as file:
            yield file

    def rows(self):
        """All that the tables have, by table, without what search keeps of them."""
        with self._copied() as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            named = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
            tables = [name for name, sql in file.execute(named) if "_text" not in name]
            return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def without_journal(rows):
    """The rows that undo gives back."""
    return {name: each for name, each in rows.items() if name not in BESIDE}


def counts(rows):
    return Counter({name: len(each) for name, each in rows.items()})


@pytest.fixture(scope="session")
def server():
    process = Server()
    yield process
    process.close()


@pytest.fixture(scope="session")
def made(server, tmp_path_factory):
    """A machine whose binder has something of everything."""
    machine = Machine(tmp_path_factory.mktemp("made"), server)
    binder.fill(machine)
    return machine


@pytest.fixture
def machine(made, server, tmp_path):
    """A machine of one's own with such a binder."""
    own = Machine(tmp_path, server)
    own.take(made)
    return own
