"""Counts and lists in words."""

from __future__ import annotations

import pytest

from tickler.core.phrases import and_more, counted, first, named, plural


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 days")]
)
def test_a_count_agrees_with_its_noun(count: int, words: str) -> None:
    assert counted(count, "day") == words


def test_an_irregular_plural_is_given() -> None:
    assert [plural(n, "has", "have") for n in (0, 1, 2)] == ["have", "has", "have"]
    assert counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Abel"], "Abel"),
        (["Abel", "Beck"], "Abel, Beck"),
        (["Abel", "Beck", "Cohn"], "Abel, Beck and 1 more"),
        (["Abel", "Beck", "Cohn", "Dorn"], "Abel, Beck and 2 more"),
    ],
)
def test_a_long_list_names_the_first_and_counts_the_rest(names: list[str], words: str) -> None:
    assert named(names, 2) == words


def test_many_lines_end_with_how_many_are_left() -> None:
    assert first(["a", "b", "c"], 3) == ["a", "b", "c"]
    assert first(["a", "b", "c"], 1) == ["a", "and 2 more"]


def test_what_is_left_is_counted() -> None:
    assert (and_more(3), and_more(0), and_more(-2)) == (" and 3 more", "", "")
