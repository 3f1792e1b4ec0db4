"""Address books of many programs in a binder, once and twice, whole and broken."""

import pytest

from tests.formats.cards import address_books
from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.errors import TicklerError
from tickler.formats.cards.table import read_cards
from tickler.services import transfer

BOOKS = list(address_books.ALL.values())


def bring(desk, seed: int) -> int | None:
    """Rehearse the import of a broken book; how many were read, None where it was refused."""
    data = mutated(BOOKS[seed % len(BOOKS)], seed)
    try:
        return desk.rehearse(transfer.import_list.import_clients, read_cards(data)).read
    except TicklerError as error:
        assert str(error)
        return None


@pytest.mark.slow
def test_a_broken_address_book_is_read_or_refused(desk):
    found = [bring(desk, seed) for seed in range(30)]
    assert sum(map(bool, found)) > 20


@pytest.mark.slow
def test_a_thousand_broken_address_books_are_read_or_refused(desk):
    found = [bring(desk, seed) for seed in range(many(1000))]
    assert sum(map(bool, found)) > 0.8 * len(found)


def test_an_address_book_is_imported_with_nothing_doubled(desk, tmp_path):
    paths = []
    for name, data in address_books.ALL.items():
        paths.append(tmp_path / f"{name}.vcf")
        paths[-1].write_bytes(data)
    table = transfer.sources.read(paths)
    first = desk.do(transfer.import_list.import_clients, table)
    assert (first.read, first.merged) == (19, 1)
    again = desk.do(transfer.import_list.import_clients, transfer.sources.read(paths))
    assert (again.added, again.merged, again.skipped) == (0, 0, 19)
