import io
import json
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tickler.cli import run
from tickler.config.settings import Settings
from tickler.desk import Desk

ROOT = Path(__file__).parents[2]
CONFIG = "TICKLER_CONFIG"


@dataclass(frozen=True)
class Answer:
    out: str
    err: str
    code: int

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def error(self):
        assert self.out == ""
        return json.loads(self.err)


@pytest.fixture
def binder(tmp_path, monkeypatch):
    """Where this test's binder will lie; there is none yet."""
    path = tmp_path / "binder" / "tickler.db"
    monkeypatch.setenv("TICKLER_DB", str(path))
    monkeypatch.setenv("TICKLER_TODAY", "2026-11-23")
    monkeypatch.setenv(CONFIG, "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return path


@pytest.fixture
def opened():
    """The desks that were handed to the terminal face."""
    return []


@pytest.fixture(scope="session")
def new_binder(tmp_path_factory):
    """A binder as the shell makes it for who has set nothing: making the tables takes longest."""
    made = Desk(tmp_path_factory.mktemp("new") / "new.db", Settings())
    made.do(lambda _work: None)
    made.close()
    return made.path


@pytest.fixture
def shell(binder, opened, capsys, new_binder):
    """Types a line as a person does, `tickler` left out; without a terminal."""

    def type_line(line, *more):
        capsys.readouterr()
        if line.startswith("add ") and not binder.parent.exists() and not os.environ[CONFIG]:
            binder.parent.mkdir(mode=0o700)
            shutil.copy(new_binder, binder)
        code = run([*shlex.split(line), *more], lambda desk, *_: opened.append(desk))
        said = capsys.readouterr()
        return Answer(said.out, said.err, code)

    return type_line


@pytest.fixture(scope="session")
def binders(tmp_path_factory):
    """Binders made by lines that were typed before, by the lines."""
    return tmp_path_factory.mktemp("binders"), {}


@pytest.fixture
def already(shell, binder, binders):
    """Types lines before the test begins; the binder they make is copied for who types the same."""
    folder, known = binders

    def type_them(*lines):
        if lines not in known:
            for line in lines:
                assert shell(line).code == 0, line
            known[lines] = shutil.copy(binder, folder / f"{len(known)}.db")
        else:
            binder.parent.mkdir(mode=0o700)
            shutil.copy(known[lines], binder)

    return type_them


@pytest.fixture
def answers(monkeypatch):
    """A person at the terminal, who types these lines when asked: `answers("y", "fri")`."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def type_them(*lines):
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    return type_them


@pytest.fixture
def environment(binder):
    """What a `tickler` in a process of its own is started with."""
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}


@pytest.fixture
def program():
    return [sys.executable, "-m", "tickler"]
