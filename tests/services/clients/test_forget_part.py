"""One person or one line of a history is erased for good; the rest of the client stays."""

import pytest
from sqlalchemy import text

from tests.services.clients.test_forget import left_in
from tickler.core.client.fields import Edit, Spot, without_person
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.views import DraftView
from tickler.errors import Ambiguous, Busy, NotFound, Refused
from tickler.services import clients, doctor, filing, piles
from tickler.services.filing.log import Contact


@pytest.fixture
def bauer(desk, add):
    key = add("Bauer", "fri", person="Quibbler Zyx", kind=Kind.CALL)
    person = desk.see(clients.read.by_id, key).people[0].id
    desk.do(clients.edit.edit, key, [Edit(Spot("phone", person), "030 7654321")])
    return key


def erase_line(desk, key, line):
    plan = desk.see(clients.forget_part.plan_line, key, line)
    return desk.write_unjournaled(clients.forget_part.forget_part, plan)


def erase_person(desk, key, who):
    plan = desk.see(clients.forget_part.plan_person, key, who)
    return desk.write_unjournaled(clients.forget_part.forget_part, plan)


def log(desk, key, *args, typed="", **said):
    desk.do(filing.log.log, key, Contact(*args, **said), typed)
    return desk.see(clients.attached.entries, key)[0].id


def is_sound(desk):
    return all(finding_.ok for finding_ in doctor.examine(desk.path, desk.settings))


def test_nothing_of_a_person_is_left_and_the_history_stays(desk, bauer):
    line = log(desk, bauer, "wants cranes", outcome=Outcome.REACHED, person="Quibbler Zyx")
    plan = desk.see(clients.forget_part.plan_person, bauer, "quibbler")
    assert plan.lines == (
        "erased for good, undo does not bring it back: Quibbler Zyx, of Bauer #1",
        "with it: 030 7654321",
        "1 contact with Quibbler Zyx stay, without the name",
    )
    receipt = erase_person(desk, bauer, "quibbler")
    assert receipt.text == "Bauer: Quibbler Zyx is forgotten, for good"
    desk.vacuum()
    assert left_in(desk.path, ("Quibbler", "7654321")) == []
    assert desk.see(clients.read.by_id, bauer).people == ()
    (entry, *_) = desk.see(clients.attached.entries, bauer)
    assert (entry.id, entry.text, entry.person) == (line, "wants cranes", "")
    assert desk.see(clients.search.find, "quibbler") == []
    assert is_sound(desk)


def test_nor_in_what_a_line_said_before_it_was_corrected(desk, bauer):
    line = log(desk, bauer, "wants cranes", person="Quibbler Zyx")
    desk.do(filing.correct.correct, line, Fix(person="none"))
    desk.do(filing.undo.undo)
    desk.do(filing.correct.correct, line, Fix(person="none"))
    erase_person(desk, bauer, "quibbler")
    desk.vacuum()
    assert left_in(desk.path, ("Quibbler",)) == []
    assert is_sound(desk)


def test_where_a_person_is_still_named_is_said(desk, bauer):
    line = log(desk, bauer, "Quibbler Zyx is on leave")
    desk.do(filing.slips.promise, bauer, "call Quibbler Zyx", "fri")
    lines = desk.see(clients.forget_part.plan_person, bauer, "quibbler").lines
    still = [each for each in lines if each.startswith("still named")]
    assert still == [
        "still named in lines of the history, to be forgotten by their numbers: "
        f"{line}, {line + 1}",
        "still named in slips: promise “call Quibbler Zyx”",
    ]


def test_other_dossiers_that_name_a_person_are_named(desk, bauer, add):
    log(desk, add("ACME"), "Quibbler Zyx of Bauer sent us")
    log(desk, add("Eder"), "Quibbler sent us")
    *_, told = desk.see(clients.forget_part.plan_person, bauer, "quibbler").lines
    assert told == "mentioned in other dossiers, which stay: ACME #2 (call)"


def test_a_person_who_was_taken_off_can_be_forgotten(desk, bauer):
    person = desk.see(clients.read.by_id, bauer).people[0]
    desk.do(clients.edit.edit, bauer, [without_person(person.id, person.name)])
    erase_person(desk, bauer, "Quibbler Zyx")
    desk.vacuum()
    assert left_in(desk.path, ("Quibbler", "7654321")) == []
    with pytest.raises(NotFound, match="who is “quibbler”"):
        desk.see(clients.forget_part.plan_person, bauer, "quibbler")


def test_of_two_who_may_be_meant_it_is_asked(desk, bauer):
    desk.do(clients.edit.edit, bauer, [Edit(Spot("name", 0), "Quibbler Abc")])
    with pytest.raises(Ambiguous, match="who is “quibbler”"):
        desk.see(clients.forget_part.plan_person, bauer, "quibbler")


