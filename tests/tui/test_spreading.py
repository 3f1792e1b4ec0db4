"""`s`: a proposal for the insert that is turned to, each line changeable, done in one step."""

import itertools
from datetime import date, datetime

import pytest

from tickler.core.filing.slots import INBOX
from tickler.core.planning.capacity import Capacity
from tickler.core.views import DraftView
from tickler.screens.spread import SpreadScreen
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier

TODAY = date(2026, 11, 23)


@pytest.fixture
def small_desk(empty_desk, open_desk):
    """Three contacts a day fit; five lie on today, two have no day in December."""
    desk = open_desk(empty_desk.path, today=TODAY, capacity=Capacity(3))
    for name in ("Alder", "Birch", "Cedar", "Dogwood"):
        desk.do(filing.file.add, NewDossier(name), "today")
    desk.do(filing.file.add, NewDossier("Elm"), "today!")
    for name in ("Hazel", "Ivy"):
        desk.do(filing.file.add, NewDossier(name), "dec")
    return desk


@pytest.fixture
async def small(at_desk, small_desk):
    async with at_desk(small_desk) as rep:
        yield rep


def lines(rep):
    return [" ".join(line.split()) for line in rep.part("#lines").splitlines() if line.strip()]


def under(rep, head):
    """The lines between this head and the next."""
    found = iter(lines(rep))
    next(line for line in found if line.startswith(head))
    return [*itertools.takewhile(lambda line: not line.startswith(("→", "stays")), found)]


def day(rep, name):
    return rep.dossier(name).next.on.day


async def test_too_much_today_is_proposed_other_days_and_done_in_one_step(small):
    assert "today: 5 of 3! · s spreads" in small.words("#pile-head")
    await small.press("s")
    assert small.words("#keys").endswith("Esc")
    head, *names = lines(small)
    assert head.startswith("→ Tue 24 Nov 2 ─") and head.endswith("─ then 2 of 3")
    assert names[:2] == ["Alder", "Birch"]
    assert names[-1] == "Elm agreed"
    assert small.words("#about").startswith("Spread Mon 23 Nov · 5 of 3")
    assert small.words("#about").endswith("2 dossiers spread over 1 day")
    bars = small.words("#days")
    assert "5 → 3 of 3" in bars
    assert "0 → 2 of 3" in bars
    assert [day(small, name) for name in ("Alder", "Birch")] == [23, 23]
    # A click takes a line in hand and does no more.
    await small.click("#lines", 8, 2)
    assert isinstance(small.app.screen, SpreadScreen)
    assert small.words("#in-hand").startswith("Birch")
    assert day(small, "Birch") == 23
    await small.press("enter")
    assert [day(small, name) for name in ("Alder", "Birch", "Cedar")] == [24, 24, 23]
    assert "✓ 2 dossiers spread over 1 day" in small.words("#status")
    assert small.in_hand == "Cedar"
    await small.type_ahead("u", "y")
    assert [day(small, name) for name in ("Alder", "Birch")] == [23, 23]
    await small.press("U", "r")
    assert [day(small, name) for name in ("Alder", "Birch")] == [24, 24]


@pytest.mark.slow
async def test_a_line_goes_on_back_to_a_typed_day_or_is_left_out(small):
    await small.type_ahead("s", "+", "x", "escape")
    assert not isinstance(small.app.screen, SpreadScreen)
    assert day(small, "Alder") == 23
    assert "spread" not in small.changes[0]
    await small.type_ahead("s", "+")
    assert under(small, "→ Wed 25 Nov") == ["Alder"]
    assert under(small, "→ Tue 24 Nov") == ["Birch"]
    assert "Mon 23 Nov → Wed 25 November, then 1 of 3" in small.words("#in-hand")
    await small.type_ahead("-", "-", "-")
    assert under(small, "→ Mon 23 Nov") == ["Alder"]
    # A digit begins a date, as does m, and a fault is said.
    await small.type_ahead("2", "7")
    assert "→ Fri 27 November, then 1 of" in small.words("#in-hand")
    await small.press("enter")
    await small.sees("→ Fri 27 Nov")
    await small.type_ahead("m", "fri 14:30", "enter")
    await small.sees("✗ “fri 14:30”: a proposal gives days, without a time")
    assert under(small, "→ Fri 27 Nov") == ["Alder"]
    await small.press("escape")
    assert isinstance(small.app.screen, SpreadScreen)
    assert "✗" not in small.words("#in-hand")
    await small.type_ahead("k", "x")
    assert under(small, "→ Tue 24 Nov") == ["Birch stays"]
    assert "1 dossier spread over 1 day ! 1 day too full" in small.words("#about")
    await small.type_ahead("x", "x", "enter")
    assert [day(small, name) for name in ("Alder", "Birch")] == [27, 23]


