"""Killed at any instant of any write: what was confirmed is there, and nothing is there in part."""

import itertools
import random

import pytest

from tests.faults import binder
from tests.faults.conftest import counts, without_journal
from tests.long_runs import many

#: What no undo takes back.
FOR_GOOD = {"forget", "undo"}

#: Of how long a write takes, the part in which most of the kills fall: before it reads alone.
LATE = 0.5
MOSTLY = 0.8

#: Of so many tries some must come in time.
MANY = 50


class Kills:
    """Kills writes, and counts how many, and how many of all were done nevertheless."""

    def __init__(self, machine, made, seed):
        self.machine, self.made, self.random = machine, made, random.Random(seed)
        self.done = self.killed = self.tried = 0
        self.known = {}

    def whole(self, name):
        """How many rows there are once the write is done, and how long it takes."""
        if name not in self.known:
            self.machine.take(self.made)
            ended = self.machine.does(*self.words(name))
            self.known[name] = counts(self.machine.rows()), ended.lived
        return self.known[name]

    def words(self, name):
        return [word.format(n=7) for word in binder.WRITES[name]]

    def kill(self, name):
        """Kill the write at some instant, most often after it has read, and look."""
        whole, lived = self.whole(name)
        late = self.random.random() < MOSTLY
        part = self.random.uniform(LATE, 1.1) if late else self.random.random()
        self.machine.take(self.made)
        before = self.machine.rows()
        ended = self.machine(*self.words(name), kill_after=part * lived)
        confirmed = ended.out.endswith("\n")
        assert ended.code in (0, -9), (name, ended)
        self.machine.does("today")
        found = self.machine.rows()
        is_done = counts(found) == whole and found != before
        assert is_done or found == before, f"{name} is there in part"
        assert is_done or not confirmed, f"{name} was confirmed and is not there: {ended.out}"
        if is_done and name not in FOR_GOOD:
            self.machine.does("undo", "--yes")
            assert without_journal(self.machine.rows()) == without_journal(before), name
        self.tried += 1
        self.done += is_done
        self.killed += ended.code == -9


@pytest.mark.parametrize("name", ["log", "import", "undo", "forget"])
def test_a_write_that_is_killed(machine, made, name):
    kills = Kills(machine, made, name)
    while kills.killed < 2:
        kills.kill(name)
        assert kills.tried < MANY


@pytest.mark.slow
def test_a_thousand_kills(machine, made):
    kills = Kills(machine, made, 1)
    names = itertools.cycle(binder.WRITES)
    while kills.killed < many(1000):
        kills.kill(next(names))
    print(f"{kills.tried} writes, {kills.killed} killed, {kills.done} done")
