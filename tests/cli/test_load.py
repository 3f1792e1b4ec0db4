"""How full the days are, and when the rep is away, as one asks for it in the shell."""

from pathlib import Path

import pytest

HOURS = """
country = "DE"
region = "BE"
capacity = {usual = "6h", fri = "4h"}
days_off = ["2026-12-28"]
"""


@pytest.fixture
def in_hours(monkeypatch, tmp_path):
    path = Path(tmp_path) / "hours.toml"
    path.write_text(HOURS, "utf-8")
    monkeypatch.setenv("TICKLER_CONFIG", str(path))


def line(answer, text):
    return " ".join(next(row for row in answer.out.splitlines() if text in row).split())


@pytest.mark.slow
def test_load_shows_each_day_of_the_next_weeks(shell):
    for n in range(21):
        shell(f"add Client{n} fri")
    shell("add ACME 2027-02-01")
    shell("add Bauer 'sat 10:00'")
    said = shell("load")
    assert said.code == 0
    assert line(said, "27 Nov").endswith("! 21 of 20")
    assert line(said, "28 Nov") == "Sat 28 Nov ▇ 1 day off"
    assert "29 Nov" not in said.out
    assert line(said, "W49") == "W49 · 0 of 100"
    assert said.out.splitlines()[-1] == "then February 1"
    assert "18 Dec" in said.out
    assert "18 Dec" not in shell("load --weeks 2").out


@pytest.mark.parametrize("weeks", ["0", "53", "x"])
def test_load_of_no_weeks_is_refused(shell, weeks):
    assert shell(f"load --weeks {weeks}").code == 2


def test_load_as_json(shell):
    shell("add ACME fri")
    shell("add Bauer march")
    found = shell("load --weeks 1 --json").json
    assert found["days"][4] == {
        "slot": "day:27", "insert": "27", "date": "2026-11-27", "month": None, "count": 1,
        "load": 1, "capacity": 20, "unit": "contacts", "working": True, "holiday": None,
    }  # fmt: skip
    assert [len(found["days"]), found["months"], found["later"]] == [
        7, [{"month": "2027-03", "count": 1}], 0,
    ]  # fmt: skip


@pytest.mark.slow
def test_where_capacity_is_a_time_all_say_hours(shell, in_hours):
    shell("add ACME fri --kind visit")
    assert "4:00 of 4:00 h" in shell("add Bauer fri --kind visit").out
    crowded = shell("add Curie fri --kind meeting")
    assert "5:00 of 4:00 h" in crowded.err
    shell("add Doyle today")
    assert line(shell("load"), "27 Nov").endswith("! 5:00 of 4:00 h")
    assert line(shell("slots"), "27 Nov").endswith("! 5:00 of 4:00 h")
    assert shell("today").out.startswith("Mon 23 November 2026 · W48 · 0:10 of 6:00 h · 0 done")
    assert shell("pile fri").out.startswith("Fri 27 November 2026 · 5:00 of 4:00 h · 3 dossiers")
    friday = next(i for i in shell("slots --json").json if i["date"] == "2026-11-27")
    assert (friday["load"], friday["capacity"], friday["unit"]) == (300, 240, "minutes")
    assert friday["count"] == 3


def test_a_holiday_is_named_wherever_its_day_is(shell, in_hours, monkeypatch):
    assert shell("pile 25.12.").out == "Fri 25 December 2026 · Christmas Day · 0 dossiers\n"
    assert line(shell("load --weeks 6"), "25 Dec") == "Fri 25 Dec Christmas Day"
    assert line(shell("load --weeks 6"), "28 Dec") == "Mon 28 Dec day off"
    monkeypatch.setenv("TICKLER_TODAY", "2026-12-25")
    assert shell("today").out.startswith("Fri 25 December 2026 · W52 · Christmas Day · 0:00 h")
    assert line(shell("slots"), "28 Dec") == "28 Mon 28 Dec day off"


