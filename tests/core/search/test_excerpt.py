"""A passage shows the words as they were written, whatever they fold to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.search.excerpt import WIDTH, held, line_with, marked, passage
from tickler.core.search.query import Word
from tickler.core.text import fold, folded_places

LETTERS = st.text(st.sampled_from("aäßÄłÆ ﬁ\u0301\t\n½𝕏x-"), max_size=300)


def shown(text, *words):
    said, hits = passage(text, [Word((word,)) for word in words])
    return "".join(f"[{part}]" if is_hit else part for part, is_hit in marked(said, hits))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Müller & Söhne", ["muller"], "[Müller] & Söhne"),
        ("Kolbenstraße 55", ["strasse"], "Kolben[straße] 55"),
        ("der Autokran kam", ["kran"], "der Auto[kran] kam"),
        ("kran und KRAN", ["kran"], "[kran] und [KRAN]"),
        ("Kranbau", ["kran", "ranb"], "[Kranb]au"),
        ("first line\nthe crane\nlast", ["crane"], "the [crane]"),
        ("crane\nrope and crane", ["crane", "rope"], "[rope] and [crane]"),
        ("[red]x", ["[red]"], "[[red]]x"),
        ("nothing here", ["crane"], "nothing here"),
        ("", ["crane"], ""),
    ],
)
def test_hits_are_marked_where_they_stand(text, words, expected):
    assert shown(text, *words) == expected


def test_a_long_line_is_cut_between_words_around_the_hit():
    text = "before " * 60 + "the crane " + "after " * 60
    said = shown(text, "crane")
    assert said.startswith("… before before")
    assert "the [crane] after" in said
    assert said.endswith("after …")
    assert len(said) <= WIDTH + 6


def test_an_endless_line_is_read_in_pieces():
    text = "before " * 5000 + "crane" + " after" * 5000
    said = shown(text, "crane")
    assert "before [crane] after" in said
    for place in range(1700, 2100):
        assert "crane" in line_with("." * place + "crane" + "." * 2000, [Word(("crane",))])


def test_either_spelling_is_marked():
    word = Word(("mueller", "muller"))
    said, hits = passage("Müller und Mueller", [word])
    assert [said[a:b] for a, b in hits] == ["Müller", "Mueller"]
    assert held("Herr Müller", [word, Word(("acme",))]) == 1


@given(LETTERS, st.data())
def test_any_piece_is_shown_and_marked(text, data):
    line = data.draw(st.sampled_from(text.splitlines() or [""]))
    folded = fold(line)
    if not folded:
        return
    start = data.draw(st.integers(0, len(folded) - 1))
    piece = folded[start : data.draw(st.integers(start + 1, len(folded)))].strip()[:60]
    if piece:
        said, hits = passage(text, [Word((piece,))])
        assert hits
        assert any(piece in fold(said[a:b]) for a, b in hits)


@given(LETTERS | st.text())
def test_every_folded_letter_has_its_place(text):
    folded, places = folded_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert [*places] == sorted(places)
    for letter, place in zip(folded, places, strict=True):
        assert letter in fold(f"x{text[place]}x")
