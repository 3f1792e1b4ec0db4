"""The clock was wrong: what lies ahead of it counts nowhere as done."""

from datetime import date, timedelta

import pytest

from tickler import services
from tickler.core.contact.kinds import Outcome
from tickler.services import clients, filing, piles
from tickler.services.filing.log import Contact

REACHED = Contact(outcome=Outcome.REACHED)
NEXT_YEAR = date(2027, 12, 1)


@pytest.fixture
def ahead(desk, open_desk):
    """The binder with the clock a year ahead."""
    return open_desk(desk.path, today=NEXT_YEAR)


def test_what_was_written_with_a_wrong_clock_counts_once_its_day_has_come(desk, ahead, add):
    key = add("ACME", "today 14:30", every="+6w")
    desk.do(filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER), regularly=False)
    ahead.do(filing.log.log, key, REACHED, regularly=False)
    row = desk.see(clients.read.by_id, key)
    assert (row.attempts, row.last_contact, row.contacted) == (1, None, False)
    assert desk.see(piles.pile.day).done == 1
    assert desk.see(clients.summary.glance, key).last_at is None
    assert ahead.see(clients.read.by_id, key).last_contact is not None


def test_it_hides_nothing_from_the_pile_or_the_reminders(desk, ahead, add):
    key = add("ACME", "today 14:30")
    ahead.do(filing.log.log, key, REACHED, regularly=False)
    assert desk.see(piles.pile.day).left == 1
    assert [each.name for each in desk.see(piles.reminders.appointments)] == ["ACME"]


def test_it_does_not_stop_a_rhythm(desk, ahead, add):
    key = add("ACME", "today", every="6w")
    ahead.do(filing.log.log, key, REACHED, regularly=False)
    done = desk.do(filing.log.log, key, REACHED)
    assert done.after[0].next.on == desk.today() + timedelta(weeks=6)
    assert desk.see(clients.read.by_id, key).contacted is False


def test_the_check_names_it(desk, ahead, add):
    key = add("ACME", "today")
    assert desk.see(services.doctor.ahead) == []
    ahead.do(filing.log.log, key, REACHED, regularly=False)
    (finding,) = desk.see(services.doctor.ahead)
    assert not finding.ok
    assert finding.text.startswith("1 line of history lies ahead: ")
    assert finding.text.endswith("of ACME, Wed 1 December 2027")
