"""Backups and restores where the disk is full, locked, or used by others at the same time."""

import json
import sqlite3
import threading
from contextlib import closing

import pytest

from tests.faults.conftest import counts
from tests.long_runs import IS_LONG

#: Up to which length a file can be written, in bytes.
LENGTHS = [4096, 20_000, *range(50_000, 700_000, 50_000), 1_000_000]


@pytest.fixture
def saved(machine):
    """The machine, the rows of a backup of its binder, and those of the binder some writes on."""
    machine.does("backup")
    then = machine.rows()
    machine.does("add", "Late Ltd", "fri")
    machine.does("log", "Late", "reached", "+2w")
    return machine, then, machine.rows()


def apart_from_the_restore(rows):
    """What a restore brings back: all but its own line, and numbers, which go on."""
    left = {name: each for name, each in rows.items() if name != "sqlite_sequence"}
    return left | {"change": [row for row in rows["change"] if "restore" not in row]}


def look(machine, ended, then, now):
    """All of the old binder or all of the new one, as was said; and no backup in part."""
    found = machine.rows()
    is_done = counts(apart_from_the_restore(found)) == counts(apart_from_the_restore(then))
    assert is_done or found == now, ended
    if ended.code == 0:
        assert is_done, ended
    else:
        assert ended.code == 1, ended
        assert ended.err.splitlines()[-1].startswith("tickler: "), ended
        assert found == now or "done, but" in ended.err, ended
    left = [each.name for each in machine.path.parent.rglob("*") if ".tickler-" in each.name]
    assert left == []
    listed = machine.does("backup", "list", "--json")
    assert all(each["ok"] for each in json.loads(listed.out))
    return ended.code


@pytest.mark.parametrize(
    "length", LENGTHS if IS_LONG else [4096, pytest.param(450_000, marks=pytest.mark.slow)]
)
def test_a_restore_without_room_changes_nothing(saved, length):
    machine, then, now = saved
    ended = machine("restore", "last", "--yes", limits={"RLIMIT_FSIZE": length})
    look(machine, ended, then, now)
    machine.does("today")


def test_a_backup_without_room_is_no_backup(saved):
    machine, _, now = saved
    for length in LENGTHS[:: 1 if IS_LONG else 6]:
        ended = machine("backup", limits={"RLIMIT_FSIZE": length})
        assert ended.code == (0 if length > 900_000 else ended.code)
        if ended.code:
            assert "damaged" not in ended.err, ended
            assert ended.err.startswith("tickler: "), ended
        listed = json.loads(machine.does("backup", "list", "--json").out)
        assert all(each["ok"] for each in listed)
        assert not [*machine.path.parent.rglob(".tickler-*")]
    assert machine.rows() == now


@pytest.mark.slow
def test_what_is_written_at_the_same_time_is_kept_whole_or_not_at_all(saved):
    """Restores and backups while others write: each of them ends, and the binder is sound."""
    machine, _, _ = saved
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(machine.path, timeout=20)) as file:
            while not stop.is_set():
                file.execute("UPDATE rep SET name = name")
                file.commit()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for each in writers:
        each.start()
    try:
        for words in [("backup",), ("restore", "last", "--yes")] * 3:
            machine.does(*words)
    finally:
        stop.set()
        for each in writers:
            each.join()
    machine.does("doctor")


def test_a_folder_that_may_not_be_written_to_is_said_and_leaves_all_as_it_is(saved):
    machine, _, now = saved
    kept = machine.path.parent / "tickler backups"
    for each in [*kept.iterdir(), kept]:
        each.rename(each.with_name(f"{each.name} away"))
    kept.write_text("a file in the way")
    for words in (("backup",), ("restore", next(machine.path.parent.rglob("*.db away/*.db"), "x"))):
        ended = machine(*words, *(["--yes"] if words[0] == "restore" else []))
        assert ended.code != 0
        assert ended.err.splitlines()[-1].startswith("tickler: ")
    assert machine.rows() == now
