"""A day without a pile says what is next, what waits in the inbox, and how the day before was."""

from datetime import date, time

import pytest

from tickler.core.contact.kinds import Outcome
from tickler.core.filing.slots import NextContact
from tickler.services import filing, piles
from tickler.services.filing.log import Contact
from tickler.widgets.greeting import quiet_lines


@pytest.mark.slow
def test_a_quiet_day_says_what_is_next_what_waits_and_how_the_day_before_was(desk, add, open_desk):
    def seen(slot=None, at=desk):
        return at.see(piles.pile.binder, slot)

    def told(at=desk):
        view = seen(at=at)
        words = at.settings.date_words
        return [line.plain.strip() for line in quiet_lines(view.quiet, view.day, words)]

    assert seen().quiet is None
    add("Late", "4.12.", what="price")
    key = add("[Müller]", "4.12. 10:00", what="contract")
    add("Nowhere")
    up = seen().quiet.next
    assert (up.name, up.when) == ("[Müller]", NextContact(on=date(2026, 12, 4), at=time(10)))
    assert told() == [
        "Nothing is on today's pile.",
        "",
        "next      Fri 4 Dec 10:00 [Müller]  contract",
        "inbox     1 without a date  g i: the inbox",
        "last day  Fri 20 Nov: nothing done",
    ]
    # A slip comes first where it is earlier; another insert is not quiet.
    desk.do(filing.slips.add, key, None, "tour", "3.12. 9:00")
    assert seen().quiet.next.what == "tour"
    assert seen("inbox").quiet is None
    desk.do(filing.log.log, key, Contact(outcome=Outcome.REACHED), "")
    assert told()[0] == "Nothing is left for today."
    assert "today     1 done" in told()
    tomorrow = open_desk(desk.path, today=date(2026, 11, 24))
    assert told(tomorrow)[-1] == "yesterday Mon 23 Nov: 1 done"
    add("Today", "today")
    assert seen().quiet is None
