"""Every next contact lies in exactly one slot, on any day, in both layouts."""

import csv
from datetime import date, time, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import (
    MONTH_NAMES,
    Half,
    Layout,
    Month,
    NextContact,
    days_late,
    inserts,
    is_todays,
    needs_day,
    numbered,
    overdue_days,
    slot_of,
    window_end,
)

CASES = Path(__file__).with_name("slots.csv")
A_DAY = timedelta(days=1)

todays = st.dates(date(1990, 1, 1), date(2110, 12, 31))


def months_near(today: date, span: int = 30) -> st.SearchStrategy[Month]:
    return st.integers(-span, span).map(Month.of(today).plus)


@st.composite
def filed(draw) -> tuple[NextContact, date]:
    """A next contact and a today near enough to each other to be interesting."""
    today = draw(todays)
    near = st.integers(-420, 800).map(lambda n: today + timedelta(days=n))
    far = st.dates(date(1, 1, 1), date(9998, 12, 31))
    return draw(
        st.one_of(
            st.builds(NextContact, on=near | far),
            st.builds(NextContact, month=months_near(today)),
            st.just(NextContact()),
        )
    ), today


def parsed(text: str) -> NextContact:
    if not text:
        return NextContact()
    return NextContact(month=Month.parse(text)) if len(text) == 7 else NextContact(on=day(text))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_every_checked_example():
    with CASES.open() as lines:
        cases = list(csv.DictReader(lines))
    assert len(cases) == 3393
    wrong = [
        case for case in cases if slot_of(parsed(case["next"]), day(case["today"])) != case["slot"]
    ]
    assert wrong == []


def test_every_checked_example_lies_behind_the_insert_of_its_slot():
    with CASES.open() as lines:
        cases = sorted(csv.DictReader(lines), key=lambda case: case["today"])
    for today, of_day in groupby(cases, key=lambda case: case["today"]):
        shown = numbered(day(today))
        for case in of_day:
            holding = [i.slot for i in shown if i.holds(parsed(case["next"]))]
            assert holding == [case["slot"]], case


@given(todays)
def test_a_number_never_names_two_dates_and_the_window_has_no_gap(today):
    named = [insert.days for insert in numbered(today) if insert.slot.startswith("day:")]
    days = sorted(days[0] for days in named if days)
    assert len(named) == 31
    assert days == [today + timedelta(days=n) for n in range(len(days))]
    assert 28 <= len(days) <= 31
    assert window_end(today) == days[-1] + A_DAY
    assert window_end(today).day in {d.day for d in days}


@given(filed())
def test_it_lies_behind_exactly_one_insert(case):
    when, today = case
    assert [i.slot for i in numbered(today) if i.holds(when)] == [slot_of(when, today)]


@given(filed(), st.integers(1, 3), st.sets(st.integers(0, 6), min_size=1))
def test_it_lies_behind_exactly_one_dated_insert(case, ahead, weekdays):
    when, today = case
    calendar = Calendar(frozenset(weekdays))
    occupied = {when.on} if when.on else set()
    shown = inserts(today, Layout.DATES, calendar, ahead, occupied)
    assert [i.slot for i in shown if i.holds(when)] == [slot_of(when, today)]


@given(todays, st.integers(1, 3), st.data())
def test_dated_inserts_are_the_working_days_and_what_is_occupied(today, ahead, data):
    off = data.draw(st.dates(today, today + timedelta(days=60)))
    calendar = Calendar(holidays={off: "Feast"})
    end = Month.of(today).plus(ahead + 1).first
    weekends = st.dates(today, end - A_DAY).filter(lambda d: not calendar.is_working(d))
    occupied = data.draw(st.sets(weekends, max_size=3))
    shown = [i for i in inserts(today, Layout.DATES, calendar, ahead, occupied) if i.date]
    days = (today + timedelta(days=n) for n in range((end - today).days))
    assert [i.date for i in shown] == [
        d for d in days if d == today or calendar.is_working(d) or d in occupied
    ]
    assert [i.label for i in shown] == [i.date.isoformat() for i in shown if i.date]


@given(filed(), st.integers(0, 500))
def test_nothing_is_lost_as_the_days_go_by(case, days_later):
    """The slot only ever comes nearer: later, month, day, overdue; what is filed stays so."""
    when, today = case
    far_to_near = ["later", "month", "day", "overdue"]
    before, after = slot_of(when, today), slot_of(when, today + timedelta(days=days_later))
    if when == NextContact():
        assert before == after == "inbox"
        return
    near = [far_to_near.index(slot.partition(":")[0]) for slot in (before, after)]
    assert near == sorted(near)
    assert {before, after}.isdisjoint({"inbox", "cabinet"})


@given(filed())
def test_what_is_closed_lies_in_the_cabinet(case):
    when, today = case
    assert slot_of(when, today, closed=True) == "cabinet"


@pytest.mark.parametrize(
    ("month", "slot", "needing", "late"),
    [
        ("2026-10", "overdue", True, 23),
        ("2026-11", "day:23", True, 0),
        ("2026-12", "month:12", False, 0),
        ("2027-11", "month:11", False, 0),
        ("2027-12", "later", False, 0),
    ],
)
def test_a_month_without_a_day(month, slot, needing, late):
    """It is late from its end, and needs a day once it has come."""
    when, today = NextContact(month=Month.parse(month)), date(2026, 11, 23)
    assert slot_of(when, today) == slot
    assert needs_day(when, today) is needing
    assert overdue_days(when, today) == late


