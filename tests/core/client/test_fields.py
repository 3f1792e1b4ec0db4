"""The fields of a dossier: what each takes, and how several values stand in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.client.custom_fields import OwnFields
from tickler.core.client.dossier_pages import DossierPage, turned
from tickler.core.client.fields import Field, Spot, is_taken, named, near, parts, read
from tickler.errors import Unreadable

REFUSED = [
    (Spot("name"), "  ", "a dossier needs a name"),
    (Spot("kind"), "note", "kind takes one of first-call, call, meeting, email, offer, visit"),
    (Spot("decides", 7), "perhaps", "decides takes yes or no"),
    (Spot("phone"), "ask her", "“ask her” is not a number"),
    (Spot("mobile", 7), "030 1; who", "“who” is not a number; several are separated by ;"),
    (
        Spot("email"),
        "a@b.example, c@d.example",
        "not an e-mail address; several are separated by ;",
    ),
    (Spot("email"), "a@b.example@c.example", "is not an e-mail address"),
    (Spot("email"), "Anna <a@b.example>", "is not an e-mail address"),
    (Spot("email"), "@b.example", "“@b.example” is not an e-mail address"),
    (Spot("website"), "two words", "a web address has no spaces"),
    (Spot("time_zone"), "Berlin", "“Berlin” is not a time zone; did you mean Europe/Berlin?"),
    (Spot("time_zone"), "Mars", "is not a time zone; "),
    (Spot("hours"), "x" * 501, "opening hours has 501 characters; at most 500"),
    (Spot("city"), "x" * 501, "city has 501 characters; at most 500"),
    (Spot("notes"), "x" * 100_001, "notes has 100001 characters; at most 100000"),
]

TAKEN = [
    (Spot("name"), "[red]Müller & Söhne[/]"),
    (Spot("name", 7), ""),
    (Spot("kind"), " call "),
    (Spot("kind"), ""),
    (Spot("decides", 7), "Ja"),
    (Spot("phone"), "+49 (0)30 123-456; 0171 2"),
    (Spot("email"), "a@b.example; c@d.example"),
    (Spot("notes"), "several\nlines" * 100),
    (Spot("email", free=True), "a free field takes what it likes"),
]


@pytest.mark.parametrize(("spot", "text", "said"), REFUSED)
def test_what_a_field_does_not_take_is_said(spot, text, said):
    with pytest.raises(Unreadable) as refused:
        read(spot, text, OwnFields())
    assert said in refused.value.sentence


@pytest.mark.parametrize(("spot", "text"), TAKEN)
def test_what_a_field_takes(spot, text):
    assert read(spot, text, OwnFields()) == text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Utc", "UTC"),
        (" america/new york ", "America/New_York"),
    ],
)
def test_a_time_zone_is_written_as_the_world_knows_it(typed, stored):
    assert read(Spot("time_zone"), typed, OwnFields()) == stored


def test_a_field_is_meant_by_its_label_or_its_column():
    known = [Field(spot, "") for spot in (Spot("time_zone"), Spot("x y", free=True), Spot("city"))]
    for typed in ("time zone", "Time Zone", "time_zone", "TIME_ZONE"):
        assert named(known, typed) is known[0]
    assert named(known, "X y") is known[1]
    assert named(known, "zone") is None
    two = [Field(Spot("Class", free=True), ""), Field(Spot("class", free=True), "")]
    assert named(two, "class") is two[1]
    assert is_taken("Opening hours")
    assert is_taken("E-Mail") is False


VALUES = st.lists(st.text("abc 019+@.", min_size=1).map(str.strip).filter(bool), unique=True)


@given(VALUES)
def test_several_values_in_one_field_are_read_back(values):
    assert parts("; ".join(values), ";") == values


def test_values_twice_and_blanks_between_do_not_count():
    assert parts(" 1;; 2 ;1; ", ";") == ["1", "2"]


def test_pages_are_flipped_in_a_round():
    pages = [DossierPage.PEOPLE, DossierPage.CARD, DossierPage.HISTORY]
    assert turned(pages, DossierPage.HISTORY, 1) is DossierPage.PEOPLE
    assert turned(pages, DossierPage.PEOPLE, -1) is DossierPage.HISTORY
    assert [turned(pages, DossierPage.CARD, n) for n in range(3)] == [
        DossierPage.CARD,
        DossierPage.HISTORY,
        DossierPage.PEOPLE,
    ]
    assert turned(pages, DossierPage.SHEETS, 1) is DossierPage.CARD


CARD = [Field(Spot(column), "") for column in ("name", "phone", "street", "city", "hours", "terms")]


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("telefon", "phone"),
        ("Tel.", "phone"),
        ("Ort", "city"),
        ("strasse", "street"),
        ("Straße", "street"),
        ("oeffnungszeiten", "hours"),
        ("Öffnungszeiten", "hours"),
        ("payment terms", "terms"),
        ("Zahlungsziel", "terms"),
        ("Firma", "name"),
    ],
)
def test_fields_have_german_names_too(typed, column):
    found = named(CARD, typed)
    assert found and found.spot.name == column


def test_a_field_of_the_cards_own_comes_before_another_name_of_one():
    own = Field(Spot("Ort", free=True), "")
    assert named([*CARD, own], "ort") == own
    assert named([*CARD, own], "Telefon") == CARD[1]
    assert not is_taken("Ort")


@pytest.mark.parametrize(
    ("typed", "column"), [("citty", "city"), ("telfon", "phone"), ("strase", "street")]
)
def test_a_field_of_close_spelling_is_offered(typed, column):
    assert named(CARD, typed) is None
    found = near(CARD, typed)
    assert found and found.spot.name == column
    assert near(CARD, "qqqq") is None
