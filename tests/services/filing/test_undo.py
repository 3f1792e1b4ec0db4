"""Undo and redo as the rep meets them: what was undone, of whom, and where it lies now."""

import pytest

from tickler.core.contact.kinds import Outcome
from tickler.errors import Busy, Refused
from tickler.services import clients, filing
from tickler.services.filing.log import Contact


def test_undo_says_what_of_whom_and_where_it_lies(desk, add):
    key = add("ACME", "today")
    desk.do(filing.file.move, [key], "fri")
    receipt = desk.do(filing.undo.undo)
    assert receipt.text == "undone: ACME → Fri 27 November 2026"
    assert (receipt.action, receipt.change) == ("undo", 3)
    assert [row.slot for row in receipt.before] == ["day:27"]
    assert [row.slot for row in receipt.after] == ["day:23"]
    again = desk.do(filing.undo.redo)
    assert again.text == "done again: ACME → Fri 27 November 2026"
    assert [row.slot for row in again.after] == ["day:27"]


def test_undo_of_a_new_dossier_takes_it_away(desk, add):
    add("ACME", "today", person="Anna", tags=("x",))
    receipt = desk.do(filing.undo.undo)
    assert [row.name for row in receipt.before] == ["ACME"]
    assert receipt.after == ()
    assert [row.people[0].name for row in desk.do(filing.undo.redo).after] == ["Anna"]


def test_undo_of_a_contact_takes_all_of_it_back(desk, add):
    key = add("ACME", "today")
    before = desk.see(clients.read.whole, key)
    desk.do(filing.log.log, key, Contact("x", outcome=Outcome.REACHED), "fri 14:30", what="offer")
    desk.do(filing.undo.undo)
    assert desk.see(clients.read.whole, key) == before


def test_undo_goes_on_after_a_restart_and_from_another_desk(desk, add, open_desk):
    key = add("ACME", "today")
    desk.do(filing.file.move, [key], "fri")
    desk.close()
    other = open_desk()
    assert other.see(filing.undo.next_undo).summary == "ACME → Fri 27 November 2026"
    other.do(filing.undo.undo)
    assert desk.do(filing.undo.redo).after[0].slot == "day:27"


def test_nothing_to_undo_or_redo_is_said(desk, add):
    for question in (filing.undo.next_undo, filing.undo.next_redo):
        with pytest.raises(Refused, match="nothing to"):
            desk.see(question)
    add("ACME")
    desk.do(filing.undo.undo)
    with pytest.raises(Refused, match="nothing to undo"):
        desk.do(filing.undo.undo)
    assert len(desk.see(filing.undo.changes)) == 1


def test_an_undo_takes_back_what_was_seen_or_nothing(desk, add, open_desk):
    key = add("ACME", "today")
    seen = desk.see(filing.undo.next_undo).number
    open_desk().do(filing.file.move, [key], "fri")
    with pytest.raises(Busy, match="nothing was undone here"):
        desk.do(filing.undo.undo, seen=seen)
    assert desk.see(clients.read.by_id, key).slot == "day:27"
    desk.do(filing.undo.undo, seen=seen + 1)
    assert desk.see(clients.read.by_id, key).slot == "day:23"


def test_how_many_dossiers_an_undo_would_touch_is_known_before(desk, add):
    keys = [add(f"Client {n}", "today") for n in range(3)]
    desk.do(filing.file.move, keys, "fri")
    assert desk.see(filing.undo.next_undo).dossiers == 3
    assert len(desk.do(filing.undo.undo).after) == 3


def test_an_undo_counts_by_action_and_not_by_line(desk, add):
    """Undo, redo and undo again are links of one chain: `changes` shows the action once."""
    key = add("ACME", "today")
    desk.do(filing.file.move, [key], "fri")
    for _ in range(3):
        desk.do(filing.undo.undo)
        desk.do(filing.undo.redo)
    assert [(line.number, line.undone) for line in desk.see(filing.undo.changes)] == [
        (2, False), (1, False),
    ]  # fmt: skip
    assert desk.see(filing.undo.changes, most=1)[0].number == 2


def test_one_action_further_back_is_undone_alone(desk, add):
    acme, bauer = add("ACME", "today"), add("Bauer", "today")
    desk.do(filing.file.move, [acme], "fri")
    desk.do(filing.file.move, [bauer], "fri")
    receipt = desk.do(filing.undo.undo, 3)
    assert [row.name for row in receipt.after] == ["ACME"]
    assert [desk.see(clients.read.by_id, key).slot for key in (acme, bauer)] == ["day:23", "day:27"]
    assert desk.see(filing.undo.next_redo).number == 3
