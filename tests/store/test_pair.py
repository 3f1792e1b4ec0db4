"""A file and its log: a log of another version is never read in, and nothing confirmed is lost."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.program import Program, add, names, poll, poll_without_room, rest, without_room
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.errors import TicklerError
from tickler.store import completion, doctor, engine, gate, vacuum


@pytest.fixture
def program():
    """Starts other programs on a binder, and ends those that are left."""
    started = []

    def start(path):
        started.append(Program(path))
        return started[-1]

    yield start
    for each in started:
        each.kill()


@pytest.fixture
def shell(monkeypatch):
    """Does one thing as a command does: opens the binder, and closes it."""
    monkeypatch.setattr(gate, "PATIENCE", 0.6)

    def run(path, name=None):
        desk = Desk(path, Settings(rep="Rep"))
        try:
            if name:
                add(desk, name)
            return names(desk), desk.notices()
        finally:
            desk.close()

    return run


@pytest.fixture
def binder(tmp_path, shell):
    """A closed binder with one dossier; what it was stays as `old.db`."""
    path = tmp_path / "binder" / "tickler.db"
    shell(path, "Old")
    shutil.copy(path, tmp_path / "old.db")
    shell(path, "Base")
    return path


def rename(source, path):
    """As most sync programs do it."""
    copy = path.with_name("download.part")
    shutil.copy(source, copy)
    copy.replace(path)


def write_over(source, path):
    """As `cp` does it."""
    with source.open("rb") as read, path.open("r+b") as file:
        shutil.copyfileobj(read, file)
        file.truncate()


PUT = pytest.mark.parametrize("put", [rename, write_over])


def names_in(path):
    """The clients in a file, read without tickler, which must be sound."""
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return sorted(name for (name,) in file.execute("SELECT name FROM dossier"))


def kept_by(told, folder):
    """The files that were named."""
    return [each for each in folder.iterdir() if any(each.name in said for said in told)]


def rebuilt(log, base, tmp_path):
    """What a log that was moved aside holds, on the version that it is the log of."""
    path = tmp_path / "rebuilt.db"
    shutil.copy(base, path)
    shutil.copy(log, f"{path}-wal")
    return names_in(path)


@PUT
def test_the_log_of_a_killed_program_is_not_read_into_another_version(
    binder, tmp_path, program, shell, put
):
    base = shutil.copy(binder, tmp_path / "base.db")
    other = program(binder)
    other.done(add, "Lost")
    other.kill()
    put(tmp_path / "old.db", binder)
    found, told = shell(binder)
    assert found == ["Old"]
    assert len(told) == 1
    assert "the log of another version" in told[0]
    (aside,) = kept_by(told, binder.parent)
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert rebuilt(aside, base, tmp_path) == ["Base", "Lost", "Old"]
    assert shell(binder, "New") == (["New", "Old"], [])
    assert names_in(binder) == ["New", "Old"]


def test_the_log_of_a_killed_program_is_read_into_its_own_file(binder, tmp_path, program, shell):
    other = program(binder)
    other.done(add, "First")
    other.done(add, "Second")
    other.kill()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(binder.parent, elsewhere)
    assert shell(binder) == (["Base", "First", "Old", "Second"], [])
    assert names_in(elsewhere / "tickler.db") == ["Base", "First", "Old", "Second"]


def test_a_log_that_is_in_the_file_already_is_the_files_own(binder, program, shell):
    """A program may be killed after the log was written into the file, or a part of it."""
    other = program(binder)
    other.done(add, "First")
    with closing(sqlite3.connect(binder)) as file:
        file.execute("PRAGMA wal_checkpoint(PASSIVE)")
    other.done(add, "Second")
    other.kill()
    assert shell(binder) == (["Base", "First", "Old", "Second"], [])


def test_an_older_file_that_the_log_fits_is_kept_as_it_was_found(binder, tmp_path, program, shell):
    base = shutil.copy(binder, tmp_path / "base.db")
    other = program(binder)
    other.done(add, "Last")
    other.kill()
    write_over(Path(base), binder)
    found, told = shell(binder)
    assert found == ["Base", "Last", "Old"]
    (kept,) = kept_by(told, binder.parent)
    assert names_in(kept) == ["Base", "Old"]


@pytest.mark.every(2)
@PUT
@pytest.mark.parametrize("first", ["the screen", "the shell"])
def test_another_version_is_put_in_place_while_the_binder_is_open(
    binder, tmp_path, program, shell, put, first
):
    base = Path(shutil.copy(binder, tmp_path / "base.db"))
    other = program(binder)
    other.done(add, "Mine")
    put(tmp_path / "old.db", binder)
    told = []
    if first == "the shell":
        found, told = shell(binder, "Shell")
        assert found == ["Old", "Shell"]
    there = ["Old"] if first == "the screen" else ["Old", "Shell"]
    other.done(poll)
    assert other.done(names) == there
    assert other.told
    other.done(add, "Next")
    told += other.told
    other.quit()
    assert names_in(binder) == sorted([*there, "Next"])
    kept = []
    for each in kept_by(told, binder.parent):
        kept += rebuilt(each, base, tmp_path) if each.name.endswith("-wal") else names_in(each)
    assert "Mine" in kept
    assert shell(binder) == (sorted([*there, "Next"]), [])


@PUT
def test_another_version_after_a_rest_is_shown_and_said(binder, tmp_path, program, put):
    other = program(binder)
    other.done(add, "Mine")
    other.done(rest)
    put(tmp_path / "old.db", binder)
    assert other.done(names) == ["Old"]
    assert any("you see what it holds now" in said for said in other.told)
    other.done(add, "Next")
    other.quit()
    assert names_in(binder) == ["Next", "Old"]


@pytest.mark.slow
def test_a_file_alone_has_everything_after_a_rest_and_no_log_after_the_last(binder, program):
    other, third = program(binder), program(binder)
    other.done(add, "Mine")
    third.done(names)
    assert "Mine" not in names_alone(binder)
    other.done(rest)
    assert "Mine" in names_alone(binder)
    other.quit()
    third.done(add, "Third")
    third.quit()
    assert [each.name for each in binder.parent.iterdir()] == ["tickler.db"]


def names_alone(path):
    """The clients in a copy of the file alone."""
    copy = shutil.copy(path, path.parent.parent / "copy.db")
    return names_in(copy)


@pytest.mark.parametrize(
    "gone",
    [
        ["-wal", "-shm"],
        pytest.param(["-wal"], marks=pytest.mark.slow),
        pytest.param(["-shm"], marks=pytest.mark.slow),
    ],
    ids="".join,
)
def test_the_log_is_deleted_while_the_binder_is_open(binder, program, shell, gone):
    other, third = program(binder), program(binder)
    other.done(add, "Mine")
    third.done(names)
    for end in gone:
        binder.with_name(f"{binder.name}{end}").unlink()
    with pytest.raises(TicklerError, match="its log was deleted"):
        shell(binder, "Shell")
    other.ask(poll)
    third.ask(poll)
    assert shell(binder, "Shell")[0] == ["Base", "Mine", "Old", "Shell"]
    assert other.done(names) == ["Base", "Mine", "Old", "Shell"]
    third.done(add, "Third")
    third.quit()
    other.quit()
    assert names_in(binder) == ["Base", "Mine", "Old", "Shell", "Third"]


def test_without_room_nothing_is_kept_in_part(binder, tmp_path, program):
    base = Path(shutil.copy(binder, tmp_path / "base.db"))
    other = program(binder)
    other.done(add, "Mine")
    for end in ("-wal", "-shm"):
        binder.with_name(f"{binder.name}{end}").unlink()
    write_over(tmp_path / "old.db", binder)
    assert isinstance(other.ask(poll_without_room), TicklerError)
    assert [each.name for each in binder.parent.iterdir()] == ["tickler.db"]
    other.done(poll)
    (aside,) = kept_by(other.told, binder.parent)
    assert rebuilt(aside, base, tmp_path) == ["Base", "Mine", "Old"]


# What no log is about: a journal that was broken off, a file without anything in it.

BROKEN_OFF = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA journal_mode = DELETE")
file.execute("PRAGMA cache_size = 5")
file.execute("BEGIN IMMEDIATE")
file.execute("UPDATE dossier SET name = 'Half'")
file.execute("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 2000) SELECT i, hex(randomblob(200)) AS x FROM n")
os._exit(9)
"""


