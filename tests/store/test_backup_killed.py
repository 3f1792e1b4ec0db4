"""Killed at any instant: a backup is whole or not there, a restore leaves the old or the new."""

import os
import random
import shutil
import signal
import time

import pytest

from tests.long_runs import IS_LONG
from tickler.config.settings import Settings
from tickler.core.backups import Why
from tickler.core.dates.language import ENGLISH
from tickler.desk import Desk
from tickler.services import backups, clients, filing
from tickler.services.filing.file import NewDossier
from tickler.store import backup

SETTINGS = Settings(rep="Rep")
FEW, MANY = 5, 100 if IS_LONG else 30

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def fill(work, names):
    for name in names:
        filing.file.add(work, NewDossier(name), "fri", what="x" * 200)


@pytest.fixture
def states(desk, tmp_path):
    """A binder with twenty dossiers, and a backup from when it had ten."""
    desk.do(fill, [f"Client {n}" for n in range(10)])
    backup.make(desk.path, tmp_path / "copy.db")
    desk.do(fill, [f"Later {n}" for n in range(10)])
    desk.close()
    return desk.path, tmp_path / "copy.db"


def names_in(path):
    desk = Desk(path, SETTINGS)
    try:
        return {row.name for row in desk.see(clients.listing.listed)}
    finally:
        desk.close()


def killed(work, after):
    """Run `work` in a process of its own and kill it after so long; whether it had ended."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def duration(work):
    child, start = os.fork(), time.monotonic()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - start


@pytest.mark.parametrize(
    "tries", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_backup_that_is_killed_is_whole_or_not_there(states, tries):
    path, _ = states
    before = names_in(path)
    whole = 0

    def make():
        backups.make(path, SETTINGS.backup, Why.BY_HAND)

    takes = duration(make)
    chance = random.Random(1)
    for _ in range(tries):
        whole += killed(make, chance.uniform(0, takes * 1.1))
        for each in backups.checked(backups.listed(path, SETTINGS.backup)):
            assert each.inventory, each.fault
            assert each.inventory.dossiers == 20
    assert names_in(path) == before
    assert len(backups.listed(path, SETTINGS.backup)) >= min(whole, 1)


@pytest.mark.parametrize(
    "tries", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_restore_that_is_killed_leaves_the_old_binder_or_the_new_one(states, tries):
    path, copy = states
    old, new = names_in(path), {f"Client {n}" for n in range(10)}
    good = path.read_bytes()
    ended = [0, 0]

    def put_back():
        backups.restore(backups.plan_restore(copy, path, ENGLISH), SETTINGS)

    takes = duration(put_back)
    chance = random.Random(2)
    for _ in range(tries):
        for each in path.parent.glob("tickler.db*"):
            each.unlink()
        path.write_bytes(good)
        done = killed(put_back, chance.uniform(0, takes * 1.1))
        found = names_in(path)
        assert found == new or (found == old and not done)
        assert backup.check(path)
        ended[found == new] += 1
        kept = backups.listed(path, SETTINGS.backup)
        assert not done or kept
        for each in backups.checked(kept):
            assert each.inventory, each.fault
            assert each.inventory.dossiers == 20
        shutil.rmtree(path.parent / "tickler backups", ignore_errors=True)
    assert sum(ended) == tries
    assert tries < MANY or all(ended)  # some of each were tried


@pytest.mark.slow
def test_restores_and_backups_at_once_leave_one_sound_binder(states):
    path, copy = states

    def put_back():
        backups.restore(backups.plan_restore(copy, path, ENGLISH), SETTINGS)

    def make():
        backups.make(path, SETTINGS.backup)

    works = [put_back, make, put_back, make]
    children = []
    for work in works:
        child = os.fork()
        if not child:
            try:
                work()
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(works)
    assert names_in(path) == {f"Client {n}" for n in range(10)}
    kept = [*backups.checked(backups.listed(path, SETTINGS.backup))]
    assert len(kept) == len(works)
    assert all(each.inventory for each in kept)
    assert max(each.inventory.dossiers for each in kept) == 20
