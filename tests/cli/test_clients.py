"""Linking, merging and forgetting, as a person types them."""

import pytest


@pytest.fixture
def clients(already):
    already(
        "add ACME fri --phone '030 123456' --person 'Anna Berg'",
        "add 'ACME Works GmbH' mon --phone '+49 30 123456'",
        "add Bauer tue",
    )


def names(shell):
    return [found["name"] for found in shell("list --json").json]


@pytest.mark.usefixtures("clients")
def test_link_and_unlink(shell):
    done = shell("link 'ACME Works GmbH' acme")
    assert (done.out, done.code) == ("ACME Works GmbH: shares the card of ACME\n", 0)
    assert "with   ACME #1" in shell("show 2").out
    assert shell("show 2 --json").json["linked"] == [{"id": 1, "name": "ACME"}]
    assert shell("edit 2 city=Berlin").out == "ACME Works GmbH: city changed, on ACME too\n"
    assert shell("show 1 --json").json["card"]["city"] == "Berlin"
    again = shell("link 2 1")
    assert (again.code, again.out) == (5, "")
    assert "share a card already" in again.err
    assert shell("unlink 2 --dry-run").out.startswith("would: ACME Works GmbH has a card")
    done = shell("unlink 2 --json").json
    assert [found["linked"] for found in done["after"]] == [[], []]
    assert shell("unlink 2").code == 5


@pytest.mark.usefixtures("clients")
def test_add_with_shares_the_card(shell):
    done = shell("add 'ACME Export' --with acme")
    assert done.out == "ACME Export → inbox, with ACME\n"
    rung = {found["name"] for found in shell("ring 123456 --json").json}
    assert rung == {"ACME", "ACME Export", "ACME Works GmbH"}
    assert shell("add Dorn --with nobody").code == 3
    assert "Dorn" not in names(shell)


@pytest.mark.usefixtures("clients")
def test_merge_shows_and_does_what_was_said(shell):
    refused = shell("merge 1 2")
    assert (refused.code, refused.out) == (5, "")
    assert "ACME Works GmbH into ACME would be merged; --yes" in refused.err
    shown = shell("merge 1 2 --dry-run").out.splitlines()
    assert shown[0] == "ACME Works GmbH #2 goes into ACME #1"
    assert shown[-1] == "would: ACME: merged with ACME Works GmbH #2, which no longer exists"
    assert len(names(shell)) == 3
    done = shell("merge 1 2 --yes --json").json
    assert [found["name"] for found in done["before"]] == ["ACME", "ACME Works GmbH"]
    assert [found["name"] for found in done["after"]] == ["ACME"]
    assert names(shell) == ["ACME", "Bauer"]
    assert shell("merge 1 1 --yes").code == 5
    assert shell("undo --yes").code == 0
    assert names(shell) == ["ACME", "ACME Works GmbH", "Bauer"]


@pytest.mark.usefixtures("clients")
def test_merge_asks_a_person(shell, answers):
    answers("n")
    refused = shell("merge 1 2")
    assert refused.code == 5
    assert "next contact: Fri 27 November 2026" in refused.err
    answers("y")
    assert shell("merge 1 2").code == 0
    assert names(shell) == ["ACME", "Bauer"]


@pytest.mark.usefixtures("clients")
def test_forget_takes_the_name_without_a_terminal(shell, binder):
    for line in ("forget bauer", "forget bauer --yes", "forget bauer --name Bauer"):
        refused = shell(line)
        assert refused.code == 5
        assert '--yes and --name "Bauer"' in refused.err
    wrong = shell("forget bauer --yes --name bauer")
    assert (wrong.code, len(names(shell))) == (5, 3)
    assert shell("forget bauer --dry-run").out.splitlines() == [
        "erased for good, undo does not bring it back: Bauer #3",
        "would: Bauer is forgotten, for good",
    ]
    copy = binder.with_name("tickler.before-update-from-0001.db")
    copy.write_bytes(b"")
    done = shell("forget bauer --yes --name Bauer")
    assert (done.out, done.code) == ("Bauer #3 is forgotten, for good\n", 0)
    assert f"warning: {copy} was made before and may still have it" in done.err
    assert names(shell) == ["ACME", "ACME Works GmbH"]
    assert b"Bauer" not in binder.read_bytes()
    assert [line["summary"] for line in shell("changes --json").json][:2] == ["forgotten"] * 2


@pytest.mark.usefixtures("clients")
def test_forget_asks_twice(shell, answers):
    answers("n")
    assert shell("forget bauer").code == 5
    answers("y", "bauer")
    refused = shell("forget bauer")
    assert (refused.code, len(names(shell))) == (5, 3)
    assert "Erase Bauer for good? [y/N] Type the whole name, Bauer, to erase it:" in refused.err
    answers("y", "Bauer")
    assert shell("forget bauer --json").json["before"][0]["name"] == "Bauer"
    assert len(names(shell)) == 2


@pytest.mark.usefixtures("clients")
def test_doctor_names_duplicates(shell):
    done = shell("doctor --duplicates")
    assert (done.code, done.err) == (0, "")
    assert "the same number" in done.out
    assert "tickler merge 1 2" in done.out
    assert shell("doctor --duplicates --json").json == [
        {
            "dossiers": [{"id": 1, "name": "ACME"}, {"id": 2, "name": "ACME Works GmbH"}],
            "why": ["the same number"],
            "strength": 3,
            "todo": "tickler merge 1 2",
        }
    ]
    shell("link 1 2")
    done = shell("doctor --duplicates")
    assert (done.out, done.err) == ("", "no two dossiers look like one client\n")
    assert shell("doctor --duplicates --json").json == []


@pytest.mark.slow
@pytest.mark.usefixtures("clients")
def test_forget_one_person_or_one_line(shell, answers):
    shell("log bauer -- wants the Pelikan")
    for line in ("forget acme --person anna", "forget bauer --line 1"):
        refused = shell(line)
        assert (refused.code, "would be erased for good" in refused.err) == (5, True)
    assert shell("forget bauer --line 1 --dry-run").out.splitlines()[-1] == (
        "would: Bauer: line 1 is forgotten, for good"
    )
    answers("n")
    assert shell("forget bauer --line 1").code == 5
    answers("y")
    assert shell("forget bauer --line 1").out == "Bauer: line 1 is forgotten, for good\n"
    done = shell("forget acme --person anna --yes --json").json
    assert [row["people"] for row in done["after"]] == [[]]
    assert shell("history bauer").err == "no history yet\n"


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("forget bauer --line x", 2, "is not a line"),
        ("forget bauer --line 99", 3, "Bauer has no line 99"),
        ("forget bauer --line 1 --person anna", 2, "give one of them"),
        ("forget bauer --person ''", 2, "--person is empty"),
        ("forget acme --person ida", 3, "who is “ida”? known: Anna Berg"),
        ("forget acme --person anna --name ACME", 2, "--name goes with a whole client"),
    ],
)
def test_what_cannot_be_forgotten_is_said(shell, line, code, sentence):
    answer = shell(line)
    assert (answer.code, answer.out, sentence in answer.err) == (code, "", True)