def test_nor_in_what_is_half_typed_over_it(desk, bauer):
    keep = clients.drafts.keep
    line = log(desk, bauer, "wants the Pelikan")
    correction = DraftView({"text": "wants two"}, {"text": "wants the Pelikan"})
    desk.write_unjournaled(keep, bauer, f"correct {line}", correction)
    desk.write_unjournaled(keep, bauer, "people", DraftView({"name 1": "Zyx"}))
    desk.write_unjournaled(keep, bauer, "log", DraftView({"person": "Quibbler Zyx"}))
    other = DraftView({"when": "fri"})
    desk.write_unjournaled(keep, bauer, "move", other)
    erase_line(desk, bauer, line)
    assert desk.see(clients.drafts.all_of, bauer).keys() == {"people", "log", "move"}
    erase_person(desk, bauer, "quibbler")
    assert desk.see(clients.drafts.all_of, bauer) == {"move": other}
    desk.vacuum()
    assert left_in(desk.path, ("Pelikan", "Quibbler")) == []


def test_nothing_of_a_line_is_left_and_it_counts_no_more(desk, bauer):
    log(desk, bauer, "rang out", outcome=Outcome.NO_ANSWER)
    line = log(desk, bauer, "wants the Pelikan", outcome=Outcome.REACHED, minutes=5)
    desk.do(filing.correct.correct, line, Fix(text="wants the Flamingo"))
    plan = desk.see(clients.forget_part.plan_line, bauer, line)
    assert plan.lines[1:] == (
        "Mon 23 Nov 2026 08:02 call, reached, “wants the Flamingo”",
        "with it: 1 correction",
        "counted no more: in the client's contacts, and in the figures of that day",
    )
    assert erase_line(desk, bauer, line).text == f"Bauer: line {line} is forgotten, for good"
    desk.vacuum()
    assert left_in(desk.path, ("Pelikan", "Flamingo")) == []
    row = desk.see(clients.read.by_id, bauer)
    assert (row.attempts, row.last_contact) == (1, None)
    assert desk.see(piles.review.running).now.contacts == 0
    assert desk.see(clients.search.find, "flamingo") == []
    assert line not in [entry.id for entry in desk.see(clients.attached.entries, bauer)]
    assert is_sound(desk)


def test_of_a_line_that_filed_the_dossier_the_filing_stays(desk, bauer):
    line = log(desk, bauer, "wants the Pelikan", outcome=Outcome.REACHED, typed="mon")
    assert desk.see(clients.forget_part.plan_line, bauer, line).lines[-1] == (
        "what stays: where it was filed, Mon 2026-11-30"
    )
    erase_line(desk, bauer, line)
    (entry, *_) = desk.see(clients.attached.entries, bauer)
    assert (entry.kind, entry.outcome, entry.text) == (Kind.FILED, None, "")
    assert (entry.filed_from, entry.filed_to) == ("2026-11-27", "2026-11-30")
    assert desk.see(clients.read.by_id, bauer).next.on.isoformat() == "2026-11-30"


def test_a_complaint_goes_with_its_slip_and_what_was_done_with_that(desk, bauer):
    line = log(desk, bauer, "late: Pelikan", kind=Kind.COMPLAINT)
    desk.do(filing.slips.tick, [1])
    erase_line(desk, bauer, line)
    desk.vacuum()
    assert left_in(desk.path, ("Pelikan",)) == []
    assert desk.see(filing.slips.of_dossier, bauer) == []


def test_it_cannot_be_taken_back_and_undo_says_that_it_goes_past_it(desk, bauer, add):
    add("Cramer", "mon")
    line = log(desk, bauer, "wants the Pelikan")
    erase_line(desk, bauer, line)
    receipt = desk.do(filing.undo.undo)
    assert receipt.text == "undone: added Cramer → Mon 30 November 2026"
    assert [w.code for w in receipt.warnings] == ["past-forgotten"]
    change = next(c for c in desk.see(filing.undo.changes) if "Pelikan" not in c.summary).number
    with pytest.raises(Refused):
        desk.do(filing.undo.undo, change)
    # What is done after it is taken back as always.
    desk.do(filing.file.move, [bauer], "tue")
    assert desk.do(filing.undo.undo).warnings == ()


def test_a_line_that_was_changed_since_it_was_shown_is_not_forgotten(desk, bauer):
    line = log(desk, bauer, "wants the Pelikan")
    plan = desk.see(clients.forget_part.plan_line, bauer, line)
    desk.do(filing.correct.correct, line, Fix(text="wants the Flamingo"))
    with pytest.raises(Busy):
        desk.write_unjournaled(clients.forget_part.forget_part, plan)
    count = desk.see(
        lambda work: work.connection.execute(text("SELECT count(*) FROM change")).scalar()
    )
    assert count == len(desk.see(filing.undo.changes))


def test_a_line_of_another_client_is_none_of_this_one(desk, bauer, add):
    cramer = add("Cramer", "mon")
    line = log(desk, cramer, "x")
    with pytest.raises(NotFound, match=f"Bauer has no line {line}"):
        desk.see(clients.forget_part.plan_line, bauer, line)
