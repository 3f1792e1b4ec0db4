"""How full today is, the first morning after days away, and a number copied."""

from datetime import date, datetime

import pytest

from tests.tui.conftest import settled
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact


@pytest.fixture
def back_on_friday(sample_desk, open_desk, clock):
    """The sample binder, laid down on Monday and not opened before Friday."""
    clock.now = datetime(2026, 11, 27, 7, 58)
    return open_desk(sample_desk.path)


@pytest.mark.slow
async def test_what_is_done_and_left_is_held_against_the_days_capacity(at_desk, sample_desk):
    key = sample_desk.see(clients.find.the_one, "ACME")
    sample_desk.do(filing.log.log, key, Contact(text="called"), "fri")
    async with at_desk(sample_desk) as rep:
        assert rep.lines[0].endswith(" 1 done · 20 left!")
        assert rep.style_at("20 left!").bold
        sample_desk.do(filing.file.step, [rep.dossier("Eder").id], 1)
        await rep.sees("1 done · 19 left")
        assert rep.lines[0].endswith("19 left")


async def test_a_day_off_has_no_capacity_to_be_over(at_desk, sample_desk, open_desk, clock):
    clock.now = datetime(2026, 11, 28, 9, 0)
    async with at_desk(open_desk(sample_desk.path)) as rep:
        assert rep.lines[0].endswith(" left")


@pytest.mark.slow
async def test_after_days_away_it_says_so_first_until_something_is_done(at_desk, back_on_friday):
    async with at_desk(back_on_friday, (160, 45)) as rep:
        for size in ((160, 45), (80, 24)):
            await rep.pilot.resize_terminal(*size)
            await settled(rep.pilot)
            said = "3 days away: "
            assert said in rep.screen
            late = next(row for row in rep.rows if row.startswith("late ")).split(" ─")[0].strip()
            count = late.removeprefix("late ").split(",")[0]
            assert f"{said}{count} late, 6 of them agreed" in rep.screen
            assert "s spreads · w works through · v marks" in rep.screen
            assert said in rep.lines[1]
            # The rail keeps every line it has.
            assert "27 Fr" in rep.part("#rail")
            assert size[1] > 24 or "inbox 3 later" in rep.part("#rail")
        await rep.press(".")
        assert "days away" not in rep.screen
        await rep.press("g", "t")
        assert "3 days away" in rep.screen
        await rep.press("+")
        assert "days away" not in rep.screen


@pytest.mark.slow
async def test_y_copies_the_number_of_who_decides_else_the_clients_own(at_desk, sample_desk):
    new = NewDossier("Aaron", phone="030 1234")
    sample_desk.do(filing.file.add, new, "today 7:40")
    sample_desk.do(filing.file.add, NewDossier("Aaron [x]"), "today 7:30")
    before = len(sample_desk.see(filing.undo.changes))
    async with at_desk(sample_desk) as rep:
        assert "y copy" not in rep.part("#dossier")
        await rep.press("y")
        assert "Aaron [x] has no number" in rep.lines[-1]
        assert rep.app.clipboard == ""
        # It is a letter while a form is open.
        await rep.type_ahead("m", "y")
        assert rep.value("#when") == "y"
        assert rep.app.clipboard == ""
        await rep.type_ahead("escape", "j")
        assert rep.in_hand == "Aaron"
        assert "030 1234  y copy" in rep.screen
        await rep.press("y")
        assert rep.app.clipboard == "030 1234"
        await rep.press("j")
        assert "+49 30 23125 117  y copy" in rep.part("#dossier")
        await rep.press("y", "enter")
        assert rep.app.clipboard == "+49 30 23125 117"
        assert "copied +49 30 23125 117" in rep.lines[-1]
        assert len(rep.changes) == before


@pytest.mark.slow
async def test_a_rehearsed_day_is_that_of_the_header_and_of_what_is_done(
    at_desk, empty_desk, open_desk
):
    empty_desk.do(filing.file.add, NewDossier("ACME"), "24.12.2026")
    eve = open_desk(empty_desk.path, today=date(2026, 12, 24))
    async with at_desk(eve) as rep:
        assert "Th 24 Dec 08:02" in rep.lines[0]
        await rep.press("+")
        moved = eve.see(filing.undo.changes)[0]
        assert f"{moved.at.astimezone():%Y-%m-%d %H:%M}" == "2026-12-24 08:02"
        assert rep.dossier("ACME").next.on == date(2026, 12, 25)
