"""Backups: a sound copy of the binder as it was, made while others write."""

import sqlite3
from contextlib import closing

import pytest

from tickler.errors import TicklerError
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.store import backup


def test_a_backup_is_one_sound_file_that_has_what_is_still_in_the_log(desk, add, tmp_path):
    add("ACME", "fri")
    add("Bauer", "mon")
    assert desk.path.with_name("tickler.db-wal").stat().st_size  # not in the file itself yet
    target = tmp_path / "there" / "copy.db"
    made = backup.make(desk.path, target)
    assert (made.dossiers, made.reps) == (2, ("Rep",))
    assert [each.name for each in target.parent.iterdir()] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
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
    assert len(desk.see(clients.find.listed)) == 4


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
