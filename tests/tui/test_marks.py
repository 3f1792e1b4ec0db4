"""Marks: several dossiers are picked out, and one key acts on all of them as one step."""

import pytest

from tickler.core.contact.kinds import Status
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier


def days(rep, *names):
    return [rep.dossier(name).next.on.day for name in names]


def marked(rep):
    return [row for row in rep.rows if row.startswith("✓")]


async def test_v_marks_and_steps_on_and_unmarks(rep):
    await rep.type_ahead("v", "v")
    assert rep.in_hand == "Cäsar GmbH"
    assert len(marked(rep)) == 2
    assert "ACME" in marked(rep)[0]
    assert "· 2 marked" in rep.part("#pile-head")
    await rep.type_ahead("k", "k", "k", "v")
    assert len(marked(rep)) == 1
    assert "· 1 marked" in rep.part("#pile-head")
    # A mark reads with the time and with the lateness.
    await rep.type_ahead("escape", "home", "v", "j", "j", "j", "v")
    assert marked(rep)[0].startswith("✓09:30 ● ACME")
    assert marked(rep)[1].startswith("✓   3d ● Cäsar GmbH")
    # All of the pile shown, and none.
    await rep.type_ahead("escape", "2", "7", "v", "enter", "V")
    assert "Fri 27 November: 7 of 19 · 7 marked" in rep.part("#pile-head")
    await rep.press("enter", "V")
    assert "marked" not in rep.part("#pile-head")
    await rep.press("enter", "V", "escape")
    assert marked(rep) == []


@pytest.mark.slow
async def test_marks_outlast_another_insert_and_what_others_do(rep, open_desk):
    await rep.type_ahead("v", ".", "v", "g", "t")
    assert "· 2 marked" in rep.part("#pile-head")
    another = open_desk(rep.desk.path, today=rep.desk.today())
    another.do(filing.file.add, NewDossier("Aardvark"), "today 08:30")
    await rep.sees("Aardvark")
    assert "· 2 marked" in rep.part("#pile-head")
    assert "ACME" in marked(rep)[0]
    # What another program moved meanwhile is meant as it is now.
    await rep.type_ahead("escape", "2", "7", "v", "v", "g", "t")
    keys = rep.app.screen.query_one("#pile").marked
    assert len(keys) == 2
    another.do(filing.file.move, keys, "thu")
    await rep.type_ahead("enter", "c", "l", "y")
    closed = rep.desk.see(clients.read.by_ids, keys)
    assert {row.status for row in closed} == {Status.LOST}


@pytest.mark.slow
async def test_marked_dossiers_move_together_after_a_yes(rep):
    before = len(rep.changes)
    await rep.type_ahead("v", "j", "j", "j", "v", "m")
    assert "Move 2 dossiers to" in rep.form
    await rep.press("fri")
    assert "→ Fri 27 Nov · 9 of 19" in rep.form
    assert "→27 Fr" in rep.part("#rail")
    await rep.press("enter")
    asked = rep.words("Confirm Vertical")
    assert "Move 2 dossiers → Fri 27 November 2026 · insert 27 · 9 of 19?" in asked
    assert "ACME, Cäsar GmbH ⚠ agreed with the client: ACME" in asked
    # A no leaves the form and the marks.
    await rep.press("n")
    assert rep.value("#when") == "fri"
    assert days(rep, "ACME", "Cäsar") == [23, 18]
    await rep.press("escape")
    assert "· 2 marked" in rep.part("#pile-head")
    await rep.type_ahead("m", "fri", "enter", "y")
    assert days(rep, "ACME", "Cäsar", "Eder") == [27, 27, 23]
    assert rep.form == ""
    assert "marked" not in rep.part("#pile-head")
    assert len(rep.changes) == before + 1
    await rep.type_ahead("u", "y")
    assert days(rep, "ACME", "Cäsar") == [23, 18]
    # One marked is meant, and not the one in hand.
    await rep.type_ahead("g", "t", "home", "v", "m")
    assert "Move ACME to" in rep.form
    await rep.type_ahead("fri", "enter")
    assert days(rep, "ACME", "Eder") == [27, 23]
    assert rep.in_hand == "Eder & Sohn"


