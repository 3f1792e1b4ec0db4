"""A dossier as a text for an editor: it comes back as it went, and mistakes are named by line."""

import tomllib
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tickler.core.client.custom_fields import FieldType, OwnField, OwnFields
from tickler.core.client.fields import NEW_PERSON, PERSON_FIELDS, Edit, Field, Spot
from tickler.errors import TicklerError
from tickler.formats.dossier_text import DossierText
from tickler.formats.mistakes import Mistaken, with_mistakes, without_mistakes

OWN = OwnFields(
    (OwnField("renewal", FieldType.DATE, help="of the contract"), OwnField("ok", FieldType.YES_NO)),
    date(2026, 11, 23),
)
NOT_YET = [Field(Spot(name, NEW_PERSON), "") for name in PERSON_FIELDS]


def free(name, text=""):
    return Field(Spot(name, free=True), text, own=OWN.called(name))


def dossier(people=(), fields=(), **texts):
    card = {"what": "", "kind": "", "name": "ACME", "phone": "", "city": "", "time_zone": ""}
    card = {**card, **{name: text for name, text in texts.items() if name != "notes"}}
    plain = [Field(Spot(name), text) for name, text in card.items()]
    notes = Field(Spot("notes"), texts.get("notes", ""))
    theirs = [
        Field(Spot(name, key), person.get(name, ""))
        for key, person in people
        for name in PERSON_FIELDS
    ]
    return DossierText(7, (*plain, *fields, notes), (*theirs, *NOT_YET), OWN)


ANNA = (3, {"name": "Anna Berg", "decides": "yes", "phone": "030 1"})
IDA = (4, {"name": "Ida [red]"})


@pytest.fixture
def text():
    fields = (free("renewal"), free("ok"), free("Customer no.", "77"))
    return dossier([ANNA, IDA], fields, city="Berlin", notes="first\nsecond")


def edits(text, *changes):
    """What comes of the text with parts of it written over."""
    typed = text.written
    for old, new in changes:
        assert typed.count(old) >= 1, f"no {old!r} in\n{typed}"
        typed = typed.replace(old, new, 1)
    return {(e.spot.person, e.spot.name): e.text for e in text.read(typed)}


def test_as_it_is_it_changes_nothing(text):
    assert text.read(text.written) == ()


def test_every_field_is_there_with_what_it_takes(text):
    read = tomllib.loads(text.written)
    assert (read["city"], read["notes"]) == ("Berlin", "first\nsecond\n")
    assert list(read["fields"]) == ["renewal", "ok", "Customer no."]
    assert [person["name"] for person in read["person"]] == ["Anna Berg", "Ida [red]"]
    assert 'renewal = "" # a day such as 2027-03-01: of the contract' in text.written


def test_fields_are_written_over_emptied_and_taken_away(text):
    assert edits(
        text,
        ('city = "Berlin"', "city = 'Ulm'"),
        ('"Customer no." = "77"\n', ""),
        ("second", "second\nthird"),
        ('time_zone = ""', 'time_zone = "Europe/Berlin"'),
    ) == {
        (None, "city"): "Ulm",
        (None, "Customer no."): "",
        (None, "notes"): "first\nsecond\nthird",
        (None, "time_zone"): "Europe/Berlin",
    }


def test_values_may_stand_without_quotes_or_in_lists(text):
    assert edits(
        text,
        ('"Customer no." = "77"', '"Customer no." = 1.50'),
        ('renewal = ""', "renewal = 2027-03-01"),
        ('ok = ""', "ok = true"),
        ('phone = ""', 'phone = ["030 1", "030 2"]'),
        ('decides = "yes"', "decides = false"),
    ) == {
        (None, "Customer no."): "1.50",
        (None, "renewal"): "2027-03-01",
        (None, "ok"): "yes",
        (None, "phone"): "030 1; 030 2",
        (3, "decides"): "no",
    }


def test_what_was_seen_goes_with_what_is_written(text):
    (edit,) = text.read(text.written.replace('"Berlin"', '"Ulm"'))
    assert edit == Edit(Spot("city"), "Ulm", was="Berlin")


def test_people_are_renamed_taken_off_and_added(text):
    renamed = edits(text, ('"Anna Berg"', '"Anna Lang"'))
    assert renamed == {(3, "name"): "Anna Lang"}
    head, _anna, ida = text.written.split("\n[[person]]\n")[:3]
    more = '[[person]]\nname = "Otto"\nphone = "1"\n[[person]]\nname = "Uwe"\n[[person]]\n'
    found = text.read(f"{head}\n{more}[[person]]\n{ida.partition('# To add a person')[0]}")
    said = {(e.spot.person, e.spot.name): e.text for e in found if e.text or e.was}
    assert said == {
        (NEW_PERSON, "name"): "Otto",
        (NEW_PERSON, "phone"): "1",
        (NEW_PERSON - 1, "name"): "Uwe",
        (3, "name"): "",
        (3, "decides"): "",
        (3, "phone"): "",
    }


def test_the_offer_of_one_more_can_be_taken(text):
    body, _, offer = text.written.partition("# To add a person")
    taken = "\n".join(line.removeprefix("# ") for line in offer.splitlines()[1:])
    assert text.read(body + taken) == ()
    (edit,) = text.read(body + taken.replace('name = ""', 'name = "Otto"'))
    assert edit == Edit(Spot("name", NEW_PERSON), "Otto", was="")


