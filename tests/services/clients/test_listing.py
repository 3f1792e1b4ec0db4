"""A long list is read in portions; which ones there are is asked of SQL."""

import pytest

from bench import generate
from tickler.services import clients


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    desk = generate.binder(tmp_path_factory.mktemp("many") / "many.db", 600, 1)
    yield desk
    desk.close()


def test_the_portions_are_the_whole_list_in_its_order(many):
    listing = many.see(clients.listing.of)
    portions = [many.see(clients.listing.rows, keys) for keys in listing.portions()]
    assert [len(rows) for rows in portions] == [250, 350]
    rows = [row for portion in portions for row in portion]
    assert rows == sorted(rows, key=lambda row: (row.name.casefold(), row.id))
    assert rows == many.see(clients.listing.listed)


def test_the_longest_of_all_say_how_wide_the_columns_are(many):
    rows = many.see(clients.listing.listed)
    wide = many.see(clients.listing.rows, many.see(clients.listing.of).wide)
    assert max(len(row.name) for row in wide) == max(len(row.name) for row in rows)
    assert max(row.id for row in wide) == max(row.id for row in rows)
    assert len(wide) < len(rows)


def test_what_is_gone_by_now_is_left_out(many):
    assert [row.id for row in many.see(clients.listing.rows, [3, 10**9, 1])] == [3, 1]
