"""The palette: actions, dossiers and themes by their names."""

import tomllib
from functools import partial

import pytest

from tests.conftest import MORNING
from tickler.app import TicklerApp
from tickler.config import file
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.themes import DARK, LIGHT
from tickler.services import filing
from tickler.services.filing.file import NewDossier


@pytest.mark.slow
async def test_it_lists_what_the_binder_does_with_its_keys(at_desk, sample_desk):
    async with at_desk(sample_desk, (80, 100)) as rep:
        await rep.press("ctrl+p")
        await rep.sees("theme")
        shown = " ".join(rep.screen.split())
        told = {b.tooltip for b in BinderScreen.BINDINGS if "digit" not in b.id}
        assert len(told) > 15
        assert [tip for tip in told if tip not in shown] == []
        assert "move file the dossier under another date m" in shown
        assert "Maximize" not in shown


@pytest.mark.slow
async def test_an_action_is_done_and_what_is_typed_ahead_goes_into_it(rep):
    await rep.type_ahead("ctrl+p", "move", "enter", "fri", "enter")
    assert rep.dossier("ACME").next.on.day == 27
    await rep.type_ahead("ctrl+p", "take back", "enter")
    assert rep.dossier("ACME").next.on.day == 23
    # Nothing found does nothing.
    await rep.type_ahead("home", "ctrl+p", "xyzzy", "enter")
    await rep.type_ahead("escape", "j")
    assert rep.in_hand == "Eder & Sohn"
    await rep.type_ahead("k", "ctrl+p", "day on", "enter")
    assert rep.dossier("ACME").next.on.day == 24
    # What the pile does and a theme are found by name, too.
    await rep.type_ahead("ctrl+p", "mark all", "enter")
    assert "20 marked" in rep.part("#pile-head")
    await rep.type_ahead("ctrl+p", "ansi-dark", "enter")
    assert rep.app.theme == "ansi-dark"


@pytest.mark.slow
async def test_in_a_form_it_offers_what_works_and_leaves_the_form_alone(rep):
    await rep.type_ahead("m", "fr", "ctrl+p")
    await rep.sees("leave tickler")
    assert "take back" not in rep.screen
    await rep.type_ahead("acme", "enter", "escape")
    assert rep.value("#when") == "fr"
    await rep.type_ahead("i", "enter")
    assert rep.dossier("ACME").next.on.day == 27
    # A dossier is gone to.
    await rep.type_ahead("ctrl+p", "özkar", "enter")
    assert rep.in_hand == "Spedition Özkartal"
    assert rep.words("#pile-head").startswith("Mon 23")
    await rep.type_ahead("ctrl+p", "tarbet", "enter")
    assert rep.in_hand == "Tarbet Distillers"
    assert rep.words("#pile-head").startswith("February")


@pytest.mark.slow
async def test_a_name_is_shown_as_it_is(at_desk, empty_desk):
    names = {
        "[red": "[red]x[/]",
        "[@cl": "[@click=app.quit]x[/]",
        "$nam": "$name x \\[b]",
        "[/y": "[/y]",
    }
    for name in names.values():
        empty_desk.do(filing.file.add, NewDossier(name), "2026-11-23")
    async with at_desk(empty_desk) as rep:
        for typed, name in names.items():
            await rep.type_ahead("ctrl+p", typed)
            await rep.sees(f"{name}  23")
            await rep.press("enter")
            assert rep.in_hand == name


@pytest.mark.slow
async def test_a_theme_is_worn_and_remembered_and_where_it_cannot_be_the_fault_is_told(
    sample_desk, at_keys, tmp_path
):
    path = tmp_path / "config.toml"
    path.write_text("capacity = 3 # mine\n")
    app = TicklerApp(
        lambda: sample_desk, remember=partial(file.remember_theme, path), clock=MORNING.astimezone
    )
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == DARK.name
        await at_keys(pilot, ["ctrl+p", "theme", "enter", "light", "enter"])
        assert app.theme == LIGHT.name
        assert path.read_text() == 'theme = "tickler-light"\ncapacity = 3 # mine\n'
        path.write_text("capacity = \n")
        await at_keys(pilot, ["ctrl+p", "theme", "enter", "nord", "enter"], brings=["✗"])
        assert app.theme == "nord"
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(path.read_text())
