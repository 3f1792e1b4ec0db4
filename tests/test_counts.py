"""No verb of a day asks more of the database than the table has, in a small and a large binder."""

from functools import cache

import pytest

from bench import counts, generate
from bench.measure import Failed
from bench.plan import DAILY, ENTRIES_EACH, Verb


@pytest.fixture(scope="module")
def binder(tmp_path_factory):
    """Makes a binder of a size, once."""

    @cache
    def make(size):
        path = tmp_path_factory.mktemp("counted") / f"{size}.db"
        generate.binder(path, size, ENTRIES_EACH).close()
        return path

    return make


@pytest.mark.parametrize("verb", DAILY)
@pytest.mark.parametrize("size", [counts.SMALL, pytest.param(counts.LARGE, marks=pytest.mark.slow)])
def test_a_verb_asks_no_more_than_the_table_has(binder, verb, size):
    found = counts.count_asked(verb, size, binder(size))
    assert counts.more({verb: found}, counts.kept()) == []


def test_more_than_the_table_has_is_named():
    table = {"move": {"statements at 100": 20, "steps at 100": 1000}}
    found = {"move": {"statements at 100": 21, "steps at 100": 1251}}
    assert counts.more(found, table) == [
        "move: statements at 100 21, at most 20",
        "move: steps at 100 1251, at most 1250",
    ]
    assert counts.more(table, table) == []


def test_a_table_cannot_allow_move_more_than_twenty_statements():
    row = {"move": {"statements at 100": 21}}
    assert counts.more(row, row) == ["move: statements at 100 21, at most 20"]


def test_a_verb_that_fails_is_not_counted(binder):
    with pytest.raises(Failed, match="no dossier is called"):
        counts.asked(Verb("show nobody"), binder(counts.SMALL))
