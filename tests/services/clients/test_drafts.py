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


def test_what_is_done_with_has_no_draft_and_a_day_that_is_over_none_that_is_shown(desk):
    keep, all_of = clients.drafts.keep, clients.drafts.all_of
    for text, done in (("offer", filing.slips.tick), ("drawing", filing.slips.drop)):
        slip = desk.do(filing.slips.promise, 1, text, "fri").after[0].slips[0].id
        desk.write_unjournaled(keep, 1, f"postpone {slip}", HALF)
        desk.write_unjournaled(keep, 1, f"postpone {slip + 1}", HALF)
        desk.do(done, [slip])
        assert desk.see(all_of, 1) == {f"postpone {slip + 1}": HALF}
    for day in ("2026-11-22", "2026-11-23"):
        desk.write_unjournaled(keep, None, f"spread {day}", HALF)
    assert desk.see(all_of, None) == {"spread 2026-11-23": HALF}
