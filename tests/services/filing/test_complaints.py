"""A complaint is open from when it is written down until an outcome settles it."""

from datetime import date

import pytest

from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.dates.periods import Span, period_of
from tickler.core.filing.slips import SlipKind, SlipState
from tickler.errors import Ambiguous
from tickler.services import clients, filing, piles
from tickler.services.filing.log import Contact

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def bauer(add):
    return add("Bauer", "december")


def complain(desk, key, text="late delivery: crane came on Friday", outcome=None):
    said = Contact(text, kind=Kind.COMPLAINT, outcome=outcome, direction=Direction.IN)
    return desk.do(filing.log.log, key, said)


def waiting(desk, key):
    return desk.see(clients.read.by_id, key).complaints


def on_pile(desk):
    return [(due.row.name, due.slip.kind) for due in desk.see(piles.pile.todays).slips]


def test_a_complaint_is_open_with_a_day_by_which(desk, bauer):
    receipt = complain(desk, bauer)
    assert receipt.text == (
        "Bauer: incoming complaint, “late delivery: crane came on Friday”"
        " · open, to be answered by Tue 24 November 2026"
    )
    (before,), (after,) = receipt.before, receipt.after
    (slip,) = after.complaints
    assert (slip.kind, slip.due_on, slip.state) == (SlipKind.COMPLAINT, TUESDAY, SlipState.OPEN)
    assert after.next == before.next
    assert after.last_contact is not None
    (line,) = desk.see(clients.attached.entries, bauer, kinds={Kind.COMPLAINT})
    assert after.last_contact == line.at
    desk.do(filing.undo.undo)
    assert desk.see(clients.read.by_id, bauer) == before


def test_it_is_on_todays_pile_from_the_moment_it_came_and_before_other_slips(desk, bauer):
    desk.do(filing.slips.promise, bauer, "send offer", "today")
    complain(desk, bauer)
    assert on_pile(desk) == [("Bauer", SlipKind.COMPLAINT), ("Bauer", SlipKind.PROMISE)]
    assert desk.see(piles.pile.todays).groups[0].title == "slips 2, 1 complaint"


@pytest.mark.parametrize("hours", [24, 100])
def test_the_settings_say_within_how_many_hours(open_desk, hours):
    desk = open_desk(complaint_hours=hours)
    key = desk.do(filing.file.add, filing.file.NewDossier("Bauer")).after[0].id
    complain(desk, key)
    assert waiting(desk, key)[0].due_on == {24: TUESDAY, 100: date(2026, 11, 27)}[hours]


def test_a_line_of_that_kind_with_an_outcome_settles_it(desk, bauer):
    complain(desk, bauer, "crane broken")
    receipt = complain(desk, bauer, "sent a new one", Outcome.DONE)
    assert receipt.text.endswith("· settled: complaint “crane broken” by Tue 24 November 2026")
    assert receipt.after[0].complaints == ()
    assert on_pile(desk) == []


@pytest.mark.every(2)
@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.CALLBACK])
def test_a_try_leaves_it_open_and_opens_no_other(desk, bauer, outcome):
    complain(desk, bauer, "crane broken")
    receipt = complain(desk, bauer, "", outcome)
    assert "· still open: complaint “crane broken”" in receipt.text
    assert len(waiting(desk, bauer)) == 1


def test_a_complaint_that_is_settled_at_once_was_one(desk, bauer):
    assert complain(desk, bauer, "crane broken", Outcome.DONE).text.endswith("· settled at once")
    ((slip),) = desk.see(filing.slips.of_dossier, bauer)
    assert (slip.slip.kind, slip.slip.state) == (SlipKind.COMPLAINT, SlipState.KEPT)


def test_of_several_it_is_asked_which_one_is_settled(desk, bauer):
    complain(desk, bauer, "crane broken")
    complain(desk, bauer, "invoice wrong")
    with pytest.raises(Ambiguous, match="s1 “crane broken”, s2 “invoice wrong”"):
        complain(desk, bauer, "", Outcome.DONE)
    receipt = desk.do(filing.slips.tick, [2])
    assert receipt.text == "Bauer: settled “invoice wrong”"
    assert [slip.text for slip in waiting(desk, bauer)] == ["crane broken"]


def test_a_talk_about_anything_else_says_that_it_is_still_open(desk, bauer):
    complain(desk, bauer, "crane broken")
    receipt = desk.do(filing.log.log, bauer, Contact("wants paint", outcome=Outcome.REACHED))
    assert [(w.code, w.text) for w in receipt.warnings] == [
        ("open-complaint", "still open: complaint “crane broken” by Tue 24 November 2026")
    ]
    assert len(waiting(desk, bauer)) == 1


