"""The rail of the `dates` layout: a line a working day, that scrolls to what is looked at."""

import pytest

from tickler.core.filing.slots import Layout
from tickler.services import filing
from tickler.services.filing.file import NewDossier

from .conftest import TODAY


@pytest.fixture
def dated_desk(sample_desk, open_desk):
    sample_desk.do(filing.file.add, NewDossier("Dezember AG"), "28.12.2026")
    return open_desk(sample_desk.path, today=TODAY, layout=Layout.DATES)


@pytest.fixture
async def dated(at_desk, dated_desk):
    """A rep at the sample binder with dated inserts, 80×24."""
    async with at_desk(dated_desk) as rep:
        yield rep


def rail(rep):
    return rep.part("#rail").splitlines()


async def test_the_rail_has_a_line_a_working_day(dated):
    lines = rail(dated)
    assert lines[1].startswith("▶Mo 23 Nov")
    assert lines[1].endswith("█▎!   21")
    assert [line[1:10] for line in lines[5:8]] == ["Fr 27 Nov", "Mo 30 Nov", "Tu  1 Dec"]
    assert not any(" Sa " in line or " Su " in line for line in lines)
    assert "months" in lines[-6]
    assert lines[-1] == "inbox 3 later 1 cab 4"
    # Where something is on a day off, that has a line, too.
    dated.desk.do(filing.file.add, NewDossier("Messe"), "28.11.2026")
    await dated.sees(" Sa 28 Nov")


@pytest.mark.slow
async def test_two_dates_behind_one_month_are_two_piles_and_the_rail_scrolls_to_them(dated):
    assert "28 Dec" not in dated.part("#rail")
    await dated.type_ahead("2", "8")
    assert "Mon 28 December: 1 of 20" in dated.screen
    assert dated.in_hand == "Dezember AG"
    assert any(line.startswith("›Mo 28 Dec") for line in rail(dated))
    assert "▲" in rail(dated)[0]
    await dated.press(".")
    assert "Tue 29 December" in dated.screen
    assert dated.in_hand != "Dezember AG"
    await dated.press(",")
    assert dated.in_hand == "Dezember AG"
    await dated.type_ahead(*["."] * 4)
    assert "December: " in dated.part("#pile-head")
    await dated.press("g", "t")
    assert rail(dated)[1].startswith("▶Mo 23 Nov")
    # A number is the next date that has it.
    for typed, opens in (("7", "Mon 7 December"), ("24", "Tue 24 November"), ("22", "Tue 22 Dec")):
        await dated.type_ahead("g", "t", *typed)
        assert opens in dated.part("#pile-head")
    # Undo follows a moved dossier to its date.
    await dated.type_ahead("2", "8", "+")
    assert dated.dossier("Dezember AG").next.on.day == 29
    await dated.type_ahead("g", "t", "u")
    assert "Mon 28 December" in dated.screen
    assert dated.in_hand == "Dezember AG"


@pytest.mark.slow
async def test_a_typed_date_lights_its_insert_and_a_click_opens_one_or_types_it(dated):
    await dated.type_ahead("m", "28.12.")
    await dated.sees("→ Mon 28 Dec")
    assert any(line.startswith("→Mo 28 Dec") for line in rail(dated))
    await dated.type_ahead("ctrl+g", "ctrl+g")
    assert rail(dated)[1].startswith("▶Mo 23 Nov")
    await dated.click("#rail", 4, 8)
    assert "Wed 2 December" in dated.screen
    await dated.type_ahead("g", "t", "m")
    await dated.click("#rail", 4, 9)
    assert dated.value("#when") == "Thu 3 December 2026"
    await dated.press("escape")
    # The wheel shows later days.
    dated.app.screen.query_one("#rail").on_mouse_scroll_down()
    await dated.sees("▲ 3 before")
    assert rail(dated)[1].startswith(" Th 26 Nov")


@pytest.mark.slow
async def test_at_160_by_45_every_date_stands_with_its_capacity_and_first_time(at_desk, dated_desk):
    async with at_desk(dated_desk, (160, 45)) as rep:
        lines = rail(rep)
        assert lines[1].startswith("▶Mo 23 Nov ██████▎! 21/20 09:30")
        assert sum(" Dec" in line for line in lines) == 24
        assert lines[-1].startswith(" Nov 27")
        await rep.click("#rail", 4, 5)
        assert "Fri 27 November: 7 of 19" in rep.screen
