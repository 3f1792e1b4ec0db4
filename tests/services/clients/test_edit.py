"""Editing: a dossier is written over field by field, and stays where it lies."""

import pytest

from tickler.core.client.custom_fields import FieldType, OwnField
from tickler.core.client.fields import NEW_PERSON, Edit, Spot, every
from tickler.core.contact.kinds import Kind
from tickler.errors import Ambiguous, Busy, NotFound, Unreadable
from tickler.services import clients, filing


@pytest.fixture
def acme(add):
    return add(
        "ACME", "fri 14:30", phone="030 1", email="i@acme.example", person="Anna Berg",
        tags=("crane", "fair"), kind=Kind.MEETING, what="price",
    )  # fmt: skip


@pytest.fixture
def edit(desk, acme):
    """Writes fields over: `edit(city="Berlin")`; of a person with `person=7`."""

    def write(person=None, **texts):
        edits = [Edit(Spot(name, person), text) for name, text in texts.items()]
        return desk.do(clients.edit.edit, acme, edits)

    return write


@pytest.fixture
def look(desk, acme):
    return lambda: desk.see(clients.read.whole, acme)


def test_the_card_the_next_contact_and_the_name(edit, look):
    before = look().row
    receipt = edit(city="Berlin", what="offer for two", kind="offer", name="Acmé", notes="a\nb")
    after = look()
    assert (after.card.city, after.card.notes) == ("Berlin", "a\nb")
    assert (after.row.name, after.row.what, after.row.kind) == ("Acmé", "offer for two", Kind.OFFER)
    assert after.row.next == before.next
    assert receipt.text == "ACME: city, what, kind, name, notes changed"
    assert (receipt.before, receipt.after) == ((before,), (after.row,))


def test_under_its_new_name_it_is_found(desk, edit, acme):
    edit(name="Straßenbau Süd")
    assert desk.see(clients.find.the_one, "strassenbau sud") == acme
    assert [row.id for row in desk.see(clients.find.find, "enbau")] == [acme]
    with pytest.raises(NotFound):
        desk.see(clients.find.the_one, "acme")


def test_numbers_and_tags_that_stay_keep_what_is_known_of_them(edit, look, desk):
    before = set(look().row.tags)
    edit(phone="040 22; 030 1", email="", tags="crane, board")
    row = look().row
    assert [(reach.kind, reach.value) for reach in row.reaches] == [
        ("phone", "030 1"), ("phone", "040 22"),
    ]  # fmt: skip
    assert set(row.tags) == (before - {"fair"}) | {"board"}
    assert [hit.id for hit in desk.see(clients.find.ring, "22")] == [row.id]


def test_people_are_written_over_added_and_taken_off(edit, look):
    anna = look().row.people[0].id
    edit(person=anna, position="Purchasing", decides="yes", phone="0171 3", notes="likes tea")
    (person,) = look().row.people
    assert (person.name, person.position, person.decides) == ("Anna Berg", "Purchasing", True)
    assert (person.reaches[0].value, person.notes) == ("0171 3", "likes tea")
    assert edit(person=NEW_PERSON, name="Ida Ost", email="o@x.example").text == (
        "ACME: Ida Ost added"
    )
    assert edit(person=anna, name="").text == "ACME: Anna Berg removed"
    (person,) = look().row.people
    assert (person.name, person.reaches[0].value) == ("Ida Ost", "o@x.example")
    assert look().row.reaches[0].value == "030 1"


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("every", "quartalsweise", "every (every 3 months) changed"),
        ("every", "6w", "every (every 6 weeks) changed"),
        ("every", "letzter freitag", "every (every last Fri of the month) changed"),
        ("ideal", "6 Wochen", "ideal (6w) changed"),
        ("ideal", "6w", "ideal changed"),
        ("city", "Wien", "city changed"),
    ],
)
def test_the_receipt_says_what_a_rhythm_or_limit_was_read_as(edit, name, typed, told):
    assert edit(**{name: typed}).text.endswith(f": {told}")


def test_every_edit_is_one_step_back(desk, edit, look):
    anna = look().row.people[0].id
    edit(person=anna, phone="0171 3")
    whole = look()
    edit(person=anna, name="")
    edit(city="Berlin", phone="", tags="", name="X")
    desk.do(filing.undo.undo)
    desk.do(filing.undo.undo)
    assert look() == whole
    desk.do(filing.undo.redo)
    assert look().row.people == ()


def test_the_card_says_more(edit, look):
    said = edit(time_zone="europe/berlin", hours="9-17", terms="30 days", discount="3 %").text
    assert said == (
        "ACME: time zone (Europe/Berlin), opening hours, payment terms, discount changed"
    )
    card = look().card
    assert (card.time_zone, card.hours, card.terms) == ("Europe/Berlin", "9-17", "30 days")
    assert edit(time_zone="EUROPE/BERLIN").text == "ACME: nothing changed"


