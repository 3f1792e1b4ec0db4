"""Until when a complaint is to be answered, what settles it, and what it was about."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.complaints import NO_CAUSE, Complaint, cause, causes, due_on, settles
from tickler.core.contact.kinds import Outcome
from tickler.core.dates.workdays import Calendar

CALENDAR = Calendar(holidays={date(2026, 12, 25): "Christmas Day"})


@pytest.mark.parametrize(
    ("came", "hours", "day"),
    [
        (datetime(2026, 11, 23, 10), 24, date(2026, 11, 24)),
        (datetime(2026, 11, 23, 10), 14, date(2026, 11, 23)),
        (datetime(2026, 11, 23, 10), 48, date(2026, 11, 25)),
        (datetime(2026, 11, 27, 15), 24, date(2026, 11, 30)),
        (datetime(2026, 11, 28, 11), 24, date(2026, 11, 30)),
        (datetime(2026, 12, 24, 9), 24, date(2026, 12, 28)),
        (datetime(2026, 11, 23), 24, date(2026, 11, 23)),
    ],
    ids=[
        "next day",
        "today",
        "two days",
        "over a weekend",
        "on a Saturday",
        "a holiday",
        "midnight",
    ],
)
def test_the_hours_of_working_days_alone_count(came, hours, day):
    assert due_on(came, hours, CALENDAR) == day


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.integers(min_value=1, max_value=99),
)
def test_the_day_is_a_working_day_and_never_before_the_complaint(came, hours):
    day = due_on(came, hours, CALENDAR)
    assert CALENDAR.is_working(day)
    assert day >= came.date()
    assert due_on(came, hours + 24, CALENDAR) >= day


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.DONE, True),
        (Outcome.REACHED, True),
        (Outcome.REFUSED, True),
        (Outcome.NO_ANSWER, False),
        (Outcome.VOICEMAIL, False),
        (Outcome.CALLBACK, False),
        (Outcome.CANCELLED, False),
        (None, False),
    ],
)
def test_an_answer_settles_and_a_try_does_not(outcome, expected):
    assert settles(outcome) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late delivery: crane came on Friday", "late delivery"),
        ("invoice:", "invoice"),
        ("crane came at 14:30, too late", NO_CAUSE),
        ("the crane that we bought: broken", NO_CAUSE),
        ("crane broken", NO_CAUSE),
        ("", NO_CAUSE),
    ],
)
def test_the_cause_is_named_before_a_colon(text, expected):
    assert cause(text) == expected


def test_complaints_are_counted_by_cause_the_most_frequent_first():
    day = date(2026, 11, 23)
    found = [Complaint(day, day, cause=each) for each in ("late", "broken", "late")]
    assert list(causes(found).items()) == [("late", 2), ("broken", 1)]


def test_a_complaint_is_open_until_the_day_it_is_settled_on():
    came = date(2026, 11, 23)
    each = Complaint(came, came, came + timedelta(days=2))
    assert [each.is_open_on(came + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not each.is_in_time
