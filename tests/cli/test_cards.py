import pytest


@pytest.fixture(autouse=True)
def _acme(shell):
    shell("add ACME fri --phone '030 1' --person 'Anna Berg'")


@pytest.fixture
def own_fields(binder, monkeypatch, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        '[[field]]\nname = "renewal"\ntype = "date"\n'
        '[[field]]\nname = "class"\ntype = "choice"\nchoices = ["A", "B"]\n'
    )
    monkeypatch.setenv("TICKLER_CONFIG", str(path))


def test_edit_writes_over_and_says_what(shell):
    answer = shell("edit acme city=Berlin 'what=send the offer'")
    assert (answer.out, answer.err, answer.code) == ("ACME: city, what changed\n", "", 0)
    shown = shell("show acme --json").json
    assert shown["card"]["city"] == "Berlin"
    assert (shown["next_what"], shown["next_on"]) == ("send the offer", "2026-11-27")
    shell("undo")
    assert shell("show acme --json").json["card"]["city"] is None


def test_fields_of_several_words_by_label_or_column(shell):
    answer = shell("edit acme 'Time Zone=europe/berlin' hours=9-17 payment_terms=net needs=2")
    assert answer.out == (
        "ACME: time zone (Europe/Berlin), opening hours, payment terms, needs changed\n"
    )
    card = shell("show acme --json").json["card"]
    assert (card["time_zone"], card["hours"], card["terms"]) == ("Europe/Berlin", "9-17", "net")
    assert (card["needs"], card["language"], card["competitors"]) == ("2", None, None)
    shown = [line.split() for line in shell("show acme").out.splitlines()]
    assert ["time", "zone", "Europe/Berlin"] in shown
    assert ["payment", "terms", "net"] in shown


@pytest.mark.usefixtures("own_fields")
def test_own_fields_are_typed(shell):
    assert shell("edit acme renewal=1.3.27 class=b").out == (
        "ACME: renewal (2027-03-01), class (B) changed\n"
    )
    shown = shell("show acme --json").json["card"]["fields"]
    assert list(shown.items()) == [("renewal", "2027-03-01"), ("class", "B")]
    wrong = shell("edit acme renewal=july city=Ulm")
    assert (wrong.out, wrong.code) == ("", 2)
    assert "July is a month: give a day" in wrong.err
    assert shell("show acme --json").json["card"]["city"] is None
    settings = {s["name"]: s["value"] for s in shell("config --json").json["settings"]}
    assert settings["field"] == {"renewal": "a day such as 2027-03-01", "class": "one of A, B"}
    assert "renewal a day such as 2027-03-01, class one of A, B" in shell("config").out


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


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "edit acme",
            2,
            "what is to change? FIELD=TEXT, such as city=Berlin; there are what, kind",
        ),
        ("edit acme Berlin", 2, "“Berlin” is not FIELD=TEXT, such as city=Berlin"),
        ("edit acme town=Berlin", 3, "there is no field “town”; there are what, kind"),
        ("edit acme phone=none", 2, "“none” is not a number"),
        ("edit acme name=", 2, "a dossier needs a name"),
        ("edit acme time_zone=Berlin", 2, "is not a time zone; did you mean Europe/Berlin?"),
        ("edit nobody city=Berlin", 3, "no dossier is called “nobody”"),
    ],
)
def test_what_cannot_be_is_said(shell, line, code, said):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
