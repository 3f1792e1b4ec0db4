"""Keys and colours as the settings have them, from the first frame on."""

from dataclasses import replace

import pytest
from textual.filter import ANSIToTruecolor
from textual.widgets import OptionList

from tests.conftest import MORNING
from tickler.app import TicklerApp
from tickler.config import settings as config
from tickler.config.settings import Settings
from tickler.errors import Unreadable
from tickler.screens.keymap import own_keys
from tickler.screens.themes import DARK, LIGHT
from tickler.widgets.pile import Pile


@pytest.fixture
def with_settings(sample_desk, at_desk):
    """Opens the sample binder with such settings."""

    def opened(**settings):
        sample_desk.settings = replace(sample_desk.settings, **settings)
        return at_desk(sample_desk)

    return opened


@pytest.mark.slow
async def test_an_action_is_at_its_new_key_and_no_longer_at_the_old(with_settings):
    async with with_settings(keys={"move": "n", "new": "N", "down": "b"}) as rep:
        await rep.type_ahead("m", "n", "fri", "enter")
        assert rep.dossier("ACME").next.on.day == 27
        await rep.type_ahead("j", "b", "b", "b", "n", "thu", "enter")
        assert rep.dossier("Eder & Sohn").next.on.day == 23
        assert rep.dossier("Cäsar GmbH").next.on.day == 26
        # A form has its own keys.
        await rep.type_ahead("home", "l", "n", "enter")
        assert rep.dossier("Eder & Sohn").attempts == 1


@pytest.mark.slow
async def test_two_actions_change_places(with_settings):
    async with with_settings(keys={"move": "l", "log": "m"}) as rep:
        await rep.type_ahead("l", "fri", "enter")
        assert rep.dossier("ACME").next.on.day == 27
        await rep.press("m")
        assert "no answer" in rep.form


@pytest.mark.slow
async def test_footer_and_help_show_the_keys_as_they_are(with_settings):
    async with with_settings(keys={"move": "Z", "help": "?,f1", "first": "J"}) as rep:
        assert " Z move" in rep.lines[-1]
        await rep.type_ahead("ctrl+p", "another date")
        await rep.sees("another date")
        (line,) = (line for line in rep.lines if "under another date" in line)
        assert " ".join(line.split()).endswith("move file the dossier under another date Z")
        await rep.press("escape")
        await rep.press("?")
        assert "Z file the dossier under" in rep.screen


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('mvoe = "x"', "there is no action “mvoe”; did you mean “move”?"),
        ('slip = "x"', "slip is part of promise now: write promise"),
        ('won = "x"', "there is no action “won”"),
        ('move = "zz"', "a key such as M, ctrl+z, f5 or space, not “zz”"),
        ('move = "crtl+z"', "a key such as"),
        ('move = "shift+m"', "the letter itself, “M”"),
        ('move = "ctrl+q"', "always leaves tickler"),
        ('move = "l"', "“l” cannot be move: it is log already; give log another key too"),
        ('move = "j"', "it is down already"),
        ('move = "ctrl+p"', "it is palette already"),
        ('move = "ctrl+m"', "it is menu already"),
        ('move = "3"', "it is digit_3 already"),
        ('log = "b"\nmove = "b"', "already; give"),
    ],
)
def test_what_cannot_be_is_named_with_its_line(tmp_path, line, says):
    path = tmp_path / "config.toml"
    path.write_text(f"capacity = 3\n\n[keys]\n{line}\n")
    with pytest.raises(Unreadable) as refused:
        TicklerApp(pytest.fail, config.load({"TICKLER_CONFIG": str(path)}))
    assert says in refused.value.sentence
    assert f"config.toml:{3 + len(line.splitlines())}: " in refused.value.sentence


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("?", "question_mark"),
        ("Ctrl+Y", "ctrl+y"),
        ("F5, ö", "f5,ö"),
        ("alt+M", "alt+M"),
        ("@", "at"),
        ("colon", "colon"),
        ("shift+tab", "shift+tab"),
    ],
)
def test_a_key_may_be_written_so(written, named):
    keys = {"undo": written, "help": "f1"}
    assert own_keys(Settings(keys=keys)) == {"undo": named, "help": "f1"}


