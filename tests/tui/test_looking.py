"""The pile through a filter that is typed, and sorted by a click on its head."""

import pytest

from tickler.services import piles


async def test_a_filter_narrows_the_pile_as_it_is_typed_and_says_what_it_hides(rep):
    whole = len(rep.rows)
    await rep.type_ahead("\\", "seg")
    assert rep.value("#filter-text") == "seg"
    await rep.type_ahead("ment:A")
    shown = [row for row in rep.rows if row]
    assert 0 < len(shown) < whole
    assert "of 2" in rep.part("#filter")
    assert "Esc: all" in rep.part("#filter")
    await rep.press("escape")
    assert rep.part("#filter") == ""
    assert len(rep.rows) == whole


@pytest.mark.slow
async def test_what_a_filter_hides_is_neither_marked_nor_worked_and_who_is_found_ends_it(rep):
    whole = len(rep.rows)
    # A letter is a letter there; on the rows it is a key again.
    await rep.type_ahead("\\", "segment:A", "x", "backspace", "enter", "l")
    assert "log" in rep.form
    await rep.press("escape")
    held = rep.in_hand
    # What is marked or worked is what is seen; spreading asks about the rest.
    await rep.type_ahead("enter", "V", "s")
    assert "The filter hides" in rep.words("Confirm Vertical")
    await rep.press("n")
    marked = rep.app.screen.pile.marked
    assert 0 < len(marked) < 20
    await rep.press("escape", "w")
    assert f"of {len(marked)}" in rep.lines[0]
    await rep.press("escape", "escape")
    assert rep.part("#filter") == ""
    assert len(rep.rows) == whole
    # A fault is said, and nothing is hidden by it.
    await rep.type_ahead("\\", "tagg:x")
    assert "there is no filter “tagg”" in rep.words("#filter")
    assert held in rep.part("#pile")
    await rep.press("escape")
    # Who is found and hidden ends the filter.
    await rep.type_ahead("\\", "bauer", "enter", "f", "ACME", "enter")
    assert (rep.in_hand, rep.part("#filter")) == ("ACME", "")


@pytest.mark.slow
async def test_a_click_on_the_head_sorts_again_reverses_and_a_third_ends_it(rep):
    before = rep.rows
    await rep.click("#pile-head", 12, 0)
    assert rep.rows[0].startswith("by name ↑")
    names = [row.name for row in rep.app.screen.view.pile.rows]
    await rep.click("#pile-head", 12, 0)
    assert rep.rows[0].startswith("by name ↓")
    assert names[0] != rep.app.screen.view.pile.rows[0].name
    await rep.click("#pile-head", 12, 0)
    assert rep.rows == before
    await rep.click("#pile-head", 2, 0)
    assert rep.rows[0].startswith("by time ↑")
    await rep.type_ahead("ctrl+p", "sort", "enter", "1")
    assert rep.rows == before
    # Behind a form it sorts nothing.
    await rep.press("n")
    await rep.click("#pile-head", 12, 0)
    assert rep.rows[0] == before[0]


@pytest.mark.slow
async def test_what_is_filed_from_a_filtered_pile_leaves_it_and_the_whole_is_as_read_again(rep):
    for keys in (
        ("\\", "Cäsar", "enter", "l", "r", "ok", "enter", "fri", "enter"),
        ("escape", "+", "z", "u", "2", "7", "-", "g", "t", "home", "m", "thu", "enter"),
        ("\\", "a", "enter", "j", "+", "u", "u", "escape"),
    ):
        await rep.type_ahead(*keys)
        whole = rep.app.screen.dock.looking.whole
        slot = None if rep.app.screen.at_today else whole.pile.slot
        assert whole == rep.desk.see(piles.pile.binder, slot)
        assert "Cäsar GmbH" not in rep.part("#pile")
