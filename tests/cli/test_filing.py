import json

import pytest


@pytest.fixture
def acme(already):
    already("add ACME")


def test_add_without_a_date_goes_to_the_inbox(shell, binder):
    answer = shell("add ACME")
    assert (answer.out, answer.err, answer.code) == ("ACME → inbox\n", "", 0)
    assert binder.stat().st_mode & 0o777 == 0o600


def test_add_keeps_all_that_is_told(shell):
    shell(
        "add 'Berg KG' fri 14:30 --kind meeting --what 'bring samples' --phone '030 123456'"
        " --email info@berg.example --person 'Anna Berg' --segment A --tag crane --tag fair"
    )
    (found,) = shell("list --json").json
    assert found["next_on"] == "2026-11-27"
    assert found["next_at"] == "14:30"
    assert found["agreed"] is True
    assert (found["next_kind"], found["next_what"]) == ("meeting", "bring samples")
    assert (found["phone"], found["email"]) == ("030 123456", "info@berg.example")
    assert found["tags"] == ["crane", "fair"]
    assert found["segment"] == "A"
    assert [person["name"] for person in found["people"]] == ["Anna Berg"]


@pytest.mark.usefixtures("acme")
def test_add_of_a_name_that_is_there_is_refused_unless_another_is_wanted(shell):
    answer = shell("add acme --json")
    assert answer.code == 5
    assert answer.error["candidates"] == [{"id": 1, "name": "ACME", "slot": "inbox"}]
    assert shell("add acme --another").code == 0
    assert len(shell("list --json").json) == 2


@pytest.mark.usefixtures("acme")
def test_move_into_the_past_is_obeyed_with_a_warning(shell):
    answer = shell("move ACME 2025-07-05")
    assert answer.code == 0
    assert answer.out == "ACME → Sat 5 July 2025 · today's pile\n"
    assert "warning: 506 days ago: overdue" in answer.err
    (late,) = shell("today --json").json
    assert (late["slot"], late["overdue_days"]) == ("overdue", 506)


def test_a_time_of_today_that_has_passed_is_warned_of(shell):
    shell("add ACME fri")
    assert shell("move acme today 0:00").err.startswith("warning: 00:00 has passed today\n")
    assert "has passed" not in shell("move acme today 23:59").err


@pytest.mark.usefixtures("acme")
def test_move_takes_the_time_after_the_day(shell):
    answer = shell("move acme fri 14:30")
    assert answer.out == "ACME → Fri 27 November 2026 14:30 · insert 27 · 1 of 20\n"
    assert shell("move acme fri").code == 0
    assert shell("show acme --json").json["next_at"] is None


@pytest.mark.usefixtures("acme")
def test_move_with_json_gives_before_after_and_warnings(shell):
    answer = shell("move acme sun --json --why 'they asked' --kind call --what prices --agreed")
    done = answer.json
    assert list(done) == ["action", "change", "before", "after", "warnings"]
    assert (done["action"], done["change"]) == ("move", 2)
    assert done["before"][0]["slot"] == "inbox"
    after = done["after"][0]
    assert (after["slot"], after["next_kind"], after["agreed"]) == ("day:29", "call", True)
    assert [warning["code"] for warning in done["warnings"]] == ["day-off"]
    assert answer.err == ""


@pytest.mark.every(3)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("move acme 2026-02-30", "there is no 30 February: it has 28 days"),
        ("move acme 'fri?' --agreed", "“fri?” says not agreed, and agreed is given"),
        ("move acme garbage", "“garbage” is not a date"),
        ("move acme", "where to?"),
        ("move", "which dossier?"),
        ("move acme --to", "--to"),
        ("move acme fri --kind ring", "--kind takes one of first-call, call"),
        ("move acme fri --aggreed", "--agreed"),
        ("move acme --slot 13 --to 14", "either NAME"),
        ("move --slot 13", "--to takes a date"),
        ("move --slot 99 --to 14", "there is no slot “99”"),
        ("move --slot 13 --overdue --to 14", "exclude"),
    ],
)
def test_move_refuses_what_it_cannot_read(shell, line, said):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert shell("show acme --json").json["next_on"] is None


