"""A pile through a filter, and sorted: what fits, what is hidden, and which order it has."""

from dataclasses import replace

import pytest

from tickler.core.contact.kinds import Kind
from tickler.core.filing.narrow import PileColumn, in_order, narrowed
from tickler.core.filing.pile import Section
from tickler.core.search import query
from tickler.services import filing, piles


@pytest.fixture
def view(desk, add):
    add("Bauer", "today", what="sample arrived?", kind=Kind.CALL)
    add("ACME", "today 9:30", what="price", kind=Kind.MEETING)
    add("Éder", "20.11.2026", what="price list", kind=Kind.OFFER)
    add("Cäsar", "today", kind=Kind.OFFER)
    desk.do(filing.slips.promise, 1, "send prices", "today")
    return desk.see(piles.pile.todays)


def shown(view):
    return [row.name for row in view.rows]


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("typed", "names", "slips"),
    [
        ("price", ["ACME", "Éder"], 1),
        ("eder", ["Éder"], 0),
        ("kind:offer", ["Éder", "Cäsar"], 0),
        ("kind:offer kind:meeting price", ["ACME", "Éder"], 0),
        ("caesar", ["Cäsar"], 0),
        ("nobody", [], 0),
        ("", ["ACME", "Éder", "Cäsar", "Bauer"], 1),
    ],
)
def test_what_fits_stays_and_the_rest_is_counted(view, typed, names, slips):
    part = narrowed(view, query.read(typed), None)
    assert sorted(shown(part)) == sorted(names)
    assert len(part.slips) == slips
    assert len(part.rows) + len(part.slips) + part.hidden == 5
    assert len(part.rows) + part.hidden_rows == 4  # as the head of the pile counts


def test_only_dossiers_that_other_filters_allow_fit(view):
    (key,) = [row.id for row in view.rows if row.name == "ACME"]
    part = narrowed(view, query.read("price"), {key})
    assert (shown(part), part.slips, part.hidden) == (["ACME"], [], 4)


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("column", "names"),
    [
        (PileColumn.NAME, ["ACME", "Bauer", "Cäsar", "Éder"]),
        (PileColumn.TIME, ["Éder", "ACME", "Bauer", "Cäsar"]),
        (PileColumn.KIND, ["Bauer", "ACME", "Cäsar", "Éder"]),
        (PileColumn.WHAT, ["ACME", "Éder", "Bauer", "Cäsar"]),
    ],
)
def test_what_is_to_be_worked_is_one_group_in_order(view, column, names):
    by = in_order(view, column)
    assert shown(by) == names
    assert [group.section for group in by.groups] == [Section.SORTED, Section.SLIPS]
    assert by.groups[0].title == f"by {column} ↑ 4"
    back = in_order(view, column, reverse=True)
    assert shown(back) == names[::-1]
    assert in_order(replace(view, groups=()), column).groups == ()
