"""What holds of every form and size: the mark of the field that has the keys."""

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from tests.tui.conftest import settled

#: Keys that open a form, and how many fields Tab goes through.
FORMS = [(["m"], 3), (["n"], 4), (["enter", "p"], 2), (["enter", "e"], 3), (["l"], 4)]


@pytest.mark.slow
@pytest.mark.every(2)
@pytest.mark.parametrize("colour", ["colour", "no colour"])
async def test_the_field_that_has_the_keys_has_a_mark(at_desk, sample_desk, monkeypatch, colour):
    if colour == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_desk(sample_desk) as rep:
        for keys, fields in FORMS:
            await rep.press(*keys)
            for _ in range(fields):
                field = rep.app.focused
                marked = [n for n, line in enumerate(rep.lines) if "▌" in line]
                assert marked == [*range(field.region.y, field.region.bottom)], rep.screen
                before = rep.lines[field.region.y][: field.region.x + 1]
                assert before.rpartition("│")[2].startswith(("▌", " ")), before
                rep.send("down" if keys[-1] == "e" else "tab")
                await rep.press()
            await rep.press("escape")


@pytest.mark.slow
async def test_no_example_in_an_empty_field_is_cut_at_80_columns(at_desk, sample_desk):
    async with at_desk(sample_desk) as rep:
        for keys in (*(keys for keys, _ in FORMS), ["i"], ["ctrl+e"], ["enter", "c"]):
            await rep.press(*keys)
            fields = [field for field in rep.app.screen.query(Input) if field.region]
            assert fields
            for field in fields:
                assert cell_len(str(field.placeholder)) <= field.content_size.width, field
            await rep.press("escape")


@pytest.mark.slow
async def test_where_there_is_no_room_it_says_so_and_all_is_there_again_with_room(
    at_desk, sample_desk
):
    async with at_desk(sample_desk) as rep:
        await rep.type_ahead("l", "r", "board said")
        whole = rep.form
        changes = rep.changes
        for size in ((59, 24), (80, 17), (20, 6), (5, 3)):
            await rep.pilot.resize_terminal(*size)
            await settled(rep.pilot)
            assert "put away" not in rep.screen
            if size > (30, 2):
                assert f"Too small: {size[0]} × {size[1]}." in rep.screen
                assert "60 × 18 are needed" in rep.screen
            await rep.type_ahead("x", "enter", "escape")
        await rep.pilot.resize_terminal(80, 24)
        await settled(rep.pilot)
        assert rep.form == whole, rep.screen
        assert rep.changes == changes
        # Nor is a dialog shown in pieces, or one that was closed meanwhile.
        await rep.press("escape", "?")
        await rep.pilot.resize_terminal(40, 10)
        await rep.sees("Too small: 40 × 10")
        await rep.pilot.resize_terminal(60, 18)
        await settled(rep.pilot)
        assert "Too small" not in rep.screen
        await rep.press("escape")
        assert rep.in_hand == "ACME"
        assert all(len(line) <= 60 for line in rep.lines)
