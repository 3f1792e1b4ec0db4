"""The file is private, safe against power cuts, and nobody else's file is touched."""

import contextlib
import os
import sqlite3
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.services import filing, piles
from tickler.services.filing.file import NewDossier
from tickler.store import engine as store
from tickler.store.open_mode import path_of
from tickler.store.pulse import Pulse

PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "application_id")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def pragmas(work) -> list[object]:
    return [work.connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS]


@pytest.fixture
def loose_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_files_are_their_owners_alone(loose_umask, open_desk):
    desk = open_desk()
    desk.do(filing.file.add, NewDossier("ACME"))
    folder = desk.path.parent
    assert mode(folder) == 0o700
    files = {path.name: mode(path) for path in folder.iterdir()}
    assert files == dict.fromkeys(("tickler.db", "tickler.db-wal", "tickler.db-shm"), 0o600)


def test_a_commit_outlives_a_power_cut_and_keys_are_held(desk, add):
    add("ACME")
    assert desk.see(pragmas) == ["wal", 2, 1, 1, store.APPLICATION_ID]
    desk.do(lambda work: pragmas(work) == ["wal", 2, 1, 1, store.APPLICATION_ID] or 1 / 0)


def test_looking_into_a_binder_that_is_not_there_makes_none(open_desk):
    desk = open_desk()
    assert sum(view.count for view in desk.see(piles.pile.slots)) == 0
    assert not desk.exists
    assert not desk.path.parent.exists()


def test_a_rehearsal_makes_no_file_either(open_desk):
    desk = open_desk()
    receipt = desk.rehearse(filing.file.add, NewDossier("ACME"), "fri")
    assert receipt.after[0].slot == "day:27"
    assert not desk.path.parent.exists()


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE place (url TEXT)")
        file.execute("INSERT INTO place VALUES ('x')")
    file.close()