def test_several_are_added_and_taken_off_at_once(desk, acme, look):
    names = [Edit(Spot("name", NEW_PERSON - n), name) for n, name in enumerate(["Ida", "Otto"])]
    anna = look().row.people[0].id
    edits = [*names, Edit(Spot("phone", NEW_PERSON - 1), "030 9"), Edit(Spot("name", anna), "")]
    assert desk.do(clients.edit.edit, acme, edits).text == (
        "ACME: Ida added; Otto added; Anna Berg removed"
    )
    ida, otto = look().row.people
    assert (ida.name, ida.reaches) == ("Ida", ())
    assert (otto.name, otto.reaches[0].value) == ("Otto", "030 9")
    desk.do(filing.undo.undo)
    assert [person.name for person in look().row.people] == ["Anna Berg"]
    desk.do(filing.undo.redo)
    assert [person.name for person in look().row.people] == ["Ida", "Otto"]


@pytest.fixture
def own_desk(open_desk):
    """A desk with fields of the rep's own, and one dossier."""
    own = (OwnField("renewal", FieldType.DATE), OwnField("class", FieldType.CHOICE, ("A", "B")))
    desk = open_desk(field=own)
    desk.do(filing.file.add, filing.file.NewDossier("ACME"), "fri")
    return desk


def test_own_fields_are_there_before_anything_stands_in_them(own_desk):
    def write(**texts):
        return own_desk.do(
            clients.edit.edit, 1, [Edit(Spot(n, free=True), text) for n, text in texts.items()]
        )

    shown = [
        field.label for field in own_desk.see(clients.edit.writable, 1).card if field.spot.free
    ]
    assert shown == ["renewal", "class"]
    assert own_desk.see(clients.read.whole, 1).card.fields == {}
    assert write(**{"class": "b"}).text == "ACME: class (B) changed"
    assert write(renewal="1.3.27").text == "ACME: renewal (2027-03-01) changed"
    assert list(own_desk.see(clients.read.whole, 1).card.fields.items()) == [
        ("renewal", "2027-03-01"), ("class", "B"),
    ]  # fmt: skip
    with pytest.raises(Unreadable, match="July is a month: give a day"):
        write(renewal="july")
    write(renewal="")
    assert own_desk.see(clients.read.whole, 1).card.fields == {"class": "B"}
    own_desk.do(filing.undo.undo)
    assert own_desk.see(clients.read.whole, 1).card.fields["renewal"] == "2027-03-01"
    own_desk.do(filing.undo.redo)
    assert own_desk.see(clients.read.whole, 1).card.fields == {"class": "B"}


def test_who_decides_is_the_first_who_does(edit, look):
    assert look().row.decision_maker is None
    edit(person=NEW_PERSON, name="Ida Ost", decides="yes")
    assert look().row.decision_maker == "Ida Ost"


def test_free_fields_keep_their_order_and_an_emptied_one_goes(desk, edit, look, acme):
    card = look().card
    assert card.fields == {}
    with pytest.raises(NotFound, match="there is no field “Payment”"):
        desk.do(clients.edit.edit, acme, [Edit(Spot("Payment", free=True), "30 days")])


def test_what_a_field_does_not_take_changes_nothing(edit, look):
    before = look()
    with pytest.raises(Unreadable, match="is not a number"):
        edit(city="Berlin", phone="none")
    with pytest.raises(Unreadable, match="a new person needs a name"):
        edit(person=NEW_PERSON, position="Buyer")
    assert look() == before


def test_what_was_changed_meanwhile_is_not_written_over(desk, edit, acme, look):
    seen = Edit(Spot("city"), "Berlin", was="")
    edit(city="Potsdam")
    with pytest.raises(Busy, match="city was changed meanwhile, to “Potsdam”"):
        desk.do(clients.edit.edit, acme, [seen])
    assert look().card.city == "Potsdam"


def test_nothing_new_is_no_step(desk, acme, look):
    as_it_is = [Edit(field.spot, field.text) for field in every(look())]
    receipt = desk.do(clients.edit.edit, acme, as_it_is)
    assert receipt.text == "ACME: nothing changed"
    assert len(desk.see(filing.undo.changes)) == 1


def test_control_characters_become_blanks_with_a_warning(edit, look):
    receipt = edit(city="Ber\x1b[31mlin\nx")
    assert look().card.city == "Ber [31mlin x"
    assert [warning.code for warning in receipt.warnings] == ["control-characters"]


def test_a_person_is_meant_by_name_or_a_word_of_it(desk, edit, acme, look):
    edit(person=NEW_PERSON, name="Anna Lang")
    berg, lang = (person.id for person in look().row.people)
    assert desk.see(clients.people.the_one, acme, "anna BERG").id == berg
    assert desk.see(clients.people.the_one, acme, "lang").id == lang
    assert desk.see(clients.people.the_one, acme, f"#{lang}").id == lang
    with pytest.raises(Ambiguous, match=f"who is “anna”\\? {berg} Anna Berg, {lang} Anna Lang; "):
        desk.see(clients.people.the_one, acme, "anna")
    for who in ("otto", "", "#99"):
        with pytest.raises(NotFound, match="known: Anna Berg, Anna Lang"):
            desk.see(clients.people.the_one, acme, who)