def test_a_day_is_late_from_the_day_after():
    today = date(2026, 11, 23)
    late = [overdue_days(NextContact(on=today + timedelta(days=n)), today) for n in (-3, 0, 1)]
    assert late == [3, 0, 0]
    assert overdue_days(NextContact(), today) == 0


@pytest.mark.parametrize(
    ("today", "after"),
    [
        ("2026-11-23", "2026-12-23"),
        ("2026-01-31", "2026-03-01"),
        ("2026-01-29", "2026-03-01"),
        ("2028-01-29", "2028-02-29"),
        ("2026-02-28", "2026-03-28"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_the_window_ends_where_a_number_comes_again(today, after):
    assert window_end(day(today)) == day(after)


def test_the_insert_of_today_holds_the_running_month_too():
    (todays_insert,) = [i for i in numbered(date(2026, 11, 23)) if i.slot == "day:23"]
    assert todays_insert.months == (Month(2026, 11), Month(2026, 12))
    assert todays_insert.date == date(2026, 11, 23)


def test_an_insert_names_a_day_or_a_month_and_never_both():
    for today in (date(2026, 11, 23), date(2026, 1, 30), date(2026, 12, 31)):
        for insert in (*numbered(today), *inserts(today, Layout.DATES)):
            kind = insert.slot.partition(":")[0]
            assert not (insert.date and insert.month)
            if insert.month:
                assert insert.label == MONTH_NAMES[insert.month.month - 1]
                assert kind == "month"
            elif insert.date is None:
                assert kind != "month"


def test_the_layouts_hold_the_slots_in_the_order_of_a_binder():
    slots = [insert.slot for insert in numbered(date(2026, 11, 23))]
    assert slots[:31] == [f"day:{n}" for n in range(1, 32)]
    assert slots[31:43] == [f"month:{n}" for n in (12, *range(1, 12))]
    assert slots[43:] == ["inbox", "overdue", "later", "cabinet"]


def test_a_dated_month_holds_what_has_no_day():
    today = date(2026, 11, 23)
    december = NextContact(month=Month(2026, 12))
    holding = [i for i in inserts(today, Layout.DATES) if i.holds(december)]
    assert [(i.slot, i.label) for i in holding] == [("month:12", "December")]


def test_a_next_contact_is_a_day_or_a_month_at_a_time_or_in_a_half():
    with pytest.raises(ValueError, match="not both"):
        NextContact(on=date(2026, 11, 23), month=Month(2026, 11))
    with pytest.raises(ValueError, match="not both"):
        NextContact(on=date(2026, 11, 23), at=time(9, 30), half=Half.AM)


@settings(max_examples=50)
@given(st.integers(1, 9998), st.integers(1, 12), st.integers(-30, 30))
def test_months_count_on_over_years(year, month, by):
    counted = Month(year, month).plus(by)
    in_months = counted.year * 12 + counted.month - year * 12 - month
    ends = (Month(1, 1), Month(9999, 12))
    assert in_months == by or counted in ends
    assert counted.first.day == 1
    assert (counted.last + A_DAY).day == 1 if counted != ends[1] else counted.last == date.max
    assert Month.parse(str(counted)) == counted


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-11-23", "x"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):
        Month.parse(text)


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("when", "calendar_days", "working_days"),
    [
        (NextContact(on=date(2026, 11, 23)), 0, 0),
        (NextContact(on=date(2026, 11, 24)), 0, 0),
        (NextContact(on=date(2026, 11, 22)), 1, 1),  # nobody worked since Sunday, but it is late
        (NextContact(on=date(2026, 11, 20)), 3, 1),
        (NextContact(on=date(2026, 11, 16)), 7, 5),
        (NextContact(month=Month(2026, 11)), 0, 0),
        (NextContact(month=Month(2026, 10)), 23, 15),
        (NextContact(), 0, 0),
    ],
)
def test_what_is_late_is_so_by_a_working_day_at_least(when, calendar_days, working_days):
    assert overdue_days(when, MONDAY) == calendar_days
    assert days_late(when, MONDAY, Calendar()) == working_days


@pytest.mark.parametrize(
    ("when", "is_there"),
    [
        (NextContact(on=date(2026, 11, 23)), True),
        (NextContact(on=date(2026, 11, 2)), True),
        (NextContact(month=Month(2026, 11)), True),  # needs a day
        (NextContact(month=Month(2026, 1)), True),
        (NextContact(on=date(2026, 11, 24)), False),
        (NextContact(on=date(2026, 12, 23)), False),
        (NextContact(month=Month(2026, 12)), False),
        (NextContact(), False),
    ],
)
def test_today_takes_along_what_is_overdue_and_what_needs_a_day(when, is_there):
    assert is_todays(slot_of(when, MONDAY), MONDAY) is is_there


def test_what_is_closed_is_not_on_todays_pile():
    assert not is_todays(slot_of(NextContact(on=MONDAY), MONDAY, closed=True), MONDAY)


@pytest.mark.parametrize(
    ("when", "is_bound"),
    [
        (NextContact(on=MONDAY, agreed=True), True),
        (NextContact(on=MONDAY, at=time(9)), True),
        (NextContact(month=Month(2026, 12), agreed=True), True),
        (NextContact(on=MONDAY, half=Half.AM), False),
        (NextContact(on=MONDAY), False),
        (NextContact(), False),
    ],
)
def test_the_client_counts_on_what_was_agreed_or_timed(when, is_bound):
    assert when.is_bound is is_bound