@pytest.mark.slow
async def test_what_is_typed_ahead_is_done_in_turn(small):
    await small.type_ahead("s", "j", "m", "thu", "enter", "k", "x", "enter")
    assert [day(small, name) for name in ("Alder", "Birch")] == [23, 26]


@pytest.mark.slow
async def test_what_stays_says_why_and_what_changed_meanwhile_is_refused(small, small_desk):
    await small.type_ahead("s", "G", "j", "j")
    assert small.words("#in-hand") == "Elm stays: agreed"
    await small.press("+")
    assert "this one stays where it is" in small.words("#in-hand")
    await small.type_ahead("k", "x", "k", "x", "enter")
    assert "every line is left out" in small.words("#in-hand")
    # Half done it is said under the header, resumed, and thrown away when that is said twice.
    await small.press("escape")
    await small.sees("✎ spread (2 lines) half done: s goes on")
    await small.press("s", "enter")
    assert "every line is left out" in small.words("#in-hand")
    await small.press("ctrl+g", "ctrl+g", "s", "+")
    # What another program changes is read again: answers stay, lines that are gone are named.
    small_desk.do(filing.file.move, [small.dossier("Birch").id], "fri")
    await small.sees("Birch is not here any more")
    await small.press("enter")
    assert [day(small, name) for name in ("Alder", "Birch")] == [25, 27]
    await small.until(lambda: "half done" not in small.screen, "no draft")


@pytest.mark.slow
async def test_a_date_being_typed_is_for_its_own_line_whatever_another_program_does(
    small_desk, open_desk, at_desk
):
    other = open_desk(small_desk.path, today=TODAY, capacity=Capacity(2))
    async with at_desk(open_desk(small_desk.path, today=TODAY, capacity=Capacity(2))) as rep:
        await rep.type_ahead("s", "j", "m", "27")
        assert rep.words("#in-hand").startswith("Birch")
        other.do(filing.file.move, [1], "wed")
        await rep.sees("Alder is not here any more")
        assert "✗" not in rep.words("#in-hand")
        await rep.press("enter")
        assert under(rep, "→ Fri 27")[0].startswith("Birch")
        await rep.type_ahead("m", "30")
        other.do(filing.file.move, [2], "thu")
        await rep.sees("Birch is not here any more: “30” was for it")
        await rep.press("enter")
    assert [day(rep, name) for name in ("Alder", "Birch", "Cedar")] == [25, 26, 24]


@pytest.mark.slow
async def test_what_was_half_typed_for_a_line_is_for_that_line_later(small_desk, at_desk):
    async with at_desk(small_desk) as rep:
        await rep.type_ahead("s", "j", "m", "27")
        await rep.app.keep_drafts()
        about = rep.app.screen.kept_as
        kept = rep.desk.see(clients.drafts.of, None, about)
        assert (kept.fields, kept.in_hand) == ({"to": "27"}, "2")
        await rep.type_ahead("escape", "escape")
        rep.desk.write_unjournaled(clients.drafts.keep, None, about, kept)
        await rep.type_ahead("s", "enter")
        assert under(rep, "→ Fri 27")[0].startswith("Birch")
        await rep.press("escape")
        gone = DraftView({"to": "27"}, in_hand="7")
        rep.desk.write_unjournaled(clients.drafts.keep, None, about, gone)
        await rep.press("s")
        told = "“27” was typed for a line that is not here any more"
        assert rep.words("#in-hand") == told


@pytest.mark.slow
async def test_a_month_gets_days_and_a_thin_day_is_filled(small):
    small.app._binder.go("month:12")
    await small.press("s")
    assert small.words("#about").startswith("Spread December 2026 · no day yet")
    assert [line for line in lines(small) if "→" not in line] == ["Hazel", "Ivy"]
    await small.type_ahead("escape", "1", "s")
    assert small.words("#about").startswith("Fill Tue 1 Dec · never contacted")
    await small.press("enter")
    assert [day(small, name) for name in ("Hazel", "Ivy")] == [1, 1]
    assert "✓ 2 dossiers pulled to Tue 1 Dec" in small.words("#status")
    await small.press("s")
    assert "Tue 1 Dec is at 2 of 3, and nothing in December 2026 waits for a day" in (
        small.words("#status")
    )
    # Where nothing can be spread it is said.
    await small.type_ahead("g", "i", "s")
    assert "nothing is in the inbox" in small.words("#status")
    small.app._binder.go("cabinet")
    await small.press("s")
    assert "cabinet is not spread: type a day, a month, late, inbox or needs" in small.words(
        "#status"
    )


