"""One key without a form: later today, a day on or back, and the list of changes."""

import pytest

from tickler.services import filing


@pytest.mark.slow
async def test_later_today_is_the_bottom_of_the_pile_and_no_slide(rep):
    await rep.type_ahead("z", "z")
    assert rep.in_hand == "Cäsar GmbH"
    assert "✓ Eder & Sohn → later today" in rep.lines[-1]
    acme = rep.dossier("ACME")
    assert (acme.next.on.isoformat(), acme.slides) == ("2026-11-23", 0)
    await rep.type_ahead("G", "k", "k")
    assert "later today 2" in rep.screen
    assert rep.in_hand == "ACME"
    await rep.type_ahead("u", "u")
    assert "later today" not in rep.part("#pile")
    before = rep.changes
    await rep.type_ahead("2", "7", "z")
    assert "only on today's pile" in rep.lines[-1]
    assert rep.changes == before


@pytest.mark.slow
async def test_a_working_day_on_and_the_next_dossier_comes_into_hand_and_back_to_today(rep):
    await rep.type_ahead("+", "+")
    assert [rep.dossier(name).next.on.day for name in ("ACME", "Eder")] == [24, 24]
    assert rep.in_hand == "Cäsar GmbH"
    assert "✓ Eder & Sohn → Tue 24 November 2026" in rep.words("#status")
    await rep.type_ahead("3", "0", "-")
    assert "Fri 27 November: 8 of 20" not in rep.screen
    assert "Mon 30 November" in rep.screen
    await rep.type_ahead("2", "4", "-")
    moved = rep.changes[0].partition(" → ")[0]
    assert rep.dossier(moved).next.on.day == 23
    # Never to before today.
    await rep.type_ahead("f", "Cäsar", "enter", "-")
    assert rep.in_hand == "Cäsar GmbH"
    assert rep.dossier("Cäsar").next.on.day == 23
    # The second time there is nothing to do, which is no success and no fault.
    await rep.press("-")
    said = rep.app.screen.query_one("#status")
    assert (
        rep.words("#status") == "Cäsar GmbH: still on Mon 23 November; back never goes before today"
    )
    assert said.classes == {"-news"}
    await rep.type_ahead("3", "1")
    assert rep.words("#status") == "there is no day 31 soon"
    assert said.classes == {"-news"}


@pytest.mark.slow
async def test_changes_tell_what_was_done_and_one_is_taken_back(rep):
    await rep.type_ahead("m", "fri", "enter", "m", "thu", "enter", "U")
    listed = rep.part("OptionList").splitlines()
    assert "Eder & Sohn → Thu 26 November 2026" in listed[0]
    assert "ACME → Fri 27 November 2026" in listed[1]
    await rep.type_ahead("j", "u")
    assert rep.dossier("ACME").next.on.day == 23
    assert rep.dossier("Eder").next.on.day == 26
    assert rep.in_hand == "ACME"
    await rep.press("U")
    assert "undone" in rep.part("OptionList")
    await rep.type_ahead("escape", "j")
    assert rep.in_hand != "ACME"
    # Keys typed ahead go into the list.
    await rep.type_ahead("f", "ACME", "enter", "m", "fri", "enter", "U", "u")
    assert rep.dossier("ACME").next.on.day == 23
    await rep.type_ahead("home", "U", "U", "j")
    assert rep.in_hand not in (None, "ACME")
    # One of many asks before it is taken back.
    rep.desk.do(filing.file.move, [1, 2, 3], "wed")
    rep.desk.do(filing.file.move, [4], "wed")
    await rep.type_ahead("U", "j", "u")
    assert "which touched 3 dossiers?" in rep.words("Confirm Vertical")
    await rep.press("y")
    assert [rep.dossier(f"#{n}").next.on.day for n in (1, 2, 3)] == [23, 26, 23]