def break_off(path):
    """Kill a program in the middle of writing into the file itself."""
    assert subprocess.run([sys.executable, "-c", BROKEN_OFF, path], check=False).returncode == 9
    assert path.with_name(f"{path.name}-journal").stat().st_size


def test_a_transaction_that_was_broken_off_is_taken_back(binder, shell):
    break_off(binder)
    there = binder.read_bytes()
    found, told = shell(binder)
    assert found == ["Base", "Old"]
    assert names_in(binder) == ["Base", "Old"]
    # This journal does not tell whose it is: then the file is kept as it was, too.
    (kept,) = kept_by(told, binder.parent)
    assert kept.read_bytes() == there


def test_without_room_it_is_not_tried_in_part(binder, shell):
    break_off(binder)
    there = sorted(binder.parent.iterdir())
    with without_room(), pytest.raises(TicklerError, match="cannot write the file"):
        shell(binder)
    assert sorted(binder.parent.iterdir()) == there
    assert shell(binder)[0] == ["Base", "Old"]


def test_it_is_taken_back_where_a_value_cannot_be_read(binder, shell):
    with closing(sqlite3.connect(binder)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("UPDATE dossier SET next_kind = 'banana' WHERE name = 'Old'")
        file.commit()
    break_off(binder)
    found, _ = shell(binder)
    assert found == ["Base", "Old"]
    assert not [*binder.parent.glob("*-journal")]


@PUT
def test_it_is_not_taken_back_in_another_version(binder, tmp_path, shell, put):
    break_off(binder)
    put(tmp_path / "old.db", binder)
    there = binder.read_bytes()
    found, told = shell(binder)
    assert found == ["Old"]
    (aside,) = kept_by(told, binder.parent)
    assert aside.name.endswith("-journal")
    assert names_in(binder) == ["Old"]
    assert binder.read_bytes()[4096:] == there[4096:]


def test_an_empty_file_is_no_binder_to_read_and_becomes_one_when_written(tmp_path, shell):
    path = tmp_path / "empty" / "tickler.db"
    path.parent.mkdir()
    path.touch()
    assert shell(path) == ([], [])
    assert path.stat().st_size == 0
    assert [each.name for each in path.parent.iterdir()] == ["tickler.db"]
    assert shell(path, "First") == (["First"], [])


@pytest.mark.parametrize("how", [lambda path: os.truncate(path, 0), Path.unlink])
def test_the_log_of_a_file_that_was_emptied_or_deleted_is_kept(
    binder, tmp_path, program, shell, how
):
    base = shutil.copy(binder, tmp_path / "base.db")
    other = program(binder)
    other.done(add, "Lost")
    other.kill()
    how(binder)
    found, told = shell(binder, "First")
    assert found == ["First"]
    (aside,) = kept_by(told, binder.parent)
    assert rebuilt(aside, base, tmp_path) == ["Base", "Lost", "Old"]


def test_a_binder_that_is_emptied_while_it_is_open_is_not_begun_again(binder, program):
    other = program(binder)
    other.done(add, "Mine")
    os.truncate(binder, 0)
    assert "emptied the file" in other.ask(add, "New").sentence
    assert "emptied the file" in other.ask(poll).sentence
    assert other.told
    assert binder.stat().st_size == 0


def test_a_binder_that_is_deleted_while_it_is_open_is_kept(binder, program):
    other = program(binder)
    other.done(add, "Mine")
    binder.unlink()
    assert "no longer exists" in other.ask(add, "New").sentence
    (kept,) = kept_by(other.told, binder.parent)
    assert names_in(kept) == ["Base", "Mine", "Old"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_binder_that_is_renamed_while_it_is_open_is_whole_under_its_new_name(binder, program):
    other = program(binder)
    other.done(add, "Mine")
    away = binder.rename(binder.with_name("away.db"))
    assert "no longer exists" in other.ask(add, "New").sentence
    assert names_alone(away) == ["Base", "Mine", "Old"]
    away.rename(binder)
    other.done(add, "New")
    other.quit()
    assert names_in(binder) == ["Base", "Mine", "New", "Old"]


def lying_there(folder):
    """Every file with its bytes and its time; SQLite may make the index of a log again."""
    files = [each for each in folder.iterdir() if not each.name.endswith("-shm")]
    return {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in files}


@pytest.mark.parametrize("log", ["none", "foreign"])
def test_who_only_looks_changes_nothing_on_the_disk(binder, tmp_path, program, log):
    if log == "foreign":
        other = program(binder)
        other.done(add, "Lost")
        other.kill()
        write_over(tmp_path / "old.db", binder)
    there = lying_there(binder.parent)
    assert completion.names(str(binder), "o") == ["Old"] or log == "foreign"
    found = doctor.examine(binder)
    assert all(each.ok for each in found) is (log == "none")
    if log == "none":
        assert vacuum.complete(binder) is False
        assert engine.inspect(binder) == engine.HEAD
    assert lying_there(binder.parent) == there
