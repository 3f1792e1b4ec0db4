"""Fields of a rep's own: what each type takes, and how it is stored."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.client.custom_fields import FieldType, OwnField, OwnFields
from tickler.core.dates.context import DateOrder
from tickler.errors import Unreadable

OWN = OwnFields(
    (
        OwnField("note"),
        OwnField("seats", FieldType.NUMBER),
        OwnField("renewal", FieldType.DATE),
        OwnField("crane", FieldType.YES_NO),
        OwnField("class", FieldType.CHOICE, ("A", "Übrige", "no [red]")),
    ),
    today=date(2026, 11, 23),
)

STORED = [
    ("note", " as it is ", "as it is"),
    ("seats", "12", "12"),
    ("seats", " 1,50 ", "1.50"),
    ("seats", "-3.2", "-3.2"),
    ("seats", "+4", "4"),
    ("renewal", "2027-03-01", "2027-03-01"),
    ("renewal", "1.3.27", "2027-03-01"),
    ("renewal", "fri", "2026-11-27"),
    ("crane", "Ja", "yes"),
    ("crane", "NEIN", "no"),
    ("class", "a", "A"),
    ("class", "ubrige", "Übrige"),
    ("class", "NO [RED]", "no [red]"),
    ("not defined", "anything: 1.3.", "anything: 1.3."),
    *((name, "", "") for name in ("note", "seats", "renewal", "crane", "class")),
]

REFUSED = [
    ("seats", "many", "seats takes a number such as 12 or 12.5: “many” is not a number"),
    ("seats", "1.000", "has two readings: type 1000, or 1.0000"),
    ("seats", "٣", "a number"),
    ("seats", "1e9", "a number"),
    ("renewal", "July", "July is a month: give a day, as 15 July"),
    ("renewal", "fri 14:30", "a day alone is asked for, without a time"),
    ("renewal", "fri!", "without a time"),
    ("renewal", "7/5", "7/5"),
    ("renewal", "31.2.", "31"),
    ("crane", "perhaps", "crane takes yes or no"),
    ("class", "B", "“B” is none of A, Übrige, no [red]"),
]


@pytest.mark.parametrize(("name", "typed", "stored"), STORED)
def test_what_is_typed_is_stored_in_one_way(name, typed, stored):
    assert OWN.read(name, typed) == stored


@pytest.mark.parametrize(("name", "typed", "said"), REFUSED)
def test_what_a_type_does_not_take_is_said(name, typed, said):
    with pytest.raises(Unreadable) as refused:
        OWN.read(name, typed)
    assert said in refused.value.sentence


def test_a_date_is_read_in_the_order_that_is_set():
    mine = OwnFields(OWN.defined, OWN.today, order=DateOrder.MDY)
    assert mine.read("renewal", "7/5") == "2027-07-05"


@given(st.sampled_from(["seats", "renewal", "crane", "class"]), st.text(max_size=30))
def test_what_was_stored_is_stored_so_again(name, typed):
    try:
        stored = OWN.read(name, typed)
    except Unreadable as refused:
        assert refused.sentence
        return
    assert OWN.read(name, stored) == stored


def test_defined_fields_stand_first_in_their_order():
    values = {"x": "1", "crane": "yes", "seats": "3", "a": "2"}
    assert list(OWN.in_order(values).items()) == [
        ("seats", "3"), ("crane", "yes"), ("x", "1"), ("a", "2"),
    ]  # fmt: skip
