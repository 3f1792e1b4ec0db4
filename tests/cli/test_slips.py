import pytest

SLIP = ["id", "kind", "text", "due_on", "due_at", "state", "overdue_days"]


@pytest.fixture
def slips(already):
    already(
        "add 'Holm AB' december",
        "add ACME fri 14:30",
        "promise holm send offer --by today",
        "slip add acme 'acceptance test' today 11:00",
        "promise acme drawings, by 2026-11-19",
        "slip add acme 'mail of Monday' thu --kind answer",
    )


def test_a_promise_is_written_down(shell):
    shell("add ACME fri")
    answer = shell("promise acme send the offer --by 'wed 14:00'")
    assert answer.out == "ACME: promise “send the offer” by Wed 25 November 2026 14:00\n"
    assert (answer.err, answer.code) == ("", 0)
    assert shell("promise acme Muster, bis Freitag").out == (
        "ACME: promise “Muster” by Fri 27 November 2026\n"
    )


@pytest.mark.usefixtures("slips")
def test_alone_it_lists_what_is_open_the_oldest_first(shell):
    assert shell("slip").out.splitlines() == [
        "s3  Thu 2026-11-19        ACME     promise      drawings         overdue",
        "s2  Mon 2026-11-23 11:00  ACME     appointment  acceptance test",
        "s1  Mon 2026-11-23        Holm AB  promise      send offer",
        "s4  Thu 2026-11-26        ACME     answer       mail of Monday",
    ]
    shell("slip tick 3")
    assert shell("slip list acme").out.splitlines()[-1] == (
        "s3  Thu 2026-11-19        ACME  promise      drawings         kept late"
    )


def test_where_there_is_none_it_says_so(shell):
    shell("add ACME")
    assert (shell("slip").out, shell("slip").err) == ("", "no open slips\n")
    assert (shell("slip list acme").out, shell("slip list acme").err) == ("", "no slips there\n")
    assert shell("slip list acme --json").json == []


@pytest.mark.usefixtures("slips")
def test_today_shows_them_as_thin_rows_after_what_is_timed(shell):
    shell("add Timed today 9:30")
    shell("add Late 2026-11-20")
    lines = shell("today").out.splitlines()
    assert lines[0].startswith("Mon 23 November 2026 · W48 · 2 of 19 · 0 done, 2 left")
    assert lines[1:] == [
        "timed 1",
        "09:30  ●   Timed                                  3",
        "slips 3, 1 of them late",
        "11:00  ▹2  ACME     appointment  acceptance test  2",
        "   2d  ▹3  ACME     promise      drawings         2",
        "       ▹1  Holm AB  promise      send offer       1",
        "late 1",
        "   1d      Late                                   4",
    ]
    assert [d["name"] for d in shell("today --json").json] == ["Timed", "Late"]


@pytest.mark.usefixtures("slips")
def test_another_pile_shows_those_due_there(shell):
    assert shell("pile thu").out.splitlines() == [
        "Thu 26 November 2026 · 0 of 20 · 0 dossiers",
        "slips 1",
        "▹4  ACME  answer  mail of Monday  2",
    ]
    shell("promise holm x --by 7.2.")
    assert shell("pile february").out.splitlines()[1:] == [
        "slips 1",
        "Sun 7 Feb 2027  ▹5  Holm AB  promise  x  1",
    ]


@pytest.mark.usefixtures("slips")
def test_show_says_what_is_owed(shell):
    lines = shell("show acme").out.splitlines()
    assert lines[1:5] == [
        "DO    Fri 27 November 2026 14:30",
        "OWED  drawings by Thu 19 November 2026 · 2 working days late · slip s3",
        "SLIP  appointment · acceptance test on Mon 23 November 2026 11:00 · slip s2",
        "SLIP  answer · mail of Monday on Thu 26 November 2026 · slip s4",
    ]
    shell("slip told 1 fri")
    assert (
        "OWED  send offer by Fri 27 November 2026 · told in time · slip s1" in shell("show 1").out
    )


@pytest.mark.usefixtures("slips")
def test_they_are_ticked_put_off_and_dropped_by_number(shell):
    assert shell("slip tick 1,#2").out == (
        "Holm AB: kept “send offer”; ACME: done “acceptance test”\n"
    )
    assert shell("slip told 4 fri 9:00").out == (
        "ACME: told answer “mail of Monday” on Fri 27 November 2026 09:00, not Thu 26 Nov\n"
    )
    assert shell("slip drop 3").out == "ACME: dropped promise “drawings”\n"
    assert [s["id"] for s in shell("slip --json").json] == [4]
    shell("undo")
    assert [s["id"] for s in shell("slip --json").json] == [3, 4]