def test_who_gave_away_the_key_of_the_pause_keeps_that():
    assert own_keys(Settings(keys={"undo": "ctrl+z"})) == {"undo": "ctrl+z", "pause": "none"}


def test_comma_and_plus_are_keys_too():
    keys = {"day_on": ",", "insert_before": "+"}
    assert own_keys(Settings(keys=keys)) == {"day_on": "comma", "insert_before": "plus"}


async def test_the_theme_is_on_before_the_binder_is_read(sample_desk):
    app = TicklerApp(lambda: sample_desk, Settings(theme=LIGHT.name), clock=MORNING.astimezone)
    assert app.theme == LIGHT.name
    assert app.get_css_variables()["background"].lower() == LIGHT.background


def test_an_unknown_theme_is_named_with_its_line_and_the_known(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('capacity = 3\ntheme = "blue"\n')
    with pytest.raises(Unreadable, match=r"config\.toml:2: there is no theme “blue”") as refused:
        TicklerApp(pytest.fail, config.load({"TICKLER_CONFIG": str(path)}))
    assert "tickler-dark, tickler-light" in refused.value.sentence


@pytest.mark.parametrize(("theme", "kept"), [("ansi-dark", True), (DARK.name, False)])
def test_the_terminals_own_colours_are_left_to_the_terminal(sample_desk, theme, kept):
    app = TicklerApp(lambda: sample_desk, Settings(theme=theme), clock=MORNING.astimezone)
    (turning,) = (f for f in app._filters if isinstance(f, ANSIToTruecolor))
    assert turning.enabled is not kept
    app.theme = "ansi-light"
    assert app.native_ansi_color


def has_cursor_without_shades(pile):
    rows = [pile.render_line(y) for y in range(6)]
    (chosen,) = (row for row in rows if "Eder & Sohn" in row.text)
    others = [row for row in rows if row is not chosen]
    return {segment.style.reverse for segment in chosen} == {True} and not any(
        segment.style.reverse for row in others for segment in row
    )


@pytest.mark.slow
async def test_the_cursor_and_what_is_chosen_are_seen_without_colour(
    with_settings, at_keys, monkeypatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    async with with_settings(theme="ansi-light") as rep:
        await rep.press("j")
        assert has_cursor_without_shades(rep.app.screen.query_one(Pile))
        for theme in (DARK.name, LIGHT.name):
            rep.app.theme = theme
            await at_keys(rep.pilot, [])
            assert has_cursor_without_shades(rep.app.screen.query_one(Pile))
        await rep.type_ahead("f", "gruber")
        await rep.sees("1 found")
        for theme in (DARK.name, "ansi-dark"):
            rep.app.theme = theme
            await at_keys(rep.pilot, [])
            line = rep.app.screen.query_one(OptionList).render_line(0)
            assert all(s.style.underline for s in line if "Gruber" in s.text)
            assert "Gruber" in line.text


@pytest.mark.slow
async def test_the_cursor_stands_out_in_every_theme(with_settings, at_keys):
    async with with_settings(theme="ansi-dark") as rep:
        await rep.press("j")
        pile = rep.app.screen.query_one(Pile)
        assert has_cursor_without_shades(pile)
        for theme in (DARK.name, LIGHT.name, "textual-light", "nord"):
            rep.app.theme = theme
            await at_keys(rep.pilot, [])
            assert not has_cursor_without_shades(pile)
            cursor = pile.get_component_styles("pile--cursor").background
            _, ground, _, letters = pile.colors
            assert abs(cursor.brightness - ground.brightness) > 0.06
            assert abs(cursor.brightness - letters.brightness) > 0.4
