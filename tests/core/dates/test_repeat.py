"""“Every” is read, kept, and gives the date after this one."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tickler.core.dates import repeat
from tickler.core.dates.repeat import Interval, read_every, read_interval
from tickler.core.dates.workdays import Calendar
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 23)
CALENDAR = Calendar(holidays={date(2026, 12, 25): "Christmas", date(2027, 1, 1): "New Year"})


def after(text: str, day: date = MONDAY, calendar: Calendar = CALENDAR) -> str:
    return read_every(text).started(MONDAY).after(day, calendar).isoformat()


@pytest.mark.parametrize(
    ("typed", "kept", "next_on"),
    [
        ("6w", "6w", "2027-01-04"),
        ("every 6 weeks", "6w", "2027-01-04"),
        ("alle zwei Wochen", "2w", "2026-12-07"),
        ("every week", "1w", "2026-11-30"),
        ("10 Tage", "10d", "2026-12-03"),
        ("10b", "10b", "2026-12-07"),
        ("5 Arbeitstage", "5b", "2026-11-30"),
        ("3m", "3m", "2027-02-23"),
        ("1y", "1y", "2027-11-23"),
        ("mon,thu", "mon,thu", "2026-11-26"),
        ("Thursday and Monday", "mon,thu", "2026-11-26"),
        ("jeden Freitag", "fri", "2026-11-27"),
        ("first Monday", "first mon", "2026-12-07"),
        ("ersten Montag im Monat", "first mon", "2026-12-07"),
        ("last fri of the month", "last fri", "2026-11-27"),
        ("15", "15.", "2026-12-15"),
        ("31. keep", "31. keep", "2026-11-30"),
        ("monthly", "1m", "2026-12-23"),
        ("monatlich", "1m", "2026-12-23"),
        ("quarterly", "3m", "2027-02-23"),
        ("vierteljährlich", "3m", "2027-02-23"),
        ("every quarter", "3m", "2027-02-23"),
        ("weekly", "1w", "2026-11-30"),
        ("jährlich", "1y", "2027-11-23"),
        ("fortnightly", "2w", "2026-12-07"),
        ("last working day", "last working day", "2026-11-30"),
        ("letzter Arbeitstag im Monat", "last working day", "2026-11-30"),
        ("first working day of the month", "first working day", "2026-12-01"),
    ],
)
def test_what_is_typed(typed, kept, next_on):
    every = read_every(typed)
    assert str(every) == kept
    assert read_every(kept) == every
    assert every.after(MONDAY, CALENDAR).isoformat() == next_on


def test_the_last_working_day_is_that_of_the_calendar():
    assert after("last working day", date(2026, 11, 30)) == "2026-12-31"
    assert after("first working day", date(2026, 12, 31)) == "2027-01-04"


@pytest.mark.parametrize("typed", ["biweekly", "bimonthly"])
def test_a_word_for_two_intervals_is_refused(typed):
    with pytest.raises(Unreadable, match=r"is said of two things: type 2"):
        read_every(typed)


def test_a_rhythm_costs_the_same_however_old_it_is():
    asked = 0

    class Counted(Calendar):
        def is_working(self, day):
            nonlocal asked
            asked += 1
            return super().is_working(day)

    for typed in ("+1b", "+7b", "+2w", "+1m", "+1y"):
        asked, today = 0, date(2026, 11, 30)
        old = read_every(typed).started(date(1906, 1, 2))
        assert old.after(today, Counted()) > today
        assert asked < 100, typed


@given(st.integers(1, 40), st.integers(0, 900))
@example(4, 5)
def test_a_rhythm_in_working_days_counts_each_of_them_from_its_start(count, days):
    every = read_every(f"+{count}b").started(MONDAY)
    day = MONDAY + timedelta(days=days)
    dates = [MONDAY]
    while dates[-1] <= day:
        dates.append(CALENDAR.plus(dates[-1], count))
    assert every.after(day, CALENDAR) == dates[-1]


def test_a_day_off_goes_on_or_back_or_stays():
    christmas_eve = date(2026, 12, 11)
    assert after("2w", christmas_eve) == "2026-12-28"
    assert after("2w before", christmas_eve) == "2026-12-24"
    assert after("2w keep", christmas_eve) == "2026-12-25"


def test_what_falls_back_onto_the_contact_itself_is_no_next_date():
    friday = date(2026, 11, 27)
    assert after("1d before", friday) == "2026-11-30"


def test_a_fixed_rhythm_does_not_drift_when_a_contact_was_late():
    every = read_every("+2w").started(MONDAY)
    assert str(every) == "+2w from 2026-11-23"
    late = MONDAY + timedelta(days=17)
    assert every.after(late, CALENDAR) == date(2026, 12, 21)
    assert read_every(str(every)) == every
    assert every.after(MONDAY - timedelta(days=3), CALENDAR) == MONDAY


def test_months_keep_to_their_end_and_come_back_from_it():
    every = read_every("+1m keep").started(date(2027, 1, 31))
    assert every.after(date(2027, 2, 1), CALENDAR) == date(2027, 2, 28)
    assert every.after(date(2027, 2, 28), CALENDAR) == date(2027, 3, 31)
    assert read_every("1y keep").after(date(2028, 2, 29), CALENDAR) == date(2029, 2, 28)


@pytest.mark.parametrize(
    "typed",
    ["", "often", "0w", "-1w", "6", "32", "+mon", "fifth monday", "6w from yesterday", "99999w",
     "+6w from 2026-02-30", "monday tuesdaily", "[red]", "1w 2w"],
)  # fmt: skip
def test_what_says_no_interval_is_refused(typed):
    if typed == "6":
        assert str(read_every(typed)) == "6."
        return
    with pytest.raises(Unreadable):
        read_every(typed)


@pytest.mark.parametrize(
    ("typed", "said", "sign"),
    [
        ("6w", "every 6 weeks", "↻6w"),
        ("1w before", "every week (before days off)", "↻1w before"),
        ("+2w", "every 2 weeks in a fixed rhythm", "↻+2w"),
        ("mon,thu keep", "every Mon, Thu (days off too)", "↻mon,thu keep"),
        ("last friday", "every last Fri of the month", "↻last fri"),
        ("15", "every month on the 15.", "↻15."),
    ],
)
def test_what_is_kept_is_said_in_words(typed, said, sign):
    stored = repeat.kept_every(typed, MONDAY)
    assert (repeat.every_in_words(stored), repeat.sign(stored)) == (said, sign)


@pytest.mark.parametrize("typed", ["every second friday", "jeden zweiten Freitag", "each 2nd fri"])
def test_every_second_friday_has_two_readings_and_both_are_named(typed):
    with pytest.raises(Unreadable, match=r"type \+2w with a fri as the date, or second fri"):
        read_every(typed)
    assert str(read_every("second friday")) == "second fri"
    assert str(read_every("every second friday of the month")) == "second fri"


def test_none_ends_it_and_a_rhythm_begins_where_it_is_set():
    assert [repeat.kept_every(word, MONDAY) for word in ("none", " Nie ", "no")] == ["", "", ""]
    assert repeat.kept_every("+6w", MONDAY) == "+6w from 2026-11-23"
    assert (repeat.every_in_words(""), repeat.sign("")) == ("", "")
    with pytest.raises(Unreadable, match="or none"):
        repeat.kept_every("", MONDAY)


def test_a_plain_interval_is_read_alone():
    assert read_interval("8 weeks") == Interval(8, "w")
    assert Interval(1, "b").text == "1 working day"
    for typed in ("mon", "+8w", "", "8"):
        with pytest.raises(Unreadable):
            read_interval(typed)


intervals = st.sampled_from(
    ["1d", "3d", "6w", "1m", "2y", "5b", "+2w", "+1m", "+3b", "mon", "tue,fri", "first mon",
     "last fri", "second wed", "1", "31", "15 before", "6w keep", "+1m before", "first sat before",
     "last working day", "+7b"]
)  # fmt: skip


@given(intervals, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_the_date_after_lies_after_and_is_worked(typed, start, days):
    every = read_every(typed).started(start)
    day = start + timedelta(days=days)
    found = every.after(day, CALENDAR)
    assert found > day
    assert typed.endswith("keep") or CALENDAR.is_working(found)
    assert read_every(str(every)) == every


@given(st.text(max_size=30))
def test_any_text_is_an_interval_or_one_sentence(text):
    try:
        assert read_every(str(read_every(text))) == read_every(text)
    except Unreadable as error:
        assert error.sentence