MISTAKES = [
    ('city = "Berlin"', "city = Berlin", "city =", "there is no value, or a text without"),
    ('city = "Berlin"', 'town = "Berlin"', "town", "there is no field “town”"),
    ('city = "Berlin"', 'citty = "x"', "citty", "did you mean city?"),
    ('city = "Berlin"', "city = true", "city = true", 'city takes a text in quotes: "…"'),
    ('city = "Berlin"', 'city = ["a"]', "city =", "city takes a text in quotes"),
    ('city = "Berlin"', "city = 2027-01-01T10:00:00", "city =", "city takes a text in quotes"),
    ('kind = ""', 'kind = "x"', "kind", "kind takes one of first-call"),
    ('name = "ACME"', 'name = ""', 'name = ""', "a dossier needs a name"),
    ('name = "ACME"\n', "", "# ACME", "a dossier needs a name"),
    ('renewal = ""', 'renewal = "july"', "renewal", "is a month"),
    ('ok = ""', "ok = 3", "ok", "ok takes yes or no: “3” is neither yes nor no"),
    ('ok = ""', 'okay = ""', "okay", "there is no field “okay”; did you mean ok?"),
    ("[fields]", "[field]", "[field]", "there is no field “field”"),
    ('phone = "030 1"', 'phone = "none"', 'phone = "none"', "“none” is not a number"),
    ("id = 3", "id = 9", "id = 9", "no person here has the id 9"),
    ("id = 4", "id = 3", None, "no person here has the id 3, or it is used twice"),
    ("id = 3", 'id = "3"', 'id = "3"', "no person here has the id 3"),
    ("id = 3", "id = true", "id = true", "no person here has the id True"),
    ("id = 3 # the person's id: leave it\nname = ", "id2 = 3\nname = ", "id2", "no field “id2”"),
    ('name = "Ida [red]"', 'name = "Ida"\nname = "x"', 'name = "x"', "person.1.name is there"),
]


@pytest.mark.parametrize(("old", "new", "where", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(text, old, new, where, said):
    assert old in text.written
    typed = text.written.replace(old, new, 1)
    with pytest.raises(Mistaken) as found:
        text.read(typed)
    first = next(m for m in found.value.mistakes if said in m.text)
    if where:
        assert where in typed.split("\n")[first.line - 1]
    assert f"line {found.value.mistakes[0].line}: " in found.value.sentence


def test_all_mistakes_are_said_at_once_above_the_text(text):
    typed = text.written.replace('kind = ""', 'kind = "x"').replace('ok = ""', 'ok = "x"')
    with pytest.raises(Mistaken, match="; and 1 more") as found:
        text.read(typed)
    again = with_mistakes(typed, found.value)
    first, second, *_ = lines = again.split("\n")
    for said, key in ((first, "kind"), (second, "ok")):
        assert said.startswith("#! line ")
        assert lines[int(said.split()[2].removesuffix(":")) - 1].startswith(f"{key} =")
    assert without_mistakes(again) == typed


def test_a_mistake_below_long_notes_is_found_soon():
    notes = "\n".join(f"[{n}] line = {n}" for n in range(6000))
    text = dossier([ANNA], notes=notes)
    with pytest.raises(Mistaken) as found:
        text.read(text.written.replace('"030 1"', '"none"'))
    assert found.value.mistakes[0].line > 6000


HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'\\\n\r\t#[]={}\x1b\x85")
    ),
    max_size=40,
)
TEXTS = st.one_of(HOSTILE, st.sampled_from(["[red]", '"""', "'''", "\\", "a\r\nb", "\u202e", ""]))


@given(TEXTS, TEXTS, st.dictionaries(HOSTILE.filter(bool), TEXTS, max_size=3), TEXTS)
@example("x" * 500, "y\n" * 50_000, {}, "")
@example("", "\"\"\"\n'''\n" * 10, {"a.b": "\\", '"': "'", "#! x": "[[person]]"}, "\x00")
@settings(deadline=None)
def test_what_is_written_is_read_back_exactly(line, notes, fields, person):
    text = dossier(
        [(3, {"name": person, "notes": line})],
        [free(name, value) for name, value in fields.items()],
        city=line, name=line, notes=notes,
    )  # fmt: skip
    read = tomllib.loads(text.written)
    assert (read["city"], read["notes"]) == (line, f"{notes}\n")
    assert read.get("fields", {}) == fields
    assert read["person"][0]["name"] == person
    assert text.read(text.written) == ()
    assert not any(letter in text.written for letter in "\x1b\x85\u2028\u202e\r\x00")


PIECES = [
    "[[person]]\n", "[fields]\n", "id = 3\n", "id = 4\n", '"""', "'''", "[", "]", "{", "}", "=",
    "\n", '"', "\\", "#", "9" * 5000, "[" * 500, "a.b = 1\n", "person = 3\n", "fields = 3\n",
    "notes = 1\n", "1979-05-27", "\x00", "\u202e", "name = ''\n", "phone = [1]\n", "[person]\n",
    "nan", "true", "",
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from(PIECES) | HOSTILE),
    min_size=1,
    max_size=6,
)


def mutated(changes):
    """Read a text with pieces of it torn out and others put in: edits, or one sentence."""
    text = dossier([ANNA, IDA], [free("renewal"), free("x", "1")], notes="a\nb")
    typed = text.written
    for place, length, piece in changes:
        start = place % (len(typed) + 1)
        typed = typed[:start] + piece + typed[start + length :]
    known = {field.spot for field in (*text.card, *text.people)}
    try:
        for edit in text.read(typed):
            assert edit.spot in known or edit.spot.is_new
    except TicklerError as error:
        assert isinstance(error, Mistaken)
        last = typed.count("\n") + 1
        assert all(1 <= mistake.line <= last for mistake in error.mistakes)


@given(CHANGES)
@settings(deadline=None)
def test_whatever_is_typed_ends_in_edits_or_in_one_sentence(changes):
    mutated(changes)


@pytest.mark.slow
@given(CHANGES)
@settings(deadline=None, max_examples=500)
def test_five_hundred_times_over(changes):
    mutated(changes)
