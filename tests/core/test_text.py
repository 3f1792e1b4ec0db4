"""Names are matched as people mean them, and no text can act on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.text import (
    fold,
    had_controls,
    one_line,
    phone_key,
    printable,
    printable_lines,
    quote,
    storable,
)

anything = st.text(st.characters(codec=None, categories=None), max_size=60)
ACTING = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0xD800, 0xE000))}
REORDERING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ACME", "acme"),
        ("Straße", "strasse"),
        ("Müller & Söhne", "muller & sohne"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("  two   blanks\there ", "two blanks here"),
        ("ﬁne", "fine"),
        ("10 ㎒", "10 mhz"),
        ("東京", "東京"),
        ("a\udcffb", "a b"),
    ],
)
def test_folding(typed, folded):
    assert fold(typed) == folded


@given(anything)
def test_folding_twice_changes_nothing_more(text):
    once = fold(text)
    assert fold(once) == once
    once.encode()


@given(st.text(max_size=40))
def test_composed_and_decomposed_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(anything)
def test_a_one_line_field_has_one_clean_line(text):
    clean = one_line(text)
    assert ACTING.isdisjoint(clean)
    assert len(clean.splitlines()) <= 1
    assert one_line(clean) == clean
    assert not had_controls(clean)
    clean.encode()


def test_a_name_is_kept_as_it_is():
    name = "[red]=HYPERLINK(\"x\") 'O’Brien' 👩‍🔧 שלום \u200fa"
    assert one_line(name) == name
    assert not had_controls(name)
    assert had_controls("ACME\x1b[2J")
    assert one_line("ACME\x1b[2J\nBerlin") == "ACME [2J Berlin"


@given(anything)
def test_what_is_shown_can_neither_act_nor_reorder(text):
    shown = printable(text)
    assert (ACTING | REORDERING).isdisjoint(shown)
    assert not {"\u2028", "\u2029"} & set(shown)
    lines = printable_lines(text)
    assert (ACTING | REORDERING).isdisjoint(set(lines) - {"\n", "\t"})


def test_emoji_joiners_and_lines_are_kept():
    assert printable("👩‍🔧") == "👩‍🔧"
    assert printable_lines("a\r\nb\rc\td") == "a\nb\nc\td"
    assert printable("a\x1b[31mb\x7f\x85") == "a␛[31mb␡�"


@given(anything)
def test_what_is_stored_can_be_stored(text):
    stored = storable(text)
    assert "\0" not in stored
    assert len(stored) == len(text)
    stored.encode()


@pytest.mark.parametrize(
    "number",
    [
        "030 123456",
        "030/12 34 56",
        "(030) 123456",
        "0 30 - 12 34 56",
        "030 123456 ext. 12",
        "030 123456 x7",
        "030 123456 Durchwahl 3",
    ],
)
def test_one_number_in_many_forms(number):
    assert phone_key(number) == phone_key("030123456")


@pytest.mark.parametrize("number", ["+49 30 123456", "0049 30 123456", "+49 (0)30 123456"])
def test_a_country_code_lies_behind_the_number(number):
    assert phone_key(number) == phone_key("030123456") + "94"


def test_what_has_no_digits_dials_nothing():
    assert phone_key("ask Anna") == phone_key("") == phone_key("000") == ""


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        (" ACME ", "“ACME”"),
        ("two\nlines\tand\u2028more", "“two lines and more”"),
        ("\x1b[2J", "“\x1b[2J”"),
        ("x" * 41, f"“{'x' * 40}…”"),
        ("x" * 40, f"“{'x' * 40}”"),
        ("x" * 39 + " y", f"“{'x' * 39}…”"),
        ("", "“”"),
    ],
)
def test_what_was_typed_is_quoted_on_one_line_and_cut(typed: str, quoted: str) -> None:
    assert quote(typed) == quoted
