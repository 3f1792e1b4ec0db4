"""The weeks ahead on the screen, the days off by their names, and the hours of a day."""

import pytest

from tests.tui.conftest import settled
from tickler.core.filing.slots import Layout
from tickler.core.planning.capacity import Capacity, Unit
from tickler.services import filing
from tickler.services.filing.file import NewDossier


@pytest.fixture
def in_hours(sample_desk, open_desk):
    """The sample binder of a rep in Berlin who works six hours a day, four of them on Fridays."""
    capacity = Capacity(360, Unit.MINUTES, {4: 240})
    today = sample_desk.today()
    return lambda **more: open_desk(
        sample_desk.path,
        **{"today": today, "country": "DE", "region": "BE", "capacity": capacity} | more,
    )


@pytest.mark.slow
async def test_l_shows_the_weeks_ahead_and_what_lies_on_the_day(rep):
    await rep.press("g", "o")
    assert "Load  the next 4 weeks: " in rep.lines[0]
    assert "1 day too full!" in rep.lines[0]
    assert "Mon 23 November · 21 of 20  ! over capacity" in rep.screen
    assert "W48 Nov" in rep.screen
    await rep.type_ahead("right", "right", "right", "right")
    assert "Fri 27 November · 7 of 19" in rep.screen
    assert "09:00 ● Maschinenfabrik Overkamm" in rep.screen
    await rep.type_ahead("down", "left")
    assert "Thu 3 December" in rep.screen
    await rep.press("escape")
    assert rep.in_hand == "ACME"
    assert len(rep.changes) == 1
    # The cursor stays within what is shown, and Enter turns to the insert of its day.
    await rep.type_ahead("g", "o", "left", "up")
    assert "Mon 23 November" in rep.screen
    await rep.type_ahead(*["right"] * 30, "down")
    assert "Fri 18 December" in rep.screen
    await rep.type_ahead("escape", "g", "o", *["right"] * 4, "enter")
    assert "Fri 27 November: 7 of 19" in rep.screen
    assert rep.in_hand == "Maschinenfabrik Overkamm"


@pytest.mark.slow
async def test_enter_turns_to_the_month_of_a_day_without_an_insert(at_desk, sample_desk):
    sample_desk.do(filing.file.add, NewDossier("Far away"), "2027-01-13")
    async with at_desk(sample_desk, (160, 45)) as rep:
        await rep.type_ahead("g", "o", *["down"] * 7, "right", "right")
        assert "Wed 13 January · 1 of 20" in rep.screen
        await rep.press("enter")
        assert rep.in_hand == "Far away"


@pytest.mark.every(2)
@pytest.mark.parametrize("layout", Layout)
async def test_enter_turns_to_a_day_off(at_desk, in_hours, layout):
    desk = in_hours(layout=layout)
    desk.do(filing.absences.add, "wed")
    async with at_desk(desk) as rep:
        await rep.type_ahead("g", "o", "right", "right", "enter")
        assert "Wed 25 November: 2! · away" in rep.screen


@pytest.mark.slow
async def test_a_writes_an_absence_down_and_x_takes_it_away(rep):
    await rep.type_ahead("g", "o", "a", "nonsense", "enter", "enter")
    assert "✗ “nonsense” is not a date" in rep.screen
    assert rep.value("#to") == "nonsense"
    # Put away it is resumed, and thrown away when that is said twice.
    await rep.type_ahead("escape", "a", "x")
    assert rep.value("#why") == "x"
    assert rep.value("#to") == "nonsense"
    await rep.type_ahead("ctrl+g", "ctrl+g", "escape")
    assert len(rep.changes) == 1
    await rep.type_ahead("g", "o", "right", "right", "right", "a")
    assert rep.value("#from") == "2026-11-26"
    await rep.type_ahead("mon")
    await rep.sees("→ Thu 26 Nov – Mon 30 Nov · 3 working days")
    await rep.sees("dossiers are on those days")
    await rep.type_ahead("enter", "fair [red]", "enter")
    assert rep.changes[0].startswith("away Thu 26 November 2026 – Mon 30 November 2026")
    assert "✓ away Thu 26 November 2026" in rep.screen
    assert "⚠ agreed, timed or promised then: " in rep.screen
    assert rep.words("#off") == "off 26–30 Nov fair [red]"
    await rep.press("right")
    assert "Fri 27 November · 7 · fair [red]" in rep.screen
    await rep.press("x")
    assert rep.changes[0].startswith("not away Thu 26 November 2026")
    assert "7 of 19" in rep.screen
    await rep.press("x")
    assert "no absence is written down for this day" in rep.screen
    await rep.type_ahead("escape", "u")
    assert rep.changes[0].startswith("not away")
    assert "fair" in rep.desk.see(filing.absences.listed)[0].why
    # The binder knows at once.
    await rep.type_ahead("g", "o", "right", "a", "enter", "dentist", "enter", "escape", ".")
    assert "Tue 24 November: 3! · dentist" in rep.screen


async def test_hours_stand_in_header_head_and_rail_where_there_is_room(at_desk, in_hours):
    async with at_desk(in_hours(), (160, 45)) as rep:
        assert rep.lines[0].endswith("21 left!")
        assert "Mon 23 today: 21, 9:30 of 6:00 h!" in rep.screen
        rail = rep.part("#rail")
        assert "24 Tu ██▍   ▏  2:20/6:00 10:00" in rail
        assert "27 Fr ███████! 5:00/3:00 09:00" in rail
        await rep.pilot.resize_terminal(80, 24)
        await settled(rep.pilot)
        rail = rep.part("#rail")
        assert "27 Fr  !7" in rail
        assert "▶23 Mo !21" in rail


@pytest.mark.every(2)
@pytest.mark.parametrize("layout", Layout)
async def test_a_day_off_is_named_on_rail_and_pile_and_header(at_desk, in_hours, clock, layout):
    desk = in_hours(today=None, layout=layout)
    clock.now = clock.now.replace(month=12, day=25)
    desk.do(filing.file.add, NewDossier("ACME 2"), "28.12.")
    desk.do(filing.absences.add, "28.12.", "", "skiing [red] far away in the mountains")
    async with at_desk(desk, (160, 45)) as rep:
        assert "Christmas Day" in rep.lines[0]
        head = next(row for row in rep.lines if " today: " in row)
        assert " · Christmas Day" in head
        rail = rep.part("#rail")
        assert "skiing [red]" in rail
        assert all(len(row) <= 31 for row in rail.splitlines())
