"""The weeks ahead, and calendars that are not those of an office in Berlin."""

from datetime import date, datetime, timedelta

import pytest

from tickler.core.contact.kinds import Kind
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Layout, Month, window_end
from tickler.core.planning.capacity import Capacity, Unit
from tickler.errors import Unreadable
from tickler.services import filing, piles
from tickler.services.filing.file import NewDossier

SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})


def test_the_days_go_to_a_sunday_and_today_takes_the_overdue_along(desk, add):
    add("Late", "20.11.2026")
    add("Due", "today")
    add("Friday", "fri 14:30", kind=Kind.MEETING)
    view = desk.see(piles.weeks.ahead, 4)
    assert (view.days[0].date, view.days[-1].date) == (date(2026, 11, 23), date(2026, 12, 20))
    by_date = {day.date: day for day in view.days}
    assert (by_date[view.today].load, by_date[view.today].count) == (2, 2)
    assert by_date[date(2026, 11, 27)].share == "1 of 20"
    assert [len(days) for _, days in view.weeks] == [5, 5, 5, 5]


def test_what_lies_beyond_is_counted_by_months(desk, add):
    for name, typed in (
        ("a", "2026-12-20"), ("b", "2026-12-21"), ("c", "2026-12-31"), ("d", "december"),
        ("e", "january"), ("f", "2027-11-30"), ("g", "2027-12-01"), ("h", "2028-06"),
    ):  # fmt: skip
        add(name, typed)
    view = desk.see(piles.weeks.ahead, 4)
    assert view.months == ((Month(2026, 12), 3), (Month(2027, 1), 1), (Month(2027, 11), 1))
    assert view.later == 2
    assert sum(day.count for day in view.days) == 1


def test_it_begins_and_ends_as_asked(desk, clock):
    clock.now = datetime(2026, 11, 27, 8, 0)
    for asked, last in ((1, date(2026, 12, 6)), (2, date(2026, 12, 13)), (999, None)):
        view = desk.see(piles.weeks.ahead, asked)
        assert view.days[0].date == date(2026, 11, 27)
        assert view.days[-1].date.weekday() == 6
        assert last is None or view.days[-1].date == last
        assert len(view.days) <= 371


def test_in_hours_every_kind_takes_its_time_and_appointments_leave_less(open_desk, desk):
    measure = Capacity(360, Unit.MINUTES, {4: 240}, {Kind.CALL: 20})
    desk = open_desk(desk.path, capacity=measure)
    desk.do(filing.file.add, NewDossier("ACME"), "fri", kind=Kind.VISIT)
    key = desk.do(filing.file.add, NewDossier("Bauer"), "fri", kind=Kind.CALL).after[0].id
    desk.do(filing.slips.add, key, None, "acceptance", "fri 9:00")
    friday = desk.see(piles.weeks.ahead).days[4]
    assert (friday.load, friday.capacity, friday.count) == (140, 180, 2)
    assert friday.share == "2:20 of 3:00 h"
    assert not friday.is_over


def test_a_weekend_of_friday_and_saturday(open_desk, desk):
    desk = open_desk(desk.path, weekdays=SUNDAY_TO_THURSDAY)
    added = [
        desk.do(filing.file.add, NewDossier(n), t).after[0] for n, t in (("a", "+4b"), ("b", "sun"))
    ]
    assert [row.next.on for row in added] == [date(2026, 11, 29), date(2026, 11, 29)]
    view = desk.see(piles.weeks.ahead, 2)
    shown = [day.date.strftime("%a") for _, days in view.weeks for day in days]
    assert shown == ["Mon", "Tue", "Wed", "Thu", "Sun"] * 2
    by_day = {day.date.strftime("%a %d"): day for day in view.days}
    assert (by_day["Fri 27"].capacity, by_day["Fri 27"].off) == (0, "day off")
    assert (by_day["Sun 29"].share, by_day["Sun 29"].off) == ("2 of 20", "")


def test_a_month_of_nothing_but_days_off(open_desk, desk):
    december = {date(2026, 12, n): "day off" for n in range(1, 32)}
    desk = open_desk(desk.path, days_off=december)
    key = desk.do(filing.file.add, NewDossier("ACME"), "30 november").after[0].id
    assert desk.do(filing.file.step, [key], 1).after[0].next.on == date(2027, 1, 1)
    view = desk.see(piles.weeks.ahead, 6)
    assert {d.off for d in view.days if d.date.month == 12} == {"day off"}
    assert sum(d.capacity for d in view.days if d.date.month == 12) == 0
    for layout in Layout:
        shown = open_desk(desk.path, days_off=december, layout=layout).see(piles.pile.slots)
        assert sum(view.count for view in shown) == 1
        assert layout is Layout.NUMBERS or not [v for v in shown if v.date and v.date.month == 12]


def test_a_calendar_without_a_working_day_says_so(open_desk, desk):
    ever = {date(2026, 11, 23) + timedelta(days=n): "closed" for n in range(1200)}
    desk = open_desk(desk.path, days_off=ever)
    with pytest.raises(Unreadable, match="no working day within a year"):
        desk.do(filing.file.add, NewDossier("ACME"), "+1b")
    assert sum(day.capacity for day in desk.see(piles.weeks.ahead, 12).days) == 0
    assert desk.see(piles.pile.slots)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        (date(2028, 2, 28), "+1d", date(2028, 2, 29)),
        (date(2028, 2, 29), "+1b", date(2028, 3, 1)),
        (date(2027, 2, 28), "29 feb", date(2028, 2, 29)),
        (date(2026, 12, 31), "+1b", date(2027, 1, 1)),
        (date(2026, 12, 31), "tomorrow", date(2027, 1, 1)),
        # The clocks go forward on 28 March 2027, and back on 25 October 2026.
        (date(2027, 3, 27), "+1d", date(2027, 3, 28)),
        (date(2027, 3, 28), "+1d", date(2027, 3, 29)),
        (date(2026, 10, 25), "+1d", date(2026, 10, 26)),
    ],
)
def test_days_that_are_unlike_others(open_desk, desk, today, typed, day):
    desk = open_desk(desk.path, today=today)
    row = desk.do(filing.file.add, NewDossier("ACME"), typed).after[0]
    assert row.next.on == day
    view = desk.see(piles.weeks.ahead, 2)
    lengths = {b.date - a.date for a, b in zip(view.days, view.days[1:], strict=False)}
    assert lengths == {timedelta(days=1)}
    if day < window_end(today):
        assert row.slot == f"day:{day.day}"
        assert next(d for d in view.days if d.date == day).count == 1
    counted = sum(d.count for d in view.days) + sum(n for _, n in view.months) + view.later
    assert counted == 1


@pytest.mark.every(5)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_day_on_which_the_clocks_change_is_one_day(open_desk, desk, clock, day, hour):
    clock.now = datetime(day.year, day.month, day.day, hour, 30)
    desk = open_desk(desk.path, weekdays=frozenset(range(7)))
    desk.do(filing.file.add, NewDossier("ACME"), "today")
    assert desk.see(piles.weeks.ahead, 1).days[0].date == day
    assert desk.see(piles.pile.day).load == 1


def test_a_leap_years_end_is_counted_whole():
    calendar = Calendar(SUNDAY_TO_THURSDAY)
    assert calendar.between(date(2028, 2, 27), date(2028, 3, 2)) == 4
    assert calendar.between(date(2028, 1, 1), date(2029, 1, 1)) == 261
    assert calendar.plus(date(2028, 2, 24), 4) == date(2028, 3, 1)
    assert calendar.plus(date(2029, 1, 1), -1) == date(2028, 12, 31)
