"""Stretches of days as reps type them, seen on Monday, 30 November 2026, and on other days."""

from datetime import date, timedelta

import pytest

from tickler.core.dates.ranges import read_stretch
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 30)

READ = [
    ("next week", "2026-12-07", "2026-12-13"),
    ("nächste Woche", "2026-12-07", "2026-12-13"),
    ("übernächste Woche", "2026-12-14", "2026-12-20"),
    ("this week", "2026-11-30", "2026-12-06"),
    ("KW 52..KW 53", "2026-12-21", "2027-01-03"),
    ("KW 52-53", "2026-12-21", "2027-01-03"),
    ("KW 52/53", "2026-12-21", "2027-01-03"),
    ("KW 52 bis 53", "2026-12-21", "2027-01-03"),
    ("KW 52 - KW 1", "2026-12-21", "2027-01-10"),
    ("week 50 to 51", "2026-12-07", "2026-12-20"),
    ("24.12.-6.1.", "2026-12-24", "2027-01-06"),
    ("24.12. bis 6.1.", "2026-12-24", "2027-01-06"),
    ("24.12. - 6.1.", "2026-12-24", "2027-01-06"),
    ("24.12..6.1.", "2026-12-24", "2027-01-06"),
    ("24.12...6.1.", "2026-12-24", "2027-01-06"),
    ("24.12.2026...6.1.2027", "2026-12-24", "2027-01-06"),
    ("24.12.26...6.1.27", "2026-12-24", "2027-01-06"),
    ("2026-12-24...2027-01-06", "2026-12-24", "2027-01-06"),
    ("24 Dec 2026...6 Jan 2027", "2026-12-24", "2027-01-06"),
    ("24.12…6.1.", "2026-12-24", "2027-01-06"),
    ("24.12.…6.1.", "2026-12-24", "2027-01-06"),
    ("24.12.–6.1.", "2026-12-24", "2027-01-06"),
    ("vom 24.12. bis zum 6.1.", "2026-12-24", "2027-01-06"),
    ("24 Dec to 6 Jan", "2026-12-24", "2027-01-06"),
    ("24 Dec - 6 Jan", "2026-12-24", "2027-01-06"),
    ("Dec 24 - Jan 6", "2026-12-24", "2027-01-06"),
    ("24 dec-6 jan", "2026-12-24", "2027-01-06"),
    ("mon-fri", "2026-12-07", "2026-12-11"),
    ("mo-fr", "2026-12-07", "2026-12-11"),
    ("Mo. - Fr.", "2026-12-07", "2026-12-11"),
    ("mon to fri", "2026-12-07", "2026-12-11"),
    ("Montag bis Freitag", "2026-12-07", "2026-12-11"),
    ("mon..fri", "2026-12-07", "2026-12-11"),
    ("1.-5.2.", "2027-02-01", "2027-02-05"),
    ("1. bis 5. Februar", "2027-02-01", "2027-02-05"),
    ("3-5 Dec", "2026-12-03", "2026-12-05"),
    ("Dec 3-5", "2026-12-03", "2026-12-05"),
    ("28.12.-2.1.", "2026-12-28", "2027-01-02"),
    ("28.-2.1.", "2026-12-28", "2027-01-02"),
    ("30.11.", "2026-11-30", "2026-11-30"),
    ("30.11.-4.12.", "2026-11-30", "2026-12-04"),
    ("2026-12-24-2027-01-06", "2026-12-24", "2027-01-06"),
    ("2026-12-24..2027-01-06", "2026-12-24", "2027-01-06"),
    ("2026-12-24 - 2027-01-06", "2026-12-24", "2027-01-06"),
    ("2026-12-24", "2026-12-24", "2026-12-24"),
    ("24.12.2026-6.1.2027", "2026-12-24", "2027-01-06"),
    ("24.12.-6.1.2027", "2026-12-24", "2027-01-06"),
    ("24.12.26-6.1.27", "2026-12-24", "2027-01-06"),
    ("december", "2026-12-01", "2026-12-31"),
    ("dec-feb", "2026-12-01", "2027-02-28"),
    ("Q1", "2027-01-01", "2027-03-31"),
    ("spring", "2027-03-01", "2027-05-31"),
    ("next year", "2027-01-01", "2027-12-31"),
    ("2027", "2027-01-01", "2027-12-31"),
    ("weekend", "2026-12-05", "2026-12-06"),
    ("this weekend", "2026-12-05", "2026-12-06"),
    ("2 weeks", "2026-11-30", "2026-12-13"),
    ("14 Tage", "2026-11-30", "2026-12-13"),
    ("+2w", "2026-11-30", "2026-12-14"),
    ("bis Freitag", "2026-11-30", "2026-12-04"),
    ("until fri", "2026-11-30", "2026-12-04"),
    ("..fri", "2026-11-30", "2026-12-04"),
    ("fri for 2 weeks", "2026-12-04", "2026-12-17"),
    ("ab Freitag für 2 Wochen", "2026-12-04", "2026-12-17"),
    ("1.12. for 3 days", "2026-12-01", "2026-12-03"),
    ("fri", "2026-12-04", "2026-12-04"),
    ("today", "2026-11-30", "2026-11-30"),
    ("next month", "2026-12-01", "2026-12-31"),
    ("this month", "2026-11-01", "2026-11-30"),
    ("november", "2026-11-01", "2026-11-30"),
    ("yesterday-fri", "2026-11-29", "2026-12-04"),
    ("gestern bis fr", "2026-11-29", "2026-12-04"),
    ("27-nov-26", "2026-11-27", "2026-11-27"),
    ("between 3 Dec and 5 Dec", "2026-12-03", "2026-12-05"),
    ("zwischen 3.12. und 5.12.", "2026-12-03", "2026-12-05"),
    ("1.7.-15.7.2028", "2028-07-01", "2028-07-15"),
    ("25/12-31/12", "2026-12-25", "2026-12-31"),
]

