"""Drafts outlive everything but filing, and undo does not know of them."""

from tickler.core.contact.kinds import Outcome
from tickler.services import clients, filing
from tickler.services.clients.drafts import DraftView
from tickler.services.filing.file import NewDossier

HALF = DraftView("board said yes\nto two", "thu 14:3", Outcome.REACHED)


def test_a_draft_is_kept_as_it_was_typed(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    desk.write_unjournaled(clients.drafts.keep, 1, HALF)
    assert desk.see(clients.drafts.of, 1) == HALF
    assert desk.see(clients.read.by_id, 1).draft


def test_a_later_draft_takes_the_place_of_the_first(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    desk.write_unjournaled(clients.drafts.keep, 1, HALF)
    desk.write_unjournaled(clients.drafts.keep, 1, DraftView("no, three"))
    assert desk.see(clients.drafts.of, 1) == DraftView("no, three")


def test_an_emptied_draft_is_none(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    desk.write_unjournaled(clients.drafts.keep, 1, HALF)
    desk.write_unjournaled(clients.drafts.keep, 1, DraftView())
    assert not desk.see(clients.read.by_id, 1).draft
    assert desk.see(clients.drafts.of, 1) == DraftView()


def test_undo_leaves_drafts_alone(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    desk.write_unjournaled(clients.drafts.keep, 1, HALF)
    assert [line.action for line in desk.see(filing.undo.changes)] == ["add"]
    desk.do(filing.undo.undo)
    desk.do(filing.undo.redo)
    assert desk.see(clients.drafts.of, 1) == HALF


def test_half_a_character_is_no_obstacle(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    desk.write_unjournaled(clients.drafts.keep, 1, DraftView("a\ud800b\0c"))
    assert desk.see(clients.drafts.of, 1).said == "a�b�c"
