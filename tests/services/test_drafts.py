"""Drafts outlive everything but filing, and undo does not know of them."""

from tickler.core.contacts import Outcome
from tickler.services import dossiers, drafts, filing, history
from tickler.services.drafts import DraftView
from tickler.services.filing import NewDossier

HALF = DraftView("board said yes\nto two", "thu 14:3", Outcome.REACHED)


def test_a_draft_is_kept_as_it_was_typed(desk):
    desk.do(filing.add, NewDossier("ACME"))
    desk.jot(drafts.keep, 1, HALF)
    assert desk.see(drafts.of, 1) == HALF
    assert desk.see(dossiers.by_id, 1).draft


def test_a_later_draft_takes_the_place_of_the_first(desk):
    desk.do(filing.add, NewDossier("ACME"))
    desk.jot(drafts.keep, 1, HALF)
    desk.jot(drafts.keep, 1, DraftView("no, three"))
    assert desk.see(drafts.of, 1) == DraftView("no, three")


def test_an_emptied_draft_is_none(desk):
    desk.do(filing.add, NewDossier("ACME"))
    desk.jot(drafts.keep, 1, HALF)
    desk.jot(drafts.keep, 1, DraftView())
    assert not desk.see(dossiers.by_id, 1).draft
    assert desk.see(drafts.of, 1) == DraftView()


def test_undo_leaves_drafts_alone(desk):
    desk.do(filing.add, NewDossier("ACME"))
    desk.jot(drafts.keep, 1, HALF)
    assert [line.action for line in desk.see(history.changes)] == ["add"]
    desk.do(history.undo)
    desk.do(history.redo)
    assert desk.see(drafts.of, 1) == HALF


def test_half_a_character_is_no_obstacle(desk):
    desk.do(filing.add, NewDossier("ACME"))
    desk.jot(drafts.keep, 1, DraftView("a\ud800b\0c"))
    assert desk.see(drafts.of, 1).said == "a�b�c"
