"""A history at a glance: how often, how long ago, by whom, and in which rhythm."""

from datetime import UTC, date, datetime, time

import pytest

from tickler.core.contact.kinds import Kind
from tickler.core.contact.summary import HistoryTally, glance
from tickler.core.dates.language import ENGLISH, GERMAN

TODAY = date(2026, 11, 23)


def tally(author="Rita", kind=Kind.CALL, *, first, last=None, month=12, **counted):
    last = last or first
    at = datetime.combine(last, time(9), UTC)
    counted = {"lines": 1, "recent": 0, "tried": False} | counted
    return HistoryTally(
        author, kind, month=month, first_on=first, last_on=last, last_at=at, **counted
    )


HISTORY = [
    tally(first=date(2025, 3, 3), last=date(2025, 9, 1), month=0, lines=5),
    tally(first=date(2026, 9, 4), last=date(2026, 9, 30), month=10, lines=4, recent=4),
    tally("Tom", Kind.MEETING, first=date(2026, 10, 2), month=11, lines=3, recent=3),
    tally(first=date(2026, 11, 18), month=12, lines=1, recent=1),
    tally("Tom", first=date(2026, 11, 20), lines=2, tried=True),
    tally("Tom", Kind.NOTE, first=date(2026, 11, 22), lines=7),
    tally("Tom", Kind.FILED, first=date(2026, 11, 22), lines=9),
]


def test_it_says_how_often_how_long_ago_by_whom_and_in_which_rhythm():
    seen = glance(HISTORY, TODAY)
    assert seen.text(ENGLISH) == (
        "13 contacts since Mar 2025 · last 5 days ago by Rita · every 11 days · Rita 10, Tom 3"
        " · 8 in 90 days · 2 attempts"
    )
    assert seen.dated_bars(ENGLISH) == "Dec ·········█▆▂ Nov"
    assert seen.dated_bars(GERMAN) == "Dez ·········█▆▂ Nov"
    assert seen.lines == 31
    assert seen.lines_of({Kind.CALL, Kind.NOTE}) == 19


def test_what_is_no_contact_counts_as_none():
    seen = glance(HISTORY[-3:], TODAY)
    assert seen.text(ENGLISH) == "no contact yet · 2 attempts"
    assert (seen.contacts, seen.last_at, seen.every) == (0, None, None)
    assert glance([], TODAY).text(ENGLISH) == "no contact yet"


def test_a_rhythm_is_that_of_the_last_twelve_months():
    assert glance(HISTORY[:2], TODAY).every == 9
    assert glance(HISTORY[:1], TODAY).every is None


def test_one_contact_has_no_rhythm():
    seen = glance(HISTORY[3:4], TODAY)
    assert seen.text(ENGLISH) == "1 contact · last 5 days ago by Rita"


@pytest.mark.parametrize(
    ("last", "lines", "rhythm"),
    [
        (date(2026, 1, 3), 3, "every day"),
        (date(2026, 1, 1), 3, "every day"),
        (date(2026, 1, 15), 3, "every week"),
        (date(2026, 1, 21), 3, "every 10 days"),
        (date(2026, 2, 12), 3, "every 3 weeks"),
        (date(2026, 10, 1), 4, "every 3 months"),
        (date(2026, 10, 1), 2, ""),
    ],
)
def test_a_rhythm_is_told_in_days_weeks_or_months(last, lines, rhythm):
    assert glance([tally(first=date(2026, 1, 1), last=last, lines=lines)], TODAY).rhythm == rhythm


def test_many_contacts_in_a_month_set_the_height_of_all_bars():
    busy = [tally(first=TODAY, lines=40), tally(first=TODAY, month=11, lines=1)]
    assert glance(busy, TODAY).bars == "··········▁█"
