"""The weeks ahead as they are drawn: bars with their numbers, and the lines around them."""

from datetime import date, timedelta

import pytest

from tickler.core.dates.language import ENGLISH
from tickler.core.filing.slots import Month
from tickler.core.planning.capacity import Capacity, Unit
from tickler.core.views import InsertView, WeeksView
from tickler.widgets import load_lines
from tickler.widgets.load_plot import Plot, fitting, number, top_of

MONDAY = date(2026, 11, 23)
CALLS = Capacity(20)
HOURS = Capacity(360, Unit.MINUTES)


def days(*loads, measure=CALLS):
    """Mondays to Fridays with these loads."""
    dates = [MONDAY + timedelta(days=n + 2 * (n // 5)) for n in range(len(loads))]
    return [
        InsertView(
            slot="day",
            label=str(day.day),
            date=day,
            month=None,
            count=load,
            load=load,
            capacity=measure.usual,
            working=True,
            holiday=None,
            dated=load,
            measure=measure,
        )
        for day, load in zip(dates, loads, strict=True)
    ]


def view(*loads, measure=CALLS):
    weekdays = frozenset(range(5))
    return WeeksView(MONDAY, tuple(days(*loads, measure=measure)), (), 0, measure, weekdays)


def drawn(*loads, height=4, measure=CALLS):
    blocks = fitting(view(*loads, measure=measure), 80, 12)
    plot = Plot(blocks, MONDAY, MONDAY, height, measure, ENGLISH)
    return [line.plain.rstrip() for line in plot.lines()]


def test_each_bar_has_its_number_on_top_and_the_capacity_is_a_line():
    assert drawn(10, 20, 0, 5, 1) == [
        "          20",
        "   20  ── ██ ── ── ──",
        "       10 ██",
        "       ██ ██     5  1",
        "    0  ██ ██    ██ ▂▂",
        "       23 24 25 26 27",
        "       Mo Tu We Th Fr",
        "       W48 Nov",
        "       ▲▲",
    ]


def test_too_much_has_a_sign_and_the_line_goes_through_the_bar():
    lines = drawn(26, 4, 4, 4, 4, height=6)
    assert lines[0].startswith("       26!")
    assert lines[1:3] == ["       ██", "   20  ── ── ── ── ──"]


def test_a_bar_that_would_flatten_the_others_is_cut_off_and_says_so():
    top = top_of(days(314, 18, 22, 5, 9))
    assert top == 30
    assert [number(day, top) for day in days(314, 18, 22, 0)] == ["⌃314", "18", "22!", ""]
    # Where every day is too full, days are still distinguished.
    assert top_of(days(812, 110, 100, 92, 102)) == 153


@pytest.mark.parametrize("loads", [(314, 298, 0, 3, 7), (26, 31, 23, 9, 40), (1314, 12, 9, 1, 2)])
def test_numbers_never_run_into_one_another(loads):
    numbers = drawn(*loads)
    for load in loads:
        assert not load or any(str(load) in line for line in numbers)
    widths = {len(line) for line in numbers[-4:-2]}
    assert len(widths) == 1


def test_what_is_cut_off_goes_beyond_the_scale():
    assert drawn(314, 26, 9, 9, 9)[:3] == ["       ⌃314", "       ███  26!", "       ███ ▄▄▄"]


def test_hours_are_short_on_the_bars():
    top = top_of(days(140, 570, 20, measure=HOURS))
    assert [number(day, top) for day in days(140, 570, 20, measure=HOURS)] == ["2h", "⌃10h", "1h"]


def test_wide_numbers_leave_room_for_fewer_weeks():
    def weeks(*loads, width=76, blocks=1):
        return [len(block) for block in fitting(view(*loads), width, 12, blocks)]

    assert weeks(*[9] * 30) == [4]
    assert weeks(314, 298, *[9] * 28) == [3]
    assert weeks(*[9] * 30, width=10) == [1]
    assert weeks(*[9] * 30, blocks=2) == [4, 2]
    assert weeks(*[9] * 80, blocks=2) == [4, 4]


def test_what_is_later_is_counted_by_months():
    weeks = view(*[1] * 10)
    far = WeeksView(
        MONDAY, weeks.days, ((Month(2027, 1), 40), (Month(2027, 2), 80)), 3, Capacity(20),
        weeks.weekdays,
    )  # fmt: skip
    later = load_lines.beyond(far, date(2026, 11, 30))
    assert load_lines.then_line(later, ENGLISH).plain == "then Dec 4 · Jan 40 · Feb 80 · later 3"
    bars = [line.plain for line in load_lines.then_bars(later, ENGLISH)]
    assert bars[1] == f"  Jan  {'█' * 20} 40"
    assert bars[3].startswith("later  █")
    assert not load_lines.then_line([], ENGLISH).plain
