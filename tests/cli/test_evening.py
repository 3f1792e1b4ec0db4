"""The turn of the page and past piles, as a person types them."""

import pytest


@pytest.fixture
def pile(already):
    """Today's pile: one agreed, two not; and something tomorrow."""
    already(
        "add ACME today 9:30 --what price",
        "add Bauer today",
        "add 'Cäsar [red]' 20.11.2026",
        "add Doyle tomorrow 10:00",
    )


def days(shell):
    return {d["name"]: d["next_on"][-2:] for d in shell("list --json").json}


LYING = {"ACME": "23", "Bauer": "23", "Cäsar [red]": "20", "Doyle": "24"}


@pytest.mark.usefixtures("pile")
def test_piped_it_lists_what_is_open_and_does_nothing(shell):
    answer = shell("turn")
    assert answer.code == 5
    assert "agreed or timed 1: an answer each" in answer.out
    assert "carried over to Tue 24 Nov 2: then 3 of 20" in answer.out
    assert "Cäsar [red]" in answer.out
    assert "3 dossiers are open; --yes carries over" in answer.err
    assert days(shell) == LYING


@pytest.mark.usefixtures("pile")
def test_in_json_the_open_ones_are_the_candidates(shell):
    answer = shell("turn --json")
    assert (answer.code, answer.error["code"]) == (5, 5)
    assert [c["name"] for c in answer.error["candidates"]] == ["ACME", "Cäsar [red]", "Bauer"]


@pytest.mark.usefixtures("pile")
def test_yes_needs_an_answer_for_what_is_agreed(shell):
    answer = shell("turn --yes")
    assert (answer.out, answer.code) == ("", 5)
    assert "#1 ACME needs an answer of its own; `--agreed 1=fri`" in answer.err
    assert days(shell) == LYING
    done = shell("turn --yes --agreed '1=fri 14:30'")
    assert done.out.splitlines()[:3] == [
        "the page is turned: 2 carried over to Tue 24 November 2026, 1 moved",
        "Tue 24 November: 3 of 20",
        "first 10:00 Doyle",
    ]
    assert (days(shell)["ACME"], days(shell)["Bauer"]) == ("27", "24")
    assert shell("undo --yes").code == 0
    assert days(shell) == LYING


@pytest.mark.usefixtures("pile")
def test_a_done_day_says_so_and_shows_the_next(shell):
    shell("turn --yes --agreed 1=tomorrow")
    done = shell("turn")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("the day is done: nothing is open on today's pile\nTue 24 November")
    found = shell("turn --json").json
    assert (found["action"], found["change"], found["after"]) == ("turn", None, [])
    tomorrow = found["tomorrow"]
    assert (tomorrow["day"], tomorrow["load"], tomorrow["capacity"]) == ("2026-11-24", 4, 20)
    assert (tomorrow["first_at"], tomorrow["first_name"]) == ("10:00", "Doyle")
    assert len(tomorrow["dossiers"]) == 4


@pytest.mark.usefixtures("pile")
def test_slips_that_are_due_are_named_and_stay(shell):
    shell("promise doyle send it --by today")
    assert "slips not ticked 1: they stay" in shell("turn").out
    done = shell("turn --yes --agreed keep --json").json
    assert [slip["text"] for slip in done["slips"]] == ["send it"]
    assert [slip["text"] for slip in done["tomorrow"]["slips"]] == ["send it"]
    assert "ACME" not in [row["name"] for row in done["after"]]


@pytest.mark.usefixtures("pile")
def test_a_dry_run_shows_and_changes_nothing(shell):
    answer = shell("turn --dry-run --agreed 3=done,keep")
    assert answer.code == 0
    assert "→ done" in answer.out
    assert answer.out.endswith(
        "would: the page is turned: 1 carried over to Tue 24 November 2026, 1 done, 1 kept\n"
    )
    found = shell("turn --dry-run --agreed keep --json").json
    assert (found["change"], len(found["after"])) == (None, 2)
    assert days(shell) == LYING


