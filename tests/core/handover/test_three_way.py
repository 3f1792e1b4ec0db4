"""What two changed copies of a row become."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.handover import three_way

FILED = {
    "name": "ACME", "folded": "acme", "ideal": "", "longest": "",
    "status": "open", "next_on": "2026-12-08", "next_month": None, "next_at": None,
    "next_half": None, "agreed": 0, "next_what": "", "slides": 0, "worked_on": None,
    "last_contact": None,
}  # fmt: skip

some = st.sampled_from(["", "a", "b", "c"])
cards = st.fixed_dictionaries({
    "id": st.just(1),
    "city": some,
    "fields": st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from("abc")).map(json.dumps),
})  # fmt: skip


def texts(row):
    return {"city": row["city"], **json.loads(row["fields"])}


@given(base=cards, theirs=cards, ours=cards)
def test_each_text_is_taken_kept_or_a_clash(base, theirs, ours):
    found = dict(ours)
    clashes = set()
    for each in three_way.changed("card", base, theirs, ours):
        if each.is_clash:
            clashes.add(each.part.label)
        else:
            found |= each.part.written(found, each.theirs)
    was, new, have, now = map(texts, (base, theirs, ours, found))
    for name in ("city", "x", "y"):
        before, there, here = (side.get(name, "") for side in (was, new, have))
        if there in (before, here):
            assert now.get(name, "") == here
        elif here == before:
            assert now.get(name, "") == there
        else:
            assert now.get(name, "") == here
            assert name in clashes
    assert clashes <= {"city", "x", "y"}


@pytest.mark.parametrize(
    ("there", "breaks"),
    [
        ({"next_on": "2026-12-14"}, True),
        ({"next_on": "2026-12-14", "agreed": 1}, False),
        ({"next_on": None, "agreed": 0, "status": "lost"}, False),
    ],
)
def test_an_agreed_date_is_broken_by_one_that_nobody_agreed_on(there, breaks):
    base = FILED | {"agreed": 1}
    (found,) = three_way.changed("dossier", base, FILED | there, base)
    assert three_way.breaks_agreed(found, "2026-12-01") is breaks
    assert not three_way.breaks_agreed(found, "2026-12-09")


@pytest.mark.parametrize(
    ("theirs", "ours", "filed", "slides"),
    [
        ({"slides": 2}, {}, False, {"slides": 2}),
        ({}, {"slides": 1}, False, {}),
        ({"slides": 2}, {"slides": 1}, False, {"slides": 2}),
        ({"slides": 1, "last_contact": "2026-12-09"}, {"slides": 3}, False, {"slides": 1}),
        ({"slides": 0}, {"slides": 3}, True, {"slides": 0}),
        ({"worked_on": "2026-12-09"}, {"worked_on": "2026-12-08"}, False,
         {"worked_on": "2026-12-09"}),
    ],
)  # fmt: skip
def test_slides_are_those_of_who_reached_the_client_last(theirs, ours, filed, slides):
    found = three_way.counted(FILED, FILED | theirs, FILED | ours, filed=filed)
    assert found == slides