@pytest.mark.usefixtures("acme")
def test_unknown_names_change_nothing_and_offer_close_ones(shell):
    answer = shell("move ACMEE fri")
    assert (answer.out, answer.code) == ("", 3)
    assert "no dossier is called “ACMEE”; close are: ACME" in answer.err
    assert "1  ACME  inbox" in answer.err


def test_several_matches_are_listed_with_their_ids(shell):
    shell("add 'Berg KG' fri")
    shell("add 'Berg AG'")
    answer = shell("move berg mon")
    assert (answer.out, answer.code) == ("", 4)
    assert "“berg” could be 2 dossiers" in answer.err
    assert "1  Berg KG  insert 27" in answer.err
    error = shell("move berg mon --json").error
    assert error["code"] == 4
    assert [c["id"] for c in error["candidates"]] == [2, 1]
    assert shell("move 2 mon").code == 0
    assert shell("move '#1' mon").code == 0


@pytest.mark.slow
def test_many_are_moved_only_with_a_yes(shell):
    for name in ("Alder", "Birch", "Cedar"):
        shell(f"add {name} 13")
    refused = shell("move --slot 13 --to 14")
    assert (refused.out, refused.code) == ("", 5)
    assert "3 dossiers would move; --yes does it" in refused.err
    shown = shell("move --slot 13 --to 14 --dry-run")
    assert shown.code == 0
    assert "Birch" in shown.out
    assert "would: 3 dossiers → Mon 14 December 2026 · insert 14 · 3 of 20" in shown.out
    rehearsed = shell("move 1,2 14 --dry-run --json").json
    assert rehearsed["change"] is None
    assert [d["slot"] for d in rehearsed["after"]] == ["day:14", "day:14"]
    assert {d["slot"] for d in shell("list --json").json} == {"day:13"}
    done = shell("move --slot 13 --to 14 --yes")
    assert done.out == "3 dossiers → Mon 14 December 2026 · insert 14 · 3 of 20\n"
    assert shell("changes --json").json[0]["action"] == "move"
    assert shell("undo").code == 5
    assert shell("undo --yes").code == 0
    assert {d["slot"] for d in shell("list --json").json} == {"day:13"}


def test_overdue_ones_are_moved_without_those_of_today(shell):
    shell("add Late 2026-11-20")
    shell("add Now today")
    assert shell("move --overdue --to +1b --yes").code == 0
    slots = {d["name"]: d["slot"] for d in shell("list --json").json}
    assert slots == {"Late": "day:24", "Now": "day:23"}
    nothing = shell("move --overdue --to +1b --yes")
    assert (nothing.out, nothing.err, nothing.code) == ("", "nothing is in overdue\n", 0)
    empty = shell("move --slot 13 --to 14 --json")
    assert (empty.json["after"], empty.code) == ([], 0)
    assert shell("move --overdue --to soonish").code == 2


def test_a_full_day_is_told_once_for_many(shell, tmp_path, monkeypatch):
    (tmp_path / "few.toml").write_text("capacity = 3\n")
    monkeypatch.setenv("TICKLER_CONFIG", str(tmp_path / "few.toml"))
    for n in range(5):
        shell(f"add 'Client {n}' 13")
    answer = shell("move --slot 13 --to 1 --yes")
    warnings = [line for line in answer.err.splitlines() if line.startswith("warning:")]
    assert len(warnings) == 1
    assert "5 of 3" in warnings[0]


