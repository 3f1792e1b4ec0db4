"""Keys and colours as the settings have them, from the first frame on."""

import pytest
from textual.filter import ANSIToTruecolor
from textual.widgets import OptionList

from tests.conftest import MORNING
from tickler.app import DARK, LIGHT, TicklerApp
from tickler.config import settings as config
from tickler.config.settings import Settings
from tickler.errors import Unreadable
from tickler.screens.keymap import own_keys
from tickler.services import clients
from tickler.widgets.pile import Pile


@pytest.fixture
def with_settings(sample_desk, at_keys):
    """Opens the sample binder with such settings, presses keys, and gives the screen's lines."""

    async def opened(settings, *keys, brings=(), size=(80, 24)):
        app = TicklerApp(lambda: sample_desk, settings, clock=MORNING.astimezone)
        async with app.run_test(size=size) as pilot:
            await at_keys(pilot, keys, brings)
            strips = app.screen._compositor.render_strips()
            return [strip.text.rstrip() for strip in strips]

    return opened


def dossier(desk, name):
    return desk.see(lambda work: clients.read.by_id(work, clients.find.the_one(work, name)))


async def test_an_action_is_at_its_new_key_and_no_longer_at_the_old(with_settings, sample_desk):
    settings = Settings(keys={"move": "Z", "down": "b"})
    await with_settings(settings, "m", "Z", "fri", "enter")
    assert dossier(sample_desk, "ACME").next.on.day == 27
    await with_settings(settings, "j", "b", "b", "b", "Z", "thu", "enter")
    assert dossier(sample_desk, "Eder & Sohn").next.on.day == 23
    assert dossier(sample_desk, "Cäsar GmbH").next.on.day == 26


async def test_two_actions_change_places(with_settings, sample_desk):
    settings = Settings(keys={"move": "l", "log": "m"})
    await with_settings(settings, "l", "fri", "enter")
    assert dossier(sample_desk, "ACME").next.on.day == 27
    await with_settings(settings, "m", brings=["no answer"])


async def test_footer_and_help_show_the_keys_as_they_are(with_settings):
    settings = Settings(keys={"move": "Z", "help": "?,f1", "first": "J"})
    lines = await with_settings(settings)
    assert " Z move" in lines[-1]
    lines = await with_settings(settings, "?", size=(80, 100))
    page = "\n".join(" ".join(line.split()) for line in lines)
    assert "Z file the dossier under another date move" in page
    assert "? f1 all keys help" in page
    assert "J the first dossier first" in page
    lines = await with_settings(settings, "ctrl+p", "another date", brings=["another date"])
    assert "  move           file the dossier under another date  Z" in lines


async def test_a_form_has_its_own_keys(with_settings, sample_desk):
    await with_settings(Settings(keys={"move": "n", "new": "N"}), "l", "n", "enter")
    assert dossier(sample_desk, "ACME").attempts == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('mvoe = "x"', "there is no action “mvoe”; did you mean “move”?"),
        ('won = "x"', "there is no action “won”"),
        ('move = "zz"', "a key such as M, ctrl+z, f5 or space, not “zz”"),
        ('move = "crtl+z"', "a key such as"),
        ('move = "shift+m"', "the letter itself, “M”"),
        ('move = "ctrl+q"', "always leaves tickler"),
        ('move = "l"', "“l” cannot be move: it is log already; give log another key too"),
        ('move = "j"', "it is down already"),
        ('move = "ctrl+p"', "it is palette already"),
        ('move = "ctrl+m"', "it is open already"),
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
        ("Ctrl+Z", "ctrl+z"),
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


@pytest.mark.parametrize(
    ("theme", "no_color"),
    [("ansi-dark", False), ("ansi-light", True), (DARK.name, True), (LIGHT.name, True)],
)
async def test_the_cursor_and_today_are_seen_without_shades(
    sample_desk, at_keys, monkeypatch, theme, no_color
):
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = TicklerApp(lambda: sample_desk, Settings(theme=theme), clock=MORNING.astimezone)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_keys(pilot, ["j"])
        pile = app.screen.query_one(Pile)
        rows = [pile.render_line(y) for y in range(6)]
        (chosen,) = (row for row in rows if "Eder & Sohn" in row.text)
        assert {segment.style.reverse for segment in chosen} == {True}
        others = [row for row in rows if row is not chosen]
        assert not any(segment.style.reverse for row in others for segment in row)


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name, "textual-light", "nord"])
async def test_the_cursor_stands_out_in_every_theme(sample_desk, at_keys, theme):
    app = TicklerApp(lambda: sample_desk, Settings(theme=theme), clock=MORNING.astimezone)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_keys(pilot, [])
        pile = app.screen.query_one(Pile)
        cursor = pile.get_component_styles("pile--cursor").background
        _, ground, _, letters = pile.colors
        assert abs(cursor.brightness - ground.brightness) > 0.06
        assert abs(cursor.brightness - letters.brightness) > 0.4


@pytest.mark.parametrize("theme", [DARK.name, "ansi-dark"])
async def test_the_chosen_line_of_a_list_is_seen_without_colour(
    sample_desk, at_keys, monkeypatch, theme
):
    monkeypatch.setenv("NO_COLOR", "1")
    app = TicklerApp(lambda: sample_desk, Settings(theme=theme), clock=MORNING.astimezone)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_keys(pilot, ["f", "gruber"], brings=["1 found"])
        lines = app.screen.query_one(OptionList)
        assert all(s.style.underline for s in lines.render_line(0) if "Gruber" in s.text)
        assert "Gruber" in lines.render_line(0).text
