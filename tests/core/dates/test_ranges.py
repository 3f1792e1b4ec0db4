"""Stretches of days as they are typed for a proposal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.dates.ranges import LONGEST, read_span
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("dec", "2026-12-01", "2026-12-31"),
        ("november", "2026-11-23", "2026-11-30"),
        ("mon..fri", "2026-11-30", "2026-12-04"),
        ("..fri", "2026-11-23", "2026-11-27"),
        ("tue..thu", "2026-11-24", "2026-11-26"),
        ("+2w", "2026-11-23", "2026-12-07"),
        ("KW 49", "2026-11-30", "2026-12-06"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("nächste Woche", "2026-11-30", "2026-12-06"),
        ("fri", "2026-11-27", "2026-11-27"),
        ("1.12. .. 15.12.", "2026-12-01", "2026-12-15"),
        ("dec..feb", "2026-12-01", "2027-02-28"),
        ("30..dec", "2026-11-30", "2026-12-31"),
    ],
)
def test_a_span_has_all_of_its_days(typed, first, last):
    start, end = read_span(typed, MONDAY)
    assert (start, end - timedelta(days=1)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-11-02", "“2026-11-02” has passed"),
        ("2026-11-01..2026-11-20", "has passed"),
        ("fri 14:30", "give days, without a time"),
        ("fri pm", "give days, without a time"),
        ("fri..", "has no end"),
        ("2026-12-24..2026-12-01", "ends before it begins"),
        ("..2029-01-01", "longer than a year"),
        ("soon", "“soon” is not a date"),
        ("", "no date was typed"),
    ],
)
def test_what_is_no_span_says_why(typed, why):
    with pytest.raises(Unreadable, match=why):
        read_span(typed, MONDAY)


@given(st.text(max_size=30), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_text_is_a_span_from_today_on_or_a_sentence(text, today):
    try:
        start, end = read_span(text, today)
    except Unreadable as error:
        assert not set("\r\n") & set(error.sentence)
    else:
        assert today <= start < end <= start + timedelta(days=LONGEST)