@pytest.mark.usefixtures("acme")
def test_log_writes_down_and_files(shell):
    answer = shell("log acme 'no answer' --outcome no-answer --next +1b")
    assert answer.out == (
        "ACME: call, no-answer, “no answer” → Tue 24 November 2026 · insert 24 · 1 of 20\n"
    )
    found = shell("show acme --json").json
    assert (found["slot"], found["attempts"], found["slides"]) == ("day:24", 1, 0)
    entry = found["entries"][0]
    assert (entry["kind"], entry["outcome"], entry["text"]) == ("call", "no-answer", "no answer")
    assert entry["filed_to"] == "2026-11-24"
    assert shell("undo").out == "undone: ACME: call, no-answer → Tue 24 November 2026\n"
    assert shell("show acme --json").json["entries"] == []


def test_log_without_next_warns_that_the_dossier_stays(shell):
    shell("add ACME today")
    answer = shell("log acme wants an offer --kind call --outcome reached --minutes 5")
    assert answer.out == "ACME: call, reached, 5 min, “wants an offer”\n"
    assert "warning: no next date" in answer.err
    assert "contacted 1" in shell("today").out


@pytest.mark.every(3)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    "line",
    [
        "log acme --next fri 14:30",
        "log acme 'wants an offer' --next fri 14:30",
        "log acme 14:30 --next fri",
        "log acme --next=fri 3 pm",
        "log acme fri --next 14:30",
        "log --next fri acme 14:30",
    ],
)
def test_a_time_that_slips_into_the_text_is_refused(shell, line):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert "meant for the date" in answer.err
    advised = answer.err.split('--next "')[1].split('"')[0]
    assert advised in ("fri 14:30", "14:30 fri", "fri 3 pm")
    assert shell("show acme --json").json["entries"] == []


@pytest.mark.usefixtures("acme")
def test_log_reads_the_line_of_the_paper(shell):
    shell("person add acme 'Anna Berg'")
    answer = shell("log acme --minutes 5 no-answer with anna +1b -- rings out")
    assert answer.out == (
        "ACME: call, no-answer, with Anna Berg, 5 min, “rings out” "
        "→ Tue 24 November 2026 · insert 24 · 1 of 20\n"
    )
    (entry, *_) = shell("show acme --json").json["entries"]
    assert (entry["person"], entry["text"], entry["minutes"]) == ("Anna Berg", "rings out", 5)
    assert "with Anna Berg: rings out" in shell("history acme").out
    refused = shell("log acme reached June Carter takes over")
    assert (refused.out, refused.code) == ("", 2)
    assert "“June” is a date, or begins the text: put --" in refused.err
    assert shell("log acme --with otto reached").code == 3
    for who in ("ann", "'Frau Berg'", "1"):
        assert "with Anna Berg" in shell(f"log acme --with {who} reached").out
    late = shell("log acme order -- two --next fri")
    assert (late.code, "--next would be text after --" in late.err) == (2, True)
    assert "what happened?" in shell("log acme").err
    assert shell("log acme order 66 is late --kind note").out == "ACME: note, “order 66 is late”\n"
    assert shell("log acme won --outcome reached").out == "ACME: call, reached, “won”\n"


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "line",
    [
        "log kranbau süd reached +1b",
        "log kranbau Süd fri",
        "log kran gmbh wants two",
        "log süd kranbau: reached",
        "promise kranbau süd offer by fri",
        "slip add kranbau süd 'fri 14:30'",
    ],
)
def test_a_name_of_several_words_that_is_not_quoted_is_refused(shell, line):
    shell("add 'Kranbau Süd GmbH' fri")
    answer = shell(line)
    assert answer.code == 2
    assert "a word of the name “Kranbau Süd GmbH”: quote the name, or the whole text" in answer.err


def test_a_text_that_begins_with_a_word_of_the_name_is_quoted(shell):
    shell("add 'Kranbau Süd' fri")
    for line in (
        "log kranbau 'süd tor ist zu'",
        "log kranbau -- süd tor ist zu",
        "log 'kranbau süd' süd tor ist zu",
        "log 1 süd tor ist zu",
    ):
        assert "“süd tor ist zu”" in shell(line).out


@pytest.mark.usefixtures("acme")
def test_times_inside_a_text_are_text(shell):
    assert shell("log acme wants a call at 14:30 --next fri").code == 0
    assert shell("log --next fri 1 said yes").code == 0
    texts = [entry["text"] for entry in shell("show acme --json").json["entries"]]
    assert texts == ["said yes", "wants a call at 14:30"]


