"""Someone calls in: the caller's dossier at once, and what was open comes back as it was."""

from textual.widgets import Input


def dossier(rep):
    """The name and facts above the dossier on the screen."""
    return rep.words("#dossier-name")


def call_of(typed):
    return ["ctrl+r", typed, "enter"]


async def test_without_a_form_the_dossier_opens(rep):
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


async def test_the_hits_of_a_number_come_by_its_last_digits(rep):
    await rep.type_ahead(*call_of("0001181"))
    assert dossier(rep).startswith("Gruber")


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


async def test_typed_ahead_it_is_the_same(rep):
    await rep.type_ahead("l", "r", "half a ", *call_of("gruber"), "l", "n", "enter", "thought")
    assert rep.value("#said") == "half a thought"
    assert rep.dossier("Gruber").attempts == 1
    assert "ACME: log" in rep.form
    assert "1 done · 20 left" in rep.lines[0]


async def test_what_was_filed_for_the_caller_is_said_over_the_parked_form(rep):
    await rep.type_ahead("l", "r", "wants it", *call_of("gruber"), "m", "fri", "enter")
    await rep.sees("✓ Gruber → Fri 27 November 2026")
    assert rep.value("#said") == "wants it"
    assert rep.app.screen.focused.id == "said"
    assert "Gruber" not in rep.part("#pile")
    await rep.type_ahead("enter", "thu", "enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-26"


async def test_a_working_day_on_files_the_caller_too(rep):
    await rep.type_ahead("m", "thu", *call_of("gruber"), "+")
    assert rep.dossier("Gruber").next.on.isoformat() == "2026-11-24"
    assert "Move ACME to" in rep.form


async def test_enter_leaves_the_dossier_as_well(rep):
    await rep.type_ahead("m", "thu", *call_of("gruber"), "enter")
    assert rep.value("#when") == "thu"
    assert rep.in_hand == "ACME"


async def test_the_one_the_form_is_about_stays_in_the_form(rep):
    await rep.type_ahead("l", "r", "half a ", *call_of("acme"), "thought")
    assert rep.value("#said") == "half a thought"
    assert "ACME is already in hand" in rep.screen


async def test_escape_and_ctrl_r_twice_ask_once(rep):
    await rep.type_ahead("m", "th", "ctrl+r", "ctrl+r", "gru", "escape", "u")
    assert rep.value("#when") == "thu"
    assert len(rep.app.screen_stack) == 1


async def test_the_next_caller_parks_what_was_typed_about_the_first(rep):
    await rep.type_ahead("m", "thu", *call_of("gruber"), "l", "r", "he said", *call_of("eder"))
    assert dossier(rep).startswith("Eder & Sohn")
    assert "parked: log Gruber" in rep.lines[0]
    await rep.press("escape")
    assert rep.value("#said") == "he said"
    await rep.type_ahead("escape", "escape")
    assert rep.value("#when") == "thu"
    assert len(rep.app.screen_stack) == 1


async def test_the_next_caller_takes_over_where_nothing_is_open(rep):
    await rep.type_ahead("m", "thu", *call_of("gruber"), *call_of("eder"))
    assert dossier(rep).startswith("Eder & Sohn")
    await rep.press("escape")
    assert rep.value("#when") == "thu"


async def test_a_call_in_the_middle_of_the_work_comes_back_to_it(rep):
    await rep.type_ahead("w", *call_of("pfaff"), "l", "n", "enter")
    assert dossier(rep).startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]
    assert rep.dossier("Pfaff").attempts == 1


async def test_a_number_that_nobody_has_makes_a_new_dossier(rep):
    await rep.type_ahead("ctrl+r", "0711 4711999")
    assert "nobody found · Enter: a new dossier with this" in rep.screen
    await rep.press("enter")
    assert rep.value("#phone") == "0711 4711999"
    await rep.type_ahead("Neumann", "enter", "enter", "wants a crane", "enter", "fri", "enter")
    neumann = rep.dossier("Neumann")
    assert neumann.phone == "0711 4711999"
    assert neumann.next.on.isoformat() == "2026-11-27"


async def test_a_name_that_nobody_has_is_put_in_over_a_parked_form(rep):
    await rep.type_ahead("m", "thu", *call_of("Xaver Nobody"))
    assert rep.value("#name") == "Xaver Nobody"
    assert "parked: move ACME" in rep.lines[0]
    await rep.type_ahead("enter", "enter", "enter", "fri", "enter")
    assert rep.value("#when") == "thu"
    assert "Move ACME to" in rep.form
    assert rep.dossier("Xaver Nobody").next.on.isoformat() == "2026-11-27"


async def test_a_stranger_put_away_leads_back(rep):
    await rep.type_ahead("m", "thu", *call_of("Xaver Nobody"), "escape")
    assert rep.value("#when") == "thu"
    assert len(rep.app.screen_stack) == 1


async def test_from_find_the_words_come_back(rep):
    await rep.type_ahead("f", "dru", *call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    await rep.press("escape")
    assert rep.value("Input") == "dru"
    await rep.type_ahead("ck", "enter")
    assert rep.in_hand == "Druckerei Sonnleithen"


async def test_from_help_it_leads_back_to_help(rep):
    await rep.type_ahead("?", *call_of("gruber"))
    assert dossier(rep).startswith("Gruber")
    await rep.type_ahead("l", "n", "enter")
    assert "log a contact and file the dossier" in rep.screen
    await rep.press("escape")
    assert rep.dossier("Gruber").attempts == 1
    assert "1 done · 20 left" in rep.lines[0]


async def test_the_name_of_a_caller_is_shown_as_it_is(rep):
    await rep.type_ahead("ctrl+r", "[b]Q[/b]", "enter", "enter", "enter", "enter", "fri", "enter")
    await rep.type_ahead("f", "[b]Q", "enter", "m", "thu", *call_of("acme"))
    assert "parked: move [b]Q[/b]" in rep.lines[0]


async def test_on_an_empty_binder_a_caller_is_a_new_dossier(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("w")
        assert "nothing left to work" in rep.screen
        await rep.type_ahead(*call_of("0711 4711"), "Neu", "enter", "enter", "enter", "enter")
        assert rep.dossier("Neu").phone == "0711 4711"


async def test_who_calls_is_known_by_names_and_numbers_alone(rep):
    await rep.press("ctrl+r", *"potsdamer platz")
    assert "nobody found" in rep.screen
    await rep.press("escape", "ctrl+r", *"board")
    assert "nobody found" in rep.screen