@pytest.mark.usefixtures("slips")
def test_json_gives_slips_with_their_dossier(shell):
    found = shell("slip --json").json
    assert all(list(slip) == [*SLIP, "dossier_id", "dossier"] for slip in found)
    assert found[:2] == [
        {
            "id": 3, "kind": "promise", "text": "drawings", "due_on": "2026-11-19",
            "due_at": None, "state": "overdue", "overdue_days": 4, "dossier_id": 2,
            "dossier": "ACME",
        },
        {
            "id": 2, "kind": "appointment", "text": "acceptance test", "due_on": "2026-11-23",
            "due_at": "11:00", "state": "open", "overdue_days": 0, "dossier_id": 2,
            "dossier": "ACME",
        },
    ]  # fmt: skip
    own = shell("show acme --json").json["slips"]
    assert [slip["id"] for slip in own] == [3, 2, 4]
    assert all(list(slip) == SLIP for slip in own)


@pytest.mark.every(3)
@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(
    ("line", "action", "ids"),
    [
        ("promise acme offer --by wed", "promise", [3, 2, 5, 4]),
        ("slip add acme call wed", "slip", [3, 2, 5, 4]),
        ("slip tick 2", "tick", [3, 4]),
        ("slip told 2 sat", "told", [3, 4, 2]),
        ("slip drop 2", "drop", [3, 4]),
        ("log acme x --owe 'offer, by wed'", "log", [3, 2, 5, 4]),
    ],
)
def test_a_write_gives_the_dossier_before_and_after(shell, line, action, ids):
    done = shell(f"{line} --json").json
    assert list(done) == ["action", "change", "before", "after", "warnings"]
    assert done["action"] == action
    assert [slip["id"] for slip in done["before"][0]["slips"]] == [3, 2, 4]
    assert [slip["id"] for slip in done["after"][0]["slips"]] == ids


def test_what_one_is_warned_of(shell):
    shell("add ACME today")
    shell("promise acme offer --by wed")
    assert shell("move acme fri").err == "warning: promise “offer” is due Wed 25 Nov\n"
    moved = shell("move acme sat --json").json
    assert {w["code"] for w in moved["warnings"]} == {"day-off", "past-slip"}
    assert shell("close acme --won").err == "warning: left open: promise “offer”\n"


@pytest.mark.every(4)
@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("promise acme send it", 2, "by when? end it with: , by fri"),
        ("promise acme --by fri", 2, "Missing argument 'TEXT'"),
        ("promise acme '' --by fri", 2, "the text is empty"),
        ("promise acme x --by ''", 2, "the date is empty"),
        ("promise acme x --by fri 14:30", 2, 'then quote it: --by "fri 14:30"'),
        ("promise acme x --by july", 2, "July is a month, and a slip needs a day"),
        ("promise nobody x --by fri", 3, "nobody"),
        ("log acme x --owe 'offer by fri' 14:30", 2, 'quote it: --owe "offer by fri 14:30"'),
        ("log acme x --owe offer", 2, "by when? end it with: , by fri"),
        ("log acme x --owe ''", 2, "what was promised? --owe is empty"),
        ("slip add acme 'second visit'", 2, "when? put the day after the text"),
        ("slip add acme second visit fri", 2, 'quote it: "second visit" fri'),
        ("slip add acme visit whenever", 2, "“whenever” is not a date"),
        ("slip add acme '' fri", 2, "the text is empty"),
        ("slip add acme visit ''", 2, "the date is empty"),
        ("slip list ''", 2, "the name is empty"),
        ("slip bauer fri 14:30", 2, "type add, list, tick, told or drop after it"),
        ("slip add acme fri 14:30", 2, "“fri” is a date: what is it about?"),
        (
            "slip add acme visit fri --kind talk",
            2,
            "promise, appointment, topic, answer, complaint; not “talk”",
        ),
        ("slip --tick 1", 2, "No such option: --tick"),
        ("slip tick 1 --kind topic", 2, "No such option: --kind"),
        ("slip tick 1 x", 2, "“x” is not a slip"),
        ("slip tick first", 2, "“first” is not a slip"),
        ("slip tick ''", 2, "“” is not a slip"),
        ("slip tick 99", 3, "there is no slip s99; `tickler slip list` lists them"),
        ("slip told 1", 2, "which day? put it after the number: tickler slip told 1 fri"),
        ("slip told 1 ''", 2, "the date is empty"),
        ("slip told 1 2 fri", 2, "2 may be the hour or the day"),
        ("slip told 1 today", 5, "“send offer” is due Mon 23 Nov already"),
    ],
)
def test_a_wrong_call_is_refused_with_what_to_type(shell, line, code, sentence):
    before = shell("slip --json").json
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert sentence in answer.err
    assert shell("slip --json").json == before


@pytest.mark.usefixtures("slips")
def test_what_is_done_with_is_refused(shell):
    shell("slip tick 1")
    assert shell("slip tick 1 --json").error == {
        "code": 5, "message": "Holm AB: “send offer” was ticked on Mon 23 Nov", "candidates": [],
    }  # fmt: skip
    shell("close acme --lost")
    assert shell("slip tick 2").code == 0


def test_a_text_is_shown_as_text(shell):
    shell("add ACME today")
    shell("promise acme", "[red]\x1b[2J\u202e, by today")
    assert shell("today").out.splitlines()[2].split() == [
        "▹1",
        "ACME",
        "promise",
        "[red]",
        "[2J",
        "1",
    ]
