import pytest


@pytest.fixture(autouse=True)
def _acme(shell):
    shell("add ACME fri --phone '030 1' --person 'Anna Berg'")


def people(shell):
    shown = shell("show acme --json").json["people"]
    return [(p["name"], p["position"], p["decides"], p["phone"]) for p in shown]


def test_a_person_is_added_written_over_and_removed(shell):
    added = shell("person add acme 'Ida [red]' 'phone=030 2' decides=yes")
    assert (added.out, added.code) == ("ACME: Ida [red] added\n", 0)
    changed = shell("person edit acme berg position=Buyer 'name=Anna Lang'")
    assert changed.out == "ACME: Anna Berg's position, Anna Berg's name changed\n"
    assert people(shell) == [
        ("Anna Lang", "Buyer", None, None), ("Ida [red]", None, True, "030 2"),
    ]  # fmt: skip
    assert shell("person remove acme ida").out == "ACME: Ida [red] removed\n"
    assert people(shell) == [("Anna Lang", "Buyer", None, None)]
    shell("undo")
    assert people(shell)[1] == ("Ida [red]", None, True, "030 2")
    shell("redo")
    assert len(people(shell)) == 1


def test_people_are_listed_with_the_numbers_that_mean_them(shell):
    shell("person add acme 'Ida Ost' 'phone=030 2' position=Buyer decides=ja")
    assert [line.split() for line in shell("person list acme").out.splitlines()] == [
        ["1", "Anna", "Berg"],
        ["2", "★", "Ida", "Ost", "Buyer", "030", "2"],
    ]
    assert [person["id"] for person in shell("person list acme --json").json] == [1, 2]
    assert shell("person remove acme '#2'").code == 0
    shell("person remove acme 1")
    nobody = shell("person list acme")
    assert (nobody.out, nobody.code) == ("", 0)
    assert "nobody there yet" in nobody.err


def test_who_decides_is_said_or_asked(shell):
    assert "★       who decides?" in shell("show acme").out
    assert shell("show acme --json").json["decision_maker"] is None
    shell("person edit acme anna decides=yes")
    assert "who decides?" not in shell("show acme").out
    assert shell("list --json").json[0]["decision_maker"] == "Anna Berg"
    shell("add Bauer")
    assert "★   who decides?" in shell("show bauer").out


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("person", 2, "Missing command"),
        ("person rename acme", 2, "type add, edit, remove or list after it"),
        ("person add acme", 2, "Missing argument 'WHO'"),
        ("person add acme ' '", 2, "a new person needs a name"),
        ("person add acme telefon=030", 2, "“telefon=030” is a field: the name of the new person"),
        ("person add acme Otto Berlin", 2, "“Berlin” is not FIELD=TEXT"),
        ("person add acme Otto city=Berlin", 3, "no field “city”; there are name, position"),
        ("person add acme Otto decides=perhaps", 2, "decides takes yes or no"),
        ("person edit acme otto phone=1", 3, "who is “otto”? known: Anna Berg"),
        ("person edit acme anna", 2, "Missing argument 'FIELD=TEXT'"),
        ("person edit acme anna name=", 2, "`tickler person remove` takes one off"),
        ("person remove acme otto", 3, "who is “otto”? known: Anna Berg"),
        ("person remove acme '#7'", 3, "who is “#7”? known: Anna Berg"),
        ("person list nobody", 3, "no dossier is called “nobody”"),
    ],
)
def test_what_cannot_be_is_said(shell, line, code, said):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err


def test_between_two_of_a_name_nothing_is_guessed(shell):
    shell("person add acme 'Anna Lang'")
    answer = shell("person edit acme anna phone=1")
    assert (answer.out, answer.code) == ("", 4)
    assert "who is “anna”? 1 Anna Berg, 2 Anna Lang; the number says which" in answer.err
