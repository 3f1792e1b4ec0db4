import contextlib
import json
import re
import sqlite3

import pytest

FIELDS = [
    "id", "name", "slot", "insert", "next_on", "next_month", "next_at", "next_half", "next_kind",
    "next_what", "agreed", "needs_day", "overdue_days", "attempts", "slides", "every", "ideal",
    "longest", "contact_due", "segment", "tags", "owner", "standing_in_for", "status",
    "last_contact", "phone", "email", "people", "slips", "decision_maker", "linked", "is_note",
    "lent", "unreadable",
]  # fmt: skip


@pytest.fixture
def clients(already):
    already(
        "add ACME today 9:30 --kind meeting --what '3 cranes' --phone '+49 30 123456'",
        "add Late 2026-11-19 --kind call",
        "add 'Rest Ltd' today --person 'Anna Berg' --tag crane",
        "add Summer july",
        "add Nowhere",
    )


@pytest.mark.usefixtures("clients")
def test_today_shows_the_groups_in_their_order(shell):
    lines = shell("today").out.splitlines()
    assert lines[0].startswith("Mon 23 November 2026 · W48 · 3 of 20 · 0 done, 3 left")
    assert [line.split()[0] for line in lines[1:]] == [
        "timed",
        "09:30",
        "late",
        "2d",
        "rest",
        "Rest",
        "inbox",
    ]
    assert lines[-1] == "inbox 1: must be filed · tickler pile inbox"
    assert "●  ACME" in lines[2]
    assert lines[2].endswith("  1")


@pytest.mark.usefixtures("clients")
def test_after_days_away_today_says_first_what_is_late(shell, binder):
    assert "days away" not in shell("today").out
    with contextlib.closing(sqlite3.connect(binder)) as database, database:
        database.execute("UPDATE change SET at = '2025-01-01 08:00:00.000000'")
    first, second, *_ = shell("today").out.splitlines()
    assert re.fullmatch(r"\d+ days away: 1 late", first)
    assert second.startswith("Mon 23 November 2026")


@pytest.mark.usefixtures("clients")
def test_bare_without_a_terminal_prints_the_pile(shell, opened):
    assert shell("").out == shell("today").out
    assert opened == []


@pytest.mark.usefixtures("clients")
def test_json_has_every_field_in_order(shell):
    found = shell("today --json").json
    assert [d["name"] for d in found] == ["ACME", "Late", "Rest Ltd"]
    assert all(list(d) == FIELDS for d in found)
    assert found[1] | {"owner": ""} == {
        "id": 2, "name": "Late", "slot": "overdue", "insert": "overdue",
        "next_on": "2026-11-19", "next_month": None, "next_at": None, "next_half": None,
        "next_kind": "call", "next_what": None, "agreed": False, "needs_day": False,
        "overdue_days": 4, "attempts": 0, "slides": 0, "every": None, "ideal": None,
        "longest": None, "contact_due": None, "segment": None, "tags": [], "owner": "",
        "standing_in_for": None, "status": "open",
        "last_contact": None, "phone": None, "email": None, "people": [], "slips": [],
        "decision_maker": None,
        "linked": [],
        "is_note": False,
        "lent": None,
        "unreadable": None,
    }  # fmt: skip
    assert list(found[2]["people"][0]) == [
        "id", "name", "position", "phone", "mobile", "email", "decides", "notes", "dead_emails",
    ]  # fmt: skip


@pytest.mark.usefixtures("clients")
def test_show_adds_card_and_history(shell):
    shell("log acme 'wants 5 %' --kind meeting --outcome reached --minutes 7")
    found = shell("show acme --json").json
    assert list(found) == [*FIELDS, "card", "entries", "attachments", "sheets",
                           "local_time", "callable_now"]  # fmt: skip
    assert list(found["card"]) == [
        "street", "postcode", "city", "region", "country", "language", "time_zone", "hours",
        "website", "segment", "source", "needs", "competitors", "discount", "terms", "notes",
        "fields", "reaches",
    ]  # fmt: skip
    (entry,) = found["entries"]
    assert list(entry) == [
        "id", "at", "kind", "outcome", "minutes", "text", "author", "filed_from", "filed_to",
        "person", "direction", "corrections", "mail",
    ]  # fmt: skip
    assert entry["at"].endswith("Z")
    assert (entry["kind"], entry["minutes"]) == ("meeting", 7)
    assert found["last_contact"] == entry["at"]
    text = shell("show acme").out
    assert "DO     Mon 23 November 2026 09:30 · meeting · 3 cranes" in text
    assert "wants 5 %" in text


