"""A backup in the binder's place: whole or not at all, whoever has the binder open."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tickler.config.settings import Settings
from tickler.core.dates.language import ENGLISH
from tickler.errors import Refused, TicklerError
from tickler.services import backups, clients, filing
from tickler.services.filing.file import NewDossier
from tickler.store import backup, restore

SETTINGS = Settings(rep="Rep")


def names(desk):
    return sorted(row.name for row in desk.see(clients.listing.listed))


def put_back(source, path):
    return backups.restore(backups.plan_restore(source, path, ENGLISH), SETTINGS)


@pytest.fixture
def copy(desk, add, tmp_path):
    """A backup with one dossier; the binder has two."""
    add("ACME", "fri")
    backup.make(desk.path, tmp_path / "copy.db")
    add("Bauer", "mon")
    return tmp_path / "copy.db"


def test_an_open_binder_goes_on_with_the_restored_one(desk, copy, open_desk):
    other = open_desk()
    assert names(other) == ["ACME", "Bauer"]
    before = desk.pulse()
    done = put_back(copy, desk.path)
    assert names(desk) == names(other) == ["ACME"]
    assert desk.pulse() != before
    assert desk.notices() == other.notices() == []
    assert other.do(filing.file.add, NewDossier("Cramer")).after[0].id == 3  # Bauer had 2
    assert names(desk) == ["ACME", "Cramer"]
    assert [each.name for each in desk.path.parent.iterdir() if "tickler-" in each.name] == []
    assert backup.check(done.kept).dossiers == 2
    put_back(done.kept, desk.path)
    assert names(other) == ["ACME", "Bauer"]


def test_undo_does_not_reach_across_a_restore(desk, copy):
    put_back(copy, desk.path)
    with pytest.raises(Refused, match=r"cannot be taken back \(restored from copy\.db: 1 dossier"):
        desk.do(filing.undo.undo)
    assert names(desk) == ["ACME"]


def test_what_is_written_up_to_the_last_moment_is_in_the_copy_of_what_is_replaced(desk, copy):
    fresh = restore.prepare(copy, desk.path, "restored", desk.now())
    desk.do(filing.file.add, NewDossier("Late"))
    kept = []

    def keep():
        kept.append(backup.make(desk.path, copy.with_name("kept.db")))
        with (
            closing(sqlite3.connect(desk.path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("DELETE FROM slip")  # nobody writes any more

    restore.write_over(fresh, desk.path, keep)
    restore.discard(fresh)
    assert [each.dossiers for each in kept] == [3]
    assert names(desk) == ["ACME"]


def test_a_copy_that_cannot_be_kept_stops_the_restore(desk, copy):
    def keep():
        raise TicklerError("the disk is full")

    fresh = restore.prepare(copy, desk.path, "restored", desk.now())
    with pytest.raises(TicklerError, match="the disk is full"):
        restore.write_over(fresh, desk.path, keep)
    restore.discard(fresh)
    assert names(desk) == ["ACME", "Bauer"]


@pytest.mark.every(2)
@pytest.mark.parametrize("damage", [b"", b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_binder_is_replaced_and_kept_with_its_log(desk, copy, damage):
    desk.close()
    desk.path.write_bytes(damage)
    log = desk.path.with_name("tickler.db-wal")
    log.write_bytes(b"the log of another file")
    done = put_back(copy, desk.path)
    assert not log.exists()
    assert names(desk) == ["ACME"]
    assert done.kept.read_bytes() == damage
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"the log of another file"


def test_a_binder_that_is_gone_is_made_again(desk, copy):
    desk.close()
    shutil.rmtree(desk.path.parent)
    assert put_back(copy, desk.path).kept is None
    assert names(desk) == ["ACME"]


@pytest.mark.slow
def test_an_older_backup_is_updated_on_the_way(desk, copy, tmp_path):
    released = tmp_path / "old.db"
    script = Path(__file__).parent / "released" / "0002.sql"
    with closing(sqlite3.connect(released)) as file:
        file.executescript(script.read_text("utf-8"))
    bytes_before = released.read_bytes()
    assert put_back(released, desk.path).text.startswith("restored from old.db: ")
    assert names(desk) != ["ACME", "Bauer"]
    assert released.read_bytes() == bytes_before


WRONG = {
    "text": (lambda path, _: path.write_text("no binder"), "not a binder of tickler"),
    "empty": (lambda path, _: path.touch(), "not a binder of tickler"),
    "another program's": (
        lambda path, _: sqlite3.connect(path).execute("CREATE TABLE a (b)").connection.close(),
        "not a binder of tickler",
    ),
    "truncated": (
        lambda path, good: path.write_bytes(good[: len(good) // 2]), r"damaged|malformed",
    ),
    "bytes changed": (
        lambda path, good: path.write_bytes(good[:20000] + b"\xff" * 9000 + good[29000:]),
        r"damaged|malformed",
    ),
    "a folder": (lambda path, _: path.mkdir(), "a folder, not a binder"),
    "a pipe": (lambda path, _: os.mkfifo(path), "not an ordinary file"),
    "missing": (lambda path, _: None, "no such file"),
}  # fmt: skip


@pytest.mark.every(3)
@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_sound_backup_is_refused_in_a_sentence(desk, copy, tmp_path, kind):
    make, sentence = WRONG[kind]
    wrong = tmp_path / "wrong.db"
    make(wrong, copy.read_bytes())
    with pytest.raises(TicklerError, match=sentence):
        backups.plan_restore(wrong, desk.path, ENGLISH)
    assert names(desk) == ["ACME", "Bauer"]


def test_a_value_that_cannot_be_read_comes_back_as_it_was(desk, copy, open_desk):
    with closing(sqlite3.connect(copy)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("UPDATE dossier SET status = 'nonsense' WHERE name = 'ACME'")
        file.commit()
    put_back(copy, desk.path)
    other = open_desk()
    assert names(other) == ["ACME"]
    assert "its status is “nonsense”" in other.unreadable


def test_a_backup_of_a_newer_tickler_is_refused(desk, copy):
    with closing(sqlite3.connect(copy)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(Refused, match=r"newer tickler wrote this backup \(schema 9999\)"):
        backups.plan_restore(copy, desk.path, ENGLISH)


def test_the_binder_itself_is_no_backup_of_it(desk, copy, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(desk.path)
    with pytest.raises(Refused, match="this is the binder itself"):
        backups.plan_restore(link, desk.path, ENGLISH)


def test_the_binder_of_somebody_else_is_known_for_one(desk, copy, tmp_path, open_desk):
    theirs = open_desk(tmp_path / "theirs.db", rep="Tom")
    theirs.do(filing.file.add, NewDossier("Theirs"))
    theirs.close()
    plan = backups.plan_restore(theirs.path, desk.path, ENGLISH)
    assert plan.is_other
    assert plan.lines[-1] == "it is another binder: that of Tom"
    assert not backups.plan_restore(copy, desk.path, ENGLISH).is_other


def test_a_binder_of_a_newer_tickler_is_refused_with_the_backup_from_before(desk, copy, open_desk):
    made = backups.make(desk.path, SETTINGS.backup)
    desk.close()
    with closing(sqlite3.connect(desk.path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    backups.make(desk.path, SETTINGS.backup)
    at = f"{made.backup.at:%Y-%m-%d %H:%M}"
    with pytest.raises(Refused, match=f"go back to the backup of {at}, from before") as refused:
        names(open_desk())
    assert str(made.backup.path) in refused.value.in_full({})
    put_back(made.backup.path, desk.path)
    assert names(open_desk()) == ["ACME", "Bauer"]


@pytest.mark.slow
def test_a_restore_holds_where_a_reader_keeps_it_in_the_log(desk, copy, open_desk, tmp_path):
    desk.close()  # the log has the restore alone
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM dossier").fetchone()
        put_back(copy, desk.path)
        assert desk.path.with_name("tickler.db-wal").stat().st_size > 100_000
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        for end in ("", "-wal"):  # as after a power cut
            shutil.copy(f"{desk.path}{end}", elsewhere / f"tickler.db{end}")
    assert names(open_desk(elsewhere / "tickler.db")) == ["ACME"]
    assert names(desk) == ["ACME"]
