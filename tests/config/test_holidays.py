"""Holidays of a country are no working days, and are looked up once."""

import json
import os
import time
from datetime import date

import pytest

from tickler.config.holidays import Almanac
from tickler.core.dates.workdays import ByYear, Calendar
from tickler.errors import Unreadable
from tickler.services import piles


@pytest.fixture
def bavaria(tmp_path):
    return Almanac("DE", "BY", "en", tmp_path / "cache")


def test_a_region_has_holidays_of_its_own(bavaria, tmp_path):
    assert bavaria.of_year(2026)[date(2026, 11, 1)] == "All Saints' Day"
    berlin = Almanac("DE", "BE", "de", tmp_path / "cache").of_year(2026)
    assert date(2026, 11, 1) not in berlin
    assert berlin[date(2026, 12, 25)] == "Erster Weihnachtstag"


def test_a_year_is_looked_up_once(bavaria, tmp_path):
    before = bavaria.of_year(2026)
    (kept,) = (tmp_path / "cache").iterdir()
    years = json.loads(kept.read_text("utf-8"))
    years["2026"]["2026-11-23"] = "From the file"
    kept.write_text(json.dumps(years), "utf-8")
    assert bavaria.of_year(2026) == {**before, date(2026, 11, 23): "From the file"}
    long_ago = time.time() - 200 * 24 * 3600
    os.utime(kept, (long_ago, long_ago))
    assert bavaria.of_year(2026) == before


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"2026": 3}', '{"2026": {"x": "y"}}', "\0"])
def test_a_spoilt_cache_is_written_again(bavaria, tmp_path, spoilt):
    before = bavaria.of_year(2026)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(spoilt, "utf-8")
    assert bavaria.of_year(2026) == before
    assert json.loads(kept.read_text("utf-8"))["2026"]


def test_where_no_cache_can_be_kept_the_holidays_are_known_all_the_same(tmp_path):
    (tmp_path / "file").write_text("")
    found = Almanac("DE", None, "en", tmp_path / "file" / "cache").of_year(2026)
    assert date(2026, 12, 25) in found


@pytest.mark.parametrize(
    ("country", "region", "says"),
    [("XX", None, "country takes a code"), ("DE", "ZZ", "region “ZZ” is not known in DE: BB, BE")],
)
def test_an_unknown_place_is_said(tmp_path, country, region, says):
    with pytest.raises(Unreadable, match=says):
        Almanac(country, region, "en", tmp_path).of_year(2026)


def test_working_days_between_count_the_holidays_of_each_year(bavaria):
    calendar = Calendar(holidays=ByYear(bavaria.of_year, {date(2026, 12, 28): "day off"}))
    assert calendar.between(date(2026, 12, 21), date(2027, 1, 11)) == 15 - 4
    assert calendar.holiday(date(2026, 12, 28)) == "day off"
    assert calendar.plus(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_inserts_proposals_and_capacity_know_the_holidays(open_desk, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    desk = open_desk(country="DE", region="BY", today=date(2026, 12, 21))
    christmas = next(i for i in desk.see(piles.pile.slots) if i.date == date(2026, 12, 25))
    assert (christmas.holiday, christmas.working, christmas.capacity) == ("Christmas Day", False, 0)
    assert desk.see(lambda work: work.calendar.plus(work.today, 4)) == date(2026, 12, 28)