def test_an_absence_is_written_down_listed_and_dropped(shell):
    said = shell("absence 24.12. 6.1. --why 'skiing [red]'")
    assert said.out == (
        "away Thu 24 December 2026 – Wed 6 January 2027 “skiing [red]”: 10 working days\n"
    )
    assert line(shell("absence"), "1") == (
        "1 Thu 2026-12-24 Wed 2027-01-06 10 working days skiing [red]"
    )
    assert shell("absence --json").json == [
        {
            "id": 1, "first": "2026-12-24", "last": "2027-01-06", "why": "skiing [red]",
            "workdays": 10,
        }
    ]  # fmt: skip
    assert line(shell("load --weeks 6"), "24 Dec") == "Thu 24 Dec skiing [red]"
    assert shell("absence mon --json").json["action"] == "absence"
    assert shell("absence --drop 1").code == 0
    assert "skiing" not in shell("absence").out
    assert shell("undo").out.startswith("undone: not away Thu 24 December")
    assert "skiing" in shell("absence").out


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("absence --why skiing", 2, "from which day?"),
        ("absence fri --drop 1", 2, "--drop goes alone"),
        ("absence --drop 3", 3, "there is no absence #3"),
        ("absence nonsense", 2, "“nonsense” is not a date"),
        ("absence fri 14:30", 2, "give days, without a time"),
    ],
)
def test_what_is_no_absence_is_refused(shell, typed, code, said):
    shell("add ACME")
    answer = shell(typed)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert shell("absence --json").json == []


def test_the_load_of_a_stretch_of_days_is_that_of_each_of_them(shell):
    shell("add ACME tue")
    shell("add Bauer 'tue next week'")
    days = [day["date"] for day in shell("load next week --json").json["days"]]
    assert days == [f"2026-{day}" for day in ("11-30", *(f"12-{n:02d}" for n in range(1, 7)))]
    assert line(shell("load mon-fri"), "1 Dec").endswith("1 of 20")
    refused = shell("load next week --weeks 2")
    assert (refused.code, "give one of them" in refused.err) == (2, True)


@pytest.mark.every(3)
@pytest.mark.parametrize("line", ["pile 20.11.", "load 20.11.", "spread 20.11. --dry-run",
    "absence 20.11.", "when 20.11.-21.11.", "spread late --into 20.11. --dry-run"])  # fmt: skip
def test_days_that_leap_a_year_are_warned_of(shell, line):
    shell("add ACME fri")
    assert "warning: 362 days ahead: for the last one type 20.11.2026" in shell(line).err


def test_an_absence_that_is_over_is_warned_of(shell):
    answer = shell("absence 24.12.-6.1.2026")
    assert answer.out.startswith("away Wed 24 December 2025 – Tue 6 January 2026")
    assert answer.err == "warning: 321 days ago: those days have passed\n"


def test_the_pile_of_the_days_of_a_month_is_that_of_a_stretch(shell):
    shell("add ACME fri")
    assert shell("pile 1.12.-31.12.").out.startswith("Tue 1 Dec – Thu 31 Dec 2026")
    assert "give a day, without a time" in shell("pile fri 14:30").err
    assert "give a day, without a time" in shell("spread fri 14:30 --dry-run").err


def test_the_pile_of_a_week_says_which_day_each_is_on(shell):
    shell("add ACME 'tue next week'")
    shell("add Bauer 'thu next week 10:00'")
    shell("add Other tue")
    said = shell("pile next week")
    assert said.out.startswith("Mon 30 Nov – Sun 6 Dec 2026 · 2 dossiers\n")
    assert line(said, "ACME").startswith("Tue 1 Dec")
    assert line(said, "Bauer").startswith("Thu 3 Dec 10:00")


def test_looking_at_a_binder_that_is_not_there_makes_none(shell, binder):
    assert shell("load").code == 0
    assert shell("absence").code == 0
    assert not binder.exists()
