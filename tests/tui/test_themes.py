"""Our themes on terminals with few colours: what is in hand, late or quiet stays apart."""

import pytest
from rich.color import Color as Shown
from rich.color import ColorSystem
from textual.color import Color

from tickler.screens.themes import DARK, LIGHT, themes

BEHIND = ("background", "surface", "panel", "panel-lighten-2", "panel-darken-1")
IN_FRONT = ("accent", "text-error", "text-success", "text-warning", "foreground")


def in_colours(theme, name, system):
    """The colour of a variable as a terminal with so many colours shows it."""
    variables = {**theme.to_color_system().generate(), **theme.variables}
    return Shown.from_rgb(*Color.parse(variables[name]).rgb).downgrade(system)


def test_with_all_colours_they_are_our_own():
    assert themes("truecolor") == themes("256") == themes(None) == (DARK, LIGHT)


@pytest.mark.parametrize("theme", themes("256"), ids=lambda theme: theme.name)
def test_of_256_colours_those_behind_a_text_are_grey(theme):
    for name in BEHIND:
        red, green, blue = in_colours(theme, name, ColorSystem.EIGHT_BIT).get_truecolor()
        assert red == green == blue, name


@pytest.mark.parametrize("theme", themes("standard"), ids=lambda theme: theme.name)
def test_of_16_colours_each_text_has_its_own_on_black_white_or_grey(theme):
    shown = [in_colours(theme, name, ColorSystem.STANDARD).number for name in IN_FRONT]
    assert len(set(shown)) == len(shown), shown
    red = {1, 9}
    assert in_colours(theme, "text-error", ColorSystem.STANDARD).number in red
    assert in_colours(theme, "error", ColorSystem.STANDARD).number in red
    behind = {in_colours(theme, name, ColorSystem.STANDARD).number for name in BEHIND}
    assert behind <= {0, 7, 8, 15}
    assert not behind & set(shown)
