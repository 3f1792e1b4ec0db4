"""Each file is written whole or not at all, and none is replaced that was not meant."""

import contextlib
import os
import re
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.system import files

ROOT = Path(__file__).parents[2]

as_a_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def names(folder):
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def folder(tmp_path):
    """A folder in which nothing is left but what a test expects."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


@pytest.fixture
def mine(folder):
    path = folder / "mine.txt"
    path.write_text("mine")
    return path


def test_a_file_goes_here_into_a_folder_or_under_another_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert files.target_of("a.txt", None) == tmp_path / "a.txt"
    assert files.target_of("a/b:c.txt", tmp_path) == tmp_path / "a_b_c.txt"
    assert files.target_of("a.txt", tmp_path / "b.txt") == tmp_path / "b.txt"
    assert files.target_of("a.txt", Path("~")) == tmp_path / "a.txt"
    with pytest.raises(TicklerError, match="cannot write the file"):
        files.target_of("a.txt", Path("~nobody-there/a.txt"))


def test_a_new_file_is_for_its_owner_alone(folder):
    files.write(folder / "a.txt", b"whole")
    assert (folder / "a.txt").read_bytes() == b"whole"
    assert mode(folder / "a.txt") == 0o600
    assert names(folder) == ["a.txt"]


def test_a_file_that_exists_is_replaced_by_force_alone_and_keeps_its_rights(folder, mine):
    mine.chmod(0o664)
    with pytest.raises(Refused, match="a file with this name exists") as told:
        files.write(mine, b"new")
    assert told.value.hint is Hint.FORCE
    with pytest.raises(Refused, match="exists") as told:
        files.write(mine, b"new", hint=None)
    assert told.value.hint is None
    assert mine.read_text() == "mine"
    files.write(mine, b"new", force=True)
    assert (mine.read_text(), mode(mine)) == ("new", 0o664)
    assert names(folder) == ["mine.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to another group")
def test_a_file_that_is_replaced_keeps_its_group(mine):
    os.chown(mine, -1, 1)
    files.write(mine, b"new", force=True)
    assert mine.stat().st_gid == 1


def test_what_is_not_a_file_is_never_replaced(folder, mine):
    (folder / "link").symlink_to(mine)
    (folder / "dangling").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    before = names(folder)
    cases = {
        ".": "this is a folder",
        "link": "this is a link",
        "dangling": "this is a link",
        "pipe": "this is a pipe",
        "/dev/full": "this is a device",
    }
    for name, reason in cases.items():
        with pytest.raises(Refused, match=reason):
            files.write(folder / name, b"new", force=True)
    with pytest.raises(NotFound, match=r"there is no such folder \(.*none\)"):
        files.write(folder / "none" / "a.txt", b"new")
    with pytest.raises(TicklerError, match="Not a directory"):
        files.write(mine / "a.txt", b"new")
    with pytest.raises(TicklerError, match="cannot write the file: "):
        files.write(folder / "nul\0", b"new")
    with pytest.raises(TicklerError, match="File name too long"):
        files.write(folder / ("x" * 300), b"new")
    assert (mine.read_text(), names(folder)) == ("mine", before)


@as_a_user
def test_without_permission_nothing_is_written(folder, mine):
    mine.chmod(0o400)
    with pytest.raises(Refused, match="the file is write-protected"):
        files.write(mine, b"new", force=True)
    folder.chmod(0o500)
    try:
        with pytest.raises(TicklerError, match="cannot write the file: Permission denied"):
            files.write(folder / "a.txt", b"new")
        with pytest.raises(TicklerError, match="cannot make the folder: Permission denied"):
            files.make_folder(folder / "a" / "b")
    finally:
        folder.chmod(0o700)
    assert (mine.read_text(), names(folder)) == ("mine", ["mine.txt"])


@pytest.mark.parametrize("force", [True, False])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(folder, mine, force):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = mine if force else folder / "new.txt"
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, hard))
    try:
        with pytest.raises(TicklerError, match="cannot write the file: File too large"):
            files.write(path, bytes(2**17), force=force)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (mine.read_text(), names(folder)) == ("mine", ["mine.txt"])


KILLED = """
import os, signal, sys
from pathlib import Path
from tickler.system import files

def half(file):
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), int(sys.argv[2]))

