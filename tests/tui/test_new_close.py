"""A new dossier, into the cabinet, and back: new, close, undo and redo."""

import pytest

from tickler.core.contact.kinds import Status
from tickler.services import filing


async def test_a_new_dossier_field_by_field(rep):
    await rep.type_ahead("n", "Neu", "escape")
    assert rep.form == ""
    assert len(rep.changes) == 1
    # What was half typed is said under the header, and resumed.
    await rep.sees("✎ new client “Neu” half typed: n goes on")
    await rep.type_ahead("n", "bau")
    # While the form is open it says so itself.
    assert "half typed" not in rep.screen
    await rep.type_ahead(" AG", "enter", "030 7", "enter", "first", "enter", "fri")
    assert "→ Fri 27 Nov · 8 of 19" in rep.form
    await rep.press("enter")
    assert "half typed" not in rep.screen
    made = rep.dossier("Neubau")
    assert (made.name, made.phone, made.what) == ("Neubau AG", "030 7", "first")
    assert made.next.on.isoformat() == "2026-11-27"
    assert "Fri 27 November: 8 of 19" in rep.screen
    assert rep.in_hand == "Neubau AG"
    # Without a date it is in the inbox.
    await rep.type_ahead("n", "Xaver", "enter", "enter", "enter", "enter")
    assert rep.dossier("Xaver").slot == "inbox"
    assert "inbox 4" in rep.part("#rail")
    assert rep.in_hand == "Xaver"


async def test_into_the_cabinet(rep):
    # Keys of the binder are not keys of the form.
    await rep.type_ahead("enter", "c", "q", "n", "m", "7")
    assert "Close ACME:" in rep.form
    assert "Mon 23 today" in rep.screen
    await rep.type_ahead("escape", "j")
    assert rep.dossier("ACME").status is Status.OPEN
    assert rep.in_hand == "Eder & Sohn"
    await rep.type_ahead("k", "enter", "c")
    rep.desk.do(filing.file.move, [rep.dossier("ACME").id], "fri")
    await rep.press("w")
    assert rep.dossier("ACME").status is Status.OPEN
    assert "ACME was changed meanwhile" in rep.form
    await rep.press("w")
    assert rep.dossier("ACME").status is Status.WON
    assert "cab 5" in rep.part("#rail")
    assert rep.in_hand == "Eder & Sohn"
    await rep.type_ahead("enter", "c", "l", "enter", "c", "r")
    assert rep.dossier("Eder").status is Status.LOST
    assert rep.dossier("Cäsar").status is Status.RESTING


@pytest.mark.slow
async def test_undo_takes_back_and_goes_there_and_redo_does_it_again(rep):
    await rep.type_ahead("m", "fri", "enter", "2", "u")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-23"
    assert "Mon 23 today" in rep.screen
    assert rep.in_hand == "ACME"
    assert "✓ undone: ACME → Fri 27 November 2026" in rep.lines[-1]
    await rep.press("U", "r")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-27"
    assert rep.in_hand == "ACME"
    assert "Fri 27 November" in rep.screen
    # As fast as it can be typed.
    await rep.type_ahead("g", "t", "home", "m", "fri", "enter", "m", "fri", "enter", "u", "u", "u")
    await rep.sees("21 left")
    assert [rep.dossier(name).next.on.day for name in ("ACME", "Eder", "Cäsar")] == [23, 23, 18]
    await rep.type_ahead(*["U", "r"] * 3)
    await rep.sees("18 left")


async def test_undo_of_many_asks_first(rep):
    rep.desk.do(filing.file.move, [1, 2, 3], "fri")
    await rep.press("u")
    assert "which touched 3 dossiers?" in rep.words("Confirm Vertical")
    await rep.press("n")
    assert rep.dossier("#1").next.on.day == 27
    await rep.type_ahead("u", "y")
    assert [rep.dossier(f"#{n}").next.on.day for n in (1, 2, 3)] == [23, 23, 23]


@pytest.mark.slow
async def test_nothing_to_undo_is_said(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("u", "U", "r")
        await rep.sees("✗ nothing to redo")


@pytest.mark.slow
async def test_a_note_of_ones_own_by_its_name_in_the_palette(rep):
    await rep.type_ahead("ctrl+p", "note of your own", "enter")
    await rep.sees("A note of your own")
    await rep.type_ahead("Monthly", "escape")
    await rep.sees("✎ own note “Monthly” half typed: Ctrl+P note goes on")
    await rep.type_ahead("ctrl+p", "note of your own", "enter", " report", "enter", "numbers")
    await rep.type_ahead("enter", "fri", "enter")
    made = rep.dossier("Monthly report")
    assert (made.is_note, made.what, made.next.on.day) == (True, "numbers", 27)
    assert rep.in_hand == "Monthly report"
    assert "a note of your own: it belongs to no client" in rep.screen
    await rep.press("enter")
    assert "another date" in rep.screen
    assert "write a mail" not in rep.screen
    assert "share another one's card" not in rep.screen
