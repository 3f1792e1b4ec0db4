"""`T`: what the day leaves open is carried over or answered, then tomorrow's page stands there."""

from datetime import date, datetime

import pytest

from tickler.core.planning.capacity import Capacity
from tickler.screens.dialogs.summary import SummaryScreen
from tickler.screens.evening import TurnScreen
from tickler.services import filing
from tickler.services.filing.file import NewDossier

TODAY = date(2026, 11, 23)


@pytest.fixture
def plain_desk(empty_desk):
    """Three dossiers today of which none is agreed, and one tomorrow at nine."""
    for name in ("Alder", "Birch", "Cedar [red]"):
        empty_desk.do(filing.file.add, NewDossier(name), "today")
    empty_desk.do(filing.file.add, NewDossier("Elm"), "tomorrow 9:00")
    return empty_desk


@pytest.fixture
async def plain(at_desk, plain_desk):
    async with at_desk(plain_desk) as rep:
        yield rep


def lines(rep):
    return [" ".join(line.split()) for line in rep.part("#lines").splitlines() if line.strip()]


def days(rep, *names):
    return [rep.dossier(name).next.on.day for name in names]


async def test_the_whole_evening_is_t_enter(plain):
    before = len(plain.changes)
    # It shows what is open before it is done.
    await plain.press("T")
    assert lines(plain)[0].startswith("carried over to Tue 24 Nov, unless answered")
    assert lines(plain)[1:] == [
        "Alder → Tue 24 Nov", "Birch → Tue 24 Nov", "Cedar [red] → Tue 24 Nov"
    ]  # fmt: skip
    assert plain.words("#about") == "Turn the page: Mon 23 Nov 3 to Tue 24 Nov, then 4 of 20"
    # A click on a line turns nothing.
    await plain.click("#lines", 3, 2)
    assert isinstance(plain.app.screen, TurnScreen)
    assert "Birch" in plain.words("#in-hand")
    await plain.press("escape")
    assert days(plain, "Alder", "Birch") == [23, 23]
    assert plain.in_hand == "Alder"
    await plain.type_ahead("T", "enter")
    assert days(plain, "Alder", "Birch", "Cedar") == [24, 24, 24]
    assert isinstance(plain.app.screen, SummaryScreen)
    await plain.sees("Tue 24 November: 4 of 20")
    await plain.sees("first 09:00 Elm")
    await plain.press("enter")
    assert plain.part("#pile").strip() == ""
    # A done day shows tomorrow's page at once.
    await plain.press("T")
    await plain.sees("The day is done.")
    await plain.press("escape")
    assert len(plain.changes) == before + 1
    await plain.type_ahead("u", "y")
    assert days(plain, "Alder", "Birch", "Cedar") == [23, 23, 23]
    await plain.press("U", "r")
    assert days(plain, "Alder", "Birch", "Cedar") == [24, 24, 24]


@pytest.mark.slow
async def test_what_is_agreed_needs_an_answer_first(rep):
    await rep.type_ahead("T", "G", "enter")
    assert isinstance(rep.app.screen, TurnScreen)
    assert rep.words("#about").endswith("5 need an answer")
    assert "✗ ACME needs an answer: m another day" in rep.words("#in-hand")
    assert days(rep, "ACME", "Gruber") == [23, 23]
    await rep.press("j")
    assert "✗" not in rep.words("#in-hand")
    # An answer is taken back, and what cannot be read is said.
    await rep.press("k", "x")
    assert rep.words("#about").endswith("4 need an answer")
    await rep.type_ahead("k", "x")
    assert rep.words("#about").endswith("5 need an answer")
    await rep.type_ahead("m", "someday", "enter")
    await rep.sees("✗ “someday”")
    assert rep.value("#to") == "someday"
    await rep.type_ahead("escape", "escape")
    assert not isinstance(rep.app.screen, TurnScreen)
    assert rep.dossier("ACME").next.on == TODAY
    # Each answer goes on to the next that needs one.
    await rep.type_ahead("T", "enter", "m", "fri 10:00")
    await rep.sees("ACME → Fri 27 Nov 10:00 · 8 of 19 · ● agreed")
    await rep.press("enter")
    await rep.sees("4 need an answer")
    assert lines(rep)[1].endswith("→ Fri 27 Nov 10:00")
    await rep.type_ahead("x", "d")
    # What is done is on the next page, and that is said.
    assert any(line.endswith("done · → Tue 24 Nov") for line in lines(rep))
    await rep.press("+")
    await rep.sees("1 needs an answer")
    await rep.type_ahead("2", "7", "enter", "enter")
    await rep.sees("The page is turned.")
    assert days(rep, "ACME", "Eder", "Cäsar", "Hallenbau", "Delta") == [27, 23, 24, 24, 27]
    assert rep.dossier("ACME").next.agreed
    assert rep.dossier("Gruber").next.on.day == 24


