"""Paths as they are typed, or come when a file is drawn onto the terminal."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core import path_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("offer.pdf", ["offer.pdf"]),
        ("  a.txt   b.txt ", ["a.txt", "b.txt"]),
        ("'a b.txt' \"c d.txt\" e\\ f.txt", ["a b.txt", "c d.txt", "e f.txt"]),
        ("file:///tmp/a%20b.txt", ["/tmp/a b.txt"]),
        ("file://localhost/tmp/Gr%C3%B6%C3%9Fe.txt", ["/tmp/Größe.txt"]),
        ("Rita's offer.pdf", ["Rita's offer.pdf"]),
        ("", []),
        ("''", []),
    ],
)
def test_the_paths_in_a_text(text, found):
    assert path_words.split(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("", "")),
        ("of", ("", "of")),
        ("a.txt of", ("a.txt ", "of")),
        ("a.txt ", ("a.txt ", "")),
        ("'a b.txt' of", ("'a b.txt' ", "of")),
        ("x 'My Of", ("x ", "My Of")),
        ('x "My Of', ("x ", "My Of")),
        ("x My\\ Of", ("x ", "My Of")),
        ("'My Offers/'de", ("", "My Offers/de")),
        ("x My\\", ("x ", "My")),
    ],
)
def test_the_last_path_is_completed(text, found):
    assert path_words.last(text) == found


@given(st.text(max_size=30))
def test_any_text_has_paths_or_none_and_a_last_one(text):
    assert all(isinstance(path, str) for path in path_words.split(text))
    before, _ = path_words.last(text)
    assert text.startswith(before)
    path_words.pasted(text)


@given(st.lists(st.text("aü '\\\"~/.", min_size=1, max_size=8), min_size=1, max_size=3))
def test_what_is_quoted_is_read_as_it_was(names):
    assert shlex.split(" ".join(map(path_words.quoted, names))) == names


@given(st.lists(st.text("ab/ ", max_size=6), min_size=1, max_size=4))
def test_what_they_have_in_common_is_how_all_begin(names):
    same = path_words.common(names)
    assert all(name.startswith(same) for name in names)
    assert len({name[len(same) : len(same) + 1] for name in names}) > 1 or same == names[0]


def test_lines_that_are_pasted_become_words():
    assert path_words.pasted("/a b.txt\n'/c d.txt'\n/e.txt\n") == "'/a b.txt' '/c d.txt' /e.txt"
    assert path_words.pasted("/a b.txt\n") == "/a b.txt"
    assert path_words.pasted("\n") == ""
