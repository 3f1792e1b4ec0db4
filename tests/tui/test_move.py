"""Move: one line under the pile, the rail is the calendar, and no key is lost."""

import pytest

from tickler.core.contact.kinds import Kind
from tickler.services import filing
from tickler.services.filing.file import NewDossier


def on(rep, name):
    return rep.dossier(name).next.on.isoformat()


STEPS = {
    ("down",): "Mon 30 Nov",
    ("down", "down", "down"): "Mon 14 Dec",
    ("right",): "Tue 24 Nov",
    ("right", "right", "left"): "Tue 24 Nov",
    ("down", "right", "up", "right"): "Wed 25 Nov",
    # They go on from what is typed.
    ("fri", "down"): "Fri 4 Dec",
}


@pytest.mark.slow
async def test_the_echo_comes_as_it_is_typed_and_only_a_date_is_filed(rep):
    await rep.press("m", "enter")
    assert "Move ACME to" in rep.form
    await rep.press("frx")
    assert "✗ “frx” is not a date" in rep.form
    await rep.press("enter")
    assert "✗ “frx” is not a date" in rep.form
    assert rep.value("#when") == "frx"
    await rep.type_ahead("backspace", "i")
    assert "→ Fri 27 Nov · 8 of 19" in rep.form
    assert "→27 Fr" in rep.part("#rail")
    await rep.press("!")
    assert "→ Fri 27 Nov · 8 of 19 · ● agreed Enter" in rep.form
    await rep.press("escape")
    assert rep.form == ""
    assert rep.in_hand == "ACME"
    assert "→27" not in rep.part("#rail")
    assert on(rep, "ACME") == "2026-11-23"
    # At a time that is taken it names who has it, and what is free that day.
    await rep.type_ahead("m", "14.12. 14:30")
    assert "→ Mon 14 Dec 14:30 · 1 of 20 · ● agreed" in rep.form
    await rep.type_ahead("enter", "m", "14.12. 14:00")
    assert "14:30 ACME!" in rep.form
    assert "free: 13:00, 16:00" in rep.form
    # Enter in what files it, too: a visit now.
    await rep.type_ahead("tab", "tab", "visit: measure", "enter")
    moved = rep.dossier("Eder")
    assert (moved.kind, moved.what) == (Kind.VISIT, "measure")


@pytest.mark.slow
async def test_arrows_step_through_days_and_weeks_and_letters_are_no_keys_of_the_binder(rep):
    for keys, day in STEPS.items():
        await rep.type_ahead("m", *keys)
        assert f"→ {day}" in rep.form
        await rep.type_ahead("ctrl+g", "ctrl+g")
    await rep.type_ahead("m", "fri", "right", "right")
    assert "→ Sun 29 Nov" in rep.form
    await rep.press("left")
    assert "→ Sat 28 Nov" in rep.form
    # Within what is typed they move the cursor.
    await rep.type_ahead("home", "right", "right", "delete")
    assert rep.value("#when") == "Sa 28 November 2026"
    await rep.type_ahead("escape", "m", "qtlmncuUfjkgG27,.")
    assert rep.value("#when") == "qtlmncuUfjkgG27,."
    assert rep.in_hand == "ACME"
    assert "Mon 23 today" in rep.screen


@pytest.mark.slow
async def test_enter_files_it_and_the_next_dossier_comes_into_hand(rep):
    await rep.type_ahead("m", "fri", "enter")
    assert rep.form == ""
    assert rep.in_hand == "Eder & Sohn"
    assert "✓ ACME → Fri 27 November 2026 · insert 27 · 8 of 19" in rep.words("#status")
    assert "▶23 Mo ▇20" in rep.part("#rail")
    assert on(rep, "ACME") == "2026-11-27"
    # A month lights up, too.
    await rep.type_ahead("m", "march")
    assert "→Mar" in rep.part("#rail")
    await rep.press("enter")
    assert str(rep.dossier("Eder").next.month) == "2027-03"
    # A warning is said with the echo and with the receipt.
    await rep.type_ahead("u", "u", "m", "sun")
    assert "Sunday" in rep.form
    await rep.press("enter")
    assert "⚠ Mon 23 Nov 09:30 was agreed with the client ⚠ Sunday" in rep.words("#status")
    assert on(rep, "ACME") == "2026-11-29"
    # An overdue date is obeyed.
    await rep.type_ahead("u", "m", "20.11.2026", "enter")
    assert on(rep, "ACME") == "2026-11-20"
    assert rep.dossier("ACME").slot == "overdue"


@pytest.mark.slow
async def test_a_click_on_the_rail_fills_the_date(rep):
    await rep.press("m")
    y = next(n for n, line in enumerate(rep.part("#rail").splitlines()) if "26 Th" in line)
    await rep.click("#rail", 14, y)
    assert "→ Thu 26 Nov" in rep.form
    assert rep.in_hand == "ACME"
    await rep.press("enter")
    assert on(rep, "ACME") == "2026-11-26"


@pytest.mark.slow
async def test_keys_typed_before_the_binder_is_open_go_where_they_belong(at_desk, sample_desk):
    async with at_desk(sample_desk, patient=False) as rep:
        assert "ACME" not in rep.screen
        await rep.type_ahead("m", "fri", "enter", "m", "thu", "enter", "j", "m", "+1w", "enter")
        assert on(rep, "ACME") == "2026-11-27"
        assert on(rep, "Eder") == "2026-11-26"
        assert on(rep, "Cäsar") == "2026-11-18"
        assert on(rep, "Hallenbau") == "2026-11-30"
        assert len(rep.changes) == 4


async def test_the_last_one_of_a_pile_leaves_the_one_before(at_desk, empty_desk):
    for name in ("One", "Two"):
        empty_desk.do(filing.file.add, NewDossier(name), "today")
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("G", "m", "fri", "enter")
        assert rep.in_hand == "One"
        await rep.type_ahead("m", "fri", "enter")
        assert rep.in_hand is None
        assert "Mon 23 today: 0 of 20" in rep.screen
