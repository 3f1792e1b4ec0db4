"""Files outside the binder are checked before anything is done, and written whole or not at all."""

import io
import os
import stat
import time

import pytest

from tests import documents
from tickler.core.client.files import LARGEST, NewFile
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.system import files as disk


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "offer.txt"
    path.write_text("Träger", "utf-8")
    return path


def opened(*paths, **more):
    with disk.opened(paths, **more) as files:
        return files


def test_files_are_open_and_looked_into(file):
    looked = []
    with disk.opened([file], looking=looked.append) as (new,):
        assert (new.name, new.text, new.size, new.warnings) == ("offer.txt", "Träger", 7, ())
        assert new.source.read() == "Träger".encode()
    assert new.source.closed
    assert looked == ["offer.txt"]


def test_a_file_may_have_another_name_on_the_dossier(file):
    assert opened(file, as_name="b.pdf")[0].name == "b.pdf"


def test_home_is_understood(file, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opened(disk.Path("~/offer.txt"))[0].name == "offer.txt"
    with pytest.raises(TicklerError, match="cannot read"):
        opened(disk.Path("~nobody-there/offer.txt"))


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    cases = {
        "none": (NotFound, "there is no file"),
        ".": (Unreadable, "is a folder: name the files in it"),
        "pipe": (Unreadable, "is no ordinary file"),
        "/dev/zero": (Unreadable, "is no ordinary file"),
        "nul\0": (TicklerError, "cannot read"),
        "x" * 300: (TicklerError, "cannot read"),
    }
    for name, (error, said) in cases.items():
        with pytest.raises(error, match=said):
            opened(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(file):
    file.chmod(0)
    with pytest.raises(TicklerError, match="Permission denied"):
        opened(file)


def test_one_too_large_is_refused_before_it_is_read(tmp_path, file):
    huge = tmp_path / "huge.iso"
    with huge.open("wb") as made:
        made.truncate(LARGEST + 1)
    with pytest.raises(Refused, match=r"huge\.iso is larger than 100 MB"):
        opened(file, huge)


def test_what_a_pipe_brings_is_one_file():
    with disk.piped(io.BytesIO(b"hello"), "x/a.txt") as (new,):
        assert (new.name, new.text, new.size, new.source.read()) == ("a.txt", "hello", 5, b"hello")
    with pytest.raises(Unreadable, match="--as-name"), disk.piped(io.BytesIO(b""), ""):
        pass

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return bytes(size)

    with pytest.raises(Refused, match="larger than 100 MB"), disk.piped(Endless(), "a"):
        pass


def test_what_cannot_be_searched_is_warned_of():
    found = disk.looked_into(NewFile("[red].pdf", io.BytesIO(b"%PDF broken"), 11))
    (warning,) = found.warnings
    assert found.text is None
    assert warning.text.startswith("[red].pdf: its text cannot be searched: it is damaged")


def test_it_is_saved_here_in_a_folder_or_under_another_name(tmp_path, monkeypatch, file):
    monkeypatch.chdir(tmp_path)
    assert disk.target_of("a.txt", None) == tmp_path / "a.txt"
    assert disk.target_of("a/b:c.txt", tmp_path) == tmp_path / "a_b_c.txt"
    assert disk.target_of("a.txt", tmp_path / "b.txt") == tmp_path / "b.txt"
    with pytest.raises(NotFound, match="there is no folder"):
        disk.target_of("a.txt", tmp_path / "none" / "b.txt")
    with pytest.raises(Refused, match="is there already; `--force` writes over it"):
        disk.target_of("offer.txt", None)
    assert disk.target_of("offer.txt", None, force=True) == file
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused, match="is there already"):
        disk.target_of("dangling", None)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder" / "a.txt").mkdir(parents=True)
    with pytest.raises(Refused, match="is no ordinary file"):
        disk.target_of("pipe", None, force=True)
    with pytest.raises(Refused, match="is a folder"):
        disk.target_of("a.txt", tmp_path / "folder", force=True)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"

    def half(to):
        to.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(TicklerError, match="No space left"):
        disk.save(path, half)
    assert list(tmp_path.iterdir()) == []
    disk.save(path, lambda to: to.write(b"whole"))
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that alone is looked through for programs, and a home."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")

    def have(script):
        program = folder / "xdg-open"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)

    return have


def write(to):
    to.write(b"content")


def test_a_private_copy_is_opened_with_the_systems_program(programs, tmp_path):
    programs(f'echo "$1" > {tmp_path}/asked')
    path = disk.open_copy("a/[b]:.txt", write)
    assert (tmp_path / "asked").read_text() == f"{path}\n"
    assert (path.name, path.read_bytes()) == ("a_[b]_.txt", b"content")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_without_a_program_it_says_where_the_copy_lies(programs, tmp_path):
    with pytest.raises(TicklerError, match="no program here that opens files; a copy lies at "):
        disk.open_copy("a.txt", write)
    programs("exit 4")
    with pytest.raises(TicklerError, match=r"no program opens a\.txt here; a copy lies at "):
        disk.open_copy("a.txt", write)
    assert len(list((tmp_path / "cache" / "tickler" / "opened").glob("*/a.txt"))) == 2


def test_old_copies_are_cleared_away(programs):
    programs("exit 0")
    old, new = (disk.open_copy("a.txt", write) for _ in range(2))
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old.parent, (long_ago, long_ago))
    disk.open_copy("a.txt", write)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_program_that_stays_is_not_waited_for(programs, monkeypatch):
    monkeypatch.setattr(disk, "_SOON", 0.05)
    programs("exec /bin/sleep 3")
    started = time.monotonic()
    disk.open_copy("a.txt", write)
    assert time.monotonic() - started < 2


def test_documents_are_read_by_their_names(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(documents.pdf())
    assert opened(path)[0].text == "Hello crane"
    assert opened(path, as_name="a.bin")[0].text is None
