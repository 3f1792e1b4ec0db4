"""The review on the screen: `g r` opens it, keys turn its days and pages."""

from datetime import date

import pytest

from tickler.core.review.targets import Per, Target
from tickler.screens.review import ReviewScreen

TODAY = date(2026, 11, 23)


@pytest.mark.slow
async def test_days_weeks_months_and_those_before(rep):
    await rep.press("g", "r")
    assert isinstance(rep.app.screen, ReviewScreen)
    assert rep.lines[0].startswith(" Review  Mon 23 November 2026 so far   vs. Fri 20 November")
    heads = [line.split()[0] for line in rep.lines[1:7]]
    assert heads == ["done", "contacts", "reached", "meetings", "orders", "kept"]
    assert rep.lines[1].split()[:5] == ["done", "0", "%", "0", "of"]
    assert rep.lines[1].split()[6:] == ["▇█▇█▅▅▅▃▇▁", "(67%", "before)"]
    await rep.press("left")
    assert "Fri 20 November 2026   vs. Thu 19 November 2026" in rep.lines[0]
    await rep.press("w")
    assert "W47 · Mon 16 to Sun 22 Nov 2026   vs. W46" in rep.lines[0]
    await rep.press("m")
    assert "November 2026 so far   vs. Thu 1 to Fri 23 Oct 2026" in rep.lines[0]
    await rep.press("left")
    assert "October 2026   vs. September 2026" in rep.lines[0]
    await rep.type_ahead("right", "right")
    assert "November 2026 so far" in rep.lines[0]
    assert "nothing has been done after that yet" in rep.screen
    await rep.type_ahead("d", "t")
    assert "Mon 23 November 2026 so far" in rep.lines[0]
    # A caller comes between.
    await rep.type_ahead("w", "ctrl+r", "holm", "enter")
    await rep.sees("Holm AB")
    await rep.press("escape")
    assert isinstance(rep.app.screen, ReviewScreen)
    assert rep.lines[0].startswith(" Review  W48")
    await rep.press("escape")
    assert rep.in_hand == "ACME"
    # What was done shows at once.
    await rep.type_ahead("l", "n", "enter", "g", "r", "tab", "tab", "tab")
    assert "1 of 21" in rep.lines[1]
    assert "attempts" in rep.screen


@pytest.mark.slow
async def test_pages_turn_and_wide_and_high_they_stand_side_by_side(rep):
    await rep.type_ahead("g", "r", "m", "tab")
    assert "all" in rep.screen and "Most are reached from" in rep.screen
    await rep.press("tab")
    assert "dossiers worked, by how far they came" in rep.screen
    await rep.press("tab")
    assert "Fri 6 Nov" in rep.screen and "done ▓ unplanned" in rep.screen
    await rep.press("tab")
    assert "Nov 2026" in rep.screen and "Oct 2026" in rep.screen and "Feb 2026" in rep.screen
    await rep.press("tab")
    assert "The pile" in rep.screen
    await rep.pilot.resize_terminal(160, 45)
    await rep.press("m")
    for text in (
        "The pile",
        "Most are reached",
        "decision-maker",
        "Last ten",
        "Day by day",
        "Esc back",
    ):
        assert text in rep.screen


@pytest.mark.slow
async def test_targets_are_drawn_and_it_reads_without_colour(
    at_desk, sample_desk, open_desk, monkeypatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    targets = {"contacts": Target(1, Per.DAY), "reach": Target(0.9)}
    desk = open_desk(sample_desk.path, today=TODAY, targets=targets)
    async with at_desk(desk) as rep:
        await rep.type_ahead("g", "r", "left")
        assert "━━━━━━━━━ ✓ of 1" in rep.lines[2]
        assert "━━━━━────   of 90 %" in rep.lines[3]
        await rep.type_ahead("t", "m")
        assert "(94% before)" in rep.screen and "(50 before)" in rep.screen


async def test_an_empty_binder_is_reviewed(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("g", "r", "tab")
        assert "no calls in these days" in rep.screen
        await rep.type_ahead("tab", "tab")
        assert "no contact yet" in rep.screen
