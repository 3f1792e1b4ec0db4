"""Weeks that begin on Sunday, and the hour that daylight saving leaves out."""

from datetime import date, datetime

import pytest

from tickler.core.dates.happened import read_moment
from tickler.core.dates.parse import read
from tickler.core.dates.ranges import read_stretch
from tickler.core.dates.workdays import Calendar
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 30)
SUNDAY_TO_THURSDAY = Calendar(frozenset({6, 0, 1, 2, 3}))


@pytest.mark.parametrize(
    ("today", "typed", "expected"),
    [
        (MONDAY, "eow", date(2026, 12, 3)),
        (MONDAY, "end of next week", date(2026, 12, 10)),
        (MONDAY, "next week", date(2026, 12, 6)),
        (MONDAY, "early next week", date(2026, 12, 6)),
        (MONDAY, "sun next week", date(2026, 12, 6)),
        (MONDAY, "thu next week", date(2026, 12, 10)),
        (date(2026, 12, 6), "eow", date(2026, 12, 10)),
        (date(2026, 12, 6), "next week", date(2026, 12, 13)),
        (date(2026, 12, 6), "this thu", date(2026, 12, 10)),
        (MONDAY, "KW 50", date(2026, 12, 7)),
    ],
)
def test_a_week_that_begins_on_sunday_ends_on_thursday(today, typed, expected):
    assert read(typed, today, SUNDAY_TO_THURSDAY).on == expected


def test_its_weekend_is_friday_and_saturday():
    weekend = read_stretch("weekend", MONDAY, SUNDAY_TO_THURSDAY)
    assert weekend == (date(2026, 12, 4), date(2026, 12, 6))
    assert read_stretch("next week", MONDAY, SUNDAY_TO_THURSDAY)[0] == date(2026, 12, 6)


@pytest.mark.parametrize("days", [range(5), range(6), range(7), (0, 1, 3, 4), (1, 2, 3, 4, 5)])
def test_all_other_weeks_begin_on_monday(days):
    calendar = Calendar(frozenset(days))
    assert read("next week", MONDAY, calendar).on == date(2026, 12, 7)


def test_the_hour_that_daylight_saving_leaves_out_is_refused():
    with pytest.raises(Unreadable, match=r"there is no 02:30 on Sun 28 March 2027.*type 03:30"):
        read("28.3.2027 2:30", MONDAY)
    assert read("28.3.2027 3:30", MONDAY).at is not None
    assert read("31.10.2027 2:30", MONDAY).at is not None
    with pytest.raises(Unreadable, match="the clocks go forward"):
        read_moment("28.3.2027 2:30", datetime(2027, 4, 1, 12))


def test_an_instant_with_its_zone_is_shown_by_the_clock_of_the_rep():
    assert read("2026-12-04T14:30Z", MONDAY).at.isoformat() == "15:30:00"
    assert read("2026-12-04T23:30:00+00:00", MONDAY).on == date(2026, 12, 5)
    assert read("2026-12-04 14:30 +05:00", MONDAY).at.isoformat() == "10:30:00"
