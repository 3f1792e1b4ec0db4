"""Work through a pile: one dossier after another in full, and kind words at the end."""

from datetime import date, datetime

import pytest

from tickler.services import filing

TODAY = date(2026, 11, 23)
LATER_THAT_MORNING = datetime(2026, 11, 23, 8, 50)


@pytest.fixture
def another(rep, open_desk):
    """A second program at the same binder."""
    return open_desk(rep.desk.path, today=TODAY)


def dossier(rep):
    return rep.words("#dossier-name")


@pytest.mark.slow
async def test_the_next_is_in_hand_in_full_after_each(rep):
    # It begins with the dossier in hand.
    await rep.type_ahead("j", "j", "j", "j", "w")
    assert dossier(rep).startswith("Cäsar")
    assert "working 1 of 19" in rep.lines[0]
    await rep.press("w")
    assert "working" not in rep.screen
    assert rep.app.screen.query_one("#pile-pane").display
    await rep.type_ahead("home", "w")
    assert dossier(rep).startswith("ACME")
    assert not rep.app.screen.query_one("#pile-pane").display
    assert "working 1 of 21" in rep.lines[0]
    await rep.type_ahead("l", "n", "enter")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]
    await rep.type_ahead("m", "fri", "enter", "+")
    assert dossier(rep).startswith("Hallenbau")
    assert "working 4 of 21" in rep.lines[0]
    assert "3 done" not in rep.lines[0]
    # k takes up the one before, and j comes back.
    await rep.type_ahead("j", "j", "k")
    assert dossier(rep).startswith("Delta AG")
    assert "working 5 of 21" in rep.lines[0]
    await rep.press("k", "escape")
    assert "worked 3 of 21: 1 no answer, 2 moved on" in rep.screen
    assert "working" not in rep.lines[0]
    assert rep.app.screen.query_one("#pile-pane").display
    assert rep.in_hand == "Hallenbau Wittkopp GmbH"


@pytest.mark.slow
async def test_what_was_undone_or_filed_elsewhere_is_not_counted(rep, another):
    await rep.type_ahead("w", "l", "n", "enter", "u")
    assert dossier(rep).startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]
    await rep.type_ahead("+", "escape")
    assert "worked 1 of 21: 1 moved on" in rep.screen
    # The dossier put off is not met again.
    await rep.type_ahead("w", "z")
    assert dossier(rep).startswith("Cäsar")
    assert "working 2 of 20" in rep.lines[0]
    # What another terminal filed is passed over.
    another.do(filing.file.move, [rep.dossier("Hallenbau").id], "fri")
    await rep.type_ahead("l", "n", "enter")
    assert dossier(rep).startswith("Delta")


@pytest.mark.slow
async def test_at_the_end_it_sums_up(rep, clock):
    await rep.type_ahead("1", "7", "w")
    await rep.sees("nothing left to work on this pile")
    assert rep.app.screen.query_one("#pile-pane").display
    await rep.type_ahead("2", "7", "w")
    assert "working 1 of 7" in rep.lines[0]
    clock.now = LATER_THAT_MORNING
    await rep.type_ahead("l", "n", "enter", "l", "r", "ok", "enter", "thu", "enter")
    await rep.type_ahead("+", "enter", "c", "r", "j", "j")
    assert "working 7 of 7" in rep.lines[0]
    await rep.press("j")
    await rep.sees("Pile worked: 4 of 7 in 48 minutes.")
    assert "1 contacted, 1 no answer, 1 moved on, 1 closed" in rep.screen
    await rep.sees("Well done; 4 dossiers and 1 promise left on this pile.", within=2)
    await rep.press("enter")
    assert "Fri 27 November: 4" in rep.words("#pile-head")
    assert "working" not in rep.screen


@pytest.mark.slow
async def test_a_caller_or_a_new_dossier_in_between_does_not_disturb(rep):
    await rep.type_ahead("w", "l", "r", "a ", "ctrl+r", "gruber", "enter", "l", "n", "enter")
    assert rep.value("#said") == "a "
    await rep.type_ahead("b", "enter", "thu", "enter")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]
    # A new dossier put away leads back to the work.
    await rep.type_ahead("n", "X", "escape")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]
    assert not rep.app.screen.query_one("#pile-pane").display
    await rep.press("j")
    assert dossier(rep).startswith("Cäsar")
    # Turning to another insert ends it.
    await rep.type_ahead("+", "2", "7")
    assert "working" not in rep.lines[0]
