"""What holds of every form and size: the mark of the field that has the keys."""

import pytest

#: Keys that open a form, and how many fields Tab goes through.
FORMS = [(["m"], 3), (["n"], 4), (["enter", "p"], 2), (["enter", "e"], 3), (["l"], 4)]


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