@pytest.mark.every(3)
@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("today", ["ACME", "Late", "Rest Ltd"]),
        ("23", ["ACME", "Late", "Rest Ltd"]),
        ("overdue", ["Late"]),
        ("2026-11", ["ACME", "Late", "Rest Ltd"]),
        ("inbox", ["Nowhere"]),
        ("july", ["Summer"]),
        ("month:7", ["Summer"]),
        ("13", []),
        ("31", []),
    ],
)
def test_pile_takes_a_number_a_slot_or_a_date(shell, typed, names):
    assert [d["name"] for d in shell(f"pile {typed} --json").json] == names
    assert shell(f"pile {typed}").code == 0


@pytest.mark.every(2)
@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("typed", ["yesterday", "2026-11-19", "last friday", "Fri 20 Nov"])
def test_the_pile_of_a_past_day_is_as_it_stood(shell, typed):
    answer = shell(f"pile {typed}")
    assert answer.code == 0
    assert "November 2026 as it was in the morning · 0 dossiers" in answer.out


def test_a_pile_that_cannot_be_read_is_refused(shell):
    assert shell("pile someday").code == 2
    assert shell("list --slot someday").code == 2


@pytest.mark.usefixtures("clients")
def test_slots_give_every_insert(shell):
    found = shell("slots --json").json
    assert list(found[0]) == [
        "slot", "insert", "date", "month", "count", "load", "capacity", "unit", "working",
        "holiday",
    ]  # fmt: skip
    by_slot = {insert["slot"]: insert for insert in found}
    assert len(by_slot) == 31 + 12 + 4
    assert by_slot["day:23"]["count"] == 3
    assert by_slot["overdue"]["count"] == 1
    assert by_slot["month:7"] | {"load": 0} == {
        "slot": "month:7", "insert": "July", "date": None, "month": "2027-07", "count": 1,
        "load": 0, "capacity": None, "unit": "contacts", "working": None, "holiday": None,
    }  # fmt: skip
    text = shell("slots").out
    assert re.search(r"▶  23  Mon  23 Nov  \S+\s+3 of 20", text)
    assert "overdue  1" in text


