"""The time where a client is, and whether somebody is there."""

import os
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.dates.client_time import local, read_hours

MONDAY = datetime(2026, 11, 23, 8, 2)


def at(day, hour, minute=0):
    """A day of that week from Monday = 0, as the rep's clock has it."""
    return MONDAY.replace(day=23 + day, hour=hour, minute=minute).astimezone()


def hours(text):
    """When somebody is there, by weekday, in hours."""
    found = read_hours(text)
    return found and {day: [(a / 60, b / 60) for a, b in spans] for day, spans in found.items()}


WEEK = [(8, 17)] * 5


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Mon-Fri 8-17, Fri 8-12", {0: [(8, 17)], 3: [(8, 17)], 4: [(8, 12)], 5: [], 6: []}),
        ("Mon-Fri 8-12, 13-17, Fri 8-12", {0: [(8, 12), (13, 17)], 4: [(8, 12)], 5: []}),
        ("Mon-Fri 8-12; Mon-Fri 13-17", {0: [(8, 12), (13, 17)], 4: [(8, 12), (13, 17)]}),
        ("Mo–Do 8–12 und 13–17 Uhr", {3: [(8, 12), (13, 17)], 4: [], 6: []}),
        ("Mo. bis Fr.: 8.00-17.30", {0: [(8, 17.5)], 4: [(8, 17.5)], 5: []}),
        ("Monday to Friday 8:00 a.m. to 5:00 p.m.", {0: [(8, 17)], 5: []}),
        ("9-5pm", {0: [(9, 17)]}),
        ("12am-12pm", {0: [(0, 12)]}),
        ("Mo, Mi + Sa 8-12", {0: [(8, 12)], 1: [], 2: [(8, 12)], 5: [(8, 12)], 6: []}),
        ("Fri-Mon 10-12", {4: [(10, 12)], 5: [(10, 12)], 6: [(10, 12)], 0: [(10, 12)], 1: []}),
        ("täglich 0-24", {0: [(0, 24)], 6: [(0, 24)]}),
        ("werktags 7:30-16", {0: [(7.5, 16)], 5: []}),
        ("8-17, Sa geschlossen", {0: [(8, 17)], 5: []}),
        ("daily 9-18, Sun closed", {0: [(9, 18)], 5: [(9, 18)], 6: []}),
    ],
)
def test_opening_hours_are_read(text, opened):
    found = hours(text)
    assert {day: found[day] for day in opened} == opened


@pytest.mark.parametrize(("text", "unknown"), [("8-17", [5, 6]), ("Sat closed", [0, 6])])
def test_of_days_that_are_not_said_nothing_is_known(text, unknown):
    assert not set(read_hours(text)) & set(unknown)


@pytest.mark.parametrize(
    "text",
    ["", "by arrangement", "8", "8-", "Mon-Fri", "17-8", "8-25", "8:75-9", "13pm-14pm", "8-1200",
     "Mon-Fri 8-17, lunch 12-13", "8-17, closed 12-13", "Mon closed 8-12", "today 8-12",
     "first Monday 8-12", "8-12 [red]", "\x1b[31m8-17", "8-17, " * 100],
)  # fmt: skip
def test_what_cannot_be_read_is_not_known(text):
    assert read_hours(text) is None


@given(st.text(alphabet="0123456789-–:.,; MonFriSatuhrampclsed", max_size=40) | st.text())
def test_whatever_is_written_is_read_or_not_known(text):
    for spans in (read_hours(text) or {}).values():
        assert all(0 <= start < end <= 24 * 60 for start, end in spans)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "written", "said"),
    [
        (0, 8, "America/New_York", "", "their 02:02 · closed"),
        (0, 15, "America/New_York", "", "their 09:02 · open"),
        (0, 15, "America/New_York", "10-17", "their 09:02 · closed"),
        (0, 15, "America/New_York", "ask first", "their 09:02"),
        (4, 23, "Asia/Tokyo", "Mon-Fri 6-9", "their 07:02 · closed"),  # Saturday there
        (5, 12, "Asia/Tokyo", "8-20", "their 20:02"),
        (0, 12, "Europe/Berlin", "", "open"),
        (0, 12, "Europe/Paris", "8-12", "closed"),
        (0, 17, "", "Mon-Fri 8-17", "closed"),
        (0, 17, "", "whenever", ""),
    ],
)
def test_what_is_said_of_a_client(day, hour, zone, written, said):
    assert local(at(day, hour, 2), zone, written).text == said


@pytest.mark.parametrize(
    "zone",
    ["Nowhere", "CET/Berlin", "europe/berlin", "../../etc/passwd", "/etc/passwd", "a\0b", "America",
     "[red]", "x" * 5000],
)  # fmt: skip
def test_a_zone_that_is_not_there_says_nothing(zone):
    assert local(at(0, 9), zone, "8-17") is None


def test_without_zone_and_hours_nothing_is_said():
    assert local(at(0, 9), " ", "") is None


def test_a_sign_stands_where_the_time_is_another():
    assert local(at(0, 8, 2), "America/New_York", "").sign == "◷02:02✗"
    assert local(at(0, 8, 2), "America/New_York", "ask").sign == "◷02:02"
    assert local(at(0, 8, 2), "Europe/Vienna", "9-17").sign == ""


@pytest.mark.parametrize(
    ("now", "there", "differs"),
    [
        # America has winter time a week after Europe.
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "08:00", True),
        (datetime(2026, 10, 26, 12, tzinfo=UTC), "08:00", True),
        (datetime(2026, 11, 2, 12, tzinfo=UTC), "07:00", True),
        # The night in which an hour comes twice, and the one that has one less.
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "01:30", True),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "01:30", True),
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "01:59", True),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "03:00", True),
    ],
)
def test_daylight_saving_there_is_minded(now, there, differs):
    found = local(now, "America/New_York", "")
    assert (f"{found.at:%H:%M}", found.differs) == (there, differs)


def test_who_sits_elsewhere_sees_other_differences(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        now = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
        assert not local(now, "America/New_York", "").differs
        assert local(now, "Europe/Berlin", "").text == "their 15:00 · open"
    finally:
        os.environ["TZ"] = "Europe/Berlin"
        time.tzset()
