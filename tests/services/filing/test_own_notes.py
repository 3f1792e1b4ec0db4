"""Notes of the rep's own: filed, logged and found as a dossier, and in no figure of clients."""

from datetime import timedelta

import pytest

from tickler.core.client.fields import NEW_PERSON, Edit, Spot
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.errors import Refused, Unreadable
from tickler.formats.lists.clients import ClientRow, ClientTable
from tickler.services import clients, filing, piles, transfer
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact


@pytest.fixture
def report(desk):
    done = desk.do(filing.file.add, NewDossier("Monthly report", is_note=True), "today")
    return done.after[0].id


def test_it_lies_on_its_day_and_takes_none_of_it(desk, add, report):
    add("ACME", "today")
    day = desk.see(piles.pile.day)
    assert (day.left, day.load) == (2, 1)
    pile = desk.see(piles.pile.todays)
    assert [(row.name, row.is_note) for row in pile.rows] == [
        ("ACME", False), ("Monthly report", True)
    ]  # fmt: skip
    assert pile.load(day.measure) == 1
    insert = next(each for each in desk.see(piles.pile.slots) if each.date == day.today)
    assert (insert.count, insert.load) == (2, 1)


def test_what_is_written_on_it_is_in_no_figure(desk, report):
    before = desk.see(piles.review.running).now
    desk.do(filing.log.log, report, Contact("numbers are in", outcome=Outcome.DONE), "+1m")
    desk.do(filing.log.log, report, Contact("and checked"))
    kinds = {entry.text: entry.kind for entry in desk.see(clients.read.whole, report).entries}
    assert kinds == {"and checked": Kind.NOTE, "numbers are in": Kind.OTHER}
    assert desk.see(piles.review.running).now == before
    day = desk.see(piles.pile.day)
    assert (day.done, day.capacity) == (0, 20)


def test_closing_it_is_no_result_either(desk, report):
    before = desk.see(piles.review.running).now
    desk.do(filing.file.close, report, Status.RESTING)
    assert desk.see(piles.review.running).now == before
    assert desk.see(piles.pile.day).done == 0


def test_its_day_was_not_planned_for_a_client(desk, add, clock, report):
    add("ACME", "tomorrow")
    desk.do(filing.file.move, [report], "tomorrow")
    clock.now += timedelta(days=2)
    desk.do(filing.log.log, report, Contact("sent", outcome=Outcome.DONE), "+1m")
    day = desk.see(piles.review.of, desk.see(piles.review.asked, "yesterday")).now.days[0]
    assert day.planned == 1
    assert len(desk.see(piles.past_pile.pile_of, day.day).stood) == 2


@pytest.mark.every(2)
@pytest.mark.parametrize(
    "client", [{"phone": "1234567"}, {"email": "a@b.example"}, {"person": "Anna"}, {"segment": "A"}]
)
def test_it_has_nothing_that_only_a_client_has(desk, client):
    with pytest.raises(Unreadable, match="belongs to no client"):
        desk.do(filing.file.add, NewDossier("Report", is_note=True, **client))


def test_what_needs_a_client_is_refused(desk, add, report):
    acme = add("ACME")
    for act, *args in (
        (filing.slips.promise, report, "the figures", "fri"),
        (filing.log.log, report, Contact("too late", kind=Kind.COMPLAINT)),
        (clients.merge.plan, acme, report),
    ):
        with pytest.raises(Refused, match="Monthly report is a note of your own"):
            desk.do(act, *args)
    with pytest.raises(Refused, match="there is nobody to contact"):
        desk.do(filing.file.move, [report], "fri", kind=Kind.CALL)
    desk.do(filing.slips.add, report, None, "the draft", "wed")


def test_it_stays_a_note_wherever_it_is_filed(desk, report):
    desk.do(filing.file.move, [report], "fri", what="with charts")
    desk.do(filing.file.close, report, Status.RESTING)
    desk.do(filing.file.reopen, report, "mon")
    row = desk.see(clients.read.by_id, report)
    assert (row.is_note, row.what, row.next.on.day) == (True, "with charts", 30)


def test_no_list_of_clients_has_it(desk, add, report):
    add("Monthly Report GmbH")
    table = ClientTable((ClientRow(line=2, name="Monthly report"),))
    assert desk.do(transfer.import_list.import_clients, table).added == 1
    found = [(pair.first[1], pair.second[1]) for pair in desk.see(clients.duplicates.doubles)]
    assert found == [("Monthly Report GmbH", "Monthly report")]  # the client of the list


def test_nobody_waits_for_it(desk, clock, report):
    desk.do(clients.edit.edit, report, [Edit(Spot("longest"), "2w")])
    clock.now += timedelta(days=400)
    assert desk.see(clients.read.by_id, report).contact_due is None


def test_it_has_no_people_and_shares_no_card(desk, add, report):
    acme = add("ACME", "today")
    for one, other in ((report, acme), (acme, report)):
        with pytest.raises(Refused, match="Monthly report is a note of your own"):
            desk.do(clients.link.link, one, other)
    with pytest.raises(Refused, match="it has no people"):
        desk.do(clients.edit.edit, report, [Edit(Spot("name", NEW_PERSON), "Ines")])
    desk.do(clients.edit.edit, report, [Edit(Spot("tags"), "office")])
