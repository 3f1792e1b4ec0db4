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


async def test_the_next_is_in_hand_in_full_after_each(rep):
    await rep.press("w")
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
    await rep.press("j")
    assert dossier(rep).startswith("Delta AG")


async def test_escape_ends_it_and_says_how_far_it_went(rep):
    await rep.type_ahead("w", "l", "n", "enter", "+", "escape")
    assert "worked 2 of 21: 1 no answer, 1 moved on" in rep.screen
    assert "working" not in rep.lines[0]
    assert rep.app.screen.query_one("#pile-pane").display
    assert rep.in_hand == "Cäsar GmbH"
    await rep.type_ahead("w", "w")
    assert "working" not in rep.screen
    assert rep.app.screen.query_one("#pile-pane").display


async def test_it_begins_with_the_dossier_in_hand(rep):
    await rep.type_ahead("j", "j", "j", "j", "w")
    assert dossier(rep).startswith("Cäsar")
    assert "working 1 of 19" in rep.lines[0]


async def test_the_dossier_put_off_is_not_met_again(rep):
    await rep.type_ahead("w", "z")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]


async def test_undone_it_is_in_hand_again_and_not_counted(rep):
    await rep.type_ahead("w", "l", "n", "enter", "u")
    assert dossier(rep).startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]
    await rep.type_ahead("+", "escape")
    assert "worked 1 of 21: 1 moved on" in rep.screen


async def test_what_another_terminal_filed_is_passed_over(rep, another):
    await rep.press("w")
    another.do(filing.file.move, [rep.dossier("Eder & Sohn").id], "fri")
    await rep.type_ahead("l", "n", "enter")
    assert dossier(rep).startswith("Cäsar")


async def test_at_the_end_it_sums_up(rep, clock):
    await rep.type_ahead("2", "7", "w")
    assert "working 1 of 7" in rep.lines[0]
    clock.now = LATER_THAT_MORNING
    await rep.type_ahead("l", "n", "enter", "l", "r", "fine", "enter", "thu", "enter")
    await rep.type_ahead("+", "c", "r", "j", "j")
    assert "working 7 of 7" in rep.lines[0]
    await rep.press("j")
    await rep.sees("Pile worked: 4 of 7 in 48 minutes.")
    assert "1 contacted, 1 no answer, 1 moved on, 1 closed" in rep.screen
    await rep.sees("Well done; 4 dossiers and 1 slip left on this pile.", within=2)
    await rep.press("enter")
    assert "Fri 27 November: 4" in rep.words("#pile-head")
    assert "working" not in rep.screen


async def test_an_empty_pile_says_so_kindly(rep):
    await rep.type_ahead("1", "7", "w")
    await rep.sees("nothing left to work on this pile")
    assert rep.app.screen.query_one("#pile-pane").display


async def test_a_new_dossier_put_away_leads_back_to_the_work(rep):
    await rep.type_ahead("w", "j", "n", "Xav", "escape", "escape")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]
    assert not rep.app.screen.query_one("#pile-pane").display
    await rep.press("j")
    assert dossier(rep).startswith("Cäsar")


async def test_turning_to_another_insert_ends_it(rep):
    await rep.type_ahead("w", "+", "2", "7")
    assert "working" not in rep.lines[0]


async def test_a_caller_in_between_does_not_disturb(rep):
    await rep.type_ahead("w", "l", "r", "half a ", "ctrl+r", "gruber", "enter", "l", "n", "enter")
    assert rep.value("#said") == "half a "
    await rep.type_ahead("thought", "enter", "thu", "enter")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]


async def test_k_takes_up_the_one_before_and_j_comes_back(rep):
    await rep.type_ahead("w", "j", "j", "k")
    assert dossier(rep).startswith("Eder & Sohn")
    assert "working 2 of 21" in rep.lines[0]
    await rep.press("j")
    assert dossier(rep).startswith("Cäsar")
