"""A disk that is full at any point of any write: nothing is there in part, and it is said."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults import binder
from tests.faults.conftest import Machine, counts
from tests.long_runs import IS_LONG

#: Up to which length a file can be written, in bytes: at each the write fails somewhere else. What
#: is said has room in the least.
LENGTHS = [4096, 8192, *range(12_288, 200_000, 12_288), 300_000, 500_000, 1_000_000]

#: How much a small disk has left, in KiB.
LEFT = [0, 4, 8, 16, 32, 48, 64, 96, 128, 256, 512, 1024]

SIZE = 24 << 20

#: What doctor says of what is in the file; that there is little room is no fault of it.
INSIDE = {"integrity", "references", "values", "slots", "schema", "journal", "search"}

#: What is tried by each run; CI tries some more, all of them are tried by hand.
QUICK = ("log",)
TRIED = list(binder.WRITES) if IS_LONG else ["log", "import", "attach", "forget", "undo"]


def look(machine, name, ended, before, whole):
    """What a write left that ran out of room: all, or nothing, and that is what it said."""
    found = machine.rows()
    is_done = counts(found) == whole and found != before
    assert is_done or found == before, f"{name} is there in part: {ended}"
    if ended.code == 0:
        assert is_done, f"{name} was confirmed and is not there"
        return
    assert ended.code == 1, (name, ended)
    assert ended.err.startswith("tickler: "), (name, ended)
    said_so = "nothing was changed" in ended.err
    assert is_done is not said_so or found == before, f"{name} did happen: {ended.err}"


def words(name):
    return [word.format(n=7) for word in binder.WRITES[name]]


def tried(machine, made, name, run, amounts):
    machine.take(made)
    before = machine.rows()
    machine.does(*words(name))
    whole = counts(machine.rows())
    failed = 0
    for amount in amounts:
        machine.take(made)
        ended = run(machine, words(name), amount)
        look(machine, name, ended, before, whole)
        failed += ended.code == 1
        machine.does("today")
    checks = json.loads(machine("doctor", "--json").out)["checks"]
    assert [each for each in checks if not each["ok"] and each["about"] in INSIDE] == []
    return failed


def with_length(machine, typed, most):
    return machine(*typed, limits={"RLIMIT_FSIZE": most})


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in TRIED]
)
def test_no_file_can_grow(machine, made, name):
    assert tried(machine, made, name, with_length, LENGTHS[:: 1 if IS_LONG else 4])


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own, small; only who may mount one has it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tickler", str(place)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIED)
def test_the_disk_is_full(made, server, small_disk, name):
    machine = Machine(small_disk, server)
    filler = small_disk / "filler"

    def with_room(machine, typed, left):
        filler.write_bytes(b"")
        there = shutil.disk_usage(small_disk).free - (left << 10)
        filler.write_bytes(bytes(max(there, 0)))
        try:
            return machine(*typed)
        finally:
            filler.unlink()

    assert tried(machine, made, name, with_room, LEFT[:: 1 if IS_LONG else 3])


def test_the_output_is_full(machine):
    """What cannot be said was done all the same, and the exit code says that it was not told."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    before = machine.rows()
    ended = machine("move", "ACME", "+2d", stdout=full)
    assert ended.code == 1
    assert machine.rows() != before
