"""The name of a file on a dossier and on a disk, and its size in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.client.files import LONGEST_NAME, ending_of, file_name, safe_name, size_in_words


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("offer.pdf", "offer.pdf"),
        ("/var/rita/offer.pdf", "offer.pdf"),
        (r"C:\Rita\offer.pdf", "offer.pdf"),
        ("folder/", "folder"),
        ("two\nlines.txt", "two lines.txt"),
        ("[red]Größe “x”.txt", "[red]Größe “x”.txt"),
        (".profile", ".profile"),
        ("..", ""),
        ("../..", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_a_name_is_one_line_without_folders(given, name):
    assert file_name(given) == name


def test_a_name_that_is_too_long_keeps_its_ending():
    name = file_name("a" * 300 + ".PDF")
    assert (len(name), name[-5:]) == (LONGEST_NAME, "….PDF")
    assert len(file_name("a." + "b" * 300)) == LONGEST_NAME


@given(st.text(max_size=400))
def test_what_is_saved_lies_where_it_should_on_every_disk(text):
    name = safe_name(file_name(text))
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\\0:*?"<>|')
    assert len(name.encode()) <= 255
    assert name[0] not in ".-~ "
    assert name[-1] not in ". "


@pytest.mark.parametrize(
    ("attached", "saved"),
    [
        ("..", "file"),
        ("../../.bashrc", "_._.._.bashrc"),
        ("/etc/passwd", "_etc_passwd"),
        ("-rf", "_rf"),
        (".profile", "_profile"),
        ("~", "_"),
        ("offer.pdf. . ", "offer.pdf"),
        ("a\0b\x1b.txt", "a_b_.txt"),
        ("NUL", "_NUL"),
        ("com1.txt", "_com1.txt"),
        ("console.txt", "console.txt"),
        ("gnp\u202efdp.exe", "gnp_fdp.exe"),
        ("a\u2215b\uff0fc.pdf", "a\u2215b\uff0fc.pdf"),
        ("", "file"),
    ],
)
def test_no_name_leaves_its_folder(attached, saved):
    assert safe_name(attached) == saved


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (14_336, "14 kB"), (1_048_575, "1.0 MB"),
     (100 * 2**20, "100.0 MB")],
)  # fmt: skip
def test_sizes_in_words(size, words):
    assert size_in_words(size) == words


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("a", ""), (".profile", ""), ("a. b c", "")],
)
def test_endings(name, ending):
    assert ending_of(name) == ending