@pytest.mark.slow
async def test_a_next_day_that_is_too_full_is_spread_at_once(plain_desk, open_desk, at_desk):
    desk = open_desk(plain_desk.path, today=TODAY, capacity=Capacity(3))
    async with at_desk(desk) as rep:
        await rep.press("T")
        assert "then 4 of 3! · s spreads it" in rep.words("#about")
        await rep.press("s")
        assert rep.words("#about").startswith("Spread Tue 24 Nov · 4 of 3")
        await rep.press("escape")
        assert days(rep, "Alder", "Birch", "Cedar") == [24, 24, 24]
        await rep.type_ahead("T", "s", "enter")
        assert sorted(days(rep, "Alder", "Birch", "Cedar")) == [24, 24, 25]


@pytest.mark.slow
async def test_a_next_day_with_room_is_not_spread(plain):
    await plain.type_ahead("T", "s")
    assert "Tue 24 Nov is not too full" in plain.words("#in-hand")
    await plain.type_ahead("enter", "s")
    assert isinstance(plain.app.screen, SummaryScreen)


@pytest.mark.slow
async def test_one_that_needs_no_answer_has_one_and_what_changed_meanwhile_is_said(
    plain, open_desk
):
    await plain.type_ahead("T", "j", "x", "enter")
    assert days(plain, "Alder", "Birch", "Cedar") == [24, 23, 24]
    await plain.type_ahead("enter", "u", "y", "T")
    await plain.type_ahead("x", "escape")
    await plain.sees("✎ turn of the page (1 line) half done: T goes on")
    await plain.press("T")
    assert "stays here" in plain.screen
    # It is read again where another program has written, also while a caller is talked to.
    await plain.type_ahead("j", "m", "2", "ctrl+r", "elm", "enter")
    open_desk(plain.desk.path, today=TODAY).do(filing.file.move, [2], "fri")
    await plain.press("escape")
    await plain.sees("Birch is not here any more: “2” was for it")
    assert "stays here" in plain.screen
    await plain.press("enter")
    assert days(plain, "Alder", "Birch", "Cedar") == [23, 27, 24]


@pytest.mark.slow
async def test_slips_that_are_due_are_named_and_stay(plain_desk, at_desk):
    plain_desk.do(filing.slips.promise, 4, "send the offer", "today")
    async with at_desk(plain_desk) as rep:
        await rep.press("T")
        assert lines(rep)[-2].startswith("promises not done 1: they stay")
        assert lines(rep)[-1] == "▹ Elm promise send the offer"
        await rep.press("enter", "enter")
        assert "send the offer" in rep.part("#pile")


async def test_after_midnight_it_is_the_new_days_page(empty_desk, open_desk, at_desk, clock):
    desk = open_desk(empty_desk.path)
    desk.do(filing.file.add, NewDossier("Alder"), "today")
    async with at_desk(desk) as rep:
        clock.now = datetime(2026, 11, 24, 0, 5)
        await rep.sees("Tue 24 today")
        await rep.press("T")
        assert rep.words("#about") == "Turn the page: Tue 24 Nov 1 to Wed 25 Nov, then 1 of 20"


@pytest.mark.slow
async def test_it_fits_every_terminal(rep):
    await rep.type_ahead("T", "j", "x")
    for width, height in ((80, 24), (160, 45), (60, 18)):
        await rep.pilot.resize_terminal(width, height)
        await rep.press("G")
        assert rep.app.screen.size == (width, height)
        assert "Enter turn it" in rep.words("#keys")
        assert rep.part("#in-hand").strip()
