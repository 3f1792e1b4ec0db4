"""A working day on or back, and to the bottom of today's pile."""

from datetime import date, timedelta

import pytest

from tickler.core.contact.kinds import Status
from tickler.core.filing.pile import Section
from tickler.errors import Refused
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier

MONDAY = date(2026, 11, 23)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("typed", "days", "lands"),
    [
        ("today", 1, date(2026, 11, 24)),
        ("2026-11-10", 1, date(2026, 11, 24)),
        ("2026-11-27", 1, date(2026, 11, 30)),
        ("2026-11-30", -1, date(2026, 11, 27)),
        ("2026-11-24", -1, MONDAY),
        ("today", -1, MONDAY),
        ("2026-11-10", -1, MONDAY),
        ("", 1, date(2026, 11, 24)),
    ],
)
def test_a_working_day_on_counts_from_the_later_of_today_and_its_day(desk, typed, days, lands):
    desk.do(filing.file.add, NewDossier("ACME"), typed)
    desk.do(filing.file.step, [1], days)
    assert desk.see(clients.read.by_id, 1).next.on == lands


def test_stepping_on_from_today_is_a_slide_and_one_undo_step(desk):
    desk.do(filing.file.add, NewDossier("ACME"), "today 9:00")
    desk.do(filing.file.add, NewDossier("Bauer"), "fri")
    desk.do(filing.file.step, [1, 2], 1)
    assert [desk.see(clients.read.by_id, key).slides for key in (1, 2)] == [1, 0]
    desk.do(filing.undo.undo)
    assert [str(desk.see(clients.read.by_id, key).next.on) for key in (1, 2)] == [
        "2026-11-23",
        "2026-11-27",
    ]


def test_later_today_is_the_bottom_of_the_pile_without_a_slide(desk):
    for name in ("A", "B", "C"):
        desk.do(filing.file.add, NewDossier(name), "today")
    desk.do(filing.file.put_off, [1])
    desk.do(filing.file.put_off, [2])
    pile = desk.see(piles.pile.todays)
    assert [row.name for row in pile.rows] == ["C", "A", "B"]
    assert pile.groups[-1].section is Section.LATER
    assert {row.slides for row in pile.rows} == {0}
    desk.do(filing.undo.undo)
    assert [row.name for row in desk.see(piles.pile.todays).rows] == ["B", "C", "A"]


def test_what_was_put_off_is_not_put_off_tomorrow(desk, clock):
    desk.do(filing.file.add, NewDossier("A"), "today")
    desk.do(filing.file.put_off, [1])
    clock.now += timedelta(days=1)
    assert desk.see(piles.pile.todays).groups[0].section is Section.LATE


def test_what_is_filed_again_is_no_longer_put_off(desk):
    for name in ("A", "B"):
        desk.do(filing.file.add, NewDossier(name), "today")
    desk.do(filing.file.put_off, [1])
    desk.do(filing.file.move, [1], "today")
    assert desk.see(clients.read.by_id, 1).put_off is None
    assert [row.name for row in desk.see(piles.pile.todays).rows] == ["A", "B"]


def test_the_cabinet_is_refused(desk):
    desk.do(filing.file.add, NewDossier("A"), "today")
    desk.do(filing.file.close, 1, Status.WON)
    for action, words in ((filing.file.put_off, ([1],)), (filing.file.step, ([1], 1))):
        with pytest.raises(Refused, match="cabinet"):
            desk.do(action, *words)
