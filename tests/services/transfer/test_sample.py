"""The sample binder shows every kind of slot, and goes into an empty binder alone."""

from collections import Counter
from datetime import date, datetime

import pytest

from tickler.core.contact.kinds import Status
from tickler.core.filing.slips import SlipKind
from tickler.errors import Refused
from tickler.services import clients, filing, piles, transfer


@pytest.mark.every(3)
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 2, 28), date(2027, 1, 31)], ids=str)
def test_it_lies_in_every_kind_of_slot(desk, clock, day):
    clock.now = datetime(day.year, day.month, day.day, 8, 2)
    desk.do(transfer.sample.load)
    rows = desk.see(clients.read.rows)
    kinds = Counter(row.slot.partition(":")[0] for row in rows)
    assert kinds.keys() == {"overdue", "day", "month", "inbox", "later", "cabinet"}
    # What is overdue is today's work, too, and counted there.
    there = [view.count for view in desk.see(piles.pile.slots) if view.slot != "overdue"]
    assert sum(there) == len(rows) == 62
    sections = {group.section.value for group in desk.see(piles.pile.todays).groups}
    assert {"slips", "late", "rest", "needs a day"} <= sections


def test_it_is_whole(desk):
    desk.do(transfer.sample.load)
    acme = desk.see(clients.read.whole, desk.see(clients.find.the_one, "acme"))
    assert acme.row.slot == "day:23"
    assert [person.name for person in acme.row.people][:2] == ["Anna Berg", "Sabine Lang"]
    assert acme.row.people[0].decides is True
    assert acme.card.fields["Customer no."] == "10023"
    assert acme.row.phone == "+49 30 23125 101"
    assert [row.name for row in desk.see(clients.find.ring, "030 23125 117")] == ["ACME"]
    assert [
        (due.row.name, due.slip.kind, due.slip.text, due.slip.days_late)
        for due in desk.see(piles.pile.todays).slips
    ] == [
        ("Van den Eynde NV", SlipKind.PROMISE, "drawings of the rail", 2),
        ("Holm AB", SlipKind.PROMISE, "send offer", 0),
    ]
    for row in desk.see(clients.read.rows):
        entries = desk.see(clients.attached.entries, row.id)
        assert row.status in Status
        assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
        assert all(entry.at.date() <= desk.today() for entry in entries)


@pytest.mark.slow
def test_it_is_one_undo_step(desk):
    desk.do(transfer.sample.load)
    assert [line.action for line in desk.see(filing.undo.changes)] == ["demo"]
    desk.do(filing.undo.undo)
    assert desk.see(clients.listing.listed) == []
    desk.do(transfer.sample.load)


def test_it_goes_into_an_empty_binder_alone(desk, add):
    add("Gone")
    desk.do(filing.undo.undo)
    add("ACME")
    with pytest.raises(Refused, match="this binder is not empty"):
        desk.do(transfer.sample.load)
    assert [row.name for row in desk.see(clients.listing.listed)] == ["ACME"]
