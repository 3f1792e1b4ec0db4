"""`spread` and `fill` as they are typed; what is asked at a terminal is in `test_process`."""

import pytest


@pytest.fixture
def full(already, tmp_path, monkeypatch):
    """Three contacts a day fit; five lie on Monday, two on Tuesday, two in December."""
    config = tmp_path / "config.toml"
    config.write_text("capacity = 3\n", "utf-8")
    monkeypatch.setenv("TICKLER_CONFIG", str(config))
    already(
        *(f"add {name} today" for name in ("Alder", "Birch", "Cedar", "Dogwood")),
        "add Elm today 14:30?",
        *(f"add {name} tue" for name in ("Fir", "Gorse")),
        *(f"add {name} dec" for name in ("Hazel", "Ivy")),
    )


def days(shell):
    return {d["name"]: d["next_on"] or d["next_month"] for d in shell("list --json").json}


def test_a_dry_run_shows_what_would_go_where_and_changes_nothing(shell, full):
    before = days(shell)
    answer = shell("spread today --dry-run")
    assert answer.code == 0
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    assert lines[0] == "Mon 23 Nov: 2 dossiers spread over 2 days"
    assert "1 Alder Mon 23 Nov → Tue 24 Nov 5 of 3" in lines
    assert "2 Birch Mon 23 Nov → Wed 25 Nov 5 of 3" in lines
    assert any(line.startswith("Mon 23 Nov 5") and line.endswith("→ 3 of 3") for line in lines)
    assert any(line.startswith("Tue 24 Nov 2") and line.endswith("→ 3 of 3") for line in lines)
    assert "has its time: 14:30 1 Elm" in lines
    assert lines[-1] == "would: 2 dossiers spread over 2 days"
    assert days(shell) == before


def test_yes_does_it_and_one_undo_takes_it_back(shell, full):
    before = days(shell)
    answer = shell("spread today --yes")
    assert (answer.out, answer.err, answer.code) == ("2 dossiers spread over 2 days\n", "", 0)
    assert days(shell) == before | {"Alder": "2026-11-24", "Birch": "2026-11-25"}
    assert "spread: 5 of 3" in shell("show Alder").out
    assert shell("undo --yes").code == 0
    assert days(shell) == before
    assert shell("redo").code == 0
    assert days(shell)["Alder"] == "2026-11-24"


def test_without_a_terminal_an_answer_is_needed(shell, full):
    before = days(shell)
    answer = shell("spread today")
    assert (answer.out, answer.code) == ("", 5)
    assert answer.err == (
        "tickler: 2 dossiers would move; --dry-run shows them, --yes does it without asking\n"
    )
    assert days(shell) == before


def test_lines_are_left_out_and_set(shell, full):
    assert shell("spread today --except 1 --set 2=fri --yes").code == 0
    found = days(shell)
    assert (found["Alder"], found["Birch"]) == ("2026-11-23", "2026-11-27")
    answer = shell("spread today --except 1 --yes")
    assert (answer.out, answer.code) == ("", 0)
    assert answer.err == "nothing is left of it\n"


@pytest.mark.every(4)
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("spread today --except x --yes", 2, "--except takes numbers of the preview"),
        ("spread today --except 9 --yes", 3, "there is no line 9: they go from 1 to 2"),
        ("spread today --set 1 --yes", 2, "--set takes a line and its day"),
        ("spread today --set 1=soon --yes", 2, "“soon” is not a date"),
        ("spread today --set '1=fri 14:30' --yes", 2, "without a time"),
        ("spread today --into 2026-11-01 --yes", 2, "has passed"),
        ("spread today --into '' --yes", 2, "the date is empty"),
        ("spread '' --yes", 2, "the date is empty"),
        ("spread later --yes", 2, "later is not spread: type a day, a month, late, inbox or needs"),
        ("spread lat --yes", 2, "“lat” is not a date"),
        ("spread lat --yes", 2, "late, inbox and needs work, too"),
        ("spread 20.11.2026 --yes", 5, "`tickler spread late` files it"),
        ("spread", 2, "`tickler spread --help` shows how"),
        ("fill dec --yes", 2, "is a month: fill takes a day"),
        ("fill fri --from tue --yes", 2, "fill takes what has no day"),
        ("fill fri --most 0", 2, "--most takes a whole number from 1"),
    ],
)
def test_faults_say_what_to_do_and_change_nothing(shell, full, line, code, said):
    before = days(shell)
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert said in " ".join(answer.err.split())
    assert days(shell) == before


def test_nothing_to_spread_is_said_and_is_no_fault(shell, full):
    answer = shell("spread fri")
    assert (answer.out, answer.code) == ("", 0)
    assert answer.err == "nothing to spread: nothing is on Fri 27 Nov\n"
    found = shell("spread inbox --json")
    assert (found.json["after"], found.json["lines"], found.code) == ([], [], 0)


def test_json_has_the_lines_what_stays_and_the_loads(shell, full):
    looked = shell("spread today --dry-run --json").json
    assert looked["change"] is None
    assert looked["lines"][0] == {
        "line": 1,
        "id": 1,
        "name": "Alder",
        "from": "2026-11-23",
        "to": "2026-11-24",
        "why": "5 of 3",
    }
    assert looked["stays"] == [{"id": 5, "name": "Elm", "why": "has its time: 14:30"}]
    assert looked["days"][0] == {"date": "2026-11-23", "before": 5, "after": 3, "capacity": 3}
    done = shell("spread today --except 2 --yes --json").json
    assert (done["action"], len(done["after"])) == ("spread", 1)
    assert done["after"][0]["next_on"] == "2026-11-24"
    assert [line["to"] for line in done["lines"]] == ["2026-11-24", None]
    assert [(w["code"], w["text"]) for w in done["warnings"]] == [
        ("over-capacity", "Mon 23 Nov: 4 of 3")
    ]


def test_a_month_is_spread_and_a_day_is_filled(shell, full):
    assert shell("fill 15 --most 1 --yes").out == "1 dossier pulled to Tue 15 Dec\n"
    assert days(shell)["Hazel"] == "2026-12-15"
    assert shell("spread dec --yes").out == "1 dossier spread over 1 day\n"
    assert days(shell)["Ivy"].startswith("2026-12-")
    assert shell("fill fri --from inbox").err == (
        "Fri 27 Nov is at 0 of 3, and nothing is in the inbox\n"
    )


def test_a_new_month_says_what_has_no_day_yet(shell, full, monkeypatch):
    assert "no day yet" not in shell("today").out
    monkeypatch.setenv("TICKLER_TODAY", "2099-12-01")
    assert "2 from December have no day yet · tickler spread needs" in shell("today").out


def test_names_cannot_steer_the_terminal(shell, full):
    shell("add", "[red]\x1b[31mZ\u202eed", "today")
    answer = shell("spread today --dry-run")
    assert "\x1b" not in answer.out
    assert "[red]" in answer.out


def test_a_binder_that_is_not_there_has_nothing_to_spread(shell, binder):
    answer = shell("spread today")
    assert answer.code == 0
    assert "nothing to spread" in answer.err
    assert not binder.exists()
