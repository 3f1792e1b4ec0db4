"""The lines of a review: figures at a glance, with target and course, in any width."""

from dataclasses import replace
from datetime import date

import pytest

from tickler.core.dates.language import ENGLISH
from tickler.core.dates.periods import Span, period_of
from tickler.core.dates.workdays import Calendar
from tickler.core.review.figures import DayFigures, Figures
from tickler.core.review.report import compare, course
from tickler.core.review.targets import Per, Target
from tickler.widgets.review_lines import glance, last_ten

MONDAY = date(2026, 11, 23)
TARGETS = {"contacts": Target(20, Per.DAY)}


def figures(planned=0, done=0, contacts=0):
    return Figures(days=(DayFigures(MONDAY, planned, done),), workdays=1, contacts=contacts)


def review(*each, targets=None):
    """A day with these figures, and those of the days before, the last of them its own."""
    period = period_of(Span.DAY, MONDAY)
    days = period.back(len(each), Calendar(), date(1900, 1, 1))
    made = compare(
        each[-1], each[-2], period=period, before=days[-2], targets=targets or {}, today=MONDAY,
        calendar=Calendar(),
    )  # fmt: skip
    return replace(made, course=course(dict(zip(days, each, strict=True))))


def plain(lines):
    return [line.plain.rstrip() for line in lines]


TEN = [figures(20, n, n) for n in range(9)] + [figures(21, 14, 14)]


def test_a_figure_is_one_line_with_its_course():
    shown = plain(glance(review(*TEN), 78))
    assert shown[0] == "done          67 % 14 of 21    ▁▂▂▃▃▄▄▅▅█  (40% before)"
    assert shown[1].startswith("contacts        14")
    assert len(shown) == 6
    assert "━" not in "".join(shown)


def test_what_was_not_counted_is_a_dot_and_nothing_is_a_low_line():
    shown = plain(glance(review(figures(), figures(20, 0), figures(20, 10), figures(20, 20)), 78))
    assert "·▁▅█" in shown[0]
    assert "▁▁▁▁" in shown[4]


@pytest.mark.parametrize("width", [58, 78, 98, 118, 158])
def test_a_target_has_a_bar_and_no_line_is_too_long(width):
    lines = list(glance(review(*TEN, targets=TARGETS), width))
    assert "━" in lines[1].plain
    assert "of 20" in lines[1].plain
    assert max(line.cell_length for line in lines) <= max(width, 78)


def test_the_last_ten_are_a_line_each_the_newest_first():
    heads, first, second, *others = plain(last_ten(review(*TEN), ENGLISH, 78))
    assert heads.split() == ["done", "contacts", "reached", "meetings", "orders", "kept"]
    assert first.split() == ["Mon", "23", "Nov", "67", "%", "14", "–", "0", "0", "–"]
    assert second.startswith("Fri 20 Nov")
    assert len(others) == 8
