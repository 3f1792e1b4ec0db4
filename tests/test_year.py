"""Some months of a rep's life, held against the recount in `bench/ledger.py` every morning."""

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"


@pytest.fixture
def year(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.syspath_prepend(BENCH)
    import year  # noqa: PLC0415  # found only from here on

    yield year
    for name in ("year", "ledger"):
        sys.modules.pop(name, None)


@pytest.mark.slow
def test_a_quarter_with_and_without_spread_agrees_with_the_recount(year, tmp_path):
    without, with_it = year.both(tmp_path, count=100, clients=100, capacity=3)
    assert year.fewer(without, with_it) >= 0.8
    for came in (without, with_it):
        assert came.agreed_kept == came.agreed > 0
        assert came.made >= came.open_at_end > 0


@pytest.mark.slow
def test_the_recount_sees_a_binder_that_miscounts(year, tmp_path, monkeypatch):
    """A check that sees nothing proves nothing: here one dossier is left out of past piles."""
    stood = year.piles.past_pile.stood

    def short(*asked):
        return {day: frozenset([*keys][1:]) for day, keys in stood(*asked).items()}

    monkeypatch.setattr(year.piles.past_pile, "stood", short)
    with pytest.raises(year.Differs):
        year.both(tmp_path, count=40, clients=60, capacity=3)