@pytest.fixture
def december_desk(small_desk, open_desk, clock):
    clock.now = datetime(2026, 12, 1, 8, 2)
    return open_desk(small_desk.path, today=clock.now.date(), capacity=Capacity(3))


@pytest.mark.every(2)
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=str)
async def test_a_new_month_offers_what_has_no_day_yet(at_desk, december_desk, size):
    async with at_desk(december_desk, size) as rep:
        said = "2 from December have no day yet: s spreads them over December's working days"
        assert said in rep.words("#away")
        await rep.press("s")
        assert rep.words("#about").startswith("Spread what needs a day")
        await rep.press("enter")
        assert [rep.dossier(name).next.month for name in ("Hazel", "Ivy")] == [None, None]
        assert "no day yet" not in rep.screen
        await rep.press("u", "y")
        assert "from December · s spreads" in rep.screen


@pytest.mark.slow
async def test_enter_on_what_needs_a_day_spreads_it_and_o_unfolds_it(rep):
    await rep.type_ahead("G", "enter")
    assert rep.words("#about").startswith("Spread what needs a day")
    assert len([line for line in lines(rep) if "→" not in line]) == 2
    await rep.type_ahead("escape", "ctrl+p", "fold", "enter")
    assert rep.rows[-1].startswith("Spedition Özkart…")
    await rep.press("s")
    assert rep.words("#about").startswith("Spread what needs a day")


@pytest.mark.slow
async def test_names_are_text_and_it_follows_the_size_of_the_terminal(at_desk, small_desk):
    long = "[red]Größte \x1b[31m日本語 " + "x" * 120
    small_desk.do(filing.file.add, NewDossier(long, segment="Z"), "today", what="[b]what\x07 to do")
    async with at_desk(small_desk) as rep:
        await rep.press("s")
        for width, height in ((80, 24), (100, 30), (160, 45)):
            await rep.pilot.resize_terminal(width, height)
            await rep.press("j")
            assert rep.app.screen.size == (width, height)
            assert any("[red]Größte" in line for line in lines(rep))
            assert "\x1b" not in rep.screen
        assert "Alder" in lines(rep)
        await rep.type_ahead("k", "k", "x")
        assert "Alder stays" in lines(rep)


@pytest.mark.slow
async def test_a_full_inbox_says_why_and_goes_into_other_days(at_desk, empty_desk, open_desk):
    desk = open_desk(empty_desk.path, today=TODAY, capacity=Capacity(1))
    for day in range(15):
        desk.do(filing.file.add, NewDossier(f"Booked {day}"), f"+{day}b")
    desk.do(filing.file.add, NewDossier("Alder"), "")
    async with at_desk(desk) as rep:
        rep.app.screen.go(INBOX)
        await rep.press("s")
        said = rep.words("#in-hand")
        assert "nothing of inbox can be moved: no room until Fri 4 Dec" in said
        assert "Alder" in rep.part("#lines")
        await rep.press("enter")
        assert isinstance(rep.app.screen, SpreadScreen)
        await rep.type_ahead("i", "next week")
        assert rep.words("#in-hand") == "→ Mon 30 Nov – Sun 6 Dec · 5 working days"
        await rep.app.keep_drafts()
        kept = rep.desk.see(clients.drafts.of, None, "spread inbox")
        assert kept.fields == {"days": "next week"}
        await rep.type_ahead("escape", "escape")
        # The days that were typed are asked for again, not as a date of the line in hand.
        left = DraftView({"days": "tomorrow"})
        rep.desk.write_unjournaled(clients.drafts.keep, None, "spread inbox", left)
        await rep.press("s", "enter")
        assert "nothing of inbox can be moved: no room until Tue 24 Nov" in rep.words("#in-hand")
        await rep.type_ahead("escape", "i", "december", "enter")
        assert rep.words("#about").endswith("1 dossier spread over 1 day")
        await rep.press("enter")
        assert rep.dossier("Alder").next.on == date(2026, 12, 23)
