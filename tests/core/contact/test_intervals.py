"""How long a client may go without contact, and when that is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.intervals import (
    NO_LIMITS,
    ContactDue,
    Limits,
    check_order,
    due,
    lasting,
    limits_of,
    read_limits,
    too_long,
)
from tickler.core.dates.workdays import Calendar
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 23)
CALENDAR = Calendar()
LIMITS = read_limits("4w", "8w")


def days_ago(days):
    return MONDAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "over"),
    [
        (0, None), (28, None), (29, ContactDue.IDEAL), (56, ContactDue.IDEAL),
        (57, ContactDue.LONGEST), (900, ContactDue.LONGEST), (-7, None),
    ],
)  # fmt: skip
def test_yellow_is_over_ideal_and_red_over_longest(days, over):
    assert due(LIMITS, days_ago(days), MONDAY, CALENDAR) == over


def test_one_interval_alone_will_do_and_who_was_never_contacted_is_not_neglected():
    assert due(read_limits("", "1w"), days_ago(8), MONDAY, CALENDAR) is ContactDue.LONGEST
    assert due(read_limits("5b", ""), days_ago(7), MONDAY, CALENDAR) is None
    assert due(read_limits("5b", ""), days_ago(10), MONDAY, CALENDAR) is ContactDue.IDEAL
    assert due(LIMITS, None, MONDAY, CALENDAR) is None
    assert due(NO_LIMITS, days_ago(900), MONDAY, CALENDAR) is None


def test_a_dossiers_own_intervals_go_before_those_of_its_segment_one_by_one():
    by_segment = {"key account": LIMITS}
    assert limits_of("", "", "Key Account", by_segment) == LIMITS
    assert limits_of("1w", "", "key account", by_segment).text == "ideal 1w, longest 8w"
    assert limits_of("1w", "", "B", by_segment).text == "ideal 1w"
    assert limits_of("", "", "", by_segment) == Limits()


def test_too_late_a_date_is_said_with_how_long_it_would_be():
    said = too_long(LIMITS, MONDAY, MONDAY + timedelta(weeks=9), CALENDAR)
    assert said == "9 weeks after the last contact: longest is 8w"
    assert too_long(LIMITS, MONDAY, MONDAY + timedelta(weeks=8), CALENDAR) == ""
    assert too_long(read_limits("1w", ""), MONDAY, MONDAY + timedelta(weeks=9), CALENDAR) == ""
    assert [lasting(days) for days in (1, 7, 14, 57)] == ["1 day", "7 days", "2 weeks", "57 days"]


def test_an_ideal_longer_than_the_longest_is_refused():
    check_order(read_limits("8w", "8w"))
    with pytest.raises(Unreadable, match="the ideal interval, 2m, is longer than the longest, 8w"):
        check_order(read_limits("2m", "8w"))
    with pytest.raises(Unreadable):
        read_limits("often", "")


amounts = st.integers(1, 60)


@given(amounts, amounts, st.integers(0, 900))
def test_who_is_over_longest_is_over_ideal_too(ideal, more, days):
    limits = read_limits(f"{ideal}d", f"{ideal + more}d")
    found = due(limits, days_ago(days), MONDAY, CALENDAR)
    if found is ContactDue.LONGEST:
        assert due(Limits(ideal=limits.ideal), days_ago(days), MONDAY, CALENDAR)
    assert (found is None) == (days <= ideal)
