"""When something happened, as it is typed looking back."""

from datetime import datetime, time

import pytest

from tickler.core.dates.happened import read_moment
from tickler.core.dates.language import ENGLISH, GERMAN
from tickler.errors import Unreadable

MONDAY = datetime(2026, 11, 30, 10, 3, 27)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("this morning", "Mon 30 November 2026 am"),
        ("heute morgen", "Mon 30 November 2026 am"),
        ("heute früh", "Mon 30 November 2026 am"),
        ("vor 2 Stunden", "Mon 30 November 2026 08:03"),
        ("2 hours ago", "Mon 30 November 2026 08:03"),
        ("half an hour ago", "Mon 30 November 2026 09:33"),
        ("vor einer halben Stunde", "Mon 30 November 2026 09:33"),
        ("vor einer Viertelstunde", "Mon 30 November 2026 09:48"),
        ("-2h", "Mon 30 November 2026 08:03"),
        ("10 minutes ago", "Mon 30 November 2026 09:53"),
        ("just now", "Mon 30 November 2026 10:03"),
        ("29.11.", "Sun 29 November 2026, yesterday"),
        ("30", "Mon 30 November 2026"),
        ("15.", "Sun 15 November 2026, 15 days ago"),
        ("9:10", "Mon 30 November 2026 09:10"),
        ("9.15", "Mon 30 November 2026 09:15"),
        ("gestern 9.15", "Sun 29 November 2026 09:15, yesterday"),
        ("gestern um 3", "Sun 29 November 2026 15:00, yesterday"),
        ("gestern nachmittag", "Sun 29 November 2026 pm, yesterday"),
        ("last night", "Sun 29 November 2026 pm, yesterday"),
        ("fri 14:30", "Fri 27 November 2026 14:30, 3 days ago"),
        ("14:30 fri", "Fri 27 November 2026 14:30, 3 days ago"),
        ("Freitagnachmittag", "Fri 27 November 2026 pm, 3 days ago"),
        ("halb zehn", "Mon 30 November 2026 09:30"),
        ("viertel nach neun", "Mon 30 November 2026 09:15"),
        ("1 Dec 2025", "Mon 1 December 2025, 364 days ago"),
        ("1.12.25", "Mon 1 December 2025, 364 days ago"),
    ],
)
def test_reads_what_was_and_says_it(typed, expected):
    assert read_moment(typed, MONDAY).text(MONDAY.date(), ENGLISH) == expected


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.12.", "the last 1.12. is 364 days ago: type 1.12.2025 if that is meant"),
        ("1 December", "type 1.12.2025 if that is meant"),
        ("2.1.", "the last 2.1. is 332 days ago: type 2.1.2026 if that is meant"),
        ("mon 9:00", "Monday is today or Mon 23 November: type today, or its date"),
        ("9", "9 may be a time or a day: type 9:00 for the time, 9. for the day"),
        ("9.10", "9.10 may be a time, or belong to 9 October: type 9:10, or 9 October"),
        ("12.5", "12.5 may be a number or 12 May"),
        ("fri 11", "type fri 11:00 for the time, fri 11. for the day"),
        ("-30m", "type 30 minutes, or 30 months"),
        ("14:30", "is still to come"),
        ("this afternoon", "is still to come"),
        ("in 10 minutes", "is still to come"),
        ("morgen", "is still to come"),
        ("gestren", "did you mean gestern?"),
    ],
)
def test_refuses_what_would_be_another_day(typed, why):
    with pytest.raises(Unreadable) as refused:
        read_moment(typed, MONDAY)
    assert why in refused.value.sentence


def test_half_of_a_day_is_written_down_at_an_hour_that_has_passed():
    assert read_moment("this morning", MONDAY).when(MONDAY).time() == time(9)
    early = MONDAY.replace(hour=8, minute=30)
    assert read_moment("this morning", early).when(early) == early
    assert read_moment("yesterday", MONDAY).when(MONDAY) == datetime(2026, 11, 29, 12)
    assert read_moment("today", MONDAY).when(MONDAY) == MONDAY


def test_is_said_in_german_too():
    text = read_moment("gestern abend", MONDAY).text(MONDAY.date(), GERMAN)
    assert text == "So 29. November 2026 nachmittags, gestern"


def test_last_monday_on_a_friday_is_one_of_two():
    friday = datetime(2026, 12, 4, 12)
    with pytest.raises(
        Unreadable, match=r"Mon 30 November or Mon 23 November: type 30.11. or 23.11."
    ):
        read_moment("last monday", friday)
