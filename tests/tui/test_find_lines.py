"""The lines of a hit: when it is due, and where the words are as far as that says something."""

from datetime import date

import pytest

from tickler.core.contact.kinds import Status
from tickler.core.dates.language import ENGLISH
from tickler.core.views import Found, Passage
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.widgets.find_lines import due, hit_text

TODAY = date(2026, 11, 23)


@pytest.fixture
def row(desk):
    """A dossier with this date, as find has it."""

    def make(when="", **more):
        done = desk.do(filing.file.add, NewDossier("Holm AB", **more), when)
        return desk.see(clients.read.by_id, done.after[0].id)

    return make


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1.12.", "Tue 1 Dec"),
        ("fri 14:30", "Fri 27 Nov 14:30"),
        ("january", "January 2027"),
        ("", "inbox"),
    ],
)
def test_it_says_when_a_dossier_is_due(row, typed, shown):
    assert due(row(typed), ENGLISH) == shown


def test_it_says_how_late_and_how_it_ended(desk, row, clock):
    holm = row("tomorrow")
    clock.now = clock.now.replace(day=26)
    assert due(desk.see(clients.read.by_id, holm.id), ENGLISH) == "2d late"
    desk.do(filing.file.close, holm.id, Status.LOST)
    assert due(desk.see(clients.read.by_id, holm.id), ENGLISH) == "lost"


def lines(row, passage, width=70):
    return hit_text(Found(row, passage), ENGLISH, width).plain.splitlines()


def test_what_fits_is_on_the_line_and_a_name_needs_no_word(row):
    holm = row("fri")
    assert [line.split() for line in lines(holm, Passage("tag", "crane", ((0, 5),)))] == [
        ["Holm", "AB", "Fri", "27", "Nov", "tag:", "crane"]
    ]
    assert len(lines(holm, Passage("name", "Holm AB", ((0, 4),)))) == 1
    assert len(lines(holm, None)) == 1


def test_a_longer_text_is_below_and_a_person_is_cut(row):
    holm = row("fri")
    said = "wants five per cent, and the board meets on Friday"
    _, second = lines(holm, Passage("call", said, ((29, 34),)))
    assert second == f"  call: {said}"
    (only,) = lines(holm, Passage("person", "Anna Berg, Head of Purchasing", ((0, 4),)))
    assert only.endswith("Anna Berg, Head of…")
    assert len(lines(holm, Passage("person", "Anna Berg, Head of Purchasing", ((19, 28),)))) == 2
