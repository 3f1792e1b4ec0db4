import pytest


@pytest.fixture
def acme(already):
    already(
        "add ACME today --kind call",
        "log acme rang out twice --outcome no-answer --at '2026-11-12 9:30'",
        "log acme 'wants 5 %' --outcome reached --minutes 8 --at '2026-11-20 14:05'",
        "log acme saw their ad --kind note --at '2026-11-21 10:00'",
        "move acme fri --why 'on leave'",
    )


@pytest.mark.usefixtures("acme")
def test_history_says_first_what_it_comes_to_then_each_line_with_its_number(shell):
    owner = shell("show acme --json").json["owner"]
    answer = shell("history acme")
    head, glance, bars, blank, *lines = answer.out.splitlines()
    assert (head, blank) == ("ACME  #1", "")
    assert glance == f"1 contact · last 3 days ago by {owner} · 1 attempt"
    assert bars == "Dec ···········▂ Nov"
    assert [line.split()[0] for line in lines] == ["4", "3", "2", "1"]
    assert lines[1].split() == [
        "3", "Sat", "2026-11-21", "10:00", "note", owner, "saw", "their", "ad",
    ]  # fmt: skip
    assert lines[2].split()[4:8] == ["call", "reached", "8", "min"]
    assert (answer.err, answer.code) == ("", 0)


@pytest.mark.every(2)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ("--kind call", ["2", "1"]),
        ("--kind filed", ["4"]),
        ("--kind filed --kind NOTE", ["4", "3"]),
        ("--most 2", ["4", "3"]),
        ("--kind call --most 1", ["2"]),
    ],
)
def test_history_of_some_kinds_or_so_many_lines(shell, options, numbers):
    lines = shell(f"history acme {options}").out.splitlines()[4:]
    assert [line.split()[0] for line in lines] == numbers


@pytest.mark.usefixtures("acme")
def test_where_more_lines_are_there_it_says_how_to_see_them(shell):
    assert shell("history acme --most 1").err == "the newest 1 of 4; --most 4 shows all\n"
    assert shell("history acme --kind call --most 1").err == (
        "the newest 1 of 2; --most 2 shows all\n"
    )
    assert shell("history acme --kind visit").err == "no lines of that kind\n"
    wrong = shell("history acme --kind visits")
    assert (wrong.code, wrong.out) == (2, "")
    assert "note, complaint, filed, slip; not “visits”" in wrong.err


def test_a_history_without_a_line(shell):
    shell("add Nobody")
    answer = shell("history nobody")
    assert answer.out == "Nobody  #1\nno contact yet\n"
    assert (answer.err, answer.code) == ("no history yet\n", 0)
    assert shell("history nobody --json").json["entries"] == []
    assert shell("history nix").code == 3


@pytest.mark.usefixtures("acme")
def test_history_as_json(shell):
    owner = shell("show acme --json").json["owner"]
    found = shell("history acme --json --kind note").json
    assert list(found) == ["id", "name", "glance", "entries"]
    months = [(each["month"], each["contacts"]) for each in found["glance"].pop("months")]
    assert (len(months), months[0], months[-1]) == (12, ("2025-12", 0), ("2026-11", 1))
    assert found["glance"] == {
        "contacts": 1, "contacts_90_days": 1, "attempts": 1, "first_on": "2026-11-20",
        "last_contact": found["glance"]["last_contact"], "last_author": owner,
        "every_days": None, "authors": [{"author": owner, "contacts": 1}],
        "kinds": {"call": 2, "note": 1, "filed": 1},
    }  # fmt: skip
    assert found["glance"]["last_contact"] == "2026-11-20T13:05:00Z"
    (entry,) = found["entries"]
    assert (entry["id"], entry["text"], entry["corrections"]) == (3, "saw their ad", [])


@pytest.mark.usefixtures("acme")
def test_correct_writes_a_line_over_and_shows_what_it_was(shell):
    answer = shell("correct 2 wants 15 %, not 5 --outcome order --minutes none")
    assert answer.out == "ACME: line 2 corrected: reached → order, 8 min → no minutes, text\n"
    said = "warning: this changes the review of Fri 20 Nov\n"
    assert (answer.err, answer.code) == (said, 0)
    *_, line, was, _ = shell("history acme").out.splitlines()
    assert line.endswith("✎ wants 15 %, not 5")
    assert was.startswith("      was: reached, 8 min, “wants 5 %”, corrected ")
    assert "✎ wants 15 %, not 5" in shell("show acme").out
    assert "wants 5 %" not in shell("show acme").out
    entry = next(e for e in shell("show acme --json").json["entries"] if e["id"] == 2)
    assert entry["outcome"] == "order"
    (correction,) = entry["corrections"]
    assert list(correction) == ["at", "author", "was"]
    assert correction["was"] == {"outcome": "reached", "minutes": 8, "text": "wants 5 %"}
    shell("undo")
    assert "✎" not in shell("history acme").out


