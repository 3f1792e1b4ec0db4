"""The page of what was measured names what was missed and what could not be measured."""

import sys

import pytest

from bench import report
from bench.__main__ import Bench
from bench.measure import Cost, Failed, command, in_child, times


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path, (100, 1_000), 1, quick=True)


def test_a_missed_goal_and_one_that_was_not_measured_are_named(bench):
    bench.found.figures["move"] = {"floor": 1.26, "statements": 20}
    page = report.page(bench.found, bench.sizes)
    assert "| move | times its floor | 1.26 | 1.25 | **missed** |" in page
    assert "| move | statements | 20 | 20 | met |" in page
    assert "| doctor | ms |  | 5000 | not measured |" in page


def test_what_fails_is_named_and_the_rest_goes_on(bench):
    with bench.measuring("doctor") as figures:
        figures["ms"] = command([sys.executable, "-c", "import nothing_there"], {}).cpu
    with bench.measuring("list") as figures:
        figures["ms"] = 7.0
    assert bench.found.figures == {"list": {"ms": 7.0}}
    assert "- doctor: " in (page := report.page(bench.found, bench.sizes))
    assert "No module named 'nothing_there'" in page


def test_a_child_hands_back_what_it_found_or_why_not():
    assert in_child(lambda: {"rows": 3}) == {"rows": 3}
    with pytest.raises(Failed, match="ZeroDivisionError: division by zero"):
        in_child(lambda: 1 / 0)


def test_a_ratio_is_the_median_of_those_of_each_turn():
    ours = [Cost(cpu, 0) for cpu in (10, 90, 20)]
    floor = [Cost(cpu, 0) for cpu in (10, 30, 10)]
    assert times(ours, floor) == 2
