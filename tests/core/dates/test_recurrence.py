"""The days of a rule are those that dateutil finds; what a dossier can say it says the same."""

from datetime import date, datetime, timedelta
from itertools import islice, takewhile

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.dates.recurrence import read
from tickler.core.dates.repeat import read_every
from tickler.core.dates.workdays import Calendar
from tickler.errors import Unreadable

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31)).filter(lambda day: day.day < 29)


@st.composite
def rules(draw):
    """Rules that come again and again: one that never does keeps dateutil busy to the year 9999."""
    unit = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    interval = draw(st.integers(1, 5))
    parts = [f"FREQ={unit}", f"INTERVAL={interval}"]
    days = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True))
    if days and unit in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        days = [f"{draw(st.sampled_from([1, 2, 4, -1, -2]))}{day}" for day in days]
    if days:
        parts.append(f"BYDAY={','.join(days)}")
    if unit != "WEEKLY" and not days and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(['1', '15', '-1', '3,-3']))}")
    if (interval == 1 or unit in ("WEEKLY", "YEARLY")) and draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.sampled_from(['1', '2,8', '12']))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 9))}")
    if unit == "WEEKLY" and draw(st.booleans()):
        parts.append("WKST=SU")
    return ";".join(parts)


@given(rule=rules(), start=DAYS)
def test_the_days_are_those_of_dateutil(rule, start):
    end = start + timedelta(days=900)
    until = datetime(end.year, end.month, end.day)
    known = rrule.rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))
    wanted = [at.date() for at in takewhile(lambda at: at < until, known)]
    found = [day for day in islice(read(rule).days(start, start), 2000) if day < end]
    assert found == wanted


@given(rule=rules(), start=DAYS, ahead=st.integers(0, 3000))
def test_what_is_left_out_is_before_the_wanted_day(rule, start, ahead):
    wanted = start + timedelta(days=ahead)
    endless = ";".join(part for part in rule.split(";") if not part.startswith("COUNT"))
    near, all_ = (
        [day for day in islice(read(endless).days(start, since), 4000) if day >= wanted][:3]
        for since in (wanted, start)
    )
    assert near[: len(all_)] == all_


@given(rule=rules(), start=DAYS)
def test_every_has_the_same_dates(rule, start):
    first = next(read(rule).days(start, start), None)
    if first and (every := read(rule).every(start)):
        following = list(islice(read(rule).days(start, start), 6))
        typed = read_every(every).started(first)
        day = first
        for wanted in following[1:]:
            day = typed.after(day, Calendar())
            assert day == wanted


@pytest.mark.parametrize(
    ("rule", "every"),
    [
        ("FREQ=WEEKLY", "tue keep"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "+2w keep"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "mon,thu keep"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", ""),
        ("FREQ=MONTHLY", "24. keep"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "31. keep"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ""),
        ("FREQ=MONTHLY;BYDAY=1MO", "first mon keep"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "last fri keep"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "last working day keep"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", "+1y keep"),
        ("FREQ=WEEKLY;COUNT=5", ""),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", ""),
    ],
)
def test_what_a_dossier_can_say(rule, every):
    assert read(rule).every(date(2026, 11, 24)) == every


@pytest.mark.parametrize(
    "rule",
    ["", "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=9,17", "FREQ=YEARLY;BYDAY=XX",
     "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=x", "FREQ=MONTHLY;BYMONTHDAY=99",
     "FREQ=WEEKLY;WKST=Q"],
)  # fmt: skip
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(Unreadable):
        read(rule)


def test_a_rule_that_never_comes_ends():
    assert list(read("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").days(date(2026, 1, 1), date.min)) == []
    with pytest.raises(Unreadable, match="too many"):
        list(read("FREQ=DAILY;COUNT=999999999").days(date(1900, 1, 1), date(2026, 1, 1)))
