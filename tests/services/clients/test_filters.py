"""Filters in place of a name, and in a list."""

import pytest

from tickler.core.client import fields
from tickler.core.contact.kinds import Kind, Status
from tickler.errors import Ambiguous, NotFound, TicklerError, Unreadable
from tickler.services import clients, filing


@pytest.fixture
def some(desk, add):
    """Five clients in the binder, and one in the cabinet."""
    places = {
        "Alpha": ("A", "Köln", ("crane",)),
        "Beta": ("B", "Köln-Deutz", ("crane", "board")),
        "Gamma": ("a", "Bad Homburg", ()),
        "Delta": ("", "Koeln", ()),
        "Epsilon": ("A", "Kölnberg", ()),
    }
    for name, (segment, city, tags) in places.items():
        key = add(name, "fri", segment=segment, tags=tags)
        desk.do(clients.edit.edit, key, [fields.Edit(fields.Spot("city"), city)])
    desk.do(filing.file.close, add("Zeta", segment="A"), Status.WON)
    desk.do(filing.log.log, 1, filing.log.Contact("offer sent", kind=Kind.OFFER))


LISTED = [
    ("segment:A", ["Alpha", "Epsilon", "Gamma", "Zeta"]),
    ("segment:A status:open", ["Alpha", "Epsilon", "Gamma"]),
    ("status:won", ["Zeta"]),
    ("status:closed", ["Zeta"]),
    ("city:köln", ["Alpha", "Beta", "Delta"]),
    ("city:koeln segment:b", ["Beta"]),
    ('city:"Bad Homburg"', ["Gamma"]),
    ("tag:crane", ["Alpha", "Beta"]),
    ("tag:crane tag:board", ["Beta"]),
    ("kind:offer", ["Alpha"]),
    ("slot:27 alp", ["Alpha"]),
    ("owner:rep segment:b", ["Beta"]),
    ("neglected:", []),
    ("neglected:no segment:b", ["Beta"]),
]


@pytest.mark.every(3)
@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(("typed", "names"), LISTED)
def test_a_list_by_filters(desk, typed, names):
    assert [row.name for row in desk.see(clients.listing.listed, typed)] == names


@pytest.mark.every(4)
@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(("typed", "names"), [each for each in LISTED if "alp" not in each[0]])
def test_find_takes_the_same_filters(desk, typed, names):
    assert sorted(found.row.name for found in desk.see(clients.search.find, typed)) == names


@pytest.mark.usefixtures("some")
def test_filters_in_place_of_a_name_mean_open_dossiers(desk):
    assert desk.see(clients.filters.meant, "segment:A") == [1, 5, 3]
    assert desk.see(clients.filters.meant, "alpha") is None
    assert desk.see(clients.filters.meant, "neglected:") == []


@pytest.mark.every(3)
@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("sement:A", Unreadable, "did you mean segment:?"),
        ("segment:A alpha", Unreadable, "“alpha” is not a filter"),
        ("tag: crane", Unreadable, "“tag:” has no value: type it right after the colon"),
        ("Ort: Linz", Unreadable, "“Ort:” has no value"),
        ("status:won", Unreadable, "only open dossiers are meant here"),
        ("owner:nobody", NotFound, "there is no rep “nobody” here; known: Rep"),
        ("slot:nowhere", Unreadable, "there is no slot “nowhere”"),
    ],
)
def test_what_is_no_filter_is_refused(desk, typed, error, said):
    with pytest.raises(error) as refused:
        desk.see(clients.filters.meant, typed)
    assert said in refused.value.sentence


@pytest.mark.usefixtures("some")
def test_a_list_does_not_take_a_filter_without_its_value_for_a_text(desk):
    with pytest.raises(Unreadable, match="“city:” has no value"):
        desk.see(clients.listing.listed, "city: Linz")


def test_a_dossier_that_is_called_like_a_filter(desk, add):
    add("tag:crane")
    add("Re:Bau")
    with pytest.raises(Ambiguous) as told:
        desk.see(clients.filters.meant, "tag:crane")
    assert [each.id for each in told.value.candidates] == [1]
    assert desk.see(clients.filters.meant, "re:bau") is None


@pytest.mark.usefixtures("some")
def test_what_filters_mean_is_spread(desk):
    desk.do(filing.file.move, [1], "2026-11-19")
    plan = desk.see(filing.spread.plan, "tag:crane")
    assert [line.row.name for line in plan.lines] == ["Alpha"]
    nothing = desk.see(filing.spread.plan, "tag:board")
    assert nothing.empty == "nothing of tag:board is late or without a day"
    with pytest.raises(TicklerError, match="there is no filter"):
        desk.see(filing.spread.plan, "tga:crane")