files.save(Path(sys.argv[1]), half, force=True)
"""


@pytest.mark.parametrize(("sent", "left"), [(signal.SIGKILL, 2), (signal.SIGINT, 1)])
def test_killed_half_way_the_old_file_is_still_whole(folder, mine, sent, left):
    words = [sys.executable, "-c", KILLED, str(mine), str(int(sent))]
    done = subprocess.run(words, check=False, cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == -sent
    assert mine.read_text() == "mine"
    assert len(names(folder)) == left  # only who is killed cannot clear up


@pytest.mark.parametrize("links", [True, False])
def test_of_two_at_once_one_is_refused(folder, monkeypatch, links):
    if not links:

        def no_links(*_paths):
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", no_links)
    both, outcomes = threading.Barrier(2), []

    def write(content):
        def together(file):
            file.write(content)
            both.wait(10)

        try:
            files.save(folder / "a.txt", together)
            outcomes.append(content)
        except Refused as error:
            outcomes.append(error.sentence)

    threads = [threading.Thread(target=write, args=(each,)) for each in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = [each for each in outcomes if isinstance(each, bytes)]
    (refused,) = [each for each in outcomes if isinstance(each, str)]
    assert refused.startswith("a file with this name exists")
    assert (folder / "a.txt").read_bytes() == kept
    assert names(folder) == ["a.txt"]


def test_what_fails_for_another_reason_is_not_taken_for_the_disk(folder):
    def broken(_file):
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        files.save(folder / "a.txt", broken)
    assert names(folder) == []


def test_a_text_is_read_or_a_sentence_says_why_not(folder, mine):
    assert files.text_of(mine, 10) == "mine"
    (folder / "latin").write_bytes("Müller".encode("latin-1"))
    os.mkfifo(folder / "pipe")
    cases = {
        "none": (NotFound, "there is no such file"),
        ".": (Unreadable, "this is not an ordinary file"),
        "pipe": (Unreadable, "this is not an ordinary file"),
        "latin": (Unreadable, "the file is not UTF-8"),
        "x" * 300: (TicklerError, "cannot read the file: File name too long"),
    }
    for name, (error, reason) in cases.items():
        with pytest.raises(error, match=reason):
            files.text_of(folder / name, 10)
    with pytest.raises(Unreadable, match="the file has more than 3 bytes"):
        files.text_of(mine, 3)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_folders_are_for_their_owner_alone_whatever_the_mask_is(tmp_path, mask):
    before = os.umask(mask)
    try:
        files.make_folder(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    assert {mode(each) for each in tmp_path.rglob("*")} == {0o700}
    files.make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    with pytest.raises(TicklerError, match="cannot make the folder"):
        files.make_folder(tmp_path / "file" / "d")


def test_only_an_ordinary_file_is_read_and_no_more_of_it_than_asked(folder):
    os.mkfifo(folder / "pipe")
    for path in (folder / "pipe", Path("/dev/zero"), folder):
        with pytest.raises(Unreadable, match="not an ordinary file"):
            files.bytes_of(path, 10)
    (folder / "long").write_bytes(b"x" * 11)
    with pytest.raises(Unreadable, match="more than 10 bytes"):
        files.bytes_of(folder / "long", 10)
    assert files.bytes_of(folder / "long", 11) == b"x" * 11


def test_no_other_module_writes_files():
    """All but streams, the database and its log, the text for an editor, who makes a backup."""
    writes = re.compile(
        r"\.write_(text|bytes)\(|mkstemp\(|NamedTemporaryFile|O_CREAT|os\.replace\("
    )
    found = {
        str(module.relative_to(ROOT / "tickler"))
        for module in (ROOT / "tickler").rglob("*.py")
        if writes.search(module.read_text("utf-8"))
    }
    assert found == {
        "system/files.py", "system/editor.py", "store/engine.py", "store/daily.py",
    }  # fmt: skip


def binder_at(path):
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA application_id = 0x746B6C31")
        file.execute("CREATE TABLE t (x)")
        file.commit()
    return path


def test_no_file_takes_the_place_of_a_binder(tmp_path):
    path = binder_at(tmp_path / "b.db")
    (tmp_path / "again.txt").hardlink_to(path)
    before = path.read_bytes()
    for each in (path, tmp_path / "again.txt"):
        with pytest.raises(Refused, match="this is a binder"):
            files.write(each, b"x", force=True)
    assert path.read_bytes() == before
    files.write(path, b"x", force=True, own=True)


def test_nothing_takes_the_place_of_a_binder_that_is_open_nor_of_its_log(tmp_path):
    path = binder_at(tmp_path / "b.db")
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("INSERT INTO t VALUES (1)")
        file.commit()
        with pytest.raises(Refused, match="a binder that is open"):
            files.write(path, b"x", force=True, own=True)
        (tmp_path / "log.txt").hardlink_to(tmp_path / "b.db-wal")
        for name in ("b.db-wal", "b.db-shm", "log.txt"):
            with pytest.raises(Refused, match="the log of a database"):
                files.write(tmp_path / name, b"x", force=True)
        assert file.execute("SELECT count(*) FROM t").fetchone() == (1,)
    with pytest.raises(Refused, match="the log of a database"):
        files.write(tmp_path / "b.db-journal", b"x")


def test_no_file_takes_the_place_of_the_settings_or_the_program(tmp_path, monkeypatch):
    settings = tmp_path / "mine.toml"
    settings.write_text("")
    monkeypatch.setenv("TICKLER_CONFIG", str(settings))
    with pytest.raises(Refused, match="the settings"):
        files.write(settings, b"x", force=True)
    with pytest.raises(Refused, match="a program that runs"):
        files.write(Path(files.__file__), b"x", force=True)
