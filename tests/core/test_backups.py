"""Which backups are kept: the newest of each of the last days and months."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.backups import MOST_A_DAY, BackupRule, Why, kept, name_of, read_name

START = datetime(2026, 1, 1, 8)


class Made(NamedTuple):
    at: datetime
    why: Why = Why.DAILY


def test_ten_days_and_twelve_months_are_kept():
    daily = [Made(START + timedelta(days=n)) for n in range(400)]
    found = sorted(each.at.date().isoformat() for each in kept(daily, BackupRule()))
    newest = daily[-1].at.date()
    assert newest.isoformat() == "2027-02-04"
    assert found[-10:] == [(newest - timedelta(days=n)).isoformat() for n in range(9, -1, -1)]
    ends = ["03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30"]
    assert found[:9] == [f"2026-{end}" for end in ends]
    assert len(found) == 9 + 1 + 10  # December's newest, January's is one of the ten days


def test_after_a_long_absence_the_days_before_it_are_still_there():
    days = [Made(START + timedelta(days=n)) for n in range(9)] + [Made(START + timedelta(days=90))]
    assert kept(days, BackupRule()) == set(days)


def test_of_a_day_those_before_imports_and_restores_are_kept_too():
    day = [Made(START + timedelta(minutes=n), Why.RESTORE) for n in range(3)]
    day += [Made(START + timedelta(hours=1))]
    assert kept(day, BackupRule(days=1, months=1)) == set(day)
    many = [Made(START + timedelta(minutes=n), Why.IMPORT) for n in range(50)]
    assert kept(many, BackupRule()) == set(many[-MOST_A_DAY:])


MADE = st.builds(
    Made, st.datetimes(datetime(2020, 1, 1), datetime(2021, 12, 31)), st.sampled_from([*Why])
)


@given(st.lists(MADE, unique=True), st.integers(1, 12), st.integers(1, 12))
def test_whatever_there_is_the_newest_is_kept_and_keeping_twice_keeps_the_same(made, days, months):
    rule = BackupRule(days=days, months=months)
    keep = kept(made, rule)
    assert kept(keep, rule) == keep
    if made:
        newest = max(each.at for each in made)
        assert newest in {each.at for each in keep}
        assert len({each.at.date() for each in keep}) <= days + months


@pytest.mark.parametrize("why", [*Why])
def test_names_are_read_as_they_were_written(why):
    seventh = START.replace(microsecond=6)
    assert read_name(name_of(START, why)) == (START, why)
    assert read_name(name_of(seventh, why)) == (seventh, why)


@pytest.mark.parametrize(
    "name", ["a.db", "2026-13-01 08-00-00 daily.db", "2026-01-01 08-00-00 other.db", "", "underway"]
)
def test_other_files_are_no_backups(name):
    assert read_name(name) is None