@pytest.mark.every(2)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    "line",
    [
        "log acme x --at tomorrow",
        "log acme x --minutes -3",
        "log acme x --outcome maybe",
        "log acme x --kind filed",
        "log acme x --agreed",
    ],
)
def test_log_refuses_what_cannot_be(shell, line):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert shell("show acme --json").json["entries"] == []


@pytest.mark.usefixtures("acme")
def test_close_takes_one_ending_and_reopen_takes_it_back(shell):
    assert shell("close acme").code == 2
    assert shell("close acme --won --lost").code == 2
    assert shell("close acme --lost --why 'too dear'").out == "ACME → cabinet, lost\n"
    refused = shell("move acme fri")
    assert refused.code == 5
    assert "`tickler reopen 1`" in refused.err
    assert [d["status"] for d in shell("list --slot cabinet --json").json] == ["lost"]
    assert shell("reopen acme mon").out.startswith("ACME → Mon 30 November 2026")
    assert shell("reopen acme").code == 5


def test_reopen_takes_the_closed_one_of_two_namesakes(shell):
    shell("add ACME fri")
    shell("close acme --lost")
    shell("add ACME thu")
    assert shell("reopen acme mon").code == 0
    found = {d["id"]: d["next_on"] for d in shell("list --json").json}
    assert found == {1: "2026-11-30", 2: "2026-11-26"}


def test_a_number_as_a_name_is_warned_of_beside_the_data(shell):
    answer = shell("add 12345 fri")
    assert answer.out.startswith("12345 → Fri 27 November 2026")
    assert answer.err.startswith("warning: a number as NAME can be the id of another one")
    assert answer.code == 0


def test_a_number_that_is_a_name_and_the_id_of_another_is_ambiguous(shell):
    for name in ("2", "Bauer", "2, 1"):
        assert shell(f"add '{name}' fri").code == 0
    refused = shell("log 2 reached --json")
    assert (refused.code, {c["name"] for c in refused.error["candidates"]}) == (4, {"2", "Bauer"})
    assert shell("move '2, 1' mon --yes").code == 4
    assert shell("show '#2' --json").json["name"] == "Bauer"
    assert shell("show 1 --json").json["name"] == "2"
    shell("forget 1 --yes")
    assert shell("show 3 --json").json["name"] == "2, 1"


def test_several_are_closed_in_one_step_only_with_a_yes(shell):
    for name in ("Alder", "Birch", "Cedar"):
        shell(f"add {name} 13")
    refused = shell("close 1,2 --won")
    assert (refused.out, refused.code) == ("", 5)
    assert "2 dossiers would be closed; --yes does it" in refused.err
    shown = shell("close 1,2 --won --dry-run")
    assert "Birch" in shown.out
    assert shown.out.endswith("would: 2 dossiers → cabinet, won\n")
    assert {d["status"] for d in shell("list --json").json} == {"open"}
    done = shell("close 1,2 --won --why 'fair' --yes --json").json
    assert [d["status"] for d in done["after"]] == ["won", "won"]
    assert shell("close 2,3 --lost --yes").code == 5
    assert shell("show 3 --json").json["status"] == "open"
    assert shell("undo --yes").code == 0
    assert {d["slot"] for d in shell("list --json").json} == {"day:13"}


@pytest.mark.parametrize("line", ["log 1,2 'said yes'", "reopen 1,2 fri"])
def test_one_at_a_time_is_said_where_several_ids_are_not_taken(shell, line):
    shell("add Alder")
    shell("add Birch")
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert "one dossier at a time" in answer.err


