"""tickler's own themes, dark and light, and what they are where a terminal has few colours."""

from dataclasses import replace

from textual.theme import Theme

DARK = Theme(
    name="tickler-dark",
    primary="#d9a35b",
    accent="#e8b368",
    secondary="#7aa2c9",
    foreground="#d6d9df",
    background="#17191e",
    surface="#1e2127",
    panel="#282c34",
    success="#8fbf7f",
    warning="#e0c070",
    error="#e5737b",
    dark=True,
)
LIGHT = Theme(
    name="tickler-light",
    primary="#9a5b00",
    accent="#8a4f00",
    secondary="#2f5f8f",
    foreground="#23262b",
    background="#faf8f4",
    surface="#f0efec",
    panel="#e4dfd3",
    success="#3c7a2c",
    warning="#8a6200",
    error="#b3222c",
    dark=False,
)

#: Of 16 colours, rich takes the nearest by its own values for them, which these are: so that red
#: stays red, and what is in hand is not that.
_SIXTEEN = {
    DARK.name: Theme(
        name=DARK.name,
        primary="#ffff55",
        accent="#ffff55",
        secondary="#55ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#555555",
        success="#55ff55",
        warning="#aa5500",
        error="#ff5555",
        dark=True,
    ),
    LIGHT.name: Theme(
        name=LIGHT.name,
        primary="#0000aa",
        accent="#0000aa",
        secondary="#00aaaa",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#aaaaaa",
        success="#00aa00",
        warning="#aa5500",
        error="#aa0000",
        dark=False,
    ),
}


def themes(color_system: str | None) -> tuple[Theme, Theme]:
    """Dark and light, as a terminal with these colours shows them best."""
    if color_system in ("standard", "windows"):
        return _in_sixteen(DARK), _in_sixteen(LIGHT)
    return DARK, LIGHT


def _in_sixteen(theme: Theme) -> Theme:
    few = _SIXTEEN[theme.name]
    # As they are: a shade of them would be another of the sixteen.
    texts = {
        f"text-{name}": getattr(few, name) for name in ("accent", "success", "warning", "error")
    }
    return replace(few, variables=texts)
