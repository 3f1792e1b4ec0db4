"""What a contact begins with: its kind, who may be spoken with, what was planned."""

import pytest

from tickler.core.client.fields import NEW_PERSON, Edit, Spot
from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.contact.log_line import Unclear
from tickler.services import clients, filing
from tickler.services.filing.log import Contact


@pytest.fixture
def acme(desk, add):
    key = add("ACME", "today", kind=Kind.MEETING, what="3 cranes")
    for name, decides in (("Uwe Martens", ""), ("Anna Berg", "yes"), ("Sabine Lang", "")):
        typed = {"name": name, "decides": decides}
        edits = [Edit(Spot(field, NEW_PERSON), text) for field, text in typed.items()]
        desk.do(clients.edit.edit, key, edits)
    return key


def test_a_contact_is_what_was_planned_unless_it_came_in_or_is_not_due_yet(desk, add, acme):
    start = desk.see(filing.log_start.begin, [acme])
    assert start.what == "3 cranes"
    assert (start.kinds[None], start.kinds[Outcome.NO_ANSWER]) == (Kind.MEETING, Kind.CALL)
    assert start.proposals[Outcome.NO_ANSWER].dates[0].startswith("+1b")
    assert desk.see(filing.log_start.begin, [acme], Direction.IN).kinds[None] is Kind.CALL
    ahead = add("Beck", "fri 9:00", kind=Kind.VISIT)
    assert desk.see(filing.log_start.begin, [ahead]).kinds[None] is Kind.CALL
    both = desk.see(filing.log_start.begin, [acme, ahead])
    assert (both.kinds[None], both.people, both.what) == (None, (), "")


def test_who_decides_comes_first_then_who_was_spoken_with_last(desk, acme):
    start = desk.see(filing.log_start.begin, [acme])
    assert start.decider == "Anna Berg"
    assert start.people == ("Anna Berg", "Uwe Martens", "Sabine Lang")
    spoken = Contact("price", outcome=Outcome.REACHED, person="Sabine Lang")
    desk.do(filing.log.log, acme, spoken)
    people = desk.see(filing.log_start.begin, [acme]).people
    assert people == ("Anna Berg", "Sabine Lang", "Uwe Martens")


def test_the_line_of_several_is_read_as_that_of_one_but_is_with_nobody(desk, add, acme):
    keys = [acme, add("Beck", "today")]
    read = filing.log.understood_of_several
    line = desk.see(read, keys, "reached fri 14:30 -- wants two")
    assert (line.outcome, line.typed, line.text) == (Outcome.REACHED, "fri 14:30", "wants two")
    assert desk.see(read, keys, "with Anna Berg: wants two").person == ""
    assert desk.see(read, [acme], "with Anna Berg: wants two").person == "Anna Berg"
    given = desk.see(read, keys, "email fri", given=[Kind.CALL], dated=True)
    assert (given.kind, given.typed, given.text) == (None, "", "email fri")
    with pytest.raises(Unclear):
        desk.see(read, keys, "reached June Carter buys")
