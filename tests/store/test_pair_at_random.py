"""Whatever is done to a file and its log: what was confirmed is in the binder or in a named file.

A ledger of its own knows what was confirmed and what was deleted by the very hand that replaced a
file: the bytes that it wrote over, or a log that nobody had open.
"""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.long_runs import many
from tests.store.program import Program, add, names, poll, rest
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.errors import TicklerError
from tickler.store import gate

STEPS = 14


class Ledger:
    """One binder, what is done to it, and what must be found in the end."""

    def __init__(self, folder, seed):
        self.chance = random.Random(seed)
        self.folder = folder / f"binder {seed}"
        self.aside = folder / f"versions {seed}"
        self.aside.mkdir()
        self.path = self.folder / "tickler.db"
        self.programs, self.told, self.done = [], [], []
        self.confirmed, self.excused, self.versions = set(), set(), []
        self.is_open = False  # whether a program has the file open that lies there
        self.shell()
        self.keep_version()
        other = self.aside / "other.db"
        desk = Desk(other, Settings(rep="Rep"))
        add(desk, "Another binder")
        desk.close()
        self.versions.append(other)

    def play(self):
        """Some steps, then everything is closed and looked for."""
        steps = [self.start, self.ask, self.shell, self.put] * 2
        steps += [self.ask, self.rest, self.kill, self.leave, self.keep_version, self.lose_log]
        for _ in range(STEPS):
            step = self.chance.choice(steps)
            self.done.append(step.__name__)
            step()
        while self.programs:
            self.chance.choice([self.kill, self.leave])()
        self.shell()
        missing = self.confirmed - self.excused - self.found()
        assert not missing, (missing, self.done, self.told, self.folder)

    def start(self):
        if len(self.programs) < 2:
            self.programs.append(Program(self.path))
            self.of_program(self.programs[-1], names)

    def ask(self):
        if not self.programs:
            self.start()
        self.add(lambda name: self.of_program(self.chance.choice(self.programs), add, name))

    def shell(self):
        def run(name):
            desk = Desk(self.path, Settings(rep="Rep"))
            try:
                return add(desk, name)
            except TicklerError as error:
                return error
            finally:
                desk.close()
                self.told += desk.notices()

        self.add(run)

    def add(self, do):
        name = f"Client {len(self.done)} {self.chance.randrange(10**9)}"
        answer = do(name)
        if isinstance(answer, TicklerError):
            self.done.append(answer.sentence)
        else:
            self.confirmed.add(name)

    def of_program(self, program, do, *about):
        answer = program.ask(do, *about)
        self.is_open |= not isinstance(answer, TicklerError)
        self.told += program.told
        program.told = []
        return answer

    def rest(self):
        if self.programs and self.path.with_name("tickler.db-wal").exists():
            self.of_program(self.chance.choice(self.programs), rest)

    def polled(self):
        for program in self.programs:
            self.of_program(program, poll)

    def kill(self):
        self.polled()
        if self.programs:
            self.programs.pop(self.chance.randrange(len(self.programs))).kill()
            self.is_open &= bool(self.programs)

    def leave(self):
        if self.programs:
            program = self.programs.pop(self.chance.randrange(len(self.programs)))
            program.quit()
            self.told += program.told
            self.is_open &= bool(self.programs)

    def keep_version(self):
        self.versions.append(self.aside / f"{len(self.versions)}.db")
        shutil.copy(self.path, self.versions[-1])

    def put(self):
        """As a sync program does it, or `cp`: the version that was there is gone."""
        source = self.chance.choice(self.versions)
        self.keep_version()
        present = set(clients(self.versions[-1]))
        if self.chance.random() < 0.5:
            self.done.append(f"rename {source.name}")
            part = self.folder / "download.part"
            shutil.copy(source, part)
            part.replace(self.path)
            if not self.is_open:
                self.excused |= present
        else:
            self.done.append(f"over {source.name}")
            with source.open("rb") as read, self.path.open("r+b") as file:
                file.truncate(0)
                shutil.copyfileobj(read, file)
            self.excused |= present
        self.is_open = False
        if self.chance.random() < 0.6:
            self.polled()

    def lose_log(self):
        """Somebody deletes what is next to the file; a program that has it open notices."""
        ends = self.chance.choice([["-wal"], ["-shm"], ["-wal", "-shm"]])
        if not self.programs and "-wal" in ends:
            self.keep_version()
            self.excused |= self.confirmed - set(clients(self.versions[-1]))
        for end in ends:
            self.path.with_name(f"tickler.db{end}").unlink(missing_ok=True)
        self.polled()

    def found(self):
        """Every client in the binder, and in the files that were named."""
        found = set(clients(self.path))
        for each in self.folder.iterdir():
            if not any(each.name in said for said in self.told):
                continue
            for version in [None] if each.name.endswith(".db") else self.versions:
                found |= set(clients(version or each, each if version else None))
        return found


def clients(path, log=None):
    """The clients in a file alone, or with a log on it: none where the two do not fit."""
    copy = path.with_name("looked-at.db")
    shutil.copy(path, copy)
    if log:
        shutil.copy(log, f"{copy}-wal")
    try:
        with closing(sqlite3.connect(copy)) as file:
            if log and file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return []
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return [name for (name,) in file.execute("SELECT name FROM dossier")]
    except sqlite3.Error:
        if not log:
            raise
        return []
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)


def play(tmp_path, monkeypatch, seeds):
    monkeypatch.setattr(gate, "_SETTLED", 30_000_000)
    monkeypatch.setattr(gate, "PATIENCE", 0.6)
    for seed in seeds:
        ledger = Ledger(tmp_path, seed)
        try:
            ledger.play()
        finally:
            for program in ledger.programs:
                program.kill()
        shutil.rmtree(ledger.folder)
        shutil.rmtree(ledger.aside)


def test_what_was_confirmed_is_found(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, range(1))


@pytest.mark.slow
def test_what_was_confirmed_is_found_in_three_hundred_stories(tmp_path, monkeypatch):
    play(tmp_path, monkeypatch, range(1, many(300)))