@pytest.mark.usefixtures("pile")
def test_a_dry_run_says_that_yes_would_do_nothing(shell):
    dry, meant = shell("turn --dry-run"), shell("turn --yes")
    assert (dry.code, meant.code) == (0, 5)
    assert "→ ?" in dry.out
    assert (
        dry.out.splitlines()[-1] == f"would: do nothing: {meant.err.removeprefix('tickler: ')[:-1]}"
    )
    found = shell("turn --dry-run --json").json
    assert (found["after"], found["warnings"][0]["code"]) == ([], "unanswered")
    assert days(shell) == LYING


@pytest.mark.every(3)
@pytest.mark.usefixtures("pile")
@pytest.mark.parametrize(
    ("agreed", "code", "said"),
    [
        ("1", 2, "“1” is not an answer"),
        ("1=", 2, "is not an answer"),
        ("", 2, "is not an answer"),
        ("ACME=fri", 2, "is not an answer"),
        ("1=someday", 2, "someday"),
        ("4=fri", 3, "#4 is not open today"),
        ("99999999999999999999=fri", 2, "is not an answer"),
        ("\x1b[31m=fri", 2, "␛[31m=fri"),
    ],
)
def test_an_answer_that_is_none_changes_nothing(shell, agreed, code, said):
    answer = shell("turn --yes", "--agreed", agreed)
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
    assert days(shell) == LYING


@pytest.mark.usefixtures("pile")
def test_at_a_terminal_each_agreed_one_is_asked_for(shell, answers):
    answers("someday", "fri", "y")
    done = shell("turn")
    assert done.code == 0
    assert "ACME, Mon 23 Nov 09:30: [a date, done, or Enter keeps it here]" in done.err
    assert "→ Fri 27 November 2026" in done.err
    assert "Carry 2 over to Tue 24 November?" in done.err
    assert days(shell) | {"Cäsar [red]": "24"} == {**LYING, "ACME": "27", "Bauer": "24",
                                                 "Cäsar [red]": "24"}  # fmt: skip


@pytest.mark.every(2)
@pytest.mark.usefixtures("pile")
@pytest.mark.parametrize("typed", [["fri", "n"], ["fri"], []])
def test_whoever_says_no_or_leaves_changes_nothing(shell, answers, typed):
    answers(*typed)
    assert shell("turn").code in (5, 130)
    assert days(shell) == LYING


@pytest.mark.usefixtures("pile")
def test_enter_keeps_an_agreed_one_lying(shell, answers):
    answers("", "y")
    assert shell("turn").out.startswith("the page is turned: 2 carried over to Tue")
    assert days(shell)["ACME"] == "23"


def test_an_empty_binder_has_a_done_day(shell, binder):
    answer = shell("turn")
    assert (answer.code, binder.exists()) == (0, False)
    assert "the pile is empty" in answer.out
    assert "there is no binder yet" in answer.err


@pytest.mark.usefixtures("pile")
def test_a_past_pile_is_shown_with_what_became_of_it(shell, monkeypatch):
    # The journal's instants are the clock's: what was made now was not there before.
    shell("turn --yes --agreed keep")
    answer = shell("pile 20.11.2026")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Fri 20 November 2026 as it was in the morning")


@pytest.mark.slow
def test_past_piles_of_the_sample_say_what_became_of_each(shell, monkeypatch):
    monkeypatch.delenv("TICKLER_TODAY")
    shell("demo pile yesterday")
    found = shell("demo pile yesterday --json").json
    assert {each["stood"]["became"] for each in found} <= {
        "contacted", "no answer", "moved", "closed", "left",
    }  # fmt: skip
    assert all(list(each["stood"]) == ["day", "next_on", "next_at", "became", "to"]
               for each in found)  # fmt: skip


def test_show_has_the_time_at_the_client(shell):
    shell("add Tokyo today")
    shell("edit tokyo 'time zone=Asia/Tokyo' 'opening hours=0-24'")
    found = shell("show tokyo --json").json
    assert found["local_time"].endswith("+09:00")
    assert found["callable_now"] in (True, None)  # of the weekend nothing is known
    assert "now" in shell("show tokyo").out
    assert "their " in shell("show tokyo").out
    assert "◷" in shell("today").out
    assert "◷" not in shell("list").out
    shell("add Here today")
    plain = shell("show here --json").json
    assert (plain["local_time"], plain["callable_now"]) == (None, None)