@pytest.mark.slow
async def test_the_cursor_goes_to_the_dossier_that_follows(rep):
    await rep.type_ahead("v", "v", "k", "k", "k", "m", "fri", "enter", "y")
    assert rep.in_hand == "Cäsar GmbH"
    await rep.type_ahead("v", "m", "fri", "enter")
    assert days(rep, "Cäsar") == [27]
    assert rep.in_hand == "Hallenbau Wittkopp GmbH"


@pytest.mark.slow
async def test_marked_dossiers_go_on_each_from_its_own_date(rep):
    await rep.type_ahead("v", "2", "7", "v", "+")
    asked = rep.words("Confirm Vertical")
    assert "Move 2 dossiers a working day on, each from its own date?" in asked
    name = next(row.name for row in rep.desk.see(clients.read.by_ids, range(1, 62))
                if row.name in asked and row.name != "ACME")  # fmt: skip
    await rep.press("y")
    assert days(rep, "ACME", name) == [24, 30]
    assert "marked" not in rep.part("#pile-head")
    await rep.type_ahead("u", "y", "g", "t", "home", "v", "j", "j", "j", "v", "m", "++1w")
    assert "the others from their own dates" in rep.form
    await rep.type_ahead("enter", "y")
    assert days(rep, "ACME", "Cäsar") == [30, 25]


@pytest.mark.slow
async def test_marked_dossiers_go_to_the_bottom_in_their_order(rep):
    # One of another day has no bottom.
    await rep.type_ahead("2", "7", "v", "g", "t", "v", "z")
    assert "only on today's pile" in rep.lines[-1]
    assert len(rep.changes) == 1
    await rep.type_ahead("escape", "home", "j", "v", "home", "v", "z", "y")
    assert "✓ 2 dossiers → later today" in rep.lines[-1]
    await rep.type_ahead("G", "k", "k")
    assert "later today 2" in rep.screen
    assert rep.in_hand == "ACME"
    await rep.press("j")
    assert rep.in_hand == "Eder & Sohn"


@pytest.mark.slow
async def test_marked_dossiers_are_closed_and_logged_as_one_step(rep):
    await rep.type_ahead("v", "v", "enter", "c")
    assert "Close 2 dossiers:" in rep.form
    await rep.press("r")
    assert "Close 2 dossiers, resting?" in rep.words("Confirm Vertical")
    await rep.press("y")
    assert {rep.dossier(name).status for name in ("ACME", "Eder")} == {Status.RESTING}
    assert rep.in_hand == "Cäsar GmbH"
    await rep.type_ahead("u", "y")
    assert {rep.dossier(name).status for name in ("ACME", "Eder")} == {Status.OPEN}
    before = len(rep.changes)
    await rep.type_ahead("g", "t", "home", "v", "v", "l", "r", "list", "enter", "fri", "enter")
    assert "Log the same for 2 dossiers?" in rep.words("Confirm Vertical")
    await rep.press("y")
    assert days(rep, "ACME", "Eder") == [27, 27]
    assert len(rep.changes) == before + 1
    assert "marked" not in rep.part("#pile-head")
    said = [rep.desk.see(clients.read.whole, rep.dossier(name).id).entries[0].text
            for name in ("ACME", "Eder")]  # fmt: skip
    assert said == ["list"] * 2
    await rep.type_ahead("u", "y")
    assert days(rep, "ACME", "Eder") == [23, 23]
    # A promise is made to one client only.
    await rep.type_ahead(
        "g", "t", "home", "v", "v", "l", "r", "x", "tab", "a, by wed", "tab", "fri"
    )
    await rep.press("enter")
    assert "✗ a promise is made to one client" in rep.form
    assert days(rep, "ACME", "Eder") == [23, 23]