def make_foreign_mark(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA application_id = 77")
    file.close()


OTHERS = {
    "a database of another program": make_foreign,
    "a database of another program, empty": make_foreign_mark,
    "a text": lambda path: path.write_text("Dear diary, " * 200),
    "a short text": lambda path: path.write_text("hello"),
    "one byte": lambda path: path.write_text("x"),
    "a page of nothing": lambda path: path.write_bytes(bytes(4096)),
    "a damaged head": lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
}


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("verb", ["see", "do"])
def test_another_file_is_refused_and_not_touched(tmp_path, open_desk, make, verb):
    path = tmp_path / "other.db"
    make(path)
    path.chmod(0o644)
    os.utime(path, (1, 1))
    before = path.read_bytes()
    desk = open_desk(path)
    with pytest.raises(TicklerError) as refused:
        desk.see(piles.pile.slots) if verb == "see" else desk.do(filing.file.add, NewDossier("A"))
    assert str(path) in refused.value.in_full({})
    assert "\n" not in refused.value.sentence
    assert (path.read_bytes(), path.stat().st_mtime, mode(path)) == (before, 1, 0o644)
    assert [p.name for p in tmp_path.iterdir()] == ["other.db"]


def test_what_is_no_database_is_said_to_be_none(tmp_path, open_desk):
    (tmp_path / "notes.db").write_text("hello")
    with pytest.raises(
        Refused, match=r"not a tickler database; it was not changed \(.*notes\.db\)"
    ):
        open_desk(tmp_path / "notes.db").see(piles.pile.slots)
    make_foreign(tmp_path / "places.db")
    with pytest.raises(Refused, match="a database of another program; it was not changed"):
        open_desk(tmp_path / "places.db").see(piles.pile.slots)


def test_a_folder_is_refused(tmp_path, open_desk):
    with pytest.raises(Refused, match="is a folder, not a database"):
        open_desk(tmp_path).do(filing.file.add, NewDossier("A"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("named", ["a" * 300, "file/tickler.db", "file/folder/tickler.db"])
def test_a_path_that_cannot_be_is_refused_in_a_sentence(tmp_path, open_desk, named):
    (tmp_path / "file").write_text("x")
    with pytest.raises(TicklerError, match=r"tickler\.db|aaa"):
        open_desk(tmp_path / named).do(filing.file.add, NewDossier("A"))
    assert (tmp_path / "file").read_text() == "x"


def test_an_empty_file_becomes_a_binder(tmp_path, open_desk):
    path = tmp_path / "touched.db"
    path.touch(0o600)
    open_desk(path).do(filing.file.add, NewDossier("ACME"))
    assert open_desk(path).see(piles.pile.numbers)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_file_of_a_newer_tickler_is_refused_and_not_touched(desk, add, open_desk, mode):
    add("ACME")
    desk.close()
    with sqlite3.connect(desk.path) as file:
        assert file.execute(f"PRAGMA journal_mode = {mode}").fetchone() == (mode,)
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    before = desk.path.read_bytes()
    with pytest.raises(Refused, match=r"newer tickler wrote this binder \(schema 9999\): update"):
        open_desk().see(piles.pile.slots)
    assert desk.path.read_bytes() == before
    beside = {p.name: p.read_bytes() for p in desk.path.parent.iterdir()} | {"tickler.db": b""}
    beside.pop("tickler.db-shm", None)
    assert not any(beside.values())  # no backup, and nothing waits to be written


def test_the_schema_of_a_binder_is_read_once_to_open_it(desk, add, monkeypatch):
    add("ACME")
    desk.close()
    connected = []
    connect = sqlite3.connect

    def noted(*where, **how):
        connected.append(where)
        return connect(*where, **how)

    monkeypatch.setattr(sqlite3, "connect", noted)
    assert desk.see(piles.pile.numbers)
    assert len(connected) == 1


def test_the_rep_is_the_one_named_or_the_only_one(desk, add, open_desk):
    add("ACME")
    assert open_desk(rep=None).see(lambda work: work.rep) == "Rep"
    assert open_desk(rep="REP").see(lambda work: work.rep) == "Rep"
    with pytest.raises(TicklerError, match="there is no rep “Nobody” here; known: Rep"):
        open_desk(rep="Nobody").see(piles.pile.slots)


def test_threads_share_a_desk(open_desk):
    """The screens ask from threads, several at once, also on the very first opening."""
    desk = open_desk()

    def add(name, typed):
        return desk.do(filing.file.add, NewDossier(name), typed).after[0].id

    with ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(desk.see, piles.pile.slots) for _ in range(12)]
        written = [threads.submit(add, f"Client {n}", "fri") for n in range(12)]
        ids = {future.result() for future in written}
        assert all(len(future.result()) == 47 for future in asked)
    assert ids == set(range(1, 13))


@pytest.mark.parametrize(
    "wrong", ["SELECT no_such FROM dossier", "INSERT INTO tag (dossier_id) VALUES (99)"]
)
def test_a_bug_in_a_statement_is_told_as_it_is_and_ends(desk, wrong):
    """Who tells an error with its causes must come to an end: it is the cause of none of them."""
    desk.do(filing.file.add, NewDossier("ACME"), "today")
    with pytest.raises(DBAPIError) as told:
        desk.do(lambda work: work.ask(text(wrong)))
    known, error = [], told.value
    while error is not None:
        assert error not in known
        known.append(error)
        error = error.__cause__ or error.__context__


def test_only_another_program_is_waited_for_not_a_slow_action_of_ours(desk, add):
    key = add("ACME")
    waited = []

    def slow(work):
        # A second write of ours waits for the first: that is no other program.
        second.start()
        while not desk._waiting:
            time.sleep(0.001)
        waited.append(desk.waits_for_another)
        return filing.file.put_off(work, [key])

    second = threading.Thread(target=desk.do, args=(filing.file.put_off, [key]))
    desk.do(slow)
    second.join()
    assert waited == [False]
    with contextlib.closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        third = threading.Thread(target=desk.do, args=(filing.file.put_off, [key]))
        third.start()
        deadline = time.monotonic() + 20
        while not desk.waits_for_another:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        other.execute("ROLLBACK")
    third.join()
    assert not desk.waits_for_another


def test_a_pulse_feels_what_others_write(desk, add, open_desk):
    add("ACME")
    pulse = Pulse(desk.path)
    still = pulse.poll()
    assert pulse.poll() == still
    open_desk().do(filing.file.add, NewDossier("Bauer"))
    moved = pulse.poll()
    assert moved != still
    assert pulse.poll() == moved
    desk.path.rename(desk.path.with_name("aside.db"))
    with pytest.raises(TicklerError, match="the binder no longer exists"):
        pulse.poll()
    pulse.dispose()


def test_a_pulse_feels_that_the_file_was_replaced(desk, add):
    add("ACME")
    pulse = Pulse(desk.path)
    still = pulse.poll()
    copy = desk.path.with_name("copy.db")
    with sqlite3.connect(desk.path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    desk.close()
    copy.replace(desk.path)
    assert pulse.poll() != still
    pulse.dispose()


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written(desk, add, open_desk):
    key = add("ACME", "fri")

    def lock(work):
        work.connection.exec_driver_sql("PRAGMA query_only = ON")
        filing.file.move(work, [key], "mon")

    with pytest.raises(Refused, match="may not be written to; nothing was changed"):
        desk.do(lock)


OPENING = """
import sys
from pathlib import Path
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
sys.stdin.readline()
desk = Desk(Path(sys.argv[1]), Settings(rep="Rep"))
desk.do(filing.file.add, filing.file.NewDossier(sys.argv[2]))
"""


@pytest.mark.slow
def test_several_open_a_new_binder_at_once(tmp_path):
    path = tmp_path / "new" / "tickler.db"
    openers = [
        Popen([sys.executable, "-c", OPENING, path, f"Client {n}"], stdin=PIPE, stderr=PIPE)
        for n in range(4)
    ]
    for opener in openers:
        opener.stdin.write(b"\n")
        opener.stdin.flush()
    said = [opener.communicate(timeout=30)[1].decode() for opener in openers]
    assert said == [""] * 4
    desk = Desk(path, Settings(rep="Rep"))
    inbox = desk.see(piles.pile.of_slot, "inbox")
    assert sorted(row.name for row in inbox.rows) == [f"Client {n}" for n in range(4)]
    desk.close()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("a.db", "a.db"),
        ("/var/a.db", "/var/a.db"),
        ("sqlite:///a.db", "a.db"),
        ("sqlite:////var/a.db", "/var/a.db"),
    ],
)
def test_an_address_names_a_file(address, path):
    assert path_of(address) == Path(path).resolve()


def test_an_address_of_another_type_is_refused():
    with pytest.raises(Unreadable, match="a database of type “mysql” is not supported yet"):
        path_of("mysql://host/x")


def test_a_link_to_a_file_not_yet_made_is_followed(tmp_path):
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    path = path_of(str(tmp_path / "link.db"))
    store.open_file(path, "Rep").dispose()
    assert (tmp_path / "real.db").stat().st_mode & 0o777 == 0o600


def test_links_in_a_circle_are_said(tmp_path):
    (tmp_path / "a.db").symlink_to(tmp_path / "b.db")
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with pytest.raises(TicklerError, match="cannot open"):
        path_of(str(tmp_path / "a.db"))


def test_what_a_read_only_look_left_behind_does_not_lock_writers_out(tmp_path):
    path = tmp_path / "a.db"
    engine = store.open_file(path, "Rep")
    with engine.connect():
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).chmod(0o400)
        again = store.open_file(path, "Rep")
        for suffix in ("-wal", "-shm"):
            assert path.with_name(path.name + suffix).stat().st_mode & 0o777 == 0o600
        again.dispose()
    engine.dispose()


def test_a_pipe_or_a_device_is_no_binder_and_nobody_waits_for_it(tmp_path, open_desk):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(Refused, match="this is not an ordinary file, so it is no database"):
            open_desk(path).see(filing.undo.changes)
