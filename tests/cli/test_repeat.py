"""Repetition, intervals and proposals, as a rep types them."""

import pytest

from tickler.core.text import printable


@pytest.fixture
def acme(already):
    already("add ACME today")


@pytest.mark.usefixtures("acme")
def test_how_often_is_set_shown_followed_and_ended(shell):
    assert shell("edit ACME every='every 6 weeks' longest=8w").out == (
        "ACME: every, longest changed\n"
    )
    assert "· every 6 weeks\n" in shell("show ACME").out
    assert "contact  longest 8w" in shell("show ACME").out
    logged = shell("log ACME fine --outcome reached")
    assert logged.out == (
        "ACME: call, reached, “fine” "
        "→ Mon 4 January 2027 · insert January · 1 of 20 · every 6 weeks\n"
    )
    assert logged.err == ""
    assert shell("show ACME --json").json["every"] == "6w"
    shell("undo")
    assert shell("show ACME --json").json["next_on"] == "2026-11-23"
    assert shell("move ACME fri --every none").out.endswith("· no longer repeated\n")
    assert shell("show ACME --json").json["every"] is None


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "line",
    ["add New --every often", "move ACME fri --every '[red]'", "log ACME x --every ''",
     "edit ACME every=often", "edit ACME ideal=9w longest=8w", "edit ACME longest=fri"],
)  # fmt: skip
@pytest.mark.usefixtures("acme")
def test_what_is_no_interval_is_said_and_nothing_is_done(shell, line):
    before = shell("changes").out
    answer = shell(line)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert answer.err == f"{printable(answer.err.rstrip())}\n"
    assert shell("changes").out == before


@pytest.mark.usefixtures("acme")
def test_an_outcome_proposes_what_to_type_and_files_nothing(shell):
    answer = shell("log ACME --outcome order")
    assert "proposed: tickler move 1 +2w --kind call --what 'thank-you call'\n" in answer.err
    assert shell("show ACME --json").json["next_on"] == "2026-11-23"
    assert shell("move 1 +2w --kind call --what 'thank-you call'").code == 0
    assert shell("show ACME --json").json["next_what"] == "thank-you call"


@pytest.mark.usefixtures("acme")
def test_the_third_attempt_is_marked_and_leaves_the_client_in_peace(shell):
    said = [shell("log ACME --outcome no-answer").err for _ in range(3)]
    assert ["tickler move 1 +1b " in err for err in said] == [True, True, False]
    assert "proposed: tickler move 1 +10b\n" in said[2]
    assert "✆3!" in shell("list ACME").out
    assert "proposed" not in shell("log ACME --outcome no-answer --next +1w").err
    assert "proposed" not in shell("log ACME --outcome no-answer --json").err


def test_nothing_is_proposed_where_nothing_may_move(shell):
    shell("add Told fri 14:30 --every 6w")
    assert shell("log Told --outcome no-answer").err == ""
    assert shell("log Told --outcome reached").err == ""
    shell("add Gone today")
    shell("close Gone --lost")
    assert "proposed" not in shell("log Gone --outcome no-answer").err


@pytest.mark.slow
def test_who_was_neglected_is_listed_red_first(shell, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    config.write_text('[intervals.A]\nideal = "1w"\nlongest = "4w"\n')
    for name, at in (("Yellow", "2026-10-30"), ("Red", "2026-10-02"), ("Green", "2026-11-20")):
        shell(f"add {name} fri --segment A")
        shell(f"log {name} --outcome reached --at {at}")
    assert shell("list --neglected").out == ""
    monkeypatch.setenv("TICKLER_CONFIG", str(config))
    lines = shell("list --neglected").out.splitlines()
    assert [line.split()[2] for line in lines] == ["Red", "Yellow"]
    assert "◕52d" in lines[0]
    assert "◔24d" in lines[1]
    found = {d["name"]: d["contact_due"] for d in shell("list --json").json}
    assert found == {"Red": "longest", "Yellow": "ideal", "Green": None}
    assert "DUE   ◕ 52 days since the last contact, longest is 4w" in shell("show Red").out
    assert [d["name"] for d in shell("list --neglected --json").json] == ["Red", "Yellow"]
    shell("add Never fri --segment A")
    monkeypatch.setenv("TICKLER_TODAY", "2026-12-22")
    lines = shell("list --neglected").out.splitlines()
    assert [line.split()[2] for line in lines] == ["Red", "Yellow", "Green", "Never"]
    assert "DUE  ◕ never contacted, added 29 days ago, longest is 4w" in shell("show Never").out


def test_the_reason_for_moving_what_was_agreed_stands_in_the_history(shell):
    shell("add ACME fri 14:30")
    assert "was agreed" in shell("move ACME mon --why 'he is ill'").err
    assert shell("show ACME --json").json["entries"][0]["text"] == "he is ill"


def test_the_settings_show_the_rules(shell, tmp_path, monkeypatch):
    shown = shell("config").out
    assert "no-answer +1b, +1w, other half, third +10b" in shown
    config = tmp_path / "config.toml"
    config.write_text('[intervals.A]\nlongest = "8 weeks"\n[outcomes.order]\nnext = "+x"\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(config))
    assert f"{config.name}:4: outcomes.order.next takes a date" in shell("today").err


def test_a_contact_before_the_date_of_a_rhythm_is_asked_about(shell, answers):
    shell("add ACME 7.12. --every 'first monday'")
    said = shell("log acme reached")
    assert "Mon 7 December 2026 comes again" in said.err
    assert "--counts takes this contact for that date" in said.err
    answers("y")
    said = shell("log acme reached")
    assert "Does it count? [y/N]" in said.err
    assert "→ Mon 4 January 2027" in said.out
    shell("undo")
    answers()
    assert "→ Mon 4 January 2027" in shell("log acme --counts reached").out