REFUSED = [
    (
        "early december",
        "“early december” names no first and last day: type both, such as 1.12.-10.12.",
    ),
    ("eow", "“eow” names no first and last day: type both, such as 1.12.-10.12."),
    ("fri 14:30", "“fri 14:30”: give days, without a time"),
    ("7.12.-5.12.", "“5.12.” comes before “7.12.”: type the year too"),
    ("mid-december", "“mid-december” names no first and last day: type both, such as 1.12.-10.12."),
    (
        "soonish",
        "“soonish” is not a date: type one such as fri, 15, 5.7., 2026-07-05, +3d, KW 48 or July",
    ),
    (
        "tomorow-fri",
        "“tomorow-fri” is not a date: "
        "type one such as fri, 15, 5.7., 2026-07-05, +3d, KW 48 or July",
    ),
]


@pytest.mark.parametrize(("typed", "first", "last"), READ)
def test_a_stretch_is_all_of_its_days(typed, first, last):
    assert read_stretch(typed, MONDAY) == (
        date.fromisoformat(first),
        date.fromisoformat(last) + timedelta(days=1),
    )


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_refuses(typed, why):
    with pytest.raises(Unreadable) as refused:
        read_stretch(typed, MONDAY)
    assert refused.value.sentence == why


@pytest.mark.parametrize(
    ("today", "typed", "first", "last"),
    [
        (date(2026, 12, 2), "30.11.-4.12.", date(2026, 11, 30), date(2026, 12, 4)),
        (date(2026, 12, 2), "KW 49", date(2026, 11, 30), date(2026, 12, 6)),
        (date(2026, 12, 2), "mon-fri", date(2026, 12, 7), date(2026, 12, 11)),
        (date(2027, 1, 2), "24.12.-6.1.", date(2026, 12, 24), date(2027, 1, 6)),
        (date(2026, 12, 31), "31.12.-2.1.", date(2026, 12, 31), date(2027, 1, 2)),
        (date(2028, 2, 29), "today-fri", date(2028, 2, 29), date(2028, 3, 3)),
        (date(2026, 12, 4), "fri-mon", date(2026, 12, 11), date(2026, 12, 14)),
        (date(2026, 12, 6), "weekend", date(2026, 12, 5), date(2026, 12, 6)),
    ],
)
def test_a_stretch_that_runs_is_not_the_one_of_next_year(today, typed, first, last):
    assert read_stretch(typed, today) == (first, last + timedelta(days=1))


@pytest.mark.parametrize("typed", ["07-2027", "7-2027", "7/2027", "2027-07"])
def test_a_month_and_its_year_are_no_stretch_of_a_day_and_a_year(typed):
    assert read_stretch(typed, MONDAY) == (date(2027, 7, 1), date(2027, 8, 1))


@pytest.mark.parametrize("typed", ["7 - 2027", "24.12.-2027", "mon-2027", "july..2027", "12 2026"])
def test_no_stretch_ends_with_a_year_alone(typed):
    with pytest.raises(Unreadable):
        read_stretch(typed, MONDAY, spaced=True)


def test_two_days_with_a_space_between_them_where_two_are_asked_for():
    spaced = read_stretch("24.12. 6.1.", MONDAY, spaced=True)
    assert spaced == (date(2026, 12, 24), date(2027, 1, 7))
    with pytest.raises(Unreadable, match="is a Monday, not a Thursday"):
        read_stretch("thu 2026-11-30", MONDAY, spaced=True)
