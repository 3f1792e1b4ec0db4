"""Files to be attached are checked and read before anything is done."""

import io
import os
from pathlib import Path

import pytest

from tests import documents
from tickler.core.client.files import LARGEST, NewFile
from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.system import files_to_attach


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "offer.txt"
    path.write_text("Träger", "utf-8")
    return path


def opened(*paths, **more):
    with files_to_attach.opened(paths, **more) as files:
        return files


def test_files_are_open_and_looked_into(file):
    looked = []
    with files_to_attach.opened([file], looking=looked.append) as (new,):
        assert (new.name, new.text, new.size, new.warnings) == ("offer.txt", "Träger", 7, ())
        assert new.source.read() == "Träger".encode()
    assert new.source.closed
    assert looked == ["offer.txt"]


@pytest.mark.slow
def test_a_file_may_have_another_name_on_the_dossier(file):
    assert opened(file, as_name="b.pdf")[0].name == "b.pdf"


def test_home_is_understood(file, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opened(Path("~/offer.txt"))[0].name == "offer.txt"
    with pytest.raises(TicklerError, match="cannot read"):
        opened(Path("~nobody-there/offer.txt"))


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    cases = {
        "none": (NotFound, "there is no such file"),
        ".": (Unreadable, "is a folder: name the files in it"),
        "pipe": (Unreadable, "is not an ordinary file"),
        "/dev/zero": (Unreadable, "is not an ordinary file"),
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
    with files_to_attach.piped(io.BytesIO(b"hello"), "x/a.txt") as (new,):
        assert (new.name, new.text, new.size, new.source.read()) == ("a.txt", "hello", 5, b"hello")
    nobody = files_to_attach.piped(io.BytesIO(b""), "")
    with pytest.raises(Unreadable, match="has no name yet") as nameless, nobody:
        pass
    assert nameless.value.hint is Hint.AS_NAME

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return bytes(size)

    with pytest.raises(Refused, match="larger than 100 MB"), files_to_attach.piped(Endless(), "a"):
        pass


@pytest.mark.slow
def test_what_cannot_be_searched_is_warned_of():
    found = files_to_attach.looked_into(NewFile("[red].pdf", io.BytesIO(b"%PDF broken"), 11))
    (warning,) = found.warnings
    assert found.text is None
    assert warning.text.startswith("[red].pdf: its text cannot be searched: it is damaged")


def test_documents_are_read_by_their_names(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(documents.pdf())
    assert opened(path)[0].text == "Hello crane"
    assert opened(path, as_name="a.bin")[0].text is None


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [("Größe.txt".encode(), "Größe.txt", []), (b"Gr\xf6\xdfe.txt", "Größe.txt", ["name-read"])],
)
def test_the_name_of_a_file_is_text_in_any_encoding(tmp_path, raw, name, said):
    path = tmp_path / os.fsdecode(raw)
    try:
        path.write_text("plan")
    except OSError:
        pytest.skip("this file system has no such names")
    with files_to_attach.opened([path]) as (file,):
        assert file.name == name
        assert [each.code for each in file.warnings] == said
