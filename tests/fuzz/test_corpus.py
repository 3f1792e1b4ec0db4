"""Every input that is known is taken, or refused with a sentence: those that once were not, too."""

import contextlib
import os
from pathlib import Path

import pytest

from tests.fuzz.corpus import DATA, seeds_of
from tests.fuzz.targets import TARGETS
from tickler.errors import TicklerError

#: Each of their inputs costs a command, or a process.
COSTLY = {"arguments": 40, "dates": 4, "packages": 4}


@pytest.fixture
def surroundings():
    """What the shell of the fuzzer changes is as it was, afterwards."""
    kept, here = dict(os.environ), Path.cwd()
    yield
    os.chdir(here)
    os.environ.clear()
    os.environ |= kept


def taken(name, inputs):
    for data in inputs:
        with contextlib.suppress(TicklerError):
            TARGETS[name](data)


@pytest.mark.every(3)
@pytest.mark.parametrize("name", TARGETS)
def test_what_is_known_is_taken_or_refused(name, surroundings):
    inputs = seeds_of(name)
    assert len(inputs) > 1
    taken(name, inputs[:: COSTLY.get(name, 1)])


@pytest.mark.slow
@pytest.mark.parametrize("name", COSTLY)
def test_so_are_those_that_cost_more(name, surroundings):
    taken(name, seeds_of(name))


def test_inputs_are_those_of_a_target_and_small():
    assert {path.stem for path in DATA.iterdir()} == {*TARGETS}
    assert all(path.stat().st_size < 10_000 for path in DATA.rglob("*"))