@pytest.mark.usefixtures("acme")
def test_correct_counts_again(shell):
    done = shell("correct 1 --outcome reached --at '2026-11-22 16:00' --json").json
    assert done["action"] == "correct"
    (before,), (after,) = done["before"], done["after"]
    assert (before["attempts"], after["attempts"]) == (0, 0)
    assert after["last_contact"] == "2026-11-22T15:00:00Z"
    was = shell("history acme --json").json["entries"][1]["corrections"][0]["was"]
    assert was == {"outcome": "no-answer", "at": "2026-11-12T08:30:00Z"}


@pytest.mark.usefixtures("acme")
def test_a_time_alone_is_of_the_day_of_the_line(shell):
    shell("correct '#1' --at 16:45")
    assert "1  Thu 2026-11-12 16:45" in shell("history acme").out


@pytest.mark.usefixtures("acme")
def test_correcting_nothing_new_says_so_and_is_no_change(shell):
    before = shell("changes --json").json
    answer = shell("correct 2 wants 5 % --outcome reached")
    assert answer.out == "ACME: line 2 says so already; nothing was changed\n"
    assert answer.code == 0
    assert shell("correct 2 --minutes 8 --json").json["change"] is None
    assert shell("changes --json").json == before


@pytest.mark.every(4)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("correct 99 x", 3, "there is no line 99; `tickler history NAME` shows their numbers"),
        (f"correct {'9' * 40} x", 3, "there is no line of that number"),
        ("correct acme x", 2, "“acme” is not a line"),
        ("correct -- -1 x", 2, "“-1” is not a line"),
        ("correct 2", 2, "what does it say instead?"),
        ("correct 2 ''", 2, "the text is empty: --no-text removes it"),
        ("correct 2 x --no-text", 2, "give a text or that, not both"),
        ("correct 2 --outcome ''", 2, "--outcome is empty"),
        ("correct 2 --at ' '", 2, "--at is empty"),
        ("correct 2 --outcome great", 2, "decision-maker, callback, offer-asked, order"),
        ("correct 2 --kind filed", 2, "kind takes one of"),
        ("correct 2 --minutes long", 2, "minutes takes a number, or none; not “long”"),
        ("correct 2 --minutes 20000", 2, "is out of range (0 to 10080)"),
        ("correct 2 --at tomorrow", 2, "“tomorrow” is still to come"),
        ("correct 4 --kind call", 2, "a filing can only have its reason corrected"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_done(shell, line, code, said):
    before = shell("show acme --json").json
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
    assert shell("show acme --json").json == before


@pytest.mark.usefixtures("acme")
def test_with_whom_and_which_way_are_corrected(shell):
    shell("person add acme 'Anna Berg'")
    done = shell("correct 2 --with anna --direction in").out
    assert done == "ACME: line 2 corrected: with nobody → with Anna Berg, no direction → in\n"
    assert "incoming with Anna Berg" in shell("history acme").out
    assert shell("correct 2 --with otto").code == 3
    assert "with Anna Berg → with nobody" in shell("correct 2 --with none").out


@pytest.mark.usefixtures("acme")
def test_a_text_is_taken_away_when_that_is_said(shell):
    assert shell("correct 2 --no-text").code == 0
    assert shell("history acme --json --kind call").json["entries"][0]["text"] is None
    assert "was: “wants 5 %”" in shell("history acme").out


@pytest.mark.usefixtures("acme")
def test_the_reason_of_a_filing_is_corrected(shell):
    assert shell("correct 4 ill until Friday").code == 0
    assert "✎ ill until Friday" in shell("history acme --kind filed").out


@pytest.mark.usefixtures("acme")
def test_texts_that_look_like_more_than_text_are_text(shell):
    shell("correct 2", "[red]wants\x1b[2J \u202e5 %\x07")
    shell("correct 2", "[/] " + "x" * 99_000)
    out = shell("history acme").out
    assert not set("\x1b\x07\u202e") & set(out)
    assert "was: “[red]wants␛[2J 5 %␇”" in out
    entry = shell("history acme --json --kind call").json["entries"][0]
    assert entry["corrections"][0]["was"]["text"] == "[red]wants\x1b[2J \u202e5 %\x07"


def test_reading_a_history_makes_no_binder(shell, binder):
    assert shell("history acme").code == 3
    assert shell("correct 1 x").code == 3
    assert not binder.exists()
