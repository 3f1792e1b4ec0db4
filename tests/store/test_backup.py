"""Backups: a sound copy of the binder as it was, made while others write."""

import os
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from tickler.config.settings import Settings
from tickler.core.backups import BackupRule, Why
from tickler.errors import Hint, TicklerError, Unreadable
from tickler.services import backups, clients, filing
from tickler.services.filing.file import NewDossier
from tickler.store import backup, daily


def test_a_backup_is_one_sound_file_that_has_what_is_still_in_the_log(desk, add, tmp_path):
    add("ACME", "fri")
    add("Bauer", "mon")
    assert desk.path.with_name("tickler.db-wal").stat().st_size  # not in the file itself yet
    target = tmp_path / "there" / "copy.db"
    target.parent.mkdir()
    made = backup.make(desk.path, target)
    assert (made.dossiers, made.reps) == (2, ("Rep",))
    assert [each.name for each in target.parent.iterdir()] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes()[18:20] == b"\1\1"  # no log: also where tickler does not read it
    target.parent.chmod(0o500)  # it can be read where nothing can be written
    try:
        assert backup.check(target) == made
        assert [each.name for each in target.parent.iterdir()] == ["copy.db"]
    finally:
        target.parent.chmod(0o700)


def test_writers_go_on_while_a_backup_is_made_and_are_not_in_it(desk, add, tmp_path, monkeypatch):
    add("ACME", "fri")
    monkeypatch.setattr(backup, "PAGES", 10)
    steps = []

    def step(done):
        steps.append(done)
        if len(steps) < 4:
            desk.do(filing.file.add, NewDossier(f"Client {len(steps)}"), "fri")

    made = backup.make(desk.path, tmp_path / "copy.db", step)
    assert steps == sorted(steps)  # it did not begin again
    assert made.dossiers == 1
    assert len(desk.see(clients.listing.listed)) == 4


def test_a_copy_that_lacks_something_gets_no_name(desk, add, tmp_path):
    add("ACME", "fri")

    def lose(_):
        (part,) = tmp_path.glob(".tickler-*")
        with closing(sqlite3.connect(part)) as file:
            for table in ("dossier", "change_row"):
                file.execute(f"DELETE FROM {table}")
            file.commit()

    with pytest.raises(TicklerError, match="the copy is not what the binder is"):
        backup.make(desk.path, tmp_path / "copy.db", lose)
    assert [each.name for each in tmp_path.iterdir()] == ["binder"]


def test_a_copy_that_is_not_sound_gets_no_name(desk, add, tmp_path):
    add("ACME", "fri")
    desk.close()
    with closing(sqlite3.connect(desk.path)) as file:
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry'").fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    with desk.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 64)
    with pytest.raises(TicklerError, match=r"malformed|damaged"):
        backup.make(desk.path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert [each.name for each in tmp_path.iterdir()] == ["binder"]


def spoil(desk, statement):
    desk.close()
    with closing(sqlite3.connect(desk.path)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("PRAGMA writable_schema = ON")
        file.execute(statement)
        file.commit()


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rep SET name = CAST(x'45ff61' AS TEXT)",
        "UPDATE rep SET name = x'45ff61'",
        "UPDATE change SET at = 'yesterday' WHERE id = 1",
        "UPDATE change SET at = x'ff' WHERE id = 1",
        "UPDATE change SET at = 7 WHERE id = 1",
        "UPDATE dossier SET status = 'nonsense' WHERE id = 1",
        "UPDATE dossier SET next_on = 'banana', next_at = CAST(x'ff' AS TEXT) WHERE id = 1",
        "UPDATE card SET fields = '{' WHERE id = 1",
        "UPDATE dossier SET card_id = 77 WHERE id = 1",
    ],
)
def test_one_value_that_cannot_be_read_is_not_the_end_of_backups(desk, add, tmp_path, statement):
    add("ACME", "fri")
    add("Bauer", "fri")
    last = backup.look(desk.path).last_at
    spoil(desk, statement)
    made = backup.make(desk.path, tmp_path / "copy.db")
    assert (made.dossiers, made.last_at) == (2, last)


def test_a_binder_that_gets_no_backup_is_named_and_not_its_copy(desk, add, tmp_path):
    add("ACME", "fri")
    spoil(desk, "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'ix_dossier_card_id'")
    with pytest.raises(Unreadable, match="no backup was made: the file is damaged") as refused:
        backup.make(desk.path, tmp_path / "copy.db")
    assert ".tickler-" not in refused.value.sentence
    assert refused.value.hint is Hint.DOCTOR


def backups_of(desk):
    rule = desk.settings.backup
    return [each.why for each in backups.listed(desk.path, rule)]


@pytest.fixture
def begin(desk, add, clock):
    """Begins the backup of the day, as the end of each command does."""
    add("ACME", "fri")

    def begin_one():
        return daily.begin(desk.path, desk.uid, desk.settings.backup, clock())

    return begin_one


def test_a_backup_is_made_once_a_day(desk, begin, clock):
    make, fault = begin()
    assert fault == ""
    assert begin() == (None, "")  # another one is at it
    make()
    assert begin() == (None, "")
    assert backups_of(desk) == ["daily"]
    clock.now += timedelta(days=1)
    make, _ = begin()
    make()
    assert backups_of(desk) == ["daily", "daily"]
    assert not [*desk.path.parent.rglob(daily.UNDERWAY)]


def test_why_no_backup_could_be_made_is_said_once_and_tried_again_later(desk, begin, clock):
    make, _ = begin()
    desk.close()
    good = desk.path.read_bytes()
    desk.path.write_bytes(good[: len(good) // 2])
    make()
    (folder,) = (desk.path.parent / "tickler backups").iterdir()
    make, fault = begin()
    assert make is None
    assert "damaged" in fault or "malformed" in fault
    assert begin() == (None, "")
    assert daily.fault_of(folder) == fault
    desk.path.write_bytes(good)
    clock.now = datetime.now() + timedelta(hours=2)
    make, _ = begin()
    make()
    assert daily.fault_of(folder) == ""
    assert backups_of(desk) == ["daily"]


def test_a_backup_that_is_killed_twice_is_told(desk, begin):
    for _ in range(2):
        make, fault = begin()
        assert fault == ""
        os.close(next(cell.cell_contents for cell in make.__closure__
                      if isinstance(cell.cell_contents, int)))  # fmt: skip
    assert begin() == (None, "it was broken off twice")


@pytest.mark.parametrize(
    "settings", [{"today": date(2027, 1, 1)}, {"backup": BackupRule(automatic=False)}]
)
def test_no_backup_is_made_by_itself_where_none_is_wanted(desk, add, settings):
    add("ACME")
    assert daily.is_wanted(desk.path, desk.uid, Settings())
    assert not daily.is_wanted(desk.path, desk.uid, Settings(**settings))


def test_before_much_is_changed_a_backup_is_made_once_for_each_state(desk, add, clock):
    clock.now = datetime.now() - timedelta(minutes=1)
    add("ACME")
    for _ in range(2):
        backups.before(desk.path, desk.settings, Why.IMPORT)
    assert len(backups_of(desk)) == 1
    clock.now += timedelta(minutes=2)
    add("Bauer")
    backups.before(desk.path, desk.settings, Why.IMPORT)
    assert backups_of(desk) == ["before-import"] * 2