def test_closing_names_it_before_other_slips_and_it_stays_on_the_pile(desk, bauer):
    desk.do(filing.slips.promise, bauer, "send offer", "wed")
    complain(desk, bauer, "crane broken")
    receipt = desk.do(filing.file.close, bauer, Status.WON)
    assert [(w.code, w.text) for w in receipt.warnings] == [
        ("open-complaint", "left open: complaint “crane broken”"),
        ("open-slips", "left open: promise “send offer”"),
    ]
    assert on_pile(desk) == [("Bauer", SlipKind.COMPLAINT)]


def test_a_closed_client_can_complain(desk, bauer):
    desk.do(filing.file.close, bauer, Status.WON)
    complain(desk, bauer)
    assert on_pile(desk) == [("Bauer", SlipKind.COMPLAINT)]


def test_correcting_what_a_line_was_opens_and_drops_a_complaint(desk, bauer):
    desk.do(filing.log.log, bauer, Contact("crane broken", kind=Kind.NOTE))
    (line, *_) = desk.see(clients.attached.entries, bauer)
    receipt = desk.do(filing.correct.correct, line.id, Fix(kind="complaint"))
    assert receipt.text.endswith("· a complaint, to be answered by Tue 24 November 2026")
    assert [slip.text for slip in waiting(desk, bauer)] == ["crane broken"]
    receipt = desk.do(filing.correct.correct, line.id, Fix(kind="note"))
    assert receipt.text.endswith("· no complaint any more")
    assert waiting(desk, bauer) == ()


def test_the_history_at_a_glance_and_last_know_it(desk, bauer):
    complain(desk, bauer, "crane broken")
    complain(desk, bauer, "invoice wrong")
    desk.do(filing.slips.tick, [1])
    glance = desk.see(clients.summary.glance, bauer)
    assert (glance.contacts, glance.complained) == (2, "2 complaints, 1 open")
    row = desk.see(clients.read.by_id, bauer)
    assert row.last_contact == glance.last_at


def test_the_review_knows_what_came_is_open_and_was_settled_in_time(desk, bauer, clock):
    complain(desk, bauer, "late: crane came on Friday")
    complain(desk, bauer, "late: hoist, too")
    complain(desk, bauer, "invoice wrong")
    clock.now = clock.now.replace(day=24)
    desk.do(filing.slips.tick, [1])
    clock.now = clock.now.replace(day=25)
    desk.do(filing.slips.tick, [2])
    week = period_of(Span.WEEK, TUESDAY)

    def figures(period):
        found = desk.see(piles.review.of, period)
        return {line.name: (line.value, line.of) for line in found.lines if "compl" in line.name}

    assert figures(week) == {
        "complaints": (3, None), "complaints_open": (1, None), "complaints_in_time": (0.5, 2),
        "complaints: late": (2, None), "complaints: no cause named": (1, None),
    }  # fmt: skip
    # A day that is over stays as it was.
    monday = figures(period_of(Span.DAY, date(2026, 11, 23)))
    assert monday["complaints_open"] == (3, None)
    assert monday["complaints_in_time"] == (None, 0)
    desk.do(filing.slips.tick, [3])
    assert figures(period_of(Span.DAY, date(2026, 11, 23))) == monday


def test_a_complaint_is_a_contact_but_no_work_on_the_pile(desk, add, clock):
    key = add("Cramer", "tue")
    clock.now = clock.now.replace(day=24)
    complain(desk, key)
    review = desk.see(piles.review.running)
    (day,) = review.now.days
    assert (day.planned, day.done, day.open, day.contacts) == (1, 0, 1, 1)
    assert review.now.funnel[0] == 0
    assert not desk.see(clients.read.by_id, key).contacted


def test_correcting_what_a_complaint_says_corrects_its_slip(desk, bauer):
    complain(desk, bauer, "crane broken")
    (line, *_) = desk.see(clients.attached.entries, bauer)
    desk.do(filing.correct.correct, line.id, Fix(text="hoist broken"))
    assert [slip.text for slip in waiting(desk, bauer)] == ["hoist broken"]
    receipt = desk.do(filing.correct.correct, line.id, Fix(outcome="done"))
    assert receipt.text.endswith("· settled")
    assert waiting(desk, bauer) == ()
    desk.do(filing.undo.undo)
    assert len(waiting(desk, bauer)) == 1