@pytest.mark.every(3)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    "line",
    [
        "add Berg ''",
        "move acme ''",
        "move acme --to ' '",
        "move --overdue --to ''",
        "log acme hello --next ''",
        "log acme hello --at ''",
        "reopen acme ''",
        "import list.csv --first-calls --from ''",
    ],
)
def test_an_empty_date_is_no_missing_one(shell, line):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert "the date is empty" in answer.err
    assert [d["name"] for d in shell("list --json").json] == ["ACME"]
    assert shell("show acme --json").json["entries"] == []


@pytest.mark.usefixtures("acme")
def test_dates_that_do_not_go_together_are_not_advised(shell):
    answer = shell("log acme 5.7. --next fri")
    assert answer.code == 2
    assert "“5.7.” was meant for the date? it does not go with “fri”" in answer.err


@pytest.mark.every(2)
@pytest.mark.parametrize(
    "words",
    [
        ["log", "x", "--outcome", "\x1b[2Jx\u202ey"],
        ["--as", "\x1b[2J\u202e", "today"],
        ["--db", "/nowhere/\x1b[2J\u202e", "today"],
        ["import", "/nowhere/\x1b[2J\u202e.csv"],
        ["\x1b[2J\u202e"],
    ],
)
def test_sentences_cannot_steer_the_terminal(shell, words):
    shell("add x")
    for more in ([], ["--json"]):
        answer = shell("", *words, *more)
        assert answer.err
        assert "\x1b" not in answer.err
        assert "\u202e" not in answer.err


NAMES = ["[red]Müller & Söhne[/]", 'O\'Brien "x"', "=1+1", "日本商事 👨‍👩‍👧", "[/]", "-dash"]


@pytest.mark.every(3)
@pytest.mark.parametrize("name", NAMES)
def test_names_are_kept_and_shown_exactly(shell, name):
    assert shell("add --", name).out == f"{name} → inbox\n"
    assert name in shell("list").out
    assert shell("list --json").json[0]["name"] == name
    assert name in shell("show 1").out
    assert shell("move --", name, "fri").code == 0


def test_control_characters_become_blanks_with_a_warning(shell):
    answer = shell("add", "Evil\x1b[2JCo\nLtd", "today")
    assert answer.code == 0
    assert "warning: the name: control characters became spaces" in answer.err
    assert "Evil [2JCo Ltd" in shell("list").out
    shell("log evil", "one\x1b]0;title\x07\ntwo")
    shown = shell("show evil")
    assert "\x1b" not in shown.out
    assert shell("show evil --json").json["entries"][0]["text"] == "one\x1b]0;title\x07\ntwo"


def test_bytes_that_are_no_text_are_refused(shell):
    refused = shell("add", "bad\udcffname")
    assert (refused.out, refused.code) == ("", 2)
    assert "is not UTF-8" in refused.err
    assert shell("list --json").json == []
    assert shell("find", "\udcff").code == 2
    assert json.loads(shell("show --json", "\udcff\udcff").err)["code"] == 2


def test_what_is_in_a_name_or_text_is_shown_as_text_wherever_it_is_printed(shell):
    name = "[red]Berg\u202e\u2066"
    shell("add ACME fri")
    assert shell("add", name, "fri", "--what", "\u202ecall").code == 0
    shell("edit", "2", "notes=one\x1b[2Jtwo\u202e", "city=\u202eUlm")
    shell("person add 2", "Ida\u202e", "email=ida@example.org", "position=\u202eBuyer")
    shell("slip add 2", "\u202evisit", "fri")
    for line in (
        "show 2", "list", "pile fri", "find berg", "slip", "person list 2", "history 2",
        "move 1,2 mon --dry-run", "close 1,2 --won --dry-run", "merge 1 2 --dry-run",
        "link 1 2 --dry-run", "forget 2 --dry-run", "forget 2", "spread fri --dry-run",
        "mail 2 --print", "changes", "turn --dry-run", "doctor --duplicates",
        "log 2 'x\u202e\x1b[2J'",
    ):  # fmt: skip
        answer = shell(line)
        assert not set("\x1b\u202e\u2066") & set(answer.out + answer.err), line
        assert answer.out or answer.err, line
    assert "[red]Berg" in shell("list").out
