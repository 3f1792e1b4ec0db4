"""What else is fixed around a typed time, and what is free instead."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.filing.appointments import TakenTime, clashing, free_times, nearby

FRI = date(2026, 11, 27)
NOW = datetime(2026, 11, 23, 8, 2)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def at(text):
    return time.fromisoformat(text)


def fixed(*texts):
    return [TakenTime(at(text), f"client {n}") for n, text in enumerate(texts)]


def test_less_than_an_hour_clashes_and_less_than_two_are_near():
    day = fixed("16:00", "15:29", "14:00", "13:00", "12:30", "16:30")
    assert [str(each) for each in clashing(at("14:30"), day)] == [
        "15:29 client 1",
        "14:00 client 2",
    ]
    assert [f"{each.at:%H:%M}" for each in nearby(at("14:30"), day)] == ["13:00", "16:00"]


@pytest.mark.parametrize(
    ("taken", "wanted", "now", "hours", "free"),
    [
        ("14:00", "14:30", NOW, "", "13:00 15:00"),
        ("11:00 12:30 14:00 15:00", "14:30", NOW, "", "10:00 16:00"),
        # Nothing is free before it, or after it.
        ("8:00", "8:30", NOW, "", "09:00"),
        ("17:30", "17:00", NOW, "", "16:00"),
        # Today, what is over is not offered.
        ("14:00", "14:30", datetime(2026, 11, 27, 13, 10), "", "15:00"),
        ("14:00", "14:30", datetime(2026, 11, 28, 7, 0), "", ""),
        # When the client is there; hours that cannot be read, or do not name the day, are unknown.
        ("14:00", "14:30", NOW, "Mon-Fri 8-12, 16:30-19", "11:00 17:00"),
        ("14:00", "14:30", NOW, "ring first", "13:00 15:00"),
        ("14:00", "14:30", NOW, "Mon-Thu 8-18", ""),
    ],
)
def test_the_next_full_hours_that_are_free(taken, wanted, now, hours, free):
    taken = fixed(*(each.zfill(5) for each in taken.split()))
    found = free_times(FRI, at(wanted.zfill(5)), taken, now, hours)
    assert " ".join(f"{each:%H:%M}" for each in found) == free


def test_who_works_on_a_day_off_has_hours_as_on_monday():
    assert free_times(FRI + timedelta(days=1), at("14:30"), fixed("14:00"), NOW) != ()


@given(st.lists(TIMES), TIMES)
def test_what_is_offered_clashes_with_nothing(taken, wanted):
    appointments = [TakenTime(each, "") for each in taken]
    found = free_times(FRI, wanted, appointments, NOW)
    assert len(found) <= 2
    for each in found:
        assert not clashing(each, appointments)
        assert time(8) <= each <= time(17)
