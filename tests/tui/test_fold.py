"""Groups fold by name, from any of their rows."""

import pytest


@pytest.mark.slow
async def test_a_group_folds_from_one_of_its_rows_and_opens_again(rep):
    await rep.type_ahead("j", "j", "j")
    name = rep.in_hand.split()[0]
    shown = [row for row in rep.rows if row.endswith("▸")]
    await rep.press("ctrl+p", "fold", "enter")
    assert rep.in_hand is None
    assert len([row for row in rep.rows if row.endswith("▸") or "▸ ─" in row]) > len(shown)
    assert name not in rep.part("#pile")
    await rep.press("enter")
    assert name in rep.part("#pile")
    assert rep.in_hand is not None


@pytest.mark.slow
async def test_what_is_folded_opens_with_the_key_that_marks_and_is_not_marked_unseen(rep):
    await rep.type_ahead("j", "j", "j")
    name = rep.in_hand.split()[0]
    await rep.type_ahead("ctrl+p", "fold", "enter")
    assert name not in rep.part("#pile")
    await rep.press("space")
    assert name in rep.part("#pile")
    assert rep.in_hand is not None
    await rep.type_ahead("2", "7", "v", "enter", "V", "escape", "g", "t")
    await rep.type_ahead("ctrl+p", "fold", "enter", "ctrl+p", "mark all", "enter")
    assert "ACME" not in rep.part("#pile")
    keys = rep.app.screen.query_one("#pile").marked
    assert keys
    assert rep.dossier("ACME").id not in keys