@pytest.mark.usefixtures("clients")
def test_dated_inserts_stand_under_each_other_over_the_months_end(shell, tmp_path, monkeypatch):
    path = tmp_path / "dates.toml"
    path.write_text('layout = "dates"\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    lines = shell("slots").out.splitlines()
    dated = [line for line in lines if re.search(r"\d{4}-\d\d-\d\d", line)]
    assert {line.index("2026-") for line in dated} == {3}
    assert {line[3:10] for line in dated} == {"2026-11", "2026-12"}


@pytest.mark.usefixtures("clients")
def test_slots_on_another_day(shell, monkeypatch):
    monkeypatch.setenv("TICKLER_TODAY", "2027-01-30")
    found = {insert["slot"]: insert["date"] for insert in shell("slots --json").json}
    assert found["day:30"] == "2027-01-30"
    assert found["day:28"] == "2027-02-28"
    assert found["day:29"] is None
    assert "29" in shell("slots").out
    monkeypatch.setenv("TICKLER_TODAY", "soon")
    assert shell("slots").code == 2


@pytest.mark.usefixtures("clients")
def test_list_find_and_ring(shell):
    def names(line):
        return [d["name"] for d in shell(f"{line} --json").json]

    assert names("list") == ["ACME", "Late", "Nowhere", "Rest Ltd", "Summer"]
    assert names("list ltd") == ["Rest Ltd"]
    assert names("list --tag crane") == ["Rest Ltd"]
    assert names("list --slot july") == ["Summer"]
    assert names("find berg") == ["Rest Ltd"]
    assert names("find BERG anna") == ["Rest Ltd"]
    assert names("ring 3456") == ["ACME"]
    assert names("ring 030 123456") == ["ACME"]
    assert "+49 30 123456" in shell("ring 3456").out
    nothing = shell("find nobody")
    assert (nothing.out, nothing.err, nothing.code) == ("", "no dossier found\n", 0)
    assert shell("ring 99999 --json").json == []
    assert shell("ring x").code == 2
    logged = shell("ring 3456 reached fri -- wants two").out
    assert logged.startswith("ACME: incoming call, reached, “wants two” → Fri 27 November 2026")
    entry = shell("show acme --json").json["entries"][0]
    assert (entry["direction"], entry["outcome"]) == ("in", "reached")
    assert shell("ring 99999 reached").code == 3


@pytest.mark.slow
def test_a_binder_that_does_not_exist_is_empty_and_stays_unmade(shell, binder):
    for line in ("", "today", "slots", "list", "changes", "pile july"):
        answer = shell(line)
        assert answer.code == 0
        assert "there is no binder yet" in answer.err
    answer = shell("today --json")
    assert answer.json == []
    assert "there is no binder yet" in answer.err
    for line in ("move acme fri", "show acme", "log acme hello", "close acme --won"):
        assert shell(line).code == 3
    assert shell("undo").code == 5
    assert shell("redo").code == 5
    assert shell("doctor").code == 0
    assert shell("config").code == 0
    assert not binder.parent.exists()


def test_what_is_piped_is_never_cut(shell):
    name = "A company with a very long name that goes on and on and on " * 3
    shell("add", name, "today", "--what", "and something to do that is no shorter " * 5)
    line = shell("today").out.splitlines()[-1]
    assert name.strip() in line
    assert line.endswith("  1")


def test_changes_tell_what_was_undone(shell):
    shell("add ACME")
    shell("move acme fri")
    shell("undo")
    first, second = shell("changes --json").json
    assert list(first) == [
        "number", "at", "action", "summary", "dossiers", "undone", "undoable", "rep",
    ]  # fmt: skip
    assert (first["action"], first["undone"], second["undone"]) == ("move", True, False)
    assert shell("redo").out.startswith("done again: ACME → Fri 27 November 2026")
    assert shell("redo").code == 5
    assert len(shell("changes --most 1 --json").json) == 1
    assert shell("undo 99").code == 3
    beyond = shell(f"undo {10**20}")
    assert (beyond.out, beyond.code) == ("", 3)
    assert f"there is no change {10**20}" in beyond.err
    assert shell(f"changes --most {10**20}").code == 2
    assert "added ACME" in shell("changes").out
    taken = shell("undo 1")
    assert taken.code == 5
    assert "came later" in taken.err


def test_errors_in_json_leave_stdout_empty(shell):
    for line, code in (
        ("frobnicate --json", 2),
        ("move --json", 2),
        ("show nobody --json", 3),
        ("undo --json", 5),
        ("today --jsn --json", 2),
    ):
        answer = shell(line)
        assert answer.code == code
        assert answer.error["code"] == code
        assert answer.error["message"]
        assert answer.error["candidates"] == []


def test_wrong_words_say_where_help_is(shell):
    answer = shell("mov acme fri")
    assert (answer.out, answer.code) == ("", 2)
    assert answer.err.startswith("tickler: “mov” is not a verb; did you mean move")
    assert "`tickler --help`" in answer.err
    assert "`tickler move --help`" in shell("move acme --aggreed").err


def test_a_number_that_is_none_is_said_in_sentences(shell):
    said = shell("changes --most x").err
    assert "takes a whole number from 1 to 100000; not “x”. `tickler changes --help`" in said


def test_an_empty_inbox_takes_no_line_in_the_morning(shell):
    shell("add ACME today")
    assert "inbox" not in shell("today").out
    shell("add Berg")
    assert shell("").out.endswith("inbox 1: must be filed · tickler pile inbox\n")
    assert [d["name"] for d in shell("today --json").json] == ["ACME"]


def test_what_is_late_is_so_by_a_day_at_least(shell):
    shell("add Saturday 2026-11-21")
    shell("add Friday 2026-11-20")
    assert [line.split()[0] for line in shell("today").out.splitlines()[2:]] == ["1d", "1d"]
    assert "Fri 20 November 2026 · 1 working day late" in shell("show friday").out
    assert "1 working day late" in shell("show saturday").out


def test_ring_shows_the_number_that_rings_and_whose_it_is(shell):
    shell("add 'Berg KG' fri --phone '030 999000' --person 'Anna Berg'")
    shell("add 'Cedar' --phone '040 123999'")
    assert shell("ring 999000").out == "030 999000  Berg KG  Fri 2026-11-27  1\n"
    assert shell("ring 999").out.splitlines() == ["040 123999  Cedar  inbox  2"]


def test_several_ids_are_shown_one_after_another(shell):
    shell("add ACME")
    shell("add Berg fri")
    shell("close berg --lost")
    assert [d["name"] for d in shell("show 2,1,2 --json").json] == ["Berg", "ACME"]
    assert shell("show 1 --json").json["name"] == "ACME"
    heads = [line for line in shell("show '#2, #1'").out.splitlines() if "  #" in line]
    assert heads == ["Berg  #2", "ACME  #1"]
    assert shell("show 1,99").code == 3


def test_names_are_no_json_option(shell):
    assert shell("add -- --json").out == "--json → inbox\n"
    assert json.loads(shell("list --json").out)[0]["name"] == "--json"


def test_the_running_month_is_this_one_or_the_insert_of_that_name(shell):
    answer = shell("pile november")
    assert (answer.out, answer.code) == ("", 2)
    assert "November is this month, and an insert for 2027: type 2026-11 or 2027-11" in answer.err


@pytest.mark.usefixtures("clients")
def test_find_shows_where_the_words_stand(shell):
    shell("log late asks for an Autokran for Müller --kind offer --outcome sent")
    found = shell("find kran muller").out.split(maxsplit=3)
    assert found[:3] == ["Thu", "2026-11-19", "Late"]
    assert re.fullmatch(r"\S+ offer +asks for an Autokran for Müller +2\n", found[3])
    assert shell("find late").out.split() == ["Thu", "2026-11-19", "Late", "2"]
    assert "person  Anna Berg" in shell("find berg").out
    assert [d["name"] for d in shell("find kran kind:offer since:november --json").json] == ["Late"]
    assert shell("find kran slot:july").out == ""


@pytest.mark.usefixtures("clients")
def test_find_gives_whole_dossiers_with_their_passage(shell):
    shell("log late", "first line\nasks for [red] cranes")
    (found,) = shell("find [red] --json").json
    assert list(found) == [*FIELDS, "passage", "found_in"]
    assert (found["passage"], found["found_in"]) == ("asks for [red] cranes", "call")
    (named,) = shell("find late --json").json
    assert (named["passage"], named["found_in"]) == ("Late", "name")
    (lying,) = shell("find slot:inbox --json").json
    assert lying["passage"] is lying["found_in"] is None
    assert shell("find qqq --json").json == []


@pytest.mark.usefixtures("clients")
def test_find_says_what_cannot_be_looked_for(shell):
    nothing, endless = shell("find ´"), shell("find", "x" * 201)
    assert (nothing.out, nothing.code) == ("", 2)
    assert "type at least one word" in nothing.err
    assert endless.code == 2
    assert "at most 200 characters" in endless.err
    wrong = shell("find crane kind:ofer")
    assert (wrong.out, wrong.code) == ("", 2)
    assert "there is no kind “ofer”: type first-call, call, meeting" in wrong.err
