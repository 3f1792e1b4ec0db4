"""Numbers by which a rep names dossiers, slips, files, lines and sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.numbers import number, numbers

IDS = st.integers(min_value=0, max_value=10**18 - 1)


@given(
    st.lists(
        st.tuples(IDS, st.sampled_from(["", "#", "s", "S"]), st.sampled_from(["", " "])), min_size=1
    )
)
def test_every_spelling_gives_the_numbers_once_and_in_order(parts):
    typed = ",".join(f"{blank}{sign}{key}{blank}" for key, sign, blank in parts)
    assert numbers(typed, "s") == list(dict.fromkeys(key for key, _, _ in parts))


@pytest.mark.slow
@given(st.text())
def test_a_text_is_numbers_as_a_whole_or_not_at_all(text):
    found = numbers(text)
    assert bool(found) == all(
        part.strip().removeprefix("#").isascii()
        and part.strip().removeprefix("#").isdigit()
        and len(part.strip().removeprefix("#")) <= 18
        for part in text.split(",")
    )


@pytest.mark.parametrize(
    "typed", ["", " ", "#", "s5", "4 2", "4-6", "42,", ",42", "4,,2", "##4", "# 4", "٤٢", "1" * 19]
)
def test_what_is_not_a_number(typed):
    assert numbers(typed) == []
    assert number(typed) is None


def test_one_number():
    assert [number(typed) for typed in ("42", "#42", " 042 ", "42,42")] == [42, 42, 42, 42]
    assert number("42,43") is None
    assert [number(typed, "f") for typed in ("f7", "F7", "#7", "7")] == [7, 7, 7, 7]
