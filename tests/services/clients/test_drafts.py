"""Drafts outlive everything but filing, and undo does not know of them."""

import pytest

from tickler.core.views import DraftView
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier

HALF = DraftView({"said": "board said yes\nto two", "when": "thu 14:3"}, {"when": "fri"}, "when")


@pytest.fixture
def desk(desk):
    desk.do(filing.file.add, NewDossier("ACME"))
    return desk


def left(desk, key=1, form="log"):
    return desk.see(clients.drafts.of, key, form)


def test_a_draft_is_kept_as_it_was_typed(desk):
    desk.write_unjournaled(clients.drafts.keep, 1, "log", HALF)
    assert left(desk) == HALF
    assert desk.see(clients.read.by_id, 1).draft


def test_a_later_draft_takes_the_place_of_the_first_and_an_empty_one_is_none(desk):
    desk.write_unjournaled(clients.drafts.keep, 1, "log", HALF)
    later = DraftView({"said": "no, three"})
    desk.write_unjournaled(clients.drafts.keep, 1, "log", later)
    assert left(desk) == later
    desk.write_unjournaled(clients.drafts.keep, 1, "log", DraftView())
    assert not desk.see(clients.read.by_id, 1).draft
    assert not left(desk)


def test_each_form_keeps_its_own_also_where_it_is_about_no_dossier(desk):
    new = DraftView({"name": "Bauer"})
    desk.write_unjournaled(clients.drafts.keep, None, "new", new)
    assert not desk.see(clients.read.by_id, 1).draft
    for form in ("log", "move"):
        desk.write_unjournaled(clients.drafts.keep, 1, form, HALF)
    for _ in range(2):  # in the place of the first, though it has no dossier
        desk.write_unjournaled(clients.drafts.keep, None, "new", new)
    desk.write_unjournaled(clients.drafts.keep, 1, "log", DraftView())
    assert desk.see(clients.drafts.all_of, 1) == {"move": HALF}
    assert desk.see(clients.drafts.all_of, None) == {"new": new}


def test_undo_leaves_drafts_alone(desk):
    desk.write_unjournaled(clients.drafts.keep, 1, "log", HALF)
    assert [line.action for line in desk.see(filing.undo.changes)] == ["add"]
    desk.do(filing.undo.undo)
    desk.do(filing.undo.redo)
    assert left(desk) == HALF


def test_half_a_character_is_no_obstacle(desk):
    typed = DraftView({"said": "a\ud800b\0c"})
    desk.write_unjournaled(clients.drafts.keep, 1, "log", typed)
    assert left(desk).fields == {"said": "a�b�c"}
