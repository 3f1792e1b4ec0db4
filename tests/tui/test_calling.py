"""Someone calls in: the caller's dossier at once, and what was open comes back as it was."""

import pytest
from textual.widgets import Input


def dossier(rep):
    """The name and facts above the dossier on the screen."""
    return rep.words("#dossier-name")


def call_of(typed):
    return ["ctrl+r", typed, "enter"]


async def test_a_caller_is_found_by_name_or_number_alone_and_else_is_a_new_dossier(rep):
    await rep.type_ahead("ctrl+r", "00011")
    assert "Who is calling?" in rep.screen
    await rep.type_ahead("81")
    assert "Gruber" in rep.part("OptionList")
    await rep.press("enter")
    assert dossier(rep).startswith("Gruber")
    assert "Zimmerplatzgasse 17" in rep.screen
    assert "parked: the pile" in rep.lines[0]
    await rep.press("escape")
    assert rep.in_hand == "ACME"
    assert rep.app.screen.query_one("#pile-pane").display
    for other in ("potsdamer platz", "board", "0711 4711999"):
        await rep.type_ahead("ctrl+r", other)
        assert "nobody found · Enter: a new dossier with this" in rep.screen
        await rep.press("escape")
    await rep.type_ahead(*call_of("0711 4711999"))
    assert rep.value("#phone") == "0711 4711999"
    await rep.type_ahead("Neumann", "enter", "enter", "wants a crane", "enter", "fri", "enter")
    neumann = rep.dossier("Neumann")
    assert neumann.phone == "0711 4711999"
    assert neumann.next.on.isoformat() == "2026-11-27"


@pytest.mark.slow
async def test_the_form_comes_back_with_its_cursor_where_it_was(rep):
    await rep.type_ahead("m", "15.1.")
    rep.app.screen.query_one("#when", Input).cursor_position = 2
    await rep.type_ahead(*call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    assert "parked: move ACME" in rep.lines[0]
    await rep.press("escape")
    assert "parked" not in rep.screen
    assert "Move ACME to" in rep.form
    assert rep.in_hand == "ACME"
    await rep.press("2")
    assert rep.value("#when") == "152.1."
    await rep.type_ahead("backspace", "enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2027-01-15"
    assert rep.dossier("Gruber").next.on.isoformat() == "2026-11-23"


@pytest.mark.slow
async def test_a_parked_form_comes_back_however_the_call_ends(rep):
    await rep.type_ahead("m", "th", "ctrl+r", "ctrl+r", "gru", "escape", "u")
    assert rep.value("#when") == "thu"
    assert len(rep.app.screen_stack) == 1
    await rep.type_ahead(*call_of("gruber"), "space")
    assert rep.value("#when") == "thu"
    assert rep.in_hand == "ACME"
    # The next caller takes over where nothing is open, and parks what is typed about the first.
    await rep.type_ahead(*call_of("gruber"), *call_of("eder"))
    assert dossier(rep).startswith("Eder & Sohn")
    await rep.type_ahead("l", "r", "he said", *call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    assert "parked: log Eder & Sohn" in rep.lines[0]
    await rep.press("escape")
    assert rep.value("#said") == "he said"
    await rep.type_ahead("escape", "escape")
    assert rep.value("#when") == "thu"
    await rep.type_ahead(*call_of("Xaver Nobody"), "escape")
    assert rep.value("#when") == "thu"
    assert len(rep.app.screen_stack) == 1
    await rep.type_ahead(*call_of("Xaver Nobody"))
    assert rep.value("#name") == "Xaver Nobody"
    assert "parked: move ACME" in rep.lines[0]
    await rep.type_ahead("enter", "enter", "enter", "fri", "enter")
    assert rep.value("#when") == "thu"
    assert rep.dossier("Xaver Nobody").next.on.isoformat() == "2026-11-27"
    await rep.type_ahead(*call_of("gruber"), "+")
    assert rep.dossier("Gruber").next.on.isoformat() == "2026-11-24"
    assert "Move ACME to" in rep.form


@pytest.mark.slow
async def test_what_is_filed_for_callers_is_said_over_the_parked_form(rep):
    await rep.type_ahead("l", "r", "half", *call_of("acme"), " a ")
    assert rep.value("#said") == "half a "
    assert "ACME is already in hand" in rep.screen
    await rep.type_ahead(*call_of("gruber"), "m", "fri", "enter")
    await rep.sees("✓ Gruber → Fri 27 November 2026")
    assert rep.value("#said") == "half a "
    assert rep.app.screen.focused.id == "said"
    assert "Gruber" not in rep.part("#pile")
    await rep.type_ahead(*call_of("pfaff"), "l", "n", "enter", "thought")
    assert rep.value("#said") == "half a thought"
    assert rep.dossier("Pfaff").attempts == 1
    assert "ACME: log" in rep.form
    assert "1 done · 20 left" in rep.lines[0]
    await rep.type_ahead("enter", "thu", "enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-26"


@pytest.mark.slow
async def test_a_call_comes_back_to_the_work_the_help_or_the_search_it_broke_off(rep):
    await rep.type_ahead("w", *call_of("pfaff"), "l", "n", "enter")
    assert dossier(rep).startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]
    assert rep.dossier("Pfaff").attempts == 1
    await rep.type_ahead("w", "?", *call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    await rep.type_ahead("l", "n", "enter")
    assert "log a contact and file the" in rep.screen
    await rep.press("escape")
    assert rep.dossier("Gruber").attempts == 1
    assert "2 done · 20 left" in rep.lines[0]
    await rep.type_ahead("f", "dru", *call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    await rep.press("escape")
    assert rep.value("Input") == "dru"
    await rep.type_ahead("ck", "enter")
    assert rep.in_hand == "Druckerei Sonnleithen"


@pytest.mark.slow
async def test_on_an_empty_binder_a_caller_is_a_new_dossier_with_its_name_as_it_is(
    at_desk, empty_desk
):
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("w")
        assert "nothing left to work" in rep.screen
        await rep.type_ahead(*call_of("0711 4711"), "Neu", "enter", "enter", "enter", "enter")
        assert rep.dossier("Neu").phone == "0711 4711"
        await rep.type_ahead(*call_of("[b]Q[/b]"), "enter", "enter", "enter", "fri", "enter")
        await rep.type_ahead("f", "[b]Q", "enter", "m", "thu", *call_of("Neu"))
        assert "parked: move [b]Q[/b]" in rep.lines[0]


@pytest.mark.slow
async def test_what_is_logged_of_a_caller_came_in(rep):
    await rep.type_ahead(*call_of("gruber"), "l")
    assert "incoming call ◂k" in rep.form
    await rep.type_ahead("r", "wants two", "enter", "fri", "enter")
    await rep.sees("incoming call, reached, “wants two” → Fri 27 November 2026")
