"""Working days are counted as a calendar on the wall would be, one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.dates.workdays import Calendar
from tickler.errors import Unreadable

A_DAY = timedelta(days=1)
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
calendars = st.builds(
    Calendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.dictionaries(days, st.just("Feast"), max_size=20),
)


def counted(calendar: Calendar, start: date, end: date) -> int:
    days = (start + n * A_DAY for n in range(max((end - start).days, 0)))
    return sum(calendar.is_working(day) for day in days)


@given(calendars, days, st.integers(-40, 400))
def test_between_counts_as_one_does_by_hand(calendar, start, length):
    end = start + length * A_DAY
    assert calendar.between(start, end) == counted(calendar, start, end)


@given(calendars, days, st.integers(1, 40))
def test_plus_lands_on_a_working_day_with_so_many_on_the_way(calendar, day, count):
    after = calendar.plus(day, count)
    assert calendar.is_working(after)
    assert counted(calendar, day + A_DAY, after + A_DAY) == count
    before = calendar.plus(day, -count)
    assert calendar.is_working(before)
    assert counted(calendar, before, day) == count


@given(calendars, days)
def test_the_nearest_working_day_skips_none(calendar, day):
    after, before = calendar.on_or_after(day), calendar.on_or_before(day)
    assert before <= day <= after
    assert calendar.is_working(after)
    assert calendar.is_working(before)
    assert counted(calendar, day, after) == counted(calendar, before + A_DAY, day + A_DAY) == 0 or (
        calendar.is_working(day) and after == before == day
    )


def test_a_weekend_and_a_holiday_are_skipped():
    calendar = Calendar(holidays={MONDAY: "St Andrew"})
    assert calendar.plus(FRIDAY, 1) == date(2026, 12, 1)
    assert calendar.plus(SATURDAY, -1) == FRIDAY
    assert calendar.plus(SATURDAY, 0) == SATURDAY
    assert calendar.holiday(MONDAY) == "St Andrew"
    assert calendar.holiday(FRIDAY) is None
    assert [calendar.is_working(d) for d in (FRIDAY, SATURDAY, MONDAY)] == [True, False, False]


def test_a_calendar_without_a_working_day_says_so():
    never = Calendar(frozenset())
    with pytest.raises(Unreadable, match="no working day within a year of 2026-11-28"):
        never.plus(FRIDAY, 1)


@pytest.mark.parametrize(("day", "step"), [(date.max, 1), (date.min, -1)])
def test_the_calendar_ends(day, step):
    with pytest.raises(Unreadable, match="the calendar ends at"):
        Calendar().plus(day, step)
