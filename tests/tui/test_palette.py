"""The palette: actions, dossiers and themes by their names."""

import tomllib
from functools import partial

import pytest

from tests.conftest import MORNING
from tickler.app import DARK, LIGHT, TicklerApp
from tickler.config import file
from tickler.screens.binder.screen import BinderScreen
from tickler.services import filing
from tickler.services.filing.file import NewDossier


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


async def test_an_action_is_done_and_what_is_typed_ahead_goes_into_it(rep):
    await rep.type_ahead("ctrl+p", "move", "enter", "fri", "enter")
    assert rep.dossier("ACME").next.on.day == 27
    await rep.type_ahead("ctrl+p", "take back", "enter")
    assert rep.dossier("ACME").next.on.day == 23


async def test_an_action_with_a_number_is_done(rep):
    await rep.type_ahead("ctrl+p", "day on", "enter")
    assert rep.dossier("ACME").next.on.day == 24


@pytest.mark.parametrize(
    ("typed", "name", "head"),
    [("özkar", "Spedition Özkartal", "Mon 23"), ("tarbet", "Tarbet Distillers", "February")],
)
async def test_a_dossier_is_gone_to(rep, typed, name, head):
    await rep.type_ahead("ctrl+p", typed, "enter")
    assert rep.in_hand == name
    assert rep.words("#pile-head").startswith(head)


@pytest.mark.parametrize("name", ["[red]x[/]", "[/]", "[@click=app.quit]x[/]", "$name x \\[b]"])
async def test_a_name_is_shown_as_it_is(at_desk, empty_desk, name):
    empty_desk.do(filing.file.add, NewDossier(name), "2026-11-23")
    async with at_desk(empty_desk) as rep:
        await rep.press("ctrl+p", *"x"[: name.count("x")] or "/")
        await rep.sees(f"{name}  23")
        await rep.press("enter")
        assert rep.in_hand == name


async def test_in_a_form_it_offers_what_works_and_leaves_the_form_alone(rep):
    await rep.type_ahead("m", "fr", "ctrl+p")
    await rep.sees("leave tickler")
    assert "take back" not in rep.screen
    await rep.press(*"acme", "enter", "escape")
    assert rep.value("#when") == "fr"
    await rep.type_ahead("i", "enter")
    assert rep.dossier("ACME").next.on.day == 27


async def test_nothing_found_does_nothing(rep):
    await rep.type_ahead("ctrl+p", "xyzzy", "enter")
    await rep.press("escape", "j")
    assert rep.in_hand == "Eder & Sohn"


async def test_a_theme_is_worn_and_remembered(sample_desk, at_keys, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("capacity = 3 # mine\n")
    app = TicklerApp(
        lambda: sample_desk, remember=partial(file.remember_theme, path), clock=MORNING.astimezone
    )
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == DARK.name
        await at_keys(pilot, ["ctrl+p", "theme", "enter", "light", "enter"])
        assert app.theme == LIGHT.name
    assert path.read_text() == 'capacity = 3 # mine\ntheme = "tickler-light"\n'


async def test_a_theme_that_cannot_be_remembered_is_worn_and_the_fault_told(
    sample_desk, at_keys, tmp_path
):
    path = tmp_path / "config.toml"
    path.write_text("capacity = \n")
    app = TicklerApp(
        lambda: sample_desk, remember=partial(file.remember_theme, path), clock=MORNING.astimezone
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await at_keys(pilot, ["ctrl+p", "theme", "enter", "nord", "enter"], brings=["✗"])
        assert app.theme == "nord"
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(path.read_text())


async def test_what_the_pile_does_and_a_theme_are_found_by_name(rep):
    await rep.type_ahead("ctrl+p", "mark all", "enter")
    assert "21 marked" in rep.part("#pile-head")
    await rep.type_ahead("ctrl+p", "ansi-dark", "enter")
    assert rep.app.theme == "ansi-dark"
