import pytest


@pytest.fixture(autouse=True)
def _acme(shell):
    shell("add ACME fri --phone '030 1' --person 'Anna Berg'")


def test_edit_writes_over_and_says_what(shell):
    answer = shell("edit acme city=Berlin 'what=send the offer'")
    assert (answer.out, answer.err, answer.code) == ("ACME: city, what changed\n", "", 0)
    shown = shell("show acme --json").json
    assert shown["card"]["city"] == "Berlin"
    assert (shown["next_what"], shown["next_on"]) == ("send the offer", "2026-11-27")
    shell("undo")
    assert shell("show acme --json").json["card"]["city"] is None


def test_edit_of_people(shell):
    assert shell("edit acme --person berg position=Buyer decides=yes").code == 0
    added = shell("edit acme --new-person 'Ida [red]' 'phone=030 2'")
    assert added.out == "ACME: Ida [red] added\n"
    people = shell("show acme --json").json["people"]
    assert [(p["name"], p["position"], p["decides"]) for p in people] == [
        ("Anna Berg", "Buyer", True), ("Ida [red]", None, None),
    ]  # fmt: skip
    assert shell("edit acme --person ida name=").out == "ACME: Ida [red] taken off\n"


def test_edit_of_a_free_field(shell, tmp_path):
    (tmp_path / "list.csv").write_text("Company;Kundennummer\nBauer;77\n")
    shell(f"import {tmp_path / 'list.csv'}")
    assert shell("edit bauer Kundennummer=78").code == 0
    assert shell("show bauer --json").json["card"]["fields"] == {"Kundennummer": "78"}
    shell("edit bauer kundennummer=")
    assert shell("show bauer --json").json["card"]["fields"] == {}


def test_a_rehearsed_edit_changes_nothing(shell):
    answer = shell("edit acme city=Berlin --dry-run")
    assert answer.out == "would: ACME: city changed\n"
    assert shell("show acme --json").json["card"]["city"] is None


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("edit acme", 2, "what is to change? such as city=Berlin; there are what, kind, name"),
        ("edit acme Berlin", 2, "“Berlin” is no FIELD=TEXT, such as city=Berlin"),
        ("edit acme town=Berlin", 3, "there is no field “town”; there are what, kind"),
        ("edit acme phone=none", 2, "“none” is no number"),
        ("edit acme name=", 2, "a dossier needs a name"),
        ("edit acme --person Otto phone=1", 3, "who is “Otto”? known: Anna Berg"),
        ("edit acme --person Berg --new-person Otto", 2, "give one"),
        ("edit nobody city=Berlin", 3, "no dossier is called “nobody”"),
    ],
)
def test_what_cannot_be_is_said(shell, line, code, said):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
